/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

/* The object side of records: properties, memory, comparison. JSON is in record-json.c, forms in
 * record-form.c. */

typedef struct {
  char *pointer;
} TjdRecordErrorPrivate;

static void
tjd_record_error_private_init (TjdRecordErrorPrivate *priv)
{
}

static void
tjd_record_error_private_copy (const TjdRecordErrorPrivate *from, TjdRecordErrorPrivate *to)
{
  to->pointer = g_strdup (from->pointer);
}

static void
tjd_record_error_private_clear (TjdRecordErrorPrivate *priv)
{
  g_free (priv->pointer);
}

G_DEFINE_EXTENDED_ERROR (TjdRecordError, tjd_record_error)

const char *
tjd_record_error_get_pointer (const GError *error)
{
  g_return_val_if_fail (error->domain == TJD_RECORD_ERROR, "#");
  return tjd_record_error_get_private (error)->pointer;
}

static char *
cut_pointer (const char *pointer)
{
  const char *end = pointer + strlen (pointer);

  while (end - pointer > TJD_POINTER_MAX)
    end = g_strrstr_len (pointer, end - pointer, "/");
  return g_strndup (pointer, (gsize) (end - pointer));
}

void
tjd_record_set_error (
    GError **error, TjdRecordError code, const char *pointer, const char *format, ...)
{
  g_autofree char *what = NULL;
  g_autofree char *cut = NULL;
  va_list args;

  if (error == NULL)
    return;
  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  cut = cut_pointer (pointer);
  *error = g_error_new (TJD_RECORD_ERROR, code, "%s: %s", cut, what);
  tjd_record_error_get_private (*error)->pointer = g_steal_pointer (&cut);
}

void
tjd_pointer_append (GString *pointer, const char *member)
{
  g_autoptr (GString) escaped = g_string_new (member);

  g_string_replace (escaped, "~", "~0", 0);
  g_string_replace (escaped, "/", "~1", 0);
  g_string_append_c (pointer, '/');
  g_string_append_uri_escaped (pointer, escaped->str, G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS,
                               FALSE);
}

G_DEFINE_ABSTRACT_TYPE (TjdRecord, tjd_record, G_TYPE_OBJECT)

const TjdField *
tjd_record_type_get_fields (GType type, guint *n_fields)
{
  /* not a peek, which may show a class that another thread is still making */
  g_autoptr (GTypeClass) reference = g_type_class_ref (type);
  TjdRecordClass *klass = (TjdRecordClass *) reference;

  *n_fields = klass->n_fields;
  return klass->fields;
}

void
tjd_set_string (char **field, const char *value)
{
  char *copy = g_strdup (value);
  g_free (*field);
  *field = copy;
}

static void
free_field (gpointer record, const TjdField *field)
{
  gpointer *at = &tjd_field_at (record, field, gpointer);

  switch (field->kind) {
  case TJD_KIND_STRING:
    if ((field->flags & TJD_SECRET) && *at != NULL)
      explicit_bzero (*at, strlen (*at));
    g_clear_pointer (at, g_free);
    break;
  case TJD_KIND_RECORD:
    g_clear_object (at);
    break;
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
    g_clear_pointer ((GPtrArray **) at, g_ptr_array_unref);
    break;
  case TJD_KIND_INTS:
    g_clear_pointer ((GArray **) at, g_array_unref);
    break;
  case TJD_KIND_INT:
  case TJD_KIND_BOOL:
  case TJD_KIND_ENUM:
    break;
  }
}

void
tjd_record_set_empty (gpointer record, const TjdField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++) {
    const TjdField *field = &fields[i];
    gboolean null = (field->flags & TJD_NULLABLE) || !(field->flags & TJD_REQUIRED);

    if (field->kind == TJD_KIND_RECORDS)
      tjd_field_at (record, field, GPtrArray *) = g_ptr_array_new_with_free_func (g_object_unref);
    else if (field->kind == TJD_KIND_STRINGS)
      tjd_field_at (record, field, GPtrArray *) = g_ptr_array_new_with_free_func (g_free);
    else if (field->kind == TJD_KIND_INTS)
      tjd_field_at (record, field, GArray *) = g_array_new (FALSE, TRUE, sizeof (gint64));
    else if (field->kind == TJD_KIND_INT && null)
      tjd_field_at (record, field, gint64) = TJD_NO_INT;
    else if (field->kind == TJD_KIND_ENUM && null)
      tjd_field_at (record, field, int) = -1;
  }
}

