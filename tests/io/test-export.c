/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-export.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-predictions.h"
#include "sample-model.h"

typedef struct
{
  char *room;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->room = sample_room_new ();
  self->path = g_build_filename (self->room, "table", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->path);
  sample_room_free (self->room);
}

static char *
read_text (Fixture *self)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  return text;
}

static const char *const cells[] = {
  "plain",   "",     "a, b",    "say \"hi\"", "two\nlines", "=1+1",    "+SUM(A1)", "-cmd|' /C calc'!A0",
  "@import", "\tx",  "\r=1",    "\n=1",       "-5",         "+5.5e-3", "-",        "-5 apples",
  "+1-1",    "- 5",  "'quoted", "Amélie",     "七人の侍",   "=\"a\"",  "-.5",      "0x10",
  "-inf",    "-nan", "1=1",
};

static const char *const expected_cells[] = {
  "plain",
  "",
  "\"a, b\"",
  "\"say \"\"hi\"\"\"",
  "\"two\nlines\"",
  "'=1+1",
  "'+SUM(A1)",
  "'-cmd|' /C calc'!A0",
  "'@import",
  "'\tx",
  "\"'\r=1\"",
  "\"'\n=1\"",
  "-5",
  "+5.5e-3",
  "'-",
  "'-5 apples",
  "'+1-1",
  "'- 5",
  "'quoted",
  "Amélie",
  "七人の侍",
  "\"'=\"\"a\"\"\"",
  "-.5",
  "0x10",
  "'-inf",
  "'-nan",
  "1=1",
};

/* Commas, quotes, ends of lines, and formulas that must not run. */
static void
test_csv (Fixture *self, gconstpointer data)
{
  static const char *const columns[] = { "=name", "number" };
  g_autoptr (MatineeTableWriter) writer = matinee_table_writer_new (self->path, MATINEE_EXPORT_CSV, columns, 2, NULL);
  g_autoptr (GString) expected = g_string_new ("'=name,number\r\n");
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      matinee_table_writer_add_text (writer, cells[i]);
      matinee_table_writer_add_integer (writer, -(gint64) i);
      g_assert_true (matinee_table_writer_end_row (writer, NULL));
      g_string_append_printf (expected, "%s,%d\r\n", expected_cells[i], -(int) i);
    }
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_true (matinee_table_writer_finish (writer, NULL));
  text = read_text (self);
  g_assert_cmpstr (text, ==, expected->str);
}

static void
test_json (Fixture *self, gconstpointer data)
{
  static const char *const columns[] = { "a \"b\"", "number", "nothing" };
  g_autoptr (MatineeTableWriter) writer = matinee_table_writer_new (self->path, MATINEE_EXPORT_JSON, columns, 3, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *rows;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      matinee_table_writer_add_text (writer, cells[i]);
      matinee_table_writer_add_double (writer, i / 3.0);
      matinee_table_writer_add_float (writer, NAN);
      g_assert_true (matinee_table_writer_end_row (writer, NULL));
    }
  matinee_table_writer_add_text (writer, "not \xff UTF-8");
  matinee_table_writer_add_text (writer, NULL);
  matinee_table_writer_add_double (writer, INFINITY);
  g_assert_true (matinee_table_writer_end_row (writer, NULL));
  g_assert_true (matinee_table_writer_finish (writer, NULL));
  g_assert_true (json_parser_load_from_file (parser, self->path, &error));
  g_assert_no_error (error);
  rows = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (rows), ==, G_N_ELEMENTS (cells) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_cmpstr (json_object_get_string_member (row, "a \"b\""), ==, cells[i]);
      g_assert_true (json_node_get_double (json_object_get_member (row, "number")) == i / 3.0);
      g_assert_true (json_object_get_null_member (row, "nothing"));
    }
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  static const char *const columns[] = { "a", "b" };

  for (guint format = 0; format < 2; format++)
    {
      g_autoptr (MatineeTableWriter) writer = matinee_table_writer_new (self->path, format, columns, 2, NULL);
      g_autofree char *text = NULL;

      g_assert_true (matinee_table_writer_finish (writer, NULL));
      text = read_text (self);
      g_assert_cmpstr (text, ==, format == MATINEE_EXPORT_CSV ? "a,b\r\n" : "[\n]\n");
    }
  g_assert_cmpint (matinee_export_format_for_path ("/a/B.JSON"), ==, MATINEE_EXPORT_JSON);
  g_assert_cmpint (matinee_export_format_for_path (".json"), ==, MATINEE_EXPORT_JSON);
  g_assert_cmpint (matinee_export_format_for_path ("json"), ==, MATINEE_EXPORT_CSV);
  g_assert_cmpint (matinee_export_format_for_path ("x.json.csv"), ==, MATINEE_EXPORT_CSV);
}

