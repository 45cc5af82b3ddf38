/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-bars.h"
#include "matinee-curves.h"
#include "matinee-data-group.h"
#include "matinee-fetch-dialog.h"
#include "matinee-films-view.h"
#include "matinee-help.h"
#include "matinee-latency.h"
#include "matinee-model-group.h"
#include "matinee-opening.h"
#include "matinee-ranking-window.h"
#include "matinee-solver.h"
#include "matinee-split-group.h"
#include "matinee-stars.h"
#include "matinee-user-list.h"
#include "window-test.h"

/* Every type of the window can be made and leaves nothing behind. */
static void
test_finalize (gconstpointer data)
{
  GType type = (GType) GPOINTER_TO_SIZE (data);
  GObject *object = g_object_new (type, NULL);

  if (GTK_IS_WINDOW (object))
    {
      g_object_add_weak_pointer (object, (gpointer *) &object);
      gtk_window_destroy (GTK_WINDOW (object));
      g_assert_null (object);
      return;
    }
  if (g_object_is_floating (object))
    g_object_ref_sink (object);
  g_assert_finalize_object (object);
}

static void
test_param_rows (void)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = matinee_param_info (id);
      MatineeParamRow *row = g_object_ref_sink (MATINEE_PARAM_ROW (matinee_param_row_new (id)));
      GtkSpinButton *spin = matinee_param_row_get_spin_button (row);

      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, _ (info->label));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (info->label));
      matinee_param_row_set_value (row, info->maximum);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, info->maximum);
      matinee_param_row_set_value (row, info->maximum * 2);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, info->maximum);
      matinee_param_row_set_value (row, info->minimum);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, info->minimum);
      g_assert_finalize_object (row);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
type_text (MatineeParamRow *row, const char *text)
{
  GtkSpinButton *spin = matinee_param_row_get_spin_button (row);

  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_spin_button_update (spin);
}

static void
test_typing (void)
{
  MatineeParamRow *row = g_object_ref_sink (MATINEE_PARAM_ROW (matinee_param_row_new (MATINEE_PARAM_LEARNING_RATE)));
  GtkEditable *editable = GTK_EDITABLE (matinee_param_row_get_spin_button (row));
  guint n_notifies = 0;

  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (count_cb), &n_notifies);
  type_text (row, "0.0001");
  g_assert_cmpfloat (matinee_param_row_get_value (row), ==, 0.0001);
  g_assert_cmpstr (gtk_editable_get_text (editable), ==, "0.0001");
  g_assert_cmpuint (n_notifies, ==, 1);
  type_text (row, "1e-4");
  g_assert_cmpuint (n_notifies, ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (editable), ==, "0.0001");
  type_text (row, " 2E-3 ");
  g_assert_cmpfloat (matinee_param_row_get_value (row), ==, 2e-3);
  for (const char *const *bad = (const char *const[]){ "", "fast", "0.1x", "nan", "inf", "1e999", NULL }; *bad; bad++)
    {
      type_text (row, *bad);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, 2e-3);
      g_assert_cmpstr (gtk_editable_get_text (editable), ==, "0.002");
    }
  type_text (row, "7");
  g_assert_cmpfloat (matinee_param_row_get_value (row), ==, 1);
  g_assert_finalize_object (row);
}

/* A share is shown in percent, and 7 % is 0.07 and nothing beside it. */
static void
test_share (void)
{
  MatineeParamRow *row = g_object_ref_sink (MATINEE_PARAM_ROW (matinee_param_row_new (MATINEE_PARAM_TEST_SHARE)));
  GtkEditable *editable = GTK_EDITABLE (matinee_param_row_get_spin_button (row));
  guint n_notifies = 0;

  for (guint percent = 0; percent <= 95; percent++)
    {
      g_autofree char *typed = g_strdup_printf ("%u", percent);
      g_autofree char *shown = g_strdup_printf ("%u\302\240%%", percent);

      type_text (row, typed);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, percent / 100.0);
      g_assert_cmpstr (gtk_editable_get_text (editable), ==, shown);
      type_text (row, shown);
      g_assert_cmpfloat (matinee_param_row_get_value (row), ==, percent / 100.0);
    }
  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (count_cb), &n_notifies);
  matinee_param_row_set_value (row, 0.07);
  g_assert_cmpuint (n_notifies, ==, 1);
  g_assert_cmpfloat (matinee_param_row_get_value (row), ==, 0.07);
  g_assert_finalize_object (row);
}

