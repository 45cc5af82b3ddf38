/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int matinee_input_file_open (const char *path, guint64 *size, GError **error);
gboolean matinee_input_file_read (int file, const char *name, guint64 offset, char *buffer, gsize n, GError **error);

G_END_DECLS
