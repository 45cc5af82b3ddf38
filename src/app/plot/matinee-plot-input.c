/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-private.h"

#include <math.h>

#define SCROLL_FACTOR 1.15
#define KEY_FACTOR 1.25
#define KEY_PAN 0.1

/* A rubber band smaller than this is a click with a shaky hand. */
#define MIN_BAND 6.0

/* {{{ Places */

static double
unit_x (MatineePlot *self, double x)
{
  return (x - self->layout.area.x) / MAX (self->layout.area.width, 1);
}

static double
unit_y (MatineePlot *self, double y)
{
  return 1 - (y - self->layout.area.y) / MAX (self->layout.area.height, 1);
}

/* The legend entry at a point. It was laid out for the last frame: since then
 * its series may have been removed. */
static MatineePlotSeries *
pick_series (MatineePlot *self, double x, double y)
{
  MatineePlotSeries *series = matinee_plot_layout_pick_entry (&self->layout, x, y);

  for (guint i = 0; series != NULL && i < matinee_plot_model_get_n_series (self->model); i++)
    if (matinee_plot_model_get_series (self->model, i) == series)
      return series;

  return NULL;
}

/* The crosshair follows the pointer, but stands on data. */
void
_matinee_plot_update_hover (MatineePlot *self)
{
  double x, nearest;

  if (!self->pointer_inside)
    return;

  if (!matinee_plot_rect_contains (&self->layout.area, self->pointer_x, self->pointer_y) || self->panning
      || self->overlay.band.width > 0)
    {
      matinee_plot_set_hover (self, NAN);
      return;
    }

  x = matinee_plot_axis_from_unit (matinee_plot_model_get_x_axis (self->model), unit_x (self, self->pointer_x));
  matinee_plot_set_hover (self, matinee_plot_model_nearest_x (self->model, x, &nearest) ? nearest : NAN);
}

/* Over the labels of one axis only that axis is meant. */
static void
zoom_at (MatineePlot *self, double x, double y, double factor)
{
  const MatineePlotRect *area = &self->layout.area;
  gboolean beside = x < area->x || x > area->x + area->width;
  gboolean below = y > area->y + area->height;

  matinee_plot_model_zoom (self->model, beside ? 1 : factor, below ? 1 : factor, CLAMP (unit_x (self, x), 0, 1),
                           CLAMP (unit_y (self, y), 0, 1));
}

/* }}} */
/* {{{ Pointer */

static void
motion_cb (MatineePlot *self, double x, double y)
{
  /* The crosshair is where the keyboard put it until the pointer really moves:
   * GTK also reports motion when something under a pointer at rest changed. */
  if (!self->pointer_inside && isfinite (self->overlay.hover) && x == self->pointer_x && y == self->pointer_y)
    return;

  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  _matinee_plot_update_hover (self);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), pick_series (self, x, y) != NULL ? "pointer" : NULL);
}

static void
leave_cb (MatineePlot *self)
{
  if (!self->pointer_inside)
    return;

  self->pointer_inside = FALSE;
  matinee_plot_set_hover (self, NAN);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, MatineePlot *self)
{
  double x = self->layout.area.x + self->layout.area.width / 2;
  double y = self->layout.area.y + self->layout.area.height / 2;

  if (dy == 0 || matinee_plot_model_is_empty (self->model))
    return GDK_EVENT_PROPAGATE;

  if (self->pointer_inside)
    {
      x = self->pointer_x;
      y = self->pointer_y;
    }
  zoom_at (self, x, y, pow (SCROLL_FACTOR, CLAMP (dy, -10, 10)));

  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (MatineePlot *self)
{
  self->pinch = 1;
}

/* Fingers around (@x, @y) are @scale times as far apart as at the beginning. */
void
_matinee_plot_pinch (MatineePlot *self, double x, double y, double scale)
{
  zoom_at (self, x, y, self->pinch / scale);
  self->pinch = scale;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, MatineePlot *self)
{
  double x, y;

  if (scale > 0 && gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    _matinee_plot_pinch (self, x, y, scale);
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, MatineePlot *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (click));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      _matinee_plot_popup (self, x, y);
    }
}

