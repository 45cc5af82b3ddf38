/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Measures the solver's parts as ratios to this machine's sgemm, in one run.
 * For developers; people use matinee-cli bench.
 */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "matinee-batch.h"
#include "matinee-cg.h"
#include "matinee-evaluate.h"
#include "matinee-exact.h"
#include "matinee-kernels.h"
#include "matinee-yardstick.h"
#include "synthetic.h"

static int users = 162541;
static int movies = 59047;
static int ratings = 25000000;
static int factors_option = 64;
static int threads = 2;
static int repetitions = 3;
static char *kernels_name;

static const GOptionEntry entries[] = {
  { "users", 0, 0, G_OPTION_ARG_INT, &users, "Users", "N" },
  { "movies", 0, 0, G_OPTION_ARG_INT, &movies, "Movies", "N" },
  { "ratings", 0, 0, G_OPTION_ARG_INT, &ratings, "Ratings, about", "N" },
  { "factors", 0, 0, G_OPTION_ARG_INT, &factors_option, "Factors", "K" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &threads, "Threads", "N" },
  { "repetitions", 0, 0, G_OPTION_ARG_INT, &repetitions, "Take the best of so many", "N" },
  { "kernels", 0, 0, G_OPTION_ARG_STRING, &kernels_name, "Instruction set", "NAME" },
  { NULL },
};

typedef struct
{
  Synthetic *data;
  MatineeFactors *factors;
  const MatineeKernels *kernels;
  MatineePool *pool;
  double sgemm;
} Bench;

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) * 1e-6;
}

static void
check (gboolean done, GError *error)
{
  if (done && error == NULL)
    return;
  fprintf (stderr, "bench-kernels: %s\n", error != NULL ? error->message : "stopped");
  exit (1);
}

static MatineeHalfStep
make_step (const Bench *bench, MatineeSide side)
{
  MatineeHalfStep step = { .ratings = side == MATINEE_USERS ? bench->data->by_user : bench->data->by_movie,
                           .factors = bench->factors,
                           .side = side,
                           .regularization = 1.4,
                           .bias_regularization = 0.5,
                           .count_exponent = 0.5,
                           .kernels = bench->kernels };

  return step;
}

/* Work of the textbook method, both half-steps: what shortcuts save still
 * counts, so that a ratio compares time for the same result. */
static double
textbook_flops (const Bench *bench)
{
  double k = bench->factors->n_factors;

  return 2.0 * (double) bench->data->by_user->n_entries * (k + 1) * (k + 2)
         + ((double) bench->factors->n_users + bench->factors->n_movies) * k * k * k / 3.0;
}

static double
bench_exact (const Bench *bench)
{
  double best[2] = { 1e9, 1e9 };
  double total, rate;

  for (int i = 0; i < repetitions; i++)
    for (int side = 0; side < 2; side++)
      {
        MatineeHalfStep step = make_step (bench, side == 0 ? MATINEE_USERS : MATINEE_MOVIES);
        g_autoptr (GError) error = NULL;
        gint64 start = g_get_monotonic_time ();
        gboolean done = matinee_exact_half_step (&step, bench->pool, NULL, &error);

        check (done, error);
        best[side] = MIN (best[side], seconds_since (start));
      }
  total = best[0] + best[1];
  rate = textbook_flops (bench) / total;
  printf ("exact      users %.3f s, movies %.3f s, both %.3f s: %.1f Gflop/s, %.3f of sgemm\n", best[0], best[1], total,
          rate * 1e-9, rate / bench->sgemm);
  return total;
}

static double
time_cg (const Bench *bench)
{
  double best = 1e9;

  for (int i = 0; i < repetitions; i++)
    {
      gint64 start = g_get_monotonic_time ();

      for (int side = 0; side < 2; side++)
        {
          MatineeHalfStep step = make_step (bench, side == 0 ? MATINEE_USERS : MATINEE_MOVIES);
          g_autoptr (GError) error = NULL;
          gboolean done = matinee_cg_half_step (&step, MATINEE_CG_DEFAULT_INNER, bench->pool, NULL, &error);

          check (done, error);
        }
      best = MIN (best, seconds_since (start));
    }
  return best;
}

