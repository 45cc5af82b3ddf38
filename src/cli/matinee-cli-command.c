/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-command.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "matinee-cli-text.h"

/**
 * matinee_cli_call_new:
 * @command: a command
 *
 * Begins to take in a call of @command. Its options are to be added to the
 * context of the call.
 *
 * Returns: (transfer full): the call
 */
MatineeCliCall *
matinee_cli_call_new (const MatineeCliCommand *command)
{
  MatineeCliCall *call = g_new0 (MatineeCliCall, 1);
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &call->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &call->arguments, NULL,
      command->argument != NULL ? _ (command->argument) : NULL },
    G_OPTION_ENTRY_NULL,
  };

  call->command = command;
  call->context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (call->context, FALSE);
  g_option_context_set_strict_posix (call->context, FALSE);
  g_option_context_set_summary (call->context, _ (command->description));
  g_option_context_add_main_entries (call->context, entries, GETTEXT_PACKAGE);
  return call;
}

/**
 * matinee_cli_call_free:
 * @call: (transfer full): a call
 *
 * Frees it.
 */
void
matinee_cli_call_free (MatineeCliCall *call)
{
  g_option_context_free (call->context);
  g_strfreev (call->arguments);
  g_free (call);
}

static gboolean
check_arguments (const MatineeCliCall *call, GError **error)
{
  guint n = call->arguments != NULL ? g_strv_length (call->arguments) : 0;
  guint wanted = call->command->argument != NULL ? 1 : 0;

  if (call->help || n == wanted || (n == 0 && call->command->optional))
    return TRUE;
  if (wanted == 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s” takes nothing but options; “%s” is too much"), call->command->name, call->arguments[0]);
  else if (n == 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” needs %s"), call->command->name,
                 _ (call->command->argument));
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” takes one %s; “%s” is too much"),
                 call->command->name, _ (call->command->argument), call->arguments[1]);
  return FALSE;
}

/**
 * matinee_cli_call_parse:
 * @call: a call
 * @argv: (array zero-terminated): the command's name and what follows it
 * @error: return location
 *
 * Reads the options into their variables.
 *
 * Returns: whether all were understood; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_call_parse (MatineeCliCall *call, char **argv, GError **error)
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
 * matinee_cli_call_print_help:
 * @call: a call
 *
 * Prints what the command does and its options to standard output.
 */
void
matinee_cli_call_print_help (const MatineeCliCall *call)
{
  g_autofree char *help = g_option_context_get_help (call->context, TRUE, NULL);

  matinee_cli_print ("%s", help);
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
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--%s needs a number from %s to %s, not “%s”"),
                 option, from, to, text);
  else if (number < minimum || number > maximum)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--%s must be from %s to %s; it is %s"), option,
                 from, to, text);
  else if (whole && number != floor (number))
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--%s must be a whole number from %s to %s; it is %s"), option, from, to, text);
  else
    {
      *value = number;
      return TRUE;
    }
  return FALSE;
}
