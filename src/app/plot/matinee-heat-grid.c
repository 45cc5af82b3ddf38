/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-heat-grid.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Viridis, by Smith and van der Walt (2015): even steps in it look even, also in grey
 * and to people with any kind of color vision. */
static const guint8 scale[][3] = {
  { 0x44, 0x01, 0x54 }, { 0x47, 0x2d, 0x7b }, { 0x3b, 0x52, 0x8b }, { 0x2c, 0x72, 0x8e }, { 0x21, 0x91, 0x8c },
  { 0x28, 0xae, 0x80 }, { 0x5e, 0xc9, 0x62 }, { 0xad, 0xdc, 0x30 }, { 0xfd, 0xe7, 0x25 },
};

/* Values further above the median than it is above the least, times this, share one
 * color: else a single run gone wrong would leave the others in no color but one. */
#define SPREAD 3.0

/**
 * matinee_heat_grid_set_axes:
 * @self: a grid, or zeros
 * @x_title: what goes from left to right
 * @columns: (array zero-terminated): labels of the columns
 * @y_title: (nullable): what goes from bottom to top
 * @rows: (nullable) (array zero-terminated): labels of the rows, the lowest first; %NULL
 *   for one without a label
 *
 * Makes it an empty grid of that size. At most 2³¹ cells.
 */
void
matinee_heat_grid_set_axes (MatineeHeatGrid *self, const char *x_title, const char *const *columns, const char *y_title,
                            const char *const *rows)
{
  static const char *const single[] = { "", NULL };
  g_autofree char *value_title = g_steal_pointer (&self->value_title);

  matinee_heat_grid_clear (self);
  self->x_title = g_strdup (x_title);
  self->y_title = g_strdup (y_title);
  self->value_title = value_title != NULL ? g_steal_pointer (&value_title) : g_strdup ("");
  self->columns = g_strdupv ((char **) columns);
  self->rows = g_strdupv ((char **) (rows != NULL ? rows : single));
  self->n_columns = g_strv_length (self->columns);
  self->n_rows = g_strv_length (self->rows);
  self->cells = g_new0 (MatineeHeatCell, (gsize) self->n_columns * self->n_rows);
}

/**
 * matinee_heat_grid_clear:
 * @self: a grid
 *
 * Frees what it holds.
 */
void
matinee_heat_grid_clear (MatineeHeatGrid *self)
{
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->value_title);
  g_strfreev (self->columns);
  g_strfreev (self->rows);
  g_free (self->cells);
  memset (self, 0, sizeof *self);
  self->best = -1;
  self->cursor = -1;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/**
 * matinee_heat_grid_get_range:
 * @self: a grid
 * @low: (out): the least value, which has the brightest color
 * @high: (out): the value from which on all have the darkest
 * @beyond: (out): whether there are values above that
 *
 * O(n log n) of the cells.
 *
 * Returns: whether there are values
 */
gboolean
matinee_heat_grid_get_range (const MatineeHeatGrid *self, double *low, double *high, gboolean *beyond)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  const double *sorted;

  for (guint i = 0; i < self->n_columns * self->n_rows; i++)
    if (self->cells[i].state == MATINEE_HEAT_KNOWN)
      g_array_append_val (values, self->cells[i].value);
  if (values->len == 0)
    return FALSE;
  g_array_sort (values, compare);
  sorted = (const double *) (gpointer) values->data;
  *low = sorted[0];
  *high = sorted[values->len / 2] + SPREAD * (sorted[values->len / 2] - sorted[0]);
  *beyond = sorted[values->len - 1] > *high && *high > *low;
  if (!*beyond)
    *high = sorted[values->len - 1];
  return TRUE;
}

static void
color_at (double part, GdkRGBA *color)
{
  double place = CLAMP (part, 0, 1) * (G_N_ELEMENTS (scale) - 1);
  guint below = MIN ((guint) place, (guint) G_N_ELEMENTS (scale) - 2);
  double rest = place - below;
  double mixed[3];

  for (guint i = 0; i < 3; i++)
    mixed[i] = ((1 - rest) * scale[below][i] + rest * scale[below + 1][i]) / 255;
  *color = (GdkRGBA){ (float) mixed[0], (float) mixed[1], (float) mixed[2], 1 };
}

static void
color_between (double value, double low, double high, GdkRGBA *color)
{
  color_at (high > low ? (high - value) / (high - low) : 1, color);
}

/**
 * matinee_heat_grid_get_color:
 * @self: a grid with values
 * @value: one of them
 * @color: (out caller-allocates): its color: the lower, the brighter
 */
void
matinee_heat_grid_get_color (const MatineeHeatGrid *self, double value, GdkRGBA *color)
{
  double low = value;
  double high = value;
  gboolean beyond;

  matinee_heat_grid_get_range (self, &low, &high, &beyond);
  color_between (value, low, high, color);
}

