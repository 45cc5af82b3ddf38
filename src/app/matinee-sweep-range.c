/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-sweep-range"

#include "config.h"

#include "matinee-sweep-range.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-format.h"
#include "matinee-param-row.h"

/* As many values as can be told apart in a heat map. */
#define MAX_VALUES 100
#define USUAL_VALUES 5
/* How far a range goes from the value of the parameter, in both directions. */
#define REACH 8.0
/* Where it goes from 0, in steps of the parameter. */
#define REACH_OF_ZERO 64.0

/* As people type numbers, all digits that a double is sure of. */
#define EXACT "%.15g"

/**
 * MatineeSweepRange:
 *
 * Rows to choose a parameter and the values that it is to have in a sweep: how many
 * from where to where, by equal steps or by equal factors.
 */
struct _MatineeSweepRange
{
  AdwBin parent_instance;

  gboolean optional;
  MatineeParams params;
  MatineeParamId ids[MATINEE_N_PARAMS]; /* that can be chosen */
  guint n_ids;
  gboolean filling; /* while rows are made: nobody has changed anything */

  AdwPreferencesGroup *group;
  AdwComboRow *choice;
  MatineeParamRow *first; /* of the parameter that is chosen, or NULL */
  MatineeParamRow *last;
  GtkWidget *count_row;
  GtkSpinButton *count;
  GtkWidget *logarithmic_row;
  GtkSwitch *logarithmic;
  GtkLabel *values;
};

