/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot-test.h"

#include <stdlib.h>

/* Versions of cairo and pixman round differently at the edges of lines. A dotted line across
 * the picture has more pixels than may differ. */
#define CHANNEL_TOLERANCE 48
#define PIXEL_TOLERANCE 0.0005

static void
compare (cairo_surface_t *a, cairo_surface_t *b, const char *name)
{
  guint different = 0;

  g_assert_cmpint (cairo_surface_status (b), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (a), ==, cairo_image_surface_get_width (b));
  g_assert_cmpint (cairo_image_surface_get_height (a), ==, cairo_image_surface_get_height (b));
  for (int y = 0; y < PLOT_GOLDEN_HEIGHT; y++)
    {
      const guchar *p = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
      const guchar *q = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);

      for (int x = 0; x < PLOT_GOLDEN_WIDTH; x++)
        for (int c = 0; c < 3; c++)
          if (abs (p[4 * x + c] - q[4 * x + c]) > CHANNEL_TOLERANCE)
            {
              different++;
              break;
            }
    }

  if (different > PIXEL_TOLERANCE * PLOT_GOLDEN_WIDTH * PLOT_GOLDEN_HEIGHT)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);

      cairo_surface_write_to_png (a, path);
      g_test_message ("%s: %u pixels differ; what was drawn is in %s", name, different, path);
      g_test_fail ();
    }
}

/* Compares a picture with a golden one. Those have boxes for letters, so that they do not
 * depend on the fonts of a machine. After a change that is meant, look at the new
 * pictures and write them with MATINEE_UPDATE_GOLDEN=1. */
void
plot_golden_check (cairo_surface_t *surface, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, NULL);

  if (g_getenv ("MATINEE_UPDATE_GOLDEN") != NULL)
    {
      g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
    }
  else
    {
      cairo_surface_t *golden = cairo_image_surface_create_from_png (path);

      compare (surface, golden, name);
      cairo_surface_destroy (golden);
    }
}

/* Turns the main context for a while: some frames are drawn. */
void
plot_test_spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* What handles events of a kind; the widget keeps it. */
gpointer
plot_test_find_controller (gpointer widget, GType type)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static gboolean
is_key (GtkShortcut *shortcut, guint key, GdkModifierType modifiers)
{
  GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

  return GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

/* Does what a key is bound to. Returns whether it was taken. */
gboolean
plot_test_press_key (gpointer widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (is_key (shortcut, key, modifiers))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_assert_not_reached ();
}
