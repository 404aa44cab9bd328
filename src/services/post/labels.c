/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "consignments.h"

/* What the applicant prints and puts on the envelope or the bag. The post keeps no addresses: homes
 * have a box at the General Post Office, whose number goes with the renewer. */

#define SERVICE_EN "Permit renewal, registered, 24 hours"
#define SERVICE_AR "تجديد الإقامة، مسجّل، خلال أربع وعشرين ساعة"

static TjdAddress *
new_address (const char *const *en, const char *const *ar)
{
  TjdAddress *address = tjd_address_new ();

  for (; *en != NULL; en++)
    g_ptr_array_add (address->en, g_strdup (*en));
  for (; *ar != NULL; ar++)
    g_ptr_array_add (address->ar, g_strdup (*ar));
  return address;
}

static TjdAddress *
applicant_address (TjdConsignmentRow *row)
{
  guint box = g_str_hash (row->renewer) % 90000 + 10000;
  g_autofree char *box_en = g_strdup_printf ("P.O. Box %u", box);
  g_autofree char *box_ar = g_strdup_printf ("ص.ب. %u", box);
  const char *en[] = { row->applicant_en, box_en, "Doha", NULL };
  const char *ar[] = { row->applicant_ar, box_ar, "الدوحة", NULL };

  return new_address (en, ar);
}

static TjdAddress *
ministry_address (void)
{
  static const char *const en[] = { "Ministry, permits desk", "Doha", NULL };
  static const char *const ar[] = { "الوزارة، مكتب الإقامات", "الدوحة", NULL };

  return new_address (en, ar);
}

gboolean
tjd_labels_read (TjdTxn *txn, TjdCall *call, gpointer *reply, GError **error)
{
  g_autoptr (TjdConsignmentRow) row = tjd_consignments_get_own (txn, call, error);
  TjdLabel *label;

  if (row == NULL)
    return FALSE;
  label = tjd_label_new ();
  label->consignment = g_strdup (row->id);
  label->order = g_strdup (row->order_id);
  label->kind = row->kind;
  label->cards = row->cards;
  label->service_en = g_strdup (SERVICE_EN);
  label->service_ar = g_strdup (SERVICE_AR);
  label->out_item = g_strdup (row->out_item);
  label->back_item = g_strdup (row->back_item);
  label->applicant = applicant_address (row);
  label->ministry = ministry_address ();
  *reply = label;
  return TRUE;
}
