/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Measures what answers a person: fold-in, lists, explanations, search. For
 * developers; people use matinee-cli bench. Times are the least of several.
 */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "matinee-explain.h"
#include "matinee-fans.h"
#include "matinee-kernels.h"
#include "matinee-ranking.h"
#include "matinee-rate-next.h"
#include "matinee-recommender.h"
#include "matinee-similar.h"
#include "matinee-title-search.h"

static int users = 162541;
static int movies = 60000;
static int ratings = 2000000;
static int own_ratings = 500;
static int factors_option = 64;
static int repetitions = 20;
static int judged = 2000;

static const GOptionEntry entries[] = {
  { "users", 0, 0, G_OPTION_ARG_INT, &users, "Users", "N" },
  { "movies", 0, 0, G_OPTION_ARG_INT, &movies, "Movies", "N" },
  { "ratings", 0, 0, G_OPTION_ARG_INT, &ratings, "Ratings, about", "N" },
  { "own", 0, 0, G_OPTION_ARG_INT, &own_ratings, "Ratings of the person", "N" },
  { "factors", 0, 0, G_OPTION_ARG_INT, &factors_option, "Factors", "K" },
  { "repetitions", 0, 0, G_OPTION_ARG_INT, &repetitions, "Take the best of so many", "N" },
  { "judged", 0, 0, G_OPTION_ARG_INT, &judged, "Users whose lists are judged", "N" },
  { NULL },
};

typedef struct
{
  Synthetic *data;
  MatineeDataset *dataset;
  MatineeFilmStats *stats;
  MatineeModel *model;
  MatineePerson *person;
  MatineeFilter *filter;
  MatineeFilter *known;
  MatineeTitleSearch *search;
  const char *typed;
} Bench;

typedef gpointer (*BenchFunc) (Bench *bench, GError **error);

static gpointer
fold_in (Bench *bench, GError **error)
{
  return matinee_person_new (bench->model, bench->person->movies, bench->person->ratings, bench->person->n, error);
}

static gpointer
top_n (Bench *bench, GError **error)
{
  MatineeQuery query = { .n = 100, .filter = bench->filter };

  matinee_query_exclude_person (&query, bench->person);
  return matinee_recommender_top_for (bench->person, &query, error);
}

static gpointer
filter (Bench *bench, GError **error)
{
  static const char *const genres[] = { "Drama", "War", NULL };

  return matinee_filter_new (bench->dataset, bench->stats,
                             &(MatineeFilterSpec){ .genres = genres, .year_from = 1920, .min_ratings = 2 }, error);
}

static gpointer
explain (Bench *bench, GError **error)
{
  return matinee_explain_person (bench->person, 17, error);
}

static gpointer
rate_next (Bench *bench, GError **error)
{
  return matinee_rate_next (bench->person, &(MatineeQuery){ .n = 10, .filter = bench->known }, error);
}

static gpointer
similar (Bench *bench, GError **error)
{
  return matinee_similar_movies (bench->model, 17, bench->stats, MATINEE_SIMILAR_SHRINKAGE, &(MatineeQuery){ .n = 20 },
                                 error);
}

static gpointer
fans (Bench *bench, GError **error)
{
  return matinee_fans_new_predicted (bench->model, bench->data->by_user, 17, 20, error);
}

static gpointer
stats (Bench *bench, GError **error)
{
  return matinee_film_stats_new (bench->data->by_user, error);
}

static gpointer
build_search (Bench *bench, GError **error)
{
  return matinee_title_search_new (bench->dataset, bench->stats, error);
}

static gpointer
find_title (Bench *bench, GError **error)
{
  return matinee_title_search_find (bench->search, bench->typed, 20, error);
}

static void
check (gpointer result, GError *error)
{
  if (result != NULL)
    return;
  fprintf (stderr, "bench-recommend: %s\n", error != NULL ? error->message : "nothing came back");
  exit (1);
}

static void
measure (Bench *bench, const char *name, BenchFunc func, GDestroyNotify free_func)
{
  double best = 1e9;

  for (int i = 0; i < repetitions; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      gpointer result = func (bench, &error);

      best = MIN (best, (double) (g_get_monotonic_time () - start) * 1e-3);
      check (result, error);
      free_func (result);
    }
  printf ("%-28s %9.3f ms\n", name, best);
}

