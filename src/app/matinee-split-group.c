/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-split-group"

#include "config.h"

#include "matinee-split-group.h"

#include <glib/gi18n.h>

#include "matinee-split.h"

/**
 * MatineeSplitGroup:
 *
 * How the ratings are split in those to learn from and those to test with, and what
 * came of it at the last training.
 */
struct _MatineeSplitGroup
{
  AdwPreferencesGroup parent_instance;

  GtkLabel *counts;
  MatineeParamRow *test_share;
  MatineeParamRow *seed;

  MatineeSession *session;
};

G_DEFINE_FINAL_TYPE (MatineeSplitGroup, matinee_split_group, ADW_TYPE_PREFERENCES_GROUP)

static void
append_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

/* Users, movies and test ratings of which the training knows nothing. */
static void
append_cold (GString *text, const MatineeSplit *split)
{
  if (split->n_cold_users > 0)
    append_line (text, g_strdup_printf (ngettext ("%'u user has no rating to train",
                                                  "%'u users have no rating to train", split->n_cold_users),
                                        split->n_cold_users));
  if (split->n_cold_movies > 0)
    append_line (text, g_strdup_printf (ngettext ("%'u movie has no rating to train",
                                                  "%'u movies have no rating to train", split->n_cold_movies),
                                        split->n_cold_movies));
  if (split->n_cold_test > 0)
    append_line (
        text, g_strdup_printf (ngettext ("%'zu test rating is predicted from what else is known",
                                         "%'zu test ratings are predicted from what else is known", split->n_cold_test),
                               split->n_cold_test));
}

static void
split_changed_cb (MatineeSplitGroup *self)
{
  const MatineeSplit *split = matinee_session_get_split (self->session);
  g_autoptr (GString) text = g_string_new (NULL);

  if (split != NULL)
    {
      g_string_append_printf (text, _ ("%'zu ratings to train, %'zu to test"), split->train_by_user->n_entries,
                              split->test_by_user->n_entries);
      append_cold (text, split);
    }
  gtk_label_set_text (self->counts, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), split != NULL);
}

static void
matinee_split_group_dispose (GObject *object)
{
  MatineeSplitGroup *self = MATINEE_SPLIT_GROUP (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_SPLIT_GROUP);

  G_OBJECT_CLASS (matinee_split_group_parent_class)->dispose (object);
}

static void
matinee_split_group_class_init (MatineeSplitGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_split_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-split-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeSplitGroup, counts);
}

static void
matinee_split_group_init (MatineeSplitGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->test_share = MATINEE_PARAM_ROW (matinee_param_row_new (MATINEE_PARAM_TEST_SHARE));
  self->seed = MATINEE_PARAM_ROW (matinee_param_row_new (MATINEE_PARAM_SEED));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->test_share));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->seed));
}

/**
 * matinee_split_group_set_session:
 * @self: a group
 * @session: the session whose split it shows; set once
 */
void
matinee_split_group_set_session (MatineeSplitGroup *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_SPLIT_GROUP (self) && self->session == NULL);

  self->session = g_object_ref (session);
  matinee_param_row_bind (self->test_share, session);
  matinee_param_row_bind (self->seed, session);
  g_signal_connect_object (session, "split-changed", G_CALLBACK (split_changed_cb), self, G_CONNECT_SWAPPED);
  split_changed_cb (self);
}

/**
 * matinee_split_group_get_row:
 * @self: a group
 * @id: a parameter
 *
 * Returns: (transfer none) (nullable): its row, or %NULL when it is in another group
 */
MatineeParamRow *
matinee_split_group_get_row (MatineeSplitGroup *self, MatineeParamId id)
{
  switch (id)
    {
    case MATINEE_PARAM_TEST_SHARE:
      return self->test_share;
    case MATINEE_PARAM_SEED:
      return self->seed;
    default:
      return NULL;
    }
}
