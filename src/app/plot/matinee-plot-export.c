/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Nothing larger is a picture anybody wants; cairo's own limit is 32767. */
#define MAX_PIXELS 16384.0

/* Screen pixels are 1/96 inch, PDF units 1/72. */
#define POINTS_PER_PIXEL 0.75

/* {{{ Data */

typedef struct
{
  GString *out;
  char separator;
} Table;

static void
add_text (Table *self, const char *text)
{
  gboolean quote = strpbrk (text, "\",\t\r\n;") != NULL;

  if (self->separator == '\t')
    {
      /* There is no quoting in tab separated values. */
      for (const char *p = text; *p != '\0'; p++)
        g_string_append_c (self->out, g_ascii_iscntrl (*p) ? ' ' : *p);
      return;
    }

  if (quote)
    g_string_append_c (self->out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (self->out, '"');
      g_string_append_c (self->out, *p);
    }
  if (quote)
    g_string_append_c (self->out, '"');
}

/* The shortest of the usual precisions that reads back as the same number. */
static void
add_number (Table *self, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return;

  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (g_ascii_strtod (text, NULL) != value)
    g_ascii_dtostr (text, sizeof text, value);
  g_string_append (self->out, text);
}

/* Whether all series share one column of x: then a spreadsheet can too. */
static gboolean
same_x (MatineePlotModel *model, guint *longest)
{
  guint n = matinee_plot_model_get_n_series (model);

  *longest = 0;
  for (guint i = 1; i < n; i++)
    if (matinee_plot_series_get_length (matinee_plot_model_get_series (model, i))
        > matinee_plot_series_get_length (matinee_plot_model_get_series (model, *longest)))
      *longest = i;

  for (guint i = 0; i < n; i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (model, i);
      MatineePlotSeries *other = matinee_plot_model_get_series (model, *longest);

      for (gsize k = 0; k < matinee_plot_series_get_length (series); k++)
        {
          double a, b;

          matinee_plot_series_get_point (series, k, &a, NULL);
          matinee_plot_series_get_point (other, k, &b, NULL);
          if (a != b)
            return FALSE;
        }
    }

  return TRUE;
}

/* x, then one column for each series. */
static void
write_wide (Table *self, MatineePlotModel *model, guint longest)
{
  guint n = matinee_plot_model_get_n_series (model);
  const char *title = matinee_plot_model_get_x_title (model);
  MatineePlotSeries *first;

  add_text (self, title != NULL ? title : "x");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (self->out, self->separator);
      add_text (self, matinee_plot_series_get_name (matinee_plot_model_get_series (model, i)));
    }
  g_string_append_c (self->out, '\n');
  if (n == 0)
    return;

  first = matinee_plot_model_get_series (model, longest);
  for (gsize k = 0; k < matinee_plot_series_get_length (first); k++)
    {
      double value;

      matinee_plot_series_get_point (first, k, &value, NULL);
      add_number (self, value);
      for (guint i = 0; i < n; i++)
        {
          MatineePlotSeries *series = matinee_plot_model_get_series (model, i);

          g_string_append_c (self->out, self->separator);
          if (k < matinee_plot_series_get_length (series) && matinee_plot_series_get_point (series, k, NULL, &value))
            add_number (self, value);
        }
      g_string_append_c (self->out, '\n');
    }
}

/* One line for each point of each series. */
static void
write_long (Table *self, MatineePlotModel *model)
{
  const char *x_title = matinee_plot_model_get_x_title (model);
  const char *y_title = matinee_plot_model_get_y_title (model);

  add_text (self, _ ("series"));
  g_string_append_c (self->out, self->separator);
  add_text (self, x_title != NULL ? x_title : "x");
  g_string_append_c (self->out, self->separator);
  add_text (self, y_title != NULL ? y_title : "y");
  g_string_append_c (self->out, '\n');

  for (guint i = 0; i < matinee_plot_model_get_n_series (model); i++)
    {
      MatineePlotSeries *series = matinee_plot_model_get_series (model, i);

      for (gsize k = 0; k < matinee_plot_series_get_length (series); k++)
        {
          double x, y;

          matinee_plot_series_get_point (series, k, &x, &y);
          add_text (self, matinee_plot_series_get_name (series));
          g_string_append_c (self->out, self->separator);
          add_number (self, x);
          g_string_append_c (self->out, self->separator);
          add_number (self, y);
          g_string_append_c (self->out, '\n');
        }
    }
}

static GBytes *
write_table (MatineePlotModel *model, char separator)
{
  Table self = { g_string_new (NULL), separator };
  guint longest;

  if (same_x (model, &longest))
    write_wide (&self, model, longest);
  else
    write_long (&self, model);

  return g_string_free_to_bytes (self.out);
}

/* }}} */
/* {{{ Pictures */

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/**
 * matinee_plot_export_to_surface:
 * @model: what to draw
 * @width: in pixels, before scaling
 * @height: in pixels, before scaling
 * @scale: 2 for twice as many pixels in each direction
 * @style: how
 *
 * Returns: (transfer full): a picture; check its status
 */
