/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-model-group"

#include "config.h"

#include "matinee-model-group.h"

#include <glib/gi18n.h>

#include "matinee-solver.h"

/**
 * MatineeModelGroup:
 *
 * How to learn: a preset, a solver, and a row for each parameter that the solver
 * uses. What belongs to the split is in [class@SplitGroup].
 */
struct _MatineeModelGroup
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *preset_row;
  AdwComboRow *solver_row;
  MatineeParamRow *rows[MATINEE_N_PARAMS]; /* owned, also while they are not shown */
  const MatineeSolver *shown_solver;

  MatineeSession *session;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (MatineeModelGroup, matinee_model_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
belongs_to_split (MatineeParamId id)
{
  return matinee_param_is_of_split (id) || id == MATINEE_PARAM_SEED;
}

static guint
solver_index (const MatineeSolver *solver)
{
  guint n;
  const MatineeSolver *const *solvers = matinee_solvers (&n);

  for (guint i = 0; i < n; i++)
    if (solvers[i] == solver)
      return i;
  g_return_val_if_reached (0);
}

/* Shows the rows that the solver uses. The others are taken out, not hidden: screen
 * readers of this time don't see it when a row appears that was hidden from the start. */
static void
show_rows (MatineeModelGroup *self, const MatineeParams *params)
{
  if (self->shown_solver == params->solver)
    return;
  self->shown_solver = params->solver;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (self->rows[id] != NULL && gtk_widget_get_parent (GTK_WIDGET (self->rows[id])) != NULL)
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[id]));
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (self->rows[id] != NULL && matinee_params_uses (params, id))
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[id]));
}

static void
show_params (MatineeModelGroup *self)
{
  const MatineeParams *params = matinee_session_get_params (self->session);
  const MatineePreset *preset = matinee_preset_matching (params);
  guint n;
  const MatineePreset *presets = matinee_presets (&n);

  show_rows (self, params);
  self->showing = TRUE;
  adw_combo_row_set_selected (self->preset_row, preset != NULL ? (guint) (preset - presets) : n);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->preset_row),
                               preset != NULL ? _ (preset->description) : _ ("Settings of your own."));
  adw_combo_row_set_selected (self->solver_row, solver_index (params->solver));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->solver_row), _ (params->solver->description));
  self->showing = FALSE;
}

/* The seed stays: it says which split one looks at, not how to learn. */
static void
apply_preset (MatineeModelGroup *self, const MatineePreset *preset, const MatineeSolver *solver)
{
  MatineeParams params = *matinee_session_get_params (self->session);
  guint64 seed = params.seed;

  matinee_params_apply_preset (&params, preset);
  params.solver = solver;
  params.seed = seed;
  matinee_session_set_params (self->session, &params);
}

static void
preset_selected_cb (MatineeModelGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->preset_row);
  guint n;
  const MatineePreset *presets = matinee_presets (&n);

  if (self->showing || self->session == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected < n)
    apply_preset (self, &presets[selected], presets[selected].params.solver);
  else
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->preset_row), _ ("Settings of your own."));
}

/* What suits one solver can be far off for another (their penalties are not of the
 * same size), so a solver comes with the values that suit it. */
static void
solver_selected_cb (MatineeModelGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->solver_row);
  guint n;
  const MatineeSolver *const *solvers = matinee_solvers (&n);

  if (self->showing || self->session == NULL || selected >= n)
    return;
  if (solvers[selected] != matinee_session_get_params (self->session)->solver)
    apply_preset (self, matinee_preset_for_solver (solvers[selected]), solvers[selected]);
}

static void
fill_combos (MatineeModelGroup *self)
{
  g_autoptr (GtkStringList) preset_titles = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) solver_titles = gtk_string_list_new (NULL);
  guint n;
  const MatineePreset *presets = matinee_presets (&n);
  const MatineeSolver *const *solvers;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (preset_titles, _ (presets[i].title));
  gtk_string_list_append (preset_titles, C_ ("preset", "Custom"));
  solvers = matinee_solvers (&n);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (solver_titles, _ (solvers[i]->title));
  adw_combo_row_set_model (self->preset_row, G_LIST_MODEL (preset_titles));
  adw_combo_row_set_model (self->solver_row, G_LIST_MODEL (solver_titles));
}

static void
matinee_model_group_dispose (GObject *object)
{
  MatineeModelGroup *self = MATINEE_MODEL_GROUP (object);

  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    g_clear_object (&self->rows[id]);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_MODEL_GROUP);

  G_OBJECT_CLASS (matinee_model_group_parent_class)->dispose (object);
}

static void
matinee_model_group_class_init (MatineeModelGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_model_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-model-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeModelGroup, preset_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeModelGroup, solver_row);
}

static void
matinee_model_group_init (MatineeModelGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->showing = TRUE;
  fill_combos (self);
  self->showing = FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (!belongs_to_split (id))
      self->rows[id] = g_object_ref_sink (MATINEE_PARAM_ROW (matinee_param_row_new (id)));
  g_signal_connect_swapped (self->preset_row, "notify::selected", G_CALLBACK (preset_selected_cb), self);
  g_signal_connect_swapped (self->solver_row, "notify::selected", G_CALLBACK (solver_selected_cb), self);
}

/**
 * matinee_model_group_set_session:
 * @self: a group
 * @session: the session whose parameters it shows; set once
 */
void
matinee_model_group_set_session (MatineeModelGroup *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_MODEL_GROUP (self) && self->session == NULL);

  self->session = g_object_ref (session);
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (self->rows[id] != NULL)
      matinee_param_row_bind (self->rows[id], session);
  g_signal_connect_object (session, "params-changed", G_CALLBACK (show_params), self, G_CONNECT_SWAPPED);
  show_params (self);
}

/**
 * matinee_model_group_get_row:
 * @self: a group
 * @id: a parameter
 *
 * Returns: (transfer none) (nullable): its row, or %NULL when it is in another group
 */
MatineeParamRow *
matinee_model_group_get_row (MatineeModelGroup *self, MatineeParamId id)
{
  return self->rows[id];
}
