/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-doctor-dialog"

#include "config.h"

#include "matinee-doctor-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-data-file.h"
#include "matinee-file-name.h"
#include "matinee-local-path.h"
#include "matinee-text-excerpt.h"

/* A column that is not among these can still be chosen by its number. */
#define PREVIEW_COLUMNS 24

#define FIELD_CHARACTERS 24

/* What ratings have: the first columns of #MatineeColumn. */
#define N_ROLES (MATINEE_COLUMN_TIME + 1)

/**
 * MatineeDoctorDialog:
 *
 * Asks how a file of ratings is to be read: shows its first rows and what is made of
 * them, and lets people say which column is which and how the file is written; of an
 * archive, which of the tables in it is meant. Every choice is tried at once on the
 * beginning of the file, in a thread. Emits "open" when the file
 * matinee_doctor_dialog_get_file() is to be opened with
 * matinee_doctor_dialog_init_hints().
 */
struct _MatineeDoctorDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkButton *open_button;
  GtkLabel *verdict;
  GtkGrid *preview;
  GtkWidget *table_group;
  AdwComboRow *table_row;
  AdwComboRow *user_row;
  AdwComboRow *movie_row;
  AdwComboRow *rating_row;
  AdwComboRow *time_row;
  AdwComboRow *delimiter_row;
  AdwComboRow *header_row;
  AdwComboRow *encoding_row;
  AdwComboRow *comma_row;

  GFile *file;
  GPtrArray *choices;          /* (nullable) (element-type MatineeDataChoice): the tables of an archive */
  MatineeDiagnosis *diagnosis; /* (nullable): of what is chosen, once it is there */
  MatineeTextHints hints;      /* what is chosen */
  GCancellable *cancellable;   /* (nullable): of the diagnosis that is made */
  gboolean filling;            /* whether rows change by themselves */
};

G_DEFINE_FINAL_TYPE (MatineeDoctorDialog, matinee_doctor_dialog, ADW_TYPE_WINDOW)

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a thread needs to make a diagnosis. */
typedef struct
{
  GFile *file;
  MatineeTextHints hints;
  GPtrArray *choices; /* (nullable): comes with the diagnosis: what @file holds, if several tables */
  MatineeStop stop;
} Inquiry;

static void
inquiry_free (gpointer data)
{
  Inquiry *inquiry = data;

  g_object_unref (inquiry->file);
  matinee_text_hints_clear (&inquiry->hints);
  g_clear_pointer (&inquiry->choices, g_ptr_array_unref);
  g_free (inquiry);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer stop)
{
  matinee_stop_request (stop);
}

/* The table that is looked at: of several in an archive, the first one. */
static char *
find_table (Inquiry *inquiry, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = matinee_local_path (inquiry->file, error);
  char *found = NULL;

  if (path == NULL)
    return NULL;
  found = matinee_data_file_find (path, MATINEE_TABLE_RATINGS, &inquiry->hints, &inquiry->choices, &inquiry->stop,
                                  &problem);
  if (found == NULL && inquiry->choices != NULL)
    return g_strdup (((const MatineeDataChoice *) g_ptr_array_index (inquiry->choices, 0))->path);
  if (found == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return found;
}

static void
diagnose_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Inquiry *inquiry = data;
  gulong handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), &inquiry->stop, NULL);
  GError *error = NULL;
  g_autofree char *path = find_table (inquiry, &error);
  MatineeDiagnosis *diagnosis
      = path != NULL ? matinee_diagnosis_new (path, MATINEE_TABLE_RATINGS, &inquiry->hints, &inquiry->stop, &error)
                     : NULL;

  g_cancellable_disconnect (cancellable, handler);
  if (diagnosis != NULL)
    g_task_return_pointer (task, diagnosis, (GDestroyNotify) matinee_diagnosis_free);
  else
    g_task_return_error (task, error);
}

static void diagnose (MatineeDoctorDialog *self);

static AdwComboRow *
role_row (MatineeDoctorDialog *self, guint role)
{
  AdwComboRow *rows[N_ROLES] = { self->user_row, self->movie_row, self->rating_row, self->time_row };

  return rows[role];
}

/* The column of the file that comes first in the list of a row, after what is no column:
 * only times need not be there. */