cairo_surface_t *
matinee_plot_export_to_surface (MatineePlotModel *model, int width, int height, double scale,
                                const MatineePlotStyle *style)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) MIN (ceil (width * scale), MAX_PIXELS), (int) MIN (ceil (height * scale), MAX_PIXELS));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  matinee_plot_draw (model, cr, width, height, style, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static cairo_surface_t *
create_drawing (MatineePlotFormat format, GByteArray *bytes, int width, int height)
{
  cairo_surface_t *surface;

  if (format == MATINEE_PLOT_PDF)
    {
      surface
          = cairo_pdf_surface_create_for_stream (write_cb, bytes, width * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL);
      /* A file must not differ because it was written at another time. */
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
      return surface;
    }

  surface = cairo_svg_surface_create_for_stream (write_cb, bytes, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);

  return surface;
}

static GBytes *
write_picture (MatineePlotModel *model, MatineePlotFormat format, int width, int height, double scale,
               const MatineePlotStyle *style, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;

  if (format == MATINEE_PLOT_PNG)
    {
      surface = matinee_plot_export_to_surface (model, width, height, scale, style);
      status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
    }
  else
    {
      cairo_t *cr;

      surface = create_drawing (format, bytes, width, height);
      cr = cairo_create (surface);
      if (format == MATINEE_PLOT_PDF)
        cairo_scale (cr, POINTS_PER_PIXEL, POINTS_PER_PIXEL);
      matinee_plot_draw (model, cr, width, height, style, NULL);
      status = cairo_status (cr);
      cairo_destroy (cr);
      cairo_surface_finish (surface);
      if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status (surface);
    }
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The chart could not be drawn: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* }}} */

static const char *const extensions[MATINEE_PLOT_N_FORMATS] = { "png", "svg", "pdf", "csv", "tsv" };

/**
 * matinee_plot_format_from_name:
 * @name: the name of a file
 * @format: (out): the format that its extension stands for
 *
 * Returns: whether the extension is known
 */
gboolean
matinee_plot_format_from_name (const char *name, MatineePlotFormat *format)
{
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < MATINEE_PLOT_N_FORMATS; i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i]) == 0)
      {
        *format = (MatineePlotFormat) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * matinee_plot_format_get_extension:
 * @format: a format
 *
 * Returns: (transfer none): its extension, without a dot
 */
const char *
matinee_plot_format_get_extension (MatineePlotFormat format)
{
  g_return_val_if_fail (format < MATINEE_PLOT_N_FORMATS, NULL);

  return extensions[format];
}

/**
 * matinee_plot_export_to_bytes:
 * @model: what to export
 * @format: into what
 * @width: of a picture, in pixels
 * @height: of a picture, in pixels
 * @scale: for PNG, how many pixels to make of one
 * @style: of a picture
 * @error: return location for an error
 *
 * Pictures show what is in view; data are complete, hidden series included,
 * with 17 digits if it takes them. If all series have the same x they are
 * columns of one table, else there is one line for each point.
 *
 * Returns: (transfer full): the contents of the file, %NULL on error
 */
GBytes *
matinee_plot_export_to_bytes (MatineePlotModel *model, MatineePlotFormat format, int width, int height, double scale,
                              const MatineePlotStyle *style, GError **error)
{
  g_return_val_if_fail (MATINEE_IS_PLOT_MODEL (model), NULL);
  g_return_val_if_fail (format < MATINEE_PLOT_N_FORMATS, NULL);

  if (format == MATINEE_PLOT_CSV || format == MATINEE_PLOT_TSV)
    return write_table (model, format == MATINEE_PLOT_CSV ? ',' : '\t');

  if (width < 1 || height < 1 || !(scale > 0) || MAX (width, height) * scale > MAX_PIXELS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("A picture of %d×%d pixels at scale %g cannot be made: the largest side is %d."), width, height,
                   scale, (int) MAX_PIXELS);
      return NULL;
    }

  return write_picture (model, format, width, height, scale, style, error);
}

/**
 * matinee_plot_export_to_file:
 * @model: what to export
 * @file: where to
 * @format: into what
 * @width: of a picture, in pixels
 * @height: of a picture, in pixels
 * @scale: for PNG, how many pixels to make of one
 * @style: of a picture
 * @cancellable: (nullable): to give up
 * @error: return location for an error
 *
 * Writes a file, blocking. A file that exists is replaced when the new one is
 * complete; on error it stays as it was.
 *
 * Returns: whether the file was written
 */
gboolean
matinee_plot_export_to_file (MatineePlotModel *model, GFile *file, MatineePlotFormat format, int width, int height,
                             double scale, const MatineePlotStyle *style, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize size;

  bytes = matinee_plot_export_to_bytes (model, format, width, height, scale, style, error);
  if (bytes == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &size);

  return g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error);
}
