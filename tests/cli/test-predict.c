/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli-run.h"

/* Predictions of given pairs, and the tables of a model. */

static char *model;
static char *pairs;

static void
test_table (void)
{
  g_autoptr (CliRun) run = cli_run ("predict", model, pairs, NULL);
  g_auto (GStrv) lines = g_strsplit (run->out, "\r\n", -1);
  static const char *const begins[] = {
    "user,movie,title,prediction,score,known",
    "7,20,\"Sunrise, a \"\"Song\"\" 2 (1927)\",",
    "2,10,東京の合唱 1 (1927),",
    "7,20,\"Sunrise",
    "'=1+1,10,東京の合唱 1 (1927),",
    "2,nothing,,",
  };
  static const char *const ends[] = { "known", ",both", ",both", ",both", ",movie", ",user" };

  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (begins) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      g_assert_true (g_str_has_prefix (lines[i], begins[i]));
      g_assert_true (g_str_has_suffix (lines[i], ends[i]));
    }
  g_assert_cmpstr (lines[1], ==, lines[3]);
  g_assert_nonnull (strstr (run->err, "of the user: 1, of the film: 1"));
}

/* What recommend says of the same pair. */
static void
test_events (void)
{
  static const char *const members[] = { "user", "movie", "title", "prediction", "score", "known", NULL };
  g_autoptr (CliRun) run = cli_run ("predict", model, pairs, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);
  g_autoptr (CliRun) list
      = cli_run ("recommend", model, "--user", "7", "--include-rated", "--top", "24", "--json", NULL);
  g_autoptr (GPtrArray) films = cli_run_events (list);
  JsonObject *end = cli_find_event (events, "predicted");
  gboolean found = FALSE;

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpuint (cli_count_events (events, "prediction"), ==, 5);
  cli_assert_members (events->pdata[0], "prediction", members);
  g_assert_cmpint (json_object_get_int_member (end, "predictions"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (end, "unknown_users"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (end, "unknown_movies"), ==, 1);
  for (guint i = 0; i < films->len; i++)
    if (g_str_equal (json_object_get_string_member (films->pdata[i], "movie"), "20"))
      {
        g_assert_true ((float) json_object_get_double_member (films->pdata[i], "prediction")
                       == (float) json_object_get_double_member (events->pdata[0], "prediction"));
        found = TRUE;
      }
  g_assert_true (found);
}

static void
test_files (void)
{
  g_autofree char *csv = cli_path ("out.csv");
  g_autofree char *json = cli_path ("out.txt");
  g_autoptr (CliRun) to_csv = cli_run ("predict", model, pairs, "--output", csv, NULL);
  g_autoptr (CliRun) to_json = cli_run ("predict", model, pairs, "--output", json, "--format", "json", NULL);
  g_autoptr (CliRun) printed = cli_run ("predict", model, pairs, NULL);
  g_autofree char *csv_text = cli_read (csv);
  g_autofree char *json_text = cli_read (json);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_nonnull (strstr (to_csv->out, "predictions 5"));
  g_assert_cmpint (to_json->status, ==, 0);
  g_assert_cmpstr (csv_text, ==, printed->out);
  g_assert_true (json_parser_load_from_data (parser, json_text, -1, NULL));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), ==, 5);
}

/* A model without a mean predicts from the means all the same. */
static void
test_gradient (void)
{
  g_autofree char *ratings = cli_write_ratings ("gradient.csv", 30, 24);
  g_autofree char *path = cli_path ("gradient.npz");
  g_autoptr (CliRun) train
      = cli_run ("train", ratings, "--solver", "gradient", "--iterations", "400", "--learning-rate", "0.005",
                 "--bias-scale", "0", "--output", path, "--json", NULL);
  g_autofree char *nobody = cli_write ("nobody.csv", "userId,movieId\nnobody,nothing\n");
  g_autoptr (CliRun) run = cli_run ("predict", path, nobody, "--json", NULL);
  g_autoptr (GPtrArray) events = cli_run_events (run);

  g_assert_cmpint (train->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (events->pdata[0], "known"), ==, "none");
  g_assert_cmpfloat (json_object_get_double_member (events->pdata[0], "prediction"), >, 2);
  g_assert_cmpfloat (json_object_get_double_member (events->pdata[0], "prediction"), <, 4);
}

