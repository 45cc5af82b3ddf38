/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-split-group"

#include "config.h"

#include "matinee-split-group.h"

#include <glib/gi18n.h>

#include "matinee-file-name.h"
#include "matinee-moment.h"
#include "matinee-split.h"

/**
 * MatineeSplitGroup:
 *
 * How the ratings are split in those to learn from and those to test with: the kind of
 * split and a row for each parameter that it uses; and what came of it at the last
 * training.
 */
struct _MatineeSplitGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *kind_row;
  GtkLabel *counts;
  GtkLabel *problem;
  AdwActionRow *test_row;                  /* owned, as are the others, also while they are not shown */
  MatineeParamRow *rows[MATINEE_N_PARAMS]; /* those that belong here */

  MatineeSession *session;
  gboolean showing;
  gboolean shown;
  MatineeSplitKind shown_kind;
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

/* When the ratings of a part were given, if that is known. */
static void
append_period (GString *text, const char *part, const MatineePeriod *period)
{
  g_autofree char *first = matinee_moment_format (period->first);
  g_autofree char *last = matinee_moment_format (period->last);

  if (!matinee_period_is_never (period))
    /* Translators: "Train: 1996-03-29 to 2015-05-31" */
    append_line (text, g_strdup_printf (_ ("%s: %s to %s"), part, first, last));
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
      append_period (text, _ ("Train"), &split->train_period);
      append_period (text, _ ("Test"), &split->test_period);
      append_cold (text, split);
      if (split->n_short_users > 0)
        append_line (text, g_strdup_printf (ngettext ("%'u user has too few ratings for that, and keeps one to train",
                                                      "%'u users have too few ratings for that, and keep one to train",
                                                      split->n_short_users),
                                            split->n_short_users));
    }
  gtk_label_set_text (self->counts, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->counts), split != NULL);
}

/* Why the split can't be made yet, or NULL. */
static char *
find_problem (MatineeSplitGroup *self)
{
  MatineeSplitKind kind = matinee_session_get_params (self->session)->split;
  const MatineeDataset *dataset = matinee_session_get_dataset (self->session);
  MatineeTestFile *test_file = matinee_session_get_test_file (self->session);

  if (dataset == NULL)
    return NULL;
  if (matinee_split_info (kind)->needs_times && dataset->ratings->times == NULL)
    return g_strdup_printf (_ ("This needs the time of each rating: %s"), dataset->ratings->no_times != NULL
                                                                              ? dataset->ratings->no_times
                                                                              : _ ("these ratings have none"));
  if (kind == MATINEE_SPLIT_GIVEN && matinee_test_file_get_file (test_file) == NULL
      && !matinee_test_file_get_loading (test_file))
    return g_strdup (_ ("Open the file of the ratings to test with"));
  return NULL;
}

static void
show_problem (MatineeSplitGroup *self)
{
  g_autofree char *problem = find_problem (self);

  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* Subtitles of rows are markup, and names of files may hold anything. */
static void
show_test_file (MatineeSplitGroup *self)
{
  MatineeTestFile *test_file = matinee_session_get_test_file (self->session);
  GFile *file = matinee_test_file_get_file (test_file);
  g_autofree char *path = file != NULL ? g_file_get_parse_name (file) : NULL;
  g_autofree char *shown = file != NULL ? matinee_file_name_dup (file) : g_strdup (C_ ("file", "None"));
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->test_row, matinee_test_file_get_loading (test_file) ? _ ("Opening…") : markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->test_row), path);
  show_problem (self);
}

static void
set_row_shown (MatineeSplitGroup *self, GtkWidget *row, gboolean shown)
{
  if (gtk_widget_get_parent (row) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  if (shown)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* Shows the rows that the split uses. The others are taken out, not hidden: screen
 * readers of this time don't see it when a row appears that was hidden from the start. */
static void
show_rows (MatineeSplitGroup *self, const MatineeParams *params)
{
  if (self->shown && self->shown_kind == params->split)
    return;
  self->shown = TRUE;
  self->shown_kind = params->split;
  set_row_shown (self, GTK_WIDGET (self->test_row), params->split == MATINEE_SPLIT_GIVEN);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (self->rows[id] != NULL)
      set_row_shown (self, GTK_WIDGET (self->rows[id]), matinee_params_uses (params, id));
}

static void
show_params (MatineeSplitGroup *self)
{
  MatineeParams params = *matinee_session_get_params (self->session);

  if (params.fold > params.folds)
    {
      params.fold = params.folds;
      matinee_session_set_params (self->session, &params);
      return;
    }
  show_rows (self, &params);
  self->showing = TRUE;
  adw_combo_row_set_selected (self->kind_row, params.split);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->kind_row), _ (matinee_split_choice (params.split)->description));
  self->showing = FALSE;
  show_problem (self);
}

static void
kind_selected_cb (MatineeSplitGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);
  const MatineeDataset *dataset;
  MatineeParams params;

  if (self->showing || self->session == NULL || selected >= MATINEE_N_SPLIT_KINDS)
    return;
  params = *matinee_session_get_params (self->session);
  params.split = selected;
  dataset = matinee_session_get_dataset (self->session);
  if (params.split == MATINEE_SPLIT_AFTER && dataset != NULL)
    matinee_split_propose_moment (dataset->ratings, &params);
  matinee_session_set_params (self->session, &params);
}

static void
matinee_split_group_dispose (GObject *object)
{
  MatineeSplitGroup *self = MATINEE_SPLIT_GROUP (object);

  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_clear_object (&self->rows[id]);
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
  gtk_widget_class_bind_template_child (widget_class, MatineeSplitGroup, kind_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeSplitGroup, counts);
  gtk_widget_class_bind_template_child (widget_class, MatineeSplitGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, MatineeSplitGroup, test_row);
}

static void
matinee_split_group_init (MatineeSplitGroup *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint kind = 0; kind < MATINEE_N_SPLIT_KINDS; kind++)
    gtk_string_list_append (kinds, _ (matinee_split_choice (kind)->title));
  self->showing = TRUE;
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (kinds));
  self->showing = FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if ((matinee_param_is_of_split (id) && id != MATINEE_PARAM_SPLIT) || id == MATINEE_PARAM_SEED)
      self->rows[id] = g_object_ref_sink (MATINEE_PARAM_ROW (matinee_param_row_new (id)));
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (kind_selected_cb), self);
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
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (self->rows[id] != NULL)
      matinee_param_row_bind (self->rows[id], session);
  g_signal_connect_object (session, "params-changed", G_CALLBACK (show_params), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (show_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (matinee_session_get_test_file (session), "changed", G_CALLBACK (show_test_file), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "split-changed", G_CALLBACK (split_changed_cb), self, G_CONNECT_SWAPPED);
  split_changed_cb (self);
  show_params (self);
  show_test_file (self);
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
  return self->rows[id];
}

/**
 * matinee_split_group_get_kind_row:
 * @self: a group
 *
 * Returns: (transfer none): where the kind of split is chosen
 */
AdwComboRow *
matinee_split_group_get_kind_row (MatineeSplitGroup *self)
{
  return self->kind_row;
}

/**
 * matinee_split_group_dup_text:
 * @self: a group
 *
 * Returns: (transfer full): what it says below its rows: what came of the last split,
 *   and why the next one can't be made
 */
char *
matinee_split_group_dup_text (MatineeSplitGroup *self)
{
  return g_strconcat (gtk_label_get_text (self->counts), "\n", gtk_label_get_text (self->problem), NULL);
}