static guint
first_field (guint role)
{
  return role == MATINEE_COLUMN_TIME ? 2 : 1;
}

static const char *
field_title (const MatineeDiagnosis *diagnosis, guint field)
{
  return diagnosis->names != NULL && field < g_strv_length (diagnosis->names) ? diagnosis->names[field] : "";
}

static char *
field_name_dup (const MatineeDiagnosis *diagnosis, guint field)
{
  const char *title = field_title (diagnosis, field);

  return *title != '\0' ? matinee_text_excerpt (title, strlen (title)) : g_strdup_printf (_ ("Column %u"), field + 1);
}

/* A column goes by its number, whatever is chosen about the header, unless another one has
 * that for a name. */
static char *
field_hint_dup (const MatineeDiagnosis *diagnosis, guint field)
{
  g_autofree char *number = g_strdup_printf ("%u", field + 1);

  if (diagnosis->names != NULL && g_strv_contains ((const char *const *) diagnosis->names, number))
    return g_strdup (field_title (diagnosis, field));
  return g_steal_pointer (&number);
}

/* What finds a column still when the file has changed: its name, if no other is called so. */
static char *
lasting_hint_dup (const MatineeDiagnosis *diagnosis, guint field)
{
  const char *title = field_title (diagnosis, field);
  guint n_same = 0;

  for (guint f = 0; f < diagnosis->n_columns; f++)
    n_same += g_str_equal (field_title (diagnosis, f), title);
  return n_same == 1 && *title != '\0' ? g_strdup (title) : field_hint_dup (diagnosis, field);
}

static void
fill_role_row (MatineeDoctorDialog *self, guint role)
{
  const MatineeDiagnosis *diagnosis = self->diagnosis;
  AdwComboRow *row = role_row (self, role);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  int field = diagnosis->format.columns[role];
  const char *chosen = self->hints.columns[role];
  guint selected = chosen == NULL ? 0 : 1;

  gtk_string_list_append (list, _ ("Automatic"));
  if (first_field (role) == 2)
    gtk_string_list_append (list, C_ ("column", "None"));
  for (guint f = 0; f < diagnosis->n_columns; f++)
    gtk_string_list_take (list, field_name_dup (diagnosis, f));
  if (chosen != NULL && *chosen != '\0')
    selected = field >= 0 ? first_field (role) + (guint) field : 0;
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (row, selected);
}

/* Says beside each choice that is left to the program what comes of it. */
static void
tell_automatic (AdwComboRow *row, const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), adw_combo_row_get_selected (row) == 0 ? text : "");
}

static void
tell_choices (MatineeDoctorDialog *self)
{
  const MatineeDiagnosis *diagnosis = self->diagnosis;
  const MatineeTextFormat *format = &diagnosis->format;
  g_autofree char *delimiter = matinee_diagnosis_describe_delimiter (diagnosis);

  for (guint r = 0; r < N_ROLES; r++)
    {
      int field = format->columns[r];
      g_autofree char *name = field >= 0 ? field_name_dup (diagnosis, (guint) field) : NULL;

      tell_automatic (role_row (self, r), name != NULL ? name : C_ ("column", "Not found"));
    }
  tell_automatic (self->delimiter_row, delimiter);
  tell_automatic (self->header_row, format->has_header ? _ ("Yes") : _ ("No"));
  tell_automatic (self->encoding_row, format->encoding == MATINEE_ENCODING_LATIN_1 ? "Latin-1" : "UTF-8");
  tell_automatic (self->comma_row, format->decimal_comma ? _ ("Yes") : _ ("No"));
}

static void
attach (MatineeDoctorDialog *self, const char *text, const char *style, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN ((int) g_utf8_strlen (text, -1), FIELD_CHARACTERS));
  gtk_label_set_max_width_chars (GTK_LABEL (label), FIELD_CHARACTERS);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->preview, label, column, row, 1, 1);
}

static void
fill_head (MatineeDoctorDialog *self, guint field)
{
  const char *const roles[N_ROLES] = { _ ("Users"), _ ("Movies"), _ ("Ratings"), _ ("Times") };
  g_autofree char *name = field_name_dup (self->diagnosis, field);

  for (guint r = 0; r < N_ROLES; r++)
    if (self->diagnosis->format.columns[r] == (int) field)
      attach (self, roles[r], "heading", (int) field, 0);
  attach (self, name, "dim-label", (int) field, 1);
}

