/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-training-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define DOT " · "

/**
 * matinee_training_text_status:
 * @point: what was measured last
 * @n_iterations: how many iterations there are at most
 * @loss: the loss that people look at
 * @seconds_left: how long the rest takes at most, or NaN once there is none
 *
 * Returns: (transfer full): where a training is, in one line
 */
char *
matinee_training_text_status (const MatineeTracePoint *point, guint n_iterations, MatineeLoss loss, double seconds_left)
{
  GString *text = g_string_new (NULL);
  const char *name = matinee_loss_title (loss);

  g_string_append_printf (text, _ ("Iteration %u of %u"), point->iteration, n_iterations);
  g_string_append (text, DOT);
  /* Translators: the name of a loss and its value, "train RMSE 0.612". */
  g_string_append_printf (text, _ ("train %s %.3f"), name, matinee_loss_of (loss, &point->train));
  if (point->test.n > 0)
    {
      g_string_append (text, DOT);
      g_string_append_printf (text, _ ("test %s %.3f"), name, matinee_loss_of (loss, &point->test));
    }
  if (point->iteration > 0)
    {
      g_autofree char *time = matinee_format_step_time (point->seconds / point->iteration);

      g_string_append (text, DOT);
      g_string_append_printf (text, _ ("%s per iteration"), time);
    }
  if (isfinite (seconds_left))
    {
      g_autofree char *left = matinee_format_duration (seconds_left);

      g_string_append (text, DOT);
      /* Translators: time, "0:07 left". */
      g_string_append_printf (text, _ ("%s left"), left);
    }
  return g_string_free (text, FALSE);
}

/**
 * matinee_training_text_headline:
 * @model: a model
 *
 * Returns: (transfer full): how its training ended
 */
char *
matinee_training_text_headline (const MatineeModel *model)
{
  const MatineeTracePoint *last = matinee_trace_last (model->trace);
  guint n = last != NULL ? last->iteration : 0;

  switch (model->reason)
    {
    case MATINEE_CONVERGED:
      return g_strdup_printf (ngettext ("Converged after %u iteration", "Converged after %u iterations", n), n);
    case MATINEE_ITERATIONS:
      return g_strdup_printf (
          ngettext ("Finished %u iteration, as many as allowed", "Finished %u iterations, as many as allowed", n), n);
    case MATINEE_IMPATIENT:
      return g_strdup_printf (
          ngettext ("No longer improving after %u iteration", "No longer improving after %u iterations", n), n);
    case MATINEE_DIVERGED:
      return g_strdup_printf (ngettext ("Diverged after %u iteration", "Diverged after %u iterations", n), n);
    case MATINEE_CANCELLED:
    case MATINEE_RUNNING:
    default:
      return g_strdup_printf (ngettext ("Stopped after %u iteration", "Stopped after %u iterations", n), n);
    }
}

static void
append (GString *text, char *part)
{
  if (text->len > 0)
    g_string_append (text, DOT);
  g_string_append (text, part);
  g_free (part);
}

static void
append_errors (GString *text, const MatineeModel *model, MatineeLoss loss)
{
  const char *name = matinee_loss_title (loss);
  const MatineeErrors *errors = model->test.n > 0 ? &model->test : &model->train;

  append (text, g_strdup_printf (model->test.n > 0
                                     /* Translators: %s is the name of a loss, such as RMSE. */
                                     ? _ ("Test %s %.4f with predictions clipped to the scale, %.4f without")
                                     : _ ("Train %s %.4f with predictions clipped to the scale, %.4f without"),
                                 name, matinee_loss_of_clipped (loss, errors), matinee_loss_of (loss, errors)));
}

/**
 * matinee_training_text_details:
 * @model: a model
 * @loss: the loss that people look at
 * @explanation: (nullable): why it diverged and what to change
 *
 * Returns: (transfer full): what came of its training, in a few sentences
 */
char *
matinee_training_text_details (const MatineeModel *model, MatineeLoss loss, const char *explanation)
{
  GString *text = g_string_new (NULL);
  const MatineeTracePoint *last = matinee_trace_last (model->trace);
  g_autofree char *time = matinee_format_step_time (last != NULL ? last->seconds : 0);

  append_errors (text, model, loss);
  append (text, g_strdup_printf (_ ("%s of solver time"), time));
  if (last != NULL && model->iteration != last->iteration)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              model->test.n > 0
                                  ? _ ("The model of iteration %u is kept: it was the best on the test ratings.")
                                  : _ ("The model of iteration %u is kept."),
                              model->iteration);
    }
  if (explanation != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, explanation);
    }
  return g_string_free (text, FALSE);
}

/**
 * matinee_training_text_icon:
 * @model: a model
 *
 * Returns: the name of an icon for how its training ended
 */
const char *
matinee_training_text_icon (const MatineeModel *model)
{
  switch (model->reason)
    {
    case MATINEE_DIVERGED:
      return "dialog-warning-symbolic";
    case MATINEE_CANCELLED:
      return "media-playback-stop-symbolic";
    case MATINEE_CONVERGED:
    case MATINEE_ITERATIONS:
    case MATINEE_IMPATIENT:
    case MATINEE_RUNNING:
    default:
      return "emblem-ok-symbolic";
    }
}
