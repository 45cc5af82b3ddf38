/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-batch.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"

/*
 * Users come in groups, movies in blocks; both are transposed, users into vector
 * lanes, so that one register tile holds scores of many users for a few
 * movies. A block of scores stays in the first-level cache; it is compared with
 * what each user's worst kept movie scores, and almost nothing passes.
 */

/* Users scored together: one task's users, and those of one block of scores. */
#define GROUP ((gsize) 256)
#define BLOCK_USERS ((gsize) 64)
#define BLOCK_MOVIES ((gsize) 64)

/* Groups between two deliveries, for each thread. */
#define WAVE ((gsize) 4)

/* One group's heaps: the worst kept movie of each user is at the root. */
typedef struct
{
  MatineeScored *kept;
  guint n[GROUP];
  float least[GROUP] __attribute__ ((aligned (MATINEE_ALIGNMENT)));
} Group;

typedef struct
{
  float *users;
  float *movies;
  float *scores;
  float biases[BLOCK_MOVIES];
  guint32 candidates[BLOCK_MOVIES];
  guint32 rows[MAX (GROUP, BLOCK_MOVIES)];
} Scratch;

typedef struct
{
  const MatineeBatch *batch;
  const MatineeKernels *kernels;
  MatineeStop *stop;
  atomic_int stopped;
  guint n_top;
  gsize first_user;
  Group *groups;
  MatineeScored *kept;
  Scratch *scratch;
  float *memory;
} Work;

static guint32
user_at (const MatineeBatch *batch, gsize at)
{
  return batch->users != NULL ? batch->users[at] : (guint32) at;
}

/* Whether @a is to be kept before @b: of equal scores the lower movie. */
static gboolean
is_better (const MatineeScored *a, const MatineeScored *b)
{
  return a->score > b->score || (a->score == b->score && a->movie < b->movie);
}

static int
compare_scored (const void *a, const void *b)
{
  return is_better (a, b) ? -1 : 1;
}

