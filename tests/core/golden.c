/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "golden.h"

static void
read_vector (JsonArray *array, double *to)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    to[i] = json_array_get_double_element (array, i);
}

static void
read_matrix (JsonObject *object, const char *member, guint k, double *to)
{
  JsonArray *rows = json_object_get_array_member (object, member);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    read_vector (json_array_get_array_element (rows, i), to + (gsize) i * k);
}

static ReferenceModel *
read_model (JsonObject *object, guint32 n_users, guint32 n_movies, guint k, double mean)
{
  ReferenceModel *model = reference_model_new (n_users, n_movies, k);

  model->mean = mean;
  read_matrix (object, "user_factors", k, model->user_factors);
  read_matrix (object, "movie_factors", k, model->movie_factors);
  if (json_object_has_member (object, "user_biases"))
    read_vector (json_object_get_array_member (object, "user_biases"), model->user_biases);
  if (json_object_has_member (object, "movie_biases"))
    read_vector (json_object_get_array_member (object, "movie_biases"), model->movie_biases);
  return model;
}

static GHashTable *
read_ids (JsonArray *ids)
{
  GHashTable *rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < json_array_get_length (ids); i++)
    g_hash_table_insert (rows, GINT_TO_POINTER ((gint) json_array_get_int_element (ids, i)), GUINT_TO_POINTER (i));
  return rows;
}

/* Triples become rows by counting; transposing twice sorts the columns. */
static void
read_ratings (JsonObject *root, const char *member, MatineeSparse **rows, MatineeSparse **turned)
{
  JsonArray *train = json_object_get_array_member (root, member);
  g_autoptr (GHashTable) users = read_ids (json_object_get_array_member (root, "users"));
  g_autoptr (GHashTable) movies = read_ids (json_object_get_array_member (root, "movies"));
  guint n = json_array_get_length (train);
  g_autoptr (MatineeSparse) unsorted = matinee_sparse_alloc (n, g_hash_table_size (users), n, FALSE, NULL);
  g_autoptr (MatineeSparse) by_user = NULL;

  for (guint e = 0; e < n; e++)
    {
      JsonArray *triple = json_array_get_array_element (train, e);
      gpointer user = GINT_TO_POINTER ((gint) json_array_get_int_element (triple, 0));

      unsorted->offsets[e + 1] = e + 1;
      unsorted->columns[e] = GPOINTER_TO_UINT (g_hash_table_lookup (users, user));
      unsorted->values[e] = (float) json_array_get_double_element (triple, 2);
    }
  by_user = synthetic_transpose (unsorted);
  by_user->n_columns = g_hash_table_size (movies);
  for (guint e = 0; e < n; e++)
    {
      JsonArray *triple = json_array_get_array_element (train, by_user->columns[e]);
      gpointer movie = GINT_TO_POINTER ((gint) json_array_get_int_element (triple, 1));

      by_user->columns[e] = GPOINTER_TO_UINT (g_hash_table_lookup (movies, movie));
    }
  *turned = synthetic_transpose (by_user);
  *rows = synthetic_transpose (*turned);
}

/* The gradient solver's file has no mean and fewer penalties. */
static double
get_double (JsonObject *object, const char *member)
{
  return json_object_has_member (object, member) ? json_object_get_double_member (object, member) : 0.0;
}

static void
read_trace (Golden *golden, JsonArray *trace)
{
  golden->n_steps = json_array_get_length (trace);
  golden->objectives = g_new (double, golden->n_steps);
  golden->fits = g_new (double, golden->n_steps);
  for (guint i = 0; i < golden->n_steps; i++)
    {
      JsonObject *step = json_array_get_object_element (trace, i);

      golden->objectives[i] = get_double (step, "objective");
      golden->fits[i] = get_double (step, "fit");
    }
}

Golden *
golden_load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "golden", name, NULL);
  Golden *golden = g_new0 (Golden, 1);
  g_autoptr (MatineeSparse) test_by_movie = NULL;
  JsonObject *root;
  guint k;
  double mean;

  golden->parser = json_parser_new ();
  json_parser_load_from_file (golden->parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (golden->parser));
  k = (guint) json_object_get_int_member (root, "factors");
  mean = get_double (root, "mean");
  golden->penalty.regularization = get_double (root, "regularization");
  golden->penalty.bias_regularization = get_double (root, "bias_regularization");
  golden->penalty.count_exponent = get_double (root, "count_exponent");
  read_ratings (root, "train", &golden->by_user, &golden->by_movie);
  read_ratings (root, "test", &golden->test_by_user, &test_by_movie);
  golden->start = read_model (json_object_get_object_member (root, "initial"), golden->by_user->n_rows,
                              golden->by_movie->n_rows, k, mean);
  golden->final = read_model (json_object_get_object_member (root, "final"), golden->by_user->n_rows,
                              golden->by_movie->n_rows, k, mean);
  read_trace (golden, json_object_get_array_member (root, "trace"));
  return golden;
}

void
golden_free (Golden *golden)
{
  if (golden == NULL)
    return;
  g_clear_object (&golden->parser);
  matinee_sparse_free (golden->by_user);
  matinee_sparse_free (golden->by_movie);
  matinee_sparse_free (golden->test_by_user);
  reference_model_free (golden->start);
  reference_model_free (golden->final);
  g_free (golden->objectives);
  g_free (golden->fits);
  g_free (golden);
}