static void
copy_field (gpointer to, gpointer from, const TjdField *field)
{
  switch (field->kind) {
  case TJD_KIND_STRING:
    tjd_set_string (&tjd_field_at (to, field, char *), tjd_field_at (from, field, char *));
    break;
  case TJD_KIND_INT:
    tjd_field_at (to, field, gint64) = tjd_field_at (from, field, gint64);
    break;
  case TJD_KIND_BOOL:
  case TJD_KIND_ENUM:
    tjd_field_at (to, field, int) = tjd_field_at (from, field, int);
    break;
  case TJD_KIND_RECORD:
    if (tjd_field_at (from, field, gpointer) != NULL)
      tjd_field_at (to, field, gpointer) = tjd_record_copy (tjd_field_at (from, field, gpointer));
    break;
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS: {
    GPtrArray *list = tjd_field_at (from, field, GPtrArray *);
    for (guint i = 0; i < list->len; i++)
      g_ptr_array_add (tjd_field_at (to, field, GPtrArray *),
                       field->kind == TJD_KIND_STRINGS ? g_strdup (list->pdata[i])
                                                       : tjd_record_copy (list->pdata[i]));
    break;
  }
  case TJD_KIND_INTS: {
    GArray *list = tjd_field_at (from, field, GArray *);
    g_array_append_vals (tjd_field_at (to, field, GArray *), list->data, list->len);
    break;
  }
  }
}

void
tjd_records_extend (GPtrArray *to, GPtrArray *with)
{
  for (guint i = 0; i < with->len; i++)
    g_ptr_array_add (to, g_object_ref (with->pdata[i]));
}

void
tjd_strings_extend (GPtrArray *to, GPtrArray *with)
{
  for (guint i = 0; i < with->len; i++)
    g_ptr_array_add (to, g_strdup (with->pdata[i]));
}

gpointer
tjd_record_copy (gpointer record)
{
  gpointer copy = g_object_new (G_OBJECT_TYPE (record), NULL);
  TjdRecordClass *klass = (TjdRecordClass *) G_OBJECT_GET_CLASS (record);

  for (guint i = 0; i < klass->n_fields; i++)
    copy_field (copy, record, &klass->fields[i]);
  return copy;
}

gboolean
tjd_record_equal (gpointer a, gpointer b)
{
  g_autofree char *a_json = NULL;
  g_autofree char *b_json = NULL;

  if (G_OBJECT_TYPE (a) != G_OBJECT_TYPE (b))
    return FALSE;
  a_json = tjd_record_to_json (a);
  b_json = tjd_record_to_json (b);
  return strcmp (a_json, b_json) == 0;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const TjdField *field = &((TjdRecordClass *) G_OBJECT_GET_CLASS (object))->fields[id - 1];

  switch (field->kind) {
  case TJD_KIND_STRING:
    g_value_set_string (value, tjd_field_at (object, field, char *));
    break;
  case TJD_KIND_INT:
    g_value_set_int64 (value, tjd_field_at (object, field, gint64));
    break;
  case TJD_KIND_BOOL:
    g_value_set_boolean (value, tjd_field_at (object, field, gboolean));
    break;
  case TJD_KIND_ENUM:
    g_value_set_int (value, tjd_field_at (object, field, int));
    break;
  case TJD_KIND_RECORD:
    g_value_set_object (value, tjd_field_at (object, field, gpointer));
    break;
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
  case TJD_KIND_INTS:
    g_value_set_boxed (value, tjd_field_at (object, field, gpointer));
    break;
  }
}