/* Presets and solvers change what is shown, and single values make a preset custom. */
static void
test_params (void)
{
  g_autoptr (MatineeSettings) settings = matinee_settings_new_in_memory ();
  g_autoptr (MatineeSession) session = matinee_session_new (settings);
  MatineeModelGroup *group = g_object_ref_sink (MATINEE_MODEL_GROUP (g_object_new (MATINEE_TYPE_MODEL_GROUP, NULL)));
  guint n_solvers;
  const MatineeSolver *const *solvers = matinee_solvers (&n_solvers);

  matinee_model_group_set_session (group, session);
  for (guint i = 0; i < n_solvers; i++)
    {
      MatineeParams params = *matinee_session_get_params (session);

      params.solver = solvers[i];
      matinee_session_set_params (session, &params);
      for (guint id = 0; id < MATINEE_N_PARAMS; id++)
        {
          MatineeParamRow *row = matinee_model_group_get_row (group, id);

          if (row != NULL)
            g_assert_cmpint (gtk_widget_get_parent (GTK_WIDGET (row)) != NULL, ==, matinee_params_uses (&params, id));
        }
    }
  type_text (matinee_model_group_get_row (group, MATINEE_PARAM_FACTORS), "17");
  g_assert_cmpuint (matinee_session_get_params (session)->n_factors, ==, 17);
  g_assert_finalize_object (group);
}

/* Stars follow keys and clicks in the steps of the scale, mirrored from right to left. */
static void
test_stars (gconstpointer data)
{
  gboolean rtl = GPOINTER_TO_INT (data);
  MatineeStars *stars = g_object_ref_sink (MATINEE_STARS (matinee_stars_new ()));
  guint forward = rtl ? GDK_KEY_Left : GDK_KEY_Right;
  guint n_changes = 0;

  gtk_widget_set_direction (GTK_WIDGET (stars), rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  g_signal_connect_swapped (stars, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_true (isnan (matinee_stars_get_value (stars)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stars), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, _ ("Not rated"));
  g_assert_true (matinee_stars_press (stars, GDK_KEY_3));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 3.0);
  g_assert_true (matinee_stars_press (stars, forward));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 3.5);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stars), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.5);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stars), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "3.5 of 5 stars");
  g_assert_true (matinee_stars_press (stars, GDK_KEY_End));
  g_assert_true (matinee_stars_press (stars, forward));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 5.0);
  g_assert_true (matinee_stars_press (stars, GDK_KEY_Home));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 0.5);
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_true (matinee_stars_press (stars, GDK_KEY_Delete));
  g_assert_true (isnan (matinee_stars_get_value (stars)));
  g_assert_false (matinee_stars_press (stars, GDK_KEY_Tab));
  g_assert_false (matinee_stars_press (stars, GDK_KEY_9));
  g_assert_cmpuint (n_changes, ==, 5);

  /* What the program sets is told to nobody. */
  matinee_stars_set_value (stars, 2.0);
  g_assert_cmpuint (n_changes, ==, 5);
  /* Scales of other data: whole stars, up to ten, and one without steps. */
  matinee_stars_set_scale (stars, 1.0, 10.0, 1.0);
  g_assert_true (matinee_stars_press (stars, GDK_KEY_5));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 10.0);
  g_assert_true (matinee_stars_press (stars, rtl ? GDK_KEY_Right : GDK_KEY_Left));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 9.0);
  matinee_stars_set_scale (stars, 3.0, 3.0, 0.0);
  g_assert_true (matinee_stars_press (stars, GDK_KEY_Home));
  g_assert_cmpfloat (matinee_stars_get_value (stars), ==, 3.0);
  g_assert_finalize_object (stars);
}

static GskRenderNode *
draw (GtkWidget *widget, int width, int height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (widget, width, height, -1, NULL);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  return node;
}

