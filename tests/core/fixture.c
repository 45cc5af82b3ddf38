/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <math.h>
#include <string.h>

#include "matinee-memory.h"
#include "matinee-trainer.h"

/* The ids first, first + 1, … */
MatineeIds *
fixture_ids (guint32 n, gint64 first)
{
  g_autoptr (GError) error = NULL;
  gint64 *ids = matinee_alloc (n, sizeof *ids, "test", &error);
  MatineeIds *result;

  g_assert_no_error (error);
  for (guint32 i = 0; i < n; i++)
    ids[i] = first + i;
  result = matinee_ids_new_integer (ids, n, &error);
  g_assert_no_error (error);
  return result;
}

/* A model of @factors, which it takes, with the solver's own parameters. */
MatineeModel *
fixture_model (MatineeFactors *factors, const char *solver)
{
  MatineeModel *model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->factors = factors;
  matinee_params_init (&model->params, 1);
  matinee_params_apply_preset (&model->params, matinee_preset_for_solver (matinee_solver_find (solver)));
  model->params.n_factors = factors->n_factors;
  model->users = fixture_ids (factors->n_users, 1);
  model->movies = fixture_ids (factors->n_movies, 100);
  model->low = 0.5f;
  model->high = 5.0f;
  model->trace = matinee_trace_new ();
  return model;
}

static MatineeSparse *
copy_sparse (const MatineeSparse *from)
{
  g_autoptr (GError) error = NULL;
  MatineeSparse *to
      = matinee_sparse_alloc (from->n_rows, from->n_columns, from->n_entries, from->codes != NULL, &error);

  g_assert_no_error (error);
  memcpy (to->offsets, from->offsets, ((gsize) from->n_rows + 1) * sizeof *from->offsets);
  memcpy (to->columns, from->columns, from->n_entries * sizeof *from->columns);
  memcpy (to->levels, from->levels, sizeof from->levels);
  if (from->codes != NULL)
    memcpy (to->codes, from->codes, from->n_entries);
  else
    memcpy (to->values, from->values, from->n_entries * sizeof *from->values);
  return to;
}

/* Moves one rating to the end of another set. */
static void
append (MatineeSparse *to, gsize at, const MatineeSparse *from, gsize entry)
{
  to->columns[at] = from->columns[entry];
  if (to->codes != NULL)
    to->codes[at] = from->codes[entry];
  else
    to->values[at] = from->values[entry];
}

/* Trains on four fifths; every fifth rating is held out. */
MatineeModel *
fixture_trained (const Synthetic *data, const char *solver, guint k, guint n_iterations)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (1);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (MatineeIds) users = fixture_ids (data->by_user->n_rows, 1);
  g_autoptr (MatineeIds) movies = fixture_ids (data->by_user->n_columns, 100);
  MatineeSparse *train = copy_sparse (data->by_user);
  MatineeSparse *test = copy_sparse (data->by_user);
  gsize n_train = 0, n_test = 0;
  MatineeParams params;

  for (guint32 row = 0; row < train->n_rows; row++)
    {
      for (gsize j = data->by_user->offsets[row]; j < data->by_user->offsets[row + 1]; j++)
        if (j % 5 == 4)
          append (test, n_test++, data->by_user, j);
        else
          append (train, n_train++, data->by_user, j);
      train->offsets[row + 1] = n_train;
      test->offsets[row + 1] = n_test;
    }
  train->n_entries = n_train;
  test->n_entries = n_test;
  split = matinee_split_new_parts (train, test, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_params_init (&params, 1);
  matinee_params_apply_preset (&params, matinee_preset_for_solver (matinee_solver_find (solver)));
  params.n_factors = k;
  params.n_iterations = n_iterations;
  params.tolerance = 0;
  params.n_threads = 1;
  trainer = matinee_trainer_new (&params, split, NULL, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_trainer_run (trainer, NULL, NULL, &error);
  g_assert_no_error (error);
  return matinee_trainer_finish (trainer, users, movies);
}

/* Ratings from a table in which not a number stands for none. */
MatineeSparse *
fixture_sparse (guint32 n_rows, guint32 n_columns, const float *dense)
{
  g_autoptr (GError) error = NULL;
  MatineeSparse *sparse;
  gsize n = 0;

  for (gsize i = 0; i < (gsize) n_rows * n_columns; i++)
    n += !isnan (dense[i]);
  sparse = matinee_sparse_alloc (n_rows, n_columns, n, FALSE, &error);
  g_assert_no_error (error);
  n = 0;
  for (guint32 row = 0; row < n_rows; row++)
    {
      for (guint32 column = 0; column < n_columns; column++)
        if (!isnan (dense[row * n_columns + column]))
          {
            sparse->columns[n] = column;
            sparse->values[n++] = dense[row * n_columns + column];
          }
      sparse->offsets[row + 1] = n;
    }
  return sparse;
}

/* A data set with these ratings and, unless @films is %NULL, these films. */
MatineeDataset *
fixture_dataset (const MatineeSparse *by_user, const FixtureFilm *films)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineePool) pool = matinee_pool_new (1);
  g_autoptr (MatineeIds) users = fixture_ids (by_user->n_rows, 1);
  g_autoptr (MatineeIds) movies = fixture_ids (by_user->n_columns, 100);
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeTitles) titles = NULL;
  MatineeTriples triples = { 0 };
  MatineeDataset *dataset;

  g_assert_true (matinee_triples_alloc (&triples, by_user->n_entries, FALSE, &error));
  for (guint32 row = 0; row < by_user->n_rows; row++)
    for (gsize j = by_user->offsets[row]; j < by_user->offsets[row + 1]; j++)
      {
        triples.users[j] = row;
        triples.movies[j] = by_user->columns[j];
        triples.values[j] = matinee_sparse_value (by_user, j);
      }
  ratings = matinee_ratings_new (users, movies, &triples, pool, NULL, &error);
  g_assert_no_error (error);
  matinee_triples_clear (&triples);
  if (films != NULL)
    {
      g_autoptr (MatineeTitlesBuilder) builder = matinee_titles_builder_new ();

      for (guint i = 0; films[i].title != NULL; i++)
        {
          g_autofree char *id = g_strdup_printf ("%u", 100 + i);

          matinee_titles_builder_add (builder, id, films[i].title, films[i].genres);
        }
      titles = matinee_titles_builder_finish (g_steal_pointer (&builder));
    }
  dataset = matinee_dataset_new (ratings, titles, &error);
  g_assert_no_error (error);
  return dataset;
}
