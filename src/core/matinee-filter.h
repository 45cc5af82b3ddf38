/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-film-stats.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeHiddenReason:
 * @MATINEE_HIDDEN_RATED: the user has rated it, or it was excluded otherwise
 * @MATINEE_HIDDEN_GENRE: it has none of the genres
 * @MATINEE_HIDDEN_YEAR: its year is outside, or not known
 * @MATINEE_HIDDEN_COUNT: it has too few ratings
 *
 * Why a film is not in a list.
 */
typedef enum
{
  MATINEE_HIDDEN_RATED,
  MATINEE_HIDDEN_GENRE,
  MATINEE_HIDDEN_YEAR,
  MATINEE_HIDDEN_COUNT
} MatineeHiddenReason;

#define MATINEE_N_HIDDEN_REASONS (MATINEE_HIDDEN_COUNT + 1)

/**
 * MatineeHidden:
 * @total: films that are left out
 * @by: (array MATINEE_N_HIDDEN_REASONS): films that a reason applies to; one film
 *   may be counted with several
 * @only: (array MATINEE_N_HIDDEN_REASONS): films that come back when this reason
 *   alone is given up
 *
 * How much is left out of a list, and why.
 */
typedef struct
{
  guint total;
  guint by[MATINEE_N_HIDDEN_REASONS];
  guint only[MATINEE_N_HIDDEN_REASONS];
} MatineeHidden;

/**
 * MatineeFilterSpec:
 * @genres: (nullable) (array zero-terminated=1): films with any of these; %NULL or
 *   empty for all films
 * @year_from: first year, or 0 for no limit
 * @year_to: last year, or 0 for no limit
 * @min_ratings: films with at least so many ratings
 *
 * Which films somebody wants to see. With a limit on the year, films of unknown
 * year are left out.
 */
typedef struct
{
  const char *const *genres;
  int year_from;
  int year_to;
  guint32 min_ratings;
} MatineeFilterSpec;

/**
 * MatineeFilter:
 * @n_movies: how many movies
 * @reasons: (array n_movies): for each, bit `1 << MatineeHiddenReason` for each
 *   reason to leave it out; 0 for a film that may be shown
 * @allowed: (array n_movies): 1 for a film that may be shown, else 0: what a
 *   #MatineeBatch asks for
 * @n_allowed: how many may be shown
 *
 * A #MatineeFilterSpec worked out for all films of a data set. Immutable.
 */
typedef struct
{
  guint32 n_movies;
  guint8 *reasons;
  guint8 *allowed;
  guint32 n_allowed;
} MatineeFilter;

MatineeFilter *matinee_filter_new (const MatineeDataset *dataset, const MatineeFilmStats *stats,
                                   const MatineeFilterSpec *spec, GError **error);
void matinee_filter_free (MatineeFilter *filter);
GStrv matinee_filter_list_genres (const MatineeDataset *dataset);
void matinee_hidden_add (MatineeHidden *hidden, guint reasons);
gboolean matinee_hidden_find_loosest (const MatineeHidden *hidden, MatineeHiddenReason *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeFilter, matinee_filter_free)

G_END_DECLS
