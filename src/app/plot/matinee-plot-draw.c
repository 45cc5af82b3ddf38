/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-draw.h"

#include "matinee-plot-line.h"

#include <glib/gi18n.h>
#include <math.h>

/* From so many vertices on lines are thinner, which keeps them apart, and drawn
 * with a coarser antialiasing, which halves the time and hardly shows. */
#define MANY_VERTICES 3000
#define MANY_LINE_WIDTH 0.75

#define LABEL_PAD 3.0
#define MARK_RADIUS 4.5
#define HIDDEN_ALPHA 0.35f

/* Prices of a place for a label: what it covers is worth avoiding. */
#define COST_OUTSIDE 1000.0
#define COST_LABEL 100.0
#define COST_LINE 1.0

typedef struct
{
  MatineePlotModel *model;
  cairo_t *cr;
  const MatineePlotStyle *style;
  const MatineePlotLayout *layout;
  MatineePlotText *text;
  MatineePlotMap x;
  MatineePlotMap y;
  GArray *taken; /* MatineePlotRect of the labels drawn so far */
} Draw;

/* {{{ Grid and axes */

/* The middle of the pixel: a line one pixel wide fills just that. */
static double
snap (double value)
{
  return floor (value) + 0.5;
}

static void
add_vertical (Draw *self, double value)
{
  double at = snap (matinee_plot_map (&self->x, value));

  cairo_move_to (self->cr, at, self->layout->area.y);
  cairo_line_to (self->cr, at, self->layout->area.y + self->layout->area.height);
}

static void
add_horizontal (Draw *self, double value)
{
  double at = snap (matinee_plot_map (&self->y, value));

  cairo_move_to (self->cr, self->layout->area.x, at);
  cairo_line_to (self->cr, self->layout->area.x + self->layout->area.width, at);
}

static void
draw_grid (Draw *self)
{
  const MatineePlotLayout *layout = self->layout;
  GdkRGBA minor = self->style->grid;

  cairo_set_line_width (self->cr, 1);

  minor.alpha = 0.5f;
  gdk_cairo_set_source_rgba (self->cr, &minor);
  for (guint i = 0; i < layout->x_ticks.n_minor; i++)
    add_vertical (self, layout->x_ticks.minor[i]);
  for (guint i = 0; i < layout->y_ticks.n_minor; i++)
    add_horizontal (self, layout->y_ticks.minor[i]);
  cairo_stroke (self->cr);

  gdk_cairo_set_source_rgba (self->cr, &self->style->grid);
  for (guint i = 0; i < layout->x_ticks.n; i++)
    add_vertical (self, layout->x_ticks.tick[i].value);
  for (guint i = 0; i < layout->y_ticks.n; i++)
    add_horizontal (self, layout->y_ticks.tick[i].value);
  cairo_stroke (self->cr);
}

static void
draw_frame (Draw *self)
{
  const MatineePlotRect *area = &self->layout->area;
  double left = snap (area->x), right = snap (area->x + area->width);
  double bottom = snap (area->y + area->height);
  double side = self->style->rtl ? right : left;

  gdk_cairo_set_source_rgba (self->cr, &self->style->axis);
  cairo_set_line_width (self->cr, 1);
  cairo_move_to (self->cr, left - 0.5, bottom);
  cairo_line_to (self->cr, right + 0.5, bottom);
  cairo_move_to (self->cr, side, area->y);
  cairo_line_to (self->cr, side, bottom);
  for (guint i = 0; i < self->layout->x_ticks.n; i++)
    {
      double at = snap (matinee_plot_map (&self->x, self->layout->x_ticks.tick[i].value));

      cairo_move_to (self->cr, at, bottom);
      cairo_line_to (self->cr, at, bottom + 4);
    }
  cairo_stroke (self->cr);
}

