/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files of a test, in a folder of its own that goes when the test ends. */

void text_file_begin (void);
void text_file_end (void);
char *text_file_path (const char *name);
char *text_file_write (const char *name, const char *text, gssize length);

G_END_DECLS
