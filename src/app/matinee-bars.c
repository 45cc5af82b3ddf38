/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-bars"

#include "config.h"

#include "matinee-bars.h"

#include <adwaita.h>
#include <math.h>

#include "matinee-format.h"
#include "matinee-plot-style.h"

/* In pixels at a text scale of 1; everything else follows from the font. */
#define GAP 6.0
#define UPRIGHT_HEIGHT 108
#define MINIMUM_WIDTH 200
#define RADIUS 2.0
/* How much of the width labels may take in a lying chart. */
#define LABEL_SHARE 0.46

typedef struct
{
  char *label;
  double value;
  double other;
} Bar;

/**
 * MatineeBars:
 *
 * A small bar chart. Lying bars start from a common zero and go either way: what adds
 * up, and what takes away, told apart by direction, sign and colour. Upright bars
 * make a histogram, with a line across each for what it is compared with. Mirrored from
 * right to left. Colours are those of the plots. To a screen reader it is a picture
 * whose description tells the numbers.
 */
struct _MatineeBars
{
  GtkWidget parent_instance;

  GArray *bars;
  gboolean upright;
};

G_DEFINE_FINAL_TYPE (MatineeBars, matinee_bars, GTK_TYPE_WIDGET)

static void
clear_bar (gpointer data)
{
  g_free (((Bar *) data)->label);
}

static const Bar *
get_bar (MatineeBars *self, guint i)
{
  return &g_array_index (self->bars, Bar, i);
}

static MatineePlotVariant
get_variant (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? MATINEE_PLOT_DARK_CONTRAST : MATINEE_PLOT_LIGHT_CONTRAST;
  return dark ? MATINEE_PLOT_DARK : MATINEE_PLOT_LIGHT;
}

