/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-runs-view"

#include "config.h"

#include "matinee-runs-view.h"

#include <glib/gi18n.h>

#include "matinee-gradual-list.h"
#include "matinee-scroll-start.h"

/* Where a table of so many columns can't be read any more, in pixels. */
#define COMPACT_WIDTH 700

/* The least of a name that is of use there. */
#define COMPACT_NAME_CHARS 10

/**
 * MatineeRunsView:
 *
 * A table of runs, sorted and searched, with a box in each row to tick it. Where
 * there is little room, all but the errors moves below the name.
 */
struct _MatineeRunsView
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkColumnViewColumn *columns[MATINEE_N_RUN_COLUMNS];
  GtkSingleSelection *selection; /* owned, with all models below it */
  GListModel *matching;          /* all that are found, sorted */
  GListModel *shown;             /* as many of these as one has scrolled to */
  guint compact_idle;
  GtkCustomFilter *filter;
  GtkWidget *popover;
  char **words;
  MatineeRunColumn sorted_by;
  GtkSortType order;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (MatineeRunsView, matinee_runs_view, ADW_TYPE_BIN)

enum
{
  SELECTED,
  FOLDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static MatineeRunColumn
column_of (gpointer object)
{
  return (MatineeRunColumn) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (object), "column"));
}

/* Inscriptions don't ask how wide their text is, which counts in a table of thousands. */
static GtkWidget *
inscription_new (guint chars, gboolean number)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (text, "numeric");
  return text;
}

static void
show_cell (GtkListItem *item)
{
  MatineeRunItem *run = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  MatineeRunColumn column = column_of (item);
  g_autofree char *text = NULL;
  g_autofree char *details = NULL;

  if (run == NULL)
    return;
  text = matinee_run_item_dup_text (run, column);
  if (column != MATINEE_RUN_COLUMN_NAME)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
      return;
    }
  details = matinee_run_item_dup_details (run);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_first_child (child)), text);
  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_widget_get_last_child (child)), details);
  gtk_widget_set_tooltip_text (
      child, *matinee_run_item_get_run (run)->note != '\0' ? matinee_run_item_get_run (run)->note : text);
}

static guint
width_of (MatineeRunColumn column)
{
  static const guint8 chars[MATINEE_N_RUN_COLUMNS] = {
    [MATINEE_RUN_COLUMN_NAME] = 24,      [MATINEE_RUN_COLUMN_BEST] = 7,     [MATINEE_RUN_COLUMN_FINAL] = 7,
    [MATINEE_RUN_COLUMN_SOLVER] = 14,    [MATINEE_RUN_COLUMN_FACTORS] = 4,  [MATINEE_RUN_COLUMN_REGULARIZATION] = 6,
    [MATINEE_RUN_COLUMN_ITERATIONS] = 5, [MATINEE_RUN_COLUMN_DURATION] = 7, [MATINEE_RUN_COLUMN_STATE] = 10,
    [MATINEE_RUN_COLUMN_DATA] = 12,      [MATINEE_RUN_COLUMN_STARTED] = 16,
  };

  return chars[column];
}

/* So that it can be told where in the table a widget is. */
static void
set_child (GtkListItem *item, GtkWidget *child)
{
  g_object_set_data (G_OBJECT (child), "cell", item);
  gtk_list_item_set_child (item, child);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MatineeRunsView *self)
{
  MatineeRunColumn column = column_of (factory);
  GtkWidget *text = inscription_new (width_of (column), matinee_run_column_is_number (column));

  g_object_set_data (G_OBJECT (item), "column", GUINT_TO_POINTER (column));
  if (column == MATINEE_RUN_COLUMN_NAME)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *details = inscription_new (width_of (column), FALSE);

      gtk_widget_add_css_class (details, "caption");
      gtk_widget_add_css_class (details, "dim-label");
      gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), text);
      gtk_box_append (GTK_BOX (box), details);
      text = box;
    }
  set_child (item, text);
}

/* Where there is little room the name takes what the error leaves of it. */
static void
fold_name (GtkWidget *box, gboolean compact)
{
  guint chars = compact ? COMPACT_NAME_CHARS : width_of (MATINEE_RUN_COLUMN_NAME);

  for (GtkWidget *text = gtk_widget_get_first_child (box); text != NULL; text = gtk_widget_get_next_sibling (text))
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), chars);
  gtk_widget_set_visible (gtk_widget_get_last_child (box), compact);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, MatineeRunsView *self)
{
  MatineeRunItem *run = gtk_list_item_get_item (item);

  if (column_of (factory) == MATINEE_RUN_COLUMN_NAME)
    fold_name (gtk_list_item_get_child (item), self->compact);
  show_cell (item);
  g_signal_connect_object (run, "changed", G_CALLBACK (show_cell), item, G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static void
setup_tick_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("Compare This Run"));
  set_child (item, check);
}

