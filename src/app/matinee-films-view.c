/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-films-view"

#include "config.h"

#include "matinee-films-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-gradual-list.h"

/**
 * MatineeFilmsView:
 *
 * A table of films, sorted by the column whose title is clicked: rank, title, year,
 * genres, predicted rating, how many ratings the film has and their mean. Where there
 * is little room, most of it moves below the title.
 */
struct _MatineeFilmsView
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkColumnView *view;
  GtkColumnViewColumn *year_column;
  GtkColumnViewColumn *genres_column;
  GtkColumnViewColumn *count_column;
  GtkColumnViewColumn *mean_column;
  GtkSingleSelection *selection;
  GListStore *films;
  GListModel *sorted;
  GListModel *gradual; /* of which the table has rows */
  guint sorted_by;     /* the column, as matinee_films_view_sort_by() was told */
  gboolean descending;
  MatineeFilmsLayout layout;
  gboolean selecting;
};

G_DEFINE_FINAL_TYPE (MatineeFilmsView, matinee_films_view, ADW_TYPE_BIN)

enum
{
  PROP_LAYOUT = 1,
  N_PROPS
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* The text of a cell, given as a function of its film. */
typedef char *(*CellFunc) (MatineeFilm *film);

static char *
dup_rank (MatineeFilm *film)
{
  return g_strdup_printf ("%u", matinee_film_get_rank (film));
}

static char *
dup_genres (MatineeFilm *film)
{
  return g_strdup (matinee_film_get_genres (film));
}

static void
setup_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gboolean number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "number"));
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CellFunc func = (CellFunc) data;
  MatineeFilm *film = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = func (film);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (gtk_label_get_ellipsize (GTK_LABEL (label)) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (label, *text != '\0' ? text : NULL);
}

/* What stands below a title, which depends on what has no column. */
static void
show_details (MatineeFilmsView *self, GtkListItem *item)
{
  MatineeFilm *film = gtk_list_item_get_item (item);
  GtkWidget *details = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  g_autofree char *text = NULL;

  if (film == NULL)
    return;
  text = matinee_film_dup_details (film);
  gtk_label_set_text (GTK_LABEL (details), text);
  gtk_widget_set_visible (details, self->layout != MATINEE_FILMS_WIDE && *text != '\0');
}

static void
layout_changed_cb (MatineeFilmsView *self, GParamSpec *pspec, GtkListItem *item)
{
  show_details (self, item);
}

static void
setup_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), details);
  gtk_list_item_set_child (item, box);
  g_signal_connect_object (self, "notify::layout", G_CALLBACK (layout_changed_cb), item, 0);
}

static void
bind_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeFilm *film = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), matinee_film_get_title (film));
  gtk_widget_set_tooltip_text (box, matinee_film_get_title (film));
  show_details (MATINEE_FILMS_VIEW (data), item);
}

static int
compare_doubles (double a, double b)
{
  /* What is not known comes first when the smallest does. */
  if (isnan (a) || isnan (b))
    return isnan (b) - isnan (a);
  return (a > b) - (a < b);
}

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_doubles (matinee_film_get_rank ((MatineeFilm *) a), matinee_film_get_rank ((MatineeFilm *) b));
}

static int
compare_titles (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (matinee_film_get_title ((MatineeFilm *) a), matinee_film_get_title ((MatineeFilm *) b));
}

static int
compare_years (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_doubles (matinee_film_get_year ((MatineeFilm *) a), matinee_film_get_year ((MatineeFilm *) b));
}

static int
compare_genres (gconstpointer a, gconstpointer b, gpointer data)
{
  return g_utf8_collate (matinee_film_get_genres ((MatineeFilm *) a), matinee_film_get_genres ((MatineeFilm *) b));
}

static int
compare_predictions (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_doubles (matinee_film_get_prediction ((MatineeFilm *) a),
                          matinee_film_get_prediction ((MatineeFilm *) b));
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_doubles (matinee_film_get_n_ratings ((MatineeFilm *) a),
                          matinee_film_get_n_ratings ((MatineeFilm *) b));
}