static PangoLayout *
create_layout (MatineeBars *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static double
get_line_height (MatineeBars *self)
{
  g_autoptr (PangoLayout) layout = create_layout (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* The side is that of the chart, but Pango's left is the right of what is written in the
 * other direction than the chart. */
static PangoAlignment
get_alignment (PangoLayout *layout, PangoAlignment side)
{
  PangoDirection direction = pango_layout_line_get_resolved_direction (pango_layout_get_line_readonly (layout, 0));

  if (side == PANGO_ALIGN_CENTER || direction == pango_context_get_base_dir (pango_layout_get_context (layout)))
    return side;
  return side == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static void
draw_text (MatineeBars *self, cairo_t *cr, const char *text, const GdkRGBA *color, double x, double y, double width,
           PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = create_layout (self, text);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (MAX (width, 1.0) * PANGO_SCALE));
  pango_layout_set_alignment (layout, get_alignment (layout, alignment));
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
fill_bar (cairo_t *cr, const GdkRGBA *color, double x, double y, double width, double height)
{
  double radius = MIN (RADIUS, MIN (width, height) / 2.0);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_lying (MatineeBars *self, cairo_t *cr, const MatineePlotStyle *style, double width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double line = get_line_height (self);
  double step = line + GAP;
  double number_width = 3.2 * line;
  double label_width = width * LABEL_SHARE;
  double area = width - label_width - number_width - 2.0 * GAP;
  double low = 0.0, high = 0.0, scale, zero;

  for (guint i = 0; i < self->bars->len; i++)
    {
      low = MIN (low, get_bar (self, i)->value);
      high = MAX (high, get_bar (self, i)->value);
    }
  scale = high - low > 0.0 ? area / (high - low) : 0.0;
  zero = label_width + GAP - low * scale;
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = get_bar (self, i);
      g_autofree char *number = matinee_format_signed (bar->value);
      double length = MAX (fabs (bar->value) * scale, 1.0);
      double x = bar->value < 0.0 ? zero - length : zero;
      double y = i * step + GAP / 2.0;

      draw_text (self, cr, bar->label, &style->foreground, rtl ? width - label_width : 0.0, y, label_width,
                 rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
      fill_bar (cr, &style->series[bar->value < 0.0 ? 1 : 0], rtl ? width - x - length : x, y + line * 0.15, length,
                line * 0.7);
      draw_text (self, cr, number, &style->dim, rtl ? 0.0 : width - number_width, y, number_width,
                 rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
    }
  gdk_cairo_set_source_rgba (cr, &style->axis);
  cairo_rectangle (cr, floor (rtl ? width - zero : zero), 0.0, 1.0, self->bars->len * step);
  cairo_fill (cr);
}

static void
draw_upright (MatineeBars *self, cairo_t *cr, const MatineePlotStyle *style, double width, double height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double line = get_line_height (self);
  double base = height - line - 2.0;
  double step = width / MAX (self->bars->len, 1);
  double gap = MIN (GAP, step * 0.2);
  double high = 0.0;

  for (guint i = 0; i < self->bars->len; i++)
    {
      high = MAX (high, get_bar (self, i)->value);
      if (isfinite (get_bar (self, i)->other))
        high = MAX (high, get_bar (self, i)->other);
    }
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = get_bar (self, i);
      double x = rtl ? width - (i + 1) * step : i * step;
      double length = high > 0.0 ? bar->value / high * (base - 2.0) : 0.0;

      if (length > 0.0)
        fill_bar (cr, &style->series[0], x + gap / 2.0, base - length, step - gap, length);
      if (isfinite (bar->other) && high > 0.0)
        {
          gdk_cairo_set_source_rgba (cr, &style->series[1]);
          cairo_rectangle (cr, x, base - bar->other / high * (base - 2.0) - 1.0, step, 2.0);
          cairo_fill (cr);
        }
      draw_text (self, cr, bar->label, &style->dim, x, base + 2.0, step, PANGO_ALIGN_CENTER);
    }
  gdk_cairo_set_source_rgba (cr, &style->axis);
  cairo_rectangle (cr, 0.0, base, width, 1.0);
  cairo_fill (cr);
}

static void
matinee_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MatineeBars *self = MATINEE_BARS (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_auto (MatineePlotStyle) style;
  cairo_t *cr;

  matinee_plot_style_init (&style, get_variant ());
  if (width <= 0 || height <= 0 || self->bars->len == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  if (self->upright)
    draw_upright (self, cr, &style, width, height);
  else
    draw_lying (self, cr, &style, width);
  cairo_destroy (cr);
}

static void
matinee_bars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  MatineeBars *self = MATINEE_BARS (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MINIMUM_WIDTH;
  else if (self->upright)
    *minimum = *natural = UPRIGHT_HEIGHT;
  else
    *minimum = *natural = (int) ceil (self->bars->len * (get_line_height (self) + GAP));
}

static void
matinee_bars_finalize (GObject *object)
{
  MatineeBars *self = MATINEE_BARS (object);

  g_clear_pointer (&self->bars, g_array_unref);

  G_OBJECT_CLASS (matinee_bars_parent_class)->finalize (object);
}

static void
matinee_bars_class_init (MatineeBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_bars_finalize;
  widget_class->snapshot = matinee_bars_snapshot;
  widget_class->measure = matinee_bars_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "bars");
}

static void
matinee_bars_init (MatineeBars *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->bars = g_array_new (FALSE, TRUE, sizeof (Bar));
  g_array_set_clear_func (self->bars, clear_bar);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

static void
set_bars (MatineeBars *self, gboolean upright, const MatineeBar *bars, guint n, const char *description)
{
  g_array_set_size (self->bars, 0);
  self->upright = upright;
  for (guint i = 0; i < n; i++)
    {
      Bar bar = { g_strdup (bars[i].label), isfinite (bars[i].value) ? bars[i].value : 0.0, bars[i].other };

      g_array_append_val (self->bars, bar);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * matinee_bars_set_lying:
 * @self: a chart
 * @bars: (array length=n): what to show, from top to bottom; copied
 * @n: how many
 * @description: the same in words
 *
 * Shows bars that lie and go either way.
 */
void
matinee_bars_set_lying (MatineeBars *self, const MatineeBar *bars, guint n, const char *description)
{
  set_bars (self, FALSE, bars, n, description);
}

/**
 * matinee_bars_set_upright:
 * @self: a chart
 * @bars: (array length=n): what to show, from the start of the line on; copied; none
 *   negative
 * @n: how many
 * @description: the same in words
 *
 * Shows bars that stand, as in a histogram.
 */
void
matinee_bars_set_upright (MatineeBars *self, const MatineeBar *bars, guint n, const char *description)
{
  set_bars (self, TRUE, bars, n, description);
}

guint
matinee_bars_get_n (MatineeBars *self)
{
  return self->bars->len;
}

double
matinee_bars_get_value (MatineeBars *self, guint bar)
{
  return get_bar (self, bar)->value;
}
