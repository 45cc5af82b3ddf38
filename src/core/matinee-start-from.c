/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-start-from.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-ids.h"
#include "matinee-solver.h"

/**
 * Side:
 * @side: which of the two
 * @known: ids of the model
 * @ids: ids of the data
 * @from: (array known*stride): rows of the model
 * @from_biases: (array known): its biases
 * @to: (array ids*stride): rows to begin with
 * @to_biases: (array ids): biases to begin with
 * @shift: is added to the biases
 *
 * The users or the movies of a model on their way into another.
 */
typedef struct
{
  MatineeSide side;
  const MatineeIds *known;
  const MatineeIds *ids;
  const float *from;
  const float *from_biases;
  float *to;
  float *to_biases;
  double shift;
} Side;

static guint32
carry_over (const Side *side, const MatineeFactors *factors)
{
  gsize stride = factors->stride;
  guint32 n = 0;

  for (guint32 i = 0; i < matinee_ids_get_n (side->ids); i++)
    {
      char buffer[MATINEE_ID_BUFFER];
      guint32 row;

      if (!matinee_ids_find (side->known, matinee_ids_format (side->ids, i, buffer), &row)
          || !matinee_factors_is_learnt (factors, side->side, row))
        continue;
      memcpy (side->to + i * stride, side->from + row * stride, stride * sizeof (float));
      side->to_biases[i] = (float) ((double) side->from_biases[row] + side->shift);
      n++;
    }
  return n;
}

/**
 * matinee_start_from_check:
 * @params: what is to be done next
 * @model: a model
 * @error: return location
 *
 * Checks that a training can begin with a model, before any data are read.
 *
 * Returns: %FALSE with %MATINEE_ERROR_DATA when it has another k
 */
gboolean
matinee_start_from_check (const MatineeParams *params, const MatineeModel *model, GError **error)
{
  guint n_factors = model->factors->n_factors;

  if (params->n_factors == n_factors)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("The model to start from has %u factors, and %u were asked for: train with %u, or without the model"),
               n_factors, params->n_factors, n_factors);
  return FALSE;
}

/**
 * matinee_start_from_model:
 * @model: a model
 * @params: what is to be done next; its k must be that of @model
 * @split: the ratings to be learnt from
 * @users: ids of the users of @split
 * @movies: ids of its movies
 * @pool: threads
 * @match: (out caller-allocates): how much of @model was taken over
 * @error: return location
 *
 * Makes the factors that matinee_trainer_new() is to begin with, so that a
 * training goes on from where @model ended. Users and movies are matched by their
 * ids; those that @model has learnt nothing of begin as in a fresh start with
 * @params. The mean is that of a fresh start too, and the biases of the users
 * take up the difference, so that predictions stay what they were. With the data
 * and parameters of @model nothing changes, and the training goes on as if it had
 * never ended.
 * O((users + movies) × (k + log ids)).
 *
 * Returns: (transfer full) (nullable): the factors; or %NULL with
 *   %MATINEE_ERROR_DATA (another k) or %MATINEE_ERROR_MEMORY
 */
MatineeFactors *
matinee_start_from_model (const MatineeModel *model, const MatineeParams *params, MatineeSplit *split,
                          const MatineeIds *users, const MatineeIds *movies, MatineePool *pool,
                          MatineeStartMatch *match, GError **error)
{
  const MatineeFactors *from = model->factors;
  g_autoptr (MatineeFactors) to = NULL;
  MatineeSolverRun run = { .params = params, .split = split, .pool = pool };

  if (!matinee_start_from_check (params, model, error))
    return NULL;
  run.factors = to
      = matinee_factors_new (split->train_by_user->n_rows, split->train_by_movie->n_rows, params->n_factors, error);
  if (to == NULL)
    return NULL;
  params->solver->prepare (&run);
  match->n_users = carry_over (&(Side){ MATINEE_USERS, model->users, users, from->user_factors, from->user_biases,
                                        to->user_factors, to->user_biases, from->mean - to->mean },
                               from);
  match->n_movies = carry_over (&(Side){ MATINEE_MOVIES, model->movies, movies, from->movie_factors, from->movie_biases,
                                         to->movie_factors, to->movie_biases, 0.0 },
                                from);
  return g_steal_pointer (&to);
}
