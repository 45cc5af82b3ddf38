/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-fetch-dialog.h"
#include "matinee-film.h"
#include "matinee-solver.h"
#include "window-test.h"

/* Makes the pictures of the window that README and docs show: run build-aux/screenshots. */

#define SCALE 2
#define CORNER 12
/* A start from which the curves are worth looking at while they fall. */
#define LEARNING_RATE 0.0002

/* Saves what is in a window, twice as fine as on the screen; its borders, which a
 * display without a compositor makes thick, are left out. */
static void
save_content (GtkWidget *content, const char *folder, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (content);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds;
  GskRoundedRect clip;
  GdkRGBA background;

  window_test_settle ();
  window_test_settle ();
  graphene_rect_init (&bounds, 0, 0, (float) gtk_widget_get_width (content), (float) gtk_widget_get_height (content));
  g_assert_true (
      gtk_style_context_lookup_color (gtk_widget_get_style_context (content), "window_bg_color", &background));
  gtk_snapshot_scale (snapshot, SCALE, SCALE);
  gsk_rounded_rect_init_from_rect (&clip, &bounds, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &background, &bounds);
  gdk_paintable_snapshot (paintable, snapshot, (double) bounds.size.width, (double) bounds.size.height);
  gtk_snapshot_pop (snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture
      = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (content)), node,
                                     &GRAPHENE_RECT_INIT (0, 0, SCALE * bounds.size.width, SCALE * bounds.size.height));
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s could not be written", path);
  g_print ("%s\n", path);
}

static void
save (MatineeWindow *window, const char *folder, const char *name)
{
  save_content (adw_application_window_get_content (ADW_APPLICATION_WINDOW (window)), folder, name);
}

static void
resize (MatineeWindow *window, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  window_test_settle ();
}

static void
set_params (MatineeWindow *window, const char *solver, guint n_iterations)
{
  MatineeParams params = *matinee_session_get_params (matinee_window_get_session (window));

  matinee_params_apply_preset (&params, matinee_preset_for_solver (matinee_solver_find (solver)));
  params.n_iterations = n_iterations;
  if (strcmp (solver, "gradient") == 0)
    params.learning_rate = LEARNING_RATE;
  matinee_session_set_params (matinee_window_get_session (window), &params);
}

static gboolean
is_under_way (gpointer data)
{
  return matinee_session_get_fraction (data) >= 0.4;
}

static gboolean
is_prepared (gpointer data)
{
  return matinee_recommend_page_is_prepared (data);
}

/* Why a film is recommended, and You with a few ratings, in both color schemes. */
static void
save_details (MatineeWindow *window, const char *folder)
{
  static const char *const suffixes[] = { "light", "dark" };
  AdwStyleManager *style = adw_style_manager_get_default ();
  MatineeRecommendPage *page = matinee_window_get_recommend_page (window);
  GListModel *films = matinee_recommend_page_get_films (page);
  MatineeSession *session = matinee_window_get_session (window);
  MatineeParams params = *matinee_session_get_params (session);
  g_autoptr (MatineeFilm) film = NULL;

  window_test_wait (is_prepared, page);
  /* Somebody with many ratings, and a model that knows something of tastes. */
  params.regularization = 0.4;
  params.n_factors = 8;
  matinee_session_set_params (session, &params);
  window_test_train (window);
  matinee_recommend_page_choose_user (page, "7");
  film = g_list_model_get_item (films, 0);
  matinee_window_show_page (window, "recommend");
  matinee_recommend_page_open_film (page, matinee_film_get_movie (film));
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autofree char *name = g_strconcat ("why-", suffixes[dark], NULL);

      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      save (window, folder, name);
    }
  matinee_recommend_page_choose_you (page);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MatineeFilm) rated = g_list_model_get_item (films, 2 * i);

      matinee_you_rate (matinee_recommend_page_get_you (page), matinee_film_get_movie (rated), 5.0 - 1.5 * i);
    }
  for (guint dark = 0; dark < 2; dark++)
    {
      g_autofree char *name = g_strconcat ("you-", suffixes[dark], NULL);

      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      save (window, folder, name);
    }
  matinee_recommend_page_choose_user (page, "2");
}

/* Some runs to compare, the worst first. */
static void
save_runs (MatineeWindow *window, const char *folder)
{
  static const struct
  {
    guint n_factors;
    double regularization;
  } runs[] = { { 50, 0.1 }, { 20, 0.4 }, { 10, 1.4 }, { 50, 4 } };
  MatineeRunsPage *page = matinee_window_get_runs_page (window);
  MatineeSession *session = matinee_window_get_session (window);
  GListModel *shown = matinee_runs_view_get_shown (matinee_runs_page_get_view (page));

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      MatineeParams params = *matinee_session_get_params (session);

      params.n_factors = runs[i].n_factors;
      params.regularization = runs[i].regularization;
      matinee_session_set_params (session, &params);
      window_test_train (window);
    }
  matinee_window_show_page (window, "runs");
  window_test_settle ();
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (MatineeRunItem) item = g_list_model_get_item (shown, i);

      matinee_run_item_set_ticked (item, TRUE);
    }
}