static void
fill_preview (MatineeDoctorDialog *self)
{
  const MatineeDiagnosis *diagnosis = self->diagnosis;
  guint n_shown = diagnosis != NULL ? MIN (diagnosis->n_columns, PREVIEW_COLUMNS) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->preview))) != NULL)
    gtk_grid_remove (self->preview, child);
  for (guint f = 0; f < n_shown; f++)
    fill_head (self, f);
  if (n_shown > 0 && n_shown < diagnosis->n_columns)
    attach (self, "…", "dim-label", (int) n_shown, 1);
  for (guint r = 0; n_shown > 0 && r < diagnosis->rows->len; r++)
    {
      char **fields = g_ptr_array_index (diagnosis->rows, r);

      for (guint f = 0; f < n_shown && fields[f] != NULL; f++)
        {
          g_autofree char *text = matinee_text_excerpt (fields[f], strlen (fields[f]));

          attach (self, text, NULL, (int) f, (int) r + 2);
        }
    }
}

static void
show_verdict (MatineeDoctorDialog *self, const GError *error)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint r = 0; self->diagnosis != NULL && r < self->diagnosis->reasons->len; r++)
    g_string_append_printf (reasons, r == 0 ? "%s" : " %s", (char *) self->diagnosis->reasons->pdata[r]);
  if (error != NULL)
    gtk_label_set_text (self->verdict, error->message);
  else
    gtk_label_set_text (self->verdict, self->diagnosis->problem != NULL ? self->diagnosis->problem : reasons->str);
}

static void
show_name (MatineeDoctorDialog *self)
{
  g_autofree char *name = matinee_file_name_dup (self->file);

  adw_window_title_set_subtitle (self->heading, name);
}

static void
take_table (MatineeDoctorDialog *self, guint index)
{
  const MatineeDataChoice *choice = g_ptr_array_index (self->choices, index);

  g_object_unref (self->file);
  self->file = g_file_new_for_path (choice->path);
  show_name (self);
}

/* An archive holds several tables: the first one is shown, and others are offered. */
static void
take_choices (MatineeDoctorDialog *self, GPtrArray *choices)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < choices->len; i++)
    gtk_string_list_append (list, ((const MatineeDataChoice *) g_ptr_array_index (choices, i))->name);
  self->choices = g_ptr_array_ref (choices);
  take_table (self, 0);
  self->filling = TRUE;
  adw_combo_row_set_model (self->table_row, G_LIST_MODEL (list));
  self->filling = FALSE;
  gtk_widget_show (self->table_group);
}

static void
set_column (MatineeDoctorDialog *self, guint role, char *hint)
{
  g_free (self->hints.columns[role]);
  self->hints.columns[role] = hint;
}

/* Columns that were chosen the last time may have gone since; the others go by their
 * numbers from now on. */
static gboolean
forget_lost_columns (MatineeDoctorDialog *self)
{
  gboolean lost = FALSE;

  for (guint r = 0; self->diagnosis != NULL && r < N_ROLES; r++)
    {
      int field = self->diagnosis->format.columns[r];

      if (self->hints.columns[r] == NULL || *self->hints.columns[r] == '\0')
        continue;
      set_column (self, r, field >= 0 ? field_hint_dup (self->diagnosis, (guint) field) : NULL);
      lost = lost || field < 0;
    }
  return lost;
}

static void
diagnosed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MatineeDoctorDialog *self = MATINEE_DOCTOR_DIALOG (source);
  const Inquiry *inquiry = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  MatineeDiagnosis *diagnosis = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another choice was made meanwhile, or the dialog was closed. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&diagnosis, matinee_diagnosis_free);
      return;
    }
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->diagnosis, matinee_diagnosis_free);
  self->diagnosis = diagnosis;
  if (inquiry->choices != NULL)
    take_choices (self, inquiry->choices);
  if (forget_lost_columns (self))
    {
      diagnose (self);
      return;
    }
  if (diagnosis != NULL)
    {
      self->filling = TRUE;
      for (guint r = 0; r < N_ROLES; r++)
        fill_role_row (self, r);
      self->filling = FALSE;
      tell_choices (self);
    }
  for (guint r = 0; r < N_ROLES; r++)
    gtk_widget_set_sensitive (GTK_WIDGET (role_row (self, r)), diagnosis != NULL);
  fill_preview (self);
  show_verdict (self, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "doctor.open", diagnosis != NULL && diagnosis->usable);
}

