/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-planted.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "matinee-error.h"
#include "matinee-factors.h"
#include "matinee-memory.h"
#include "matinee-params.h"
#include "matinee-random.h"
#include "matinee-sample-films.h"

/* The scale of the ratings: 0.5, 1.0 … 5.0. */
#define N_LEVELS 10
#define STEP 0.5

/* How much of a rating is what: standard deviations, in stars. */
#define MEAN 3.4
#define USER_SPREAD 0.35
#define MOVIE_SPREAD 0.45
#define TASTE_SPREAD 0.85

/* Few users rate much, and few films are rated often. */
#define ACTIVITY_SPREAD 0.9
#define POPULARITY_EXPONENT 0.8

/* A user who rates more than this share of all films draws them by sorted keys,
 * since drawing again what is drawn already would take long. */
#define DENSE_SHARE 0.25

#define USERS_PER_TASK 32

/* The variance that the noise leaves is looked up on a grid over the truth. */
#define GRID_LOW -3.0
#define GRID_HIGH 9.0
#define GRID_STEPS 4096

enum
{
  ACTIVITY = 16,
  POPULARITY,
  DRAWS = 1 << 8,
  NOISE,
  TASTES,
  FILMS
};

typedef struct
{
  double key;
  guint32 movie;
} Draw;

typedef struct
{
  guint64 *taken;
  Draw *draws;
} Scratch;

typedef struct
{
  const MatineePlan *plan;
  MatineeTriples triples;
  MatineeFactors *tastes;
  gsize *offsets;
  double *activity;
  guint32 *queue;
  double *weights;
  double *accept;
  guint32 *alias;
  Scratch *scratch;
  guint n_scratch;
  double *variance;
  double *user_variance;
} Planter;

static guint64
stream (guint purpose, guint32 entity)
{
  return (guint64) purpose << 32 | entity;
}

/**
 * matinee_plan_init_sample:
 * @plan: (out): a plan
 *
 * Sets the shape of the built-in sample.
 */
void
matinee_plan_init_sample (MatineePlan *plan)
{
  *plan = (MatineePlan){
    .n_users = 600,
    .n_movies = MATINEE_N_SAMPLE_FILMS,
    .n_ratings = 40000,
    .n_factors = 4,
    .noise = 0.6,
    .seed = 1927,
  };
}

/**
 * matinee_plan_check:
 * @plan: a plan
 * @error: return location
 *
 * Returns: whether such data can be made; else %MATINEE_ERROR_PARAMS says what
 *   to change
 */
gboolean
matinee_plan_check (const MatineePlan *plan, GError **error)
{
  double pairs = (double) plan->n_users * plan->n_movies;

  if (plan->n_users < 1 || plan->n_movies < 1 || plan->n_users == G_MAXUINT32 || plan->n_movies == G_MAXUINT32)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS, _ ("There must be from 1 to %u users and movies"),
                 G_MAXUINT32 - 1);
  else if (plan->n_ratings < plan->n_users || (double) plan->n_ratings > pairs)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
                 _ ("There can’t be %zu ratings: with %u users and %u movies there must be from %u to %.0f"),
                 plan->n_ratings, plan->n_users, plan->n_movies, plan->n_users, pairs);
  else if (plan->n_factors > MATINEE_MAX_FACTORS)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS, _ ("Factors is %u, but must be from 0 to %u"),
                 plan->n_factors, MATINEE_MAX_FACTORS);
  else if (!(plan->noise >= 0 && plan->noise <= 100))
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS, _ ("Noise is %g, but must be from 0 to 100"), plan->noise);
  else
    return TRUE;
  return FALSE;
}

static gsize
count_for (double weight, double scale, guint32 n_movies)
{
  double n = floor (weight * scale);

  return n < 1 ? 1 : n > n_movies ? n_movies : (gsize) n;
}

/* Shares the ratings among the users by log-normal activity: the scale is found by
 * bisection, and the few that rounding leaves over go to the first users with room. */
static void
share_ratings (Planter *self)
{
  const MatineePlan *plan = self->plan;
  double *activity = self->activity;
  double low = 0, high = (double) plan->n_ratings;
  gsize sum = 0;

  for (guint32 u = 0; u < plan->n_users; u++)
    activity[u] = exp (ACTIVITY_SPREAD * matinee_random_normal (plan->seed, ACTIVITY, u));
  for (guint step = 0; step < 100; step++)
    {
      double middle = 0.5 * (low + high);

      sum = 0;
      for (guint32 u = 0; u < plan->n_users; u++)
        sum += count_for (activity[u], middle, plan->n_movies);
      *(sum <= plan->n_ratings ? &low : &high) = middle;
    }
  sum = 0;
  for (guint32 u = 0; u < plan->n_users; u++)
    sum += self->offsets[u + 1] = count_for (activity[u], low, plan->n_movies);
  while (sum < plan->n_ratings)
    for (guint32 u = 0; u < plan->n_users && sum < plan->n_ratings; u++)
      if (self->offsets[u + 1] < plan->n_movies)
        {
          self->offsets[u + 1]++;
          sum++;
        }
  self->offsets[0] = 0;
  for (guint32 u = 0; u < plan->n_users; u++)
    self->offsets[u + 1] += self->offsets[u];
}