static void
draw_tick_labels (Draw *self)
{
  const MatineePlotLayout *layout = self->layout;
  const MatineePlotRect *area = &layout->area;
  double width;

  gdk_cairo_set_source_rgba (self->cr, &self->style->dim);
  for (guint i = 0; i < layout->x_ticks.n; i++)
    {
      const MatineePlotTick *tick = &layout->x_ticks.tick[i];
      double at;

      matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_SMALL, tick->label, &width, NULL);
      at = snap (matinee_plot_map (&self->x, tick->value)) - width / 2;
      at = CLAMP (at, 1, MAX (1, layout->width - width - 1));
      matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_SMALL, tick->label, at, area->y + area->height + 6, 0);
    }

  for (guint i = 0; i < layout->y_ticks.n; i++)
    {
      const MatineePlotTick *tick = &layout->y_ticks.tick[i];
      double at = snap (matinee_plot_map (&self->y, tick->value)) - layout->line / 2;

      matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_SMALL, tick->label, &width, NULL);
      matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_SMALL, tick->label,
                              self->style->rtl ? area->x + area->width + 7 : area->x - 7 - width, at, 0);
    }
}

static void
draw_titles (Draw *self)
{
  const MatineePlotLayout *layout = self->layout;
  const char *x_title = matinee_plot_model_get_x_title (self->model);
  const char *y_title = matinee_plot_model_get_y_title (self->model);
  double width;

  gdk_cairo_set_source_rgba (self->cr, &self->style->foreground);
  if (layout->y_title.width > 0)
    matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_STRONG, y_title, layout->y_title.x, layout->y_title.y + 3,
                            layout->y_title.width);

  if (!layout->show_x_title || layout->area.width <= 0)
    return;

  gdk_cairo_set_source_rgba (self->cr, &self->style->dim);
  matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_SMALL, x_title, &width, NULL);
  width = MIN (width, layout->area.width);
  matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_SMALL, x_title,
                          layout->area.x + (layout->area.width - width) / 2,
                          layout->area.y + layout->area.height + 7 + layout->line, width + 1);
}

/* }}} */
/* {{{ Legend */

static void
draw_entry (Draw *self, const MatineePlotEntry *entry)
{
  const MatineePlotRect *rect = &entry->rect;
  double middle = floor (rect->y + rect->height / 2);
  double top = rect->y + (rect->height - self->layout->line) / 2;
  double skip = MATINEE_PLOT_SAMPLE + MATINEE_PLOT_SAMPLE_GAP;
  double room = rect->width - skip;
  MatineePlotStyle sample_style = *self->style; /* borrows the font */
  gboolean visible;

  if (entry->series == NULL)
    {
      g_autofree char *more = g_strdup_printf ("+%u", self->layout->n_more);

      gdk_cairo_set_source_rgba (self->cr, &self->style->dim);
      matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_SMALL, more, rect->x, top, 0);
      return;
    }

  visible = matinee_plot_series_get_visible (entry->series);
  for (guint i = 0; i < MATINEE_PLOT_N_COLORS && !visible; i++)
    sample_style.series[i].alpha = HIDDEN_ALPHA;
  matinee_plot_line_draw_sample (self->cr, entry->series, &sample_style,
                                 self->style->rtl ? rect->x + room + MATINEE_PLOT_SAMPLE_GAP : rect->x, middle,
                                 MATINEE_PLOT_SAMPLE);

  gdk_cairo_set_source_rgba (self->cr, visible ? &self->style->foreground : &self->style->dim);
  matinee_plot_text_draw (self->text, MATINEE_PLOT_TEXT_SMALL, matinee_plot_series_get_name (entry->series),
                          self->style->rtl ? rect->x : rect->x + skip, top, room);

  /* Paler is not enough to tell: names of hidden series are struck out. */
  if (!visible)
    {
      cairo_set_line_width (self->cr, 1);
      cairo_move_to (self->cr, self->style->rtl ? rect->x : rect->x + skip, middle + 0.5);
      cairo_rel_line_to (self->cr, room, 0);
      cairo_stroke (self->cr);
    }
}

/* }}} */
/* {{{ Labels */

