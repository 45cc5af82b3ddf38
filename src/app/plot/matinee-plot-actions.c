/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-private.h"

#include "matinee-plot-export.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define ZOOM_FACTOR 1.25

/* Pictures for elsewhere have twice the pixels: slides are shown large. */
#define PICTURE_SCALE 2.0

static void
get_picture_size (MatineePlot *self, int *width, int *height)
{
  *width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 320);
  *height = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 200);
}

/* {{{ Clipboard */

static void
copy_picture_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  g_auto (MatineePlotStyle) style = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  int width, height;

  matinee_plot_get_style (self, &style);
  get_picture_size (self, &width, &height);
  bytes = matinee_plot_export_to_bytes (self->model, MATINEE_PLOT_PNG, width, height, PICTURE_SCALE, &style, &error);
  if (bytes != NULL)
    texture = gdk_texture_new_from_bytes (bytes, &error);
  if (texture == NULL)
    {
      _matinee_plot_emit_export_failed (self, error);
      return;
    }

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
}

static void
copy_data_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize size;

  bytes = matinee_plot_export_to_bytes (self->model, MATINEE_PLOT_TSV, 0, 0, 1, NULL, NULL);
  size = g_bytes_get_size (bytes);
  text = g_strndup (g_bytes_get_data (bytes, NULL), size);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

/* }}} */
/* {{{ Export */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineePlot) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    _matinee_plot_emit_exported (self, G_FILE (source));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _matinee_plot_emit_export_failed (self, error);
}

static void
export_to (MatineePlot *self, GFile *file, MatineePlotFormat format)
{
  g_auto (MatineePlotStyle) style = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  int width, height;

  matinee_plot_get_style (self, &style);
  get_picture_size (self, &width, &height);
  bytes = matinee_plot_export_to_bytes (self->model, format, width, height, PICTURE_SCALE, &style, &error);
  if (bytes == NULL)
    {
      _matinee_plot_emit_export_failed (self, error);
      return;
    }

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, written_cb,
                                       g_object_ref (self));
}

static const char *const format_names[MATINEE_PLOT_N_FORMATS] = {
  N_ ("Picture (PNG)"), N_ ("Drawing (SVG)"), N_ ("Page (PDF)"), N_ ("Data (CSV)"), N_ ("Data (TSV)"),
};

static MatineePlotFormat
get_filter_format (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  gpointer format = filter != NULL ? g_object_get_data (G_OBJECT (filter), "matinee-format") : NULL;

  return (MatineePlotFormat) GPOINTER_TO_INT (format);
}

/* The extension that was typed decides; without a known one, the filter. */
static void
chosen_cb (GtkNativeDialog *dialog, int response, MatineePlot *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  MatineePlotFormat format;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file == NULL)
    return;

  name = g_file_get_basename (file);
  if (!matinee_plot_format_from_name (name, &format))
    format = get_filter_format (GTK_FILE_CHOOSER (chooser));
  export_to (self, file, format);
}

/* The name on offer follows the format: "chart.png" becomes "chart.svg". */
static void
filter_cb (GtkFileChooser *chooser)
{
  MatineePlotFormat old, format = get_filter_format (chooser);
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  g_autofree char *renamed = NULL;

  if (name == NULL || !matinee_plot_format_from_name (name, &old) || old == format)
    return;

  *strrchr (name, '.') = '\0';
  renamed = g_strconcat (name, ".", matinee_plot_format_get_extension (format), NULL);
  gtk_file_chooser_set_current_name (chooser, renamed);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;

  if (self->chooser != NULL)
    {
      gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
      return;
    }

  self->chooser = gtk_file_chooser_native_new (_ ("Export Chart"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  chooser = GTK_FILE_CHOOSER (self->chooser);
  for (guint i = 0; i < MATINEE_PLOT_N_FORMATS; i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _ (format_names[i]));
      gtk_file_filter_add_suffix (filter, matinee_plot_format_get_extension ((MatineePlotFormat) i));
      g_object_set_data (G_OBJECT (filter), "matinee-format", GINT_TO_POINTER (i));
      gtk_file_chooser_add_filter (chooser, filter);
    }

  name = g_strconcat (self->file_name != NULL ? self->file_name : _ ("chart"), ".png", NULL);
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (chooser, "notify::filter", G_CALLBACK (filter_cb), NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* }}} */
/* {{{ View */

