/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-fetch-dialog"

#include "config.h"

#include "matinee-fetch-dialog.h"

#include <glib/gi18n.h>

#include "matinee-fetch-job.h"
#include "matinee-part-file.h"

/* Numbers that change more often than this can't be read. */
#define TEXT_INTERVAL_USEC (G_USEC_PER_SEC / 4)

/**
 * MatineeFetchDialog:
 *
 * Gets real ratings: lists the MovieLens sets, has the licence of one accepted,
 * downloads it and emits "open" with its ratings. Sets that were downloaded are opened at
 * once. A download that is cancelled goes on from there the next time.
 */
struct _MatineeFetchDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkWidget *back_button;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *terms_note;
  GtkTextView *terms;
  GtkCheckButton *accept;
  GtkButton *download_button;
  AdwStatusPage *work_page;
  GtkProgressBar *progress;
  GtkLabel *progress_text;
  GtkWidget *cancel_button;
  AdwStatusPage *failed_page;
  GtkWidget *retry_button;

  MatineeSettings *settings;
  char *root;
  const MatineeMovieLensSet *set; /* the one that was chosen */
  MatineeFetchJob *job;           /* while it is downloaded */
  GCancellable *cancellable;
  MatineeFetchPhase phase; /* that the text tells */
  gint64 text_at;          /* when it was set */
};

G_DEFINE_FINAL_TYPE (MatineeFetchDialog, matinee_fetch_dialog, ADW_TYPE_WINDOW)

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
count_text (const MatineeMovieLensSet *set)
{
  gsize n_ratings = (gsize) set->n_ratings;
  guint n_users = (guint) set->n_users;
  guint n_movies = (guint) set->n_movies;
  g_autofree char *ratings = g_strdup_printf (ngettext ("%'zu rating", "%'zu ratings", n_ratings), n_ratings);
  g_autofree char *users = g_strdup_printf (ngettext ("%'u user", "%'u users", n_users), n_users);
  g_autofree char *movies = g_strdup_printf (ngettext ("%'u movie", "%'u movies", n_movies), n_movies);

  return g_strdup_printf ("%s · %s · %s", ratings, users, movies);
}

static char *
state_text (MatineeFetchDialog *self, const MatineeMovieLensSet *set, gboolean there)
{
  g_autofree char *archive = matinee_movielens_dup_archive (set, self->root);
  g_autofree char *size = g_format_size (set->size);
  guint64 part = matinee_part_file_peek_size (archive);
  g_autofree char *part_size = g_format_size (part);

  if (there)
    return g_strdup (_ ("Downloaded"));
  if (part > 0)
    return g_strdup_printf (_ ("%s of about %s downloaded"), part_size, size);
  return g_strdup_printf (_ ("Download of about %s"), size);
}

/* Subtitles of rows are markup. */
static GtkWidget *
row_new (MatineeFetchDialog *self, const MatineeMovieLensSet *set)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean there = matinee_movielens_is_there (set, self->root);
  g_autofree char *counts = count_text (set);
  g_autofree char *state = state_text (self, set, there);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", counts, _ (set->summary), state);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  GtkWidget *mark = there ? gtk_label_new (_ ("Open")) : gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), set->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  return row;
}

static void
fill_list (MatineeFetchDialog *self)
{
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, row_new (self, &sets[i]));
}

static void
update_actions (MatineeFetchDialog *self)
{
  const char *page = matinee_fetch_dialog_get_page (self);
  gboolean ready
      = g_str_equal (page, "failed") || (g_str_equal (page, "terms") && gtk_check_button_get_active (self->accept));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fetch.download", ready && self->job == NULL);
}

static void
show_page (MatineeFetchDialog *self, const char *page, GtkWidget *focus)
{
  gboolean sets = g_str_equal (page, "sets");

  adw_window_title_set_subtitle (self->heading, sets ? "" : self->set->title);
  gtk_widget_set_visible (self->back_button, !sets);
  gtk_stack_set_visible_child_name (self->stack, page);
  update_actions (self);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
show_sets (MatineeFetchDialog *self)
{
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);
  GtkListBoxRow *row;

  fill_list (self);
  row = gtk_list_box_get_row_at_index (self->list, self->set != NULL ? (int) (self->set - sets) : 0);
  show_page (self, "sets", GTK_WIDGET (row));
}

static void
show_terms (MatineeFetchDialog *self)
{
  g_autofree char *archive = matinee_movielens_dup_archive (self->set, self->root);
  gboolean begun = matinee_part_file_peek_size (archive) > 0;
  g_autofree char *note = g_strdup_printf (
      _ ("GroupLens gives %s to those who accept its licence. This is how GroupLens words it:"), self->set->title);

  gtk_label_set_text (self->terms_note, note);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->terms), matinee_movielens_get_terms (self->set), -1);
  gtk_check_button_set_active (self->accept, FALSE);
  gtk_button_set_label (self->download_button, begun ? _ ("_Go On Downloading") : _ ("_Download"));
  show_page (self, "terms", GTK_WIDGET (self->terms));
}

