/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A record is a final GObject whose fields stand in one static table: a permit, an order, a row of
 * a party's database. The table drives its properties (so that .ui files can bind them; name_ar on
 * the wire is property name-ar), JSON both ways, forms and query strings, and the columns of rows.
 *
 *   struct _TjdQuoteLine {
 *     TjdRecord parent;
 *     TjdLineKind kind;
 *     gint64 amount;
 *   };
 *
 *   static const TjdField quote_line_fields[] = {
 *     TJD_ENUM (TjdQuoteLine, kind, tjd_line_kind_get_type, TJD_REQUIRED),
 *     TJD_INT (TjdQuoteLine, amount, TJD_REQUIRED, .min = -TJD_MONEY_MAX, .max = TJD_MONEY_MAX),
 *   };
 *   TJD_DEFINE_RECORD (TjdQuoteLine, tjd_quote_line, quote_line_fields)
 */

typedef enum {
  TJD_KIND_STRING,  /* char *; bounds count characters */
  TJD_KIND_INT,     /* gint64; TJD_NO_INT where null */
  TJD_KIND_BOOL,    /* gboolean */
  TJD_KIND_ENUM,    /* int, a registered enum, by its nick on the wire and in rows; -1 where null */
  TJD_KIND_RECORD,  /* a record of type .of */
  TJD_KIND_RECORDS, /* GPtrArray of records of type .of, never NULL; bounds count elements */
  TJD_KIND_STRINGS, /* GPtrArray of char *, never NULL; bounds count elements */
  TJD_KIND_INTS,    /* GArray of gint64, never NULL; bounds count elements */
} TjdKind;

typedef enum {
  TJD_OPTIONAL = 0,
  TJD_REQUIRED = 1 << 0, /* the member must be there */
  TJD_NULLABLE = 1 << 1, /* and may be null; an optional field left out is null as well */
  TJD_SECRET = 1 << 2,   /* wiped when freed; never to be logged */
} TjdFieldFlags;

/* What a string must look like. The name is also its "format" in the OpenAPI documents. */
typedef struct {
  const char *name;
  gboolean (*fits) (const char *text);
} TjdFormat;

typedef struct {
  const char *name; /* on the wire, and of the column */
  TjdKind kind;
  TjdFieldFlags flags;
  guint16 offset;
  GType (*of) (void); /* the enum's or the record's type */
  const TjdFormat *format;
  gint64 min, max; /* both 0: 0 … 2^53-1 for integers, 0 … 256 characters, 0 … 500 elements */
} TjdField;

#define TJD_NO_INT G_MININT64
#define TJD_INT_MAX                                                             \
  G_GINT64_CONSTANT (9007199254740991) /* 2^53-1, what every JSON peer can hold \
                                        */

#define TJD_FIELD(Type, member, kind_, ...)                                                        \
  {                                                                                                \
    .name = #member, .kind = kind_, .offset = G_STRUCT_OFFSET (Type, member), .flags = __VA_ARGS__ \
  }
#define TJD_STRING(Type, member, ...) TJD_FIELD (Type, member, TJD_KIND_STRING, __VA_ARGS__)
#define TJD_INT(Type, member, ...) TJD_FIELD (Type, member, TJD_KIND_INT, __VA_ARGS__)
#define TJD_BOOL(Type, member, ...) TJD_FIELD (Type, member, TJD_KIND_BOOL, __VA_ARGS__)
#define TJD_STRINGS(Type, member, ...) TJD_FIELD (Type, member, TJD_KIND_STRINGS, __VA_ARGS__)
#define TJD_INTS(Type, member, ...) TJD_FIELD (Type, member, TJD_KIND_INTS, __VA_ARGS__)
#define TJD_ENUM(Type, member, of_, ...) \
  TJD_FIELD (Type, member, TJD_KIND_ENUM, __VA_ARGS__, .of = of_)
#define TJD_NESTED(Type, member, of_, ...) \
  TJD_FIELD (Type, member, TJD_KIND_RECORD, __VA_ARGS__, .of = of_)
#define TJD_LIST(Type, member, of_, ...) \
  TJD_FIELD (Type, member, TJD_KIND_RECORDS, __VA_ARGS__, .of = of_)

#define TJD_TYPE_RECORD (tjd_record_get_type ())
GType tjd_record_get_type (void);

typedef struct {
  GObject parent;
} TjdRecord;

typedef struct {
  GObjectClass parent_class;
  const TjdField *fields;
  guint n_fields;
} TjdRecordClass;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdRecord, g_object_unref)

/* In the header: the type, its get_type and its autoptr. The struct follows, open to its readers:
 * a record has no invariants of its own beyond its table. */
