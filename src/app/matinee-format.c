/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-format.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <math.h>
#include <string.h>

#define LEFT_TO_RIGHT_MARK "\u200e"

static const struct
{
  const char *id;
  const char *title;
} losses[MATINEE_N_LOSSES] = {
  [MATINEE_LOSS_RMSE] = { "rmse", N_ ("RMSE") },
  [MATINEE_LOSS_MSE] = { "mse", N_ ("MSE") },
  [MATINEE_LOSS_MAE] = { "mae", N_ ("MAE") },
};

/**
 * matinee_loss_id:
 * @loss: a loss
 *
 * Returns: its name in settings
 */
const char *
matinee_loss_id (MatineeLoss loss)
{
  return losses[loss].id;
}

/**
 * matinee_loss_title:
 * @loss: a loss
 *
 * Returns: its name for people, translated
 */
const char *
matinee_loss_title (MatineeLoss loss)
{
  return _ (losses[loss].title);
}

/**
 * matinee_loss_from_id:
 * @id: a name in settings
 * @loss: (out): the loss of that name
 *
 * Returns: whether there is one
 */
gboolean
matinee_loss_from_id (const char *id, MatineeLoss *loss)
{
  for (guint i = 0; i < MATINEE_N_LOSSES; i++)
    if (g_str_equal (losses[i].id, id))
      {
        *loss = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * matinee_loss_of:
 * @loss: which loss
 * @errors: sums of errors
 *
 * Returns: the loss, or NaN when there are no ratings
 */
double
matinee_loss_of (MatineeLoss loss, const MatineeErrors *errors)
{
  if (errors->n == 0)
    return NAN;
  switch (loss)
    {
    case MATINEE_LOSS_MSE:
      return matinee_errors_mse (errors);
    case MATINEE_LOSS_MAE:
      return matinee_errors_mae (errors);
    case MATINEE_LOSS_RMSE:
    default:
      return matinee_errors_rmse (errors);
    }
}

/**
 * matinee_loss_of_clipped:
 * @loss: which loss
 * @errors: sums of errors
 *
 * Returns: the loss with predictions clipped to the scale of the ratings, or NaN when
 *   there are none
 */
double
matinee_loss_of_clipped (MatineeLoss loss, const MatineeErrors *errors)
{
  double rmse;

  if (errors->n == 0)
    return NAN;
  if (loss == MATINEE_LOSS_MAE)
    return matinee_errors_mae_clipped (errors);
  rmse = matinee_errors_rmse_clipped (errors);
  return loss == MATINEE_LOSS_MSE ? rmse * rmse : rmse;
}

/**
 * matinee_loss_of_noise:
 * @loss: which loss
 * @noise_floor: RMSE of one who knows all but the noise
 *
 * Returns: the same as that loss, or NaN where it does not follow: the mean absolute
 *   error depends on the shape of the noise, which rounding to the scale changes
 */
double
matinee_loss_of_noise (MatineeLoss loss, double noise_floor)
{
  switch (loss)
    {
    case MATINEE_LOSS_RMSE:
      return noise_floor;
    case MATINEE_LOSS_MSE:
      return noise_floor * noise_floor;
    case MATINEE_LOSS_MAE:
    default:
      return NAN;
    }
}

/**
 * matinee_format_duration:
 * @seconds: a duration
 *
 * Returns: (transfer full): it as minutes and seconds ("0:07") or with hours ("1:02:07")
 */
char *
matinee_format_duration (double seconds)
{
  guint64 whole = isfinite (seconds) && seconds > 0 ? (guint64) MIN (ceil (seconds), 1e9) : 0;
  guint hours = (guint) (whole / 3600);
  guint minutes = (guint) (whole / 60 % 60);

  if (hours > 0)
    return g_strdup_printf ("%u:%02u:%02u", hours, minutes, (guint) (whole % 60));
  return g_strdup_printf ("%u:%02u", minutes, (guint) (whole % 60));
}

/**
 * matinee_format_step_time:
 * @seconds: a short time
 *
 * Returns: (transfer full): it with a fitting unit and two or three digits
 */
char *
matinee_format_step_time (double seconds)
{
  if (seconds < 0.01)
    return g_strdup_printf (C_ ("time", "%.1f ms"), seconds * 1e3);
  if (seconds < 1)
    return g_strdup_printf (C_ ("time", "%.0f ms"), seconds * 1e3);
  return g_strdup_printf (C_ ("time", "%.1f s"), seconds);
}

/**
 * matinee_format_value:
 * @value: a number
 * @digits: the most decimals to show
 *
 * Returns: (transfer full): it in the style of the locale, without zeros at its end,
 *   so that what people read is what they would type
 */
char *
matinee_format_value (double value, guint digits)
{
  g_autofree char *text = g_strdup_printf ("%.*f", (int) digits, value);
  gsize length = strlen (text);

  if (digits == 0)
    return g_steal_pointer (&text);
  while (length > 0 && text[length - 1] == '0')
    length--;
  /* What is left ends in a digit, or in the decimal point, which is one character
   * but not one byte in every locale. */
  if (length > 0 && !g_ascii_isdigit (text[length - 1]))
    while (length > 0 && !g_ascii_isdigit (text[length - 1]))
      length--;
  return g_strndup (text, length);
}

/**
 * matinee_format_rating:
 * @rating: a rating that was given
 *
 * Returns: (transfer full): it with one decimal, or two where the scale has finer steps
 */
char *
matinee_format_rating (double rating)
{
  gboolean finer = fabs (rating * 10.0 - round (rating * 10.0)) > 0.01;

  return g_strdup_printf ("%.*f", finer ? 2 : 1, rating);
}

/**
 * matinee_format_share:
 * @share: 0 … 1
 *
 * Returns: (transfer full): it as a percentage, with two digits that say something
 */
char *
matinee_format_share (double share)
{
  double percent = share * 100.0;

  if (percent >= 10.0 || percent == 0.0)
    return g_strdup_printf (C_ ("share", "%.0f %%"), percent);
  if (percent >= 0.1)
    return g_strdup_printf (C_ ("share", "%.1f %%"), percent);
  return g_strdup_printf (C_ ("share", "%.2g %%"), percent);
}

/**
 * matinee_format_signed:
 * @value: a number that is added
 *
 * Returns: (transfer full): it with its sign before it, also among text that is written
 *   from right to left
 */
char *
matinee_format_signed (double value)
{
  /* The real minus sign is as wide as the plus. */
  const char *sign = value < -0.005 ? "−" : "+";
  const char *mark = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? LEFT_TO_RIGHT_MARK : "";

  return g_strdup_printf ("%s%s%.2f", mark, sign, fabs (value));
}

/**
 * matinee_format_param:
 * @id: a parameter
 * @value: its value
 *
 * Returns: (transfer full): the value as people read it: "0.01", "2015-06-01", "Random
 *   Share"
 */
char *
matinee_format_param (MatineeParamId id, double value)
{
  const MatineeParamInfo *info = matinee_param_info (id);

  switch (info->type)
    {
    case MATINEE_PARAM_CHOICE:
      /* A newer version may know more choices. */
      return value >= 0 && value <= info->maximum ? g_strdup (_ (info->get_choice ((guint) value)->title))
                                                  : g_strdup_printf ("%.0f", value);
    case MATINEE_PARAM_MOMENT:
      return matinee_param_format (id, value);
    default:
      return matinee_format_value (value, info->digits);
    }
}
