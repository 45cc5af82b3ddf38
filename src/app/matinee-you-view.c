/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-you-view"

#include "config.h"

#include "matinee-you-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-film.h"
#include "matinee-rate-next.h"
#include "matinee-stars.h"

/* Films found, and films proposed. */
#define N_MATCHES 8
#define N_PROPOSED 4
/* Only better known films than so many of all are proposed: others nobody has seen. */
#define KNOWN_SHARE 0.9

/**
 * MatineeYouView:
 *
 * Where somebody rates films: found by title, or those whose ratings would teach the
 * model most. Below are the ratings given so far.
 */
struct _MatineeYouView
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkLabel *heading;
  GtkListBox *choices;
  GtkLabel *given;
  GtkListView *list;

  MatineeYou *you;
  MatineeCatalogue *catalogue;
  MatineeFilter *known;
  char *problem; /* why nothing can be proposed */
  MatineeViewer *viewer;
  GtkStringList *titles; /* of the ratings, in their order */
  gboolean rating;       /* a row is telling of its own change */
};

G_DEFINE_FINAL_TYPE (MatineeYouView, matinee_you_view, ADW_TYPE_BIN)

enum
{
  FILM_CHOSEN,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_stars (MatineeYouView *self, MatineeStars *stars, const char *title, double rating)
{
  const MatineeRatings *ratings = matinee_catalogue_get_dataset (self->catalogue)->ratings;
  g_autofree char *label = g_strdup_printf (_ ("Your rating of %s"), title);

  matinee_stars_set_scale (stars, (double) ratings->low, (double) ratings->high, (double) ratings->step);
  matinee_stars_set_value (stars, rating);
  gtk_accessible_update_property (GTK_ACCESSIBLE (stars), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
choice_rated_cb (MatineeYouView *self, MatineeStars *stars)
{
  guint32 movie = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (stars), "movie"));

  matinee_you_rate (self->you, movie, matinee_stars_get_value (stars));
}

static void
choice_activated_cb (MatineeYouView *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[FILM_CHOSEN], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "movie")));
}

static void
add_choice (MatineeYouView *self, guint32 movie)
{
  g_autoptr (MatineeFilm) film = matinee_film_new (matinee_catalogue_get_dataset (self->catalogue),
                                                   matinee_catalogue_get_stats (self->catalogue), movie, 1, 0.0);
  g_autofree char *details = matinee_film_dup_details (film);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *stars = matinee_stars_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), matinee_film_get_title (film));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  set_stars (self, MATINEE_STARS (stars), matinee_film_get_title (film), matinee_you_find (self->you, movie));
  g_object_set_data (G_OBJECT (row), "movie", GUINT_TO_POINTER (movie));
  g_object_set_data (G_OBJECT (row), "stars", stars);
  g_object_set_data (G_OBJECT (stars), "movie", GUINT_TO_POINTER (movie));
  g_signal_connect_object (stars, "changed", G_CALLBACK (choice_rated_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), stars);
  gtk_list_box_append (self->choices, row);
}

/* Whether the films are already there: then only their stars follow, and whoever rates
 * by keyboard stays where they are. */
static gboolean
update_choices (MatineeYouView *self, const guint32 *movies, guint n)
{
  guint i = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); row != NULL;
       row = gtk_widget_get_next_sibling (row), i++)
    if (i >= n || GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "movie")) != movies[i])
      return FALSE;
  if (i != n)
    return FALSE;
  for (i = 0; i < n; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->choices, (int) i);

      matinee_stars_set_value (g_object_get_data (G_OBJECT (row), "stars"), matinee_you_find (self->you, movies[i]));
    }
  return TRUE;
}

static void
set_choices (MatineeYouView *self, const guint32 *movies, guint n)
{
  GtkWidget *row;
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->choices)) != NULL;

  if (update_choices (self, movies, n))
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_list_box_remove (self->choices, row);
  for (guint i = 0; i < n; i++)
    add_choice (self, movies[i]);
  if (focused && n > 0)
    gtk_widget_grab_focus (g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (self->choices, 0)), "stars"));
}