static int
compare_means (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_doubles (matinee_film_get_mean ((MatineeFilm *) a), matinee_film_get_mean ((MatineeFilm *) b));
}

static GtkColumnViewColumn *
add_column (MatineeFilmsView *self, const char *title, GtkListItemFactory *factory, GCompareDataFunc compare)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_append_column (self->view, column);
  return column;
}

static GtkColumnViewColumn *
add_text_column (MatineeFilmsView *self, const char *title, gboolean number, CellFunc func, GCompareDataFunc compare)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "number", GINT_TO_POINTER (number));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_text_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_text_cb), func);
  return add_column (self, title, factory, compare);
}

static GtkColumnViewColumn *
add_title_column (MatineeFilmsView *self, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_title_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_title_cb), self, 0);
  return add_column (self, title, factory, compare_titles);
}

static void
selected_cb (MatineeFilmsView *self)
{
  if (!self->selecting && matinee_films_view_get_selected (self) != NULL)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
activate_cb (MatineeFilmsView *self, guint position)
{
  g_autoptr (MatineeFilm) film = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  g_signal_emit (self, signals[ACTIVATED], 0, matinee_film_get_movie (film));
}

static void
matinee_films_view_dispose (GObject *object)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  g_clear_object (&self->films);
  g_clear_object (&self->sorted);
  g_clear_object (&self->gradual);
  g_clear_object (&self->selection);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_FILMS_VIEW);

  G_OBJECT_CLASS (matinee_films_view_parent_class)->dispose (object);
}

