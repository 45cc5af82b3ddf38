/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-line.h"

#include <math.h>

/* Points further apart than this get a mark each. */
#define SHAPE_DISTANCE 15.0
#define SHAPE_RADIUS 3.4

/* Lines are cut off this far outside of the area: cairo counts in 1/256 of a
 * pixel with 32 bits, and would walk along dashes nobody sees. */
#define MARGIN 24.0

typedef struct
{
  double x0, y0, x1, y1;
} Bounds;

/**
 * matinee_plot_line_get_color:
 * @series: a series
 * @style: the palette
 *
 * Returns: (transfer none): its colour, part of @style
 */
const GdkRGBA *
matinee_plot_line_get_color (const MatineePlotSeries *series, const MatineePlotStyle *style)
{
  int color = matinee_plot_series_get_color (series);

  return &style->series[color < 0 ? 0 : color % MATINEE_PLOT_N_COLORS];
}

/**
 * matinee_plot_line_draw_shape:
 * @cr: a context
 * @shape: which
 * @x: its middle
 * @y: its middle
 * @radius: about half its size, in pixels
 *
 * Fills a mark in the current colour. All shapes have about the same area.
 */
void
matinee_plot_line_draw_shape (cairo_t *cr, MatineePlotShape shape, double x, double y, double radius)
{
  double r = radius;

  cairo_new_path (cr);
  switch (shape)
    {
    case MATINEE_PLOT_SHAPE_SQUARE:
      r *= 0.9;
      cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
      break;

    case MATINEE_PLOT_SHAPE_TRIANGLE:
    case MATINEE_PLOT_SHAPE_DOWN:
      r *= shape == MATINEE_PLOT_SHAPE_DOWN ? -1.3 : 1.3;
      cairo_move_to (cr, x, y - r);
      cairo_line_to (cr, x + r * 0.9, y + r * 0.6);
      cairo_line_to (cr, x - r * 0.9, y + r * 0.6);
      break;

    case MATINEE_PLOT_SHAPE_DIAMOND:
      r *= 1.3;
      cairo_move_to (cr, x, y - r);
      cairo_line_to (cr, x + r, y);
      cairo_line_to (cr, x, y + r);
      cairo_line_to (cr, x - r, y);
      break;

    case MATINEE_PLOT_SHAPE_CROSS:
      cairo_rectangle (cr, x - r * 1.2, y - r * 0.4, r * 2.4, r * 0.8);
      cairo_rectangle (cr, x - r * 0.4, y - r * 1.2, r * 0.8, r * 2.4);
      break;

    case MATINEE_PLOT_SHAPE_CIRCLE:
    case MATINEE_PLOT_N_SHAPES:
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      break;
    }
  cairo_fill (cr);
}

/* {{{ Polylines */

/* Liang and Barsky's clipping of a segment. Returns whether any is left. */
static gboolean
clip_segment (const Bounds *b, double *x0, double *y0, double *x1, double *y1)
{
  double dx = *x1 - *x0, dy = *y1 - *y0;
  double p[4] = { -dx, dx, -dy, dy };
  double q[4] = { *x0 - b->x0, b->x1 - *x0, *y0 - b->y0, b->y1 - *y0 };
  double t0 = 0, t1 = 1;
  double x = *x0, y = *y0;

  for (guint i = 0; i < 4; i++)
    {
      double t = q[i] / p[i];

      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
        }
      else if (p[i] < 0)
        {
          t0 = MAX (t0, t);
        }
      else
        {
          t1 = MIN (t1, t);
        }
    }

  if (!(t0 <= t1))
    return FALSE;

  *x0 = x + t0 * dx;
  *y0 = y + t0 * dy;
  *x1 = x + t1 * dx;
  *y1 = y + t1 * dy;

  return TRUE;
}

static gboolean
inside (const Bounds *b, double x, double y)
{
  return x >= b->x0 && x <= b->x1 && y >= b->y0 && y <= b->y1;
}

typedef struct
{
  cairo_t *cr;
  Bounds bounds;
  double x, y;
  gboolean was_inside;
} Pen;

static void
pen_move (Pen *pen, double x, double y)
{
  pen->x = x;
  pen->y = y;
  pen->was_inside = inside (&pen->bounds, x, y);
  if (pen->was_inside)
    cairo_move_to (pen->cr, x, y);
}

