/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeCliStatus:
 * @MATINEE_CLI_DONE: the work was done
 * @MATINEE_CLI_FAILED: the work failed; a line on standard error says why
 * @MATINEE_CLI_USAGE: the command was not understood, or a parameter is out of
 *   range
 *
 * The exit statuses, which scripts rely on.
 */
typedef enum
{
  MATINEE_CLI_DONE = 0,
  MATINEE_CLI_FAILED = 1,
  MATINEE_CLI_USAGE = 2
} MatineeCliStatus;

void matinee_cli_output_init (void);
void matinee_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void matinee_cli_print_field (const char *label, const char *format, ...) G_GNUC_PRINTF (2, 3);
void matinee_cli_write_line (const char *line);
void matinee_cli_write_bytes (const char *text, gsize length);
gboolean matinee_cli_output_failed (void);
void matinee_cli_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
void matinee_cli_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);
void matinee_cli_progress_clear (void);
gboolean matinee_cli_fail_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
MatineeCliStatus matinee_cli_report (const GError *error);
MatineeCliStatus matinee_cli_output_finish (MatineeCliStatus status);

G_END_DECLS
