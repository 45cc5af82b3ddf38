/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-cross-validation-window"

#include "config.h"

#include "matinee-cross-validation-window.h"

#include <glib/gi18n.h>

#include "matinee-table-view.h"

/**
 * MatineeCrossValidationWindow:
 *
 * Trains in several folds, shows what came of each as a table, and the mean of their
 * errors with its standard deviation.
 */
struct _MatineeCrossValidationWindow
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *group;
  GtkButton *button;
  GtkProgressBar *progress;
  GtkLabel *status;
  GtkLabel *summary;
  AdwBin *table_bin;
  GtkWidget *table;
  MatineeParamRow *row;

  MatineeSession *session;
  MatineeCrossValidationJob *job; /* the last one */
};

G_DEFINE_FINAL_TYPE (MatineeCrossValidationWindow, matinee_cross_validation_window, ADW_TYPE_WINDOW)

/* The columns of the table, in this order. */
typedef enum
{
  COLUMN_FOLD,
  COLUMN_TRAIN_RMSE,
  COLUMN_TEST_RMSE,
  COLUMN_TEST_MAE,
  COLUMN_ITERATIONS
} Column;

#define N_COLUMNS (COLUMN_ITERATIONS + 1)

static const char *const titles[N_COLUMNS] = {
  [COLUMN_FOLD] = N_ ("Fold"),         [COLUMN_TRAIN_RMSE] = N_ ("Train RMSE"), [COLUMN_TEST_RMSE] = N_ ("Test RMSE"),
  [COLUMN_TEST_MAE] = N_ ("Test MAE"), [COLUMN_ITERATIONS] = N_ ("Iterations"),
};

static char *
cell_cb (guint row, guint column, gpointer data)
{
  MatineeCrossValidationWindow *self = data;
  guint n;
  const MatineeFold *fold = &matinee_cross_validation_job_get_folds (self->job, &n)[row];

  switch ((Column) column)
    {
    case COLUMN_FOLD:
      return g_strdup_printf ("%u", fold->number);
    case COLUMN_TRAIN_RMSE:
      return g_strdup_printf ("%.4f", matinee_errors_rmse (&fold->train));
    case COLUMN_TEST_RMSE:
      return g_strdup_printf ("%.4f", matinee_errors_rmse (&fold->test));
    case COLUMN_TEST_MAE:
      return g_strdup_printf ("%.4f", matinee_errors_mae (&fold->test));
    case COLUMN_ITERATIONS:
    default:
      return g_strdup_printf ("%u", fold->iterations);
    }
}

static gboolean
is_running (MatineeCrossValidationWindow *self)
{
  return self->job != NULL && matinee_job_get_running (MATINEE_JOB (self->job));
}

static char *
summarize (const MatineeFold *folds, guint n)
{
  MatineeSpread rmse, mae;

  matinee_folds_get_spread (folds, n, matinee_errors_rmse, &rmse);
  matinee_folds_get_spread (folds, n, matinee_errors_mae, &mae);
  if (n == 0)
    return g_strdup ("");
  if (n == 1)
    return g_strdup_printf (_ ("Test RMSE %.4f, MAE %.4f"), rmse.mean, mae.mean);
  /* Translators: means with their standard deviations. */
  return g_strdup_printf (_ ("Test RMSE %.4f ± %.4f, MAE %.4f ± %.4f"), rmse.mean, rmse.deviation, mae.mean,
                          mae.deviation);
}

static void
show_folds (MatineeCrossValidationWindow *self)
{
  guint n_all = matinee_cross_validation_job_get_n_folds (self->job), n;
  const MatineeFold *folds = matinee_cross_validation_job_get_folds (self->job, &n);
  g_autofree char *summary = summarize (folds, n);
  g_autofree char *status = NULL;

  matinee_table_view_set_n_rows (self->table, n);
  if (is_running (self))
    status = g_strdup_printf (_ ("Fold %u of %u…"), MIN (n + 1, n_all), n_all);
  else if (n < n_all)
    status = g_strdup_printf (_ ("Stopped after %u of %u folds"), n, n_all);
  else
    status = g_strdup_printf (
        ngettext ("%u fold done: mean and standard deviation", "%u folds done: mean and standard deviation", n), n);
  gtk_label_set_text (self->status, status);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->status), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->table_bin), n > 0);
}

static void
fraction_cb (MatineeCrossValidationWindow *self)
{
  gtk_progress_bar_set_fraction (self->progress, matinee_job_get_fraction (MATINEE_JOB (self->job)));
}