static int
compare_draws (gconstpointer a, gconstpointer b)
{
  const Draw *x = a;
  const Draw *y = b;

  return x->key > y->key ? -1 : x->key < y->key ? 1 : (x->movie > y->movie) - (x->movie < y->movie);
}

/* Gives the films power-law weights in a random order and makes the alias table
 * with which one is drawn in O(1) (Vose: A linear algorithm for generating random
 * numbers with a given distribution, 1991, DOI 10.1109/32.92917). */
static void
weigh_films (Planter *self)
{
  const MatineePlan *plan = self->plan;
  guint32 n = plan->n_movies;
  Draw *order = self->scratch[0].draws;
  guint32 *small = self->queue;
  guint32 *large = self->queue + n;
  guint32 n_small = 0, n_large = 0;
  double sum = 0;

  for (guint32 i = 0; i < n; i++)
    order[i] = (Draw){ .key = matinee_random_uniform (plan->seed, POPULARITY, i), .movie = i };
  qsort (order, n, sizeof *order, compare_draws);
  for (guint32 rank = 0; rank < n; rank++)
    sum += self->weights[order[rank].movie] = pow (rank + 1.0, -POPULARITY_EXPONENT);
  for (guint32 i = 0; i < n; i++)
    {
      self->accept[i] = self->weights[i] * n / sum;
      self->alias[i] = i;
      if (self->accept[i] < 1)
        small[n_small++] = i;
      else
        large[n_large++] = i;
    }
  while (n_small > 0 && n_large > 0)
    {
      guint32 lesser = small[--n_small];
      guint32 greater = large[n_large - 1];

      self->alias[lesser] = greater;
      self->accept[greater] -= 1 - self->accept[lesser];
      if (self->accept[greater] < 1)
        small[n_small++] = large[--n_large];
    }
}

static void
plant_tastes (Planter *self)
{
  const MatineePlan *plan = self->plan;
  MatineeFactors *tastes = self->tastes;
  double scale = plan->n_factors > 0 ? pow (TASTE_SPREAD * TASTE_SPREAD / plan->n_factors, 0.25) : 0;

  for (guint32 u = 0; u < plan->n_users; u++)
    {
      for (guint f = 0; f < plan->n_factors; f++)
        tastes->user_factors[u * tastes->stride + f]
            = (float) (scale * matinee_random_normal (plan->seed, stream (TASTES, u), f));
      tastes->user_biases[u]
          = (float) (USER_SPREAD * matinee_random_normal (plan->seed, stream (TASTES, u), MATINEE_MAX_FACTORS));
    }
  for (guint32 i = 0; i < plan->n_movies; i++)
    {
      for (guint f = 0; f < plan->n_factors; f++)
        tastes->movie_factors[i * tastes->stride + f]
            = (float) (scale * matinee_random_normal (plan->seed, stream (FILMS, i), f));
      tastes->movie_biases[i]
          = (float) (MOVIE_SPREAD * matinee_random_normal (plan->seed, stream (FILMS, i), MATINEE_MAX_FACTORS));
    }
  tastes->mean = MEAN;
}

static double
normal_below (double x)
{
  return 0.5 * erfc (-x * M_SQRT1_2);
}

/* The variance of a rating whose truth is known: noise is added, then the sum is
 * rounded to the scale, so that level l is drawn with the mass of the noise between
 * its edges. */
static double
rating_variance (double truth, double noise)
{
  double mean = 0, square = 0, below = 0;

  if (noise <= 0)
    return 0;
  for (guint level = 0; level < N_LEVELS; level++)
    {
      double rating = STEP * (level + 1);
      double upto = level + 1 < N_LEVELS ? normal_below ((rating + 0.5 * STEP - truth) / noise) : 1;

      mean += (upto - below) * rating;
      square += (upto - below) * rating * rating;
      below = upto;
    }
  return MAX (square - mean * mean, 0);
}

static double
look_up_variance (const Planter *self, double truth)
{
  double place = (CLAMP (truth, GRID_LOW, GRID_HIGH) - GRID_LOW) / (GRID_HIGH - GRID_LOW) * GRID_STEPS;
  guint cell = MIN ((guint) place, GRID_STEPS - 1);
  double t = place - cell;

  return (1 - t) * self->variance[cell] + t * self->variance[cell + 1];
}

