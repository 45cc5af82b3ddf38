/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-gradual-list.h"

/* A list view makes some 200 rows at once, whatever is seen of them, which takes a
 * tenth of a second and the window does not answer meanwhile. So it is shown the
 * first rows of a list, and more, bit by bit, when a person comes near their end. Once it
 * has as many rows as it makes, it can have all items. */
#define FIRST_ROWS 16
#define MORE_ROWS 10
#define MOST_ROWS 220
#define PERIOD_MS 30

static gboolean
is_near_end (GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);

  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) < 3.0 * page;
}

static gboolean
grow_cb (GtkSliceListModel *slice)
{
  guint size = gtk_slice_list_model_get_size (slice);
  gboolean near = is_near_end (g_object_get_data (G_OBJECT (slice), "adjustment"));

  if (near)
    gtk_slice_list_model_set_size (slice, size + MORE_ROWS < MOST_ROWS ? size + MORE_ROWS : G_MAXUINT);
  if (near && gtk_slice_list_model_get_size (slice) < g_list_model_get_n_items (gtk_slice_list_model_get_model (slice)))
    return G_SOURCE_CONTINUE;
  g_object_set_data (G_OBJECT (slice), "growing", NULL);
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (GtkSliceListModel *slice, GtkAdjustment *adjustment)
{
  GListModel *all = gtk_slice_list_model_get_model (slice);
  GSource *source;

  if (!is_near_end (adjustment) || gtk_slice_list_model_get_size (slice) >= g_list_model_get_n_items (all)
      || g_object_get_data (G_OBJECT (slice), "growing") != NULL)
    return;
  source = g_timeout_source_new (PERIOD_MS);
  /* It goes when the list does. */
  g_source_set_closure (source, g_cclosure_new_object (G_CALLBACK (grow_cb), G_OBJECT (slice)));
  g_source_attach (source, NULL);
  g_object_set_data (G_OBJECT (slice), "growing", source);
  g_source_unref (source);
}

/**
 * matinee_gradual_list_new:
 * @model: (transfer full): all items
 * @scroller: what shows them
 *
 * Returns: (transfer full): the first items of @model, and more of them as
 *   @scroller comes near the end
 */
GListModel *
matinee_gradual_list_new (GListModel *model, GtkScrolledWindow *scroller)
{
  GtkSliceListModel *slice = gtk_slice_list_model_new (model, 0, FIRST_ROWS);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);

  g_object_set_data_full (G_OBJECT (slice), "adjustment", g_object_ref (adjustment), g_object_unref);
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
 * matinee_gradual_list_grow_to:
 * @list: from matinee_gradual_list_new()
 * @position: where an item is in all of them
 *
 * Has that item in the list at once.
 */
void
matinee_gradual_list_grow_to (GListModel *list, guint position)
{
  GtkSliceListModel *slice = GTK_SLICE_LIST_MODEL (list);

  if (position >= gtk_slice_list_model_get_size (slice))
    gtk_slice_list_model_set_size (slice, position + 1);
}
