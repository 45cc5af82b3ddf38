/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-text.h"

#include <math.h>

/* Sizes relative to the font of the style. */
static const double sizes[MATINEE_PLOT_N_TEXTS] = { 0.86, 0.86, 1.0 };

/* A letter drawn as a box, in units of its font's size. */
#define BOX_ADVANCE 0.55
#define BOX_LINE 1.35

/**
 * matinee_plot_text_init:
 * @self: (out caller-allocates): uninitialised; free with
 *   [method@PlotText.clear]
 * @cr: what to write on; must outlive @self
 * @style: font, size and direction
 */
void
matinee_plot_text_init (MatineePlotText *self, cairo_t *cr, const MatineePlotStyle *style)
{
  g_autoptr (PangoFontDescription) font = NULL;
  PangoContext *context;
  double size;

  self->cr = cr;
  self->boxes = style->boxes;

  font = style->font != NULL && pango_font_description_get_size (style->font) > 0
             ? pango_font_description_copy (style->font)
             : pango_font_description_from_string ("Sans 11");
  size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96.0 / 72.0 * style->text_scale;
  self->size = size;

  context = pango_cairo_create_context (cr);
  pango_context_set_base_dir (context, style->rtl ? PANGO_DIRECTION_WEAK_RTL : PANGO_DIRECTION_WEAK_LTR);

  for (guint i = 0; i < MATINEE_PLOT_N_TEXTS; i++)
    {
      pango_font_description_set_absolute_size (font, size * sizes[i] * PANGO_SCALE);
      pango_font_description_set_weight (font, i == MATINEE_PLOT_TEXT_STRONG ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      self->layouts[i] = pango_layout_new (context);
      pango_layout_set_font_description (self->layouts[i], font);
      pango_layout_set_single_paragraph_mode (self->layouts[i], i != MATINEE_PLOT_TEXT_NORMAL);
    }

  g_object_unref (context);
}

/**
 * matinee_plot_text_clear:
 * @self: a text writer
 */
void
matinee_plot_text_clear (MatineePlotText *self)
{
  for (guint i = 0; i < MATINEE_PLOT_N_TEXTS; i++)
    g_clear_object (&self->layouts[i]);
}

static void
set_text (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double max_width)
{
  PangoLayout *layout = self->layouts[kind];

  /* Names come from files: what is not UTF-8 must not reach Pango. */
  if (g_utf8_validate (text, -1, NULL))
    {
      pango_layout_set_text (layout, text, -1);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      pango_layout_set_text (layout, valid, -1);
    }

  pango_layout_set_width (layout, max_width > 0 ? (int) ceil (max_width * PANGO_SCALE) : -1);
}

/**
 * matinee_plot_text_measure:
 * @self: a text writer
 * @kind: which of its fonts
 * @text: one line
 * @width: (out) (optional): its width in pixels
 * @height: (out) (optional): its height
 */
void
matinee_plot_text_measure (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double *width,
                           double *height)
{
  int w, h;

  if (self->boxes)
    {
      if (width != NULL)
        *width = ceil (g_utf8_strlen (text, -1) * self->size * sizes[kind] * BOX_ADVANCE);
      if (height != NULL)
        *height = ceil (self->size * sizes[kind] * BOX_LINE);
      return;
    }

  set_text (self, kind, text, 0);
  pango_layout_set_ellipsize (self->layouts[kind], PANGO_ELLIPSIZE_NONE);
  pango_layout_get_pixel_size (self->layouts[kind], &w, &h);
  if (width != NULL)
    *width = w;
  if (height != NULL)
    *height = h;
}

static void
draw_boxes (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double x, double y, double max_width)
{
  double size = self->size * sizes[kind];
  double advance = size * BOX_ADVANCE;
  glong n = g_utf8_strlen (text, -1);

  if (max_width > 0)
    n = MIN (n, (glong) (max_width / advance + 0.5));

  for (glong i = 0; i < n; i++)
    cairo_rectangle (self->cr, x + i * advance + 1, y + size * 0.35, advance - 2, size * 0.7);
  cairo_fill (self->cr);
}

/**
 * matinee_plot_text_draw:
 * @self: a text writer
 * @kind: which of its fonts
 * @text: one line
 * @x: its left end
 * @y: its top
 * @max_width: where to cut it short with an ellipsis, 0 for nowhere
 *
 * Writes in the current colour of the context.
 */
void
matinee_plot_text_draw (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double x, double y,
                        double max_width)
{
  PangoLayout *layout = self->layouts[kind];

  if (self->boxes)
    {
      draw_boxes (self, kind, text, x, y, max_width);
      return;
    }

  set_text (self, kind, text, max_width);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_set_ellipsize (layout, max_width > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);

  /* A layout with a width puts right-to-left text at its far end. */
  if (max_width > 0)
    {
      PangoRectangle rect;

      pango_layout_get_pixel_extents (layout, NULL, &rect);
      x -= rect.x;
    }
  cairo_move_to (self->cr, rint (x), rint (y));
  pango_cairo_show_layout (self->cr, layout);
}

/**
 * matinee_plot_text_draw_centered:
 * @self: a text writer
 * @kind: which of its fonts
 * @text: any number of lines
 * @x: the middle
 * @y: the middle
 * @max_width: where to break lines
 *
 * Writes in the current colour of the context.
 */
void
matinee_plot_text_draw_centered (MatineePlotText *self, MatineePlotTextKind kind, const char *text, double x, double y,
                                 double max_width)
{
  PangoLayout *layout = self->layouts[kind];
  int height;

  if (self->boxes)
    {
      double w, h;

      matinee_plot_text_measure (self, kind, text, &w, &h);
      w = MIN (w, max_width);
      draw_boxes (self, kind, text, rint (x - w / 2), rint (y - h / 2), max_width);
      return;
    }

  set_text (self, kind, text, MAX (max_width, 1));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (self->cr, rint (x - max_width / 2), rint (y - height / 2.0));
  pango_cairo_show_layout (self->cr, layout);
}
