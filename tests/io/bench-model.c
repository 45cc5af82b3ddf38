/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saves and opens a large model, beside plainly copying a file of as many bytes in
 * the same run. The best of some rounds counts. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matinee-memory.h"
#include "matinee-model-file.h"
#include "matinee-random.h"
#include "sample-model.h"

static int n_users = 162541;
static int n_movies = 59047;
static int n_factors = 64;
static int n_ratings = 25000000;
static int n_rounds = 5;
static int with_ratings = 0;
static char *folder = NULL;

static const GOptionEntry options[] = {
  { "users", 0, 0, G_OPTION_ARG_INT, &n_users, "Users", "N" },
  { "movies", 0, 0, G_OPTION_ARG_INT, &n_movies, "Movies", "N" },
  { "factors", 0, 0, G_OPTION_ARG_INT, &n_factors, "Factors", "K" },
  { "ratings", 0, 0, G_OPTION_ARG_INT, &n_ratings, "Ratings, with --with-ratings", "N" },
  { "with-ratings", 0, 0, G_OPTION_ARG_NONE, &with_ratings, "Save the ratings, too", NULL },
  { "rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where the files go", "FOLDER" },
  { NULL },
};

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static void
fill (float *rows, guint32 n, gsize stride, guint64 stream)
{
  for (guint32 row = 0; row < n; row++)
    for (int f = 0; f < n_factors; f++)
      rows[row * stride + (gsize) f]
          = (float) matinee_random_uniform (7, stream, (guint64) row * (guint64) n_factors + (guint64) f) - 0.5f;
}

static MatineeTitles *
make_titles (void)
{
  MatineeTitlesBuilder *builder = matinee_titles_builder_new ();

  for (int i = 0; i < n_movies; i++)
    {
      /* Lengths as in MovieLens: 25 bytes on average, few near 200. */
      int length = 8 + (i % 1000 == 0 ? 180 : i % 35);
      g_autofree char *id = g_strdup_printf ("%d", i + 1);
      g_autofree char *filler = g_strnfill ((gsize) length, (char) ('a' + i % 26));
      g_autofree char *title = g_strdup_printf ("%s %d (%d)", filler, i, 1900 + i % 120);

      matinee_titles_builder_add (builder, id, title, i % 3 == 0 ? "Drama" : "Action|Adventure|Comedy");
    }
  return matinee_titles_builder_finish (builder);
}

static MatineeRatings *
make_ratings (MatineeIds *users, MatineeIds *movies)
{
  MatineeTriples triples = { 0 };

  g_assert_true (matinee_triples_alloc (&triples, with_ratings ? (gsize) n_ratings : 1, TRUE, NULL));
  for (gsize i = 0; i < triples.n; i++)
    {
      guint64 random = matinee_random_u64 (7, 3, i);

      triples.users[i] = (guint32) (random % (guint64) n_users);
      triples.movies[i] = (guint32) ((random >> 32) % (guint64) n_movies);
      triples.codes[i] = (guint8) ((random >> 20) % 10);
    }
  for (guint i = 0; i < 10; i++)
    triples.levels[i] = 0.5f + 0.5f * (float) i;
  return matinee_ratings_new (users, movies, &triples, NULL, NULL, NULL);
}

static MatineeModel *
make_model (void)
{
  MatineeModel *model = g_new0 (MatineeModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  matinee_params_init (&model->params, 2);
  model->params.n_factors = (guint) n_factors;
  model->factors = matinee_factors_new ((guint32) n_users, (guint32) n_movies, (guint) n_factors, NULL);
  fill (model->factors->user_factors, (guint32) n_users, model->factors->stride, 1);
  fill (model->factors->movie_factors, (guint32) n_movies, model->factors->stride, 2);
  model->users = sample_ids ((guint32) n_users, 1);
  model->movies = sample_ids ((guint32) n_movies, 1);
  model->low = 0.5f;
  model->high = 5;
  model->trace = matinee_trace_new ();
  model->reason = MATINEE_CONVERGED;
  return model;
}

/* Reads a file and writes it to another, bringing it to disk. */
static double
copy (const char *from, const char *to)
{
  gint64 begin = g_get_monotonic_time ();
  int in = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  int out = g_open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_autofree char *block = g_malloc (1 << 20);
  gssize n;

  g_assert_true (in >= 0 && out >= 0);
  while ((n = read (in, block, 1 << 20)) > 0)
    g_assert_cmpint (write (out, block, (gsize) n), ==, n);
  g_assert_cmpint (fsync (out), ==, 0);
  close (in);
  close (out);
  return seconds_since (begin);
}

static double
read_all (const char *path)
{
  gint64 begin = g_get_monotonic_time ();
  int in = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autofree char *block = g_malloc (1 << 20);

  while (read (in, block, 1 << 20) > 0)
    ;
  close (in);
  return seconds_since (begin);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeModel) model = NULL;
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (MatineeDataset) dataset = NULL;
  double best[5] = { 1e9, 1e9, 1e9, 1e9, 1e9 };
  g_autoptr (MatineePool) pool = matinee_pool_new (2);
  g_autofree char *path = NULL, *other = NULL;
  char *room = NULL;
  GStatBuf known;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  room = folder == NULL ? sample_room_new () : NULL;
  path = g_build_filename (folder != NULL ? folder : room, "model.npz", NULL);
  other = g_build_filename (folder != NULL ? folder : room, "copy.npz", NULL);
  model = make_model ();
  titles = make_titles ();
  ratings = make_ratings (model->users, model->movies);
  dataset = matinee_dataset_new (ratings, titles, NULL);
  for (int round = 0; round < n_rounds; round++)
    {
      const MatineeModelFile content = { .model = model, .dataset = dataset, .has_ratings = with_ratings };
      gint64 begin = g_get_monotonic_time ();

      g_assert_true (matinee_model_file_save (&content, path, NULL, &error));
      best[0] = MIN (best[0], seconds_since (begin));
      best[1] = MIN (best[1], copy (path, other));
      begin = g_get_monotonic_time ();
      matinee_model_file_free (matinee_model_file_open (path, 0, NULL, NULL, &error));
      g_assert_no_error (error);
      best[2] = MIN (best[2], seconds_since (begin));
      best[3] = MIN (best[3], read_all (path));
      begin = g_get_monotonic_time ();
      g_assert_true (matinee_fingerprint_ratings (ratings, pool, NULL, &(MatineeFingerprint){ 0 }, NULL));
      best[4] = MIN (best[4], seconds_since (begin));
    }
  g_stat (path, &known);
  g_print ("%.1f MB: saving %.3f s (copying %.3f s), opening %.3f s (reading %.3f s)\n", (double) known.st_size / 1e6,
           best[0], best[1], best[2], best[3]);
  if (with_ratings)
    g_print ("fingerprint of %" G_GSIZE_FORMAT " ratings, 2 threads: %.3f s\n", matinee_ratings_get_n (ratings),
             best[4]);
  g_remove (path);
  g_remove (other);
  if (room != NULL)
    sample_room_free (room);
  return 0;
}