/* Any number comes back the same. */
static void
test_numbers (Fixture *self, gconstpointer data)
{
  static const char *const columns[] = { "double", "float" };
  g_autoptr (MatineeTableWriter) writer = matinee_table_writer_new (self->path, MATINEE_EXPORT_CSV, columns, 2, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  double doubles[500];
  float floats[500];

  for (guint i = 0; i < 500; i++)
    {
      doubles[i] = ldexp (g_rand_double (random) - 0.5, g_rand_int_range (random, -300, 300));
      floats[i] = ldexpf ((float) g_rand_double (random) - 0.5f, g_rand_int_range (random, -100, 100));
      matinee_table_writer_add_double (writer, doubles[i]);
      matinee_table_writer_add_float (writer, floats[i]);
      g_assert_true (matinee_table_writer_end_row (writer, NULL));
    }
  g_assert_true (matinee_table_writer_finish (writer, NULL));
  text = read_text (self);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; i < 500; i++)
    {
      char *end;

      g_assert_true (g_ascii_strtod (lines[i + 1], &end) == doubles[i]);
      g_assert_true ((float) g_ascii_strtod (end + 1, NULL) == floats[i]);
    }
}

static void
test_recommendations (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (4);
  g_autoptr (MatineeRecommendationWriter) writer = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = matinee_dataset_dup_title (sample->dataset, 9);
  g_autofree char *expected = NULL;
  const MatineeRecommendation items[] = { { 9, 6.5f }, { 3, 0.25f } };
  char user[MATINEE_ID_BUFFER], movie[MATINEE_ID_BUFFER];

  writer = matinee_recommendation_writer_new (self->path, MATINEE_EXPORT_CSV, sample->model, sample->dataset->titles,
                                              NULL);
  g_assert_true (matinee_recommendation_writer_add (writer, 5, items, 2, NULL));
  g_assert_true (matinee_recommendation_writer_add (writer, 6, items, 0, NULL));
  g_assert_true (matinee_recommendation_writer_finish (writer, NULL));
  text = read_text (self);
  expected = g_strdup_printf ("user,rank,movie,title,prediction,score\r\n%s,1,%s,%s,5,6.5\r\n",
                              matinee_ids_format (sample->model->users, 5, user),
                              matinee_ids_format (sample->model->movies, 9, movie), title);
  g_assert_null (strpbrk (title, ",\""));
  g_assert_true (g_str_has_prefix (text, expected));
  g_assert_true (g_str_has_suffix (text, ",0.5,0.25\r\n"));
}

