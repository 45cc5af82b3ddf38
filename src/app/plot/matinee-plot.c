/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-private.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * MatineePlot:
 *
 * A chart of lines that grow while one looks at them. It shows a
 * [class@PlotModel]; the data, titles and marks are set there.
 *
 * ## By pointer
 * Hovering shows a crosshair with the values of every series at the nearest
 * point. Dragging selects a part to enlarge; dragging with Shift or the middle
 * button moves the view. Scrolling and pinching enlarge around the pointer
 * (over an axis: only along it). A double click shows everything again. A
 * click on a legend entry hides or shows its series; with Ctrl, or a double
 * click, that series alone.
 *
 * ## By keyboard
 * | keys | effect |
 * |---|---|
 * | Left, Right | crosshair to the previous, next point (in reading order of x) |
 * | Shift + arrows | move the view |
 * | +, −  | enlarge, reduce, around the crosshair if there is one |
 * | Home | show everything, and follow the data again |
 * | 1 … 9 | hide or show that series; with Ctrl, that series alone |
 * | Menu, Shift+F10 | menu |
 * | Ctrl+C, Ctrl+Shift+C | copy the picture, the data |
 *
 * ## Actions
 * `plot.copy-picture`, `plot.copy-data`, `plot.export`, `plot.fit`,
 * `plot.zoom-in`, `plot.zoom-out`, and the toggles `plot.log-x`, `plot.log-y`.
 *
 * ## CSS nodes
 * A single node named `plot`. Colours come from a documented palette, chosen
 * by the luminance of `view_bg_color` and the strength of `borders`; the font
 * is that of the node.
 *
 * ## Accessibility
 * The role is `img`; set a label and keep the description up to date. What the crosshair
 * stands on is said before it.
 */

G_DEFINE_FINAL_TYPE (MatineePlot, matinee_plot, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_LOG_X,
  PROP_LOG_Y,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint signals[MATINEE_PLOT_N_SIGNALS];

#define MIN_WIDTH 160
#define MIN_HEIGHT 120
#define NATURAL_WIDTH 480
#define NATURAL_HEIGHT 300

/* {{{ Model */

static void
model_changed_cb (MatineePlot *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
model_view_changed_cb (MatineePlot *self)
{
  _matinee_plot_update_hover (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_X]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_Y]);
}

static void
drop_model (MatineePlot *self)
{
  if (self->model == NULL)
    return;

  g_clear_signal_handler (&self->changed_id, self->model);
  g_clear_signal_handler (&self->view_changed_id, self->model);
  g_clear_object (&self->model);
}

static void
take_model (MatineePlot *self, MatineePlotModel *model)
{
  drop_model (self);
  self->model = model;
  self->changed_id = g_signal_connect_swapped (model, "changed", G_CALLBACK (model_changed_cb), self);
  self->view_changed_id = g_signal_connect_swapped (model, "view-changed", G_CALLBACK (model_view_changed_cb), self);
  self->overlay.hover = NAN;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* }}} */
/* {{{ Looks */

/**
 * matinee_plot_get_style:
 * @self: a plot
 * @style: (out caller-allocates): how @self looks now; free with
 *   [method@PlotStyle.clear]
 */
void
matinee_plot_get_style (MatineePlot *self, MatineePlotStyle *style)
{
  matinee_plot_style_init_for_widget (style, GTK_WIDGET (self));
}

/* The plot itself is kept as a node while only the overlay moves, so that the
 * renderer sees that nothing else changed. */
static void
update_node (MatineePlot *self, const MatineePlotStyle *style, int width, int height)
{
  guint64 version = matinee_plot_model_get_version (self->model);
  cairo_t *cr;

  if (self->node != NULL && self->node_version == version && self->node_width == width && self->node_height == height
      && self->node_variant == style->variant)
    return;

  g_clear_pointer (&self->node, gsk_render_node_unref);
  matinee_plot_layout_clear (&self->layout);

  self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
  cr = gsk_cairo_node_get_draw_context (self->node);
  matinee_plot_draw (self->model, cr, width, height, style, &self->layout);
  cairo_destroy (cr);
  self->node_version = version;
  self->node_width = width;
  self->node_variant = style->variant;
  self->node_height = height;
}

static void
matinee_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MatineePlot *self = MATINEE_PLOT (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_auto (MatineePlotStyle) style = { 0 };

  if (width < 1 || height < 1)
    return;

  matinee_plot_get_style (self, &style);
  update_node (self, &style, width, height);
  gtk_snapshot_append_node (snapshot, self->node);

  if (isfinite (self->overlay.hover) || self->overlay.band.width > 0)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

      matinee_plot_draw_overlay (self->model, cr, &self->layout, &style, &self->overlay);
      cairo_destroy (cr);
    }

  if (gtk_widget_has_visible_focus (widget))
    matinee_plot_snapshot_focus (snapshot, &style, width, height);
}

