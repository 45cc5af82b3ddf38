/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "matinee-cli-text.h"
#include "matinee-error.h"

/* Standard output and standard error belong to the process, so what is known
 * about them does too. */
static int output_errno = 0;
static gboolean progress_wanted = FALSE;
static gboolean progress_visible = FALSE;

/* Opens what the shell has closed, so that a file which is opened later is never
 * taken for standard output. Reading and writing are swapped: use still fails. */
static void
open_closed_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && errno == EBADF)
      {
        int opened = open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);

        if (opened != fd && opened >= 0)
          close (opened);
      }
}

/**
 * matinee_cli_output_init:
 *
 * Prepares standard output and error: a reader that has gone away is noticed by
 * the write that fails, not by a signal.
 */
void
matinee_cli_output_init (void)
{
  const char *term = g_getenv ("TERM");

  open_closed_streams ();
  signal (SIGPIPE, SIG_IGN);
  progress_wanted = isatty (STDERR_FILENO) && g_strcmp0 (term, "dumb") != 0;
}

static void
write_text (const char *text, gsize length)
{
  matinee_cli_progress_clear ();
  if (output_errno != 0)
    return;
  if (fwrite (text, 1, length, stdout) < length || fflush (stdout) != 0)
    output_errno = errno != 0 ? errno : EIO;
}

static void
print_text (const char *text)
{
  const char *charset;
  g_autofree char *local = NULL;

  if (!g_get_console_charset (&charset))
    local = g_convert_with_fallback (text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  if (local != NULL)
    text = local;
  write_text (text, strlen (text));
}

/**
 * matinee_cli_print:
 * @format: printf() format
 * @...: its arguments, UTF-8
 *
 * Writes text for people to standard output, in the locale's encoding, at once.
 */
void
matinee_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_text (text);
}

/**
 * matinee_cli_print_field:
 * @label: what it is, translated
 * @format: printf() format
 * @...: its arguments, UTF-8
 *
 * Writes a line of a summary: a label and what it says.
 */
void
matinee_cli_print_field (const char *label, const char *format, ...)
{
  g_autofree char *padded = matinee_cli_text_pad (label, 12, FALSE);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (padded, "  ", text, "\n", NULL);
  print_text (line);
}

/**
 * matinee_cli_write_line:
 * @line: UTF-8, without a line end
 *
 * Writes a line for programs to standard output: UTF-8 in every locale, at once.
 */
void
matinee_cli_write_line (const char *line)
{
  g_autofree char *whole = g_strconcat (line, "\n", NULL);

  write_text (whole, strlen (whole));
}

/**
 * matinee_cli_write_bytes:
 * @text: (array length=length): what to write
 * @length: how much
 *
 * Writes to standard output what has its encoding and its line ends already.
 */
void
matinee_cli_write_bytes (const char *text, gsize length)
{
  write_text (text, length);
}

/**
 * matinee_cli_output_failed:
 *
 * Tells whether standard output can no longer be written to, so that work
 * nobody will see can end.
 *
 * Returns: whether a write failed
 */
gboolean
matinee_cli_output_failed (void)
{
  return output_errno != 0;
}

static void
print_error_line (const char *prefix, const char *message)
{
  g_autofree char *clean = matinee_cli_text_clean (message);

  matinee_cli_progress_clear ();
  g_printerr ("matinee-cli: %s%s\n", prefix, clean);
}

/**
 * matinee_cli_note:
 * @format: printf() format
 * @...: its arguments, UTF-8
 *
 * Says something on standard error that is worth knowing and is not a failure.
 */
void
matinee_cli_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_error_line (_ ("note: "), text);
}

/**
 * matinee_cli_progress:
 * @format: printf() format
 * @...: its arguments, UTF-8
 *
 * Writes the line on standard error that tells how far the work is, in place of
 * the one before. Does nothing where standard error is not a terminal.
 */
void
matinee_cli_progress (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (!progress_wanted)
    return;
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("\r%s\033[K", text);
  progress_visible = TRUE;
}

/**
 * matinee_cli_progress_clear:
 *
 * Wipes the progress line away.
 */
void
matinee_cli_progress_clear (void)
{
  if (!progress_visible)
    return;
  g_printerr ("\r\033[K");
  progress_visible = FALSE;
}

/**
 * matinee_cli_fail_usage:
 * @error: return location
 * @format: what is wrong with the options, and what to do
 * @...: its arguments
 *
 * Sets %G_OPTION_ERROR, for which the exit status is %MATINEE_CLI_USAGE.
 *
 * Returns: %FALSE
 */
gboolean
matinee_cli_fail_usage (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, arguments);
  va_end (arguments);
  return FALSE;
}

/**
 * matinee_cli_report:
 * @error: what went wrong
 *
 * Says it in one line on standard error.
 *
 * Returns: %MATINEE_CLI_USAGE when @error is about options or parameters, else
 *   %MATINEE_CLI_FAILED
 */
MatineeCliStatus
matinee_cli_report (const GError *error)
{
  print_error_line ("", error->message);
  if (error->domain == G_OPTION_ERROR || g_error_matches (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS))
    return MATINEE_CLI_USAGE;
  return MATINEE_CLI_FAILED;
}

/**
 * matinee_cli_output_finish:
 * @status: how the work ended
 *
 * Checks that all output has arrived. When its reader has gone away (`… | head`)
 * nobody is there to be told; other failures, like a full disk, are said.
 *
 * Returns: @status, or %MATINEE_CLI_FAILED when output was lost
 */
MatineeCliStatus
matinee_cli_output_finish (MatineeCliStatus status)
{
  matinee_cli_progress_clear ();
  if (output_errno == 0 && (ferror (stdout) || fflush (stdout) != 0))
    output_errno = errno != 0 ? errno : EIO;
  if (output_errno == 0 || status != MATINEE_CLI_DONE)
    return status;
  if (output_errno != EPIPE && output_errno != EBADF)
    {
      g_autofree char *message = g_strdup_printf (_ ("The output could not be written: %s"), g_strerror (output_errno));

      print_error_line ("", message);
    }
  return MATINEE_CLI_FAILED;
}