static void
show_matches (MatineeYouView *self, const char *text)
{
  const MatineeTitleSearch *titles = matinee_catalogue_get_titles (self->catalogue);
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeTitleMatches) matches
      = titles != NULL ? matinee_title_search_find (titles, text, N_MATCHES, &error) : NULL;
  guint n_total = matches != NULL ? matches->n_total : 0;
  g_autofree char *found = g_strdup_printf (ngettext ("%'u film found", "%'u films found", n_total), n_total);

  if (error != NULL)
    gtk_label_set_text (self->heading, error->message);
  else if (titles == NULL)
    gtk_label_set_text (self->heading, _ ("Films can be found in a moment…"));
  else
    gtk_label_set_text (self->heading, n_total > 0 ? found : _ ("No film has such a title"));
  set_choices (self, matches != NULL ? matches->movies : NULL, matches != NULL ? matches->n : 0);
}

static void
show_proposals (MatineeYouView *self)
{
  MatineeQuery query = { .n = N_PROPOSED, .filter = self->known };
  g_autoptr (MatineeTopN) top = NULL;
  g_autoptr (GError) error = NULL;
  guint32 movies[N_PROPOSED] = { 0 };

  gtk_label_set_text (self->heading, self->problem != NULL
                                         ? self->problem
                                         : _ ("What to rate next: these teach the model most about you"));
  if (self->viewer == NULL || self->known == NULL)
    {
      set_choices (self, NULL, 0);
      return;
    }
  top = matinee_rate_next (matinee_viewer_get_person (self->viewer), &query, &error);
  if (top == NULL)
    gtk_label_set_text (self->heading, error->message);
  for (guint i = 0; top != NULL && i < top->n; i++)
    movies[i] = top->items[i].movie;
  set_choices (self, movies, top != NULL ? top->n : 0);
}

static void
show_choices (MatineeYouView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->catalogue == NULL || self->you == NULL)
    return;
  if (*text != '\0')
    show_matches (self, text);
  else
    show_proposals (self);
}

static void
show_ratings (MatineeYouView *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  guint n = matinee_you_get_n (self->you);
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint32 movie;
      const MatineeYouRating *rating = matinee_you_get (self->you, i, &movie);

      g_ptr_array_add (titles, *rating->title != '\0' ? g_strdup (rating->title)
                                                      : g_strdup_printf (_ ("Movie %s"), rating->id));
    }
  g_ptr_array_add (titles, NULL);
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)),
                          (const char *const *) titles->pdata);
  text = n > 0 ? g_strdup_printf (ngettext ("Your %'u rating", "Your %'u ratings", n), n)
               : g_strdup (_ ("No ratings yet: rate a few films, and the list becomes yours"));
  gtk_label_set_text (self->given, text);
}

static void
changed_cb (MatineeYouView *self)
{
  if (!self->rating && self->catalogue != NULL)
    show_ratings (self);
}

static void
given_rated_cb (MatineeYouView *self, MatineeStars *stars)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (stars), "item");
  double rating = matinee_stars_get_value (stars);
  guint32 movie;

  if (isnan (rating))
    {
      g_signal_emit (self, signals[REMOVED], 0, gtk_list_item_get_position (item));
      return;
    }
  matinee_you_get (self->you, gtk_list_item_get_position (item), &movie);
  self->rating = TRUE;
  matinee_you_rate (self->you, movie, rating);
  self->rating = FALSE;
}

static void
remove_cb (MatineeYouView *self, GtkWidget *button)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (button), "item");

  g_signal_emit (self, signals[REMOVED], 0, gtk_list_item_get_position (item));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *note = gtk_label_new (_ ("Not in this data"));
  GtkWidget *stars = matinee_stars_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove This Rating"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Remove This Rating"), -1);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), note);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), stars);
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data (G_OBJECT (stars), "item", item);
  g_object_set_data (G_OBJECT (button), "item", item);
  g_signal_connect_object (stars, "changed", G_CALLBACK (given_rated_cb), data, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), data, G_CONNECT_SWAPPED);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeYouView *self = MATINEE_YOU_VIEW (data);
  GtkWidget *texts = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *stars = gtk_widget_get_next_sibling (texts);
  GtkWidget *title = gtk_widget_get_first_child (texts);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  guint32 movie;
  const MatineeYouRating *rating = matinee_you_get (self->you, gtk_list_item_get_position (item), &movie);

  gtk_label_set_text (GTK_LABEL (title), text);
  gtk_widget_set_tooltip_text (title, text);
  gtk_widget_set_visible (gtk_widget_get_last_child (texts), movie == G_MAXUINT32);
  gtk_widget_set_sensitive (stars, movie != G_MAXUINT32);
  set_stars (self, MATINEE_STARS (stars), text, rating->rating);
}

