/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-yardstick.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-memory.h"
#include "matinee-pool.h"

/* Large enough that sgemm is at its best, small enough for a second. */
#define SGEMM_ORDER 2048

/* One task of the FMA loop lasts about a millisecond. */
#define FMA_TASKS_PER_THREAD 64
#define FMA_ROUNDS 200000

#define COPY_REPETITIONS 3

static double
seconds_since (gint64 start)
{
  return (double) MAX (g_get_monotonic_time () - start, 1) * 1e-6;
}

/**
 * matinee_yardstick_sgemm:
 * @n_threads: how many threads OpenBLAS may use
 * @seconds: how long to measure
 * @error: return location
 *
 * Measures what OpenBLAS's sgemm reaches on large square matrices, the best of
 * several. Afterwards OpenBLAS is held to one thread again, as
 * matinee_pool_new() wants it. Not to be called while others use OpenBLAS.
 *
 * Returns: operations per second, multiplications and additions counted apart;
 *   or 0 with %MATINEE_ERROR_MEMORY
 */
double
matinee_yardstick_sgemm (guint n_threads, double seconds, GError **error)
{
  gsize n = SGEMM_ORDER;
  float *a = matinee_alloc (3 * n * n, sizeof (float), _ ("measuring"), error);
  gint64 start = g_get_monotonic_time ();
  double best = 0.0;

  if (a == NULL)
    return 0.0;
  for (gsize i = 0; i < 3 * n * n; i++)
    a[i] = (float) (i % 13) * 0.1f;
  openblas_set_num_threads ((int) n_threads);
  do
    {
      gint64 before = g_get_monotonic_time ();

      cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, SGEMM_ORDER, SGEMM_ORDER, SGEMM_ORDER, 1.0f, a,
                   SGEMM_ORDER, a + n * n, SGEMM_ORDER, 0.0f, a + 2 * n * n, SGEMM_ORDER);
      best = MAX (best, 2.0 * (double) (n * n * n) / seconds_since (before));
    }
  while (seconds_since (start) < seconds);
  openblas_set_num_threads (1);
  matinee_free (a);
  return best;
}

/**
 * matinee_yardstick_sgemm_name:
 *
 * Returns: (transfer none): OpenBLAS's name of the processor that it takes this one
 *   for, which decides how fast matinee_yardstick_sgemm() is
 */
const char *
matinee_yardstick_sgemm_name (void)
{
  return openblas_get_corename ();
}

typedef struct
{
  const MatineeKernels *kernels;
  float results[FMA_TASKS_PER_THREAD * MATINEE_MAX_THREADS];
} FmaWork;

static void
multiply_registers (gsize task, guint worker, gpointer data)
{
  FmaWork *work = data;

  work->results[task] = work->kernels->fma_loop (FMA_ROUNDS);
}

/**
 * matinee_yardstick_fma:
 * @kernels: (nullable): the instruction set; %NULL for the best
 * @pool: (nullable): threads
 *
 * Measures multiply-adds on registers alone: what no program can pass.
 *
 * Returns: operations per second, multiplications and additions counted apart
 */
double
matinee_yardstick_fma (const MatineeKernels *kernels, MatineePool *pool)
{
  g_autofree FmaWork *work = g_new0 (FmaWork, 1);
  gsize n_tasks = (gsize) FMA_TASKS_PER_THREAD * matinee_pool_get_n_threads (pool);
  gint64 start = g_get_monotonic_time ();

  work->kernels = kernels != NULL ? kernels : matinee_kernels_best ();
  matinee_pool_run (pool, n_tasks, multiply_registers, work, NULL);
  return (double) n_tasks * FMA_ROUNDS * work->kernels->fma_loop_flops / seconds_since (start);
}

typedef struct
{
  guint8 *from;
  guint8 *to;
  gsize part;
} CopyWork;

static void
copy_part (gsize task, guint worker, gpointer data)
{
  CopyWork *work = data;

  memcpy (work->to + task * work->part, work->from + task * work->part, work->part);
}

/**
 * matinee_yardstick_copy:
 * @pool: (nullable): threads
 * @bytes: how much to copy; larger than the caches to measure memory
 * @error: return location
 *
 * Measures memcpy() in parallel, the best of several.
 *
 * Returns: bytes copied per second, each read once and written once; or 0 with
 *   %MATINEE_ERROR_MEMORY
 */
double
matinee_yardstick_copy (MatineePool *pool, gsize bytes, GError **error)
{
  gsize n_threads = matinee_pool_get_n_threads (pool);
  CopyWork work = { .part = MAX (bytes / n_threads, 1) };
  gsize total = work.part * n_threads;
  double best = 0.0;

  work.from = matinee_alloc0 (2, total, _ ("measuring"), error);
  if (work.from == NULL)
    return 0.0;
  work.to = work.from + total;
  for (guint i = 0; i < COPY_REPETITIONS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      matinee_pool_run (pool, n_threads, copy_part, &work, NULL);
      best = MAX (best, (double) total / seconds_since (start));
    }
  matinee_free (work.from);
  return best;
}