static void
forget_node (MatineePlot *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
matinee_plot_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (matinee_plot_parent_class)->css_changed (widget, change);
  forget_node (MATINEE_PLOT (widget));
}

static void
matinee_plot_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (matinee_plot_parent_class)->system_setting_changed (widget, setting);
  forget_node (MATINEE_PLOT (widget));
}

static void
matinee_plot_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (matinee_plot_parent_class)->direction_changed (widget, previous);
  forget_node (MATINEE_PLOT (widget));
}

/* }}} */
/* {{{ Size */

static void
matinee_plot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
matinee_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MatineePlot *self = MATINEE_PLOT (widget);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* }}} */
/* {{{ Description */

/* With what the crosshair stands on, which the keyboard moves. */
static void
describe (MatineePlot *self)
{
  g_autofree char *readout = matinee_plot_dup_readout (self);
  g_auto (GStrv) lines = NULL;
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;

  if (readout == NULL)
    {
      matinee_plot_speech_say (&self->speech, GTK_WIDGET (self), self->description);
      return;
    }
  lines = g_strsplit (g_strdelimit (readout, "\t", ' '), "\n", -1);
  place = g_strjoinv (", ", lines);
  text = self->description != NULL ? g_strdup_printf ("%s. %s", place, self->description) : g_steal_pointer (&place);
  matinee_plot_speech_say (&self->speech, GTK_WIDGET (self), text);
}

/**
 * matinee_plot_set_description:
 * @self: a plot
 * @description: (nullable): what the plot shows, in words
 *
 * Tells it to screen readers, at most once a second: call it as often as the
 * data change.
 */
void
matinee_plot_set_description (MatineePlot *self, const char *description)
{
  g_return_if_fail (MATINEE_IS_PLOT (self));

  g_free (self->description);
  self->description = g_strdup (description);
  describe (self);
}

/**
 * matinee_plot_set_label:
 * @self: a plot
 * @label: its name for screen readers, such as "Error by iteration"
 */
void
matinee_plot_set_label (MatineePlot *self, const char *label)
{
  g_return_if_fail (MATINEE_IS_PLOT (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "", -1);
}

/* }}} */
/* {{{ Object */

static void
matinee_plot_dispose (GObject *object)
{
  MatineePlot *self = MATINEE_PLOT (object);

  g_cancellable_cancel (self->cancellable);
  matinee_plot_speech_clear (&self->speech);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->series_actions);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  drop_model (self);

  G_OBJECT_CLASS (matinee_plot_parent_class)->dispose (object);
}