/* A heat map, with the best run within the values that were tried. */
static void
save_sweep (MatineeWindow *window, const char *folder)
{
  MatineeRunsPage *page = matinee_window_get_runs_page (window);
  MatineeSweepWindow *sweep;

  gtk_widget_activate_action (GTK_WIDGET (page), "runs.sweep", NULL);
  sweep = matinee_runs_page_get_sweep (page);
  matinee_sweep_range_set (matinee_sweep_window_get_range (sweep, 0), MATINEE_PARAM_REGULARIZATION, 0.1, 5, 6, TRUE);
  matinee_sweep_range_set (matinee_sweep_window_get_range (sweep, 1), MATINEE_PARAM_FACTORS, 2, 32, 5, TRUE);
  window_test_settle ();
  gtk_widget_activate_action (GTK_WIDGET (sweep), "sweep.start", NULL);
  window_test_wait_idle (window);
  window_test_settle ();
  save_content (adw_window_get_content (ADW_WINDOW (sweep)), folder, "sweep-light");
  gtk_window_close (GTK_WINDOW (sweep));
}

static gboolean
has_diagnosis (gpointer data)
{
  MatineeDoctorDialog *dialog = matinee_window_get_doctor_dialog (data);

  return dialog != NULL && matinee_doctor_dialog_get_diagnosis (dialog) != NULL;
}

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  g_error ("No %s is open", g_type_name (type));
}

/* What is asked about a file that doesn't say what its columns are, and the sets that can
 * be downloaded. */
static void
save_dialogs (MatineeWindow *window, const char *folder)
{
  static const char text[] = "10;3,5;1;2015-03-01\n20;4;1;2015-03-02\n10;5;2;2015-04-17\n30;2,5;2;2015-04-17\n";
  g_autofree char *files = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  g_autoptr (GFile) file = window_test_write (files, "notes.txt", text, -1);
  MatineeFetchDialog *fetch;

  matinee_session_open (matinee_window_get_session (window), file, NULL);
  window_test_wait (has_diagnosis, window);
  save_content (adw_window_get_content (ADW_WINDOW (matinee_window_get_doctor_dialog (window))), folder,
                "options-light");
  gtk_window_destroy (GTK_WINDOW (matinee_window_get_doctor_dialog (window)));
  g_file_delete (file, NULL, NULL);
  g_rmdir (files);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.get-movielens", NULL);
  fetch = MATINEE_FETCH_DIALOG (find_window (MATINEE_TYPE_FETCH_DIALOG));
  window_test_settle ();
  save_content (adw_window_get_content (ADW_WINDOW (fetch)), folder, "download-light");
  gtk_window_destroy (GTK_WINDOW (fetch));
}

static void
save_all (MatineeWindow *window, const char *folder)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  MatineeSession *session = matinee_window_get_session (window);

  set_params (window, "gradient", 3000);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
  window_test_wait (is_under_way, session);
  save (window, folder, "training");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.stop", NULL);
  window_test_wait_idle (window);

  set_params (window, "exact", 20);
  window_test_train (window);
  save (window, folder, "train-light");
  matinee_window_show_page (window, "recommend");
  matinee_recommend_page_choose_user (matinee_window_get_recommend_page (window), "2");
  save (window, folder, "recommend-light");
  save_runs (window, folder);
  save (window, folder, "runs-light");
  save_sweep (window, folder);
  save_dialogs (window, folder);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  save (window, folder, "runs-dark");
  matinee_window_show_page (window, "recommend");
  save (window, folder, "recommend-dark");
  matinee_window_show_page (window, "train");
  save (window, folder, "train-dark");
  save_details (window, folder);

  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  matinee_window_show_page (window, "train");
  resize (window, 400, 720);
  save (window, folder, "train-narrow");
  matinee_window_show_page (window, "recommend");
  save (window, folder, "recommend-narrow");
  matinee_window_show_page (window, "runs");
  save (window, folder, "runs-narrow");
}

int
main (int argc, char *argv[])
{
  MatineeApplication *application;
  MatineeWindow *window;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }
  application = window_test_application ();
  window = matinee_window_new (GTK_APPLICATION (application), matinee_application_get_settings (application));
  gtk_window_present (GTK_WINDOW (window));
  matinee_window_restore (window);
  window_test_wait_idle (window);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  resize (window, 1100, 720);
  save_all (window, argv[1]);
  window_test_close (window);
  return 0;
}
