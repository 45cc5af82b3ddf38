/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-ranking.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "matinee-batch.h"
#include "matinee-bias-only.h"
#include "matinee-error.h"
#include "matinee-film-stats.h"
#include "matinee-memory.h"
#include "matinee-random.h"
#include "matinee-top-n.h"

/* The stream of random numbers that draws users, apart from those of entities. */
#define DRAW_STREAM G_GUINT64_CONSTANT (0x72616e6b)

/* Users between two looks at the stop flag. */
#define USERS_PER_LOOK 256

typedef struct
{
  const MatineeSplit *split;
  const MatineeRankingOptions *options;
  MatineeFilmStats *stats;
  MatineeRanking *ranking;
  guint32 *users;
  guint32 *list;
  guint32 *relevant;
  guint8 *listed;
  gsize n_listed;
} Work;

/**
 * matinee_ranking_options_init:
 * @options: (out caller-allocates): options
 * @low: the smallest rating of the data
 * @high: the largest
 *
 * Lists of ten, for all users. Relevant is what lies in the upper quarter of the
 * scale, in whole stars: from 4 on for 0.5 … 5 and 1 … 5, from 8 on for 1 … 10.
 */
void
matinee_ranking_options_init (MatineeRankingOptions *options, double low, double high)
{
  *options = (MatineeRankingOptions){ .n = 10, .threshold = high - 0.25 * (high - low) };
  if (high - low > 3.0)
    options->threshold = ceil (options->threshold);
}

static gboolean
is_relevant (const guint32 *relevant, gsize n, guint32 movie)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (relevant[middle] < movie)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && relevant[low] == movie;
}

/**
 * matinee_ranking_score_list:
 * @list: (array length=n_list): films, best first, none twice
 * @n_list: how many; what is missing to N counts as missed
 * @relevant: (array length=n_relevant): the films that would have been right, in
 *   ascending order
 * @n_relevant: how many; at least 1
 * @n: N; of a longer list only the first N count
 * @scores: (out caller-allocates): how good the list is
 *
 * Judges one list: nDCG after Järvelin, Kekäläinen 2002, doi:10.1145/582415.582418,
 * with gains of 0 and 1; the rest as in Herlocker, Konstan, Terveen, Riedl 2004,
 * doi:10.1145/963770.963772. O(n log n_relevant).
 */
void
matinee_ranking_score_list (const guint32 *list, guint n_list, const guint32 *relevant, gsize n_relevant, guint n,
                            MatineeRankingScores *scores)
{
  double best = 0.0;
  guint hits = 0;

  *scores = (MatineeRankingScores){ 0 };
  for (guint rank = 1; rank <= MIN (n_list, n); rank++)
    if (is_relevant (relevant, n_relevant, list[rank - 1]))
      {
        hits++;
        if (hits == 1)
          scores->reciprocal_rank = 1.0 / rank;
        scores->ndcg += 1.0 / log2 (rank + 1.0);
        scores->average_precision += (double) hits / rank;
      }
  for (guint rank = 1; rank <= MIN (n, n_relevant); rank++)
    best += 1.0 / log2 (rank + 1.0);
  scores->precision = (double) hits / n;
  scores->recall = (double) hits / (double) n_relevant;
  scores->ndcg /= best;
  scores->average_precision /= (double) MIN (n, n_relevant);
  scores->hit = hits > 0 ? 1.0 : 0.0;
}

/* The relevant films of a user, ascending. */
static gsize
find_relevant (const Work *work, guint32 user, guint32 *relevant)
{
  const MatineeSparse *test = work->split->test_by_user;
  gsize n = 0;

  for (gsize entry = test->offsets[user]; entry < test->offsets[user + 1]; entry++)
    if ((double) matinee_sparse_value (test, entry) >= work->options->threshold)
      {
        if (relevant != NULL)
          relevant[n] = test->columns[entry];
        n++;
      }
  return n;
}

static void
judge (Work *work, guint32 user, const guint32 *list, guint n_list)
{
  MatineeRankingScores *sum = &work->ranking->mean;
  double n_all = (double) work->split->train_by_user->n_rows;
  gsize n_relevant = find_relevant (work, user, work->relevant);
  MatineeRankingScores scores;

  matinee_ranking_score_list (list, n_list, work->relevant, n_relevant, work->options->n, &scores);
  sum->precision += scores.precision;
  sum->recall += scores.recall;
  sum->ndcg += scores.ndcg;
  sum->average_precision += scores.average_precision;
  sum->reciprocal_rank += scores.reciprocal_rank;
  sum->hit += scores.hit;
  for (guint i = 0; i < n_list; i++)
    {
      double count = work->stats->counts[list[i]];

      work->listed[list[i]] = 1;
      work->ranking->popularity += count;
      work->ranking->novelty -= log2 ((count + 1.0) / (n_all + 1.0));
    }
  work->n_listed += n_list;
}

