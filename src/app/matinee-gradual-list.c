/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-gradual-list.h"

/* A column view makes some 200 rows at once, whatever is seen of them, which takes a
 * tenth of a second and the window does not answer meanwhile; and it makes them anew when
 * other items take their place, as at each letter of a search. So it is shown as many
 * rows of a list as a window of usual height has room for, and more as a person comes
 * near their end: half as many again, so that no step takes long and the end is near. */
#define FIRST_ROWS 16
#define MOST_ROWS 100

static gboolean
grow_idle_cb (gpointer data)
{
  GtkSliceListModel *slice = data;
  guint size = gtk_slice_list_model_get_size (slice);

  g_object_set_data (G_OBJECT (slice), "growing", NULL);
  gtk_slice_list_model_set_size (slice, size + CLAMP (size / 2, FIRST_ROWS, MOST_ROWS));
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (GtkSliceListModel *slice, GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double rest = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) - page;
  GListModel *all = gtk_slice_list_model_get_model (slice);

  if (rest >= page || gtk_slice_list_model_get_size (slice) >= g_list_model_get_n_items (all)
      || g_object_get_data (G_OBJECT (slice), "growing") != NULL)
    return;
  /* Not at once: this may be told while sizes are being given out. */
  g_object_set_data (G_OBJECT (slice), "growing", slice);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, grow_idle_cb, g_object_ref (slice), g_object_unref);
}

/**
 * matinee_gradual_list_new:
 * @model: (transfer full): all items
 * @scroller: what shows them; its list must not outlive it
 *
 * Returns: (transfer full): the first items of @model, and more of them as
 *   @scroller comes near the end
 */
GListModel *
matinee_gradual_list_new (GListModel *model, GtkScrolledWindow *scroller)
{
  GtkSliceListModel *slice = gtk_slice_list_model_new (model, 0, FIRST_ROWS);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), slice, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), slice, G_CONNECT_SWAPPED);
  return G_LIST_MODEL (slice);
}

/**
 * matinee_gradual_list_begin_anew:
 * @list: from matinee_gradual_list_new()
 *
 * Goes back to the first items: to be called before all are replaced.
 */
void
matinee_gradual_list_begin_anew (GListModel *list)
{
  gtk_slice_list_model_set_size (GTK_SLICE_LIST_MODEL (list), FIRST_ROWS);
}

/**
 * matinee_gradual_list_reach:
 * @list: from matinee_gradual_list_new()
 * @position: of an item among all
 *
 * Shows at least as many as it takes to have that item among them.
 */
void
matinee_gradual_list_reach (GListModel *list, guint position)
{
  GtkSliceListModel *slice = GTK_SLICE_LIST_MODEL (list);

  if (position >= gtk_slice_list_model_get_size (slice))
    gtk_slice_list_model_set_size (slice, position + FIRST_ROWS);
}