static void
bench_cg (const Bench *bench, double exact)
{
  double cg = time_cg (bench);

  printf ("cg         both %.3f s with %d inner steps: %.2f times faster than exact\n", cg, MATINEE_CG_DEFAULT_INNER,
          exact / cg);
}

static void
count_movies (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
  *(gsize *) data += n;
}

static void
bench_batch (const Bench *bench)
{
  MatineeBatch batch = { .factors = bench->factors,
                         .n_users = MIN (bench->factors->n_users, 20000),
                         .n_top = 10,
                         .exclude = bench->data->by_user,
                         .kernels = bench->kernels };
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  gsize n = 0;
  gboolean done = matinee_batch_top_n (&batch, bench->pool, NULL, count_movies, &n, &error);
  double rate;

  check (done, error);
  rate = 2.0 * (double) batch.n_users * bench->factors->n_movies * bench->factors->n_factors / seconds_since (start);
  printf ("batch      top 10 of %u movies for %" G_GSIZE_FORMAT " users in %.3f s: %.3f of sgemm\n",
          bench->factors->n_movies, batch.n_users, seconds_since (start), rate / bench->sgemm);
}

static void
bench_evaluate (const Bench *bench)
{
  double best = 1e9;
  MatineeErrors errors;

  for (int i = 0; i < repetitions; i++)
    {
      gint64 start = g_get_monotonic_time ();

      matinee_evaluate (bench->factors, bench->data->by_user, 0.5, 5.0, bench->pool, NULL, &errors);
      best = MIN (best, seconds_since (start));
    }
  printf ("evaluate   %.3f s, RMSE %.4f\n", best, matinee_errors_rmse (&errors));
}

static void
print_shape (const Bench *bench)
{
  gsize most = 0;
  gsize few[2] = { 0 };

  for (guint32 i = 0; i < bench->data->by_movie->n_rows; i++)
    {
      most = MAX (most, matinee_sparse_row_length (bench->data->by_movie, i));
      few[1] += matinee_sparse_row_length (bench->data->by_movie, i) < bench->factors->n_factors;
    }
  for (guint32 u = 0; u < bench->data->by_user->n_rows; u++)
    few[0] += matinee_sparse_row_length (bench->data->by_user, u) < bench->factors->n_factors;
  printf ("data       %" G_GSIZE_FORMAT " ratings; fewer than k: %" G_GSIZE_FORMAT " users, %" G_GSIZE_FORMAT
          " movies; longest movie %" G_GSIZE_FORMAT "\n",
          bench->data->by_user->n_entries, few[0], few[1], most);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };
  double fma, copy, exact;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  check (g_option_context_parse (context, &argc, &argv, &error), error);
  bench.kernels = kernels_name != NULL ? matinee_kernels_by_name (kernels_name) : matinee_kernels_best ();
  if (bench.kernels == NULL)
    {
      fprintf (stderr, "bench-kernels: no kernels called %s here\n", kernels_name);
      return 2;
    }
  bench.pool = matinee_pool_new ((guint) threads);
  bench.sgemm = matinee_yardstick_sgemm ((guint) threads, 1.0, &error);
  check (TRUE, error);
  fma = matinee_yardstick_fma (bench.kernels, bench.pool);
  copy = matinee_yardstick_copy (bench.pool, 256 << 20, &error);
  check (TRUE, error);
  printf ("machine    %d threads: sgemm %.1f Gflop/s, %s FMA loop %.1f Gflop/s, copy %.1f GB/s\n", threads,
          bench.sgemm * 1e-9, bench.kernels->name, fma * 1e-9, copy * 1e-9);
  bench.data = synthetic_from_shape ((guint32) users, (guint32) movies, (gsize) ratings, 1);
  bench.factors = synthetic_factors ((guint32) users, (guint32) movies, (guint) factors_option, 0.1, 2);
  print_shape (&bench);
  exact = bench_exact (&bench);
  bench_cg (&bench, exact);
  bench_batch (&bench);
  bench_evaluate (&bench);
  matinee_pool_free (bench.pool);
  matinee_factors_free (bench.factors);
  synthetic_free (bench.data);
  return 0;
}
