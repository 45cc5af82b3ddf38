/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-profile-view"

#include "config.h"

#include "matinee-profile-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-format.h"
#include "matinee-gradual-list.h"
#include "matinee-rated-film.h"

/**
 * MatineeProfileView:
 *
 * What a user thinks of films and what the model thinks that the user thinks: every
 * rating with its prediction, how well they agree, beside everybody's.
 */
struct _MatineeProfileView
{
  AdwBin parent_instance;

  GtkLabel *name;
  GtkLabel *counts;
  GtkLabel *figures;
  GtkLabel *legend;
  MatineeBars *histogram;
  GtkColumnView *table;
  GtkScrolledWindow *scroller;

  GListStore *ratings;
  GListModel *shown;
  GtkSingleSelection *selection;

  /* What to show once somebody sees it. */
  MatineeViewer *viewer;
  MatineeCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (MatineeProfileView, matinee_profile_view, ADW_TYPE_BIN)

enum
{
  FILM_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A number of a rated film, to show and to sort by. */
typedef double (*FigureFunc) (const MatineeProfileItem *item);

static double
get_rating (const MatineeProfileItem *item)
{
  return (double) item->rating;
}

static double
get_prediction (const MatineeProfileItem *item)
{
  return item->prediction;
}

static double
get_error (const MatineeProfileItem *item)
{
  return item->prediction - (double) item->rating;
}

static void
setup_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *part = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (part), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (part), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (part, "caption");
  gtk_widget_add_css_class (part, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), part);
  gtk_list_item_set_child (item, box);
}

static void
bind_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  MatineeRatedFilm *film = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  const char *part = matinee_rated_film_get_item (film)->held_out ? C_ ("a rating", "held out for the test")
                                                                  : C_ ("a rating", "learnt from");
  g_autofree char *title = matinee_rated_film_dup_title (film);
  g_autofree char *both = g_strdup_printf ("%s\n%s", title, part);

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), part);
  gtk_widget_set_tooltip_text (box, both);
}

static void
setup_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_figure_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  FigureFunc func = (FigureFunc) data;
  double figure = func (matinee_rated_film_get_item (gtk_list_item_get_item (item)));
  g_autofree char *text = NULL;

  if (func == get_error)
    text = matinee_format_signed (figure);
  else
    text = func == get_rating ? matinee_format_rating (figure) : g_strdup_printf ("%.2f", figure);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static int
compare_titles (gconstpointer a, gconstpointer b, gpointer data)
{
  g_autofree char *x = matinee_rated_film_dup_title ((MatineeRatedFilm *) a);
  g_autofree char *y = matinee_rated_film_dup_title ((MatineeRatedFilm *) b);

  return g_utf8_collate (x, y);
}

static int
compare_figures (gconstpointer a, gconstpointer b, gpointer data)
{
  FigureFunc func = (FigureFunc) data;
  double x = func (matinee_rated_film_get_item ((MatineeRatedFilm *) a));
  double y = func (matinee_rated_film_get_item ((MatineeRatedFilm *) b));

  /* The sign of an error matters less than its size. */
  if (func == get_error)
    return (fabs (x) > fabs (y)) - (fabs (x) < fabs (y));
  return (x > y) - (x < y);
}

static GtkColumnViewColumn *
add_column (MatineeProfileView *self, const char *title, GtkListItemFactory *factory, GCompareDataFunc compare,
            gpointer data)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, data, NULL));

  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_append_column (self->table, column);
  return column;
}

static GtkColumnViewColumn *
add_figure_column (MatineeProfileView *self, const char *title, FigureFunc func)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_figure_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_figure_cb), func);
  return add_column (self, title, factory, compare_figures, func);
}

static void
add_columns (MatineeProfileView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *title;
  GtkColumnViewColumn *given;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_title_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_title_cb), NULL);
  title = add_column (self, C_ ("column", "Title"), factory, compare_titles, NULL);
  gtk_column_view_column_set_expand (title, TRUE);
  given = add_figure_column (self, C_ ("column", "Given"), get_rating);
  add_figure_column (self, C_ ("column", "Predicted"), get_prediction);
  add_figure_column (self, C_ ("column", "Error"), get_error);
  gtk_column_view_sort_by_column (self->table, given, GTK_SORT_DESCENDING);
}

static void
activate_cb (MatineeProfileView *self, guint position)
{
  g_autoptr (MatineeRatedFilm) film = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  g_signal_emit (self, signals[FILM_CHOSEN], 0, matinee_rated_film_get_item (film)->movie);
}

static void
append_figure (GString *text, const char *what, const MatineeErrors *own, const MatineeErrors *all)
{
  if (own->n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: RMSE of a user's ratings beside everybody's; %s is "Learnt from" or "Held out". */
  g_string_append_printf (text, _ ("%s: RMSE %.3f, everybody %.3f"), what, matinee_errors_rmse_clipped (own),
                          matinee_errors_rmse_clipped (all));
}

static void
show_figures (MatineeProfileView *self, const MatineeProfile *profile, const MatineeModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_figure (text, _ ("Learnt from"), &profile->train, &model->train);
  append_figure (text, _ ("Held out"), &profile->test, &model->test);
  gtk_label_set_text (self->figures, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), text->len > 0);
}

