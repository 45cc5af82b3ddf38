/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-param-row"

#include "config.h"

#include "matinee-param-row.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-format.h"
#include "matinee-moment.h"

/* Pages of a spin button, in steps: what Page Up and Page Down do. */
#define PAGE_STEPS 10
/* Room for the usual values; longer ones scroll. */
#define WIDTH_CHARS 6
#define DATE_WIDTH_CHARS 10

/**
 * MatineeParamRow:
 *
 * A row with a spin button for one numeric parameter, made from all that
 * [func@Matinee.param_info] knows about it. Numbers may be typed in the style of the
 * locale or of programs ("0,0001", "0.0001", "1e-4"). A share is shown in percent, a
 * moment as a date.
 */
struct _MatineeParamRow
{
  AdwActionRow parent_instance;

  const MatineeParamInfo *info;
  double factor; /* what is shown ÷ the value */
  guint digits;
  GtkSpinButton *spin;
  double value;
  MatineeSession *session;
};

G_DEFINE_FINAL_TYPE (MatineeParamRow, matinee_param_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_VALUE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Binary fractions times 100 are not quite what people typed: 0.07 × 100 is
 * 7.000000000000001. Digits that are not shown are rounded off. */
static double
to_shown (MatineeParamRow *self, double value)
{
  double scale = pow (10.0, self->digits);

  return self->factor == 1.0 ? value : round (value * self->factor * scale) / scale;
}

static int
input_cb (GtkSpinButton *spin, double *value, MatineeParamRow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (spin)));
  char *percent = strchr (text, '%');
  char *end;

  if (percent != NULL)
    *percent = '\0';
  g_strstrip (text);
  if (self->info->type == MATINEE_PARAM_MOMENT)
    {
      gint64 moment;

      *value = matinee_moment_parse (text, strlen (text), &moment) ? (double) moment : gtk_spin_button_get_value (spin);
      return TRUE;
    }
  *value = g_strtod (text, &end);
  /* What is no number puts the last good one back. */
  if (end == text || *end != '\0' || !isfinite (*value))
    *value = gtk_spin_button_get_value (spin);
  return TRUE;
}

static gboolean
output_cb (GtkSpinButton *spin, MatineeParamRow *self)
{
  double shown = gtk_spin_button_get_value (spin);
  g_autofree char *number = self->info->type == MATINEE_PARAM_MOMENT ? matinee_format_param (self->info->id, shown)
                                                                     : matinee_format_value (shown, self->digits);
  g_autofree char *text = self->factor == 1.0 ? g_strdup (number) : g_strdup_printf (C_ ("share", "%s %%"), number);

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (spin))))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  return TRUE;
}

static void
value_changed_cb (GtkSpinButton *spin, MatineeParamRow *self)
{
  double shown = gtk_spin_button_get_value (spin);

  /* What is only shown rounded is not changed by being shown. */
  if (shown == to_shown (self, self->value))
    return;
  self->value = shown / self->factor;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
  if (self->session != NULL)
    {
      MatineeParams params = *matinee_session_get_params (self->session);

      matinee_params_set (&params, self->info->id, self->value);
      matinee_session_set_params (self->session, &params);
    }
}

static void
params_changed_cb (MatineeParamRow *self)
{
  matinee_param_row_set_value (self, matinee_params_get (matinee_session_get_params (self->session), self->info->id));
}

static void
add_spin_button (MatineeParamRow *self)
{
  const MatineeParamInfo *info = self->info;
  double step = info->increment * self->factor;
  int width = info->type == MATINEE_PARAM_MOMENT ? DATE_WIDTH_CHARS : WIDTH_CHARS;
  GtkAdjustment *adjustment = gtk_adjustment_new (info->minimum * self->factor, info->minimum * self->factor,
                                                  info->maximum * self->factor, step, step * PAGE_STEPS, 0);

  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new (adjustment, 0, self->digits));
  gtk_spin_button_set_update_policy (self->spin, GTK_UPDATE_ALWAYS);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), width);
  gtk_widget_set_valign (GTK_WIDGET (self->spin), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->spin), _ (info->tooltip));
  gtk_widget_add_css_class (GTK_WIDGET (self->spin), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (info->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (info->tooltip), -1);
  g_signal_connect (self->spin, "input", G_CALLBACK (input_cb), self);
  g_signal_connect (self->spin, "output", G_CALLBACK (output_cb), self);
  g_signal_connect (self->spin, "value-changed", G_CALLBACK (value_changed_cb), self);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin));
}

static void
matinee_param_row_dispose (GObject *object)
{
  MatineeParamRow *self = MATINEE_PARAM_ROW (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (matinee_param_row_parent_class)->dispose (object);
}

static void
matinee_param_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeParamRow *self = MATINEE_PARAM_ROW (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_param_row_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MatineeParamRow *self = MATINEE_PARAM_ROW (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      matinee_param_row_set_value (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_param_row_class_init (MatineeParamRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = matinee_param_row_dispose;
  object_class->get_property = matinee_param_row_get_property;
  object_class->set_property = matinee_param_row_set_property;

  /**
   * MatineeParamRow:value:
   *
   * The value of the parameter, as in [struct@Params]: a share is 0 … 1.
   */
  props[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
matinee_param_row_init (MatineeParamRow *self)
{
}

/**
 * matinee_param_row_new:
 * @id: which parameter
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
matinee_param_row_new (MatineeParamId id)
{
  MatineeParamRow *self = g_object_new (MATINEE_TYPE_PARAM_ROW, NULL);
  const MatineeParamInfo *info = matinee_param_info (id);

  self->info = info;
  self->factor = info->type == MATINEE_PARAM_SHARE ? 100.0 : 1.0;
  self->digits = info->type == MATINEE_PARAM_SHARE && info->digits > 2 ? info->digits - 2 : info->digits;
  self->value = info->minimum;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (info->label));
  if (info->unit != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ (info->unit));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (info->tooltip));
  add_spin_button (self);
  return GTK_WIDGET (self);
}

/**
 * matinee_param_row_bind:
 * @self: a row
 * @session: a session
 *
 * Has the row show and set the parameter of @session.
 */
void
matinee_param_row_bind (MatineeParamRow *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_PARAM_ROW (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "params-changed", G_CALLBACK (params_changed_cb), self, G_CONNECT_SWAPPED);
  params_changed_cb (self);
}

double
matinee_param_row_get_value (MatineeParamRow *self)
{
  return self->value;
}

/**
 * matinee_param_row_set_value:
 * @self: a row
 * @value: a value; out of range, it is shown as the nearest that is in it
 *
 * Shows a value.
 */
void
matinee_param_row_set_value (MatineeParamRow *self, double value)
{
  value = CLAMP (value, self->info->minimum, self->info->maximum);
  if (self->value == value)
    return;
  self->value = value;
  gtk_spin_button_set_value (self->spin, to_shown (self, value));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

/**
 * matinee_param_row_get_spin_button:
 * @self: a row
 *
 * Returns: (transfer none): its spin button
 */
GtkSpinButton *
matinee_param_row_get_spin_button (MatineeParamRow *self)
{
  return self->spin;
}
