/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-model.h"

/**
 * matinee_model_ref:
 * @model: a model
 *
 * Returns: (transfer full): @model with one more reference
 */
MatineeModel *
matinee_model_ref (MatineeModel *model)
{
  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

/**
 * matinee_model_unref:
 * @model: (transfer full): a model
 *
 * Drops a reference; the last one frees it.
 */
void
matinee_model_unref (MatineeModel *model)
{
  if (!g_atomic_ref_count_dec (&model->ref_count))
    return;
  g_clear_pointer (&model->factors, matinee_factors_free);
  g_clear_pointer (&model->users, matinee_ids_unref);
  g_clear_pointer (&model->movies, matinee_ids_unref);
  g_clear_pointer (&model->trace, matinee_trace_free);
  g_clear_pointer (&model->split, matinee_split_unref);
  g_free (model);
}

/**
 * matinee_model_predict:
 * @model: a model
 * @user: index of a user
 * @movie: index of a movie
 *
 * Returns: r̂(u, i), not clipped. O(k)
 */
double
matinee_model_predict (const MatineeModel *model, guint32 user, guint32 movie)
{
  return matinee_factors_predict (model->factors, user, movie);
}

/**
 * matinee_model_clip:
 * @model: a model
 * @rating: a prediction
 *
 * Returns: the nearest rating on the scale of the data, as people are shown it
 */
double
matinee_model_clip (const MatineeModel *model, double rating)
{
  return CLAMP (rating, model->low, model->high);
}