static void
stop_search_cb (MatineeYouView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
matinee_you_view_dispose (GObject *object)
{
  MatineeYouView *self = MATINEE_YOU_VIEW (object);

  g_clear_object (&self->you);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->viewer);
  g_clear_object (&self->titles);
  g_clear_pointer (&self->known, matinee_filter_free);
  g_clear_pointer (&self->problem, g_free);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_YOU_VIEW);

  G_OBJECT_CLASS (matinee_you_view_parent_class)->dispose (object);
}

static void
matinee_you_view_class_init (MatineeYouViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_you_view_dispose;

  /** MatineeYouView::film-chosen: somebody wants to see a film, given by index */
  signals[FILM_CHOSEN] = g_signal_new ("film-chosen", MATINEE_TYPE_YOU_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT);
  /** MatineeYouView::removed: somebody wants to take back the rating at a position */
  signals[REMOVED] = g_signal_new ("removed", MATINEE_TYPE_YOU_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-you-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeYouView, search);
  gtk_widget_class_bind_template_child (widget_class, MatineeYouView, heading);
  gtk_widget_class_bind_template_child (widget_class, MatineeYouView, choices);
  gtk_widget_class_bind_template_child (widget_class, MatineeYouView, given);
  gtk_widget_class_bind_template_child (widget_class, MatineeYouView, list);
  gtk_widget_class_bind_template_callback (widget_class, show_choices);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_activated_cb);
}

static void
matinee_you_view_init (MatineeYouView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->titles = gtk_string_list_new (NULL);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->titles)));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

/**
 * matinee_you_view_set_you:
 * @self: a view
 * @you: whose ratings; referenced, set once
 */
void
matinee_you_view_set_you (MatineeYouView *self, MatineeYou *you)
{
  g_return_if_fail (MATINEE_IS_YOU_VIEW (self) && self->you == NULL);

  self->you = g_object_ref (you);
  g_signal_connect_object (you, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * matinee_you_view_set_catalogue:
 * @self: a view
 * @catalogue: the films, with their figures known; referenced
 *
 * Offers the films of other data. O(movies log movies)
 */
void
matinee_you_view_set_catalogue (MatineeYouView *self, MatineeCatalogue *catalogue)
{
  const MatineeFilmStats *stats = matinee_catalogue_get_stats (catalogue);
  MatineeFilterSpec spec = { 0 };
  g_autoptr (GError) error = NULL;
  guint32 count;

  g_set_object (&self->catalogue, catalogue);
  g_clear_object (&self->viewer);
  g_clear_pointer (&self->known, matinee_filter_free);
  g_clear_pointer (&self->problem, g_free);
  if (stats != NULL && matinee_film_stats_find_percentile (stats, KNOWN_SHARE, &count, &error))
    {
      spec.min_ratings = count;
      self->known = matinee_filter_new (matinee_catalogue_get_dataset (catalogue), stats, &spec, &error);
    }
  if (error != NULL)
    self->problem = g_strdup (error->message);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  set_choices (self, NULL, 0);
  show_ratings (self);
}

/**
 * matinee_you_view_show:
 * @self: a view with a catalogue
 * @viewer: You, as folded into the model; referenced
 *
 * Proposes what to rate. O(well-known films × k²)
 */
void
matinee_you_view_show (MatineeYouView *self, MatineeViewer *viewer)
{
  g_set_object (&self->viewer, viewer);
  show_choices (self);
}

/**
 * matinee_you_view_search:
 * @self: a view
 * @text: a title or a part of it
 *
 * Looks for films, as if typed.
 */
void
matinee_you_view_search (MatineeYouView *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  show_choices (self);
}

/**
 * matinee_you_view_get_choices:
 * @self: a view
 *
 * Returns: (transfer none): rows of films to rate, whose stars are their data "stars"
 */
GtkListBox *
matinee_you_view_get_choices (MatineeYouView *self)
{
  return self->choices;
}

GListModel *
matinee_you_view_get_ratings (MatineeYouView *self)
{
  return G_LIST_MODEL (self->titles);
}