static void
test_trouble (void)
{
  g_autofree char *column = cli_write ("column.csv", "userId,rating\n1,5\n");
  g_autofree char *fields = cli_write ("fields.csv", "userId,movieId\n1,10\n1,10,3\n");
  g_autofree char *id = cli_write ("id.csv", "userId,movieId\n1,10\n,10\n");
  g_autofree char *quote = cli_write ("quote.csv", "userId,movieId\n1,\"10\n");
  g_autofree char *out = cli_path ("kept.csv");
  g_autofree char *kept = cli_write ("kept.csv", "before");
  g_autoptr (CliRun) no_column = cli_run ("predict", model, column, NULL);
  g_autoptr (CliRun) no_field = cli_run ("predict", model, fields, "--output", out, NULL);
  g_autoptr (CliRun) no_id = cli_run ("predict", model, id, NULL);
  g_autoptr (CliRun) no_quote = cli_run ("predict", model, quote, NULL);
  g_autoptr (CliRun) no_pairs = cli_run ("predict", model, NULL);
  g_autoptr (CliRun) three = cli_run ("predict", model, pairs, pairs, NULL);
  g_autoptr (CliRun) over = cli_run ("predict", model, pairs, "--output", pairs, NULL);
  g_autoptr (CliRun) format = cli_run ("predict", model, pairs, "--format", "xml", NULL);
  g_autofree char *text = cli_read (out);

  cli_assert_fails (no_column, 1, "there is no column “movieId”");
  cli_assert_fails (no_field, 1, "fields.csv, line 3, column 6: the line “1,10,3” has 3 fields");
  g_assert_cmpstr (text, ==, "before");
  g_assert_nonnull (strstr (no_id->err, "id.csv, line 3, column 1: the user id is missing"));
  g_assert_cmpint (no_id->status, ==, 1);
  cli_assert_fails (no_quote, 1, "quotation mark");
  cli_assert_fails (no_pairs, 2, "“predict” needs PAIRS");
  cli_assert_fails (three, 2, "takes MODEL PAIRS");
  cli_assert_fails (over, 2, "would replace a file that is read");
  cli_assert_fails (format, 2, "--format must be csv or json");
}

static guint
count_lines (const char *path, const char *header)
{
  g_autofree char *text = cli_read (path);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==, header);
  return g_strv_length (lines) - 2;
}

static void
test_export (void)
{
  g_autofree char *users = cli_path ("users.csv");
  g_autofree char *movies = cli_path ("movies-out.csv");
  g_autofree char *trace = cli_path ("trace.json");
  g_autoptr (CliRun) run
      = cli_run ("export", model, "--user-factors", users, "--movie-factors", movies, "--trace", trace, NULL);
  g_autoptr (CliRun) nothing = cli_run ("export", model, NULL);
  g_autoptr (CliRun) twice = cli_run ("export", model, "--user-factors", users, "--trace", users, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (count_lines (users, "user,bias,factor_1,factor_2,factor_3,factor_4"), ==, 30);
  g_assert_cmpuint (count_lines (movies, "movie,title,bias,factor_1,factor_2,factor_3,factor_4"), ==, 24);
  g_assert_true (json_parser_load_from_file (parser, trace, NULL));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_parser_get_root (parser))), >, 1);
  cli_assert_fails (nothing, 2, "“export” needs --user-factors");
  cli_assert_fails (twice, 2, "Two tables");
}

int
main (int argc, char **argv)
{
  int status;

  cli_test_init (&argc, &argv);
  model = cli_make_model (30);
  pairs = cli_write ("pairs.csv", "movieId,userId\n20,7\n10,2\n20,7\n10,=1+1\nnothing,2\n");
  g_test_add_func ("/cli/predict/table", test_table);
  g_test_add_func ("/cli/predict/events", test_events);
  g_test_add_func ("/cli/predict/files", test_files);
  g_test_add_func ("/cli/predict/gradient", test_gradient);
  g_test_add_func ("/cli/predict/trouble", test_trouble);
  g_test_add_func ("/cli/predict/export", test_export);
  status = cli_test_run ();
  g_free (model);
  g_free (pairs);
  return status;
}