static void
pen_line (Pen *pen, double x, double y)
{
  gboolean is_inside = inside (&pen->bounds, x, y);

  if (is_inside && pen->was_inside)
    {
      cairo_line_to (pen->cr, x, y);
    }
  else
    {
      double x0 = pen->x, y0 = pen->y, x1 = x, y1 = y;

      if (clip_segment (&pen->bounds, &x0, &y0, &x1, &y1))
        {
          if (!pen->was_inside)
            cairo_move_to (pen->cr, x0, y0);
          cairo_line_to (pen->cr, x1, y1);
        }
    }

  pen->x = x;
  pen->y = y;
  pen->was_inside = is_inside;
}

static void
stroke_spans (cairo_t *cr, const GArray *spans, const Bounds *bounds, double origin, const MatineePlotMap *y)
{
  Pen pen = { cr, *bounds, 0, 0, FALSE };

  cairo_new_path (cr);
  for (guint i = 0; i < spans->len; i++)
    {
      const MatineePlotSpan *span = &g_array_index (spans, MatineePlotSpan, i);
      double x = origin + span->x;

      if (span->open)
        pen_move (&pen, x, matinee_plot_map (y, span->first));
      else
        pen_line (&pen, x, matinee_plot_map (y, span->first));

      if (span->lo < span->hi)
        {
          pen_line (&pen, x, matinee_plot_map (y, span->lo));
          pen_line (&pen, x, matinee_plot_map (y, span->hi));
          pen_line (&pen, x, matinee_plot_map (y, span->last));
        }
    }
  cairo_stroke (cr);
}

/* A point without neighbours is a line without length, which shows nothing:
 * such points, and those far from each other, are marked. */
static void
draw_shapes (cairo_t *cr, const GArray *spans, const MatineePlotSeries *series, const MatineePlotLayout *layout,
             const MatineePlotMap *y)
{
  MatineePlotShape shape = matinee_plot_series_get_shape (series);
  const MatineePlotRect *area = &layout->area;
  gboolean all = spans->len < 2;

  if (spans->len >= 2)
    {
      double width = fabs (g_array_index (spans, MatineePlotSpan, spans->len - 1).x
                           - g_array_index (spans, MatineePlotSpan, 0).x);

      all = width / (spans->len - 1) >= SHAPE_DISTANCE;
    }

  for (guint i = 0; i < spans->len; i++)
    {
      const MatineePlotSpan *span = &g_array_index (spans, MatineePlotSpan, i);
      gboolean alone = span->open && (i + 1 == spans->len || g_array_index (spans, MatineePlotSpan, i + 1).open);
      double at = matinee_plot_map (y, span->first);

      if ((all || alone) && span->x > -1 && span->x < area->width + 1 && at > area->y - 1
          && at < area->y + area->height + 1)
        matinee_plot_line_draw_shape (cr, shape, area->x + span->x, at, SHAPE_RADIUS);
    }
}

/* }}} */
/* {{{ Bands */

/* The part of a column that the line covers, half way to its neighbours. */
static void
get_column (const GArray *spans, guint i, const MatineePlotMap *y, double half, double *top, double *bottom)
{
  const MatineePlotSpan *span = &g_array_index (spans, MatineePlotSpan, i);

  *top = matinee_plot_map (y, span->hi);
  *bottom = matinee_plot_map (y, span->lo);
  if (!span->open && i > 0)
    {
      double last = matinee_plot_map (y, g_array_index (spans, MatineePlotSpan, i - 1).last);
      double middle = (last + matinee_plot_map (y, span->first)) / 2;

      *top = MIN (*top, middle);
      *bottom = MAX (*bottom, middle);
    }
  if (i + 1 < spans->len && !g_array_index (spans, MatineePlotSpan, i + 1).open)
    {
      double first = matinee_plot_map (y, g_array_index (spans, MatineePlotSpan, i + 1).first);
      double middle = (first + matinee_plot_map (y, span->last)) / 2;

      *top = MIN (*top, middle);
      *bottom = MAX (*bottom, middle);
    }

  *top -= half;
  *bottom += half;
}

static gboolean
is_off (const double *dashes, int n_dashes, double x)
{
  double total = 0;

  for (int i = 0; i < n_dashes; i++)
    total += dashes[i];
  x = fmod (x, MAX (total, 1));
  for (int i = 0; i < n_dashes; i++)
    {
      if (x < dashes[i])
        return i % 2 == 1;
      x -= dashes[i];
    }

  return FALSE;
}

/* Columns are filled from their least to their greatest value: one polygon
 * for each unbroken run, which costs a tenth of stroking the zigzag. Dashes
 * are measured along x. */