/* The primary button was let go at (@x, @y), for the @n_press-th time in a row. */
void
_matinee_plot_click (MatineePlot *self, int n_press, double x, double y, GdkModifierType state)
{
  MatineePlotSeries *series = pick_series (self, x, y);

  if (series == NULL)
    {
      if (n_press == 2)
        matinee_plot_model_fit (self->model);
      return;
    }

  /* The first click of a double click toggled: undo that, then solo. */
  if (n_press == 2)
    matinee_plot_series_set_visible (series, !matinee_plot_series_get_visible (series));
  if (n_press == 2 || (state & GDK_CONTROL_MASK) != 0)
    matinee_plot_model_solo (self->model, series);
  else if (n_press == 1)
    matinee_plot_series_set_visible (series, !matinee_plot_series_get_visible (series));
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, MatineePlot *self)
{
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_PRIMARY)
    _matinee_plot_click (self, n_press, x, y,
                         gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)));
}

/* }}} */
/* {{{ Drag */

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, MatineePlot *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (drag));

  if (button == GDK_BUTTON_SECONDARY || !matinee_plot_rect_contains (&self->layout.area, x, y)
      || matinee_plot_model_is_empty (self->model))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  self->panning = button == GDK_BUTTON_MIDDLE || (state & GDK_SHIFT_MASK) != 0;
  self->drag_x = self->panning ? 0 : x;
  self->drag_y = self->panning ? 0 : y;
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, MatineePlot *self)
{
  const MatineePlotRect *area = &self->layout.area;

  if (self->panning)
    {
      matinee_plot_model_pan (self->model, (self->drag_x - dx) / MAX (area->width, 1),
                              (dy - self->drag_y) / MAX (area->height, 1));
      self->drag_x = dx;
      self->drag_y = dy;
      return;
    }

  if (hypot (dx, dy) < MIN_BAND)
    {
      self->overlay.band.width = 0;
    }
  else
    {
      double x = CLAMP (self->drag_x + dx, area->x, area->x + area->width);
      double y = CLAMP (self->drag_y + dy, area->y, area->y + area->height);

      self->overlay.band.x = MIN (x, self->drag_x);
      self->overlay.band.y = MIN (y, self->drag_y);
      self->overlay.band.width = MAX (fabs (x - self->drag_x), 0.1);
      self->overlay.band.height = MAX (fabs (y - self->drag_y), 0.1);
      self->overlay.hover = NAN;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A band along one axis enlarges just that one. */
static void
zoom_to_band (MatineePlot *self)
{
  const MatineePlotAxis *x = matinee_plot_model_get_x_axis (self->model);
  const MatineePlotAxis *y = matinee_plot_model_get_y_axis (self->model);
  const MatineePlotRect *band = &self->overlay.band;
  double x0 = x->min, x1 = x->max, y0 = y->min, y1 = y->max;

  if (band->width >= MIN_BAND)
    {
      x0 = matinee_plot_axis_from_unit (x, unit_x (self, band->x));
      x1 = matinee_plot_axis_from_unit (x, unit_x (self, band->x + band->width));
    }
  if (band->height >= MIN_BAND)
    {
      y0 = matinee_plot_axis_from_unit (y, unit_y (self, band->y + band->height));
      y1 = matinee_plot_axis_from_unit (y, unit_y (self, band->y));
    }

  matinee_plot_model_set_view (self->model, x0, x1, y0, y1);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, MatineePlot *self)
{
  if (!self->panning && self->overlay.band.width > 0)
    zoom_to_band (self);

  self->panning = FALSE;
  self->overlay.band.width = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_cancel_cb (MatineePlot *self)
{
  self->panning = FALSE;
  self->overlay.band.width = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* }}} */
/* {{{ Keys */

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  int direction = g_variant_get_int32 (args);
  const MatineePlotAxis *axis;
  double next, unit;

  matinee_plot_model_prepare (self->model);
  axis = matinee_plot_model_get_x_axis (self->model);
  if (isnan (self->overlay.hover))
    {
      /* Start at the end that the key comes from. */
      if (!matinee_plot_model_nearest_x (self->model, direction > 0 ? axis->min : axis->max, &next))
        return GDK_EVENT_STOP;
    }
  else if (!matinee_plot_model_step_x (self->model, self->overlay.hover, direction, &next))
    {
      return GDK_EVENT_STOP;
    }

  unit = matinee_plot_axis_to_unit (axis, next);
  if (unit < 0 || unit > 1)
    matinee_plot_model_pan (self->model, unit < 0 ? unit - KEY_PAN : unit - 1 + KEY_PAN, 0);
  self->pointer_inside = FALSE;
  matinee_plot_set_hover (self, next);

  return GDK_EVENT_STOP;
}

