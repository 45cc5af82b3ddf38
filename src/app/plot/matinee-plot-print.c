/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-print.h"

#include "matinee-plot-draw.h"

/* A chart across the page, half as high as it is wide, drawn at this many
 * units across so that text has the size that text on paper has. */
#define PAGE_UNITS 720.0
#define PAGE_RATIO 0.6

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double factor = gtk_print_context_get_width (context) / PAGE_UNITS;
  g_auto (MatineePlotStyle) style;

  /* Paper is white, whatever the screen is. */
  matinee_plot_style_init (&style, MATINEE_PLOT_LIGHT_CONTRAST);
  style.rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  style.background.alpha = 0;

  cairo_save (cr);
  cairo_scale (cr, factor, factor);
  matinee_plot_draw (data, cr, PAGE_UNITS, PAGE_UNITS * PAGE_RATIO, &style, NULL);
  cairo_restore (cr);
}

/**
 * matinee_plot_print:
 * @model: what to print
 * @parent: (nullable): the window of the dialog
 * @job_name: (nullable): what print queues show
 * @export_path: (nullable): a PDF file to write in place of asking for a printer
 * @error: return location for an error
 *
 * Prints a plot on one page.
 *
 * Returns: %FALSE on error; %TRUE if it was printed or the person cancelled
 */
gboolean
matinee_plot_print (MatineePlotModel *model, GtkWindow *parent, const char *job_name, const char *export_path,
                    GError **error)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  g_return_val_if_fail (MATINEE_IS_PLOT_MODEL (model), FALSE);

  gtk_print_operation_set_n_pages (operation, 1);
  if (job_name != NULL)
    gtk_print_operation_set_job_name (operation, job_name);
  if (export_path != NULL)
    gtk_print_operation_set_export_filename (operation, export_path);
  g_signal_connect_object (operation, "draw-page", G_CALLBACK (draw_page_cb), model, 0);

  return gtk_print_operation_run (operation,
                                  export_path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT
                                                      : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                                  parent, error)
         != GTK_PRINT_OPERATION_RESULT_ERROR;
}
