/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

/* The choice beside the name when a model is saved. */
#define WITH_RATINGS "ratings"

static const char *const models[] = { "npz", NULL };
static const char *const csv[] = { "csv", NULL };
static const char *const json[] = { "json", "jsonl", NULL };

/* What the menu calls each table, and a name to propose for its file. */
static const struct
{
  const char *id;
  const char *title;
  const char *name;
} exports[MATINEE_N_EXPORTS] = {
  [MATINEE_EXPORT_RECOMMENDATIONS] = { "recommendations", N_ ("Export Recommendations"), N_ ("recommendations.csv") },
  [MATINEE_EXPORT_PREDICTIONS] = { "predictions", N_ ("Export Predictions"), N_ ("predictions.csv") },
  [MATINEE_EXPORT_USER_FACTORS] = { "user-factors", N_ ("Export User Factors"), N_ ("user-factors.csv") },
  [MATINEE_EXPORT_MOVIE_FACTORS] = { "movie-factors", N_ ("Export Film Factors"), N_ ("film-factors.csv") },
  [MATINEE_EXPORT_TRACE] = { "trace", N_ ("Export Loss Trace"), N_ ("trace.csv") },
};

static GFile *
find_folder (MatineeWindow *self)
{
  GFile *model = matinee_session_get_model_file (self->session);

  return model != NULL ? model : matinee_session_get_ratings_file (self->session);
}

static void
model_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_window_open_chosen (self, file);
}

static void
open_model_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  GtkFileChooser *chooser = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open Model"),
                                                         find_folder (self), G_CALLBACK (model_chosen_cb));

  matinee_window_add_filter (chooser, _ ("Models (*.npz)"), models);
  matinee_window_show_chooser (self);
}

/**
 * matinee_window_save_model_to:
 * @self: a window
 * @file: where to
 * @with_ratings: whether to include the ratings
 *
 * Saves the model, and does afterwards what waits for that.
 */
void
matinee_window_save_model_to (MatineeWindow *self, GFile *file, gboolean with_ratings)
{
  if (matinee_session_save_model (self->session, file, with_ratings))
    matinee_window_pending_waits (self);
  else
    matinee_window_drop_pending (self);
}

static void
model_file_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  gboolean with_ratings
      = g_strcmp0 (gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), WITH_RATINGS), "false") != 0;
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);

  if (file != NULL)
    matinee_window_save_model_to (self, file, with_ratings);
  else
    matinee_window_drop_pending (self);
}

/* "ratings.csv" becomes "ratings.npz". */
static char *
propose_name (MatineeWindow *self)
{
  GFile *model = matinee_session_get_model_file (self->session);
  g_autofree char *name = matinee_session_dup_data_name (self->session);
  char *dot = strrchr (name, '.');

  if (model != NULL)
    {
      g_autofree char *base = g_file_get_basename (model);

      return g_filename_display_name (base);
    }
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_strconcat (name, ".npz", NULL);
}

/**
 * matinee_window_choose_model_file:
 * @self: a window
 *
 * Asks for a file and saves the model to it. What waits for that is done then, or given up
 * if no file is chosen.
 */
void
matinee_window_choose_model_file (MatineeWindow *self)
{
  g_autofree char *name = propose_name (self);
  GtkFileChooser *chooser = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save Model"),
                                                         find_folder (self), G_CALLBACK (model_file_chosen_cb));

  gtk_file_chooser_set_current_name (chooser, name);
  gtk_file_chooser_add_choice (chooser, WITH_RATINGS, _ ("Include the ratings"), NULL, NULL);
  gtk_file_chooser_set_choice (chooser, WITH_RATINGS, "true");
  matinee_window_add_filter (chooser, _ ("Models (*.npz)"), models);
  matinee_window_show_chooser (self);
}

static void
save_model_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_window_drop_pending (MATINEE_WINDOW (widget));
  matinee_window_choose_model_file (MATINEE_WINDOW (widget));
}

static void
train_on_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);

  /* A number that was typed and not yet entered is meant to count. */
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->train_button));
  matinee_window_show_page (self, "train");
  matinee_session_train_on (self->session);
}