/* Lists of the model, from many users at a time. */

static void
judge_scored (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
  Work *work = data;

  for (guint i = 0; i < n; i++)
    work->list[i] = top[i].movie;
  judge (work, user, work->list, n);
}

static gboolean
judge_model (Work *work, const MatineeModel *model, MatineePool *pool, MatineeStop *stop, GError **error)
{
  MatineeBatch batch = { .factors = model->factors,
                         .users = work->users,
                         .n_users = work->ranking->n_users,
                         .n_top = work->options->n,
                         .exclude = work->split->train_by_user };

  return matinee_batch_top_n (&batch, pool, stop, judge_scored, work, error);
}

/* Lists of the baselines: one order of all films, less those seen. */

static gboolean
judge_order (Work *work, const MatineeTopN *order, MatineeStop *stop, GError **error)
{
  const MatineeSparse *train = work->split->train_by_user;

  for (guint32 u = 0; u < work->ranking->n_users; u++)
    {
      guint32 user = work->users[u];
      guint n = 0;

      if (u % USERS_PER_LOOK == 0 && matinee_stop_requested (stop))
        {
          matinee_error_set_cancelled (error);
          return FALSE;
        }
      for (guint i = 0; i < order->n && n < work->options->n; i++)
        if (!matinee_sparse_contains (train, user, order->items[i].movie, NULL))
          work->list[n++] = order->items[i].movie;
      judge (work, user, work->list, n);
    }
  return TRUE;
}

static MatineeTopN *
order_by_popularity (const Work *work, GError **error)
{
  guint32 n_movies = work->stats->n_movies;
  MatineeTopN *order = matinee_top_n_new (n_movies, n_movies, error);

  for (guint32 movie = 0; order != NULL && movie < n_movies; movie++)
    matinee_top_n_offer (order, movie, (float) work->stats->counts[movie]);
  if (order != NULL)
    matinee_top_n_sort (order);
  return order;
}

/* With the λ_b and ν of the model, or those recommended if it has none. */
static MatineeTopN *
order_by_bias (const Work *work, const MatineeModel *model, MatineePool *pool, MatineeStop *stop, GError **error)
{
  guint32 n_users = work->split->train_by_user->n_rows, n_movies = work->split->train_by_user->n_columns;
  g_autoptr (MatineeTopN) order = matinee_top_n_new (n_movies, n_movies, error);
  float *biases;
  MatineePenalty penalty;
  MatineeParams params = model->params;
  gboolean good;

  if (order == NULL)
    return NULL;
  if (!matinee_solver_has_closed_form (params.solver))
    matinee_params_init (&params, 1);
  matinee_solver_get_row_penalty (&params, &penalty);
  biases = matinee_alloc ((gsize) n_users + n_movies, sizeof *biases, _ ("the measure of the lists"), error);
  if (biases == NULL)
    return NULL;
  good = matinee_bias_only_fit (work->split, &penalty, pool, stop, biases, biases + n_users, error);
  for (guint32 movie = 0; good && movie < n_movies; movie++)
    matinee_top_n_offer (order, movie, biases[n_users + movie]);
  matinee_free (biases);
  matinee_top_n_sort (order);
  return good ? g_steal_pointer (&order) : NULL;
}

typedef struct
{
  guint64 key;
  guint32 user;
} Drawn;

static int
compare_drawn (gconstpointer a, gconstpointer b)
{
  const Drawn *x = a, *y = b;

  return x->key != y->key ? (x->key > y->key) - (x->key < y->key) : (x->user > y->user) - (x->user < y->user);
}