static void
fit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  matinee_plot_model_fit (MATINEE_PLOT (widget)->model);
}

static void
zoom_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  double factor = strcmp (name, "plot.zoom-in") == 0 ? 1 / ZOOM_FACTOR : ZOOM_FACTOR;
  double anchor;

  matinee_plot_model_prepare (self->model);
  anchor = matinee_plot_axis_to_unit (matinee_plot_model_get_x_axis (self->model), self->overlay.hover);
  matinee_plot_model_zoom (self->model, factor, factor, anchor >= 0 && anchor <= 1 ? anchor : 0.5, 0.5);
}

/* }}} */
/* {{{ Menu */

static void
series_toggled_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  MatineePlot *self = data;
  guint index = (guint) g_ascii_strtoull (g_action_get_name (G_ACTION (action)), NULL, 10);

  g_simple_action_set_state (action, value);
  if (index < matinee_plot_model_get_n_series (self->model))
    matinee_plot_series_set_visible (matinee_plot_model_get_series (self->model, index), g_variant_get_boolean (value));
}

/* The legend for those without a pointer: a toggle for each series. */
static GMenu *
build_series_menu (MatineePlot *self)
{
  GMenu *menu = g_menu_new ();

  g_clear_object (&self->series_actions);
  self->series_actions = g_simple_action_group_new ();
  for (guint i = 0; i < matinee_plot_model_get_n_series (self->model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self->model, i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *detailed = g_strdup_printf ("plot-series.%u", i);
      g_auto (GStrv) parts = g_strsplit (matinee_plot_series_get_name (series), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GSimpleAction) action = NULL;

      action
          = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (matinee_plot_series_get_visible (series)));
      g_signal_connect_object (action, "change-state", G_CALLBACK (series_toggled_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->series_actions), G_ACTION (action));
      g_menu_append (menu, label, detailed);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plot-series", G_ACTION_GROUP (self->series_actions));

  return menu;
}

static GMenuModel *
build_menu (MatineePlot *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  g_autoptr (GMenu) series = build_series_menu (self);

  g_menu_append (files, _ ("Copy _Picture"), "plot.copy-picture");
  g_menu_append (files, _ ("Copy _Data"), "plot.copy-data");
  g_menu_append (files, _ ("_Export…"), "plot.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));

  g_menu_append (view, _ ("Logarithmic _Y Axis"), "plot.log-y");
  g_menu_append (view, _ ("Logarithmic _X Axis"), "plot.log-x");
  if (g_menu_model_get_n_items (G_MENU_MODEL (series)) > 0)
    g_menu_append_submenu (view, _ ("_Series"), G_MENU_MODEL (series));
  g_menu_append (view, _ ("_Show Everything"), "plot.fit");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (view));

  return G_MENU_MODEL (menu);
}

/* Opens the menu at a point of the widget. */
void
_matinee_plot_popup (MatineePlot *self, double x, double y)
{
  g_autoptr (GMenuModel) menu = build_menu (self);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  else
    {
      gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), menu);
    }

  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* }}} */

/* Installs the actions that [class@Plot] documents. */
void
_matinee_plot_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "plot.copy-picture", NULL, copy_picture_cb);
  gtk_widget_class_install_action (klass, "plot.copy-data", NULL, copy_data_cb);
  gtk_widget_class_install_action (klass, "plot.export", NULL, export_cb);
  gtk_widget_class_install_action (klass, "plot.fit", NULL, fit_cb);
  gtk_widget_class_install_action (klass, "plot.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (klass, "plot.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_property_action (klass, "plot.log-x", "log-x");
  gtk_widget_class_install_property_action (klass, "plot.log-y", "log-y");
}