static double
overlap (const MatineePlotRect *a, const MatineePlotRect *b)
{
  double w = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
  double h = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

  return w > 0 && h > 0 ? w * h : 0;
}

/* How much a label at @rect would cover, in arbitrary units. */
static double
place_cost (Draw *self, const MatineePlotRect *rect, double own_line)
{
  const MatineePlotRect *area = &self->layout->area;
  const MatineePlotAxis *axis = matinee_plot_model_get_x_axis (self->model);
  double x0 = matinee_plot_axis_from_unit (axis, (rect->x - area->x) / area->width);
  double x1 = matinee_plot_axis_from_unit (axis, (rect->x + rect->width - area->x) / area->width);
  double cost = 0;

  cost += COST_OUTSIDE * (1 - overlap (rect, area) / (rect->width * rect->height));
  for (guint i = 0; i < self->taken->len; i++)
    if (overlap (rect, &g_array_index (self->taken, MatineePlotRect, i)) > 0)
      cost += COST_LABEL;

  for (guint i = 0; i < matinee_plot_model_get_n_series (self->model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self->model, i);
      MatineePlotExtent y;
      double low, high;

      if (!matinee_plot_series_get_visible (series) || !matinee_plot_series_range_y (series, x0, x1, &y))
        continue;
      low = matinee_plot_map (&self->y, self->y.log ? MAX (y.min, MATINEE_PLOT_TINY) : y.min);
      high = matinee_plot_map (&self->y, y.max);
      if (high < rect->y + rect->height && low > rect->y)
        cost += COST_LINE;
    }

  for (guint i = 0; i < matinee_plot_model_get_n_references (self->model); i++)
    {
      double at = matinee_plot_map (&self->y, matinee_plot_model_get_reference (self->model, i)->value);

      if (at != own_line && at > rect->y && at < rect->y + rect->height)
        cost += COST_LINE;
    }

  return cost;
}

/* The cheapest of some places; among equals the first. */
static MatineePlotRect
choose_place (Draw *self, const MatineePlotRect *places, guint n, double own_line)
{
  double best_cost = INFINITY;
  guint best = 0;

  for (guint i = 0; i < n; i++)
    {
      double cost = place_cost (self, &places[i], own_line);

      if (cost < best_cost)
        {
          best_cost = cost;
          best = i;
        }
    }

  return places[best];
}

static void
draw_label (Draw *self, MatineePlotTextKind kind, const char *label, const MatineePlotRect *rect, const GdkRGBA *color)
{
  GdkRGBA halo = self->style->background;

  halo.alpha *= 0.82f;
  gdk_cairo_set_source_rgba (self->cr, &halo);
  cairo_rectangle (self->cr, rect->x, rect->y, rect->width, rect->height);
  cairo_fill (self->cr);
  gdk_cairo_set_source_rgba (self->cr, color);
  matinee_plot_text_draw (self->text, kind, label, rect->x + LABEL_PAD, rect->y, rect->width - 2 * LABEL_PAD + 1);
  g_array_append_val (self->taken, *rect);
}

static void
draw_reference (Draw *self, const MatineePlotReference *reference)
{
  static const double dash[] = { 2, 3 };
  const MatineePlotRect *area = &self->layout->area;
  double at = matinee_plot_map (&self->y, reference->value);
  double width, start, end, middle, line = self->layout->line;
  MatineePlotRect rect;

  if (!(at >= area->y - 1 && at <= area->y + area->height + 1))
    return;

  gdk_cairo_set_source_rgba (self->cr, &self->style->dim);
  cairo_set_line_width (self->cr, 1);
  cairo_set_dash (self->cr, dash, G_N_ELEMENTS (dash), 0);
  cairo_move_to (self->cr, area->x, snap (at));
  cairo_line_to (self->cr, area->x + area->width, snap (at));
  cairo_stroke (self->cr);
  cairo_set_dash (self->cr, NULL, 0, 0);
  if (reference->label == NULL)
    return;

  matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_SMALL, reference->label, &width, NULL);
  width = MIN (width + 2 * LABEL_PAD, area->width);
  start = area->x + 4;
  end = area->x + area->width - width - 4;
  middle = (start + end) / 2;
  if (self->style->rtl)
    {
      double swap = start;

      start = end;
      end = swap;
    }

  {
    double above = floor (at) - line - 1, below = floor (at) + 2;
    const MatineePlotRect places[] = {
      { end, above, width, line },   { start, above, width, line },  { end, below, width, line },
      { start, below, width, line }, { middle, above, width, line }, { middle, below, width, line },
    };

    rect = choose_place (self, places, G_N_ELEMENTS (places), at);
  }
  draw_label (self, MATINEE_PLOT_TEXT_SMALL, reference->label, &rect, &self->style->dim);
}

