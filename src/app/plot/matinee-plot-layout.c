/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-layout.h"

#include <math.h>

#define ENTRY_GAP 16.0
#define TICK_GAP 7.0 /* from a label to the axis */

/* How far apart ticks should be, though never fewer than two. */
#define X_TICK_DISTANCE 84.0
#define Y_TICK_DISTANCE 46.0

/* Below this height the title of the x axis would cost too much of it. */
#define MIN_HEIGHT_FOR_TITLE 150.0

/* The legend may take this share of the height. */
#define LEGEND_SHARE 0.26

typedef struct
{
  MatineePlotText *text;
  double line;
} Measure;

static double
measure_width (const char *label, gpointer user_data)
{
  Measure *measure = user_data;
  double width;

  matinee_plot_text_measure (measure->text, MATINEE_PLOT_TEXT_SMALL, label, &width, NULL);

  return width;
}

static double
measure_height (const char *label, gpointer user_data)
{
  return ((Measure *) user_data)->line;
}

/* {{{ Legend */

/* Puts the entries in rows, from the start of the line to its end. Returns
 * the number of rows used. */
static guint
flow_entries (MatineePlotLayout *self, MatineePlotModel *model, MatineePlotText *text, double pad, double row)
{
  guint n = matinee_plot_model_get_n_series (model);
  guint max_rows = MAX (1, (guint) (self->height * LEGEND_SHARE / row));
  double end = self->width - pad;
  double start = pad + (self->y_title.width > 0 ? self->y_title.width + ENTRY_GAP : 0);
  double x = start, more_width;
  guint rows = 1;

  matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, "+00", &more_width, NULL);
  for (guint i = 0; i < n; i++)
    {
      MatineePlotEntry entry = { matinee_plot_model_get_series (model, i), { 0 } };
      double width, reserve;

      matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, matinee_plot_series_get_name (entry.series), &width,
                                 NULL);
      width += MATINEE_PLOT_SAMPLE + MATINEE_PLOT_SAMPLE_GAP + 2;
      width = MIN (width, MAX (MATINEE_PLOT_SAMPLE + 40, (end - pad) * 0.45));
      reserve = rows == max_rows && i + 1 < n ? more_width + ENTRY_GAP : 0;

      if (x + width + reserve > end && x > pad)
        {
          if (rows == max_rows)
            {
              self->n_more = n - i;
              entry.series = NULL;
              entry.rect = (MatineePlotRect){ x, pad + (rows - 1) * row, more_width, row };
              g_array_append_val (self->entries, entry);
              break;
            }
          x = pad;
          rows++;
        }

      entry.rect = (MatineePlotRect){ x, pad + (rows - 1) * row, width, row };
      g_array_append_val (self->entries, entry);
      x += width + ENTRY_GAP;
    }

  return rows;
}

static void
mirror (MatineePlotLayout *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      MatineePlotRect *rect = &g_array_index (self->entries, MatineePlotEntry, i).rect;

      rect->x = self->width - rect->x - rect->width;
    }

  self->y_title.x = self->width - self->y_title.x - self->y_title.width;
}

/* }}} */
/* {{{ Axes */

static void
get_x_ticks (MatineePlotLayout *self, MatineePlotModel *model, Measure *measure)
{
  matinee_plot_axis_get_ticks (matinee_plot_model_get_x_axis (model), (guint) (self->area.width / X_TICK_DISTANCE) + 1,
                               self->area.width, 12, measure_width, measure, &self->x_ticks);
}

/* How far the outermost labels stick out of the area. */
static void
get_overhang (MatineePlotLayout *self, MatineePlotModel *model, Measure *measure, double *left, double *right)
{
  MatineePlotMap x, y;

  *left = *right = 0;
  matinee_plot_layout_get_maps (self, model, &x, &y);
  for (guint i = 0; i < self->x_ticks.n; i++)
    {
      const MatineePlotTick *tick = &self->x_ticks.tick[i];
      double half = measure_width (tick->label, measure) / 2;
      double at = matinee_plot_map (&x, tick->value);

      *left = MAX (*left, self->area.x - (at - half));
      *right = MAX (*right, at + half - (self->area.x + self->area.width));
    }
}

