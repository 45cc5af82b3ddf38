/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-training.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-params.h"
#include "matinee-cli-text.h"
#include "matinee-solver.h"
#include "matinee-trainer.h"

/**
 * Watch:
 * @params: what is being done
 * @json: whether to write events rather than a table
 * @began: when the training began, in µs
 *
 * What the one who watches a training needs to know.
 */
typedef struct
{
  const MatineeParams *params;
  gboolean json;
  gint64 began;
} Watch;

static const struct
{
  const char *title;
  gsize width;
} columns[] = {
  { N_ ("Iteration"), 9 },
  { N_ ("Train RMSE"), 10 },
  { N_ ("Test RMSE"), 10 },
  { N_ ("Seconds"), 9 },
};

static double
rmse (const MatineeErrors *errors)
{
  return errors->n > 0 ? matinee_errors_rmse (errors) : NAN;
}

static double
rmse_clipped (const MatineeErrors *errors)
{
  return errors->n > 0 ? matinee_errors_rmse_clipped (errors) : NAN;
}

/**
 * matinee_cli_write_data:
 * @dataset: what was read
 * @split: what trains and what tests
 * @params: how it was made
 *
 * Writes the event "data".
 */
void
matinee_cli_write_data (const MatineeDataset *dataset, const MatineeSplit *split, const MatineeParams *params)
{
  const MatineeRatings *ratings = dataset->ratings;
  JsonBuilder *event = matinee_cli_event_new ("data");

  matinee_cli_event_add_count (event, "users", matinee_ratings_get_n_users (ratings));
  matinee_cli_event_add_count (event, "movies", matinee_ratings_get_n_movies (ratings));
  matinee_cli_event_add_count (event, "ratings", matinee_ratings_get_n (ratings));
  matinee_cli_event_add_count (event, "train", split->train_by_user->n_entries);
  matinee_cli_event_add_count (event, "test", split->test_by_user->n_entries);
  matinee_cli_event_add_count (event, "duplicates", ratings->n_duplicates);
  matinee_cli_event_add_count (event, "cold_users", split->n_cold_users);
  matinee_cli_event_add_count (event, "cold_movies", split->n_cold_movies);
  matinee_cli_event_add_count (event, "cold_test", split->n_cold_test);
  matinee_cli_event_add_string (event, "split", matinee_split_info (params->split)->choice.id);
  matinee_cli_event_add_count (event, "short_users", split->n_short_users);
  matinee_cli_event_add_period (event, "train_times", &split->train_period);
  matinee_cli_event_add_period (event, "test_times", &split->test_period);
  matinee_cli_event_write (event);
}

static void
print_part_period (const char *label, const MatineePeriod *period)
{
  g_autofree char *first = matinee_moment_format (period->first);
  g_autofree char *last = matinee_moment_format (period->last);

  if (!matinee_period_is_never (period))
    matinee_cli_print_field (label, _ ("from %s to %s"), first, last);
}

/**
 * matinee_cli_print_parts:
 * @split: what trains and what tests
 * @test_path: (nullable): where the test ratings come from, if from a file of their own
 *
 * Prints for people how many ratings train and test, when these were given, and whom
 * the training knows nothing of.
 */
void
matinee_cli_print_parts (const MatineeSplit *split, const char *test_path)
{
  g_autofree char *train = matinee_cli_format_count (split->train_by_user->n_entries);
  g_autofree char *test = matinee_cli_format_count (split->test_by_user->n_entries);
  g_autofree char *users = matinee_cli_format_count (split->n_cold_users);
  g_autofree char *movies = matinee_cli_format_count (split->n_cold_movies);
  g_autofree char *cold = matinee_cli_format_count (split->n_cold_test);
  g_autofree char *few = matinee_cli_format_count (split->n_short_users);

  if (test_path != NULL)
    {
      g_autofree char *name = g_filename_display_basename (test_path);
      g_autofree char *clean = matinee_cli_text_clean (name);

      matinee_cli_print_field (_ ("Split"), _ ("%s to train, %s to test from %s"), train, test, clean);
    }
  else
    matinee_cli_print_field (_ ("Split"), _ ("%s to train, %s to test"), train, test);
  print_part_period (_ ("Train"), &split->train_period);
  print_part_period (_ ("Test"), &split->test_period);
  if (split->n_cold_users > 0 || split->n_cold_movies > 0)
    matinee_cli_print_field (_ ("Unseen"),
                             _ ("without training ratings: users %s, movies %s; test ratings of them: %s"), users,
                             movies, cold);
  if (split->n_short_users > 0)
    matinee_cli_print_field (_ ("Too few"),
                             _ ("users with fewer test ratings than asked for, to keep one to train: %s"), few);
}

