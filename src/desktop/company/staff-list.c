/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-list.h"

struct _TjdStaffList {
  GObject parent;
  GPtrArray *rows;
};

static GType
get_item_type (GListModel *list)
{
  return tjd_permit_get_type ();
}

static guint
get_n_items (GListModel *list)
{
  return TJD_STAFF_LIST (list)->rows->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GPtrArray *rows = TJD_STAFF_LIST (list)->rows;

  return position < rows->len ? g_object_ref (((TjdStaffRow *) rows->pdata[position])->permit)
                              : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TjdStaffList,
                               tjd_staff_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
tjd_staff_list_finalize (GObject *object)
{
  g_ptr_array_unref (TJD_STAFF_LIST (object)->rows);
  G_OBJECT_CLASS (tjd_staff_list_parent_class)->finalize (object);
}

static void
tjd_staff_list_class_init (TjdStaffListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tjd_staff_list_finalize;
}

static void
tjd_staff_list_init (TjdStaffList *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) tjd_staff_row_unref);
}

TjdStaffList *
tjd_staff_list_new (void)
{
  return g_object_new (TJD_TYPE_STAFF_LIST, NULL);
}

void
tjd_staff_list_show (TjdStaffList *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) before = self->rows;
  guint most = MIN (before->len, rows->len);
  guint first = 0, last = 0;

  while (first < most && before->pdata[first] == rows->pdata[first])
    first++;
  while (last < most - first &&
         before->pdata[before->len - 1 - last] == rows->pdata[rows->len - 1 - last])
    last++;
  self->rows = rows;
  if (first + last < MAX (before->len, rows->len))
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last,
                                rows->len - first - last);
}

GPtrArray *
tjd_staff_list_get_rows (TjdStaffList *self)
{
  return self->rows;
}