static guint8
draw_level (double rating)
{
  double level = round (rating / STEP);

  return (guint8) (CLAMP (level, 1, N_LEVELS) - 1);
}

/* Draws n different films by their weights with keys log(v)/w, the largest of which
 * win (Efraimidis, Spirakis: Weighted random sampling with a reservoir, 2006, DOI
 * 10.1016/j.ipl.2005.11.003). */
static void
draw_densely (const Planter *self, Scratch *scratch, guint32 user, gsize n, guint32 *movies)
{
  for (guint32 i = 0; i < self->plan->n_movies; i++)
    {
      double v = matinee_random_uniform (self->plan->seed, stream (DRAWS, user), i);

      scratch->draws[i] = (Draw){ .key = log (v + G_MINDOUBLE) / self->weights[i], .movie = i };
    }
  qsort (scratch->draws, self->plan->n_movies, sizeof *scratch->draws, compare_draws);
  for (gsize j = 0; j < n; j++)
    movies[j] = scratch->draws[j].movie;
}

static void
draw_sparsely (const Planter *self, Scratch *scratch, guint32 user, gsize n, guint32 *movies)
{
  guint64 start = matinee_random_stream (self->plan->seed, stream (DRAWS, user));
  guint32 n_movies = self->plan->n_movies;
  gsize drawn = 0;

  for (guint64 counter = 0; drawn < n; counter++)
    {
      guint64 bits = matinee_random_at (start, counter);
      guint32 movie = (guint32) ((bits >> 32) * n_movies >> 32);

      if ((double) (guint32) bits * 0x1p-32 >= self->accept[movie])
        movie = self->alias[movie];
      if (scratch->taken[movie / 64] >> movie % 64 & 1)
        continue;
      scratch->taken[movie / 64] |= (guint64) 1 << movie % 64;
      movies[drawn++] = movie;
    }
  for (gsize j = 0; j < n; j++)
    scratch->taken[movies[j] / 64] = 0;
}

static void
plant_user (Planter *self, Scratch *scratch, guint32 user)
{
  const MatineePlan *plan = self->plan;
  gsize first = self->offsets[user];
  gsize n = self->offsets[user + 1] - first;
  guint32 *movies = self->triples.movies + first;

  if ((double) n > DENSE_SHARE * plan->n_movies)
    draw_densely (self, scratch, user, n, movies);
  else
    draw_sparsely (self, scratch, user, n, movies);
  for (gsize j = 0; j < n; j++)
    {
      double truth = matinee_factors_predict (self->tastes, user, movies[j]);
      double noise = plan->noise * matinee_random_normal (plan->seed, stream (NOISE, user), movies[j]);

      self->triples.users[first + j] = user;
      self->triples.codes[first + j] = draw_level (truth + noise);
      self->user_variance[user] += look_up_variance (self, truth);
    }
}

static void
plant_task (gsize task, guint worker, gpointer data)
{
  Planter *self = data;
  guint32 first = (guint32) (task * USERS_PER_TASK);
  guint32 end = MIN (self->plan->n_users - first, USERS_PER_TASK) + first;

  for (guint32 user = first; user < end; user++)
    plant_user (self, &self->scratch[worker], user);
}

