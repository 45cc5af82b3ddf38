/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-command.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "matinee-cli-text.h"
#include "matinee-pool.h"
#include "matinee-system.h"

#define USUAL_TOP 10
#define MAX_TOP 1000000

/**
 * matinee_cli_command_dup_arguments:
 * @command: a command
 *
 * Returns: (transfer full) (nullable): the files that it needs, for people
 */
char *
matinee_cli_command_dup_arguments (const MatineeCliCommand *command)
{
  if (command->argument == NULL)
    return NULL;
  return command->second != NULL ? g_strdup_printf ("%s %s", _ (command->argument), _ (command->second))
                                 : g_strdup (_ (command->argument));
}

static void
call_clear (MatineeCliCall *call)
{
  g_option_context_free (call->context);
  g_strfreev (call->arguments);
  g_free (call->placeholder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliCall, call_clear)

static void
begin_call (MatineeCliCall *call)
{
  const MatineeCliCommand *command = call->command;
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &call->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->arguments, NULL, call->placeholder },
    G_OPTION_ENTRY_NULL,
  };

  call->context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (call->context, FALSE);
  g_option_context_set_strict_posix (call->context, FALSE);
  g_option_context_set_summary (call->context, _ (command->description));
  g_option_context_add_main_entries (call->context, entries, GETTEXT_PACKAGE);
}

static gboolean
check_arguments (const MatineeCliCall *call, GError **error)
{
  const MatineeCliCommand *command = call->command;
  guint n = call->arguments != NULL ? g_strv_length (call->arguments) : 0;
  guint wanted = (command->argument != NULL ? 1 : 0) + (command->second != NULL ? 1 : 0);

  if (call->help || n == wanted || (n == 0 && call->command->optional))
    return TRUE;
  if (wanted == 0)
    matinee_cli_fail_usage (error, _ ("“%s” takes nothing but options; “%s” is too much"), command->name,
                            call->arguments[0]);
  else if (n < wanted)
    matinee_cli_fail_usage (error, _ ("“%s” needs %s"), command->name,
                            n == 0 ? call->placeholder : _ (command->second));
  else if (wanted == 1)
    matinee_cli_fail_usage (error, _ ("“%s” takes one %s; “%s” is too much"), command->name, _ (command->argument),
                            call->arguments[1]);
  else
    matinee_cli_fail_usage (error, _ ("“%s” takes %s; “%s” is too much"), command->name, call->placeholder,
                            call->arguments[2]);
  return FALSE;
}

static gboolean
parse (MatineeCliCall *call, char **argv, GError **error)
{
  g_auto (GStrv) left = g_strdupv (argv);
  g_autoptr (GError) problem = NULL;
  g_autofree char *program = g_strconcat ("matinee-cli ", call->command->name, NULL);

  /* GLib begins the help with this name. */
  g_set_prgname (program);
  if (g_option_context_parse_strv (call->context, &left, &problem) && check_arguments (call, &problem))
    return TRUE;
  g_set_error (error, problem->domain, problem->code, _ ("%s (see “matinee-cli help %s”)"), problem->message,
               call->command->name);
  return FALSE;
}

/**
 * matinee_cli_call:
 * @command: a command
 * @argv: (array zero-terminated): its name and what follows it
 *
 * Reads what @command is called with and does it, or prints its help. Says on standard
 * error what went wrong.
 *
 * Returns: the exit status
 */
MatineeCliStatus
matinee_cli_call (const MatineeCliCommand *command, char **argv)
{
  const MatineeCliAction *action = command->action;
  /* The context keeps no copy of the placeholder. */
  g_auto (MatineeCliCall) call = { .command = command, .placeholder = matinee_cli_command_dup_arguments (command) };
  g_autofree gpointer options = g_malloc0 (action->size);
  g_autofree char *help = NULL;
  g_autoptr (GError) error = NULL;
  MatineeCliStatus status = MATINEE_CLI_DONE;

  begin_call (&call);
  action->add_options (options, call.context);
  if (!parse (&call, argv, &error))
    status = matinee_cli_report (error);
  else if (call.help)
    {
      help = g_option_context_get_help (call.context, TRUE, NULL);
      matinee_cli_print ("%s", help);
    }
  else if (!action->run (options, &call, &error))
    status = error != NULL ? matinee_cli_report (error) : MATINEE_CLI_FAILED;
  action->clear (options);
  return status;
}