static void
table_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  guint what = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chooser), "what"));
  g_autoptr (GFile) file = matinee_window_take_chosen (self, chooser, response);
  g_autoptr (GFile) pairs = g_steal_pointer (&self->pairs);

  if (file != NULL)
    matinee_session_export (self->session, what, file, pairs);
}

static void
choose_table (MatineeWindow *self, MatineeModelExport what)
{
  GtkFileChooser *chooser = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_SAVE, _ (exports[what].title),
                                                         find_folder (self), G_CALLBACK (table_chosen_cb));

  g_object_set_data (G_OBJECT (chooser), "what", GUINT_TO_POINTER (what));
  gtk_file_chooser_set_current_name (chooser, _ (exports[what].name));
  matinee_window_add_filter (chooser, _ ("Tables (*.csv)"), csv);
  matinee_window_add_filter (chooser, _ ("JSON (*.json, *.jsonl)"), json);
  matinee_window_show_chooser (self);
}

static void
pairs_chosen_cb (GtkNativeDialog *chooser, int response, MatineeWindow *self)
{
  g_clear_object (&self->pairs);
  self->pairs = matinee_window_take_chosen (self, chooser, response);
  if (self->pairs != NULL)
    choose_table (self, MATINEE_EXPORT_PREDICTIONS);
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineeWindow *self = MATINEE_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint what = 0; what < MATINEE_N_EXPORTS; what++)
    if (g_str_equal (exports[what].id, id) && what != MATINEE_EXPORT_PREDICTIONS)
      choose_table (self, what);
    else if (g_str_equal (exports[what].id, id))
      {
        GtkFileChooser *chooser
            = matinee_window_make_chooser (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Predict for Users and Films In"),
                                           find_folder (self), G_CALLBACK (pairs_chosen_cb));

        matinee_window_add_filter (chooser, _ ("Tables (*.csv)"), csv);
        matinee_window_show_chooser (self);
      }
}

static void
other_data_cb (MatineeWindow *self, const char *response)
{
  MatineeOtherData answer = MATINEE_OTHER_DATA_CANCEL;

  if (g_str_equal (response, "keep"))
    answer = MATINEE_OTHER_DATA_KEEP;
  else if (g_str_equal (response, "replace"))
    answer = MATINEE_OTHER_DATA_REPLACE;
  matinee_session_answer_other_data (self->session, answer);
}

/**
 * matinee_window_ask_other_data:
 * @self: a window
 * @name: the name of a model file
 * @own: what the data are called that came with it
 *
 * Asks what to do with a model of other ratings than those that are open.
 */
void
matinee_window_ask_other_data (MatineeWindow *self, const char *name, const char *own)
{
  g_autofree char *data = matinee_session_dup_data_name (self->session);
  g_autofree char *body = g_strdup_printf (
      _ ("“%s” was trained on other ratings (“%s”) than those that are open (“%s”). Open it with its "
         "own data, or keep your ratings and train on from it?"),
      name, own, data);
  AdwMessageDialog *dialog = matinee_window_ask (self, _ ("A Model of Other Ratings"), body);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "keep", _ ("_Keep My Ratings"), "replace",
                                    _ ("_Open With Its Data"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "replace", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "replace");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (other_data_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * matinee_window_update_model_actions:
 * @self: a window
 *
 * Allows what can be done with a model now.
 */
void
matinee_window_update_model_actions (MatineeWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean idle = !matinee_session_get_busy (self->session);
  gboolean can_write = matinee_session_get_model (self->session) != NULL && !matinee_session_get_loading (self->session)
                       && !matinee_session_get_saving (self->session);

  gtk_widget_action_set_enabled (widget, "win.open-model", idle);
  gtk_widget_action_set_enabled (widget, "win.save-model", can_write);
  gtk_widget_action_set_enabled (widget, "win.export", can_write);
  gtk_widget_action_set_enabled (widget, "win.train-on", matinee_session_can_train_on (self->session));
}

/**
 * matinee_window_install_model_actions:
 * @widget_class: the class of the window
 *
 * Installs what is done with models.
 */
void
matinee_window_install_model_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-model", NULL, open_model_cb);
  gtk_widget_class_install_action (widget_class, "win.save-model", NULL, save_model_cb);
  gtk_widget_class_install_action (widget_class, "win.train-on", NULL, train_on_cb);
  gtk_widget_class_install_action (widget_class, "win.export", "s", export_cb);
}
