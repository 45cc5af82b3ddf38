/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-plot-export.h"
#include "matinee-plot-print.h"
#include "matinee-plot-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "plot-test.h"

typedef struct
{
  GtkWidget *window;
  MatineePlot *plot;
  MatineePlotModel *model;
  MatineePlotSeries *train;
  MatineePlotSeries *test;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->window = gtk_window_new ();
  self->plot = MATINEE_PLOT (matinee_plot_new ());
  self->model = matinee_plot_get_model (self->plot);
  matinee_plot_model_set_x_title (self->model, "iteration");
  matinee_plot_model_set_x_integer (self->model, TRUE);
  self->train = matinee_plot_model_add_series (self->model, "train", -1, MATINEE_PLOT_DASH_AUTO);
  self->test = matinee_plot_model_add_series (self->model, "test", -1, MATINEE_PLOT_DASH_AUTO);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->plot));
  gtk_window_present (GTK_WINDOW (self->window));
  plot_test_spin (150);
}

static void
add_points (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      matinee_plot_series_append (self->train, i, 0.6 + 1.0 / (i + 1));
      matinee_plot_series_append (self->test, i, 0.8 + 1.0 / (i + 1));
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer plot = self->plot;
  gpointer model = g_object_ref (self->model);

  g_object_add_weak_pointer (G_OBJECT (plot), &plot);
  gtk_window_destroy (GTK_WINDOW (self->window));
  plot_test_spin (100);
  g_assert_null (plot);
  g_assert_finalize_object (model);
}

static void
test_live (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 60; i++)
    {
      matinee_plot_series_append (self->train, i, 1.0 / (i + 1));
      matinee_plot_series_append (self->test, i, i % 9 == 4 ? NAN : 1.2 / (i + 1));
      matinee_plot_set_description (self->plot, i % 2 ? "falling" : "rising");
      plot_test_spin (5);
    }
  plot_test_spin (60);
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (self->model)->max, ==, 59);
  g_assert_true (matinee_plot_model_is_following (self->model));
}

static void
assert_said (Fixture *self, const char *description)
{
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (self->plot),
                                                                 GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);

  g_assert_cmpstr (problem, ==, NULL);
}

/* Screen readers are told what the plot shows, and what the crosshair stands on: the latest
 * of it, once a second. */
static void
test_speech (Fixture *self, gconstpointer data)
{
  matinee_plot_series_append (self->train, 0, 2);
  matinee_plot_series_append (self->train, 1, 1);
  matinee_plot_set_description (self->plot, "falling");
  assert_said (self, "falling");
  matinee_plot_set_description (self->plot, "rising");
  matinee_plot_set_description (self->plot, "flat");
  matinee_plot_set_hover (self->plot, 1);
  assert_said (self, "falling");
  plot_test_spin (1100);
  assert_said (self, "iteration 1, train 1.0000. flat");
  matinee_plot_set_hover (self->plot, NAN);
  plot_test_spin (1100);
  assert_said (self, "flat");
}

static void
test_actions (Fixture *self, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (self->plot);
  gboolean log_y;
  double span;

  add_points (self, 20);
  plot_test_spin (60);
  span = matinee_plot_model_get_x_axis (self->model)->max;
  g_assert_true (gtk_widget_activate_action (widget, "plot.zoom-in", NULL));
  g_assert_false (matinee_plot_model_is_following (self->model));
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (self->model)->max, <, span);
  plot_test_spin (30);
  g_assert_true (gtk_widget_activate_action (widget, "plot.zoom-out", NULL));
  g_assert_true (gtk_widget_activate_action (widget, "plot.fit", NULL));
  plot_test_spin (30);
  g_assert_cmpfloat (matinee_plot_model_get_x_axis (self->model)->max, ==, span);

  g_assert_true (gtk_widget_activate_action (widget, "plot.log-y", NULL));
  g_object_get (self->plot, "log-y", &log_y, NULL);
  g_assert_true (log_y);
  g_assert_true (gtk_widget_activate_action (widget, "plot.log-x", NULL));
  plot_test_spin (30);
  g_object_set (self->plot, "log-y", FALSE, "log-x", FALSE, NULL);
  plot_test_spin (30);
}

static void
test_hover (Fixture *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_points (self, 20);
  plot_test_spin (60);
  g_assert_null (matinee_plot_dup_readout (self->plot));
  matinee_plot_set_hover (self->plot, 4);
  plot_test_spin (60);
  text = matinee_plot_dup_readout (self->plot);
  g_assert_cmpstr (text, ==, "iteration\t4\ntrain\t0.8000\ntest\t1.0000");
  matinee_plot_set_hover (self->plot, NAN);
  plot_test_spin (30);
}