/**
 * matinee_cli_call_get_argument:
 * @call: a call that has been parsed
 *
 * Returns: (nullable): the file, folder or set that it names, in the file system's
 *   encoding, or %NULL where that was left out
 */
const char *
matinee_cli_call_get_argument (const MatineeCliCall *call)
{
  return call->arguments != NULL ? call->arguments[0] : NULL;
}

/**
 * matinee_cli_call_get_second:
 * @call: a call of a command that needs two files, parsed
 *
 * Returns: the second one, in the file system's encoding
 */
const char *
matinee_cli_call_get_second (const MatineeCliCall *call)
{
  return call->arguments[1];
}

/**
 * matinee_cli_parse_number:
 * @option: name of the option, without dashes
 * @text: what was given
 * @whole: whether it must be a whole number
 * @minimum: smallest value
 * @maximum: largest value
 * @value: (out): the number
 * @error: return location
 *
 * Reads a number in the same form in every locale: digits with a point.
 *
 * Returns: whether @text is a number in range; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_parse_number (const char *option, const char *text, gboolean whole, double minimum, double maximum,
                          double *value, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);
  g_autofree char *from = matinee_cli_format_option (minimum);
  g_autofree char *to = matinee_cli_format_option (maximum);

  /* g_ascii_strtod() would also take hexadecimal numbers, names and spaces. */
  if (end == text || *end != '\0' || text[strspn (text, "0123456789.eE+-")] != '\0')
    matinee_cli_fail_usage (error, _ ("--%s needs a number from %s to %s, not “%s”"), option, from, to, text);
  else if (number < minimum || number > maximum)
    matinee_cli_fail_usage (error, _ ("--%s must be from %s to %s; it is %s"), option, from, to, text);
  else if (whole && number != floor (number))
    matinee_cli_fail_usage (error, _ ("--%s must be a whole number from %s to %s; it is %s"), option, from, to, text);
  else
    {
      *value = number;
      return TRUE;
    }
  return FALSE;
}

/**
 * matinee_cli_parse_numbers:
 * @numbers: (array length=n): options that take numbers
 * @n: how many
 * @error: return location
 *
 * Reads those that were given: see matinee_cli_parse_number().
 *
 * Returns: whether all are good
 */
gboolean
matinee_cli_parse_numbers (const MatineeCliNumber *numbers, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (numbers[i].text != NULL
        && !matinee_cli_parse_number (numbers[i].option, numbers[i].text, numbers[i].whole, numbers[i].minimum,
                                      numbers[i].maximum, numbers[i].value, error))
      return FALSE;
  return TRUE;
}

static gboolean
parse_count (const char *option, const char *text, guint usual, guint maximum, guint *n, GError **error)
{
  double value = usual;
  const MatineeCliNumber number = { option, text, TRUE, 1, maximum, &value };

  if (!matinee_cli_parse_numbers (&number, 1, error))
    return FALSE;
  *n = (guint) value;
  return TRUE;
}

/**
 * matinee_cli_parse_top:
 * @text: (nullable): `--top`
 * @top: (out): how many films to list
 * @error: return location
 *
 * Returns: whether it is good; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_parse_top (const char *text, guint *top, GError **error)
{
  return parse_count ("top", text, USUAL_TOP, MAX_TOP, top, error);
}

/**
 * matinee_cli_parse_threads:
 * @text: (nullable): `--threads`
 * @n_threads: (out): how many threads are to work
 * @error: return location
 *
 * Returns: whether it is good; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_parse_threads (const char *text, guint *n_threads, GError **error)
{
  return parse_count ("threads", text, matinee_system_n_cores (), MATINEE_MAX_THREADS, n_threads, error);
}
