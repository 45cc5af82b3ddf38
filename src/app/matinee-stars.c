/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-stars"

#include "config.h"

#include "matinee-stars.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_STARS 5
#define STAR_SIZE 22
/* Inner radius of a five-pointed star whose edges are straight, by its outer one. */
#define INNER 0.381966
/* Steps in which ratings without steps of their own are given. */
#define N_STEPS 10

/**
 * MatineeStars:
 *
 * Five stars with which somebody rates a film, in the steps of the data's own scale:
 * half a star each for ratings from 0.5 to 5. By mouse, or by keyboard: arrows, Home,
 * End, 1 … 5, and Delete to take the rating back. A slider to a screen reader.
 */
struct _MatineeStars
{
  GtkWidget parent_instance;

  double low;
  double high;
  double step;
  double value; /* not a number: not rated */
  double hover; /* not a number: the pointer is elsewhere */
};

G_DEFINE_FINAL_TYPE (MatineeStars, matinee_stars, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where the scale begins: ratings above zero are measured from zero, as five stars of
 * which three are filled mean 3 of 5. */
static double
get_origin (MatineeStars *self)
{
  return self->low >= 0.0 ? 0.0 : self->low;
}

static double
get_star (MatineeStars *self)
{
  return (self->high - get_origin (self)) / N_STARS;
}

static double
snap (MatineeStars *self, double value)
{
  value = self->low + round ((value - self->low) / self->step) * self->step;
  return CLAMP (value, self->low, self->high);
}

static void
tell_value (MatineeStars *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);
  /* Translators: a rating of a film, such as "3.5 of 5 stars". */
  g_autofree char *text = isnan (self->value) ? g_strdup (_ ("Not rated"))
                                              : g_strdup_printf (_ ("%.3g of %.3g stars"), self->value, self->high);

  gtk_accessible_update_property (
      accessible, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, get_origin (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->high,
      GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, isnan (self->value) ? get_origin (self) : self->value,
      GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

/* What somebody does, as opposed to what the program sets. */
static void
choose (MatineeStars *self, double value)
{
  if (value == self->value || (isnan (value) && isnan (self->value)))
    return;
  matinee_stars_set_value (self, value);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_steps (MatineeStars *self, double n)
{
  if (isnan (self->value))
    choose (self, n > 0 ? snap (self, get_origin (self) + n * self->step) : self->low);
  else
    choose (self, snap (self, self->value + n * self->step));
}

static double
value_at (MatineeStars *self, double x)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double value;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x;
  /* The half of a star that is pointed at is filled. */
  value = get_origin (self) + x / STAR_SIZE * get_star (self);
  return CLAMP (self->low + ceil ((value - self->low) / self->step - 0.05) * self->step, self->low, self->high);
}

static void
pressed_cb (MatineeStars *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  matinee_stars_click (self, x);
}

static void
motion_cb (MatineeStars *self, double x, double y)
{
  self->hover = value_at (self, x);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (MatineeStars *self)
{
  self->hover = NAN;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_cb (MatineeStars *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return matinee_stars_press (self, keyval);
}

static void
add_star (cairo_t *cr, double x, double y, double radius)
{
  for (guint i = 0; i < 10; i++)
    {
      double angle = i * G_PI / 5.0 - G_PI_2;
      double r = i % 2 == 0 ? radius : radius * INNER * 1.15;

      if (i == 0)
        cairo_move_to (cr, x + r * cos (angle), y + r * sin (angle));
      else
        cairo_line_to (cr, x + r * cos (angle), y + r * sin (angle));
    }
  cairo_close_path (cr);
}

static void
matinee_stars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MatineeStars *self = MATINEE_STARS (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double shown = isfinite (self->hover) ? self->hover : self->value;
  double filled = isfinite (shown) ? (shown - get_origin (self)) / get_star (self) * STAR_SIZE : 0.0;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;
  GdkRGBA accent;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));

  gtk_style_context_get_color (context, &color);
  if (!gtk_style_context_lookup_color (context, "accent_color", &accent))
    accent = color;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  for (guint i = 0; i < N_STARS; i++)
    add_star (cr, (i + 0.5) * STAR_SIZE, height / 2.0 + 1.0, STAR_SIZE / 2.0 - 1.5);
  cairo_clip (cr);
  cairo_rectangle (cr, filled, 0, width - filled, height);
  color.alpha *= 0.22f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_fill (cr);
  cairo_rectangle (cr, 0, 0, filled, height);
  gdk_cairo_set_source_rgba (cr, &accent);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
matinee_stars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? N_STARS * STAR_SIZE : STAR_SIZE + 6;
}

static void
matinee_stars_class_init (MatineeStarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = matinee_stars_snapshot;
  widget_class->measure = matinee_stars_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_widget_class_set_css_name (widget_class, "stars");

  /**
   * MatineeStars::changed:
   *
   * Somebody gave another rating or took it back.
   */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_STARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_stars_init (MatineeStars *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->value = NAN;
  self->hover = NAN;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  matinee_stars_set_scale (self, 0.5, 5.0, 0.5);
}

GtkWidget *
matinee_stars_new (void)
{
  return g_object_new (MATINEE_TYPE_STARS, NULL);
}

/**
 * matinee_stars_set_scale:
 * @self: stars
 * @low: the lowest rating
 * @high: the highest, above @low
 * @step: from one rating to the next, or 0 when there are no steps
 *
 * Takes over the scale of a data set. A value outside is kept until it is changed.
 */
void
matinee_stars_set_scale (MatineeStars *self, double low, double high, double step)
{
  self->low = low;
  self->high = high > low ? high : low + 1.0;
  self->step = step > 0.0 ? step : (self->high - low) / N_STEPS;
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * matinee_stars_get_value:
 * @self: stars
 *
 * Returns: the rating, or not a number when there is none
 */
double
matinee_stars_get_value (MatineeStars *self)
{
  return self->value;
}

/**
 * matinee_stars_set_value:
 * @self: stars
 * @value: a rating, or not a number for none
 *
 * Shows a rating; tells nobody.
 */
void
matinee_stars_set_value (MatineeStars *self, double value)
{
  self->value = value;
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * matinee_stars_press:
 * @self: stars
 * @keyval: a key
 *
 * Does what a key does.
 *
 * Returns: whether it does anything
 */
gboolean
matinee_stars_press (MatineeStars *self, guint keyval)
{
  double forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1.0 : 1.0;
  guint digit = keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9 ? keyval - GDK_KEY_KP_0 : keyval - GDK_KEY_0;

  if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    add_steps (self, forward);
  else if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    add_steps (self, -forward);
  else if (keyval == GDK_KEY_Home)
    choose (self, self->low);
  else if (keyval == GDK_KEY_End)
    choose (self, self->high);
  else if (keyval == GDK_KEY_plus || keyval == GDK_KEY_KP_Add)
    add_steps (self, 1.0);
  else if (keyval == GDK_KEY_minus || keyval == GDK_KEY_KP_Subtract)
    add_steps (self, -1.0);
  else if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_BackSpace || digit == 0)
    choose (self, NAN);
  else if (digit >= 1 && digit <= N_STARS)
    choose (self, snap (self, get_origin (self) + digit * get_star (self)));
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/**
 * matinee_stars_click:
 * @self: stars
 * @x: where, in pixels from the left
 *
 * Does what a click does.
 */
void
matinee_stars_click (MatineeStars *self, double x)
{
  choose (self, value_at (self, x));
}
