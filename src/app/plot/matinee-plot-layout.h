/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-plot-model.h"
#include "matinee-plot-text.h"

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} MatineePlotRect;

/**
 * MatineePlotEntry:
 * @series: what it stands for, %NULL for the entry that counts the rest
 * @rect: where it is
 */
typedef struct
{
  MatineePlotSeries *series;
  MatineePlotRect rect;
} MatineePlotEntry;

/**
 * MatineePlotLayout:
 * @width: of the whole plot
 * @height: of the whole plot
 * @area: where the data go; empty if there is no room for any
 * @x_ticks: ticks of the x axis
 * @y_ticks: ticks of the y axis
 * @entries: (element-type MatineePlotEntry): the legend
 * @n_more: how many series the legend has no room for
 * @y_title: where the title of the y axis is
 * @show_x_title: whether there is room for the title of the x axis
 * @line: the height of a line of small text
 *
 * Where everything goes, in pixels from the top left corner.
 */
typedef struct
{
  double width;
  double height;
  MatineePlotRect area;
  MatineePlotTicks x_ticks;
  MatineePlotTicks y_ticks;
  GArray *entries;
  guint n_more;
  MatineePlotRect y_title;
  gboolean show_x_title;
  double line;
} MatineePlotLayout;

/* The line sample of a legend entry, and what is between it and the name. */
#define MATINEE_PLOT_SAMPLE 26.0
#define MATINEE_PLOT_SAMPLE_GAP 6.0

void matinee_plot_layout_init (MatineePlotLayout *self, MatineePlotModel *model, MatineePlotText *text,
                               const MatineePlotStyle *style, double width, double height);
void matinee_plot_layout_clear (MatineePlotLayout *self);
void matinee_plot_layout_get_maps (const MatineePlotLayout *self, MatineePlotModel *model, MatineePlotMap *x,
                                   MatineePlotMap *y);
MatineePlotSeries *matinee_plot_layout_pick_entry (const MatineePlotLayout *self, double x, double y);

static inline gboolean
matinee_plot_rect_contains (const MatineePlotRect *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineePlotLayout, matinee_plot_layout_clear)

G_END_DECLS