static void
open_set (MatineeFetchDialog *self)
{
  g_autofree char *path = matinee_movielens_dup_ratings (self->set, self->root);
  g_autoptr (GFile) ratings = g_file_new_for_path (path);

  g_signal_emit (self, signals[OPEN], 0, ratings);
  gtk_window_close (GTK_WINDOW (self));
}

/* Descriptions of status pages are markup. */
static void
show_failure (MatineeFetchDialog *self, const GError *error)
{
  g_autofree char *markup = g_markup_escape_text (error->message, -1);
  g_autofree char *title = g_strdup_printf (_ ("Could Not Get %s"), self->set->title);

  adw_status_page_set_title (self->failed_page, title);
  adw_status_page_set_description (self->failed_page, markup);
  show_page (self, "failed", self->retry_button);
}

static void
progress_cb (MatineeFetchDialog *self)
{
  gint64 now = g_get_monotonic_time ();
  MatineeFetchPhase phase = matinee_fetch_job_get_progress (self->job)->phase;
  g_autofree char *text = NULL;

  gtk_progress_bar_set_fraction (self->progress, matinee_job_get_fraction (MATINEE_JOB (self->job)));
  if (phase == self->phase && now - self->text_at < TEXT_INTERVAL_USEC)
    return;
  self->phase = phase;
  self->text_at = now;
  text = matinee_fetch_job_dup_text (self->job);
  gtk_label_set_text (self->progress_text, text);
}

/* The dialog may have been closed by now, which cancels. */
static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *dialog = data;
  g_autoptr (MatineeFetchDialog) self = g_weak_ref_get (dialog);
  g_autoptr (GError) error = NULL;
  gboolean fetched = matinee_job_run_finish (MATINEE_JOB (source), result, &error);

  g_weak_ref_clear (dialog);
  g_free (dialog);
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (source, self);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);
  if (fetched)
    open_set (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_sets (self);
  else
    show_failure (self, error);
}

static void
download_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeFetchDialog *self = MATINEE_FETCH_DIALOG (widget);
  g_autofree char *base = matinee_settings_dup_string (self->settings, "movielens-url");
  g_autofree char *title = g_strdup_printf (_ ("Getting %s"), self->set->title);
  GWeakRef *dialog = g_new (GWeakRef, 1);

  g_weak_ref_init (dialog, self);
  self->job = matinee_fetch_job_new (self->set, base, self->root);
  self->cancellable = g_cancellable_new ();
  self->text_at = 0;
  adw_status_page_set_title (self->work_page, title);
  progress_cb (self);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  matinee_job_run_async (MATINEE_JOB (self->job), self->cancellable, fetched_cb, dialog);
  show_page (self, "work", self->cancel_button);
}

/* While something is downloaded, its end leads back. */
static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeFetchDialog *self = MATINEE_FETCH_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else if (g_str_equal (matinee_fetch_dialog_get_page (self), "sets"))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_sets (self);
}

static void
row_activated_cb (MatineeFetchDialog *self, GtkListBoxRow *row)
{
  guint n;

  self->set = matinee_movielens_get_sets (&n) + gtk_list_box_row_get_index (row);
  if (matinee_movielens_is_there (self->set, self->root))
    open_set (self);
  else
    show_terms (self);
}

static void
matinee_fetch_dialog_dispose (GObject *object)
{
  MatineeFetchDialog *self = MATINEE_FETCH_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->job);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_FETCH_DIALOG);

  G_OBJECT_CLASS (matinee_fetch_dialog_parent_class)->dispose (object);
}

static void
matinee_fetch_dialog_finalize (GObject *object)
{
  g_free (MATINEE_FETCH_DIALOG (object)->root);

  G_OBJECT_CLASS (matinee_fetch_dialog_parent_class)->finalize (object);
}

static void
matinee_fetch_dialog_class_init (MatineeFetchDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_fetch_dialog_dispose;
  object_class->finalize = matinee_fetch_dialog_finalize;

  /**
   * MatineeFetchDialog::open:
   * @ratings: a #GFile, with its titles beside it
   *
   * A set is there, and is to be opened.
   */
  signals[OPEN] = g_signal_new ("open", MATINEE_TYPE_FETCH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_FILE);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-fetch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, back_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, list);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, terms_note);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, terms);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, download_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, work_page);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, progress_text);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, MatineeFetchDialog, retry_button);

  gtk_widget_class_install_action (widget_class, "fetch.download", NULL, download_cb);
  gtk_widget_class_install_action (widget_class, "fetch.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "fetch.back", NULL);
}

static void
matinee_fetch_dialog_init (MatineeFetchDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->root = matinee_movielens_dup_root ();
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->accept, "toggled", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  show_sets (self);
}

/**
 * matinee_fetch_dialog_new:
 * @parent: the window that it belongs to
 * @settings: where it is kept what sets are downloaded from
 *
 * Returns: (transfer none): the dialog, not shown yet
 */
MatineeFetchDialog *
matinee_fetch_dialog_new (GtkWindow *parent, MatineeSettings *settings)
{
  MatineeFetchDialog *self
      = g_object_new (MATINEE_TYPE_FETCH_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * matinee_fetch_dialog_get_page:
 * @self: a dialog
 *
 * Returns: what it shows: "sets", "terms", "work" or "failed"
 */
const char *
matinee_fetch_dialog_get_page (MatineeFetchDialog *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}