static int
compare_users (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Keeps @n of the users: those with the smallest keys, in their old order. */
static gboolean
draw_users (Work *work, guint32 n, GError **error)
{
  guint32 n_all = work->ranking->n_eligible;
  guint64 stream = matinee_random_stream (work->options->seed, DRAW_STREAM);
  Drawn *drawn = matinee_alloc (n_all, sizeof *drawn, _ ("the measure of the lists"), error);

  if (drawn == NULL)
    return FALSE;
  for (guint32 u = 0; u < n_all; u++)
    drawn[u] = (Drawn){ matinee_random_at (stream, work->users[u]), work->users[u] };
  qsort (drawn, n_all, sizeof *drawn, compare_drawn);
  for (guint32 u = 0; u < n; u++)
    work->users[u] = drawn[u].user;
  qsort (work->users, n, sizeof *work->users, compare_users);
  matinee_free (drawn);
  return TRUE;
}

/* Finds whom to judge. */
static gboolean
choose_users (Work *work, GError **error)
{
  const MatineeSparse *test = work->split->test_by_user;
  MatineeRanking *ranking = work->ranking;
  guint32 max = work->options->max_users;

  for (guint32 user = 0; user < test->n_rows; user++)
    if (find_relevant (work, user, NULL) > 0)
      work->users[ranking->n_eligible++] = user;
    else if (matinee_sparse_row_length (test, user) > 0)
      ranking->n_left_out++;
  ranking->n_users = ranking->n_eligible;
  if (max == 0 || max >= ranking->n_eligible)
    return TRUE;
  ranking->n_users = max;
  return draw_users (work, max, error);
}

static gboolean
alloc_work (Work *work, GError **error)
{
  const MatineeSparse *test = work->split->test_by_user;
  const char *what = _ ("the measure of the lists");
  gsize longest = 0;

  for (guint32 user = 0; user < test->n_rows; user++)
    longest = MAX (longest, matinee_sparse_row_length (test, user));
  work->stats = matinee_film_stats_new (work->split->train_by_user, error);
  if (work->stats == NULL)
    return FALSE;
  work->users = matinee_alloc (test->n_rows, sizeof *work->users, what, error);
  if (work->users == NULL)
    return FALSE;
  work->list = matinee_alloc (MIN (work->options->n, test->n_columns), sizeof *work->list, what, error);
  if (work->list == NULL)
    return FALSE;
  work->relevant = matinee_alloc (longest, sizeof *work->relevant, what, error);
  if (work->relevant == NULL)
    return FALSE;
  work->listed = matinee_alloc0 (test->n_columns, sizeof *work->listed, what, error);
  return work->listed != NULL;
}

static void
take_means (Work *work)
{
  MatineeRanking *ranking = work->ranking;
  double n = ranking->n_users;
  double n_listed = (double) work->n_listed;
  guint32 n_movies = work->stats->n_movies;
  guint32 n_covered = 0;

  for (guint32 movie = 0; movie < n_movies; movie++)
    n_covered += work->listed[movie];
  /* Zero by zero is not a number, which is what without users they are. */
  ranking->mean.precision /= n;
  ranking->mean.recall /= n;
  ranking->mean.ndcg /= n;
  ranking->mean.average_precision /= n;
  ranking->mean.reciprocal_rank /= n;
  ranking->mean.hit /= n;
  ranking->coverage = n > 0.0 ? (double) n_covered / n_movies : NAN;
  ranking->popularity /= n_listed;
  ranking->novelty /= n_listed;
}

static gboolean
run (Work *work, const MatineeModel *model, MatineeRanker ranker, MatineePool *pool, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeTopN) order = NULL;

  if (!alloc_work (work, error) || !choose_users (work, error))
    return FALSE;
  if (ranker == MATINEE_RANKER_MODEL)
    return judge_model (work, model, pool, stop, error);
  order = ranker == MATINEE_RANKER_POPULAR ? order_by_popularity (work, error)
                                           : order_by_bias (work, model, pool, stop, error);
  return order != NULL && judge_order (work, order, stop, error);
}

/**
 * matinee_ranking_evaluate:
 * @model: a model
 * @split: ratings: what trained it, and what was held out
 * @ranker: who makes the lists
 * @options: how they are judged
 * @pool: (nullable): threads
 * @stop: (nullable): honoured within 50 ms
 * @ranking: (out caller-allocates): how good they are
 * @error: return location
 *
 * Judges lists by the held-out ratings. For each user with a relevant held-out
 * film, the N best of all films but those in the user's training row are listed;
 * equal scores by the film's index. Users without a relevant held-out film can't
 * be judged and are left out. The same bits for any number of threads.
 * O(users × movies × k) for the model, O(ratings + users × N) for a baseline.
 *
 * Returns: %TRUE, or %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_ranking_evaluate (const MatineeModel *model, const MatineeSplit *split, MatineeRanker ranker,
                          const MatineeRankingOptions *options, MatineePool *pool, MatineeStop *stop,
                          MatineeRanking *ranking, GError **error)
{
  Work work = { .split = split, .options = options, .ranking = ranking };
  gboolean good;

  *ranking = (MatineeRanking){ .n = options->n, .threshold = options->threshold };
  good = run (&work, model, ranker, pool, stop, error);
  if (good)
    take_means (&work);
  matinee_film_stats_free (work.stats);
  matinee_free (work.users);
  matinee_free (work.list);
  matinee_free (work.relevant);
  matinee_free (work.listed);
  return good;
}
