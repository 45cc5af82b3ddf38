/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *matinee_text_excerpt (const char *text, gsize length);
guint matinee_text_count_characters (const char *text, gsize length);

G_END_DECLS