/**
 * matinee_heat_grid_dup_text:
 * @self: a grid
 * @cell: index of a cell
 *
 * Returns: (transfer full): what there is to know about it, in a line
 */
char *
matinee_heat_grid_dup_text (const MatineeHeatGrid *self, int cell)
{
  const MatineeHeatCell *known = &self->cells[cell];
  const char *column = self->columns[(guint) cell % self->n_columns];
  const char *row = self->rows[(guint) cell / self->n_columns];
  g_autofree char *place = self->y_title != NULL
                               ? g_strdup_printf ("%s %s, %s %s", self->x_title, column, self->y_title, row)
                               : g_strdup_printf ("%s %s", self->x_title, column);
  g_autofree char *value = NULL;

  switch (known->state)
    {
    case MATINEE_HEAT_KNOWN:
      value = g_strdup_printf ("%s %.5f", self->value_title, known->value);
      break;
    case MATINEE_HEAT_WORKING:
      value = g_strdup (_ ("at work"));
      break;
    case MATINEE_HEAT_VOID:
      value = g_strdup (_ ("no result"));
      break;
    case MATINEE_HEAT_WAITING:
    default:
      value = g_strdup (_ ("not done yet"));
    }
  /* Translators: a cell of a table of results: its place, and its value. */
  return cell == self->best ? g_strdup_printf (_ ("%s: %s (best)"), place, value)
                            : g_strdup_printf (_ ("%s: %s"), place, value);
}

/**
 * matinee_heat_grid_pick:
 * @self: a grid
 * @area: where its cells were drawn
 * @x: a place
 * @y: a place
 *
 * Returns: index of the cell that is there, or -1
 */
int
matinee_heat_grid_pick (const MatineeHeatGrid *self, const MatineePlotRect *area, double x, double y)
{
  guint column, row;

  if (self->n_columns == 0 || area->width <= 0 || !matinee_plot_rect_contains (area, x, y))
    return -1;
  column = MIN ((guint) ((x - area->x) / area->width * self->n_columns), self->n_columns - 1);
  row = MIN ((guint) ((y - area->y) / area->height * self->n_rows), self->n_rows - 1);
  return (int) ((self->n_rows - 1 - row) * self->n_columns + column);
}

/* {{{ Drawing */

#define PAD 9.0
#define GAP 6.0
#define TICK_GAP 4.0
#define LEGEND_BAR 90.0
#define CELL_GAP 1.0
#define HATCH 7.0

/* What is needed all over while drawing. */
typedef struct
{
  const MatineeHeatGrid *grid;
  const MatineePlotStyle *style;
  cairo_t *cr;
  MatineePlotText text;
  MatineePlotRect area;
  double line; /* height of small text */
  double low;
  double high;
  gboolean beyond;
  gboolean has_range;
} Drawing;

static void
set_color (cairo_t *cr, const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
}

static double
widest (Drawing *self, char **labels)
{
  double most = 0;

  for (guint i = 0; labels[i] != NULL; i++)
    {
      double width;

      matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_SMALL, labels[i], &width, NULL);
      most = MAX (most, width);
    }
  return most;
}

/* From top to bottom: the legend; the title of the rows; the cells, with the labels of
 * the rows beside them; the labels of the columns; their title. */
static void
lay_out (Drawing *self, double width, double height)
{
  const MatineeHeatGrid *grid = self->grid;
  double labels = grid->y_title != NULL ? MIN (widest (self, grid->rows), width / 3) + TICK_GAP : 0;
  double top = PAD + self->line + GAP + (grid->y_title != NULL ? self->line + TICK_GAP : 0);
  double bottom = PAD + 2 * self->line + TICK_GAP;

  self->area.x = self->style->rtl ? PAD : PAD + labels;
  self->area.y = top;
  self->area.width = MAX (width - 2 * PAD - labels, 0);
  self->area.height = MAX (height - top - bottom, 0);
}

static MatineePlotRect
cell_rect (Drawing *self, guint column, guint row)
{
  const MatineePlotRect *area = &self->area;
  double x0 = rint (area->x + area->width * column / self->grid->n_columns);
  double x1 = rint (area->x + area->width * (column + 1) / self->grid->n_columns);
  double y0 = rint (area->y + area->height * (self->grid->n_rows - 1 - row) / self->grid->n_rows);
  double y1 = rint (area->y + area->height * (self->grid->n_rows - row) / self->grid->n_rows);

  return (MatineePlotRect){ x0, y0, MAX (x1 - x0 - CELL_GAP, 1), MAX (y1 - y0 - CELL_GAP, 1) };
}

