/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "matinee-list-quality.h"
#include "matinee-ranking-window.h"
#include "window-test.h"

typedef struct
{
  MatineeWindow *window;
  MatineeTrainPage *page;
  MatineeListQuality *lists;
} Fixture;

static gboolean
is_judged (gpointer data)
{
  return !matinee_list_quality_get_judging (data);
}

static void
train (Fixture *fixture, double test_share)
{
  window_test_set (fixture->window, MATINEE_PARAM_TEST_SHARE, test_share);
  window_test_set (fixture->window, MATINEE_PARAM_ITERATIONS, 4);
  window_test_train (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = window_test_open (window_test_application ());
  fixture->page = matinee_window_get_train_page (fixture->window);
  fixture->lists = matinee_train_page_get_lists (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  window_test_set (fixture->window, MATINEE_PARAM_TEST_SHARE, 30);
  window_test_close (fixture->window);
}

/* At the end of a training the measures stand beside the error, and follow N and the
 * threshold that somebody chooses. */
static void
test_shown (Fixture *fixture, gconstpointer data)
{
  MatineeRankingWindow *window;
  const MatineeRankings *rankings;
  double precision, recall;

  g_assert_cmpstr (matinee_train_page_get_lists_text (fixture->page), ==, "");
  train (fixture, 30);
  window_test_wait (is_judged, fixture->lists);
  rankings = matinee_list_quality_get_rankings (fixture->lists);
  g_assert_nonnull (rankings);
  g_assert_nonnull (strstr (matinee_train_page_get_lists_text (fixture->page), "Lists of 10 films: NDCG"));

  window = matinee_ranking_window_new (GTK_WINDOW (fixture->window), fixture->lists);
  gtk_window_present (GTK_WINDOW (window));
  window_test_settle ();
  precision = rankings->by[MATINEE_RANKER_POPULAR].mean.precision;
  g_assert_cmpfloat_with_epsilon (atof (matinee_ranking_window_get_figure (window, 0, MATINEE_RANKER_POPULAR)),
                                  precision, 5.1e-5);
  g_assert_nonnull (strstr (matinee_ranking_window_get_status (window), "judged"));

  recall = rankings->by[MATINEE_RANKER_MODEL].mean.recall;
  gtk_spin_button_set_value (matinee_ranking_window_get_n_button (window), 25);
  g_assert_true (matinee_list_quality_get_judging (fixture->lists));
  g_assert_cmpstr (matinee_ranking_window_get_figure (window, 0, MATINEE_RANKER_MODEL), ==, "–");
  window_test_wait (is_judged, fixture->lists);
  g_assert_cmpuint (rankings->by[MATINEE_RANKER_MODEL].n, ==, 25);
  g_assert_cmpfloat (rankings->by[MATINEE_RANKER_MODEL].mean.recall, >=, recall);

  gtk_spin_button_set_value (matinee_ranking_window_get_threshold_button (window), 2.5);
  window_test_wait (is_judged, fixture->lists);
  g_assert_cmpfloat (rankings->by[MATINEE_RANKER_MODEL].threshold, ==, 2.5);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What somebody chose stays for the next model of the same data. */
static void
test_next (Fixture *fixture, gconstpointer data)
{
  train (fixture, 30);
  matinee_list_quality_set_n (fixture->lists, 3);
  matinee_list_quality_set_threshold (fixture->lists, 3.0);
  matinee_list_quality_cancel (fixture->lists);
  g_assert_null (matinee_list_quality_get_rankings (fixture->lists));
  g_assert_nonnull (strstr (matinee_train_page_get_lists_text (fixture->page), "not judged to the end"));
  train (fixture, 20);
  window_test_wait (is_judged, fixture->lists);
  g_assert_cmpuint (matinee_list_quality_get_rankings (fixture->lists)->by[MATINEE_RANKER_BIAS].n, ==, 3);
  g_assert_cmpfloat (matinee_list_quality_get_options (fixture->lists)->threshold, ==, 3.0);
}

static void
test_nothing_held_out (Fixture *fixture, gconstpointer data)
{
  train (fixture, 0);
  g_assert_false (matinee_list_quality_get_judging (fixture->lists));
  g_assert_nonnull (strstr (matinee_train_page_get_lists_text (fixture->page), "no ratings were held out"));
}

/* The window closes while a worker judges. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  train (fixture, 30);
  matinee_list_quality_judge (fixture->lists);
  g_assert_true (matinee_list_quality_get_judging (fixture->lists));
}

#define ADD(path, func) g_test_add ("/list-quality/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  window_test_application ();
  ADD ("shown", test_shown);
  ADD ("next", test_next);
  ADD ("nothing-held-out", test_nothing_held_out);
  ADD ("close", test_close);
  return g_test_run ();
}
