/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-heat-map.h"

#include <math.h>

#include "plot-test.h"

static const char *const columns[] = { "0.1", "0.316", "1", "3.16", "10", NULL };
static const char *const rows[] = { "8", "16", "32", NULL };

static double
value_at (guint column, guint row)
{
  return 0.87 + 0.02 * (column - 2.0) * (column - 2.0) + 0.01 * (2.0 - row);
}

/* A sweep on its way: some are done, one is at work, one has diverged. */
static void
fill (MatineeHeatGrid *grid)
{
  matinee_heat_grid_set_axes (grid, "Regularization", columns, "Factors", rows);
  g_free (grid->value_title);
  grid->value_title = g_strdup ("Test RMSE");
  for (guint i = 0; i < 13; i++)
    grid->cells[i] = (MatineeHeatCell){ MATINEE_HEAT_KNOWN, value_at (i % 5, i / 5) };
  grid->cells[4].state = MATINEE_HEAT_VOID;
  grid->cells[13].state = MATINEE_HEAT_WORKING;
  grid->best = 12;
  grid->cursor = 6;
}

static void
test_golden (void)
{
  static const char *const names[]
      = { "heat-light.png", "heat-dark.png", "heat-light-contrast.png", "heat-dark-contrast.png" };
  g_auto (MatineeHeatGrid) grid = { 0 };

  fill (&grid);
  for (guint i = 0; i < MATINEE_PLOT_N_VARIANTS; i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, PLOT_GOLDEN_WIDTH, PLOT_GOLDEN_HEIGHT);
      cairo_t *cr = cairo_create (surface);
      g_auto (MatineePlotStyle) style;

      matinee_plot_style_init (&style, (MatineePlotVariant) i);
      style.boxes = TRUE;
      matinee_heat_grid_draw (&grid, cr, PLOT_GOLDEN_WIDTH, PLOT_GOLDEN_HEIGHT, &style, NULL);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      plot_golden_check (surface, names[i]);
      cairo_surface_destroy (surface);
    }
}

/* The lower the value, the lighter its color, in steps that are seen in grey, too; and
 * one that is far off doesn't take the colors of the others away. */
static void
test_colors (void)
{
  g_auto (MatineeHeatGrid) grid = { 0 };
  double low, high, before = INFINITY;
  gboolean beyond;

  fill (&grid);
  grid.cells[0].value = 1e6;
  g_assert_true (matinee_heat_grid_get_range (&grid, &low, &high, &beyond));
  g_assert_true (beyond);
  g_assert_cmpfloat (low, ==, value_at (2, 2));
  g_assert_cmpfloat (high, <, 2);
  for (guint i = 0; i <= 10; i++)
    {
      static const GdkRGBA black = { 0, 0, 0, 1 };
      static const GdkRGBA white = { 1, 1, 1, 1 };
      GdkRGBA color;

      matinee_heat_grid_get_color (&grid, low + i * (high - low) / 10, &color);
      g_assert_cmpfloat (matinee_plot_style_luminance (&color), <, before);
      before = matinee_plot_style_luminance (&color);
      /* Text on it can be read. */
      g_assert_cmpfloat (
          MAX (matinee_plot_style_contrast (&color, &black), matinee_plot_style_contrast (&color, &white)), >=, 4.5);
    }
  /* Equal values are no reason to divide by 0. */
  for (guint i = 0; i < 15; i++)
    grid.cells[i] = (MatineeHeatCell){ MATINEE_HEAT_KNOWN, 1 };
  g_assert_true (matinee_heat_grid_get_range (&grid, &low, &high, &beyond));
  g_assert_false (beyond);
  for (guint i = 0; i < 15; i++)
    grid.cells[i].state = MATINEE_HEAT_WAITING;
  g_assert_false (matinee_heat_grid_get_range (&grid, &low, &high, &beyond));
}

/* Nothing, one cell, far too many for the room, no room at all. */
static void
test_degenerate (void)
{
  static const char *const one[] = { "1", NULL };
  g_auto (GStrv) many = g_new0 (char *, 101);
  g_auto (MatineePlotStyle) style;

  for (guint i = 0; i < 100; i++)
    many[i] = g_strdup_printf ("%u", i);
  matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT);
  style.boxes = TRUE;
  for (guint size = 1; size <= 200; size += 66)
    for (guint kind = 0; kind < 3; kind++)
      {
        g_auto (MatineeHeatGrid) grid = { 0 };
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) size, (int) size);
        cairo_t *cr = cairo_create (surface);
        MatineePlotRect area;

        matinee_heat_grid_clear (&grid);
        if (kind > 0)
          matinee_heat_grid_set_axes (&grid, "x", kind == 1 ? one : (const char *const *) many, kind == 1 ? NULL : "y",
                                      kind == 1 ? NULL : (const char *const *) many);
        if (kind > 0)
          grid.cells[0] = (MatineeHeatCell){ MATINEE_HEAT_KNOWN, 1 };
        matinee_heat_grid_draw (&grid, cr, size, size, &style, &area);
        g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        g_assert_cmpint (matinee_heat_grid_pick (&grid, &area, -1, -1), ==, -1);
        cairo_destroy (cr);
        cairo_surface_destroy (surface);
      }
}

