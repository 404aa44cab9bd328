/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "money.h"
#include "record.h"

G_BEGIN_DECLS

/* The renewal's way at the client, in words that journal and journey share (journey.h). */
typedef enum {
  TJD_JOURNEY_CHOOSING,    /* permits and years; nothing is agreed to */
  TJD_JOURNEY_QUOTED,      /* fees and refusals are there to be reviewed */
  TJD_JOURNEY_CONFIRMED,   /* agreed to; the orders are being placed */
  TJD_JOURNEY_ORDERED,     /* a company's, to be approved by a signatory */
  TJD_JOURNEY_APPROVED,    /* to be billed */
  TJD_JOURNEY_BILLED,      /* the payment request is there; the bank is asked for a number */
  TJD_JOURNEY_SIGNING,     /* the bank waits for the code */
  TJD_JOURNEY_AUTHORISING, /* the code is on its way */
  TJD_JOURNEY_IN_DOUBT,    /* and whether it arrived is not known */
  TJD_JOURNEY_CANCELLING,  /* the orders are being cancelled */
  TJD_JOURNEY_PAID,        /* the money is held, or debited */
  TJD_JOURNEY_ENDED,       /* nothing was charged */
} TjdJourneyStep;
GType tjd_journey_step_get_type (void);

/* What is written down of a journey before anything is sent: ids, keys, amounts; no names, no
 * personal IDs, no codes. A killed app finds the truth by it (resume.h). */
TJD_DECLARE_RECORD (TjdEntry, tjd_entry)
struct _TjdEntry {
  TjdRecord parent;
  char *id; /* "jny-…" */
  TjdJourneyStep step;
  GPtrArray *quotations; /* of char *: one for each order */
  GPtrArray *order_keys; /* of char *: under which they are placed */
  GPtrArray *orders;     /* of char *: as far as they are known */
  char *bill_key;        /* NULL where no bill was asked for */
  char *payment;         /* NULL before it is known */
  char *start_key;       /* of this number */
  char *authorise_key;   /* the same */
  TjdMoney total;        /* dirhams */
  gint64 started_at;     /* UTC seconds */
  gint64 changed_at;
};

/* One SQLite file, one process; used from any thread. */
typedef struct _TjdJournal TjdJournal;
TjdJournal *tjd_journal_open (const char *path, GError **error); /* TJD_STORE_ERROR */
void tjd_journal_close (TjdJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdJournal, tjd_journal_close)

/* Durable when it returns. */
gboolean tjd_journal_put (TjdJournal *self, TjdEntry *entry, GError **error);

/* Those whose end the person has not been told, oldest first: an array of TjdEntry. */
GPtrArray *tjd_journal_list_open (TjdJournal *self, GError **error);

/* The person knows what became of it: the entry goes. */
gboolean tjd_journal_settle (TjdJournal *self, const char *id, GError **error);

G_END_DECLS