static void
draw_mark (Draw *self, const MatineePlotMark *mark)
{
  const MatineePlotRect *area = &self->layout->area;
  const GdkRGBA *color
      = mark->series != NULL ? matinee_plot_line_get_color (mark->series, self->style) : &self->style->foreground;
  double x = matinee_plot_map (&self->x, mark->x), y = matinee_plot_map (&self->y, mark->y);
  double width, line, off = MARK_RADIUS + 4;
  MatineePlotRect rect;

  if ((mark->series != NULL && !matinee_plot_series_get_visible (mark->series))
      || !(x >= area->x - 1 && x <= area->x + area->width + 1)
      || !(y >= area->y - 1 && y <= area->y + area->height + 1))
    return;

  gdk_cairo_set_source_rgba (self->cr, &self->style->background);
  cairo_arc (self->cr, x, y, MARK_RADIUS + 2, 0, 2 * G_PI);
  cairo_fill (self->cr);
  gdk_cairo_set_source_rgba (self->cr, color);
  cairo_arc (self->cr, x, y, MARK_RADIUS, 0, 2 * G_PI);
  cairo_fill (self->cr);
  if (mark->label == NULL)
    return;

  matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_STRONG, mark->label, &width, &line);
  width = MIN (width + 2 * LABEL_PAD, area->width);

  {
    double left = rint (x - off - width), right = rint (x + off);
    double middle = CLAMP (rint (x - width / 2), area->x + 2, MAX (area->x + 2, area->x + area->width - width - 2));
    double above = rint (y - off - line), below = rint (y + off), beside = rint (y - line / 2);
    const MatineePlotRect places[] = {
      { middle, above, width, line },      { middle, below, width, line },      { right, above, width, line },
      { left, above, width, line },        { right, below, width, line },       { left, below, width, line },
      { right, beside, width, line },      { left, beside, width, line },       { middle, above - 16, width, line },
      { middle, below + 16, width, line }, { middle, above - 36, width, line }, { middle, below + 36, width, line },
    };

    rect = choose_place (self, places, G_N_ELEMENTS (places), NAN);
  }
  draw_label (self, MATINEE_PLOT_TEXT_STRONG, mark->label, &rect, &self->style->foreground);
}

/* Points that a logarithmic axis cannot show are not dropped in silence. */
static void
draw_note (Draw *self)
{
  const MatineePlotRect *area = &self->layout->area;
  gsize n = matinee_plot_model_get_n_hidden (self->model);
  g_autofree char *note = NULL;
  MatineePlotRect rect;
  double width;

  if (n == 0)
    return;

  note = g_strdup_printf (
      ngettext ("%zu value ≤ 0 not shown: logarithmic axis", "%zu values ≤ 0 not shown: logarithmic axis", n), n);
  matinee_plot_text_measure (self->text, MATINEE_PLOT_TEXT_SMALL, note, &width, NULL);
  width = MIN (width + 2 * LABEL_PAD, area->width - 8);
  rect.width = width;
  rect.height = self->layout->line;
  rect.x = self->style->rtl ? area->x + area->width - width - 4 : area->x + 4;
  rect.y = area->y + area->height - rect.height - 4;
  draw_label (self, MATINEE_PLOT_TEXT_SMALL, note, &rect, &self->style->dim);
}