static void
bind_tick_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  MatineeRunItem *run = gtk_list_item_get_item (item);
  GtkWidget *check = gtk_list_item_get_child (item);
  GBinding *binding
      = g_object_bind_property (run, "ticked", check, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_autofree char *label = g_strdup_printf (_ ("Compare the run “%s”"), matinee_run_item_get_run (run)->name);

  g_object_set_data (G_OBJECT (item), "binding", binding);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
unbind_tick_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GBinding *binding = g_object_get_data (G_OBJECT (item), "binding");

  g_binding_unbind (binding);
  g_object_set_data (G_OBJECT (item), "binding", NULL);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  return matinee_run_item_compare (MATINEE_RUN_ITEM ((gpointer) a), MATINEE_RUN_ITEM ((gpointer) b),
                                   (MatineeRunColumn) GPOINTER_TO_UINT (data));
}

static gboolean
matches_cb (gpointer item, gpointer data)
{
  MatineeRunsView *self = data;

  return self->words == NULL || matinee_run_item_matches (item, (const char *const *) self->words);
}

static void
add_tick_column (MatineeRunsView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_tick_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_tick_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_tick_cb), NULL);
  column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_append_column (self->view, column);
}

static void
add_column (MatineeRunsView *self, MatineeRunColumn id)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (id), NULL));

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (id));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  column = gtk_column_view_column_new (matinee_run_column_title (id), factory);
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, id == MATINEE_RUN_COLUMN_NAME);
  gtk_column_view_append_column (self->view, column);
  self->columns[id] = column;
}

static void
activated_cb (MatineeRunsView *self, guint position)
{
  g_autoptr (MatineeRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item != NULL)
    matinee_run_item_set_ticked (item, !matinee_run_item_get_ticked (item));
}

static void
selected_cb (MatineeRunsView *self)
{
  g_signal_emit (self, signals[SELECTED], 0);
}

/* The popover takes the focus with it, and gives it to what comes first. */
static void
closed_cb (MatineeRunsView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* The cell that a widget is in, or whose row it is. */
static GtkListItem *
find_cell (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_LIST_VIEW (widget); widget = gtk_widget_get_parent (widget))
    for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_first_child (at))
      if (g_object_get_data (G_OBJECT (at), "cell") != NULL)
        return g_object_get_data (G_OBJECT (at), "cell");
  return NULL;
}

/* The menu is about the selected run: that is the one it is opened at. */
static void
popup (MatineeRunsView *self, GtkWidget *at, const GdkRectangle *where)
{
  GtkListItem *cell = find_cell (at);

  if (self->popover == NULL || cell == NULL || gtk_list_item_get_item (cell) == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (cell));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), where);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
pressed_cb (MatineeRunsView *self, int n_press, double x, double y)
{
  popup (self, gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

/* Below what has the focus. */
static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return GDK_EVENT_PROPAGATE;
  popup (MATINEE_RUNS_VIEW (widget), focus,
         &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                          (int) bounds.size.height });
  return GDK_EVENT_STOP;
}

/* Leaves only the name and the best error where there is little room, and the rest
 * below the name. */
static void
fold_columns (MatineeRunsView *self)
{
  for (guint id = 0; id < MATINEE_N_RUN_COLUMNS; id++)
    if (id != MATINEE_RUN_COLUMN_NAME && id != MATINEE_RUN_COLUMN_BEST)
      gtk_column_view_column_set_visible (self->columns[id], !self->compact);
}

static void
show_compact (MatineeRunsView *self)
{
  fold_columns (self);
  /* The cells that there are learn of it by being bound anew. */
  gtk_column_view_set_model (self->view, NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_emit (self, signals[FOLDED], 0);
}

static gboolean
compact_idle_cb (gpointer data)
{
  MatineeRunsView *self = data;

  self->compact_idle = 0;
  show_compact (self);
  return G_SOURCE_REMOVE;
}

static void
matinee_runs_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, NULL, NULL);
}

/* Columns can't come and go while sizes are being given out: they wait until then. */
static void
matinee_runs_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MatineeRunsView *self = MATINEE_RUNS_VIEW (widget);
  gboolean compact = width < COMPACT_WIDTH;

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
  if (compact != self->compact && self->compact_idle == 0)
    self->compact_idle = g_idle_add (compact_idle_cb, self);
  self->compact = compact;
}

/* Arrows go from row to row; Tab leaves the table, which may have thousands of them. */
static gboolean
matinee_runs_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (matinee_runs_view_parent_class)->focus (widget, direction);
}

static void
matinee_runs_view_dispose (GObject *object)
{
  MatineeRunsView *self = MATINEE_RUNS_VIEW (object);

  g_clear_handle_id (&self->compact_idle, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  /* The filter knows this view. */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  self->filter = NULL;
  self->shown = NULL;
  self->matching = NULL;
  /* What was selected is of no interest any more to who listens, or is gone itself. */
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->words, g_strfreev);

  G_OBJECT_CLASS (matinee_runs_view_parent_class)->dispose (object);
}

