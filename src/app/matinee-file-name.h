/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *matinee_file_name_dup (GFile *file);
gboolean matinee_file_name_exists (GFile *file);

G_END_DECLS
