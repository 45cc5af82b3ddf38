/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-run-differences"

#include "config.h"

#include "matinee-run-differences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-format.h"
#include "matinee-run-item.h"

/**
 * MatineeRunDifferences:
 *
 * A table of what is not the same in several runs, a column for each, with what came
 * of them, and a warning when their errors can't be compared.
 */
struct _MatineeRunDifferences
{
  AdwBin parent_instance;

  GtkWidget *box;
  GtkWidget *warning;
  GtkWidget *hint;
  GtkWidget *scrolled;
  GtkWidget *grid;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (MatineeRunDifferences, matinee_run_differences, ADW_TYPE_BIN)

static GtkWidget *
label_new (const char *text, gboolean heading)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_set_tooltip_text (label, text);
  gtk_widget_add_css_class (label, heading ? "heading" : "numeric");
  return label;
}

static void
begin_row (MatineeRunDifferences *self, const char *title)
{
  gtk_grid_attach (GTK_GRID (self->grid), label_new (title, TRUE), 0, (int) self->n_rows++, 1, 1);
}

static void
add_cell (MatineeRunDifferences *self, guint column, const char *text, gboolean heading)
{
  gtk_grid_attach (GTK_GRID (self->grid), label_new (text, heading), (int) column + 1, (int) self->n_rows - 1, 1, 1);
}

static void
add_column_row (MatineeRunDifferences *self, GPtrArray *items, MatineeRunColumn column, gboolean heading)
{
  begin_row (self, matinee_run_column_title (column));
  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *text = matinee_run_item_dup_text (items->pdata[i], column);

      add_cell (self, i, text, heading);
    }
}

static void
add_param_row (MatineeRunDifferences *self, GPtrArray *items, MatineeParamId id)
{
  const MatineeParamInfo *info = matinee_param_info (id);

  begin_row (self, _ (info->label));
  for (guint i = 0; i < items->len; i++)
    {
      const MatineeRun *run = matinee_run_item_get_run (items->pdata[i]);
      gboolean used = id == MATINEE_PARAM_THREADS || matinee_params_uses (&run->params, id);
      g_autofree char *text = used ? matinee_format_param (id, matinee_params_get (&run->params, id))
                                   /* Translators: in place of a parameter that a solver doesn't use. */
                                   : g_strdup (_ ("not used"));

      add_cell (self, i, text, FALSE);
    }
}

static gboolean
texts_differ (GPtrArray *items, MatineeRunColumn column)
{
  g_autofree char *first = matinee_run_item_dup_text (items->pdata[0], column);

  for (guint i = 1; i < items->len; i++)
    {
      g_autofree char *text = matinee_run_item_dup_text (items->pdata[i], column);

      if (strcmp (first, text) != 0)
        return TRUE;
    }
  return FALSE;
}

static const char *
find_warning (const MatineeRun *const *runs, guint n)
{
  if (!matinee_runs_have_same_data (runs, n))
    return _ ("These runs are of different ratings: their errors can’t be compared.");
  if (!matinee_runs_have_same_split (runs, n))
    return _ ("These runs were tested on different ratings, as they were split differently: their errors can hardly be "
              "compared.");
  return NULL;
}

static void
clear (MatineeRunDifferences *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n_rows = 0;
}

/* Each in a box of its own: what is shown when a sibling is hidden, screen readers miss. */
static void
append (MatineeRunDifferences *self, GtkWidget *widget)
{
  GtkWidget *bin = adw_bin_new ();

  adw_bin_set_child (ADW_BIN (bin), widget);
  gtk_box_append (GTK_BOX (self->box), bin);
}

static void
matinee_run_differences_class_init (MatineeRunDifferencesClass *klass)
{
}

static void
matinee_run_differences_init (MatineeRunDifferences *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->warning = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->warning), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->warning), 0);
  gtk_widget_add_css_class (self->warning, "warning");
  gtk_widget_set_margin_bottom (self->warning, 12);
  gtk_widget_set_visible (self->warning, FALSE);
  self->hint = gtk_label_new (_ ("Tick two or more runs to see in what they differ"));
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_vexpand (self->hint, TRUE);
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Differences of the ticked runs"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->grid);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_visible (self->scrolled, FALSE);
  append (self, self->warning);
  append (self, self->hint);
  append (self, self->scrolled);
  gtk_widget_add_css_class (self->box, "row-text");
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/**
 * matinee_run_differences_show:
 * @self: a table
 * @items: (element-type MatineeRunItem): the runs to compare
 *
 * Shows in what they differ: nothing when they are less than two.
 */
void
matinee_run_differences_show (MatineeRunDifferences *self, GPtrArray *items)
{
  g_autofree const MatineeRun **runs = g_new (const MatineeRun *, items->len + 1);
  const char *warning = NULL;
  guint64 differing;

  clear (self);
  for (guint i = 0; i < items->len; i++)
    runs[i] = matinee_run_item_get_run (items->pdata[i]);
  if (items->len >= 2)
    {
      warning = find_warning (runs, items->len);
      differing = matinee_runs_get_differing_params (runs, items->len);
      add_column_row (self, items, MATINEE_RUN_COLUMN_NAME, TRUE);
      if (texts_differ (items, MATINEE_RUN_COLUMN_DATA))
        add_column_row (self, items, MATINEE_RUN_COLUMN_DATA, FALSE);
      if (texts_differ (items, MATINEE_RUN_COLUMN_SOLVER))
        add_column_row (self, items, MATINEE_RUN_COLUMN_SOLVER, FALSE);
      for (guint id = 0; id < MATINEE_N_PARAMS; id++)
        if ((differing & ((guint64) 1 << id)) != 0)
          add_param_row (self, items, id);
      add_column_row (self, items, MATINEE_RUN_COLUMN_BEST, FALSE);
      add_column_row (self, items, MATINEE_RUN_COLUMN_FINAL, FALSE);
      add_column_row (self, items, MATINEE_RUN_COLUMN_DURATION, FALSE);
    }
  gtk_label_set_text (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
  gtk_widget_set_visible (self->hint, items->len < 2);
  gtk_widget_set_visible (self->scrolled, items->len >= 2);
}

guint
matinee_run_differences_get_n_rows (MatineeRunDifferences *self)
{
  return self->n_rows;
}

/**
 * matinee_run_differences_get_text:
 * @self: a table
 * @row: from 0, the names of the runs
 * @column: from 0, what is compared
 *
 * Returns: (transfer none): what is written there
 */
const char *
matinee_run_differences_get_text (MatineeRunDifferences *self, guint row, guint column)
{
  return gtk_label_get_text (GTK_LABEL (gtk_grid_get_child_at (GTK_GRID (self->grid), (int) column, (int) row)));
}

/**
 * matinee_run_differences_get_warning:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): why the errors of the runs can't be compared
 */
const char *
matinee_run_differences_get_warning (MatineeRunDifferences *self)
{
  return gtk_widget_get_visible (self->warning) ? gtk_label_get_text (GTK_LABEL (self->warning)) : NULL;
}