static void
matinee_runs_view_class_init (MatineeRunsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = matinee_runs_view_dispose;
  GTK_WIDGET_CLASS (klass)->measure = matinee_runs_view_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = matinee_runs_view_size_allocate;
  GTK_WIDGET_CLASS (klass)->focus = matinee_runs_view_focus;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);

  /** MatineeRunsView::folded: there is little room now, or no longer */
  signals[FOLDED]
      = g_signal_new ("folded", MATINEE_TYPE_RUNS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** MatineeRunsView::selected: another run is selected */
  signals[SELECTED]
      = g_signal_new ("selected", MATINEE_TYPE_RUNS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_runs_view_init (MatineeRunsView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  /* With one, a widget would not learn of its own size. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "films");
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Runs"), -1);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  matinee_scroll_start_keep (self->scroller);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scroller));
  add_tick_column (self);
  for (guint id = 0; id < MATINEE_N_RUN_COLUMNS; id++)
    add_column (self, id);
  /* Until it is known that there is room: a window does not get narrower by itself. */
  self->compact = TRUE;
  fold_columns (self);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * matinee_runs_view_set_runs:
 * @self: a view
 * @runs: what to show; set once
 */
void
matinee_runs_view_set_runs (MatineeRunsView *self, MatineeRuns *runs)
{
  GtkFilterListModel *matching;
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;

  g_return_if_fail (MATINEE_IS_RUNS_VIEW (self) && self->selection == NULL);

  /* Sorted first: to search keeps the order, and so needs no sorting at each letter. */
  sorted = gtk_sort_list_model_new (g_object_ref (matinee_runs_get_items (runs)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->filter = gtk_custom_filter_new (matches_cb, self, NULL);
  matching = gtk_filter_list_model_new (G_LIST_MODEL (sorted), GTK_FILTER (self->filter));
  self->matching = G_LIST_MODEL (matching);
  self->shown = matinee_gradual_list_new (G_LIST_MODEL (matching), self->scroller);
  selection = gtk_single_selection_new (self->shown);
  self->selection = selection;
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  matinee_runs_view_sort (self, MATINEE_RUN_COLUMN_STARTED, GTK_SORT_DESCENDING);
}

/**
 * matinee_runs_view_search:
 * @self: a view
 * @text: words that have all to be in what is shown
 *
 * Shows only the runs that match. O(runs).
 */
void
matinee_runs_view_search (MatineeRunsView *self, const char *text)
{
  g_auto (GStrv) before = self->words;

  self->words = matinee_run_item_split_search (text);
  matinee_gradual_list_begin_anew (self->shown);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
matinee_runs_view_sort (MatineeRunsView *self, MatineeRunColumn column, GtkSortType order)
{
  self->sorted_by = column;
  self->order = order;
  gtk_column_view_sort_by_column (self->view, self->columns[column], order);
}

/**
 * matinee_runs_view_sort_by:
 * @self: a view
 * @column: what to sort by
 *
 * Does what a click on that heading does, for those without a pointer and for columns
 * that have no room: when it is sorted so already, the other way round.
 */
void
matinee_runs_view_sort_by (MatineeRunsView *self, MatineeRunColumn column)
{
  gboolean again = self->sorted_by == column && self->order == GTK_SORT_ASCENDING;

  matinee_runs_view_sort (self, column, again ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/**
 * matinee_runs_view_get_shown:
 * @self: a view
 *
 * Returns: (transfer none): the #MatineeRunItem that are shown, in their order
 */
GListModel *
matinee_runs_view_get_shown (MatineeRunsView *self)
{
  return self->matching;
}

/**
 * matinee_runs_view_get_selected:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the run that is selected
 */
MatineeRunItem *
matinee_runs_view_get_selected (MatineeRunsView *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
matinee_runs_view_select (MatineeRunsView *self, MatineeRunItem *item)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->matching); i++)
    {
      g_autoptr (MatineeRunItem) at = g_list_model_get_item (self->matching, i);

      if (at != item)
        continue;
      matinee_gradual_list_grow_to (self->shown, i);
      gtk_single_selection_set_selected (self->selection, i);
      return;
    }
}

/**
 * matinee_runs_view_get_compact:
 * @self: a view
 *
 * Returns: whether there is little room, told by "folded"
 */
gboolean
matinee_runs_view_get_compact (MatineeRunsView *self)
{
  return self->compact;
}

/**
 * matinee_runs_view_set_menu:
 * @self: a view
 * @menu: what a secondary click offers
 */
void
matinee_runs_view_set_menu (MatineeRunsView *self, GMenuModel *menu)
{
  self->popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}
