/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-scroll-start.h"

/* Where a scroller stands, as it is told where text runs from right to left. */
typedef struct
{
  GtkWidget *scroller; /* that owns this */
  GtkAdjustment *adjustment;
  double distance; /* from the right edge to what is seen */
  guint idle;
} Start;

static double
get_right (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

static gboolean
restore_cb (gpointer data)
{
  Start *start = data;

  gtk_adjustment_set_value (start->adjustment, get_right (start->adjustment) - start->distance);
  /* A value that did not fit any more was set while sizes were given out, and not seen. */
  gtk_widget_queue_allocate (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (start->scroller)));
  start->idle = 0;
  return G_SOURCE_REMOVE;
}

/* Sizes are being given out: what is set now would not be seen. */
static void
changed_cb (GtkAdjustment *adjustment, Start *start)
{
  if (start->idle == 0 && gtk_widget_get_direction (start->scroller) == GTK_TEXT_DIR_RTL)
    start->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, restore_cb, start, NULL);
}

static void
moved_cb (GtkAdjustment *adjustment, Start *start)
{
  if (start->idle == 0)
    start->distance = get_right (adjustment) - gtk_adjustment_get_value (adjustment);
}

static void
free_start (gpointer data)
{
  Start *start = data;

  g_clear_handle_id (&start->idle, g_source_remove);
  g_signal_handlers_disconnect_by_data (start->adjustment, start);
  g_object_unref (start->adjustment);
  g_free (start);
}

/**
 * matinee_scroll_start_keep:
 * @scroller: shows a table
 *
 * Where text runs from right to left, a table begins at its right edge: that is where it
 * stands at first, and how far one has scrolled from there stays when the window gets wider
 * or narrower. A column view counts from the left in any direction.
 */
void
matinee_scroll_start_keep (GtkScrolledWindow *scroller)
{
  Start *start = g_new0 (Start, 1);

  start->scroller = GTK_WIDGET (scroller);
  start->adjustment = g_object_ref (gtk_scrolled_window_get_hadjustment (scroller));
  g_signal_connect (start->adjustment, "changed", G_CALLBACK (changed_cb), start);
  g_signal_connect (start->adjustment, "value-changed", G_CALLBACK (moved_cb), start);
  g_object_set_data_full (G_OBJECT (scroller), "matinee-start", start, free_start);
}