static void
test_factors (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (3);
  const MatineeFactors *factors = sample->model->factors;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  MatineeStop stop = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (
      matinee_export_factors (self->path, MATINEE_EXPORT_CSV, sample->model, MATINEE_USERS, NULL, NULL, NULL));
  text = read_text (self);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "user,bias,factor_1,factor_2,factor_3");
  g_assert_cmpuint (g_strv_length (lines), ==, 602);
  for (guint32 u = 0; u < 600; u++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[u + 1], ",", -1);
      char user[MATINEE_ID_BUFFER];

      g_assert_cmpstr (parts[0], ==, matinee_ids_format (sample->model->users, u, user));
      g_assert_true ((float) g_ascii_strtod (parts[1], NULL) == factors->user_biases[u]);
      for (guint f = 0; f < 3; f++)
        g_assert_true ((float) g_ascii_strtod (parts[2 + f], NULL) == factors->user_factors[u * factors->stride + f]);
    }
  g_assert_true (matinee_export_factors (self->path, MATINEE_EXPORT_JSON, sample->model, MATINEE_MOVIES,
                                         sample->dataset->titles, NULL, NULL));
  matinee_stop_request (&stop);
  g_assert_false (
      matinee_export_factors (self->path, MATINEE_EXPORT_CSV, sample->model, MATINEE_MOVIES, NULL, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
  /* What was there is still there. */
  g_clear_pointer (&text, g_free);
  text = read_text (self);
  g_assert_true (g_str_has_prefix (text, "[\n{\"movie\":\""));
}

/* Pairs in their order, of whom one is not known, then none. */
static void
test_predictions (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (3);
  g_autofree char *pairs = g_build_filename (self->room, "pairs.csv", NULL);
  const MatineePredictions predictions = { .pairs = pairs, .model = sample->model };
  const MatineeFactors *factors = sample->model->factors;
  const double expected[] = {
    matinee_model_predict (sample->model, 599, 0),
    matinee_model_predict (sample->model, 0, 399),
    factors->mean + (double) factors->movie_biases[0],
    factors->mean + (double) factors->user_biases[0],
    factors->mean,
  };
  static const char *const known[] = { "both", "both", "movie", "user", "none" };
  MatineePredictionCounts counts;
  g_autoptr (MatineeTableWriter) table = matinee_table_writer_new (
      self->path, MATINEE_EXPORT_CSV, matinee_prediction_columns + 1, MATINEE_PREDICTION_COLUMNS - 1, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_set_contents (
      pairs, "rating,movieId,userId\n5,1,600\n5,400,1\n\n,1,nobody\n,none,1\n,none,nobody\n", -1, NULL));
  g_assert_true (matinee_predictions_write (&predictions, table, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n, ==, 5);
  g_assert_cmpuint (counts.n_unknown_users, ==, 2);
  g_assert_cmpuint (counts.n_unknown_movies, ==, 2);
  text = read_text (self);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "user,movie,title,prediction,score,known");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_auto (GStrv) row = g_strsplit (lines[i + 1], ",", -1);

      g_assert_true ((float) g_ascii_strtod (row[4], NULL) == (float) expected[i]);
      g_assert_cmpstr (row[5], ==, known[i]);
    }
}

static void
test_trace (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (3);
  const MatineeTrace *trace = sample->model->trace;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (matinee_export_trace (self->path, MATINEE_EXPORT_CSV, trace, NULL));
  text = read_text (self);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==,
                   "iteration,seconds,train_rmse,test_rmse,train_mse,test_mse,train_mae,test_mae,objective,fit,penalty,"
                   "gradient_norm");
  g_assert_cmpuint (g_strv_length (lines), ==, trace->n + 2);
  for (guint i = 0; i < trace->n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i + 1], ",", -1);

      g_assert_cmpuint (g_strv_length (parts), ==, MATINEE_TRACE_COLUMNS);
      g_assert_true (g_ascii_strtod (parts[3], NULL) == matinee_errors_rmse (&trace->points[i].test));
      g_assert_true (g_ascii_strtod (parts[8], NULL) == matinee_trace_point_objective (&trace->points[i]));
      g_assert_cmpstr (parts[11], ==, ""); /* the solver has no gradient */
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/export/csv", test_csv);
  ADD ("/export/json", test_json);
  ADD ("/export/empty", test_empty);
  ADD ("/export/numbers", test_numbers);
  ADD ("/export/recommendations", test_recommendations);
  ADD ("/export/factors", test_factors);
  ADD ("/export/predictions", test_predictions);
  ADD ("/export/trace", test_trace);
  return g_test_run ();
}
