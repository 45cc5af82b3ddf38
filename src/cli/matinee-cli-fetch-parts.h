/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-movielens.h"

G_BEGIN_DECLS

void matinee_cli_fetch_list (const char *root, gboolean json);
gboolean matinee_cli_fetch_agree (const MatineeMovieLensSet *set, gboolean accepted, gboolean json, GError **error);

G_END_DECLS