static void
show_histogram (MatineeProfileView *self, const MatineeProfile *profile, const MatineeHistogram *everybody)
{
  MatineeHistogram own;
  MatineeBar bars[MATINEE_MAX_BINS];
  char labels[MATINEE_MAX_BINS][16];
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean known = everybody != NULL && profile->n > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->histogram), known);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), known);
  if (!known)
    return;
  own = *everybody;
  own.n = 0;
  for (guint i = 0; i < own.n_bins; i++)
    own.counts[i] = 0;
  for (gsize i = 0; i < profile->n; i++)
    matinee_histogram_add (&own, (double) profile->items[i].rating);
  for (guint i = 0; i < own.n_bins; i++)
    {
      double share = 100.0 * matinee_histogram_get_share (&own, i);
      double other = 100.0 * matinee_histogram_get_share (everybody, i);

      g_snprintf (labels[i], sizeof labels[i], "%.3g", own.first + i * own.width);
      bars[i] = (MatineeBar){ labels[i], share, other };
      if (i > 0)
        g_string_append (text, "; ");
      g_string_append_printf (text, _ ("%s stars: %.0f %%, everybody %.0f %%"), labels[i], share, other);
    }
  matinee_bars_set_upright (self->histogram, bars, own.n_bins, text->str);
}

/* Fills everything in: O(n k), and a row for each rating that is seen. */
static void
fill (MatineeProfileView *self)
{
  MatineeViewer *viewer = self->viewer;
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeProfile) profile = matinee_viewer_profile (viewer, &error);
  g_autoptr (GPtrArray) films = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *name = matinee_viewer_dup_name (viewer);
  guint n = (guint) matinee_viewer_get_n_ratings (viewer);
  g_autofree char *counts = NULL;

  for (gsize i = 0; profile != NULL && i < profile->n; i++)
    g_ptr_array_add (films, matinee_rated_film_new (matinee_viewer_get_dataset (viewer), &profile->items[i]));
  matinee_gradual_list_begin_anew (self->shown);
  g_list_store_splice (self->ratings, 0, g_list_model_get_n_items (G_LIST_MODEL (self->ratings)), films->pdata,
                       films->len);
  gtk_label_set_text (self->name, name);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), profile != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), profile != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), profile != NULL);
  if (profile == NULL)
    {
      gtk_label_set_text (self->counts, error->message);
      return;
    }
  if (n > 0)
    counts = g_strdup_printf (ngettext ("%'u rating, mean %.2f", "%'u ratings, mean %.2f", n), n, profile->mean);
  else
    counts = g_strdup (matinee_viewer_is_you (viewer) ? _ ("No ratings yet") : _ ("ratings not known"));
  gtk_label_set_text (self->counts, counts);
  show_figures (self, profile, matinee_viewer_get_model (viewer));
  show_histogram (self, profile, matinee_catalogue_get_everybody (self->catalogue));
}

static void
fill_if_seen (MatineeProfileView *self)
{
  if (self->viewer == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  fill (self);
  g_clear_object (&self->viewer);
  g_clear_object (&self->catalogue);
}

static void
matinee_profile_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (matinee_profile_view_parent_class)->map (widget);
  fill_if_seen (MATINEE_PROFILE_VIEW (widget));
}

static void
matinee_profile_view_dispose (GObject *object)
{
  MatineeProfileView *self = MATINEE_PROFILE_VIEW (object);

  g_clear_object (&self->viewer);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->ratings);
  g_clear_object (&self->shown);
  g_clear_object (&self->selection);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_PROFILE_VIEW);

  G_OBJECT_CLASS (matinee_profile_view_parent_class)->dispose (object);
}

static void
matinee_profile_view_class_init (MatineeProfileViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_profile_view_dispose;
  widget_class->map = matinee_profile_view_map;

  /** MatineeProfileView::film-chosen: somebody wants to see a film, given by index */
  signals[FILM_CHOSEN] = g_signal_new ("film-chosen", MATINEE_TYPE_PROFILE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (MATINEE_TYPE_BARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-profile-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, name);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, counts);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, figures);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, legend);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, histogram);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, table);
  gtk_widget_class_bind_template_child (widget_class, MatineeProfileView, scroller);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
matinee_profile_view_init (MatineeProfileView *self)
{
  GtkSortListModel *sorted;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->ratings = g_list_store_new (MATINEE_TYPE_RATED_FILM);
  add_columns (self);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->ratings)),
                                    g_object_ref (gtk_column_view_get_sorter (self->table)));
  self->shown = matinee_gradual_list_new (G_LIST_MODEL (sorted), self->scroller);
  self->selection = gtk_single_selection_new (g_object_ref (self->shown));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->selection));
}

/**
 * matinee_profile_view_show:
 * @self: a view
 * @viewer: whose profile
 * @catalogue: what is known of everybody
 *
 * Shows a profile: at once where the view is on screen, and else when it comes there,
 * since nobody should wait for what nobody looks at.
 */
void
matinee_profile_view_show (MatineeProfileView *self, MatineeViewer *viewer, MatineeCatalogue *catalogue)
{
  g_return_if_fail (MATINEE_IS_PROFILE_VIEW (self));

  g_set_object (&self->viewer, viewer);
  g_set_object (&self->catalogue, catalogue);
  fill_if_seen (self);
}

/**
 * matinee_profile_view_get_ratings:
 * @self: a view
 *
 * Returns: (transfer none): the ratings, of [class@RatedFilm]
 */
GListModel *
matinee_profile_view_get_ratings (MatineeProfileView *self)
{
  return G_LIST_MODEL (self->ratings);
}

const char *
matinee_profile_view_get_figures (MatineeProfileView *self)
{
  return gtk_label_get_text (self->figures);
}

MatineeBars *
matinee_profile_view_get_histogram (MatineeProfileView *self)
{
  return self->histogram;
}