/* Black or white, whichever is read more easily on it: 4.5:1 at least on any color. */
static const GdkRGBA *
ink_for (const GdkRGBA *color)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  static const GdkRGBA white = { 1, 1, 1, 1 };

  return matinee_plot_style_contrast (color, &black) >= matinee_plot_style_contrast (color, &white) ? &black : &white;
}

static void
hatch (Drawing *self, const MatineePlotRect *rect)
{
  cairo_t *cr = self->cr;

  cairo_save (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (cr);
  for (double at = -rect->height; at < rect->width; at += HATCH)
    {
      cairo_move_to (cr, rect->x + at, rect->y + rect->height);
      cairo_line_to (cr, rect->x + at + rect->height, rect->y);
    }
  set_color (cr, &self->style->dim);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
cross (Drawing *self, const MatineePlotRect *rect)
{
  double reach = MIN (MIN (rect->width, rect->height) / 2 - 2, self->line / 2);
  double x = rect->x + rect->width / 2;
  double y = rect->y + rect->height / 2;

  if (reach < 1)
    return;
  cairo_move_to (self->cr, x - reach, y - reach);
  cairo_line_to (self->cr, x + reach, y + reach);
  cairo_move_to (self->cr, x - reach, y + reach);
  cairo_line_to (self->cr, x + reach, y - reach);
  set_color (self->cr, &self->style->dim);
  cairo_set_line_width (self->cr, self->style->line_width);
  cairo_stroke (self->cr);
}

/* As many digits as fit, or no text at all: half a number would be a wrong one. */
static void
write_value (Drawing *self, const MatineePlotRect *rect, double value, MatineePlotTextKind kind)
{
  for (int digits = 4; digits >= 2; digits--)
    {
      g_autofree char *text = g_strdup_printf ("%.*f", digits, value);
      double width, height;

      matinee_plot_text_measure (&self->text, kind, text, &width, &height);
      if (width + 4 > rect->width || height + 2 > rect->height)
        continue;
      matinee_plot_text_draw (&self->text, kind, text, rect->x + (rect->width - width) / 2,
                              rect->y + (rect->height - height) / 2, 0);
      return;
    }
}

static void
frame (Drawing *self, const MatineePlotRect *rect, double inset, double line, const GdkRGBA *color)
{
  double half = inset + line / 2;

  cairo_rectangle (self->cr, rect->x + half, rect->y + half, MAX (rect->width - 2 * half, 0),
                   MAX (rect->height - 2 * half, 0));
  set_color (self->cr, color);
  cairo_set_line_width (self->cr, line);
  cairo_stroke (self->cr);
}

static void
draw_cell (Drawing *self, guint index)
{
  const MatineeHeatGrid *grid = self->grid;
  const MatineeHeatCell *cell = &grid->cells[index];
  MatineePlotRect rect = cell_rect (self, index % grid->n_columns, index / grid->n_columns);
  gboolean best = (int) index == grid->best;
  GdkRGBA color = self->style->grid;

  if (cell->state == MATINEE_HEAT_KNOWN)
    color_between (cell->value, self->low, self->high, &color);
  cairo_rectangle (self->cr, rect.x, rect.y, rect.width, rect.height);
  set_color (self->cr, &color);
  cairo_fill (self->cr);
  if (cell->state == MATINEE_HEAT_WORKING)
    hatch (self, &rect);
  else if (cell->state == MATINEE_HEAT_VOID)
    cross (self, &rect);
  else if (cell->state == MATINEE_HEAT_KNOWN)
    {
      if (best)
        frame (self, &rect, 2, 2, ink_for (&color));
      set_color (self->cr, ink_for (&color));
      write_value (self, &rect, cell->value, best ? MATINEE_PLOT_TEXT_STRONG : MATINEE_PLOT_TEXT_SMALL);
    }
  if (self->style->variant >= MATINEE_PLOT_LIGHT_CONTRAST)
    frame (self, &rect, 0, 1, &self->style->axis);
}

/* Two lines, dark and light: one of them is seen on any color. */
static void
draw_cursor (Drawing *self)
{
  guint index = (guint) self->grid->cursor;
  MatineePlotRect rect = cell_rect (self, index % self->grid->n_columns, index / self->grid->n_columns);

  rect.x -= 2;
  rect.y -= 2;
  rect.width += 4;
  rect.height += 4;
  frame (self, &rect, 0, 3, &self->style->foreground);
  frame (self, &rect, 3, 1, &self->style->background);
}

/* Labels that would touch their neighbors are left out, every second or more. */
static guint
label_stride (double room, double needed)
{
  return room > 0 ? (guint) MAX (ceil (needed / room), 1) : 1;
}

static void
draw_labels (Drawing *self)
{
  const MatineeHeatGrid *grid = self->grid;
  const MatineePlotRect *area = &self->area;
  guint stride = label_stride (area->width / grid->n_columns, widest (self, grid->columns) + GAP);
  double y = area->y + area->height + TICK_GAP;

  set_color (self->cr, &self->style->dim);
  for (guint i = 0; i < grid->n_columns; i += stride)
    {
      MatineePlotRect rect = cell_rect (self, i, 0);
      double width;

      matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_SMALL, grid->columns[i], &width, NULL);
      matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_SMALL, grid->columns[i], rect.x + (rect.width - width) / 2,
                              y, 0);
    }
  stride = label_stride (area->height / grid->n_rows, self->line);
  for (guint i = 0; grid->y_title != NULL && i < grid->n_rows; i += stride)
    {
      MatineePlotRect rect = cell_rect (self, 0, i);
      double width;

      matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_SMALL, grid->rows[i], &width, NULL);
      matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_SMALL, grid->rows[i],
                              self->style->rtl ? area->x + area->width + TICK_GAP : area->x - TICK_GAP - width,
                              rect.y + (rect.height - self->line) / 2, 0);
    }
}

