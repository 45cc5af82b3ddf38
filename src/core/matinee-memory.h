/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MATINEE_ALIGNMENT 64

gpointer matinee_alloc (gsize n, gsize size, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer matinee_alloc0 (gsize n, gsize size, const char *what, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void matinee_free (gpointer memory);

G_END_DECLS
