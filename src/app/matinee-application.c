/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-application"

#include "config.h"

#include "matinee-application.h"

#include <glib/gi18n.h>

#include "matinee-help.h"
#include "matinee-latency.h"

/**
 * MatineeApplication:
 *
 * The application: one window, what is given on the command line, and the actions
 * that belong to no window.
 */
struct _MatineeApplication
{
  AdwApplication parent_instance;

  MatineeSettings *settings;
  MatineeLatency *latency;
  GtkWidget *help;
  gboolean watch_latency;
};

G_DEFINE_FINAL_TYPE (MatineeApplication, matinee_application, ADW_TYPE_APPLICATION)

static void
print_latency (MatineeLatency *latency)
{
  g_print ("First frame: %.0f ms after the start\n", matinee_latency_get_first_frame (latency));
  for (gboolean training = FALSE; training <= TRUE; training++)
    g_print ("Main loop %s: longest delay %.1f ms, %u longer than 50 ms\n", training ? "while training" : "otherwise",
             matinee_latency_get_largest (latency, training), matinee_latency_get_n_late (latency, training));
}

static void
training_cb (MatineeApplication *self)
{
  MatineeWindow *window = matinee_application_get_window (self);

  if (self->latency != NULL && window != NULL)
    matinee_latency_set_training (self->latency, matinee_session_get_training (matinee_window_get_session (window)));
}

/* The window, and whether it was made just now. */
static MatineeWindow *
ensure_window (MatineeApplication *self, gboolean *is_new)
{
  MatineeWindow *window = matinee_application_get_window (self);

  *is_new = window == NULL;
  if (window == NULL)
    {
      window = matinee_window_new (GTK_APPLICATION (self), matinee_application_get_settings (self));
      g_signal_connect_object (matinee_window_get_session (window), "notify::training", G_CALLBACK (training_cb), self,
                               G_CONNECT_SWAPPED);
      if (self->latency != NULL)
        matinee_latency_watch_start (self->latency, GTK_WIDGET (window));
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MatineeApplication *self = data;

  if (self->help == NULL)
    g_set_weak_pointer (&self->help, matinee_help_new (gtk_application_get_active_window (GTK_APPLICATION (self))));
  gtk_window_present (GTK_WINDOW (self->help));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "The Matinee developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)), "application-name", "Matinee",
                         "application-icon", MATINEE_APP_ID, "version", MATINEE_VERSION, "developer-name",
                         _ ("The Matinee developers"), "developers", developers, "comments",
                         _ ("Watch a matrix factorization learn from ratings, and get films recommended."),
                         "license-type", GTK_LICENSE_GPL_3_0, "translator-credits", _ ("translator-credits"), NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MatineeApplication *self = data;
  MatineeWindow *window = matinee_application_get_window (self);

  /* Closing the window ends what is going on first, and the application after it. */
  if (self->help != NULL)
    gtk_window_destroy (GTK_WINDOW (self->help));
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { "help", help_cb },
  { "about", about_cb },
  { "quit", quit_cb },
};

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
  { "win.open-ratings", { "<Control>o" } },
  { "win.open-titles", { "<Control><Shift>o" } },
  { "win.train", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.stop", { "Escape" } },
  { "win.show-page::train", { "<Alt>1" } },
  { "win.show-page::recommend", { "<Alt>2" } },
  { "win.show-page::runs", { "<Alt>3" } },
  { "window.close", { "<Control>w" } },
};

static void
matinee_application_startup (GApplication *application)
{
  MatineeApplication *self = MATINEE_APPLICATION (application);

  G_APPLICATION_CLASS (matinee_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].accels);
  gtk_window_set_default_icon_name (MATINEE_APP_ID);
  if (self->watch_latency)
    self->latency = matinee_latency_new ();
}

static void
matinee_application_activate (GApplication *application)
{
  gboolean is_new;
  MatineeWindow *window = ensure_window (MATINEE_APPLICATION (application), &is_new);

  if (is_new)
    matinee_window_restore (window);
}

static void
matinee_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  gboolean is_new;
  MatineeWindow *window = ensure_window (MATINEE_APPLICATION (application), &is_new);

  matinee_window_open_files (window, files, (guint) n_files);
}

static int
matinee_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Matinee %s\n", MATINEE_VERSION);
      return 0;
    }
  return -1;
}

static void
matinee_application_shutdown (GApplication *application)
{
  MatineeApplication *self = MATINEE_APPLICATION (application);

  if (self->latency != NULL)
    print_latency (self->latency);
  g_clear_pointer (&self->latency, matinee_latency_free);

  G_APPLICATION_CLASS (matinee_application_parent_class)->shutdown (application);
}

static void
matinee_application_finalize (GObject *object)
{
  MatineeApplication *self = MATINEE_APPLICATION (object);

  g_clear_weak_pointer (&self->help);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (matinee_application_parent_class)->finalize (object);
}

static void
matinee_application_class_init (MatineeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_application_finalize;
  application_class->startup = matinee_application_startup;
  application_class->activate = matinee_application_activate;
  application_class->open = matinee_application_open;
  application_class->handle_local_options = matinee_application_handle_local_options;
  application_class->shutdown = matinee_application_shutdown;
}

static void
matinee_application_init (MatineeApplication *self)
{
  const GOptionEntry options[] = {
    { "latency", 0, 0, G_OPTION_ARG_NONE, &self->watch_latency,
      N_ ("Print the longest delay of the main loop at the end"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[RATINGS] [TITLES]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Watch a matrix factorization learn from ratings, and get films recommended."));
}

/**
 * matinee_application_new:
 *
 * Returns: (transfer full): the application
 */
MatineeApplication *
matinee_application_new (void)
{
  return g_object_new (MATINEE_TYPE_APPLICATION, "application-id", MATINEE_APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

/**
 * matinee_application_get_window:
 * @self: the application
 *
 * Returns: (transfer none) (nullable): its main window
 */
MatineeWindow *
matinee_application_get_window (MatineeApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (MATINEE_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/**
 * matinee_application_get_settings:
 * @self: the application
 *
 * Returns: (transfer none): what is remembered
 */
MatineeSettings *
matinee_application_get_settings (MatineeApplication *self)
{
  if (self->settings == NULL)
    self->settings = matinee_settings_new ();
  return self->settings;
}