static void
matinee_plot_finalize (GObject *object)
{
  MatineePlot *self = MATINEE_PLOT (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  matinee_plot_layout_clear (&self->layout);
  g_clear_object (&self->cancellable);
  g_free (self->file_name);
  g_free (self->description);

  G_OBJECT_CLASS (matinee_plot_parent_class)->finalize (object);
}

static void
matinee_plot_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineePlot *self = MATINEE_PLOT (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;

    case PROP_LOG_X:
      g_value_set_boolean (value, matinee_plot_model_get_x_scale (self->model) == MATINEE_PLOT_SCALE_LOG);
      break;

    case PROP_LOG_Y:
      g_value_set_boolean (value, matinee_plot_model_get_y_scale (self->model) == MATINEE_PLOT_SCALE_LOG);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_plot_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MatineePlot *self = MATINEE_PLOT (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      matinee_plot_set_model (self, g_value_get_object (value));
      break;

    case PROP_LOG_X:
      matinee_plot_model_set_x_scale (self->model,
                                      g_value_get_boolean (value) ? MATINEE_PLOT_SCALE_LOG : MATINEE_PLOT_SCALE_LINEAR);
      break;

    case PROP_LOG_Y:
      matinee_plot_model_set_y_scale (self->model,
                                      g_value_get_boolean (value) ? MATINEE_PLOT_SCALE_LOG : MATINEE_PLOT_SCALE_LINEAR);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * MatineePlot:model:
   *
   * What is shown; never %NULL.
   */
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, MATINEE_TYPE_PLOT_MODEL, flags);

  /**
   * MatineePlot:log-x:
   *
   * Whether the x axis is logarithmic. Kept by the model.
   */
  properties[PROP_LOG_X] = g_param_spec_boolean ("log-x", NULL, NULL, FALSE, flags);

  /**
   * MatineePlot:log-y:
   *
   * Whether the y axis is logarithmic. Kept by the model.
   */
  properties[PROP_LOG_Y] = g_param_spec_boolean ("log-y", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
matinee_plot_class_init (MatineePlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_plot_dispose;
  object_class->finalize = matinee_plot_finalize;
  object_class->get_property = matinee_plot_get_property;
  object_class->set_property = matinee_plot_set_property;
  widget_class->snapshot = matinee_plot_snapshot;
  widget_class->measure = matinee_plot_measure;
  widget_class->size_allocate = matinee_plot_size_allocate;
  widget_class->css_changed = matinee_plot_css_changed;
  widget_class->system_setting_changed = matinee_plot_system_setting_changed;
  widget_class->direction_changed = matinee_plot_direction_changed;

  install_properties (object_class);

  /**
   * MatineePlot::exported:
   * @self: the plot
   * @file: (type Gio.File): what was written
   *
   * The person exported the plot.
   */
  signals[MATINEE_PLOT_EXPORTED] = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);

  /**
   * MatineePlot::export-failed:
   * @self: the plot
   * @error: what went wrong
   *
   * An export that the person asked for failed: show it to them.
   */
  signals[MATINEE_PLOT_EXPORT_FAILED] = g_signal_new ("export-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  _matinee_plot_install_actions (widget_class);
  _matinee_plot_install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
matinee_plot_init (MatineePlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->cancellable = g_cancellable_new ();
  self->overlay.hover = NAN;
  take_model (self, matinee_plot_model_new ());
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  matinee_plot_set_label (self, _ ("Chart"));
  _matinee_plot_add_controllers (self);
}

void
_matinee_plot_emit_exported (MatineePlot *self, GFile *file)
{
  g_signal_emit (self, signals[MATINEE_PLOT_EXPORTED], 0, file);
}

void
_matinee_plot_emit_export_failed (MatineePlot *self, const GError *error)
{
  g_signal_emit (self, signals[MATINEE_PLOT_EXPORT_FAILED], 0, error);
}

/* }}} */
/* {{{ Public */

/**
 * matinee_plot_new:
 *
 * Returns: (transfer floating): a plot with a model of its own
 */
GtkWidget *
matinee_plot_new (void)
{
  return g_object_new (MATINEE_TYPE_PLOT, NULL);
}

/**
 * matinee_plot_get_model:
 * @self: a plot
 *
 * Returns: (transfer none): what it shows
 */
MatineePlotModel *
matinee_plot_get_model (MatineePlot *self)
{
  g_return_val_if_fail (MATINEE_IS_PLOT (self), NULL);

  return self->model;
}

/**
 * matinee_plot_set_model:
 * @self: a plot
 * @model: what to show
 */
void
matinee_plot_set_model (MatineePlot *self, MatineePlotModel *model)
{
  g_return_if_fail (MATINEE_IS_PLOT (self));
  g_return_if_fail (MATINEE_IS_PLOT_MODEL (model));

  if (self->model == model)
    return;

  take_model (self, g_object_ref (model));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * matinee_plot_set_file_name:
 * @self: a plot
 * @name: (nullable): what an exported file is called at first, without
 *   extension
 */
void
matinee_plot_set_file_name (MatineePlot *self, const char *name)
{
  g_return_if_fail (MATINEE_IS_PLOT (self));

  if (g_strcmp0 (self->file_name, name) == 0)
    return;

  g_free (self->file_name);
  self->file_name = g_strdup (name);
}

/**
 * matinee_plot_set_hover:
 * @self: a plot
 * @x: where to put the crosshair, in data units; NaN to remove it
 */
void
matinee_plot_set_hover (MatineePlot *self, double x)
{
  g_return_if_fail (MATINEE_IS_PLOT (self));

  if (self->overlay.hover == x || (isnan (self->overlay.hover) && isnan (x)))
    return;

  self->overlay.hover = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  describe (self);
}

/**
 * matinee_plot_get_hover:
 * @self: a plot
 *
 * Returns: the x value of the crosshair, NaN if there is none
 */
double
matinee_plot_get_hover (MatineePlot *self)
{
  g_return_val_if_fail (MATINEE_IS_PLOT (self), NAN);

  return self->overlay.hover;
}

/**
 * matinee_plot_dup_readout:
 * @self: a plot
 *
 * Returns: (transfer full) (nullable): what the crosshair says, as
 *   [method@PlotModel.dup_readout] does; %NULL if there is none
 */
char *
matinee_plot_dup_readout (MatineePlot *self)
{
  g_return_val_if_fail (MATINEE_IS_PLOT (self), NULL);

  if (!isfinite (self->overlay.hover))
    return NULL;

  return matinee_plot_model_dup_readout (self->model, self->overlay.hover);
}

/* }}} */