static void
test_pointer (Fixture *self, gconstpointer data)
{
  GtkEventController *motion = plot_test_find_controller (self->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  GtkEventController *scroll = plot_test_find_controller (self->plot, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  GtkGesture *drag = plot_test_find_controller (self->plot, GTK_TYPE_GESTURE_DRAG);
  const MatineePlotAxis *x = matinee_plot_model_get_x_axis (self->model);
  const MatineePlotAxis *y = matinee_plot_model_get_y_axis (self->model);
  gboolean handled;
  double at, height;

  add_points (self, 21);
  plot_test_spin (80);

  g_signal_emit_by_name (motion, "motion", 300.0, 200.0);
  at = matinee_plot_get_hover (self->plot);
  g_assert_cmpfloat (at, ==, rint (at));
  g_assert_cmpfloat (at, >, 5);
  g_assert_cmpfloat (at, <, 15);

  g_signal_emit_by_name (scroll, "scroll", 0.0, -2.0, &handled);
  g_assert_true (handled);
  g_assert_cmpfloat (x->max - x->min, <, 20);
  g_assert_cmpfloat (x->min, <, at);
  g_assert_cmpfloat (x->max, >, at);
  matinee_plot_model_fit (self->model);
  plot_test_spin (40);

  /* A band across, less high than a hand is shaky, enlarges x alone. */
  height = y->max - y->min;
  g_signal_emit_by_name (drag, "drag-begin", 200.0, 200.0);
  g_signal_emit_by_name (drag, "drag-update", 100.0, 2.0);
  plot_test_spin (40);
  g_signal_emit_by_name (drag, "drag-end", 100.0, 2.0);
  g_assert_cmpfloat (x->max - x->min, <, 8);
  g_assert_cmpfloat (y->max - y->min, ==, height);
  g_assert_false (matinee_plot_model_is_following (self->model));

  g_signal_emit_by_name (motion, "leave");
  g_assert_true (isnan (matinee_plot_get_hover (self->plot)));
  plot_test_spin (40);
}

static void
click_at (Fixture *self, const MatineePlotRect *rect, int n_press)
{
  _matinee_plot_click (self->plot, n_press, rect->x + rect->width / 2, rect->y + rect->height / 2, 0);
}

/* A click on a legend entry hides its series, another shows it; a double click leaves it
 * alone, and another brings the others back. */
static void
test_legend (Fixture *self, gconstpointer data)
{
  const MatineePlotEntry *entry;

  add_points (self, 20);
  plot_test_spin (80);
  g_assert_cmpuint (self->plot->layout.entries->len, ==, 2);
  entry = &g_array_index (self->plot->layout.entries, MatineePlotEntry, 0);
  g_assert_true (entry->series == self->train);
  click_at (self, &entry->rect, 1);
  g_assert_false (matinee_plot_series_get_visible (self->train));
  g_assert_true (matinee_plot_series_get_visible (self->test));
  plot_test_spin (60);
  entry = &g_array_index (self->plot->layout.entries, MatineePlotEntry, 0);
  click_at (self, &entry->rect, 1);
  g_assert_true (matinee_plot_series_get_visible (self->train));
  plot_test_spin (60);
  entry = &g_array_index (self->plot->layout.entries, MatineePlotEntry, 0);
  click_at (self, &entry->rect, 1);
  click_at (self, &entry->rect, 2);
  g_assert_true (matinee_plot_series_get_visible (self->train));
  g_assert_false (matinee_plot_series_get_visible (self->test));
  plot_test_spin (60);
  entry = &g_array_index (self->plot->layout.entries, MatineePlotEntry, 0);
  click_at (self, &entry->rect, 1);
  click_at (self, &entry->rect, 2);
  g_assert_true (matinee_plot_series_get_visible (self->train));
  g_assert_true (matinee_plot_series_get_visible (self->test));

  /* The same by keys. */
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_2, 0));
  g_assert_false (matinee_plot_series_get_visible (self->test));
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_2, 0));
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_2, GDK_CONTROL_MASK));
  g_assert_true (matinee_plot_series_get_visible (self->test));
  g_assert_false (matinee_plot_series_get_visible (self->train));
}

/* Two fingers that part enlarge what is between them; a double click brings all back. */
static void
test_pinch (Fixture *self, gconstpointer data)
{
  GtkGesture *pinch = plot_test_find_controller (self->plot, GTK_TYPE_GESTURE_ZOOM);
  const MatineePlotAxis *x = matinee_plot_model_get_x_axis (self->model);
  double span;

  add_points (self, 21);
  plot_test_spin (80);
  span = x->max - x->min;
  g_signal_emit_by_name (pinch, "begin", NULL);
  _matinee_plot_pinch (self->plot, 300, 200, 2);
  g_assert_cmpfloat_with_epsilon (x->max - x->min, span / 2, 1e-9);
  _matinee_plot_pinch (self->plot, 300, 200, 1);
  g_assert_cmpfloat_with_epsilon (x->max - x->min, span, 1e-9);
  _matinee_plot_pinch (self->plot, 300, 200, 4);
  g_assert_false (matinee_plot_model_is_following (self->model));
  click_at (self, &self->plot->layout.area, 2);
  g_assert_true (matinee_plot_model_is_following (self->model));
  plot_test_spin (40);
  g_assert_cmpfloat (x->max - x->min, ==, span);
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_plus, 0));
  g_assert_cmpfloat (x->max - x->min, <, span);
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_Home, 0));
  plot_test_spin (40);
  g_assert_cmpfloat (x->max - x->min, ==, span);
}

