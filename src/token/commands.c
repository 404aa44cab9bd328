/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "identifiers.h"
#include "token.h"

/* What the program exits with. */
typedef enum { OK = 0, USAGE = 2, SECRET = 3, REQUEST = 4, DECLINED = 5 } Exit;

static const char usage[] =
    "usage: tajdid-token code [--secret-file FILE]\n"
    "       tajdid-token sign [--secret-file FILE] [--yes] --request FILE\n"
    "       tajdid-token sign [--secret-file FILE] [--yes] --number N "
    "--amount 1020.00 --payee-number N\n"
    "       tajdid-token [--sandbox FOLDER] [--person ID] [--request-from-stdin] [--language "
    "en|ar]\n"
    "\n"
    "Without a command it opens its window. code prints the sign-in code of this half minute. sign "
    "shows a "
    "payment request, or a standing\n"
    "mandate, asks, and prints the code that belongs to what it showed. The token is FILE\n"
    "(yours, mode 600) or comes on standard input. --request - reads the request from standard "
    "input.\n"
    "\n"
    "Exit codes: 0 done, 2 options, 3 the token cannot be read, 4 not a "
    "request of the bank, 5 declined.\n";

typedef struct {
  char *secret_file, *request, *number, *amount, *payee_number;
  gboolean yes;
} Options;

static Exit
complain (Exit code, GError *error)
{
  fprintf (stderr, "tajdid-token: %s\n", error->message);
  return code;
}

/* On the terminal itself: standard input may be the token. */
static gboolean
confirm (TjdSigningKind kind)
{
  FILE *terminal = fopen ("/dev/tty", "r+");
  char answer[8] = "";

  if (terminal == NULL) {
    fputs ("tajdid-token: there is no terminal to ask on; --yes goes on without asking\n", stderr);
    return FALSE;
  }
  fputs (kind == TJD_SIGNING_PAYMENT
             ? "Is this the payment you mean to make? [y/N] "
             : "Do you mean to let this be debited without being asked each time? [y/N] ",
         terminal);
  fflush (terminal);
  if (fgets (answer, sizeof answer, terminal) == NULL)
    answer[0] = '\0';
  fclose (terminal);
  return answer[0] == 'y' || answer[0] == 'Y';
}

static Exit
print_code (char *code)
{
  puts (code);
  tjd_wipe_string (code);
  return OK;
}

static Exit
print_sign_in_code (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdToken) token = tjd_token_read (options->secret_file, &error);

  if (token == NULL)
    return complain (SECRET, error);
  return print_code (tjd_token_sign_in_code (token, tjd_clock_now (tjd_clock_system ())));
}

static Exit
sign_text (const Options *options, TjdSigningKind kind, const char *number, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TjdToken) token = NULL;

  fputs (text, stdout);
  fflush (stdout);
  if (!options->yes && !confirm (kind))
    return DECLINED;
  token = tjd_token_read (options->secret_file, &error);
  if (token == NULL)
    return complain (SECRET, error);
  return print_code (tjd_token_signing_code (token, number, text));
}

static Exit
sign_request (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TjdSigningRequest) request = tjd_token_read_request (options->request, &text, &error);

  if (request == NULL)
    return complain (REQUEST, error);
  if (request->valid_until <= tjd_clock_now (tjd_clock_system ())) {
    fputs ("tajdid-token: this request has expired\n", stderr);
    return REQUEST;
  }
  return sign_text (options, request->kind, request->number, text);
}

static Exit
sign_typed (const Options *options)
{
  g_autofree char *text = NULL;
  TjdMoney amount;

  if (!tjd_format_code8.fits (options->number) || !tjd_money_parse (options->amount, &amount) ||
      amount <= 0 || !tjd_format_account.fits (options->payee_number)) {
    fputs (
        "tajdid-token: the number has eight digits, the amount two decimals, the payee's number\n"
        "8 to 16 digits\n",
        stderr);
    return REQUEST;
  }
  text = tjd_signing_text_short (options->number, amount, options->payee_number);
  return sign_text (options, TJD_SIGNING_PAYMENT, options->number, text);
}

static Exit
run (const char *command, const Options *options)
{
  gboolean typed =
      options->number != NULL && options->amount != NULL && options->payee_number != NULL;
  gboolean both_on_stdin = options->secret_file == NULL && g_strcmp0 (options->request, "-") == 0;

  if (strcmp (command, "code") == 0)
    return print_sign_in_code (options);
  if (strcmp (command, "sign") != 0 || both_on_stdin || typed == (options->request != NULL)) {
    fputs (usage, stderr);
    return USAGE;
  }
  return typed ? sign_typed (options) : sign_request (options);
}

int
tjd_token_commands_run (int argc, char **argv)
{
  g_autofree char *secret_file = NULL, *request = NULL, *number = NULL, *amount = NULL,
                  *payee_number = NULL;
  gboolean yes = FALSE, help = FALSE;
  const GOptionEntry entries[] = {
    { "secret-file", 0, 0, G_OPTION_ARG_FILENAME, &secret_file, NULL, NULL },
    { "request", 0, 0, G_OPTION_ARG_FILENAME, &request, NULL, NULL },
    { "number", 0, 0, G_OPTION_ARG_STRING, &number, NULL, NULL },
    { "amount", 0, 0, G_OPTION_ARG_STRING, &amount, NULL, NULL },
    { "payee-number", 0, 0, G_OPTION_ARG_STRING, &payee_number, NULL, NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  gboolean fits;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  fits = g_option_context_parse (context, &argc, &argv, NULL) && argc == 2;
  if (help || !fits) {
    fputs (usage, help ? stdout : stderr);
    return help ? OK : USAGE;
  }
  return (int) run (argv[1], &(Options){ secret_file, request, number, amount, payee_number, yes });
}
