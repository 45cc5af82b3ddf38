/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-films-export"

#include "config.h"

#include "matinee-films-export.h"

#include <glib/gi18n.h>

#include "matinee-film.h"
#include "matinee-table-writer.h"

/* Of the printed page, in points. */
#define FONT_SIZE 10.0
#define LINE_SPACE 1.6

typedef struct
{
  GPtrArray *films;
  char *heading;
  guint lines_per_page;
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *print = data;

  g_ptr_array_unref (print->films);
  g_free (print->heading);
  g_free (print);
}

/**
 * matinee_films_export_copy:
 * @films: a list of [class@Film]
 *
 * Returns: (transfer full) (element-type MatineeFilm): its films, in its order
 */
GPtrArray *
matinee_films_export_copy (GListModel *films)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (films); i++)
    g_ptr_array_add (copy, g_list_model_get_item (films, i));
  return copy;
}

/**
 * matinee_films_export_text:
 * @films: a list of [class@Film]
 *
 * Returns: (transfer full): the list as text, a film a line, columns apart by tabs, so
 *   that it can be pasted in a letter or a spreadsheet
 */
char *
matinee_films_export_text (GListModel *films)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (films); i++)
    {
      g_autoptr (MatineeFilm) film = g_list_model_get_item (films, i);
      g_autofree char *year = matinee_film_dup_year (film);

      g_string_append_printf (text, "%u\t%s\t%s\t%s\t%.2f\n", matinee_film_get_rank (film),
                              matinee_film_get_title (film), year, matinee_film_get_genres (film),
                              matinee_film_get_prediction (film));
    }
  return g_string_free (text, FALSE);
}

/**
 * matinee_films_export_csv:
 * @films: (element-type MatineeFilm): films
 * @path: where to
 * @error: return location
 *
 * Writes films as a table. May be called in a worker.
 *
 * Returns: whether that succeeded; if not, a #GFileError
 */
gboolean
matinee_films_export_csv (GPtrArray *films, const char *path, GError **error)
{
  static const char *const columns[] = { "rank", "title", "year", "genres", "prediction", "ratings", "mean" };
  g_autoptr (MatineeTableWriter) writer
      = matinee_table_writer_new (path, MATINEE_EXPORT_CSV, columns, G_N_ELEMENTS (columns), error);

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < films->len; i++)
    {
      MatineeFilm *film = films->pdata[i];
      g_autofree char *year = matinee_film_dup_year (film);

      matinee_table_writer_add_integer (writer, matinee_film_get_rank (film));
      matinee_table_writer_add_text (writer, matinee_film_get_title (film));
      matinee_table_writer_add_text (writer, year);
      matinee_table_writer_add_text (writer, matinee_film_get_genres (film));
      matinee_table_writer_add_double (writer, matinee_film_get_prediction (film));
      matinee_table_writer_add_integer (writer, matinee_film_get_n_ratings (film));
      matinee_table_writer_add_double (writer, matinee_film_get_mean (film));
      if (!matinee_table_writer_end_row (writer, error))
        return FALSE;
    }
  return matinee_table_writer_finish (writer, error);
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Print *print)
{
  double height = gtk_print_context_get_height (context);

  /* Two lines are for the heading. */
  print->lines_per_page = MAX ((guint) (height / (FONT_SIZE * LINE_SPACE)), 3) - 2;
  gtk_print_operation_set_n_pages (operation, (int) (MAX (print->films->len, 1) + print->lines_per_page - 1)
                                                  / (int) print->lines_per_page);
}

static void
draw_line (GtkPrintContext *context, const char *text, const char *font, double x, double y, double width,
           PangoAlignment alignment)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, alignment);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *print)
{
  double width = gtk_print_context_get_width (context);
  guint first = (guint) page * print->lines_per_page;
  guint end = MIN (first + print->lines_per_page, print->films->len);

  draw_line (context, print->heading, "Sans Bold 12", 0, 0, width, PANGO_ALIGN_LEFT);
  for (guint i = first; i < end; i++)
    {
      MatineeFilm *film = print->films->pdata[i];
      g_autofree char *rank = g_strdup_printf ("%u", matinee_film_get_rank (film));
      g_autofree char *prediction = matinee_film_dup_prediction (film);
      g_autofree char *details = matinee_film_dup_details (film);
      double y = (i - first + 2) * FONT_SIZE * LINE_SPACE;

      draw_line (context, rank, "Sans 10", 0, y, width * 0.06, PANGO_ALIGN_RIGHT);
      draw_line (context, matinee_film_get_title (film), "Sans 10", width * 0.08, y, width * 0.42, PANGO_ALIGN_LEFT);
      draw_line (context, details, "Sans 10", width * 0.52, y, width * 0.35, PANGO_ALIGN_LEFT);
      draw_line (context, prediction, "Sans 10", width * 0.88, y, width * 0.12, PANGO_ALIGN_RIGHT);
    }
}

/**
 * matinee_films_export_print:
 * @films: a list of [class@Film]
 * @heading: what stands above it
 *
 * Returns: (transfer full): what prints the list as it is now; to be run
 */
GtkPrintOperation *
matinee_films_export_print (GListModel *films, const char *heading)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  Print *print = g_new0 (Print, 1);

  print->films = matinee_films_export_copy (films);
  print->heading = g_strdup (heading);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, heading);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), print);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), print, print_free, 0);
  return operation;
}
