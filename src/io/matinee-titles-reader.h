/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"
#include "matinee-text-format.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

MatineeTitles *matinee_titles_read (const char *path, MatineeStop *stop, GError **error);
MatineeTitles *matinee_titles_read_with (const char *path, const MatineeTextHints *hints, guint *n_latin,
                                         MatineeStop *stop, GError **error);

G_END_DECLS