static void
diagnose (MatineeDoctorDialog *self)
{
  g_autoptr (GTask) task = NULL;
  Inquiry *inquiry = g_new0 (Inquiry, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "doctor.open", FALSE);
  inquiry->file = g_object_ref (self->file);
  matinee_text_hints_copy (&inquiry->hints, &self->hints);
  task = g_task_new (self, self->cancellable, diagnosed_cb, NULL);
  g_task_set_source_tag (task, diagnose);
  g_task_set_task_data (task, inquiry, inquiry_free);
  g_task_run_in_thread (task, diagnose_in_thread);
}

static void
forget_columns (MatineeDoctorDialog *self)
{
  for (guint r = 0; r < N_ROLES; r++)
    set_column (self, r, NULL);
}

static void
role_selected_cb (MatineeDoctorDialog *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);
  guint role = 0;

  if (self->filling || self->diagnosis == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  while (role_row (self, role) != row)
    role++;
  if (selected == 0)
    set_column (self, role, NULL);
  else if (selected < first_field (role))
    set_column (self, role, g_strdup (""));
  else
    set_column (self, role, field_hint_dup (self->diagnosis, selected - first_field (role)));
  diagnose (self);
}

static void
format_selected_cb (MatineeDoctorDialog *self, GParamSpec *pspec, AdwComboRow *row)
{
  guint delimiter = adw_combo_row_get_selected (self->delimiter_row);

  if (self->filling)
    return;
  g_clear_pointer (&self->hints.delimiter, g_free);
  if (delimiter > 0)
    self->hints.delimiter = g_strdup (matinee_text_delimiters ()[delimiter - 1]);
  self->hints.header = (MatineeAnswer) adw_combo_row_get_selected (self->header_row);
  self->hints.encoding = (MatineeEncoding) adw_combo_row_get_selected (self->encoding_row);
  self->hints.decimal_comma = (MatineeAnswer) adw_combo_row_get_selected (self->comma_row);
  /* Columns that are cut elsewhere are others. */
  if (row == self->delimiter_row)
    forget_columns (self);
  diagnose (self);
}

static void
table_selected_cb (MatineeDoctorDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->table_row);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  take_table (self, selected);
  forget_columns (self);
  diagnose (self);
}

/* Shows what was said before. */
static void
show_format_hints (MatineeDoctorDialog *self)
{
  const char *const *delimiters = matinee_text_delimiters ();

  self->filling = TRUE;
  for (guint d = 0; self->hints.delimiter != NULL && delimiters[d] != NULL; d++)
    if (g_str_equal (delimiters[d], self->hints.delimiter))
      adw_combo_row_set_selected (self->delimiter_row, d + 1);
  adw_combo_row_set_selected (self->header_row, self->hints.header);
  adw_combo_row_set_selected (self->encoding_row, self->hints.encoding);
  adw_combo_row_set_selected (self->comma_row, self->hints.decimal_comma);
  self->filling = FALSE;
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[OPEN], 0);
  gtk_window_close (GTK_WINDOW (widget));
}

static void
set_up_format_row (MatineeDoctorDialog *self, AdwComboRow *row, const char *const *choices)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (format_selected_cb), self, G_CONNECT_SWAPPED);
}

/* In the order of what they stand for: #MatineeAnswer, #MatineeEncoding and
 * matinee_text_delimiters(). */