static gboolean
pan_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  int dx, dy;

  g_variant_get (args, "(ii)", &dx, &dy);
  matinee_plot_model_pan (self->model, dx * KEY_PAN, dy * KEY_PAN);

  return GDK_EVENT_STOP;
}

static gboolean
number_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  MatineePlotSeries *series;
  int index, solo;

  g_variant_get (args, "(ii)", &index, &solo);
  if ((guint) index >= matinee_plot_model_get_n_series (self->model))
    return GDK_EVENT_PROPAGATE;

  series = matinee_plot_model_get_series (self->model, (guint) index);
  if (solo)
    matinee_plot_model_solo (self->model, series);
  else
    matinee_plot_series_set_visible (series, !matinee_plot_series_get_visible (series));

  return GDK_EVENT_STOP;
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineePlot *self = MATINEE_PLOT (widget);

  _matinee_plot_popup (self, self->layout.area.x + self->layout.area.width / 2,
                       self->layout.area.y + self->layout.area.height / 2);

  return GDK_EVENT_STOP;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  MatineePlot *self = MATINEE_PLOT (widget);

  /* Without anything to dismiss, the key belongs to the window. */
  if (isnan (self->overlay.hover) || self->pointer_inside)
    return GDK_EVENT_PROPAGATE;

  matinee_plot_set_hover (self, NAN);

  return GDK_EVENT_STOP;
}

static void
bind_action (GtkWidgetClass *klass, guint key, GdkModifierType modifiers, const char *action)
{
  gtk_widget_class_add_binding_action (klass, key, modifiers, action, NULL);
}

/* Installs the keys that [class@Plot] documents. */
void
_matinee_plot_install_keys (GtkWidgetClass *klass)
{
  static const struct
  {
    guint keys[2];
    int dx, dy;
  } arrows[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, -1, 0 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 1, 0 },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, 0, 1 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (guint k = 0; k < 2; k++)
      {
        gtk_widget_class_add_binding (klass, arrows[i].keys[k], GDK_SHIFT_MASK, pan_cb, "(ii)", arrows[i].dx,
                                      arrows[i].dy);
        if (arrows[i].dx != 0)
          gtk_widget_class_add_binding (klass, arrows[i].keys[k], 0, step_cb, "i", arrows[i].dx);
      }

  for (int i = 0; i < 9; i++)
    {
      gtk_widget_class_add_binding (klass, GDK_KEY_1 + (guint) i, 0, number_cb, "(ii)", i, 0);
      gtk_widget_class_add_binding (klass, GDK_KEY_1 + (guint) i, GDK_CONTROL_MASK, number_cb, "(ii)", i, 1);
    }

  /* Menus show the key that was added last. */
  bind_action (klass, GDK_KEY_KP_Home, 0, "plot.fit");
  bind_action (klass, GDK_KEY_Home, 0, "plot.fit");
  bind_action (klass, GDK_KEY_plus, 0, "plot.zoom-in");
  bind_action (klass, GDK_KEY_equal, 0, "plot.zoom-in");
  bind_action (klass, GDK_KEY_KP_Add, 0, "plot.zoom-in");
  bind_action (klass, GDK_KEY_minus, 0, "plot.zoom-out");
  bind_action (klass, GDK_KEY_KP_Subtract, 0, "plot.zoom-out");
  bind_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "plot.copy-picture");
  bind_action (klass, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "plot.copy-data");
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}

/* }}} */

/* Connects what pointers and fingers do. */
void
_matinee_plot_add_controllers (MatineePlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (widget, motion);

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}
