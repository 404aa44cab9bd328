/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into a program with a main loop: the longest time that its first thread was not waiting
 * for events, in nanoseconds, stands in the eight bytes of the file that TAJDID_GAPS names. Whoever
 * writes 0 there begins anew. A loop's poll has its own waker among its descriptors; one for a
 * single descriptor (xcb waits so for a reply) is part of what keeps the loop from waiting. */
#include <dlfcn.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

typedef int (*Poll) (struct pollfd *fds, nfds_t n, int timeout);

static Poll real;
static _Atomic gint64 *longest;
static gint64 awake_since; /* of the first thread; 0: it has not waited yet */

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void __attribute__ ((constructor)) begin (void)
{
  const char *path = g_getenv ("TAJDID_GAPS");
  int fd = path != NULL ? open (path, O_RDWR | O_CLOEXEC) : -1;
  void *map = fd >= 0 ? mmap (NULL, sizeof *longest, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                      : MAP_FAILED;

  real = (Poll) dlsym (RTLD_NEXT, "poll");
  longest = map != MAP_FAILED ? map : NULL;
  if (fd >= 0)
    close (fd);
}

int
poll (struct pollfd *fds, nfds_t n, int timeout)
{
  gboolean is_loop = longest != NULL && n > 1 && getpid () == gettid ();
  int ready;

  if (is_loop && awake_since != 0)
    atomic_store (longest, MAX (atomic_load (longest), now () - awake_since));
  ready = real (fds, n, timeout);
  if (is_loop)
    awake_since = now ();
  return ready;
}