/* Explicit notify: a property that is set to what it was tells nobody. */
static gboolean
replace_field (GObject *object, const TjdField *field, const GValue *value)
{
  gpointer *at = &tjd_field_at (object, field, gpointer);

  switch (field->kind) {
  case TJD_KIND_STRING:
    if (g_strcmp0 (*at, g_value_get_string (value)) == 0)
      return FALSE;
    free_field (object, field);
    *at = g_value_dup_string (value);
    return TRUE;
  case TJD_KIND_INT:
    if (tjd_field_at (object, field, gint64) == g_value_get_int64 (value))
      return FALSE;
    tjd_field_at (object, field, gint64) = g_value_get_int64 (value);
    return TRUE;
  case TJD_KIND_BOOL:
  case TJD_KIND_ENUM: {
    int new = field->kind == TJD_KIND_BOOL ? g_value_get_boolean (value) : g_value_get_int (value);
    if (tjd_field_at (object, field, int) == new)
      return FALSE;
    tjd_field_at (object, field, int) = new;
    return TRUE;
  }
  case TJD_KIND_RECORD:
    return g_set_object ((GObject **) at, g_value_get_object (value));
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
  case TJD_KIND_INTS:
    if (g_value_get_boxed (value) == NULL || *at == g_value_get_boxed (value))
      return FALSE;
    free_field (object, field);
    *at = g_value_dup_boxed (value);
    return TRUE;
  }
  return FALSE;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  const TjdField *field = &((TjdRecordClass *) G_OBJECT_GET_CLASS (object))->fields[id - 1];

  if (replace_field (object, field, value))
    g_object_notify_by_pspec (object, pspec);
}

static GParamSpec *
field_pspec (const TjdField *field)
{
  g_autofree char *name = g_strdelimit (g_strdup (field->name), "_", '-');
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const char *n = g_intern_string (name);

  switch (field->kind) {
  case TJD_KIND_STRING:
    return g_param_spec_string (n, NULL, NULL, NULL, flags);
  case TJD_KIND_INT:
    return g_param_spec_int64 (n, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  case TJD_KIND_BOOL:
    return g_param_spec_boolean (n, NULL, NULL, FALSE, flags);
  case TJD_KIND_ENUM: /* an int, since a GEnum property cannot be null */
    return g_param_spec_int (n, NULL, NULL, -1, G_MAXINT, 0, flags);
  case TJD_KIND_RECORD:
    return g_param_spec_object (n, NULL, NULL, field->of (), flags);
  case TJD_KIND_RECORDS:
  case TJD_KIND_STRINGS:
    return g_param_spec_boxed (n, NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  case TJD_KIND_INTS:
    return g_param_spec_boxed (n, NULL, NULL, G_TYPE_ARRAY, flags);
  }
  g_assert_not_reached ();
}

static void
finalize (GObject *object)
{
  TjdRecordClass *klass = (TjdRecordClass *) G_OBJECT_GET_CLASS (object);

  for (guint i = 0; i < klass->n_fields; i++)
    free_field (object, &klass->fields[i]);
  G_OBJECT_CLASS (tjd_record_parent_class)->finalize (object);
}

static void
tjd_record_class_init (TjdRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = finalize;
}

static void
tjd_record_init (TjdRecord *self)
{
}

void
tjd_record_class_set_fields (TjdRecordClass *klass, const TjdField *fields, guint n_fields)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  /* GObject has each class name its own accessors. */
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  klass->fields = fields;
  klass->n_fields = n_fields;
  for (guint i = 0; i < n_fields; i++)
    g_object_class_install_property (object_class, i + 1, field_pspec (&fields[i]));
}

const char *
tjd_enum_to_nick (GType type, int value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (klass, value);

  return found != NULL ? found->value_nick : NULL;
}

int
tjd_enum_from_nick (GType type, const char *nick)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value_by_nick (klass, nick);

  return found != NULL ? found->value : -1;
}

GType
tjd_enum_register (const char *name, const char *const *nicks)
{
  guint n = g_strv_length ((char **) nicks);
  GEnumValue *values = g_new0 (GEnumValue, n + 1); /* the type system keeps it */

  for (guint i = 0; i < n; i++)
    values[i] = (GEnumValue){ (int) i, nicks[i], nicks[i] };
  return g_enum_register_static (name, values);
}
