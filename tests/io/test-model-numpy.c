/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NumPy reads what Matinee saves, and Matinee what NumPy packs. */
#include "matinee-model-file.h"

#include <string.h>

#include "matinee-recommender.h"
#include "sample-model.h"

#define PYTHON "/usr/bin/python3"

/* Runs a script; its output, or %NULL when it failed. */
static char *
run_python (const char *script, const char *first, const char *second)
{
  const char *const argv[] = { PYTHON, "-c", script, first, second, NULL };
  g_autofree char *errors = NULL;
  g_autofree char *output = NULL;
  int status = -1;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &status, NULL)
      || status != 0)
    {
      g_test_message ("%s", errors != NULL ? errors : "there is no " PYTHON);
      return NULL;
    }
  return g_steal_pointer (&output);
}

static gboolean
skip_without_numpy (void)
{
  g_autofree char *version = run_python ("import numpy; print(numpy.__version__)", NULL, NULL);

  if (version == NULL)
    g_test_skip (PYTHON " with NumPy is not there");
  return version == NULL;
}

/* The lines of the documentation, as people would copy them. */
static char *
read_example (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "model-format.md", NULL);
  g_autofree char *text = NULL;
  char *begin, *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  begin = strstr (text, "```python\n");
  g_assert_nonnull (begin);
  begin += strlen ("```python\n");
  end = strstr (begin, "```");
  g_assert_nonnull (end);
  return g_strndup (begin, (gsize) (end - begin));
}

static void
test_example (void)
{
  g_autofree char *room = NULL;
  g_autofree char *path = NULL, *script = NULL, *output = NULL;
  g_autoptr (SampleModel) sample = NULL;
  g_autoptr (MatineeTopN) top = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  MatineeModelFile content = { 0 };
  char buffer[MATINEE_ID_BUFFER];
  guint32 user;

  if (skip_without_numpy ())
    return;
  room = sample_room_new ();
  path = g_build_filename (room, "model.npz", NULL);
  sample = sample_model_new (6);
  content = (MatineeModelFile){ .model = sample->model, .dataset = sample->dataset };
  g_assert_true (matinee_model_file_save (&content, path, NULL, NULL));
  script = read_example ();
  output = run_python (script, path, "2");
  g_assert_nonnull (output);

  g_assert_true (matinee_ids_find (sample->model->users, "2", &user));
  top = matinee_recommender_top (sample->model, user, 5, NULL, NULL);
  for (guint i = 0; i < 5; i++)
    {
      guint32 movie = top->items[i].movie;
      g_autofree char *title = matinee_dataset_dup_title (sample->dataset, movie);

      g_string_append_printf (expected, "%.3f\t%s\t%s\n", matinee_model_predict (sample->model, user, movie),
                              matinee_ids_format (sample->model->movies, movie, buffer), title);
    }
  g_assert_cmpstr (output, ==, expected->str);
  sample_room_free (g_steal_pointer (&room));
}

/* Every array, without allow_pickle, with types that say what they are. */
static const char survey_script[]
    = "import sys, json, numpy as np\n"
      "m = np.load(sys.argv[1])\n"
      "for name in sorted(n for n in m.files if n != 'matinee.json'):\n"
      "    print(name, m[name].shape, m[name].dtype if name != 'trace' else m[name].dtype.names[:3])\n"
      "print(json.loads(m['matinee.json'])['version'], m['titles'][0].dtype.kind, float(m['trace']['seconds'][0]))\n";

static void
test_arrays (void)
{
  g_autofree char *room = NULL;
  g_autofree char *path = NULL, *output = NULL;
  g_autoptr (SampleModel) sample = NULL;
  MatineeModelFile content = { 0 };

  if (skip_without_numpy ())
    return;
  room = sample_room_new ();
  path = g_build_filename (room, "model.npz", NULL);
  sample = sample_model_new (6);
  content = (MatineeModelFile){ .model = sample->model, .dataset = sample->dataset, .has_ratings = TRUE };
  g_assert_true (matinee_model_file_save (&content, path, NULL, NULL));
  output = run_python (survey_script, path, NULL);
  g_assert_nonnull (output);
  g_test_message ("%s", output);
  g_assert_nonnull (strstr (output, "mean () float64\n"));
  g_assert_nonnull (strstr (output, "movie_biases (400,) float32\n"));
  g_assert_nonnull (strstr (output, "movie_factors (400, 6) float32\n"));
  g_assert_nonnull (strstr (output, "movie_ids (400,) int64\n"));
  g_assert_nonnull (strstr (output, "rated_codes (40000,) uint8\n"));
  g_assert_nonnull (strstr (output, "rated_levels (10,) float32\n"));
  g_assert_nonnull (strstr (output, "rated_movies (40000,) uint32\n"));
  g_assert_nonnull (strstr (output, "rated_offsets (601,) uint64\n"));
  g_assert_nonnull (strstr (output, "titles (400,) <U"));
  g_assert_nonnull (strstr (output, "trace (4,) ('iteration', 'seconds', 'train_n')\n"));
  g_assert_nonnull (strstr (output, "user_factors (600, 6) float32\n"));
  g_assert_nonnull (strstr (output, "\n1 U 0.0\n"));
  sample_room_free (g_steal_pointer (&room));
}

/* Packed anew: another order, all deflated, with an array that Matinee doesn't
 * know. */
static const char repack_script[]
    = "import sys, numpy as np, zipfile\n"
      "m = np.load(sys.argv[1])\n"
      "arrays = {n: m[n] for n in reversed(m.files) if n != 'matinee.json'}\n"
      "np.savez_compressed(sys.argv[2], zzz=np.arange(3), **arrays)\n"
      "with zipfile.ZipFile(sys.argv[2], 'a') as z: z.writestr('matinee.json', m['matinee.json'])\n";

static void
test_repacked (void)
{
  g_autofree char *room = NULL;
  g_autofree char *path = NULL, *other = NULL, *output = NULL;
  g_autoptr (SampleModel) sample = NULL;
  g_autoptr (MatineeModelFile) opened = NULL;
  g_autoptr (GError) error = NULL;
  MatineeModelFile content = { 0 };

  if (skip_without_numpy ())
    return;
  room = sample_room_new ();
  path = g_build_filename (room, "model.npz", NULL);
  other = g_build_filename (room, "other.npz", NULL);
  sample = sample_model_new (6);
  content = (MatineeModelFile){ .model = sample->model, .dataset = sample->dataset, .has_ratings = TRUE };
  g_assert_true (matinee_model_file_save (&content, path, NULL, NULL));
  output = run_python (repack_script, path, other);
  g_assert_nonnull (output);
  opened = matinee_model_file_open (other, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint32 u = 0; u < 600; u += 11)
    for (guint32 i = 0; i < 400; i += 7)
      g_assert_true (matinee_model_predict (sample->model, u, i) == matinee_model_predict (opened->model, u, i));
  g_assert_true (opened->has_ratings);
  sample_room_free (g_steal_pointer (&room));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model-numpy/example", test_example);
  g_test_add_func ("/model-numpy/arrays", test_arrays);
  g_test_add_func ("/model-numpy/repacked", test_repacked);
  return g_test_run ();
}
