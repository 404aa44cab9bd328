/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "party.h"

G_BEGIN_DECLS

/* Parties at work in one process: all four, or any of them. */

typedef struct {
  const char *state_dir;
  const char *port_file;   /* NULL: none */
  const char *const *only; /* names of parties; NULL: all four */
  const char *config;      /* NULL: none */
  gboolean retry_parked;   /* what was parked in an outbox waits again */
  gboolean sandbox;        /* fill empty databases with the sandbox's people */
  gint64 pace;             /* of the simulators, 0: none */
} TjdProcessOptions;

/* What the program exits with. */
typedef enum {
  TJD_EXIT_OK = 0,
  TJD_EXIT_USAGE = 2,  /* the options */
  TJD_EXIT_CONFIG = 3, /* the configuration file, or a key that it names */
  TJD_EXIT_STATE = 4,  /* the state directory: taken, damaged, of a later version, full */
  TJD_EXIT_LISTEN = 5, /* an address that cannot be had */
} TjdExit;

typedef struct _TjdProcess TjdProcess;

/* Opens, seeds, listens and writes the port file; *code says what failed. settings.h says what the
 * configuration has. */
TjdProcess *tjd_process_start (const TjdProcessOptions *options,
                               const TjdClock *clock,
                               const TjdEntropy *entropy,
                               TjdExit *code,
                               GError **error);

/* Reads keys and certificates again, all or none of them: connections and what is under way go on.
 * Addresses and limits stay as they were. */
gboolean tjd_process_reload (TjdProcess *process, GError **error);

/* Ends what is under way, closes; the port file goes. */
void tjd_process_stop (TjdProcess *process);

G_END_DECLS
