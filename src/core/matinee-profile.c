/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-profile.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "matinee-memory.h"

static MatineeProfile *
profile_alloc (gsize n, GError **error)
{
  g_autoptr (MatineeProfile) profile = g_new0 (MatineeProfile, 1);

  profile->items = matinee_alloc (n, sizeof *profile->items, _ ("the ratings of a user"), error);
  return profile->items != NULL ? g_steal_pointer (&profile) : NULL;
}

static void
add_item (MatineeProfile *profile, const MatineeModel *model, MatineeProfileItem item)
{
  profile->items[profile->n++] = item;
  matinee_errors_add (item.held_out ? &profile->test : &profile->train, (double) item.rating, item.prediction,
                      (double) model->low, (double) model->high);
}

static void
find_mean (MatineeProfile *profile)
{
  double sum = 0.0;

  for (gsize j = 0; j < profile->n; j++)
    sum += (double) profile->items[j].rating;
  profile->mean = profile->n > 0 ? sum / (double) profile->n : NAN;
}

/**
 * matinee_profile_new:
 * @model: a model
 * @split: the ratings that it was trained and tested on
 * @user: a user
 * @error: return location
 *
 * Puts the prediction beside every rating of a user. O(n k).
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeProfile *
matinee_profile_new (const MatineeModel *model, const MatineeSplit *split, guint32 user, GError **error)
{
  const MatineeSparse *parts[] = { split->train_by_user, split->test_by_user };
  gsize next[2], end[2];
  MatineeProfile *profile;

  for (guint p = 0; p < 2; p++)
    {
      next[p] = parts[p]->offsets[user];
      end[p] = parts[p]->offsets[user + 1];
    }
  profile = profile_alloc (end[0] - next[0] + end[1] - next[1], error);
  if (profile == NULL)
    return NULL;
  while (next[0] < end[0] || next[1] < end[1])
    {
      gboolean held_out
          = next[0] == end[0] || (next[1] < end[1] && parts[1]->columns[next[1]] < parts[0]->columns[next[0]]);
      gsize entry = next[held_out]++;
      guint32 movie = parts[held_out]->columns[entry];

      add_item (profile, model,
                (MatineeProfileItem){ .movie = movie,
                                      .rating = matinee_sparse_value (parts[held_out], entry),
                                      .prediction = matinee_model_predict (model, user, movie),
                                      .held_out = held_out });
    }
  find_mean (profile);
  return profile;
}

/**
 * matinee_profile_new_for_person:
 * @person: a person
 * @error: return location
 *
 * The same for somebody who was folded in: none of the ratings is held out.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeProfile *
matinee_profile_new_for_person (const MatineePerson *person, GError **error)
{
  MatineeProfile *profile = profile_alloc (person->n, error);

  for (gsize j = 0; profile != NULL && j < person->n; j++)
    add_item (profile, person->model,
              (MatineeProfileItem){ .movie = person->movies[j],
                                    .rating = person->ratings[j],
                                    .prediction = matinee_person_predict (person, person->movies[j]) });
  if (profile != NULL)
    find_mean (profile);
  return profile;
}

/**
 * matinee_profile_free:
 * @profile: (nullable) (transfer full): a profile
 *
 * Frees it.
 */
void
matinee_profile_free (MatineeProfile *profile)
{
  if (profile == NULL)
    return;
  matinee_free (profile->items);
  g_free (profile);
}
