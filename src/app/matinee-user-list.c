/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-user-list"

#include "config.h"

#include "matinee-user-list.h"

#include <string.h>

#include "matinee-ids.h"
#include "matinee-user.h"

/* Integers of 1 to 19 digits, and one run for the prefix "-" itself. */
#define MAX_RUNS 20

/**
 * MatineeUserList:
 *
 * The users of a data set whose ids begin with a prefix, as a list model of
 * [class@User]. Ids are sorted, so those that match are a few runs of neighbours:
 * one run for texts; for numbers one for each number of digits (12, 120 … 129,
 * 1200 … 1299, …). Nothing is made for a user who is not shown, and setting a prefix
 * takes O(log users).
 */
struct _MatineeUserList
{
  GObject parent_instance;

  MatineeDataset *dataset;
  char *prefix;
  guint n_runs;
  struct
  {
    guint32 first;
    guint32 length;
  } runs[MAX_RUNS];
  guint n_items;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MatineeUserList, matinee_user_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
add_run (MatineeUserList *self, guint32 first, guint32 end)
{
  if (end <= first)
    return;
  g_return_if_fail (self->n_runs < MAX_RUNS);
  self->runs[self->n_runs].first = first;
  self->runs[self->n_runs].length = end - first;
  self->n_runs++;
  self->n_items += end - first;
}

/* The index of the first id ≥ @value. */
static guint32
lower_bound_integer (const MatineeIds *ids, gint64 value)
{
  guint32 low = 0;
  guint32 high = matinee_ids_get_n (ids);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (matinee_ids_get_integer (ids, middle) < value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Adds the users whose ids are @low … @high. */
static void
add_interval (MatineeUserList *self, const MatineeIds *ids, gint64 low, gint64 high)
{
  guint32 end = high == G_MAXINT64 ? matinee_ids_get_n (ids) : lower_bound_integer (ids, high + 1);

  add_run (self, lower_bound_integer (ids, low), end);
}

/* Adds the users whose ids have 0, 1, 2, … more digits than @digits. */
static void
add_integers (MatineeUserList *self, const MatineeIds *ids, const char *digits, gboolean negative)
{
  guint64 limit = negative ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64;
  guint64 low;
  guint64 width = 1;

  /* Ids are in their usual form, so nothing but 0 itself begins with 0. */
  if (strlen (digits) > 19 || strspn (digits, "0123456789") != strlen (digits))
    return;
  low = g_ascii_strtoull (digits, NULL, 10);
  if (*digits == '0' && digits[1] != '\0')
    return;
  if (low == 0)
    {
      if (!negative)
        add_interval (self, ids, 0, 0);
      return;
    }
  while (low <= limit)
    {
      guint64 high = MIN (low + (width - 1), limit);

      if (negative)
        add_interval (self, ids, (gint64) (0 - high), (gint64) (0 - low));
      else
        add_interval (self, ids, (gint64) low, (gint64) high);
      if (low > limit / 10)
        break;
      low *= 10;
      width *= 10;
    }
}

/* Compares the first bytes of an id with a prefix: 0 means that it begins with it. */
static int
compare_prefix (const MatineeIds *ids, guint32 index, const char *prefix)
{
  char buffer[MATINEE_ID_BUFFER];

  return strncmp (matinee_ids_format (ids, index, buffer), prefix, strlen (prefix));
}

/* The index of the first id whose first bytes are ≥ @prefix, or > @prefix. */
static guint32
bound_text (const MatineeIds *ids, const char *prefix, gboolean beyond)
{
  guint32 low = 0;
  guint32 high = matinee_ids_get_n (ids);

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = compare_prefix (ids, middle, prefix);

      if (order < 0 || (beyond && order == 0))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
find_runs (MatineeUserList *self)
{
  const MatineeIds *ids;

  self->n_runs = 0;
  self->n_items = 0;
  if (self->dataset == NULL)
    return;
  ids = self->dataset->ratings->users;
  if (*self->prefix == '\0')
    add_run (self, 0, matinee_ids_get_n (ids));
  else if (matinee_ids_get_kind (ids) == MATINEE_IDS_TEXT)
    add_run (self, bound_text (ids, self->prefix, FALSE), bound_text (ids, self->prefix, TRUE));
  else if (g_str_equal (self->prefix, "-"))
    add_interval (self, ids, G_MININT64, -1);
  else
    add_integers (self, ids, self->prefix + (*self->prefix == '-'), *self->prefix == '-');
}

static void
refill (MatineeUserList *self)
{
  guint n_before = self->n_items;

  find_runs (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->n_items);
}

static GType
get_item_type (GListModel *model)
{
  return MATINEE_TYPE_USER;
}

static guint
get_n_items (GListModel *model)
{
  return MATINEE_USER_LIST (model)->n_items;
}

static gpointer
get_item (GListModel *model, guint position)
{
  MatineeUserList *self = MATINEE_USER_LIST (model);

  for (guint i = 0; i < self->n_runs; i++)
    {
      if (position < self->runs[i].length)
        return matinee_user_new (self->dataset, self->runs[i].first + position);
      position -= self->runs[i].length;
    }
  return NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
matinee_user_list_finalize (GObject *object)
{
  MatineeUserList *self = MATINEE_USER_LIST (object);

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->prefix, g_free);

  G_OBJECT_CLASS (matinee_user_list_parent_class)->finalize (object);
}

static void
matinee_user_list_class_init (MatineeUserListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_user_list_finalize;
}

static void
matinee_user_list_init (MatineeUserList *self)
{
  self->prefix = g_strdup ("");
}

/**
 * matinee_user_list_new:
 *
 * Returns: (transfer full): an empty list
 */
MatineeUserList *
matinee_user_list_new (void)
{
  return g_object_new (MATINEE_TYPE_USER_LIST, NULL);
}

/**
 * matinee_user_list_set_dataset:
 * @self: a list
 * @dataset: (nullable): the data whose users to list; referenced
 *
 * Lists the users of @dataset, all of them: the prefix is cleared.
 */
void
matinee_user_list_set_dataset (MatineeUserList *self, MatineeDataset *dataset)
{
  g_return_if_fail (MATINEE_IS_USER_LIST (self));

  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  if (dataset != NULL)
    self->dataset = matinee_dataset_ref (dataset);
  g_free (self->prefix);
  self->prefix = g_strdup ("");
  refill (self);
}

/**
 * matinee_user_list_set_prefix:
 * @self: a list
 * @prefix: what the ids are to begin with; spaces around it don't count
 *
 * Lists only users whose ids begin with @prefix. O(log users).
 */
void
matinee_user_list_set_prefix (MatineeUserList *self, const char *prefix)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (MATINEE_IS_USER_LIST (self));

  stripped = g_strstrip (g_strdup (prefix));
  if (g_str_equal (stripped, self->prefix))
    return;
  g_free (self->prefix);
  self->prefix = g_steal_pointer (&stripped);
  refill (self);
}

const char *
matinee_user_list_get_prefix (MatineeUserList *self)
{
  return self->prefix;
}

/**
 * matinee_user_list_find:
 * @self: a list
 * @user: index of a user in the data
 * @position: (out): where the list has that user
 *
 * Returns: whether the list has that user
 */
gboolean
matinee_user_list_find (MatineeUserList *self, guint32 user, guint *position)
{
  guint before = 0;

  g_return_val_if_fail (MATINEE_IS_USER_LIST (self), FALSE);

  for (guint i = 0; i < self->n_runs; i++)
    {
      if (user >= self->runs[i].first && user - self->runs[i].first < self->runs[i].length)
        {
          *position = before + (user - self->runs[i].first);
          return TRUE;
        }
      before += self->runs[i].length;
    }
  return FALSE;
}
