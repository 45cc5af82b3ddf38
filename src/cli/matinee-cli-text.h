/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize matinee_cli_text_width (const char *text);
char *matinee_cli_text_clean (const char *text);
char *matinee_cli_text_pad (const char *text, gsize width, gboolean right);
char *matinee_cli_format_count (guint64 count);
char *matinee_cli_format_number (double value);
char *matinee_cli_format_option (double value);
char *matinee_cli_format_fixed (double value, int digits);

G_END_DECLS