/* One button, so that the focus stays where it is when Start becomes Stop. */
static void
show_running (MatineeCrossValidationWindow *self)
{
  gboolean running = is_running (self);

  gtk_button_set_label (self->button, running ? _ ("_Stop") : _ ("_Start"));
  if (running)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), running || matinee_session_can_train (self->session));
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
}

static void
running_cb (MatineeCrossValidationWindow *self)
{
  show_running (self);
  show_folds (self);
}

static void
forget_job (MatineeCrossValidationWindow *self)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);
}

static void
clicked_cb (MatineeCrossValidationWindow *self)
{
  if (is_running (self))
    matinee_job_stop (MATINEE_JOB (self->job));
  else
    matinee_cross_validation_window_run (self);
}

/* Nobody would see what comes of it. */
static gboolean
matinee_cross_validation_window_close_request (GtkWindow *window)
{
  MatineeCrossValidationWindow *self = MATINEE_CROSS_VALIDATION_WINDOW (window);

  if (is_running (self))
    matinee_job_stop (MATINEE_JOB (self->job));
  return GTK_WINDOW_CLASS (matinee_cross_validation_window_parent_class)->close_request (window);
}

static void
matinee_cross_validation_window_dispose (GObject *object)
{
  MatineeCrossValidationWindow *self = MATINEE_CROSS_VALIDATION_WINDOW (object);

  forget_job (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_CROSS_VALIDATION_WINDOW);

  G_OBJECT_CLASS (matinee_cross_validation_window_parent_class)->dispose (object);
}

static void
matinee_cross_validation_window_class_init (MatineeCrossValidationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_cross_validation_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = matinee_cross_validation_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/matinee/Matinee/ui/matinee-cross-validation-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, group);
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, button);
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, MatineeCrossValidationWindow, table_bin);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
matinee_cross_validation_window_init (MatineeCrossValidationWindow *self)
{
  const char *shown[N_COLUMNS];

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_COLUMNS; i++)
    shown[i] = _ (titles[i]);
  self->row = MATINEE_PARAM_ROW (matinee_param_row_new (MATINEE_PARAM_FOLDS));
  adw_preferences_group_add (self->group, GTK_WIDGET (self->row));
  self->table = matinee_table_view_new (_ ("Folds"), shown, N_COLUMNS, cell_cb, self);
  adw_bin_set_child (self->table_bin, self->table);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

/**
 * matinee_cross_validation_window_new:
 * @parent: the window
 * @session: the session whose data and parameters it works with
 *
 * Returns: (transfer none): a window, not shown yet
 */
MatineeCrossValidationWindow *
matinee_cross_validation_window_new (GtkWindow *parent, MatineeSession *session)
{
  MatineeCrossValidationWindow *self
      = g_object_new (MATINEE_TYPE_CROSS_VALIDATION_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  matinee_param_row_bind (self->row, session);
  g_signal_connect_object (session, "notify::busy", G_CALLBACK (show_running), self, G_CONNECT_SWAPPED);
  show_running (self);
  return self;
}

/**
 * matinee_cross_validation_window_run:
 * @self: a window in which nothing runs
 *
 * Starts, as its button does.
 */
void
matinee_cross_validation_window_run (MatineeCrossValidationWindow *self)
{
  MatineeCrossValidationJob *job;

  /* A number that was typed and not yet entered is meant to count. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->button));
  job = matinee_session_cross_validate (self->session);
  if (job == NULL)
    return;
  matinee_table_view_set_n_rows (self->table, 0);
  forget_job (self);
  self->job = g_object_ref (job);
  g_signal_connect_object (job, "folds", G_CALLBACK (show_folds), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  running_cb (self);
  fraction_cb (self);
}

/**
 * matinee_cross_validation_window_get_row:
 * @self: a window
 *
 * Returns: (transfer none): the row for the number of folds
 */
MatineeParamRow *
matinee_cross_validation_window_get_row (MatineeCrossValidationWindow *self)
{
  return self->row;
}

/**
 * matinee_cross_validation_window_get_n_folds:
 * @self: a window
 *
 * Returns: how many folds its table shows
 */
guint
matinee_cross_validation_window_get_n_folds (MatineeCrossValidationWindow *self)
{
  return matinee_table_view_get_n_rows (self->table);
}

/**
 * matinee_cross_validation_window_get_summary:
 * @self: a window
 *
 * Returns: (transfer none): the mean of the errors with its deviation, or ""
 */
const char *
matinee_cross_validation_window_get_summary (MatineeCrossValidationWindow *self)
{
  return gtk_label_get_text (self->summary);
}
