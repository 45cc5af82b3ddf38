/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-film-stats.h"

G_BEGIN_DECLS

/**
 * MatineeTitleSearch:
 *
 * The titles of a data set, folded so that they can be searched while somebody
 * types. Immutable: may be read from any thread.
 */
typedef struct _MatineeTitleSearch MatineeTitleSearch;

/**
 * MatineeTitleMatches:
 * @movies: (array n): the films, best match first
 * @n: how many, at most what was asked for
 * @n_total: how many match in all
 */
typedef struct
{
  guint32 *movies;
  guint n;
  guint n_total;
} MatineeTitleMatches;

char *matinee_title_search_fold (const char *text);
MatineeTitleSearch *matinee_title_search_new (const MatineeDataset *dataset, const MatineeFilmStats *stats,
                                              GError **error);
void matinee_title_search_free (MatineeTitleSearch *search);
MatineeTitleMatches *matinee_title_search_find (const MatineeTitleSearch *search, const char *text, guint n,
                                                GError **error);
void matinee_title_matches_free (MatineeTitleMatches *matches);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTitleSearch, matinee_title_search_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTitleMatches, matinee_title_matches_free)

G_END_DECLS