static void
draw_titles (Drawing *self, double width)
{
  const MatineeHeatGrid *grid = self->grid;
  const MatineePlotRect *area = &self->area;
  double x_width, y_width;

  set_color (self->cr, &self->style->foreground);
  matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_STRONG, grid->x_title, &x_width, NULL);
  matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_STRONG, grid->x_title,
                          MAX (area->x + (area->width - x_width) / 2, PAD),
                          area->y + area->height + TICK_GAP + self->line, 0);
  if (grid->y_title == NULL)
    return;
  matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_STRONG, grid->y_title, &y_width, NULL);
  matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_STRONG, grid->y_title,
                          self->style->rtl ? width - PAD - y_width : PAD, area->y - TICK_GAP - self->line, 0);
}

/* What is measured, and which color is which value: the title, then low, bar, high. */
static void
draw_legend (Drawing *self, double width)
{
  g_autofree char *low = g_strdup_printf ("%.4f", self->low);
  /* Translators: the end of a color scale that holds all greater values, too. */
  g_autofree char *high = g_strdup_printf (self->beyond ? _ ("≥ %.4f") : "%.4f", self->high);
  double low_width, high_width, bar = MIN (LEGEND_BAR, width / 4);
  double x, end;

  matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_SMALL, low, &low_width, NULL);
  matinee_plot_text_measure (&self->text, MATINEE_PLOT_TEXT_SMALL, high, &high_width, NULL);
  end = self->has_range ? low_width + bar + high_width + 2 * TICK_GAP : 0;
  set_color (self->cr, &self->style->foreground);
  x = width - PAD - end;
  matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_STRONG, self->grid->value_title, PAD, PAD,
                          MAX (x - PAD - GAP, 1));
  if (!self->has_range)
    return;
  set_color (self->cr, &self->style->dim);
  matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_SMALL, low, x, PAD, 0);
  matinee_plot_text_draw (&self->text, MATINEE_PLOT_TEXT_SMALL, high, x + low_width + bar + 2 * TICK_GAP, PAD, 0);
  x += low_width + TICK_GAP;
  for (double at = 0; at < bar; at++)
    {
      GdkRGBA color;

      color_at (1 - at / bar, &color);
      set_color (self->cr, &color);
      cairo_rectangle (self->cr, floor (x + at), PAD + 2, 1.5, self->line - 4);
      cairo_fill (self->cr);
    }
}

/**
 * matinee_heat_grid_draw:
 * @self: a grid
 * @cr: what to draw on
 * @width: of the whole
 * @height: of the whole
 * @style: how it looks
 * @area: (out) (optional): where the cells are, for matinee_heat_grid_pick()
 *
 * Draws the grid. O(cells).
 */
void
matinee_heat_grid_draw (const MatineeHeatGrid *self, cairo_t *cr, double width, double height,
                        const MatineePlotStyle *style, MatineePlotRect *area)
{
  Drawing drawing = { .grid = self, .style = style, .cr = cr };

  cairo_save (cr);
  set_color (cr, &style->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  if (self->n_columns > 0)
    {
      matinee_plot_text_init (&drawing.text, cr, style);
      matinee_plot_text_measure (&drawing.text, MATINEE_PLOT_TEXT_SMALL, "0", NULL, &drawing.line);
      lay_out (&drawing, width, height);
      drawing.has_range = matinee_heat_grid_get_range (self, &drawing.low, &drawing.high, &drawing.beyond);
      for (guint i = 0; i < self->n_columns * self->n_rows; i++)
        draw_cell (&drawing, i);
      draw_labels (&drawing);
      draw_titles (&drawing, width);
      draw_legend (&drawing, width);
      if (self->cursor >= 0)
        draw_cursor (&drawing);
      matinee_plot_text_clear (&drawing.text);
    }
  cairo_restore (cr);
  if (area != NULL)
    *area = drawing.area;
}

/* }}} */
