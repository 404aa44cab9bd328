/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring.h"

#include <string.h>

#include "way.h"

/* clang-format off */
G_DEFINE_QUARK (tjd-keyring-error-quark, tjd_keyring_error)
/* clang-format on */

/* gnome-keyring finds nothing by a schema's name in a keyring that is locked, as if it were empty:
 * what is ours is known by the names of the attributes alone. */
const SecretSchema tjd_keyring_schema = {
  "app.tajdid.Tajdid",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  { { TJD_KEYRING_ITEM, SECRET_SCHEMA_ATTRIBUTE_STRING },
    { TJD_KEYRING_ACCOUNT, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* What stands in the keyring by these names is there to stay: do not rename. */
static const char *const item_names[] = {
  [TJD_KEYRING_REFRESH_TOKEN] = "refresh-token",
  [TJD_KEYRING_SESSION_KEY] = "session-key",
  [TJD_KEYRING_CACHE_KEY] = "cache-key",
  [TJD_KEYRING_TOKEN] = "token",
};

typedef enum { READ, STORE, FORGET, LIST } What;

typedef struct {
  What what;
  GHashTable *attributes;
  char *label;
  SecretValue *value;
} Call;

static Call *
call_new (What what, TjdKeyringItem item, const char *account)
{
  Call *call = g_new0 (Call, 1);

  call->what = what;
  call->attributes =
      secret_attributes_build (&tjd_keyring_schema, TJD_KEYRING_ITEM, item_names[item],
                               account != NULL ? TJD_KEYRING_ACCOUNT : NULL, account, NULL);
  return call;
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_hash_table_unref (call->attributes);
  g_free (call->label);
  g_clear_pointer (&call->value, secret_value_unref);
  g_free (call);
}

/* As libsecret itself chooses. SECRET_BACKEND=file is how a developer, or a test, asks for what a
 * sandbox gets. */
static const TjdKeyringWay *
choose_way (void)
{
  gboolean sandboxed = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ||
                       g_strcmp0 (g_getenv ("SECRET_BACKEND"), "file") == 0;

  return sandboxed ? &tjd_keyring_simple : &tjd_keyring_service;
}

static gpointer
carry_out (TjdWait *wait, gpointer data, GCancellable *cancellable, GError **error)
{
  const TjdKeyringWay *way = choose_way ();
  Call *call = data;

  switch (call->what) {
  case READ:
    return way->read (call->attributes, wait, cancellable, error);
  case STORE:
    return GINT_TO_POINTER (
        way->store (call->attributes, call->label, call->value, wait, cancellable, error));
  case FORGET:
    return GINT_TO_POINTER (way->forget (call->attributes, wait, cancellable, error));
  case LIST:
    return way->list (call->attributes, wait, cancellable, error);
  default:
    g_assert_not_reached ();
  }
}

static TjdKeyringError
meaning (const GError *cause)
{
  static const struct {
    GQuark (*domain) (void);
    int code;
    TjdKeyringError means;
  } table[] = {
    { g_io_error_quark, G_IO_ERROR_BUSY, TJD_KEYRING_ERROR_LOCKED }, /* wait.h */
    { secret_error_get_quark, SECRET_ERROR_IS_LOCKED, TJD_KEYRING_ERROR_LOCKED },
    { g_dbus_error_quark, G_DBUS_ERROR_SERVICE_UNKNOWN, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_NAME_HAS_NO_OWNER, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_SPAWN_EXEC_FAILED, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_SPAWN_CHILD_EXITED, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_SPAWN_FAILED, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, TJD_KEYRING_ERROR_NO_SERVICE },
    { g_dbus_error_quark, G_DBUS_ERROR_NO_SERVER, TJD_KEYRING_ERROR_NO_BUS },
    { g_dbus_error_quark, G_DBUS_ERROR_DISCONNECTED, TJD_KEYRING_ERROR_NO_BUS },
    { g_io_error_quark, G_IO_ERROR_CLOSED, TJD_KEYRING_ERROR_NO_BUS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_error_matches (cause, table[i].domain (), table[i].code))
      return table[i].means;
  return TJD_KEYRING_ERROR_FAILED;
}

/* Takes the call. */
static gpointer
make_call (Call *call, GDestroyNotify free_result, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gpointer result = tjd_wait_run (carry_out, call, call_free, free_result, cancellable, &cause);

  if (cause == NULL)
    return result;
  if (cause->domain == TJD_KEYRING_ERROR ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error_literal (error, TJD_KEYRING_ERROR, (int) meaning (cause), cause->message);
  return NULL;
}

TjdSecret *
tjd_keyring_secret_of (SecretValue *value)
{
  gsize length;
  const char *bytes = secret_value_get (value, &length);

  return tjd_secret_new (bytes, length);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
tjd_keyring_accounts_of (GList *found)
{
  GPtrArray *accounts = g_ptr_array_new ();

  for (GList *at = found; at != NULL; at = at->next) {
    g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (at->data);
    const char *account = g_hash_table_lookup (attributes, TJD_KEYRING_ACCOUNT);
    if (account != NULL && !g_ptr_array_find_with_equal_func (accounts, account, g_str_equal, NULL))
      g_ptr_array_add (accounts, g_strdup (account));
  }
  g_ptr_array_sort (accounts, compare_texts);
  g_ptr_array_add (accounts, NULL);
  return (char **) g_ptr_array_free (accounts, FALSE);
}

TjdSecret *
tjd_keyring_read (TjdKeyringItem item,
                  const char *account,
                  GCancellable *cancellable,
                  GError **error)
{
  return make_call (call_new (READ, item, account), (GDestroyNotify) tjd_secret_unref, cancellable,
                    error);
}

gboolean
tjd_keyring_store (TjdKeyringItem item,
                   const char *account,
                   const char *label,
                   TjdSecret *secret,
                   GCancellable *cancellable,
                   GError **error)
{
  Call *call = call_new (STORE, item, account);
  gsize length;
  const char *bytes = (const char *) tjd_secret_get (secret, &length);

  call->label = g_strdup (label);
  call->value = secret_value_new (bytes, (gssize) length, "application/octet-stream");
  return make_call (call, NULL, cancellable, error) != NULL;
}

gboolean
tjd_keyring_forget (TjdKeyringItem item,
                    const char *account,
                    GCancellable *cancellable,
                    GError **error)
{
  return make_call (call_new (FORGET, item, account), NULL, cancellable, error) != NULL;
}

char **
tjd_keyring_list (TjdKeyringItem item, GCancellable *cancellable, GError **error)
{
  return make_call (call_new (LIST, item, NULL), (GDestroyNotify) g_strfreev, cancellable, error);
}

void
tjd_keyring_set_patience (guint service_ms, guint person_ms)
{
  tjd_wait_set_patience (service_ms, person_ms);
}