static void
place_area (MatineePlotLayout *self, MatineePlotModel *model, Measure *measure, gboolean rtl, double pad)
{
  double labels = 0, near, far, left, right;

  matinee_plot_axis_get_ticks (matinee_plot_model_get_y_axis (model), (guint) (self->area.height / Y_TICK_DISTANCE) + 1,
                               self->area.height, 2, measure_height, measure, &self->y_ticks);
  for (guint i = 0; i < self->y_ticks.n; i++)
    labels = MAX (labels, measure_width (self->y_ticks.tick[i].label, measure));

  near = rint (pad + labels + TICK_GAP);
  far = pad + 2;
  self->area.x = rtl ? far : near;
  self->area.width = self->width - near - far;
  if (self->area.width < 1)
    return;

  get_x_ticks (self, model, measure);
  get_overhang (self, model, measure, &left, &right);
  left = ceil (MAX (0, left - self->area.x + 2));
  right = ceil (MAX (0, right - (self->width - self->area.x - self->area.width) + 2));
  if (left > 0 || right > 0)
    {
      self->area.x += left;
      self->area.width -= left + right;
      if (self->area.width >= 1)
        get_x_ticks (self, model, measure);
    }
}

/* }}} */

/**
 * matinee_plot_layout_init:
 * @self: (out caller-allocates): a layout; free with [method@PlotLayout.clear]
 * @model: a prepared model
 * @text: measures the labels
 * @style: what they look like
 * @width: of the whole plot, in pixels
 * @height: of the whole plot
 *
 * Finds a place for everything. The legend and the title of the y axis are
 * above the data, where they never cover any; on a small plot the legend is
 * cut short and the title of the x axis left out.
 */
void
matinee_plot_layout_init (MatineePlotLayout *self, MatineePlotModel *model, MatineePlotText *text,
                          const MatineePlotStyle *style, double width, double height)
{
  const char *y_title = matinee_plot_model_get_y_title (model);
  const char *x_title = matinee_plot_model_get_x_title (model);
  double pad = MIN (width, height) < 240 ? 6 : 12;
  Measure measure = { text, 0 };
  guint rows = 0;
  double row, top, bottom;

  *self = (MatineePlotLayout){ .width = width, .height = height };
  self->entries = g_array_new (FALSE, FALSE, sizeof (MatineePlotEntry));
  matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_SMALL, "0", NULL, &self->line);
  measure.line = self->line;
  row = self->line + 6;

  if (y_title != NULL && *y_title != '\0')
    {
      double title;

      matinee_plot_text_measure (text, MATINEE_PLOT_TEXT_STRONG, y_title, &title, NULL);
      self->y_title = (MatineePlotRect){ pad, pad, MIN (title + 1, width - 2 * pad), row };
      rows = 1;
    }
  if (matinee_plot_model_get_n_series (model) > 0)
    rows = flow_entries (self, model, text, pad, row);

  /* Half a label sticks out above the topmost grid line. */
  top = pad + rows * row + (rows > 0 ? 4 : 0) + ceil (self->line / 2);
  self->show_x_title = x_title != NULL && *x_title != '\0' && height >= MIN_HEIGHT_FOR_TITLE;
  bottom = pad * 0.5 + self->line + TICK_GAP + (self->show_x_title ? self->line + 2 : 0);
  self->area.y = rint (top);
  self->area.height = rint (height - top - bottom);
  if (self->area.height >= 1)
    place_area (self, model, &measure, style->rtl, pad);
  if (self->area.width < 16 || self->area.height < 16)
    self->area.width = self->area.height = 0;

  if (style->rtl)
    mirror (self);
}

/**
 * matinee_plot_layout_clear:
 * @self: a layout
 */
void
matinee_plot_layout_clear (MatineePlotLayout *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

/**
 * matinee_plot_layout_get_maps:
 * @self: a layout
 * @model: its model
 * @x: (out caller-allocates): from x values to pixels
 * @y: (out caller-allocates): from y values to pixels
 */
void
matinee_plot_layout_get_maps (const MatineePlotLayout *self, MatineePlotModel *model, MatineePlotMap *x,
                              MatineePlotMap *y)
{
  matinee_plot_axis_get_map (matinee_plot_model_get_x_axis (model), self->area.x, self->area.width, x);
  matinee_plot_axis_get_map (matinee_plot_model_get_y_axis (model), self->area.y + self->area.height,
                             -self->area.height, y);
}

/**
 * matinee_plot_layout_pick_entry:
 * @self: a layout
 * @x: a point
 * @y: a point
 *
 * Returns: (transfer none) (nullable): the series whose legend entry is there
 */
MatineePlotSeries *
matinee_plot_layout_pick_entry (const MatineePlotLayout *self, double x, double y)
{
  if (self->entries == NULL)
    return NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const MatineePlotEntry *entry = &g_array_index (self->entries, MatineePlotEntry, i);

      if (matinee_plot_rect_contains (&entry->rect, x, y))
        return entry->series;
    }

  return NULL;
}
