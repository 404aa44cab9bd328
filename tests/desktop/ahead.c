/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Preloaded into a program, it is ahead of the world by what stands in the file TAJDID_AHEAD, in
 * seconds: first its calendar's clock, then the one that only goes on. Read at each question, so
 * that a test may change it (clock.py). */

static const int64_t *ahead;

__attribute__ ((constructor)) static void
find_file (void)
{
  const char *path = getenv ("TAJDID_AHEAD");
  int file = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = file >= 0 ? mmap (NULL, 16, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;

  if (mapped != MAP_FAILED)
    ahead = mapped;
  if (file >= 0)
    close (file);
}

int
clock_gettime (clockid_t clock, struct timespec *at)
{
  int code = (int) syscall (SYS_clock_gettime, clock, at);

  if (code == 0 && ahead != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC))
    at->tv_sec += ahead[clock == CLOCK_MONOTONIC];
  return code;
}

int
gettimeofday (struct timeval *restrict at, void *restrict zone)
{
  struct timespec now;
  int code = clock_gettime (CLOCK_REALTIME, &now);

  *at = (struct timeval){ now.tv_sec, now.tv_nsec / 1000 };
  return code;
}