#define TJD_DECLARE_RECORD(Name, name)                 \
  typedef struct _##Name Name;                         \
  typedef struct {                                     \
    TjdRecordClass parent_class;                       \
  } Name##Class;                                       \
  GType name##_get_type (void);                        \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, g_object_unref) \
  G_GNUC_UNUSED static inline Name *name##_new (void)  \
  {                                                    \
    return g_object_new (name##_get_type (), NULL);    \
  }

#define TJD_DEFINE_RECORD(Name, name, table)                                             \
  G_DEFINE_FINAL_TYPE (Name, name, TJD_TYPE_RECORD)                                      \
  static void name##_class_init (Name##Class *klass)                                     \
  {                                                                                      \
    tjd_record_class_set_fields ((TjdRecordClass *) klass, table, G_N_ELEMENTS (table)); \
  }                                                                                      \
  static void name##_init (Name *self)                                                   \
  {                                                                                      \
    tjd_record_set_empty (self, table, G_N_ELEMENTS (table));                            \
  }

/* A record known to one source file alone, such as the row of a table: after its struct (a typedef
 * that starts with TjdRecord parent) and its fields. */
#define TJD_DEFINE_PRIVATE_RECORD(Name, name, table)   \
  typedef TjdRecordClass Name##Class;                  \
  static GType name##_get_type (void);                 \
  TJD_DEFINE_RECORD (Name, name, table)                \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, g_object_unref) \
  G_GNUC_UNUSED static inline Name *name##_new (void)  \
  {                                                    \
    return g_object_new (name##_get_type (), NULL);    \
  }

void tjd_record_class_set_fields (TjdRecordClass *klass, const TjdField *fields, guint n_fields);
void tjd_record_set_empty (gpointer record, const TjdField *fields, guint n_fields);

/* The table of a record type, borrowed. */
const TjdField *tjd_record_type_get_fields (GType type, guint *n_fields);

/* Where a field's value lies inside the record. */
#define tjd_field_at(record, field, ctype) G_STRUCT_MEMBER (ctype, record, (field)->offset)

/* Sets a string field: frees the old one, copies the new one. */
void tjd_set_string (char **field, const char *value);

typedef enum {
  TJD_READ_STRICT = 0,
  TJD_READ_LENIENT =
      1 << 0, /* unknown members are passed over: for tokens that others may extend */
} TjdReadFlags;

/* JSON bytes to a record: the strict scan (scan.h), then the table. Errors are TJD_RECORD_ERROR
 * and carry the path to the fault. (transfer full) */
gpointer tjd_record_from_json (
    GType type, const char *bytes, gsize length, TjdReadFlags flags, GError **error);
gpointer tjd_record_from_node (GType type, JsonNode *node, TjdReadFlags flags, GError **error);

/* application/x-www-form-urlencoded (a body or a query string, NULL as empty) to a record whose
 * fields are strings, integers, booleans and enums. Each name at most once. (transfer full) */
gpointer tjd_record_from_form (GType type, const char *form, TjdReadFlags flags, GError **error);

/* Compact, members in the table's order; an optional field that is null is left out. */
char *tjd_record_to_json (gpointer record);
JsonNode *tjd_record_to_node (gpointer record);
char *tjd_record_to_form (gpointer record);

/* One field by itself, as rows store lists and nested records; null gives NULL. */
char *tjd_field_to_json (gpointer record, const TjdField *field);
gboolean
tjd_field_from_json (gpointer record, const TjdField *field, const char *json, GError **error);

gpointer tjd_record_copy (gpointer record);
gboolean tjd_record_equal (gpointer a, gpointer b);

/* Adds with's records (a reference each) or strings (copied) behind to's. */
void tjd_records_extend (GPtrArray *to, GPtrArray *with);
void tjd_strings_extend (GPtrArray *to, GPtrArray *with);

/* Enums by nick. */
const char *tjd_enum_to_nick (GType type, int value);  /* NULL if there is no such value */
int tjd_enum_from_nick (GType type, const char *nick); /* -1 if there is no such nick */

/* An enum for field tables, its nicks in order of its values from 0; the list ends with NULL. */
GType tjd_enum_register (const char *name, const char *const *nicks);
#define TJD_DEFINE_ENUM(Name, name, ...)                           \
  GType name##_get_type (void)                                     \
  {                                                                \
    static gsize type;                                             \
    static const char *const nicks[] = { __VA_ARGS__, NULL };      \
    if (g_once_init_enter (&type))                                 \
      g_once_init_leave (&type, tjd_enum_register (#Name, nicks)); \
    return type;                                                   \
  }

typedef enum {
  TJD_RECORD_ERROR_SYNTAX,  /* not JSON as we take it (scan.h) */
  TJD_RECORD_ERROR_UNKNOWN, /* a member that the table does not have */
  TJD_RECORD_ERROR_MISSING,
  TJD_RECORD_ERROR_TYPE,
  TJD_RECORD_ERROR_RANGE,  /* a bound, or a nick that the enum does not have */
  TJD_RECORD_ERROR_FORMAT, /* a string that is not what its format says */
} TjdRecordError;

#define TJD_RECORD_ERROR (tjd_record_error_quark ())
GQuark tjd_record_error_quark (void);

/* The JSON pointer to the fault as a URI fragment (RFC 6901 6): "#/permits/0/years". One longer
 * than TJD_POINTER_MAX bytes is cut to a member above. */
#define TJD_POINTER_MAX 512
const char *tjd_record_error_get_pointer (const GError *error);
void tjd_pointer_append (GString *pointer, const char *member);
void tjd_record_set_error (GError **error,
                           TjdRecordError code,
                           const char *pointer,
                           const char *format,
                           ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
