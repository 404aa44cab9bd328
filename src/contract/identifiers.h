/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "record.h"

G_BEGIN_DECLS

/* FACTS, "Identifiers". What they look like; whether they exist only their keeper knows. */
extern const TjdFormat tjd_format_personal_id;      /* 11 digits, century 2 or 3; no check digit */
extern const TjdFormat tjd_format_establishment_id; /* 8 digits, zeros in front are kept */
extern const TjdFormat tjd_format_renewer;          /* either of the two */
extern const TjdFormat tjd_format_item;             /* a UPU S10 item: EE123456785QA */
extern const TjdFormat tjd_format_id;               /* ours: "ord-" and 20 of a-z2-7 */
extern const TjdFormat tjd_format_date;             /* YYYY-MM-DD */
extern const TjdFormat tjd_format_code6;            /* sign-in code */
extern const TjdFormat tjd_format_code8;            /* signing code; number of a signing request */
extern const TjdFormat tjd_format_event;            /* a post event: "EMI", 1 … 16 of A-Z0-9 */
extern const TjdFormat tjd_format_account;          /* bank account: 8 to 16 digits */

extern const TjdFormat tjd_format_text; /* what people write: no controls but line feeds, no marks
                                           that turn text around */

/* "ord-…", 100 random bits in base32. */
char *tjd_id_new (const TjdEntropy *entropy, const char *prefix);

/* The same with 40 bits of milliseconds in front (they begin anew after 34 years) and 60 random
 * ones behind: what is stored one after another lies together. Not for what must not be guessed. */
char *tjd_id_new_timed (const TjdClock *clock, const TjdEntropy *entropy, const char *prefix);

/* The S10 check digit of eight digits: weights 8 6 4 2 3 5 9 7, 11 less the rest by 11. */
int tjd_item_check_digit (const char *eight_digits);

/* "EE123456785QA" for indicator "EE" and serial 12345678. */
char *tjd_item_new (const char *indicator, guint32 serial);

G_END_DECLS