G_DEFINE_FINAL_TYPE (MatineeSweepRange, matinee_sweep_range, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_values (MatineeSweepRange *self, MatineeParamId id, double values[MAX_VALUES])
{
  return matinee_grid_space (id, matinee_param_row_get_value (self->first), matinee_param_row_get_value (self->last),
                             (guint) gtk_spin_button_get_value_as_int (self->count),
                             gtk_switch_get_active (self->logarithmic), values);
}

static void
show_values (MatineeSweepRange *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double values[MAX_VALUES];
  MatineeParamId id;
  guint n = 0;

  if (matinee_sweep_range_get_id (self, &id))
    {
      n = get_values (self, id, values);
      if (n == 0)
        g_string_append (text, _ ("Equal factors need a range above 0."));
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = matinee_format_value (values[i], matinee_param_info (id)->digits);

      g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", value);
    }
  gtk_label_set_text (self->values, text->str);
}

static void
changed_cb (MatineeSweepRange *self)
{
  if (self->filling)
    return;
  show_values (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static MatineeParamRow *
end_row_new (MatineeSweepRange *self, MatineeParamId id, const char *title, double value)
{
  GtkWidget *row = matinee_param_row_new (id);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (matinee_param_row_get_spin_button (MATINEE_PARAM_ROW (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  matinee_param_row_set_value (MATINEE_PARAM_ROW (row), value);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return MATINEE_PARAM_ROW (row);
}

static void
remove_rows (MatineeSweepRange *self)
{
  if (self->first == NULL)
    return;
  adw_preferences_group_remove (self->group, GTK_WIDGET (self->first));
  adw_preferences_group_remove (self->group, GTK_WIDGET (self->last));
  adw_preferences_group_remove (self->group, self->count_row);
  adw_preferences_group_remove (self->group, self->logarithmic_row);
  self->first = self->last = NULL;
}

static void
add_rows (MatineeSweepRange *self, MatineeParamId id, double first, double last, gboolean logarithmic)
{
  self->first = end_row_new (self, id, _ ("From"), first);
  self->last = end_row_new (self, id, _ ("To"), last);
  gtk_switch_set_active (self->logarithmic, logarithmic);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->first));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->last));
  adw_preferences_group_add (self->group, self->count_row);
  adw_preferences_group_add (self->group, self->logarithmic_row);
}

/* What has a lowest value other than 0, or digits after the point, is a scale rather
 * than a number of things or a share: what counts there is by how many times. */
static gboolean
is_scale (const MatineeParamInfo *info)
{
  return info->id == MATINEE_PARAM_FACTORS || (!info->whole && info->maximum > 1);
}

/* A range around the value that the parameter has. */
static void
get_usual_range (MatineeSweepRange *self, MatineeParamId id, double *first, double *last)
{
  const MatineeParamInfo *info = matinee_param_info (id);
  double value = matinee_params_get (&self->params, id);

  if (!info->whole && !is_scale (info))
    {
      *first = info->minimum;
      *last = info->maximum;
      return;
    }
  if (value <= 0)
    value = info->increment * REACH_OF_ZERO / REACH;
  *first = CLAMP (info->whole ? round (value / REACH) : value / REACH, info->minimum, info->maximum);
  *last = CLAMP (value * REACH, info->minimum, info->maximum);
}

static void
chosen_cb (MatineeSweepRange *self)
{
  MatineeParamId id;
  double first, last;

  if (self->filling)
    return;
  remove_rows (self);
  if (matinee_sweep_range_get_id (self, &id))
    {
      get_usual_range (self, id, &first, &last);
      self->filling = TRUE;
      add_rows (self, id, first, last, is_scale (matinee_param_info (id)) && first > 0);
      self->filling = FALSE;
    }
  changed_cb (self);
}

static void
matinee_sweep_range_dispose (GObject *object)
{
  MatineeSweepRange *self = MATINEE_SWEEP_RANGE (object);

  g_clear_object (&self->count_row);
  g_clear_object (&self->logarithmic_row);

  G_OBJECT_CLASS (matinee_sweep_range_parent_class)->dispose (object);
}

static void
matinee_sweep_range_class_init (MatineeSweepRangeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = matinee_sweep_range_dispose;

  /** MatineeSweepRange::changed: something else is chosen */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_SWEEP_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
row_new (const char *title, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
  return g_object_ref_sink (row);
}

static void
matinee_sweep_range_init (MatineeSweepRange *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  matinee_params_init (&self->params, 1);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->choice = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_group_add (self->group, GTK_WIDGET (self->choice));
  self->count = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (2, MAX_VALUES, 1));
  gtk_spin_button_set_value (self->count, USUAL_VALUES);
  self->count_row = row_new (_ ("Number of Values"), GTK_WIDGET (self->count));
  self->logarithmic = GTK_SWITCH (gtk_switch_new ());
  self->logarithmic_row = row_new (_ ("Equal Factors"), GTK_WIDGET (self->logarithmic));
  gtk_widget_set_tooltip_text (
      self->logarithmic_row, _ ("Each value is the one before times a factor, instead of the one before plus a step"));
  self->values = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->values, TRUE);
  gtk_label_set_xalign (self->values, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->values), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->values), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->values), "below-rows");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->values));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->count, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->logarithmic, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * matinee_sweep_range_new:
 * @title: what the parameter is called here
 * @optional: whether none may be chosen
 *
 * Returns: (transfer floating): a range; see matinee_sweep_range_set_params()
 */
GtkWidget *
matinee_sweep_range_new (const char *title, gboolean optional)
{
  MatineeSweepRange *self = g_object_new (MATINEE_TYPE_SWEEP_RANGE, NULL);

  self->optional = optional;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->choice), title);
  return GTK_WIDGET (self);
}

static guint
position_of (MatineeSweepRange *self, MatineeParamId id)
{
  for (guint i = 0; i < self->n_ids; i++)
    if (self->ids[i] == id)
      return i + (self->optional ? 1 : 0);
  return GTK_INVALID_LIST_POSITION;
}

/**
 * matinee_sweep_range_set_params:
 * @self: a range
 * @params: the parameters that the runs will share
 *
 * Offers the parameters that have an effect on them. What is chosen stays, if it can.
 */
void
matinee_sweep_range_set_params (MatineeSweepRange *self, const MatineeParams *params)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean other_solver = self->n_ids == 0 || self->params.solver != params->solver;
  MatineeParamId id = MATINEE_PARAM_REGULARIZATION;
  gboolean chosen = matinee_sweep_range_get_id (self, &id);
  guint position;

  self->params = *params;
  if (!other_solver)
    return;
  self->n_ids = 0;
  if (self->optional)
    gtk_string_list_append (names, C_ ("parameter", "None"));
  for (guint i = 0; i < MATINEE_N_PARAMS; i++)
    if (matinee_grid_can_vary (i) && matinee_params_uses (params, i))
      {
        self->ids[self->n_ids++] = i;
        gtk_string_list_append (names, _ (matinee_param_info (i)->label));
      }
  position = chosen || !self->optional ? position_of (self, id) : 0;
  self->filling = TRUE;
  adw_combo_row_set_model (self->choice, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->choice, position != GTK_INVALID_LIST_POSITION ? position : 0);
  self->filling = FALSE;
  if (!chosen || position == GTK_INVALID_LIST_POSITION)
    chosen_cb (self);
}