static void
matinee_films_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      g_value_set_int (value, (int) self->layout);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_films_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  switch (prop_id)
    {
    case PROP_LAYOUT:
      matinee_films_view_set_layout (self, (MatineeFilmsLayout) g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_films_view_class_init (MatineeFilmsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_films_view_dispose;
  object_class->get_property = matinee_films_view_get_property;
  object_class->set_property = matinee_films_view_set_property;

  /**
   * MatineeFilmsView:layout:
   *
   * How much room there is, as #MatineeFilmsLayout.
   */
  props[PROP_LAYOUT]
      = g_param_spec_int ("layout", NULL, NULL, MATINEE_FILMS_WIDE, MATINEE_FILMS_COMPACT, MATINEE_FILMS_WIDE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * MatineeFilmsView::selected:
   *
   * Somebody chose another film.
   */
  signals[SELECTED]
      = g_signal_new ("selected", MATINEE_TYPE_FILMS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeFilmsView::activated:
   * @movie: index of a film
   *
   * Somebody wants to see a film: by Enter or a double click.
   */
  signals[ACTIVATED] = g_signal_new ("activated", MATINEE_TYPE_FILMS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-films-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmsView, scroller);
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmsView, view);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
add_columns (MatineeFilmsView *self)
{
  /* Translators: the place in a list, a narrow column. */
  GtkColumnViewColumn *rank = add_text_column (self, C_ ("column", "Rank"), TRUE, dup_rank, compare_ranks);

  gtk_column_view_column_set_expand (add_title_column (self, C_ ("column", "Title")), TRUE);
  self->year_column = add_text_column (self, C_ ("column", "Year"), TRUE, matinee_film_dup_year, compare_years);
  self->genres_column = add_text_column (self, C_ ("column", "Genres"), FALSE, dup_genres, compare_genres);
  gtk_column_view_column_set_expand (self->genres_column, TRUE);
  add_text_column (self, C_ ("column", "Predicted"), TRUE, matinee_film_dup_prediction, compare_predictions);
  self->count_column
      = add_text_column (self, C_ ("column", "Ratings"), TRUE, matinee_film_dup_n_ratings, compare_counts);
  self->mean_column = add_text_column (self, C_ ("column", "Mean"), TRUE, matinee_film_dup_mean, compare_means);
  gtk_column_view_sort_by_column (self->view, rank, GTK_SORT_ASCENDING);
}

static void
matinee_films_view_init (MatineeFilmsView *self)
{
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->films = g_list_store_new (MATINEE_TYPE_FILM);
  add_columns (self);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->films)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->sorted = G_LIST_MODEL (sorted);
  self->gradual = matinee_gradual_list_new (g_object_ref (self->sorted), self->scroller);
  self->selection = gtk_single_selection_new (g_object_ref (self->gradual));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * matinee_films_view_set_films:
 * @self: a view
 * @films: (array length=n) (transfer none): films, the best first
 * @n: how many
 *
 * Shows them in place of those before.
 */
void
matinee_films_view_set_films (MatineeFilmsView *self, MatineeFilm **films, guint n)
{
  g_return_if_fail (MATINEE_IS_FILMS_VIEW (self));

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  matinee_gradual_list_begin_anew (self->gradual);
  g_list_store_splice (self->films, 0, g_list_model_get_n_items (G_LIST_MODEL (self->films)), (gpointer *) films, n);
  self->selecting = FALSE;
}

/**
 * matinee_films_view_get_films:
 * @self: a view
 *
 * Returns: (transfer none): the films that it shows
 */
GListModel *
matinee_films_view_get_films (MatineeFilmsView *self)
{
  return G_LIST_MODEL (self->films);
}

/**
 * matinee_films_view_get_shown:
 * @self: a view
 *
 * Returns: (transfer none): the films in the order in which they are on the screen
 */
GListModel *
matinee_films_view_get_shown (MatineeFilmsView *self)
{
  return self->sorted;
}

GtkColumnView *
matinee_films_view_get_table (MatineeFilmsView *self)
{
  return self->view;
}

/**
 * matinee_films_view_get_selected:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the chosen film
 */
MatineeFilm *
matinee_films_view_get_selected (MatineeFilmsView *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/**
 * matinee_films_view_select:
 * @self: a view
 * @movie: index of a film
 *
 * Marks a film, if it is listed, and tells nobody. O(films)
 */
void
matinee_films_view_select (MatineeFilmsView *self, guint32 movie)
{
  guint n = g_list_model_get_n_items (self->sorted);
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n && position == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr (MatineeFilm) film = g_list_model_get_item (self->sorted, i);

      if (matinee_film_get_movie (film) == movie)
        position = i;
    }
  self->selecting = TRUE;
  if (position != GTK_INVALID_LIST_POSITION)
    matinee_gradual_list_grow_to (self->gradual, position);
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
}

/**
 * matinee_films_view_set_layout:
 * @self: a view
 * @layout: how much room there is
 *
 * Moves columns below the title, or back.
 */
void
matinee_films_view_set_layout (MatineeFilmsView *self, MatineeFilmsLayout layout)
{
  g_return_if_fail (MATINEE_IS_FILMS_VIEW (self));

  if (self->layout == layout)
    return;
  self->layout = layout;
  gtk_column_view_column_set_visible (self->year_column, layout == MATINEE_FILMS_WIDE);
  gtk_column_view_column_set_visible (self->genres_column, layout == MATINEE_FILMS_WIDE);
  gtk_column_view_column_set_visible (self->count_column, layout != MATINEE_FILMS_COMPACT);
  gtk_column_view_column_set_visible (self->mean_column, layout == MATINEE_FILMS_WIDE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAYOUT]);
}

/**
 * matinee_films_view_sort_by:
 * @self: a view
 * @column: which column, from 0, also one for which there is no room
 *
 * Sorts the films as a click on the title of the column does, for which this GTK has no
 * key: numbers but the rank and the year from the largest on, and the other way round
 * when asked once more.
 */
void
matinee_films_view_sort_by (MatineeFilmsView *self, guint column)
{
  g_autoptr (GtkColumnViewColumn) found = g_list_model_get_item (gtk_column_view_get_columns (self->view), column);

  g_return_if_fail (found != NULL);

  if (self->sorted_by == column)
    self->descending = !self->descending;
  else
    self->descending = column >= 4;
  self->sorted_by = column;
  /* One column sorts, as one was asked for. */
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->view, found, self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}