/* Titles as long as those of films, from few words. */
static void
make_films (Bench *bench)
{
  static const char *const words[] = { "Night", "Élan", "Garden", "of", "the", "Last",   "Señor", "Love",
                                       "Über",  "City", "Death",  "in", "a",   "Summer", "Train", "Mr." };
  static const char *const genres[] = { "Drama", "Comedy|Drama", "Action", "War", "Comedy|Romance" };
  FixtureFilm *films = g_new0 (FixtureFilm, movies + 1);
  guint64 state = 7;

  for (int i = 0; i < movies; i++)
    {
      guint64 draw = synthetic_random (&state);

      films[i].title
          = g_strdup_printf ("%s %s %s %s, The (%d)", words[draw % 16], words[draw / 16 % 16], words[draw / 256 % 16],
                             words[draw / 4096 % 16], (int) (1900 + draw / 65536 % 120));
      films[i].genres = genres[draw % 5];
    }
  bench->dataset = fixture_dataset (bench->data->by_user, films);
  for (int i = 0; i < movies; i++)
    g_free ((char *) films[i].title);
  g_free (films);
}

static void
make_person (Bench *bench, GError **error)
{
  g_autofree guint32 *rated = g_new (guint32, own_ratings);
  g_autofree float *stars = g_new (float, own_ratings);

  for (int j = 0; j < own_ratings; j++)
    {
      rated[j] = (guint32) ((gint64) j * movies / own_ratings);
      stars[j] = (float) (1 + j % 5);
    }
  bench->person = matinee_person_new (bench->model, rated, stars, (gsize) own_ratings, error);
}

static void
bench_ranking (Bench *bench)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autoptr (MatineeModel) model = fixture_trained (bench->data, "exact", (guint) factors_option, 0);
  MatineeRankingOptions options = { .n = 10, .threshold = 4, .max_users = (guint32) judged };
  static const char *const names[] = { "model", "popular", "bias" };

  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    {
      MatineeRanking ranking;
      gint64 start = g_get_monotonic_time ();

      matinee_ranking_evaluate (model, model->split, ranker, &options, pool, NULL, &ranking, NULL);
      printf ("judge %5u lists, %-8s     %9.3f ms\n", ranking.n_users, names[ranker],
              (double) (g_get_monotonic_time () - start) * 1e-3);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };
  guint32 well_known;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  check (g_option_context_parse (context, &argc, &argv, &error) ? &bench : NULL, error);
  bench.data = synthetic_from_shape ((guint32) users, (guint32) movies, (gsize) ratings, 1);
  bench.model
      = fixture_model (synthetic_factors ((guint32) users, (guint32) movies, (guint) factors_option, 0.1, 2), "exact");
  make_films (&bench);
  make_person (&bench, &error);
  check (bench.person, error);
  bench.stats = stats (&bench, &error);
  check (bench.stats, error);
  bench.filter = filter (&bench, &error);
  check (bench.filter, error);
  check (matinee_film_stats_find_percentile (bench.stats, 0.9, &well_known, &error) ? &bench : NULL, error);
  bench.known
      = matinee_filter_new (bench.dataset, bench.stats, &(MatineeFilterSpec){ .min_ratings = well_known }, &error);
  check (bench.known, error);
  bench.search = build_search (&bench, &error);
  check (bench.search, error);
  printf ("%d users, %d movies, k = %d, a person with %d ratings, %s\n", users, movies, factors_option, own_ratings,
          matinee_kernels_best ()->name);
  measure (&bench, "fold-in", fold_in, (GDestroyNotify) matinee_person_unref);
  measure (&bench, "top 100, filtered", top_n, (GDestroyNotify) matinee_top_n_free);
  measure (&bench, "filter", filter, (GDestroyNotify) matinee_filter_free);
  measure (&bench, "explain one film", explain, (GDestroyNotify) matinee_explanation_free);
  measure (&bench, "rate next, best known tenth", rate_next, (GDestroyNotify) matinee_top_n_free);
  measure (&bench, "similar films", similar, (GDestroyNotify) matinee_top_n_free);
  measure (&bench, "fans, predicted", fans, (GDestroyNotify) matinee_fans_free);
  measure (&bench, "figures of films", stats, (GDestroyNotify) matinee_film_stats_free);
  measure (&bench, "build search", build_search, (GDestroyNotify) matinee_title_search_free);
  bench.typed = "gard";
  measure (&bench, "search one word", find_title, (GDestroyNotify) matinee_title_matches_free);
  bench.typed = "summer night last xyz";
  measure (&bench, "search four words", find_title, (GDestroyNotify) matinee_title_matches_free);
  bench.typed = "";
  measure (&bench, "search nothing", find_title, (GDestroyNotify) matinee_title_matches_free);
  bench_ranking (&bench);
  matinee_title_search_free (bench.search);
  matinee_filter_free (bench.filter);
  matinee_filter_free (bench.known);
  matinee_film_stats_free (bench.stats);
  matinee_person_unref (bench.person);
  matinee_model_unref (bench.model);
  matinee_dataset_unref (bench.dataset);
  synthetic_free (bench.data);
  return 0;
}