/**
 * matinee_cli_print_split:
 * @split: what trains and what tests
 * @params: how it was made
 * @test_path: (nullable): where the test ratings come from, if not from @params
 *
 * Prints for people what is trained on, and how.
 */
void
matinee_cli_print_split (const MatineeSplit *split, const MatineeParams *params, const char *test_path)
{
  matinee_cli_print_parts (split, test_path);
  matinee_cli_params_print (params, MATINEE_N_PARAMS);
}

static void
print_row (char *const cells[G_N_ELEMENTS (columns)])
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      gsize width = MAX (columns[i].width, matinee_cli_text_width (_ (columns[i].title)));
      g_autofree char *cell = matinee_cli_text_pad (cells[i], width, TRUE);

      g_string_append_printf (line, "%s%s", i > 0 ? "  " : "", cell);
    }
  matinee_cli_print ("%s\n", line->str);
}

static void
print_headings (void)
{
  char *cells[G_N_ELEMENTS (columns)];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    cells[i] = _ (columns[i].title);
  matinee_cli_print ("\n");
  print_row (cells);
}

static void
print_point (const MatineeTracePoint *point)
{
  g_autofree char *iteration = g_strdup_printf ("%u", point->iteration);
  g_autofree char *train = matinee_cli_format_fixed (rmse (&point->train), 5);
  g_autofree char *test = matinee_cli_format_fixed (rmse (&point->test), 5);
  g_autofree char *seconds = matinee_cli_format_fixed (point->seconds, 3);

  print_row ((char *[]){ iteration, train, test, seconds });
}

static void
write_point (const MatineeTracePoint *point)
{
  const MatineeErrors *train = &point->train;
  const MatineeErrors *test = &point->test;
  gboolean tested = test->n > 0;
  JsonBuilder *event = matinee_cli_event_new ("iteration");

  matinee_cli_event_add_count (event, "iteration", point->iteration);
  matinee_cli_event_add_number (event, "train_rmse", rmse (train));
  matinee_cli_event_add_number (event, "test_rmse", rmse (test));
  matinee_cli_event_add_number (event, "train_mse", matinee_errors_mse (train));
  matinee_cli_event_add_number (event, "test_mse", tested ? matinee_errors_mse (test) : NAN);
  matinee_cli_event_add_number (event, "train_mae", matinee_errors_mae (train));
  matinee_cli_event_add_number (event, "test_mae", tested ? matinee_errors_mae (test) : NAN);
  matinee_cli_event_add_number (event, "objective", matinee_trace_point_objective (point));
  matinee_cli_event_add_number (event, "seconds", point->seconds);
  matinee_cli_event_write (event);
}

static void
show_progress (const Watch *watch, const MatineeTracePoint *point)
{
  guint n = watch->params->n_iterations;
  double elapsed = (double) (g_get_monotonic_time () - watch->began) / G_USEC_PER_SEC;
  g_autofree char *train = matinee_cli_format_fixed (rmse (&point->train), 4);
  g_autofree char *test = matinee_cli_format_fixed (rmse (&point->test), 4);

  if (point->iteration == 0)
    matinee_cli_progress (_ ("Iteration 0 of %u · train %s · test %s"), n, train, test);
  else
    {
      guint64 left = (guint64) (elapsed / point->iteration * (n - point->iteration));
      g_autofree char *time = g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", left / 3600, (guint) (left / 60 % 60),
                                               (guint) (left % 60));

      matinee_cli_progress (_ ("Iteration %u of %u · train %s · test %s · at most %s left"), point->iteration, n, train,
                            test, time);
    }
}

