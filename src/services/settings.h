/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "party.h"

G_BEGIN_DECLS

/* What an operator's configuration file says: a section for each party that is not in this process,
 * optionally for those that are, and one for limits. tajdid-services.conf(5) describes it; files
 * are named relative to it.
 *
 *   [bank]
 *   base=https://bank.example         where the others find it
 *   key=bank.pub.jwk;bank-2.pub.jwk   its public keys
 *   ca=bank-ca.pem                    who may certify it, in place of the system's authorities
 *   listen=192.0.2.7:443              the rest is of those that are here
 *   certificate=bank.crt
 *   private-key=bank.key
 *   operator=staff.pub.jwk            whom its operators' endpoints believe
 *
 *   [limits]
 *   connections=6000
 */

typedef struct {
  char *base; /* without a slash behind; NULL */
  char *listen;
  GStrv keys; /* here and below: absolute names of files; NULL where nothing is said */
  char *ca;
  char *certificate;
  char *private_key;
  GStrv operators;
} TjdPartySettings;

/* Of each party that listens here. */
typedef struct {
  gint64 connections;
  gint64 connections_per_address;
  gint64 requests_per_second;    /* of a person, over ten seconds; 0: as many as they like */
  gint64 wrong_codes;            /* a minute at signing in, by keys not seen before; 0: no brake */
  gint64 wrong_codes_of_address; /* of them from one address; 0: no brake */
  gint64 idle_seconds;           /* between bytes */
  gint64 head_seconds;           /* from the answer before, or from connecting: TLS is in it */
  gint64 body_seconds;           /* from the head */
  gint64 reply_seconds;          /* that the caller may take to read it */
  gint64 request_bytes;          /* of a body */
  gint64 body_bytes;             /* of all bodies that are being sent */
  gint64 body_bytes_of_address;  /* of them from one address */
} TjdLimits;

typedef struct {
  TjdPartySettings parties[TJD_N_PARTIES];
  TjdLimits limits;
} TjdSettings;

/* What is in the file at path, or without one (NULL) what holds when nothing is said. Whatever is
 * not known, said twice or out of bounds is an error that names the line: G_IO_ERROR. */
TjdSettings *tjd_settings_load (const char *path, GError **error);
void tjd_settings_free (TjdSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TjdSettings, tjd_settings_free)

G_END_DECLS
