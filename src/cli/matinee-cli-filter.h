/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-filter.h"
#include "matinee-model-file.h"

G_BEGIN_DECLS

/**
 * MatineeCliFilter:
 * @genres: (nullable) (array zero-terminated): `--genre`, as often as given
 * @year_from: (nullable): `--year-from`
 * @year_to: (nullable): `--year-to`
 * @min_ratings: (nullable): `--min-ratings`
 * @spec: what follows from them; borrows @genres
 *
 * The options that decide which films may be listed.
 */
typedef struct
{
  char **genres;
  char *year_from;
  char *year_to;
  char *min_ratings;
  MatineeFilterSpec spec;
} MatineeCliFilter;

void matinee_cli_filter_add_options (MatineeCliFilter *options, GOptionContext *context);
gboolean matinee_cli_filter_resolve (MatineeCliFilter *options, GError **error);
gboolean matinee_cli_filter_make (const MatineeCliFilter *options, const MatineeModelFile *file,
                                  const MatineeFilmStats *stats, const char *path, MatineeFilter **filter,
                                  GError **error);
const char *matinee_cli_hidden_option (MatineeHiddenReason reason);
void matinee_cli_filter_clear (MatineeCliFilter *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliFilter, matinee_cli_filter_clear)

G_END_DECLS
