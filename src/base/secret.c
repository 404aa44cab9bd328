/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "secret.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_BYTES (64 * 1024)

struct _TjdSecret {
  gatomicrefcount references;
  guint8 *bytes;
  gsize n_bytes;
  gsize n_mapped;
};

TjdSecret *
tjd_secret_new (const void *bytes, gsize n_bytes)
{
  TjdSecret *self;
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  g_return_val_if_fail (n_bytes <= MAX_BYTES, NULL);
  self = g_new0 (TjdSecret, 1);
  g_atomic_ref_count_init (&self->references);
  self->n_bytes = n_bytes;
  self->n_mapped = (n_bytes / page + 1) * page;
  self->bytes =
      mmap (NULL, self->n_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->bytes == MAP_FAILED)
    g_error ("no memory for a secret");
  /* A small limit on locked memory is no reason to refuse to work: the pages still stay out of
   * core dumps and are wiped. */
  mlock (self->bytes, self->n_mapped);
  madvise (self->bytes, self->n_mapped, MADV_DONTDUMP);
  memcpy (self->bytes, bytes, n_bytes);
  return self;
}

TjdSecret *
tjd_secret_ref (TjdSecret *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
tjd_secret_unref (TjdSecret *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  explicit_bzero (self->bytes, self->n_mapped);
  munmap (self->bytes, self->n_mapped);
  g_free (self);
}

const guint8 *
tjd_secret_get (const TjdSecret *self, gsize *n_bytes)
{
  *n_bytes = self->n_bytes;
  return self->bytes;
}

static int
base32_value (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a';
  return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

TjdSecret *
tjd_secret_new_from_base32 (const char *text)
{
  gsize length = strlen (text), n_bytes = 0;
  g_autofree guint8 *bytes = g_malloc0 (length + 1);
  guint32 bits = 0;
  guint n_bits = 0;
  TjdSecret *self = NULL;
  gboolean padding = FALSE, ok = TRUE;

  for (const char *c = text; ok && *c != '\0'; c++) {
    int value = base32_value (*c);
    if (*c == ' ' || *c == '=') {
      padding = padding || *c == '=';
      continue;
    }
    ok = value >= 0 && !padding;
    bits = bits << 5 | ((guint32) value & 31);
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      bytes[n_bytes++] = (guint8) (bits >> n_bits);
    }
  }
  if (ok && n_bits < 5 && n_bytes > 0 && n_bytes <= MAX_BYTES) /* 5: a letter too many */
    self = tjd_secret_new (bytes, n_bytes);
  explicit_bzero (bytes, length + 1);
  return self;
}

char *
tjd_secret_to_base32 (const TjdSecret *self)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  char *text = g_malloc0 (self->n_bytes * 8 / 5 + 2);
  guint32 bits = 0;
  guint n_bits = 0;
  gsize length = 0;

  for (gsize i = 0; i < self->n_bytes; i++) {
    bits = bits << 8 | self->bytes[i];
    for (n_bits += 8; n_bits >= 5; n_bits -= 5)
      text[length++] = alphabet[bits >> (n_bits - 5) & 31];
  }
  if (n_bits > 0)
    text[length++] = alphabet[bits << (5 - n_bits) & 31];
  return text;
}

gboolean
tjd_bytes_equal_constant_time (const void *a, const void *b, gsize n_bytes)
{
  const volatile guint8 *left = a, *right = b;
  guint8 difference = 0;

  for (gsize i = 0; i < n_bytes; i++)
    difference |= left[i] ^ right[i];
  return difference == 0;
}

void
tjd_wipe_string (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

/* One byte, not none: a dump that goes to a program (systemd's, Ubuntu's) ignores every limit but
 * this one, at which the kernel makes none at all (fs/coredump.c). PR_SET_DUMPABLE would do as
 * well, but then no portal serves us: they look into /proc for who is asking. */
void
tjd_secrets_forbid_core_dumps (void)
{
  const struct rlimit none = { 1, 1 };

  setrlimit (RLIMIT_CORE, &none);
}