static guint
count_items (GMenuModel *menu)
{
  guint n = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);

      n += section != NULL ? count_items (section) : submenu != NULL ? count_items (submenu) : 1;
    }
  return n;
}

/* The menu key opens the menu: pictures, data, view, axes and each series. */
static void
test_menu (Fixture *self, gconstpointer data)
{
  add_points (self, 20);
  plot_test_spin (60);
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_Menu, 0));
  plot_test_spin (60);
  g_assert_nonnull (self->plot->menu);
  g_assert_true (gtk_widget_get_visible (self->plot->menu));
  g_assert_cmpuint (count_items (gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (self->plot->menu))), >=, 8);
  gtk_popover_popdown (GTK_POPOVER (self->plot->menu));
  plot_test_spin (60);
  g_assert_true (plot_test_press_key (self->plot, GDK_KEY_F10, GDK_SHIFT_MASK));
  plot_test_spin (60);
  gtk_popover_popdown (GTK_POPOVER (self->plot->menu));
}

static void
test_visible (Fixture *self, gconstpointer data)
{
  add_points (self, 20);
  matinee_plot_series_set_visible (self->train, FALSE);
  plot_test_spin (60);
  g_assert_cmpfloat (matinee_plot_model_get_y_axis (self->model)->min, >, 0.7);
  matinee_plot_model_solo (self->model, self->train);
  g_assert_true (matinee_plot_series_get_visible (self->train));
  g_assert_false (matinee_plot_series_get_visible (self->test));
  matinee_plot_model_solo (self->model, self->train);
  g_assert_true (matinee_plot_series_get_visible (self->test));
  plot_test_spin (30);
}

static void
test_direction_and_size (Fixture *self, gconstpointer data)
{
  add_points (self, 20);
  gtk_widget_set_direction (GTK_WIDGET (self->plot), GTK_TEXT_DIR_RTL);
  plot_test_spin (60);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 200, 150);
  plot_test_spin (100);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  plot_test_spin (100);
}

static void
test_model (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineePlotModel) other = matinee_plot_model_new ();

  add_points (self, 5);
  g_object_ref (self->model);
  matinee_plot_set_model (self->plot, other);
  plot_test_spin (30);
  matinee_plot_series_append (self->train, 9, 9);
  matinee_plot_set_model (self->plot, self->model);
  g_object_unref (self->model);
  plot_test_spin (30);
}

static void
error_cb (MatineePlot *plot, const GError *error, gpointer data)
{
  g_assert_not_reached ();
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->plot));

  add_points (self, 3);
  g_signal_connect (self->plot, "export-failed", G_CALLBACK (error_cb), NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->plot), "plot.copy-picture", NULL);
  plot_test_spin (30);
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_TEXTURE));
  gtk_widget_activate_action (GTK_WIDGET (self->plot), "plot.copy-data", NULL);
  plot_test_spin (30);
  g_assert_true (gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING));
}

static void
test_export (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plot-XXXXXX", NULL);
  g_autofree char *printed = g_build_filename (folder, "print.pdf", NULL);
  g_auto (MatineePlotStyle) style = { 0 };
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  add_points (self, 20);
  matinee_plot_get_style (self->plot, &style);
  for (guint i = 0; i < MATINEE_PLOT_N_FORMATS; i++)
    {
      MatineePlotFormat format = (MatineePlotFormat) i, back;
      g_autofree char *name = g_strconcat ("chart.", matinee_plot_format_get_extension (format), NULL);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);

      g_assert_true (matinee_plot_format_from_name (name, &back));
      g_assert_cmpint (back, ==, format);
      for (guint again = 0; again < 2; again++)
        g_assert_true (matinee_plot_export_to_file (self->model, file, format, 480, 300, 1.5, &style, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
      g_assert_cmpint (info.st_size, >, 100);
      if (format == MATINEE_PLOT_PNG)
        {
          g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, &error);

          g_assert_no_error (error);
          g_assert_cmpint (gdk_texture_get_width (texture), ==, 720);
        }
      g_assert_true (g_file_delete (file, NULL, NULL));
    }

  g_assert_true (matinee_plot_print (self->model, NULL, "test", printed, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (printed, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 100);
  g_unlink (printed);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  /* What is told to screen readers can be looked at. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plot/widget/live", test_live);
  ADD ("/plot/widget/speech", test_speech);
  ADD ("/plot/widget/actions", test_actions);
  ADD ("/plot/widget/hover", test_hover);
  ADD ("/plot/widget/pointer", test_pointer);
  ADD ("/plot/widget/legend", test_legend);
  ADD ("/plot/widget/pinch", test_pinch);
  ADD ("/plot/widget/menu", test_menu);
  ADD ("/plot/widget/visible", test_visible);
  ADD ("/plot/widget/direction-and-size", test_direction_and_size);
  ADD ("/plot/widget/model", test_model);
  ADD ("/plot/widget/copy", test_copy);
  ADD ("/plot/widget/export", test_export);

  return g_test_run ();
}