/* }}} */

static gboolean
has_many_vertices (Draw *self)
{
  gsize n = 0;

  for (guint i = 0; i < matinee_plot_model_get_n_series (self->model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self->model, i);

      if (matinee_plot_series_get_visible (series))
        n += MIN (matinee_plot_series_get_length (series), (gsize) self->layout->area.width);
    }

  return n > MANY_VERTICES;
}

static void
draw_series (Draw *self)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (MatineePlotSpan));
  const MatineePlotRect *area = &self->layout->area;

  /* The area and the half width of a line at its very edge. */
  cairo_save (self->cr);
  cairo_rectangle (self->cr, area->x - 4, area->y - 4, area->width + 8, area->height + 8);
  cairo_clip (self->cr);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_BEVEL);
  for (guint i = 0; i < matinee_plot_model_get_n_series (self->model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (self->model, i);

      if (matinee_plot_series_get_visible (series))
        matinee_plot_line_draw (self->cr, series, self->model, self->layout, self->style, spans);
    }
  cairo_restore (self->cr);
}

static void
draw_data (Draw *self)
{
  draw_grid (self);
  draw_frame (self);
  draw_tick_labels (self);
  draw_series (self);
  draw_note (self);
  for (guint i = 0; i < matinee_plot_model_get_n_marks (self->model); i++)
    draw_mark (self, matinee_plot_model_get_mark (self->model, i));
  for (guint i = 0; i < matinee_plot_model_get_n_references (self->model); i++)
    draw_reference (self, matinee_plot_model_get_reference (self->model, i));
}

static void
draw_empty (Draw *self)
{
  const char *text = matinee_plot_model_get_empty_text (self->model);
  const MatineePlotRect *area = &self->layout->area;

  gdk_cairo_set_source_rgba (self->cr, &self->style->dim);
  if (text != NULL)
    matinee_plot_text_draw_centered (self->text, MATINEE_PLOT_TEXT_NORMAL, text, area->x + area->width / 2,
                                     area->y + area->height / 2, area->width * 0.9);
}

/**
 * matinee_plot_draw:
 * @model: what to draw
 * @cr: where, with the top left corner at the origin
 * @width: of the plot, in the units of @cr
 * @height: of the plot
 * @style: how
 * @layout: (out caller-allocates) (optional): where everything went; free with
 *   [method@PlotLayout.clear]
 *
 * Draws a plot: the one function behind the screen, pictures, files, prints
 * and tests. Lines are a pixel wide and on pixels if the units are pixels.
 *
 * O(series · (width · log points)).
 */
void
matinee_plot_draw (MatineePlotModel *model, cairo_t *cr, double width, double height, const MatineePlotStyle *style,
                   MatineePlotLayout *layout)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (MatineePlotRect));
  g_auto (MatineePlotLayout) own = { 0 };
  g_auto (MatineePlotText) text;
  MatineePlotStyle thin = *style; /* borrows the font */
  Draw self = { .model = model, .cr = cr, .style = style, .text = &text, .taken = taken };

  if (layout == NULL)
    layout = &own;

  matinee_plot_model_prepare (model);
  matinee_plot_text_init (&text, cr, style);
  matinee_plot_layout_init (layout, model, &text, style, width, height);
  matinee_plot_layout_get_maps (layout, model, &self.x, &self.y);
  self.layout = layout;

  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, &style->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);

  if (has_many_vertices (&self))
    {
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
      thin.line_width *= MANY_LINE_WIDTH;
      self.style = &thin;
    }
  draw_titles (&self);
  for (guint i = 0; i < layout->entries->len; i++)
    draw_entry (&self, &g_array_index (layout->entries, MatineePlotEntry, i));
  if (layout->area.width > 0)
    {
      if (matinee_plot_model_is_empty (model))
        draw_empty (&self);
      else
        draw_data (&self);
    }
  cairo_restore (cr);
}