static gboolean
planter_init (Planter *self, const MatineePlan *plan, guint n_threads, GError **error)
{
  const char *what = _ ("synthetic ratings");
  gsize n = plan->n_ratings;
  gsize m = plan->n_movies;

  self->plan = plan;
  self->triples.n = n;
  self->scratch = g_new0 (Scratch, n_threads);
  self->n_scratch = n_threads;
  if ((self->triples.users = matinee_alloc (n, sizeof (guint32), what, error)) == NULL
      || (self->triples.movies = matinee_alloc (n, sizeof (guint32), what, error)) == NULL
      || (self->triples.codes = matinee_alloc (n, sizeof (guint8), what, error)) == NULL
      || (self->tastes = matinee_factors_new (plan->n_users, plan->n_movies, MAX (plan->n_factors, 1), error)) == NULL
      || (self->offsets = matinee_alloc0 (plan->n_users + (gsize) 1, sizeof (gsize), what, error)) == NULL
      || (self->activity = matinee_alloc (plan->n_users, sizeof (double), what, error)) == NULL
      || (self->queue = matinee_alloc (m, 2 * sizeof (guint32), what, error)) == NULL
      || (self->weights = matinee_alloc (m, sizeof (double), what, error)) == NULL
      || (self->accept = matinee_alloc (m, sizeof (double), what, error)) == NULL
      || (self->alias = matinee_alloc (m, sizeof (guint32), what, error)) == NULL
      || (self->variance = matinee_alloc (GRID_STEPS + 1, sizeof (double), what, error)) == NULL
      || (self->user_variance = matinee_alloc0 (plan->n_users, sizeof (double), what, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < n_threads; i++)
    if ((self->scratch[i].taken = matinee_alloc0 (m / 64 + 1, sizeof (guint64), what, error)) == NULL
        || (self->scratch[i].draws = matinee_alloc (m, sizeof (Draw), what, error)) == NULL)
      return FALSE;
  for (guint level = 0; level < N_LEVELS; level++)
    self->triples.levels[level] = (float) (STEP * (level + 1));
  for (guint cell = 0; cell <= GRID_STEPS; cell++)
    self->variance[cell] = rating_variance (GRID_LOW + (GRID_HIGH - GRID_LOW) * cell / GRID_STEPS, plan->noise);
  return TRUE;
}

static void
planter_clear (Planter *self)
{
  matinee_triples_clear (&self->triples);
  g_clear_pointer (&self->tastes, matinee_factors_free);
  matinee_free (self->offsets);
  matinee_free (self->activity);
  matinee_free (self->queue);
  matinee_free (self->weights);
  matinee_free (self->accept);
  matinee_free (self->alias);
  matinee_free (self->variance);
  matinee_free (self->user_variance);
  for (guint i = 0; i < self->n_scratch; i++)
    {
      matinee_free (self->scratch[i].taken);
      matinee_free (self->scratch[i].draws);
    }
  g_free (self->scratch);
}

static MatineeIds *
number_ids (guint32 n, GError **error)
{
  gint64 *ids = matinee_alloc (n, sizeof *ids, _ ("the ids"), error);

  if (ids == NULL)
    return NULL;
  for (guint32 i = 0; i < n; i++)
    ids[i] = (gint64) i + 1;
  return matinee_ids_new_integer (ids, n, error);
}

static MatineeTitles *
name_films (guint32 n)
{
  g_autoptr (MatineeTitlesBuilder) builder = matinee_titles_builder_new ();

  for (guint32 i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      g_autofree char *title
          = i < MATINEE_N_SAMPLE_FILMS ? g_strdup (matinee_sample_films[i].title) : g_strdup_printf ("Film %u", i + 1);

      matinee_titles_builder_add (builder, id, title, i < MATINEE_N_SAMPLE_FILMS ? matinee_sample_films[i].genres : "");
    }
  return matinee_titles_builder_finish (g_steal_pointer (&builder));
}

static MatineeDataset *
planter_harvest (Planter *self, MatineePool *pool, MatineeStop *stop, GError **error)
{
  const MatineePlan *plan = self->plan;
  g_autoptr (MatineeIds) users = number_ids (plan->n_users, error);
  g_autoptr (MatineeIds) movies = users != NULL ? number_ids (plan->n_movies, error) : NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeTitles) titles = NULL;
  double variance = 0;

  if (movies == NULL)
    return NULL;
  for (guint32 u = 0; u < plan->n_users; u++)
    variance += self->user_variance[u];
  ratings = matinee_ratings_new (users, movies, &self->triples, pool, stop, error);
  if (ratings == NULL)
    return NULL;
  titles = name_films (plan->n_movies);
  return matinee_dataset_new_planted (ratings, titles, sqrt (variance / (double) plan->n_ratings), error);
}

/**
 * matinee_planted_new:
 * @plan: what to make
 * @pool: threads to work with
 * @stop: (nullable): raised to stop
 * @error: return location
 *
 * Makes a data set whose truth is known: each rating is the sum of a mean, a user's
 * and a film's bias, a product of hidden tastes, and normal noise, rounded to the
 * scale 0.5 … 5. Its noise floor is √E[Var(r | truth)] over its ratings: the RMSE
 * left to somebody who knows all but the noise. Few users rate much (log-normal) and
 * few films are rated often (power law). The first films have titles of real films
 * released before 1930; their ratings are not real. O(ratings × k), in parallel; the
 * same on any number of threads.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL with an error
 */
MatineeDataset *
matinee_planted_new (const MatineePlan *plan, MatineePool *pool, MatineeStop *stop, GError **error)
{
  Planter planter = { 0 };
  MatineeDataset *dataset = NULL;

  if (!matinee_plan_check (plan, error))
    return NULL;
  if (planter_init (&planter, plan, matinee_pool_get_n_threads (pool), error))
    {
      gsize n_tasks = ((gsize) plan->n_users + USERS_PER_TASK - 1) / USERS_PER_TASK;

      share_ratings (&planter);
      weigh_films (&planter);
      plant_tastes (&planter);
      if (matinee_pool_run (pool, n_tasks, plant_task, &planter, stop))
        dataset = planter_harvest (&planter, pool, stop, error);
      else
        matinee_error_set_cancelled (error);
    }
  planter_clear (&planter);
  return dataset;
}