/**
 * matinee_sweep_range_get_id:
 * @self: a range
 * @id: (out): the parameter that is chosen
 *
 * Returns: whether one is chosen
 */
gboolean
matinee_sweep_range_get_id (MatineeSweepRange *self, MatineeParamId *id)
{
  guint selected = adw_combo_row_get_selected (self->choice);
  guint first = self->optional ? 1 : 0;

  if (selected == GTK_INVALID_LIST_POSITION || selected < first || selected - first >= self->n_ids)
    return FALSE;
  *id = self->ids[selected - first];
  return TRUE;
}

/**
 * matinee_sweep_range_add_to:
 * @self: a range
 * @grid: a grid
 *
 * Makes what is chosen a dimension of @grid, without values when there can't be any.
 */
void
matinee_sweep_range_add_to (MatineeSweepRange *self, MatineeGrid *grid)
{
  double values[MAX_VALUES];
  MatineeParamId id;

  if (matinee_sweep_range_get_id (self, &id))
    matinee_grid_add (grid, id, values, get_values (self, id, values));
}

/**
 * matinee_sweep_range_set:
 * @self: a range
 * @id: a parameter that can be chosen; ignored when it can't
 * @first: where to begin
 * @last: where to end
 * @n: how many values
 * @logarithmic: whether they differ by equal factors
 *
 * Chooses it.
 */
void
matinee_sweep_range_set (MatineeSweepRange *self, MatineeParamId id, double first, double last, guint n,
                         gboolean logarithmic)
{
  guint position = position_of (self, id);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->filling = TRUE;
  adw_combo_row_set_selected (self->choice, position);
  remove_rows (self);
  gtk_spin_button_set_value (self->count, n);
  add_rows (self, id, first, last, logarithmic);
  self->filling = FALSE;
  changed_cb (self);
}

/**
 * matinee_sweep_range_dup_text:
 * @self: a range
 *
 * Returns: (transfer full): what is chosen, as a text for matinee_sweep_range_set_text()
 */
char *
matinee_sweep_range_dup_text (MatineeSweepRange *self)
{
  char first[G_ASCII_DTOSTR_BUF_SIZE], last[G_ASCII_DTOSTR_BUF_SIZE];
  MatineeParamId id;

  if (!matinee_sweep_range_get_id (self, &id))
    return g_strdup ("none");
  g_ascii_formatd (first, sizeof first, EXACT, matinee_param_row_get_value (self->first));
  g_ascii_formatd (last, sizeof last, EXACT, matinee_param_row_get_value (self->last));
  return g_strdup_printf ("%s %s %s %d %s", matinee_param_info (id)->name, first, last,
                          gtk_spin_button_get_value_as_int (self->count),
                          gtk_switch_get_active (self->logarithmic) ? "factors" : "steps");
}

/**
 * matinee_sweep_range_set_text:
 * @self: a range
 * @text: from matinee_sweep_range_dup_text(); what can't be read changes nothing
 *
 * Chooses what was chosen then.
 */
void
matinee_sweep_range_set_text (MatineeSweepRange *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  const MatineeParamInfo *info = parts[0] != NULL ? matinee_param_info_by_name (parts[0]) : NULL;

  if (self->optional && strcmp (text, "none") == 0)
    adw_combo_row_set_selected (self->choice, 0);
  if (info == NULL || g_strv_length (parts) != 5)
    return;
  matinee_sweep_range_set (self, info->id, g_ascii_strtod (parts[1], NULL), g_ascii_strtod (parts[2], NULL),
                           (guint) CLAMP (atoi (parts[3]), 2, MAX_VALUES), strcmp (parts[4], "factors") == 0);
}