/* Bars are drawn whatever their values and labels are, in both directions. */
static void
test_bars (gconstpointer data)
{
  g_autofree char *longest = g_strnfill (300, 'x');
  const MatineeBar mixed[] = {
    { "<b>Tom & Jerry</b>", 0.75, NAN },
    { "\u0627\u0644\u0641\u064a\u0644\u0645", -0.25, 1.0 },
    { longest, NAN, INFINITY },
    { "", INFINITY, 0.0 },
  };
  const MatineeBar equal[] = { { "1", 0.0, 0.0 }, { "2", 0.0, 0.0 } };
  MatineeBars *bars = g_object_ref_sink (MATINEE_BARS (g_object_new (MATINEE_TYPE_BARS, NULL)));

  gtk_widget_set_direction (GTK_WIDGET (bars), GPOINTER_TO_INT (data) ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  g_assert_null (draw (GTK_WIDGET (bars), 300, 100));
  for (guint upright = 0; upright < 2; upright++)
    for (guint same = 0; same < 2; same++)
      {
        void (*set) (MatineeBars *, const MatineeBar *, guint, const char *)
            = upright ? matinee_bars_set_upright : matinee_bars_set_lying;
        guint n = same ? G_N_ELEMENTS (equal) : G_N_ELEMENTS (mixed);
        GskRenderNode *node;
        int minimum;

        set (bars, same ? equal : mixed, n, "Two <bars> & more");
        g_assert_cmpuint (matinee_bars_get_n (bars), ==, n);
        if (!same)
          g_assert_cmpfloat (matinee_bars_get_value (bars, 1), ==, -0.25);
        if (!same)
          g_assert_cmpfloat (matinee_bars_get_value (bars, 3), ==, 0.0);
        gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bars), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                             "Two <bars> & more");
        gtk_widget_measure (GTK_WIDGET (bars), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        g_assert_cmpint (minimum, <=, 300);
        node = draw (GTK_WIDGET (bars), 300, 160);
        g_assert_nonnull (node);
        gsk_render_node_unref (node);
      }
  matinee_bars_set_lying (bars, NULL, 0, "");
  g_assert_cmpuint (matinee_bars_get_n (bars), ==, 0);
  g_assert_finalize_object (bars);
}

/* A rating is shown as it was given. */
static void
test_ratings (void)
{
  static const struct
  {
    float rating;
    const char *text;
  } cases[] = { { 4.0f, "4.0" },     { 3.5f, "3.5" }, { 1.25f, "1.25" },
                { -0.75f, "-0.75" }, { 0.1f, "0.1" }, { 100.0f, "100.0" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = matinee_format_rating ((double) cases[i].rating);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_latency (void)
{
  g_autoptr (MatineeLatency) latency = matinee_latency_new ();

  window_test_settle ();
  matinee_latency_set_training (latency, TRUE);
  g_usleep (80000);
  window_test_settle ();
  g_assert_cmpfloat (matinee_latency_get_largest (latency, TRUE), >, 60);
  g_assert_cmpuint (matinee_latency_get_n_late (latency, TRUE), >=, 1);
}

/* Nothing counts until there is a window to press keys in. */
static void
test_first_frame (void)
{
  g_autoptr (MatineeLatency) latency = matinee_latency_new ();
  GtkWidget *window = gtk_window_new ();

  matinee_latency_watch_start (latency, window);
  g_usleep (80000);
  window_test_settle ();
  g_assert_cmpfloat (matinee_latency_get_largest (latency, FALSE), ==, 0);
  gtk_window_present (GTK_WINDOW (window));
  while (matinee_latency_get_first_frame (latency) <= 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (matinee_latency_get_first_frame (latency), >=, 80);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  window_test_application ();

  const GType types[] = {
    MATINEE_TYPE_BARS,           MATINEE_TYPE_DATA_GROUP,     MATINEE_TYPE_FILM_DETAILS, MATINEE_TYPE_FILM_FILTER,
    MATINEE_TYPE_FETCH_DIALOG,   MATINEE_TYPE_FILMS_VIEW,     MATINEE_TYPE_HELP,         MATINEE_TYPE_MODEL_GROUP,
    MATINEE_TYPE_OPENING,        MATINEE_TYPE_PARAM_ROW,      MATINEE_TYPE_PLOT,         MATINEE_TYPE_PROFILE_VIEW,
    MATINEE_TYPE_RANKING_WINDOW, MATINEE_TYPE_RECOMMEND_PAGE, MATINEE_TYPE_SPLIT_GROUP,  MATINEE_TYPE_STARS,
    MATINEE_TYPE_TRAIN_PAGE,     MATINEE_TYPE_USER_LIST,      MATINEE_TYPE_WINDOW,       MATINEE_TYPE_YOU_VIEW,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/finalize/%s", g_type_name (types[i]));

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_finalize);
    }
  g_test_add_func ("/widgets/param-rows", test_param_rows);
  g_test_add_func ("/widgets/typing", test_typing);
  g_test_add_func ("/widgets/share", test_share);
  g_test_add_func ("/widgets/params", test_params);
  g_test_add_data_func ("/widgets/stars", GINT_TO_POINTER (FALSE), test_stars);
  g_test_add_data_func ("/widgets/stars/right-to-left", GINT_TO_POINTER (TRUE), test_stars);
  g_test_add_data_func ("/widgets/bars", GINT_TO_POINTER (FALSE), test_bars);
  g_test_add_data_func ("/widgets/bars/right-to-left", GINT_TO_POINTER (TRUE), test_bars);
  g_test_add_func ("/widgets/ratings", test_ratings);
  g_test_add_func ("/widgets/latency", test_latency);
  g_test_add_func ("/widgets/first-frame", test_first_frame);
  return g_test_run ();
}