static void
sift_down (MatineeScored *heap, guint n, guint at)
{
  for (;;)
    {
      guint worst = at;
      MatineeScored swap;

      for (guint child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
        if (is_better (&heap[worst], &heap[child]))
          worst = child;
      if (worst == at)
        return;
      swap = heap[at];
      heap[at] = heap[worst];
      heap[worst] = swap;
      at = worst;
    }
}

static void
keep (const Work *work, Group *group, gsize user, guint32 movie, float score)
{
  MatineeScored *heap = group->kept + user * work->n_top;
  MatineeScored scored = { movie, score };
  guint n = group->n[user];

  if (n == work->n_top)
    heap[0] = scored;
  else
    {
      heap[n++] = scored;
      group->n[user] = n;
      if (n < work->n_top)
        return;
      /* Full for the first time: only now is an order of use. */
      for (guint at = n / 2; at-- > 0;)
        sift_down (heap, n, at);
    }
  sift_down (heap, n, 0);
  group->least[user] = heap[0].score;
}

static void
keep_candidate (const Work *work, const Scratch *scratch, Group *group, gsize first_user, gsize n_users, gsize block,
                guint32 candidate)
{
  const MatineeBatch *batch = work->batch;
  guint32 movie = (guint32) (block + candidate);
  const float *scores = scratch->scores + candidate * BLOCK_USERS;

  if (batch->allowed != NULL && batch->allowed[movie] == 0)
    return;
  for (gsize u = 0; u < n_users; u++)
    if (scores[u] > group->least[first_user + u]
        && (batch->exclude == NULL
            || !matinee_sparse_contains (batch->exclude, scratch->rows[first_user + u], movie, NULL)))
      keep (work, group, first_user + u, movie, scores[u]);
}

static void
score_movies (const Work *work, Scratch *scratch, Group *group, gsize n_users, gsize block)
{
  const MatineeFactors *factors = work->batch->factors;
  gsize n_movies = MIN (BLOCK_MOVIES, factors->n_movies - block);
  gsize padded = (n_movies + 3) / 4 * 4;
  guint32 rows[BLOCK_MOVIES];

  for (gsize i = 0; i < n_movies; i++)
    rows[i] = (guint32) (block + i);
  work->kernels->gather_transposed (scratch->movies, BLOCK_USERS, factors->stride, factors->movie_factors,
                                    factors->stride, rows, n_movies);
  for (gsize i = 0; i < padded; i++)
    scratch->biases[i] = i < n_movies ? factors->movie_biases[block + i] : -INFINITY;
  for (gsize first = 0; first < n_users; first += BLOCK_USERS)
    {
      const float *users = scratch->users + first * factors->stride;
      gsize n_candidates
          = work->kernels->scores (users, BLOCK_USERS, scratch->movies, padded, BLOCK_USERS, factors->n_factors,
                                   scratch->biases, group->least + first, scratch->scores, scratch->candidates);

      for (gsize c = 0; c < n_candidates; c++)
        keep_candidate (work, scratch, group, first, MIN (BLOCK_USERS, n_users - first), block, scratch->candidates[c]);
    }
}

static void
score_group (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeBatch *batch = work->batch;
  const MatineeFactors *factors = batch->factors;
  Scratch *scratch = &work->scratch[worker];
  Group *group = &work->groups[task];
  gsize first_user = work->first_user + task * GROUP;
  gsize n_users = MIN (GROUP, batch->n_users - first_user);

  for (gsize u = 0; u < GROUP; u++)
    {
      group->n[u] = 0;
      group->least[u] = u < n_users ? -INFINITY : INFINITY;
      scratch->rows[u] = user_at (batch, MIN (first_user + u, batch->n_users - 1));
    }
  for (gsize first = 0; first < n_users; first += BLOCK_USERS)
    work->kernels->gather_transposed (scratch->users + first * factors->stride, BLOCK_USERS, factors->stride,
                                      factors->user_factors, factors->stride, scratch->rows + first, BLOCK_USERS);
  for (gsize block = 0; block < factors->n_movies; block += BLOCK_MOVIES)
    {
      if (matinee_stop_requested (work->stop))
        {
          atomic_store_explicit (&work->stopped, 1, memory_order_relaxed);
          return;
        }
      score_movies (work, scratch, group, n_users, block);
    }
  for (gsize u = 0; u < n_users; u++)
    qsort (group->kept + u * work->n_top, group->n[u], sizeof (MatineeScored), compare_scored);
}

/* Adds what is the same for all movies of a user, and delivers. */
static void
deliver (const Work *work, gsize n_users, MatineeBatchFunc func, gpointer data)
{
  const MatineeFactors *factors = work->batch->factors;

  for (gsize u = 0; u < n_users; u++)
    {
      Group *group = &work->groups[u / GROUP];
      MatineeScored *top = group->kept + u % GROUP * work->n_top;
      guint32 user = user_at (work->batch, work->first_user + u);
      guint n = group->n[u % GROUP];
      float base = (float) (factors->mean + (double) factors->user_biases[user]);

      for (guint i = 0; i < n; i++)
        top[i].score += base;
      func (user, top, n, data);
    }
}

static gboolean
alloc_work (Work *work, gsize n_groups, guint n_workers, GError **error)
{
  gsize stride = work->batch->factors->stride;
  gsize scratch_floats = GROUP * stride + BLOCK_MOVIES * stride + BLOCK_MOVIES * BLOCK_USERS;
  const char *what = _ ("the recommendations");

  work->groups = matinee_alloc (n_groups, sizeof (Group), what, error);
  if (work->groups == NULL)
    return FALSE;
  work->kept = matinee_alloc (n_groups * GROUP, work->n_top * sizeof (MatineeScored), what, error);
  if (work->kept == NULL)
    return FALSE;
  work->scratch = matinee_alloc (n_workers, sizeof (Scratch), what, error);
  if (work->scratch == NULL)
    return FALSE;
  work->memory = matinee_alloc0 (n_workers, scratch_floats * sizeof (float), what, error);
  if (work->memory == NULL)
    return FALSE;
  for (gsize i = 0; i < n_groups; i++)
    work->groups[i].kept = work->kept + i * GROUP * work->n_top;
  for (guint i = 0; i < n_workers; i++)
    {
      work->scratch[i].users = work->memory + i * scratch_floats;
      work->scratch[i].movies = work->scratch[i].users + GROUP * stride;
      work->scratch[i].scores = work->scratch[i].movies + BLOCK_MOVIES * stride;
    }
  return TRUE;
}

static gboolean
run (Work *work, gsize n_groups, MatineePool *pool, MatineeBatchFunc func, gpointer data, GError **error)
{
  gsize n_users = work->batch->n_users;

  for (work->first_user = 0; work->first_user < n_users; work->first_user += n_groups * GROUP)
    {
      gsize n = MIN (n_groups * GROUP, n_users - work->first_user);

      if (!matinee_pool_run (pool, (n + GROUP - 1) / GROUP, score_group, work, work->stop)
          || atomic_load (&work->stopped) != 0)
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      deliver (work, n, func, data);
    }
  return TRUE;
}

/**
 * matinee_batch_top_n:
 * @batch: for whom and from what
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @func: (scope call): takes each user's movies
 * @data: (closure): for @func
 * @error: return location
 *
 * Finds the N movies with the highest predicted rating for many users, in
 * float32. Of equal scores the movie with the lower number is kept and comes
 * first. What a user gets doesn't depend on the other users or on the number
 * of threads. O(users · movies · k); memory O(threads · (k + N)).
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_MEMORY or
 *   %MATINEE_ERROR_CANCELLED; users before that were delivered
 */
gboolean
matinee_batch_top_n (const MatineeBatch *batch, MatineePool *pool, MatineeStop *stop, MatineeBatchFunc func,
                     gpointer data, GError **error)
{
  Work work = { .batch = batch, .stop = stop };
  guint n_workers = matinee_pool_get_n_threads (pool);
  gsize n_groups = MIN ((batch->n_users + GROUP - 1) / GROUP, n_workers * WAVE);
  gboolean done;

  work.kernels = batch->kernels != NULL ? batch->kernels : matinee_kernels_best ();
  work.n_top = MIN (batch->n_top, batch->factors->n_movies);
  if (batch->n_users == 0)
    return TRUE;
  if (work.n_top == 0)
    {
      for (gsize u = 0; u < batch->n_users; u++)
        func (user_at (batch, u), NULL, 0, data);
      return TRUE;
    }
  done = alloc_work (&work, n_groups, n_workers, error) && run (&work, n_groups, pool, func, data, error);
  matinee_free (work.groups);
  matinee_free (work.kept);
  matinee_free (work.scratch);
  matinee_free (work.memory);
  return done;
}
