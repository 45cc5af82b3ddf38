/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-user"

#include "config.h"

#include "matinee-user.h"

#include <glib/gi18n.h>

#include "matinee-ratings.h"

/**
 * MatineeUser:
 *
 * One user of a data set, as an item of a list. Made when the list shows it, and
 * works out what it is asked.
 */
struct _MatineeUser
{
  GObject parent_instance;

  MatineeDataset *dataset;
  guint32 index;
};

G_DEFINE_FINAL_TYPE (MatineeUser, matinee_user, G_TYPE_OBJECT)

static void
matinee_user_finalize (GObject *object)
{
  MatineeUser *self = MATINEE_USER (object);

  g_clear_pointer (&self->dataset, matinee_dataset_unref);

  G_OBJECT_CLASS (matinee_user_parent_class)->finalize (object);
}

static void
matinee_user_class_init (MatineeUserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_user_finalize;
}

static void
matinee_user_init (MatineeUser *self)
{
}

/**
 * matinee_user_new:
 * @dataset: a data set; referenced
 * @index: index of a user in it
 *
 * Returns: (transfer full): that user
 */
MatineeUser *
matinee_user_new (MatineeDataset *dataset, guint32 index)
{
  MatineeUser *self = g_object_new (MATINEE_TYPE_USER, NULL);

  self->dataset = matinee_dataset_ref (dataset);
  self->index = index;
  return self;
}

guint32
matinee_user_get_index (MatineeUser *self)
{
  return self->index;
}

/**
 * matinee_user_dup_id:
 * @self: a user
 *
 * Returns: (transfer full): the id, as the file has it
 */
char *
matinee_user_dup_id (MatineeUser *self)
{
  char buffer[MATINEE_ID_BUFFER];

  return g_strdup (matinee_ids_format (self->dataset->ratings->users, self->index, buffer));
}

/**
 * matinee_user_dup_name:
 * @self: a user
 *
 * Returns: (transfer full): "User 2"
 */
char *
matinee_user_dup_name (MatineeUser *self)
{
  g_autofree char *id = matinee_user_dup_id (self);

  return g_strdup_printf (_ ("User %s"), id);
}

guint
matinee_user_get_n_ratings (MatineeUser *self)
{
  return (guint) matinee_sparse_row_length (self->dataset->ratings->by_user, self->index);
}

/**
 * matinee_user_get_mean:
 * @self: a user
 *
 * Returns: the mean of the user's ratings. O(ratings of the user)
 */
double
matinee_user_get_mean (MatineeUser *self)
{
  const MatineeSparse *ratings = self->dataset->ratings->by_user;
  double sum = 0;

  for (gsize i = ratings->offsets[self->index]; i < ratings->offsets[self->index + 1]; i++)
    sum += (double) matinee_sparse_value (ratings, i);
  return sum / matinee_user_get_n_ratings (self);
}

/* The rating that is better, or of two equal ones that of the movie which comes
 * first, so that the order is always the same. */
static gboolean
is_better (const MatineeSparse *ratings, gsize a, gsize b)
{
  float value_a = matinee_sparse_value (ratings, a);
  float value_b = matinee_sparse_value (ratings, b);

  return value_a > value_b || (value_a == value_b && a < b);
}

/**
 * matinee_user_dup_favorites:
 * @self: a user
 * @n: how many films at most
 *
 * Returns: (transfer full): the films that the user rated best, none of them below the
 *   user's mean, as a text. O(ratings of the user × n)
 */
char *
matinee_user_dup_favorites (MatineeUser *self, guint n)
{
  const MatineeSparse *ratings = self->dataset->ratings->by_user;
  double mean = matinee_user_get_mean (self);
  g_autofree gsize *best = g_new (gsize, n + 1);
  guint n_best = 0;
  GString *text = g_string_new (NULL);

  for (gsize i = ratings->offsets[self->index]; i < ratings->offsets[self->index + 1]; i++)
    {
      guint place = n_best;

      for (; place > 0 && is_better (ratings, i, best[place - 1]); place--)
        best[place] = best[place - 1];
      best[place] = i;
      n_best = MIN (n_best + 1, n);
    }
  for (guint i = 0; i < n_best; i++)
    {
      g_autofree char *title = matinee_dataset_dup_name (self->dataset, ratings->columns[best[i]]);

      if (i > 0 && (double) matinee_sparse_value (ratings, best[i]) < mean)
        break;
      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, title);
    }
  return g_string_free (text, FALSE);
}
