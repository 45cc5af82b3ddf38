/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

/**
 * MatineeRanker:
 * @MATINEE_RANKER_MODEL: the highest predictions of the model
 * @MATINEE_RANKER_POPULAR: the films with most training ratings, the same for all
 * @MATINEE_RANKER_BIAS: the highest biases of a model without factors, the same for all
 *
 * Who makes the lists that are judged: the model, and two baselines.
 */
typedef enum
{
  MATINEE_RANKER_MODEL,
  MATINEE_RANKER_POPULAR,
  MATINEE_RANKER_BIAS
} MatineeRanker;

#define MATINEE_N_RANKERS (MATINEE_RANKER_BIAS + 1)

/**
 * MatineeRankingOptions:
 * @n: N, the length of the lists, ≥ 1
 * @threshold: a held-out rating of at least this makes a film relevant
 * @max_users: judge so many users, drawn at random; 0 for all
 * @seed: of that draw
 *
 * How lists are judged.
 */
typedef struct
{
  guint n;
  double threshold;
  guint32 max_users;
  guint64 seed;
} MatineeRankingOptions;

/**
 * MatineeRankingScores:
 * @precision: hits / N
 * @recall: hits / relevant films
 * @ndcg: Σ_hits 1 / log₂ (rank + 1), divided by what the best list would have
 * @average_precision: Σ_hits (hits so far / rank) / min (N, relevant films)
 * @reciprocal_rank: 1 / rank of the first hit, or 0 without one
 * @hit: 1 with at least one hit, else 0
 *
 * How good one list is, each 0 … 1.
 */
typedef struct
{
  double precision;
  double recall;
  double ndcg;
  double average_precision;
  double reciprocal_rank;
  double hit;
} MatineeRankingScores;

/**
 * MatineeRanking:
 * @n: N
 * @threshold: what made a film relevant
 * @n_users: users judged
 * @n_eligible: users with a relevant held-out film: all that could be judged
 * @n_left_out: users with held-out ratings, but none that is relevant
 * @mean: means of the scores over the users judged, which makes MAP of the average
 *   precision, MRR of the reciprocal rank and the hit rate; not numbers without users
 * @coverage: share of all films that are in at least one list
 * @popularity: mean number of training ratings of the films listed
 * @novelty: mean of −log₂ ((n_i + 1) / (users + 1)) of the films listed, in bits
 *
 * How good the lists of a ranker are. docs/ranking-metrics.md has the definitions.
 */
typedef struct
{
  guint n;
  double threshold;
  guint32 n_users;
  guint32 n_eligible;
  guint32 n_left_out;
  MatineeRankingScores mean;
  double coverage;
  double popularity;
  double novelty;
} MatineeRanking;

void matinee_ranking_options_init (MatineeRankingOptions *options, double low, double high);
void matinee_ranking_score_list (const guint32 *list, guint n_list, const guint32 *relevant, gsize n_relevant, guint n,
                                 MatineeRankingScores *scores);
gboolean matinee_ranking_evaluate (const MatineeModel *model, const MatineeSplit *split, MatineeRanker ranker,
                                   const MatineeRankingOptions *options, MatineePool *pool, MatineeStop *stop,
                                   MatineeRanking *ranking, GError **error);

G_END_DECLS
