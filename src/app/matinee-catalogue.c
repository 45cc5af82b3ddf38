/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-catalogue"

#include "config.h"

#include "matinee-catalogue.h"

#include <glib/gi18n.h>

#include "matinee-filter.h"
#include "matinee-memory.h"

/* Figures of so many ratings are found within a frame, without a worker. */
#define SMALL ((gsize) 1 << 20)

/* What a worker finds out. */
typedef struct
{
  MatineeFilmStats *stats;
  MatineeTitleSearch *titles;
  GStrv genres;
  int first_year;
  int last_year;
  MatineeHistogram everybody;
  guint32 *film_bins; /* n_movies × n_bins */
} Facts;

/**
 * MatineeCatalogue:
 *
 * What can be said of the films of a data set without any model: how well known they
 * are, which genres and years there are, how they were rated, and an index of
 * their titles. Worked out once for a data set, in a worker.
 */
struct _MatineeCatalogue
{
  GObject parent_instance;

  MatineeDataset *dataset;
  Facts *facts;
  MatineeFilmStats *early_stats;
};

G_DEFINE_FINAL_TYPE (MatineeCatalogue, matinee_catalogue, G_TYPE_OBJECT)

static void
facts_free (Facts *facts)
{
  if (facts == NULL)
    return;
  matinee_film_stats_free (facts->stats);
  matinee_title_search_free (facts->titles);
  g_strfreev (facts->genres);
  matinee_free (facts->film_bins);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static void
find_years (Facts *facts, const MatineeDataset *dataset)
{
  for (guint32 movie = 0; movie < facts->stats->n_movies; movie++)
    {
      int year = matinee_dataset_get_year (dataset, movie);

      if (year == 0)
        continue;
      facts->first_year = facts->first_year == 0 ? year : MIN (facts->first_year, year);
      facts->last_year = MAX (facts->last_year, year);
    }
}

/* How often each film was given each rating. */
static gboolean
find_bins (Facts *facts, const MatineeRatings *ratings, GError **error)
{
  const MatineeSparse *by_user = ratings->by_user;
  guint bins[MATINEE_MAX_LEVELS] = { 0 };
  guint n_bins;

  matinee_histogram_init (&facts->everybody, (double) ratings->low, (double) ratings->high, (double) ratings->step);
  matinee_histogram_add_all (&facts->everybody, by_user);
  n_bins = facts->everybody.n_bins;
  facts->film_bins = matinee_alloc0 ((gsize) facts->stats->n_movies * n_bins, sizeof *facts->film_bins,
                                     _ ("the ratings of each film"), error);
  if (facts->film_bins == NULL)
    return FALSE;
  for (guint code = 0; code < MATINEE_MAX_LEVELS && by_user->codes != NULL; code++)
    bins[code] = matinee_histogram_find_bin (&facts->everybody, (double) by_user->levels[code]);
  for (gsize entry = 0; entry < by_user->n_entries; entry++)
    {
      guint bin = by_user->codes != NULL
                      ? bins[by_user->codes[entry]]
                      : matinee_histogram_find_bin (&facts->everybody, (double) by_user->values[entry]);

      facts->film_bins[(gsize) by_user->columns[entry] * n_bins + bin]++;
    }
  return TRUE;
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const MatineeDataset *dataset = data;
  g_autoptr (Facts) facts = g_new0 (Facts, 1);
  GError *error = NULL;

  facts->stats = matinee_film_stats_new (dataset->ratings->by_user, &error);
  if (facts->stats != NULL)
    facts->titles = matinee_title_search_new (dataset, facts->stats, &error);
  if (facts->titles == NULL || !find_bins (facts, dataset->ratings, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  facts->genres = matinee_filter_list_genres (dataset);
  find_years (facts, dataset);
  g_task_return_pointer (task, g_steal_pointer (&facts), (GDestroyNotify) facts_free);
}

static void
matinee_catalogue_finalize (GObject *object)
{
  MatineeCatalogue *self = MATINEE_CATALOGUE (object);

  g_clear_pointer (&self->facts, facts_free);
  g_clear_pointer (&self->early_stats, matinee_film_stats_free);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);

  G_OBJECT_CLASS (matinee_catalogue_parent_class)->finalize (object);
}

static void
matinee_catalogue_class_init (MatineeCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_catalogue_finalize;
}

static void
matinee_catalogue_init (MatineeCatalogue *self)
{
}

/**
 * matinee_catalogue_new:
 * @dataset: what is open; referenced
 *
 * Returns: (transfer full): a catalogue that knows little until it is prepared; of
 *   small data the figures of matinee_catalogue_get_stats() are there at once
 */
MatineeCatalogue *
matinee_catalogue_new (MatineeDataset *dataset)
{
  MatineeCatalogue *self = g_object_new (MATINEE_TYPE_CATALOGUE, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  /* Memory that is missing here is missed again, and told, by the worker. */
  if (matinee_ratings_get_n (dataset->ratings) <= SMALL)
    self->early_stats = matinee_film_stats_new (dataset->ratings->by_user, NULL);
  return self;
}

/**
 * matinee_catalogue_prepare_async:
 * @self: a catalogue
 * @cancellable: (nullable): when cancelled, the result is not taken
 * @callback: called on the main thread when it is done
 * @data: (closure): for @callback
 *
 * Works everything out in a worker. O(ratings + length of all titles)
 */
void
matinee_catalogue_prepare_async (MatineeCatalogue *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, matinee_catalogue_prepare_async);
  g_task_set_task_data (task, matinee_dataset_ref (self->dataset), (GDestroyNotify) matinee_dataset_unref);
  g_task_run_in_thread (task, prepare_in_thread);
}

/**
 * matinee_catalogue_prepare_finish:
 * @self: a catalogue
 * @result: as given to the callback
 * @error: return location
 *
 * Returns: whether everything is known now; if not, %MATINEE_ERROR_MEMORY or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
matinee_catalogue_prepare_finish (MatineeCatalogue *self, GAsyncResult *result, GError **error)
{
  Facts *facts = g_task_propagate_pointer (G_TASK (result), error);

  if (facts == NULL)
    return FALSE;
  g_clear_pointer (&self->facts, facts_free);
  self->facts = facts;
  return TRUE;
}

MatineeDataset *
matinee_catalogue_get_dataset (MatineeCatalogue *self)
{
  return self->dataset;
}

/**
 * matinee_catalogue_get_stats:
 * @self: a catalogue
 *
 * Returns: (transfer none) (nullable): how well each film is known, over all
 *   ratings; %NULL until that has been worked out. It may be freed when the catalogue
 *   has been prepared anew
 */
const MatineeFilmStats *
matinee_catalogue_get_stats (MatineeCatalogue *self)
{
  return self->facts != NULL && self->early_stats == NULL ? self->facts->stats : self->early_stats;
}

/**
 * matinee_catalogue_get_titles:
 * @self: a catalogue
 *
 * Returns: (transfer none) (nullable): the index of titles, when prepared
 */
const MatineeTitleSearch *
matinee_catalogue_get_titles (MatineeCatalogue *self)
{
  return self->facts != NULL ? self->facts->titles : NULL;
}

/**
 * matinee_catalogue_get_genres:
 * @self: a catalogue
 *
 * Returns: (transfer none) (array zero-terminated=1): all genres, in alphabetical
 *   order; none until prepared
 */
const char *const *
matinee_catalogue_get_genres (MatineeCatalogue *self)
{
  static const char *const none[] = { NULL };

  return self->facts != NULL ? (const char *const *) self->facts->genres : none;
}

/**
 * matinee_catalogue_get_years:
 * @self: a catalogue
 * @first: (out): year of the oldest film, or 0 when none is known
 * @last: (out): year of the newest
 */
void
matinee_catalogue_get_years (MatineeCatalogue *self, int *first, int *last)
{
  *first = self->facts != NULL ? self->facts->first_year : 0;
  *last = self->facts != NULL ? self->facts->last_year : 0;
}

/**
 * matinee_catalogue_get_everybody:
 * @self: a catalogue
 *
 * Returns: (transfer none) (nullable): how often each rating was given, when
 *   prepared
 */
const MatineeHistogram *
matinee_catalogue_get_everybody (MatineeCatalogue *self)
{
  return self->facts != NULL ? &self->facts->everybody : NULL;
}

/**
 * matinee_catalogue_get_film:
 * @self: a catalogue
 * @movie: a film
 * @histogram: (out caller-allocates): how often it was given each rating
 *
 * Returns: whether that is known, that is, whether @self is prepared and has ratings
 */
gboolean
matinee_catalogue_get_film (MatineeCatalogue *self, guint32 movie, MatineeHistogram *histogram)
{
  if (self->facts == NULL || matinee_ratings_get_n (self->dataset->ratings) == 0)
    return FALSE;
  *histogram = self->facts->everybody;
  histogram->n = 0;
  for (guint bin = 0; bin < histogram->n_bins; bin++)
    {
      histogram->counts[bin] = self->facts->film_bins[(gsize) movie * histogram->n_bins + bin];
      histogram->n += histogram->counts[bin];
    }
  return TRUE;
}

/**
 * matinee_catalogue_get_usual_minimum:
 * @self: a catalogue
 * @wanted: how many ratings a film should have to be listed
 *
 * Returns: @wanted, or less where it would hide most of a data set whose films have
 *   few ratings each: their average
 */
guint
matinee_catalogue_get_usual_minimum (MatineeCatalogue *self, guint wanted)
{
  guint32 n_movies = MAX (matinee_ratings_get_n_movies (self->dataset->ratings), 1);

  return (guint) MIN ((gsize) wanted, matinee_ratings_get_n (self->dataset->ratings) / n_movies);
}