static void
fill_columns (cairo_t *cr, const GArray *spans, const MatineePlotLayout *layout, const MatineePlotMap *y, double half,
              const double *dashes, int n_dashes)
{
  double low = layout->area.y - MARGIN;
  double high = layout->area.y + layout->area.height + MARGIN;
  guint end;

  cairo_new_path (cr);
  for (guint start = 0; start < spans->len; start = end)
    {
      double x = layout->area.x, first = 0, last = 0, top, bottom;
      gboolean off = is_off (dashes, n_dashes, g_array_index (spans, MatineePlotSpan, start).x);

      end = start + 1;
      while (end < spans->len && !g_array_index (spans, MatineePlotSpan, end).open
             && is_off (dashes, n_dashes, g_array_index (spans, MatineePlotSpan, end).x) == off)
        end++;
      if (off)
        continue;

      first = x + g_array_index (spans, MatineePlotSpan, start).x - 0.5;
      last = x + g_array_index (spans, MatineePlotSpan, end - 1).x + 0.5;
      for (guint i = start; i < end; i++)
        {
          get_column (spans, i, y, half, &top, &bottom);
          top = CLAMP (top, low, high);
          if (i == start)
            cairo_move_to (cr, first, top);
          cairo_line_to (cr, x + g_array_index (spans, MatineePlotSpan, i).x, top);
          if (i + 1 == end)
            cairo_line_to (cr, last, top);
        }
      for (guint i = end; i-- > start;)
        {
          get_column (spans, i, y, half, &top, &bottom);
          bottom = CLAMP (bottom, low, high);
          if (i + 1 == end)
            cairo_line_to (cr, last, bottom);
          cairo_line_to (cr, x + g_array_index (spans, MatineePlotSpan, i).x, bottom);
          if (i == start)
            cairo_line_to (cr, first, bottom);
        }
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

/* }}} */

/**
 * matinee_plot_line_draw:
 * @cr: a context, clipped to the area
 * @series: what to draw
 * @model: its model
 * @layout: where
 * @style: how
 * @spans: (element-type MatineePlotSpan): an array to work in
 *
 * Draws the line of a series and, while they are far apart, its points.
 */
void
matinee_plot_line_draw (cairo_t *cr, const MatineePlotSeries *series, MatineePlotModel *model,
                        const MatineePlotLayout *layout, const MatineePlotStyle *style, GArray *spans)
{
  const MatineePlotRect *area = &layout->area;
  Bounds bounds
      = { area->x - MARGIN, area->y - MARGIN, area->x + area->width + MARGIN, area->y + area->height + MARGIN };
  gboolean positive = matinee_plot_model_get_y_scale (model) == MATINEE_PLOT_SCALE_LOG;
  MatineePlotMap x, y;
  const double *dashes;
  int n_dashes;

  g_array_set_size (spans, 0);
  matinee_plot_layout_get_maps (layout, model, &x, &y);
  dashes = matinee_plot_style_get_dashes (matinee_plot_series_get_dash (series), &n_dashes);
  gdk_cairo_set_source_rgba (cr, matinee_plot_line_get_color (series, style));

  if (matinee_plot_series_decimate (series, matinee_plot_model_get_x_axis (model), (guint) ceil (area->width), positive,
                                    spans))
    {
      fill_columns (cr, spans, layout, &y, style->line_width / 2, dashes, n_dashes);
      return;
    }

  cairo_set_line_width (cr, style->line_width);
  cairo_set_dash (cr, dashes, n_dashes, 0);
  stroke_spans (cr, spans, &bounds, area->x, &y);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_shapes (cr, spans, series, layout, &y);
}

/**
 * matinee_plot_line_draw_sample:
 * @cr: a context
 * @series: a series
 * @style: how
 * @x: the left end
 * @y: the middle
 * @width: how long, in pixels
 *
 * Draws the piece of line that stands for @series in a legend.
 */
void
matinee_plot_line_draw_sample (cairo_t *cr, const MatineePlotSeries *series, const MatineePlotStyle *style, double x,
                               double y, double width)
{
  const double *dashes;
  int n_dashes;

  dashes = matinee_plot_style_get_dashes (matinee_plot_series_get_dash (series), &n_dashes);
  gdk_cairo_set_source_rgba (cr, matinee_plot_line_get_color (series, style));
  cairo_set_line_width (cr, style->line_width);
  cairo_set_dash (cr, dashes, n_dashes, 0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  matinee_plot_line_draw_shape (cr, matinee_plot_series_get_shape (series), x + width / 2, y, SHAPE_RADIUS);
}