static gboolean
point_cb (MatineeTrainer *trainer, const MatineeTracePoint *point, gpointer data)
{
  const Watch *watch = data;

  if (watch->json)
    write_point (point);
  else
    print_point (point);
  show_progress (watch, point);
  return !matinee_cli_output_failed ();
}

static void
write_done (const MatineeModel *model)
{
  const MatineeTracePoint *best = matinee_trace_best (model->trace);
  const MatineeTracePoint *last = matinee_trace_last (model->trace);
  JsonBuilder *event = matinee_cli_event_new ("done");

  matinee_cli_event_add_string (event, "reason", matinee_stop_reason_id (model->reason));
  matinee_cli_event_add_count (event, "iterations", last->iteration);
  matinee_cli_event_add_number (event, "seconds", last->seconds);
  matinee_cli_event_add_count (event, "best_iteration", best->iteration);
  matinee_cli_event_add_number (event, "train_rmse", rmse (&model->train));
  matinee_cli_event_add_number (event, "test_rmse", rmse (&model->test));
  matinee_cli_event_add_number (event, "train_rmse_clipped", rmse_clipped (&model->train));
  matinee_cli_event_add_number (event, "test_rmse_clipped", rmse_clipped (&model->test));
  matinee_cli_event_write (event);
}

static void
print_errors (const char *label, const MatineeErrors *errors)
{
  g_autofree char *plain = matinee_cli_format_fixed (rmse (errors), 5);
  g_autofree char *clipped = matinee_cli_format_fixed (rmse_clipped (errors), 5);

  if (errors->n > 0)
    matinee_cli_print_field (label, _ ("%s, and %s with predictions clipped to the scale"), plain, clipped);
}

static void
print_done (const MatineeModel *model)
{
  const MatineeTracePoint *last = matinee_trace_last (model->trace);

  matinee_cli_print ("\n");
  matinee_cli_print_field (_ ("Ended"), _ ("%s, after iteration %u and %.3f seconds of solver time"),
                           matinee_stop_reason_title (model->reason), last->iteration, last->seconds);
  matinee_cli_print_field (_ ("Model"), _ ("of iteration %u"), model->iteration);
  print_errors (_ ("Train RMSE"), &model->train);
  print_errors (_ ("Test RMSE"), &model->test);
}

/**
 * matinee_cli_run_training:
 * @dataset: the data
 * @split: what trains and what tests
 * @params: how
 * @start: (nullable): factors to begin with
 * @json: whether to write events rather than a table
 * @pool: threads
 * @stop: (nullable): ends the training, and keeps what was learnt
 * @model: (out) (nullable): what was learnt, also when it diverged
 * @error: return location
 *
 * Trains, and writes each iteration and how it ended to standard output.
 *
 * Returns: whether all went well; else @error is %MATINEE_ERROR_DIVERGED when a
 *   number became infinite
 */
gboolean
matinee_cli_run_training (const MatineeDataset *dataset, MatineeSplit *split, const MatineeParams *params,
                          const MatineeFactors *start, gboolean json, MatineePool *pool, MatineeStop *stop,
                          MatineeModel **model, GError **error)
{
  Watch watch = { .params = params, .json = json, .began = g_get_monotonic_time () };
  g_autoptr (MatineeTrainer) trainer = matinee_trainer_new (params, split, start, pool, stop, error);
  g_autoptr (GError) failure = NULL;

  if (trainer == NULL)
    return FALSE;
  if (!json)
    print_headings ();
  if (matinee_trainer_run (trainer, point_cb, &watch, &failure) != MATINEE_RUNNING)
    {
      matinee_cli_progress_clear ();
      *model = matinee_trainer_finish (trainer, dataset->ratings->users, dataset->ratings->movies);
      if (json)
        write_done (*model);
      else
        print_done (*model);
    }
  matinee_cli_progress_clear ();
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