static void
set_up_rows (MatineeDoctorDialog *self)
{
  const char *const answers[] = { _ ("Automatic"), _ ("No"), _ ("Yes"), NULL };
  const char *const encodings[] = { _ ("Automatic"), "UTF-8", "Latin-1", NULL };
  const char *const *delimiters = matinee_text_delimiters ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) _ ("Automatic"));
  for (guint d = 0; delimiters[d] != NULL; d++)
    g_ptr_array_add (names, (gpointer) (*delimiters[d] == '\t'  ? _ ("Tab")
                                        : *delimiters[d] == ' ' ? _ ("Blank")
                                                                : delimiters[d]));
  g_ptr_array_add (names, NULL);
  set_up_format_row (self, self->delimiter_row, (const char *const *) names->pdata);
  set_up_format_row (self, self->header_row, answers);
  set_up_format_row (self, self->encoding_row, encodings);
  set_up_format_row (self, self->comma_row, answers);
  for (guint r = 0; r < N_ROLES; r++)
    g_signal_connect_object (role_row (self, r), "notify::selected", G_CALLBACK (role_selected_cb), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table_row, "notify::selected", G_CALLBACK (table_selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
matinee_doctor_dialog_dispose (GObject *object)
{
  MatineeDoctorDialog *self = MATINEE_DOCTOR_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_DOCTOR_DIALOG);

  G_OBJECT_CLASS (matinee_doctor_dialog_parent_class)->dispose (object);
}

static void
matinee_doctor_dialog_finalize (GObject *object)
{
  MatineeDoctorDialog *self = MATINEE_DOCTOR_DIALOG (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->diagnosis, matinee_diagnosis_free);
  matinee_text_hints_clear (&self->hints);

  G_OBJECT_CLASS (matinee_doctor_dialog_parent_class)->finalize (object);
}

static void
matinee_doctor_dialog_class_init (MatineeDoctorDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_doctor_dialog_dispose;
  object_class->finalize = matinee_doctor_dialog_finalize;
  /** MatineeDoctorDialog::open: the file is to be opened as it is chosen */
  signals[OPEN]
      = g_signal_new ("open", MATINEE_TYPE_DOCTOR_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-doctor-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, verdict);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, table_group);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, table_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, movie_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, rating_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDoctorDialog, comma_row);
  gtk_widget_class_install_action (widget_class, "doctor.open", NULL, open_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
matinee_doctor_dialog_init (MatineeDoctorDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_up_rows (self);
}

/**
 * matinee_doctor_dialog_new:
 * @parent: the window that it belongs to
 * @file: a file of ratings, or an archive of them
 * @hints: what was said before about how it is to be read; copied
 *
 * Returns: (transfer none): the dialog, not shown yet
 */
MatineeDoctorDialog *
matinee_doctor_dialog_new (GtkWindow *parent, GFile *file, const MatineeTextHints *hints)
{
  MatineeDoctorDialog *self
      = g_object_new (MATINEE_TYPE_DOCTOR_DIALOG, "transient-for", parent, "destroy-with-parent", TRUE, NULL);

  self->file = g_object_ref (file);
  matinee_text_hints_copy (&self->hints, hints);
  show_name (self);
  show_format_hints (self);
  diagnose (self);
  return self;
}

/**
 * matinee_doctor_dialog_get_file:
 * @self: a dialog
 *
 * Returns: (transfer none): the file; of an archive with several tables, the one that is
 *   chosen
 */
GFile *
matinee_doctor_dialog_get_file (MatineeDoctorDialog *self)
{
  return self->file;
}

/**
 * matinee_doctor_dialog_get_diagnosis:
 * @self: a dialog
 *
 * Returns: (nullable): the diagnosis of what is chosen; %NULL while it is being made or
 *   when the file can't be read at all
 */
const MatineeDiagnosis *
matinee_doctor_dialog_get_diagnosis (MatineeDoctorDialog *self)
{
  return self->cancellable == NULL ? self->diagnosis : NULL;
}

/**
 * matinee_doctor_dialog_init_hints:
 * @self: a dialog that can open its file
 * @hints: (out caller-allocates): how the file is to be read
 *
 * Tells what people have chosen. They have seen which columns were proposed, so those
 * are said as well, and the file is certain.
 */
void
matinee_doctor_dialog_init_hints (MatineeDoctorDialog *self, MatineeTextHints *hints)
{
  *hints = (MatineeTextHints){ NULL };
  matinee_text_hints_copy (hints, &self->hints);
  for (guint r = 0; r < N_ROLES; r++)
    if (self->diagnosis->format.columns[r] >= 0)
      {
        g_free (hints->columns[r]);
        hints->columns[r] = lasting_hint_dup (self->diagnosis, (guint) self->diagnosis->format.columns[r]);
      }
}
