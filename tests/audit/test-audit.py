#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit agrees with books that agree, and names what does not: each case changes one row of one
party behind its back."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import Services, test  # noqa: E402

SARA = "27612405934"
SERVICES = Services()
CASES = [  # party, what is changed, what the audit must say
    ("bank", "UPDATE entries SET amount = amount + 1 WHERE account = '2000100001' AND amount < 0",
     "a transfer that does not sum to zero"),
    ("bank", "UPDATE shares SET captured = captured - 1", "captured by portal and bank"),
    ("bank", "UPDATE payments SET captured = captured - 1", "a payment that is not the sum of its shares"),
    ("bank", "UPDATE entries SET amount = amount * 2 WHERE transfer LIKE 'quo-%'", "a permit's line in the journal"),
    ("bank", "INSERT INTO holds (payment, account, amount) VALUES ('pay-x', '2000100001', 5)",
     "a hold that is not what its shares hold"),
    ("bank", "INSERT INTO holds (payment, account, amount) VALUES ('pay-y', '2000100003', 5000000)",
     "an account below zero"),
    ("bank", "DELETE FROM entries WHERE transfer LIKE '%.post'", "paid to the post and captured for it"),
    ("bank", "DELETE FROM entries WHERE transfer LIKE 'quo-%'", "left on the collection account"),
    ("bank", "INSERT INTO refunds SELECT 'ref-x', payment, order_id, 'post', 100, 'x', 'y', 1 FROM shares",
     "a refund that the payer did not get"),
    ("portal", "UPDATE orders SET captured = 0", "captured by portal and bank"),
    ("portal", "UPDATE order_items SET outcome = 'refused'", "cards of portal and ministry"),
    ("portal", "UPDATE outbox SET state = 'parked' WHERE step = 'consign'", "refused by another party"),
    ("portal", "DELETE FROM orders", "executions of orders it does not know"),
    ("ministry", "UPDATE executions SET fee = fee + 100", "debited less post, and fees executed"),
    ("ministry", "DELETE FROM executions", "cards of portal and ministry"),
    ("post", "UPDATE consignments SET cards = cards + 1", "cards of ministry and post"),
    ("post", "UPDATE consignments SET fee = 0", "post fee of post and bank"),
]


@test
def books_of_a_delivered_renewal_agree():
    client = SERVICES.client(SARA)
    client.sign_in()
    order = client.place_order(client.quote([(SARA, 1), ("27812404417", 3)]))
    payment = client.start_payment(order)
    client.authorise(payment, client.token.signing_code(payment["number"], payment["signing_text"]))
    client.wait_for(order["id"], {"delivered"})
    assert SERVICES.stop() == 0
    code, said = SERVICES.audit("--settled")
    assert code == 0 and "QAR 2,240.00" in said and "agree" in said, said


@test
def every_change_behind_a_partys_back_is_named():
    for party, change, words in CASES:
        untouched = os.path.join(SERVICES.state, party + ".db.untouched")
        path = os.path.join(SERVICES.state, party + ".db")
        database = SERVICES.database(party)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        harness.shutil.copy(path, untouched)
        database = SERVICES.database(party)
        changed = database.execute(change).rowcount
        database.commit()
        database.close()
        code, said = SERVICES.audit()
        harness.shutil.move(untouched, path)
        assert changed > 0, f"{change} changes nothing"
        assert code == 1 and words in said and "agree" not in said, f"{change}: {code} {said}"
    code, said = SERVICES.audit("--settled")
    assert code == 0, said


@test
def an_order_under_way_is_not_settled():
    with SERVICES.database("portal") as database:
        database.execute("UPDATE orders SET state = 'executed'")
    assert SERVICES.audit()[0] == 0 and SERVICES.audit("--settled")[0] == 5


@test
def what_cannot_be_read_is_said():
    os.unlink(os.path.join(SERVICES.state, "post.db"))
    assert SERVICES.audit()[0] == 4 and SERVICES.audit("--more")[0] == 2


if __name__ == "__main__":
    harness.run(SERVICES)
