/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-draw.h"

#include "matinee-plot-line.h"

#include <math.h>

#define BOX_PAD 8.0
#define BOX_DISTANCE 12.0 /* from the crosshair */
#define COLUMN_GAP 18.0
#define SAMPLE 18.0

typedef struct
{
  const MatineePlotSeries *series;
  char *value;
} Row;

typedef struct
{
  char *head;
  GArray *rows; /* Row */
  double name_width;
  double value_width;
  guint n_columns;
  guint n_lines; /* rows in a column */
  MatineePlotRect rect;
} Readout;

static void
clear_row (gpointer data)
{
  g_free (((Row *) data)->value);
}

static void
draw_band (cairo_t *cr, const MatineePlotRect *band, const MatineePlotStyle *style)
{
  GdkRGBA color = style->series[0];

  color.alpha = 0.15f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, floor (band->x) + 0.5, floor (band->y) + 0.5, floor (band->width), floor (band->height));
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &style->series[0]);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* A line at the place, and on each series a dot at the point that is read. */
static void
draw_crosshair (cairo_t *cr, MatineePlotModel *model, const MatineePlotLayout *layout, const MatineePlotStyle *style,
                double hover)
{
  const MatineePlotRect *area = &layout->area;
  MatineePlotMap x, y;
  double at;

  matinee_plot_layout_get_maps (layout, model, &x, &y);
  at = floor (matinee_plot_map (&x, hover)) + 0.5;
  gdk_cairo_set_source_rgba (cr, &style->dim);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, at, area->y);
  cairo_line_to (cr, at, area->y + area->height);
  cairo_stroke (cr);

  for (guint i = 0; i < matinee_plot_model_get_n_series (model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (model, i);
      double px, py;
      gsize index;

      if (!matinee_plot_series_get_visible (series) || !matinee_plot_series_nearest (series, hover, &index))
        continue;
      matinee_plot_series_get_point (series, index, &px, &py);
      px = matinee_plot_map (&x, px);
      py = matinee_plot_map (&y, py);
      if (!matinee_plot_rect_contains (area, px, py))
        continue;
      gdk_cairo_set_source_rgba (cr, &style->background);
      cairo_arc (cr, px, py, 5, 0, 2 * G_PI);
      cairo_fill (cr);
      gdk_cairo_set_source_rgba (cr, matinee_plot_line_get_color (series, style));
      cairo_arc (cr, px, py, 3.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* {{{ Read-out */

static void
collect (Readout *self, MatineePlotModel *model, const MatineePlotLayout *layout, MatineePlotText *text, double hover)
{
  g_autofree char *place = matinee_plot_axis_format (matinee_plot_model_get_x_axis (model), hover, layout->area.width);
  const char *title = matinee_plot_model_get_x_title (model);

  self->head = title != NULL ? g_strdup_printf ("%s %s", title, place) : g_strdup (place);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);

  for (guint i = 0; i < matinee_plot_model_get_n_series (model); i++)
    {
      Row row = { matinee_plot_model_get_series (model, i), NULL };
      double y, width;
      gsize index;

      if (!matinee_plot_series_get_visible (row.series) || !matinee_plot_series_nearest (row.series, hover, &index))
        continue;
      matinee_plot_series_get_point (row.series, index, NULL, &y);
      row.value = matinee_plot_axis_format (matinee_plot_model_get_y_axis (model), y, layout->area.height);
      g_array_append_val (self->rows, row);

      matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, matinee_plot_series_get_name (row.series), &width,
                                 NULL);
      self->name_width = MAX (self->name_width, width);
      matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, row.value, &width, NULL);
      self->value_width = MAX (self->value_width, width);
    }
}

static double
column_width (const Readout *self)
{
  return SAMPLE + 6 + self->name_width + 12 + self->value_width;
}

/* How many lines a box would cover. */
static guint
count_covered (const MatineePlotRect *rect, MatineePlotModel *model, const MatineePlotLayout *layout)
{
  const MatineePlotRect *area = &layout->area;
  const MatineePlotAxis *axis = matinee_plot_model_get_x_axis (model);
  double x0 = matinee_plot_axis_from_unit (axis, (rect->x - area->x) / area->width);
  double x1 = matinee_plot_axis_from_unit (axis, (rect->x + rect->width - area->x) / area->width);
  MatineePlotMap x, y;
  guint n = 0;

  matinee_plot_layout_get_maps (layout, model, &x, &y);
  for (guint i = 0; i < matinee_plot_model_get_n_series (model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (model, i);
      MatineePlotExtent extent;

      if (matinee_plot_series_get_visible (series) && matinee_plot_series_range_y (series, x0, x1, &extent)
          && matinee_plot_map (&y, extent.max) < rect->y + rect->height
          && !(matinee_plot_map (&y, extent.min) < rect->y))
        n++;
    }

  return n;
}

/* Beside the crosshair, on the side with more room; as many columns as it
 * takes, names cut short before anything leaves the plot. */
static void
place (Readout *self, MatineePlotModel *model, const MatineePlotLayout *layout, MatineePlotText *text, double at)
{
  const MatineePlotRect *area = &layout->area;
  double line = layout->line + 2, head, right, left, room;
  guint fit = MAX (1, (guint) MAX (0, (layout->height - 4 - 2 * BOX_PAD - line) / line));

  matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_STRONG, self->head, &head, NULL);
  self->n_columns = (self->rows->len + fit - 1) / fit;
  self->n_columns = MAX (self->n_columns, 1);
  self->n_lines = (self->rows->len + self->n_columns - 1) / self->n_columns;

  right = layout->width - at - BOX_DISTANCE - 4;
  left = at - BOX_DISTANCE - 4;
  room = MAX (left, right) - 2 * BOX_PAD;
  if (self->n_columns * (column_width (self) + COLUMN_GAP) - COLUMN_GAP > room)
    {
      double width = (room + COLUMN_GAP) / self->n_columns - COLUMN_GAP;

      self->name_width = MAX (24, self->name_width - (column_width (self) - width));
    }

  self->rect.width = MAX (self->n_columns * (column_width (self) + COLUMN_GAP) - COLUMN_GAP, head) + 2 * BOX_PAD;
  self->rect.width = ceil (MIN (self->rect.width, layout->width - 8));
  self->rect.height = ceil (2 * BOX_PAD + line * (1 + self->n_lines));
  self->rect.x = right >= self->rect.width || right >= left ? at + BOX_DISTANCE : at - BOX_DISTANCE - self->rect.width;
  self->rect.x = floor (CLAMP (self->rect.x, 4, MAX (4, layout->width - self->rect.width - 4)));
  self->rect.y = CLAMP (area->y + 6, 2, MAX (2, layout->height - self->rect.height - 2));

  /* At the top, unless the bottom covers less of the data. */
  if (self->rect.height * 2 < area->height)
    {
      MatineePlotRect low = self->rect;

      low.y = area->y + area->height - low.height - 6;
      if (count_covered (&low, model, layout) < count_covered (&self->rect, model, layout))
        self->rect = low;
    }
}

static void
draw_box (cairo_t *cr, const MatineePlotRect *rect, const MatineePlotStyle *style)
{
  double x = rect->x + 0.5, y = rect->y + 0.5, w = rect->width - 1, h = rect->height - 1, r = 6;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - r, y + r, r, -G_PI / 2, 0);
  cairo_arc (cr, x + w - r, y + h - r, r, 0, G_PI / 2);
  cairo_arc (cr, x + r, y + h - r, r, G_PI / 2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &style->background);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &style->axis);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_row (Readout *self, guint index, cairo_t *cr, const MatineePlotLayout *layout, const MatineePlotStyle *style,
          MatineePlotText *text)
{
  const Row *row = &g_array_index (self->rows, Row, index);
  double line = layout->line + 2, width = column_width (self);
  double x = self->rect.x + BOX_PAD + (index / self->n_lines) * (width + COLUMN_GAP);
  double y = self->rect.y + BOX_PAD + (1 + index % self->n_lines) * line;
  double value;

  if (style->rtl)
    x = 2 * self->rect.x + self->rect.width - x - width;

  matinee_plot_line_draw_sample (cr, row->series, style, style->rtl ? x + width - SAMPLE : x,
                                 floor (y + layout->line / 2), SAMPLE);
  gdk_cairo_set_source_rgba (cr, &style->foreground);
  matinee_plot_text_draw (text, MATINEE_PLOT_TEXT_SMALL, matinee_plot_series_get_name (row->series),
                          style->rtl ? x + self->value_width + 12 : x + SAMPLE + 6, y, self->name_width + 1);
  matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, row->value, &value, NULL);
  matinee_plot_text_draw (text, MATINEE_PLOT_TEXT_SMALL, row->value,
                          style->rtl ? x + self->value_width - value : x + width - value, y, 0);
}

static void
draw_readout (cairo_t *cr, MatineePlotModel *model, const MatineePlotLayout *layout, const MatineePlotStyle *style,
              double hover)
{
  g_auto (MatineePlotText) text;
  Readout self = { 0 };
  MatineePlotMap x, y;
  double head;

  matinee_plot_text_init (&text, cr, style);
  matinee_plot_layout_get_maps (layout, model, &x, &y);
  collect (&self, model, layout, &text, hover);
  place (&self, model, layout, &text, matinee_plot_map (&x, hover));
  draw_box (cr, &self.rect, style);

  gdk_cairo_set_source_rgba (cr, &style->foreground);
  matinee_plot_text_measure (&text, MATINEE_PLOT_TEXT_STRONG, self.head, &head, NULL);
  matinee_plot_text_draw (&text, MATINEE_PLOT_TEXT_STRONG, self.head,
                          style->rtl ? self.rect.x + self.rect.width - BOX_PAD - head : self.rect.x + BOX_PAD,
                          self.rect.y + BOX_PAD - 1, self.rect.width - 2 * BOX_PAD + 1);
  for (guint i = 0; i < self.rows->len; i++)
    draw_row (&self, i, cr, layout, style, &text);

  g_array_unref (self.rows);
  g_free (self.head);
}

/* }}} */

/**
 * matinee_plot_draw_overlay:
 * @model: what was drawn
 * @cr: where
 * @layout: from [func@plot_draw]
 * @style: how
 * @overlay: what to add
 *
 * Draws what follows the pointer on top of a plot: a crosshair with a read-out
 * of every visible series at the point nearest to it, and a rubber band.
 */
void
matinee_plot_draw_overlay (MatineePlotModel *model, cairo_t *cr, const MatineePlotLayout *layout,
                           const MatineePlotStyle *style, const MatineePlotOverlay *overlay)
{
  double unit;

  if (layout->area.width <= 0)
    return;

  cairo_save (cr);
  if (overlay->band.width > 0 && overlay->band.height > 0)
    draw_band (cr, &overlay->band, style);

  unit = matinee_plot_axis_to_unit (matinee_plot_model_get_x_axis (model), overlay->hover);
  if (unit >= -1e-9 && unit <= 1 + 1e-9 && !matinee_plot_model_is_empty (model))
    {
      draw_crosshair (cr, model, layout, style, overlay->hover);
      draw_readout (cr, model, layout, style, overlay->hover);
    }
  cairo_restore (cr);
}
