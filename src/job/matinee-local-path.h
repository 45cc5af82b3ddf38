/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *matinee_local_path (GFile *file, GError **error);

G_END_DECLS
