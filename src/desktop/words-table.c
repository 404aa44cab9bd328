/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words-table.h"

#include <glib/gi18n-lib.h>

#include "failure.h"

#define AGAIN N_ ("Try again.")
#define MINUTES N_ ("Try again in a few minutes.")
#define SIGN_IN N_ ("Sign in; what you have started is kept.")
#define VERSION N_ ("Look for a newer version of Tajdid, or send the report from Diagnostics.")
#define FEES N_ ("Ask for the fees again.")
#define REFRESH N_ ("Refresh to see where it stands now.")
#define RENEWALS N_ ("Look under Renewals to see what came of it.")
#define ADDRESS N_ ("Check the address of the service in Preferences.")

/* clang-format off */
static const TjdWordsRow problems[] = {
  [TJD_PROBLEM_MALFORMED] = { N_("The service could not read what Tajdid sent."), VERSION },
  [TJD_PROBLEM_INVALID] = { N_("The service found a mistake in what was sent."),
                            N_("Check what you entered and try again.") },
  [TJD_PROBLEM_KEY_MISSING] = { N_("The service did not take a request that came without its number."), VERSION },
  [TJD_PROBLEM_KEY_REUSED] = { N_("The service knows this request already, with other contents."),
                               N_("Go back and begin this step again.") },
  [TJD_PROBLEM_KEY_IN_USE] = { N_("The service is still working on this."),
                               N_("Wait a moment. It will not be done twice.") },
  [TJD_PROBLEM_NOT_FOUND] = { N_("The service does not have this, or it is not yours to see."),
                              N_("Check the number, or refresh.") },
  [TJD_PROBLEM_METHOD] = { N_("The service does not offer this."), VERSION },
  [TJD_PROBLEM_TOO_LARGE] = { N_("This is more than the service takes at once."),
                              N_("Choose fewer permits and try again.") },
  [TJD_PROBLEM_MEDIA_TYPE] = { N_("The service does not take what was sent in this form."), VERSION },
  [TJD_PROBLEM_TOKEN_MISSING] = { N_("You are not signed in to the service."), SIGN_IN },
  [TJD_PROBLEM_TOKEN_INVALID] = { N_("The service no longer accepts this session."), SIGN_IN },
  [TJD_PROBLEM_PROOF_INVALID] = { N_("The service could not confirm that the request came from this computer."),
                                  N_("Check that the computer’s clock is right, then sign in again.") },
  [TJD_PROBLEM_NONCE_NEEDED] = { N_("The service asked this computer to identify itself again."), AGAIN },
  [TJD_PROBLEM_NOT_ALLOWED] = { N_("Your account may not do this."),
                                N_("Ask the authorised signatory for this right.") },
  [TJD_PROBLEM_CODE_NEEDED] = { N_("Your personal ID and a token code are needed."),
                                N_("Enter both and sign in.") },
  [TJD_PROBLEM_CODE_WRONG] = { N_("This personal ID and code do not go together."),
                               N_("Check the ID, wait for the token’s next code and enter it.") },
  [TJD_PROBLEM_SIGN_IN_BLOCKED] = { N_("Signing in is blocked after too many wrong codes."),
                                    N_("Keep your token at hand; the service’s help desk can lift the block.") },
  [TJD_PROBLEM_SESSION_INVALID] = { N_("Signing in took too long."),
                                    N_("Enter the token’s newest code.") },
  [TJD_PROBLEM_GRANT_INVALID] = { N_("Your sign-in is no longer valid."), SIGN_IN },
  [TJD_PROBLEM_GRANT_UNKNOWN] = { N_("The service does not offer this way of signing in."), VERSION },
  [TJD_PROBLEM_CLIENT_UNKNOWN] = { N_("The service does not know this application."), ADDRESS },
  [TJD_PROBLEM_QUOTATION_EXPIRED] = { N_("The fees shown are no longer valid."), FEES },
  [TJD_PROBLEM_QUOTATION_EMPTY] = { N_("None of the chosen permits can be renewed now."),
                                    N_("The reason stands beside each permit.") },
  [TJD_PROBLEM_QUOTATION_USED] = { N_("There is already an order for these fees."),
                                   N_("Open it under Renewals.") },
  [TJD_PROBLEM_PERMIT_IN_ORDER] = { N_("One of the permits is in another order."),
                                    N_("Pay or cancel that order under Renewals first.") },
  [TJD_PROBLEM_ORDER_STATE] = { N_("The order has moved on since it was shown."), REFRESH },
  [TJD_PROBLEM_APPROVAL_INVALID] = { N_("The approval does not match the order."),
                                     N_("Open the order again and approve it as it stands.") },
  [TJD_PROBLEM_RECEIPT_PENDING] = { N_("There is no receipt yet, because nothing has been debited."),
                                    N_("It will be there once the ministry has renewed the permits.") },
  [TJD_PROBLEM_MANDATE_INVALID] = { N_("This right cannot be given."),
                                    N_("Check the personal ID and the dates.") },
  [TJD_PROBLEM_PAYMENT_REQUEST_INVALID] = { N_("The bank could not confirm that the portal asked for this payment."), FEES },
  [TJD_PROBLEM_PAYMENT_EXPIRED] = { N_("The time for this payment has run out."), FEES },
  [TJD_PROBLEM_PAYMENT_BLOCKED] = { N_("Signing payments is blocked after too many wrong codes."),
                                    N_("The bank’s help desk can lift the block. The order waits until it expires.") },
  [TJD_PROBLEM_PAYMENT_CLOSED] = { N_("This payment is finished already."), RENEWALS },
  [TJD_PROBLEM_NUMBER_EXPIRED] = { N_("The signing request has expired."),
                                   N_("Get a new one and sign it on the token.") },
  [TJD_PROBLEM_SIGNING_CODE_WRONG] = { N_("The signing code is not right."),
                                       N_("Check that the token shows the same payee and amount, and enter its code.") },
  [TJD_PROBLEM_FUNDS_INSUFFICIENT] = { N_("There is not enough money in the account."),
                                       N_("Pay some in and try again. The order waits until it expires.") },
  [TJD_PROBLEM_LIMIT_EXCEEDED] = { N_("This is more than the account may pay in one day."),
                                   N_("Pay tomorrow, or renew fewer permits at once.") },
  [TJD_PROBLEM_NO_ACCOUNT] = { N_("The bank has no account in your name."),
                               N_("Ask the bank for one, then try again.") },
  [TJD_PROBLEM_NOT_A_SIGNER] = { N_("You do not sign for this account."),
                                 N_("Ask somebody who signs for it to pay.") },
  [TJD_PROBLEM_STANDING_MANDATE_STATE] = { N_("The standing mandate has moved on since it was shown."), REFRESH },
  [TJD_PROBLEM_STANDING_MANDATE_LIMIT] = { N_("The standing mandate’s limit for this month is used up."),
                                           N_("Pay with a signing code, or wait for next month.") },
  [TJD_PROBLEM_CAPTURE_REFUSED] = { N_("The bank could not debit this."), RENEWALS },
  [TJD_PROBLEM_REFUND_REFUSED] = { N_("The bank could not pay this back."), RENEWALS },
  [TJD_PROBLEM_EXECUTION_REFUSED] = { N_("The ministry could not carry out this renewal."), RENEWALS },
  [TJD_PROBLEM_NOTHING_TO_DECIDE] = { N_("There is nothing to be decided here."), REFRESH },
  [TJD_PROBLEM_DECIDED] = { N_("This has been decided already."), REFRESH },
  [TJD_PROBLEM_TOO_MANY_REQUESTS] = { N_("Too much was asked in a short time."),
                                      N_("Wait a minute and try again.") },
  [TJD_PROBLEM_BUSY] = { N_("The service has too much to do at the moment."), MINUTES },
  [TJD_PROBLEM_UNAVAILABLE] = { N_("The service cannot save anything at the moment."), MINUTES },
  [TJD_PROBLEM_PARTY_UNREACHABLE] = { N_("One of the institutions behind the service does not answer."), MINUTES },
  [TJD_PROBLEM_INTERNAL] = { N_("Something failed at the service."),
                             N_("Try again. If it happens again, send the report from Diagnostics.") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (problems) == TJD_N_PROBLEMS);

static const TjdWordsRow transport[] = {
  [TJD_TRANSPORT_ERROR_OFFLINE] = { N_("The service cannot be reached."),
                                    N_("Check the network connection, then try again.") },
  [TJD_TRANSPORT_ERROR_NO_REPLY] = { N_("The service did not answer."),
                                     N_("Wait a moment, then try again.") },
  [TJD_TRANSPORT_ERROR_STRANGE] = { N_("Something answered that is not the service as Tajdid knows it."), ADDRESS },
  [TJD_TRANSPORT_ERROR_UNTRUSTED] = { N_("What answers cannot show that it is the service, so nothing was sent to it."),
                                      N_("Check the computer’s date and the address in Preferences. On a public network, sign in to the network first.") },
};

static const TjdWordsRow client[] = {
  [TJD_CLIENT_ERROR_NOT_SIGNED_IN] = { N_("You are not signed in on this computer."), SIGN_IN },
  [TJD_CLIENT_ERROR_SESSION_ENDED] = { N_("Your session has ended."), SIGN_IN },
  [TJD_CLIENT_ERROR_CLOCK] = { N_("This computer’s clock is wrong, so the service believes nothing it says."),
                               N_("Set the date and time in the computer’s settings, then try again.") },
  [TJD_CLIENT_ERROR_IN_DOUBT] = { N_("The bank did not answer."),
                                  N_("We are asking every few seconds. You can close this window.") },
  [TJD_CLIENT_ERROR_CHANGED] = { N_("What is to be paid is not what was shown."), FEES },
  [TJD_CLIENT_ERROR_ADDRESS] = { N_("The address of the service cannot be used."), ADDRESS },
  [TJD_CLIENT_ERROR_SERVICES] = { N_("The sandbox’s services do not start."),
                                  N_("Quit Tajdid and start it again. If that does not help, send the report from Diagnostics.") },
  [TJD_CLIENT_ERROR_CACHE] = { N_("Nothing is kept on this computer to show without a connection."),
                               N_("Connect to the network, then try again.") },
  [TJD_CLIENT_ERROR_ELSEWHERE] = { N_("You are signed out here, but the service could not be told about your other sessions."),
                                   N_("Sessions end by themselves after a quarter of an hour without use. To end them now, sign in and sign out everywhere again.") },
  [TJD_CLIENT_ERROR_LOCKED] = { N_("Tajdid was not used for a while and is locked."),
                                N_("Sign in to go on. Your envelopes are followed meanwhile.") },
};

static const TjdWordsRow keyring[] = {
  [TJD_KEYRING_ERROR_EMPTY] = { N_("The keyring has no session for Tajdid."), N_("Sign in.") },
  [TJD_KEYRING_ERROR_LOCKED] = { N_("The keyring is locked."),
                                 N_("Unlock it, or sign in for this time only.") },
  [TJD_KEYRING_ERROR_DISMISSED] = { N_("The keyring stayed locked, because its question was closed."),
                                    N_("Unlock it, or sign in for this time only.") },
  [TJD_KEYRING_ERROR_NO_SERVICE] = { N_("This computer has no keyring program."),
                                     N_("Install GNOME Keyring or one like it. Until then you sign in at each start.") },
  [TJD_KEYRING_ERROR_NO_BUS] = { N_("This desktop session has no message bus, so no keyring can be reached."),
                                 N_("Start Tajdid from a desktop session. Until then you sign in at each start.") },
  [TJD_KEYRING_ERROR_FAILED] = { N_("The keyring failed."),
                                 N_("You can go on; you sign in again at the next start.") },
};
/* clang-format on */

static const TjdWordsRow *
row_of (const TjdWordsRow *rows, guint n_rows, int code)
{
  return (guint) code < n_rows && rows[code].happened != NULL ? &rows[code] : NULL;
}

const TjdWordsRow *
tjd_words_of_problem (int code)
{
  return row_of (problems, G_N_ELEMENTS (problems), code);
}

const TjdWordsRow *
tjd_words_of_transport (int code)
{
  return row_of (transport, G_N_ELEMENTS (transport), code);
}

const TjdWordsRow *
tjd_words_of_client (int code)
{
  return row_of (client, G_N_ELEMENTS (client), code);
}

const TjdWordsRow *
tjd_words_of_keyring (int code)
{
  return row_of (keyring, G_N_ELEMENTS (keyring), code);
}