static void
count_cb (MatineeHeatMap *map, guint *n)
{
  (*n)++;
}

/* A click chooses the cell under it; keys go on from there and stop at the edges. */
static void
test_widget (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *widget = matinee_heat_map_new ();
  MatineeHeatMap *map = MATINEE_HEAT_MAP (widget);
  guint column, row, n_moved = 0, n_activated = 0;
  GtkGesture *click = plot_test_find_controller (widget, GTK_TYPE_GESTURE_CLICK);
  gpointer watched = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &watched);
  matinee_heat_map_set_axes (map, "Regularization", columns, "Factors", rows);
  matinee_heat_map_set_value_title (map, "Test RMSE");
  for (guint i = 0; i < 15; i++)
    matinee_heat_map_set_cell (map, i % 5, i / 5, MATINEE_HEAT_KNOWN, value_at (i % 5, i / 5));
  matinee_heat_map_set_best (map, 2, 2);
  matinee_heat_map_set_summary (map, "Best: somewhere.");
  g_signal_connect (map, "moved", G_CALLBACK (count_cb), &n_moved);
  g_signal_connect (map, "activated", G_CALLBACK (count_cb), &n_activated);
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 300);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  plot_test_spin (150);

  g_assert_false (matinee_heat_map_get_cursor (map, &column, &row));
  g_signal_emit_by_name (click, "pressed", 1, 60.0, 220.0);
  g_assert_true (matinee_heat_map_get_cursor (map, &column, &row));
  g_assert_cmpuint (column, ==, 0);
  g_assert_cmpuint (row, ==, 0);
  g_assert_cmpuint (n_moved, ==, 1);
  g_assert_cmpuint (n_activated, ==, 1);
  g_signal_emit_by_name (click, "pressed", 1, 2.0, 2.0);
  g_assert_cmpuint (n_activated, ==, 1);
  g_assert_true (plot_test_press_key (widget, GDK_KEY_Right, 0));
  g_assert_true (plot_test_press_key (widget, GDK_KEY_Up, 0));
  g_assert_true (matinee_heat_map_get_cursor (map, &column, &row));
  g_assert_cmpuint (column, ==, 1);
  g_assert_cmpuint (row, ==, 1);
  g_assert_true (plot_test_press_key (widget, GDK_KEY_End, 0));
  plot_test_press_key (widget, GDK_KEY_Right, 0);
  g_assert_true (matinee_heat_map_get_cursor (map, &column, &row));
  g_assert_cmpuint (column, ==, 4);
  g_assert_true (plot_test_press_key (widget, GDK_KEY_Return, 0));
  g_assert_cmpuint (n_activated, ==, 2);
  g_assert_true (plot_test_press_key (widget, GDK_KEY_Home, GDK_CONTROL_MASK));
  g_assert_true (matinee_heat_map_get_cursor (map, &column, &row));
  g_assert_cmpuint (column, ==, 2);
  g_assert_cmpuint (row, ==, 2);
  n_moved = 1;
  matinee_heat_map_set_cursor (map, 4, 1);
  g_assert_cmpuint (n_moved, ==, 2);
  matinee_heat_map_set_cursor (map, 4, 1);
  g_assert_cmpuint (n_moved, ==, 2);
  plot_test_spin (60);
  matinee_heat_map_set_axes (map, "Other", columns, NULL, NULL);
  g_assert_false (matinee_heat_map_get_cursor (map, &column, &row));
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_RTL);
  plot_test_spin (60);
  gtk_window_destroy (GTK_WINDOW (window));
  plot_test_spin (60);
  g_assert_null (watched);
}

static void
test_text (void)
{
  g_auto (MatineeHeatGrid) grid = { 0 };
  g_autofree char *best = NULL;
  g_autofree char *waiting = NULL;

  fill (&grid);
  best = matinee_heat_grid_dup_text (&grid, 12);
  g_assert_cmpstr (best, ==, "Regularization 1, Factors 32: Test RMSE 0.87000 (best)");
  waiting = matinee_heat_grid_dup_text (&grid, 14);
  g_assert_cmpstr (waiting, ==, "Regularization 10, Factors 32: not done yet");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat-map/golden", test_golden);
  g_test_add_func ("/heat-map/colors", test_colors);
  g_test_add_func ("/heat-map/degenerate", test_degenerate);
  g_test_add_func ("/heat-map/text", test_text);
  g_test_add_func ("/heat-map/widget", test_widget);
  return g_test_run ();
}
