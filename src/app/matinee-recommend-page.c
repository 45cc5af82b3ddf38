/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-page.h"

#include <glib/gi18n.h>

#include "matinee-catalogue.h"
#include "matinee-error.h"
#include "matinee-film-details.h"
#include "matinee-film-filter.h"
#include "matinee-films-view.h"
#include "matinee-profile-view.h"
#include "matinee-recommend-actions.h"
#include "matinee-user-list.h"
#include "matinee-user.h"
#include "matinee-viewer.h"
#include "matinee-you-view.h"
#include "matinee-you.h"

/* How many of the films that a user liked best are named. */
#define N_FAVORITES 4

/**
 * MatineeRecommendPage:
 *
 * The page on which one picks a user and sees what the model recommends. The list
 * follows the model, the user and the choices above it at once.
 */
struct _MatineeRecommendPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *status;
  GtkWidget *train_button;
  AdwLeaflet *leaflet;
  GtkWidget *films_pane;
  GtkSearchEntry *search;
  GtkStack *users_stack;
  AdwStatusPage *no_user;
  GtkListView *users_view;
  GtkLabel *heading;
  GtkLabel *subheading;
  GtkWidget *controls;
  GtkSpinButton *n_button;
  GtkSwitch *hide_switch;
  MatineeFilmFilter *filter;
  GtkLabel *cold;
  GtkLabel *hidden;
  GtkStack *films_stack;
  AdwStatusPage *no_film;
  GtkButton *loosen_button;
  MatineeFilmsView *films_view;
  AdwLeaflet *panes;
  GtkWidget *details_separator;
  GtkWidget *details_pane;
  GtkStack *details_stack;
  GtkStackPage *you_details;
  GtkStackPage *film_details;
  MatineeYouView *you_view;
  GtkWidget *you_row;
  GtkLabel *you_count;
  MatineeProfileView *profile;
  MatineeFilmDetails *film;

  MatineeSession *session;
  MatineeRatings *ratings; /* whose users are listed */
  MatineeUserList *users;
  GtkSingleSelection *selection;
  MatineeYou *you;
  gboolean is_you; /* whether You are chosen, not a user */
  guint32 user;
  gboolean selecting;

  MatineeCatalogue *catalogue;
  GCancellable *preparing;
  MatineeViewer *viewer;
  MatineeHidden hidden_films;
};

G_DEFINE_FINAL_TYPE (MatineeRecommendPage, matinee_recommend_page, ADW_TYPE_BIN)

static void
show_state (MatineeRecommendPage *self)
{
  gboolean training = matinee_session_get_training (self->session);

  if (matinee_session_get_model (self->session) != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "films");
      return;
    }
  adw_status_page_set_title (self->status, training ? _ ("Training…") : _ ("Train a Model First"));
  adw_status_page_set_description (
      self->status, training ? _ ("The recommendations appear here when the training has ended.")
                             : _ ("Once a model has learnt from the ratings, it recommends films to each user here."));
  gtk_widget_set_visible (self->train_button, !training);
  gtk_stack_set_visible_child_name (self->stack, "untrained");
}

static void
tell_failure (MatineeRecommendPage *self, const GError *error)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Could Not List Films"), error->message);
}

static void
show_you (MatineeRecommendPage *self)
{
  guint n = (guint) matinee_viewer_get_n_ratings (self->viewer);

  gtk_label_set_text (self->heading, _ ("Films for You"));
  gtk_label_set_text (self->subheading, n > 0 ? _ ("The list follows each of your ratings at once.")
                                              : _ ("Rate a few films: the list follows each rating at once."));
  gtk_label_set_text (self->cold, _ ("You have not rated any film of this data, so these are the films that everybody "
                                     "likes: predictions are those of the means."));
  gtk_widget_set_visible (GTK_WIDGET (self->cold), matinee_viewer_is_cold (self->viewer));
}

static void
show_user (MatineeRecommendPage *self)
{
  g_autoptr (MatineeUser) user = matinee_user_new (matinee_session_get_dataset (self->session), self->user);
  guint n = matinee_user_get_n_ratings (user);
  g_autofree char *name = matinee_user_dup_name (user);
  g_autofree char *heading = NULL;
  g_autofree char *favorites = matinee_user_dup_favorites (user, N_FAVORITES);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  /* Translators: %s is "User 2". */
  heading = g_strdup_printf (_ ("Films for %s"), name);
  gtk_label_set_text (self->heading, heading);
  count = g_strdup_printf (ngettext ("%'u rating, mean %.2f", "%'u ratings, mean %.2f", n), n,
                           matinee_user_get_mean (user));
  /* Translators: how much a user has rated, and the films that the user rated best. */
  text = g_strdup_printf (_ ("%s. Liked best: %s"), count, favorites);
  gtk_label_set_text (self->subheading, text);
  gtk_label_set_text (self->cold, _ ("None of this user’s ratings were learnt from, so these are the films that "
                                     "everybody likes: predictions are those of the means."));
  gtk_widget_set_visible (GTK_WIDGET (self->cold), matinee_viewer_is_cold (self->viewer));
}

/* Why no film is listed, and a button that changes it. */
static void
show_no_film (MatineeRecommendPage *self)
{
  MatineeHiddenReason reason;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (matinee_hidden_find_loosest (&self->hidden_films, &reason))
    text = matinee_film_filter_describe_loosening (self->filter, &self->hidden_films, reason);
  else
    text = g_strdup (_ ("Several filters together hide every film. Reset them to see films again."));
  /* The description of a status page is markup. */
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->no_film, markup);
}

static void
show_hidden (MatineeRecommendPage *self)
{
  g_autofree char *text = matinee_film_filter_describe_hidden (self->filter, &self->hidden_films);

  gtk_label_set_text (self->hidden, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden), *text != '\0');
}

static void
take_films (MatineeRecommendPage *self, const MatineeTopN *top)
{
  MatineeDataset *dataset = matinee_viewer_get_dataset (self->viewer);
  MatineeModel *model = matinee_viewer_get_model (self->viewer);
  const MatineeFilmStats *stats = matinee_catalogue_get_stats (self->catalogue);
  g_autoptr (GPtrArray) films = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < top->n; i++)
    g_ptr_array_add (films, matinee_film_new (dataset, stats, top->items[i].movie, i + 1,
                                              matinee_model_clip (model, (double) top->items[i].score)));
  self->hidden_films = top->hidden;
  matinee_films_view_set_films (self->films_view, (MatineeFilm **) films->pdata, films->len);
}

static void
show_films (MatineeRecommendPage *self)
{
  const MatineeFilter *filter;
  g_autoptr (MatineeTopN) top = NULL;
  g_autoptr (GError) error = NULL;

  self->hidden_films = (MatineeHidden){ 0 };
  if (self->viewer == NULL)
    {
      matinee_films_view_set_films (self->films_view, NULL, 0);
      return;
    }
  filter = matinee_film_filter_get_filter (self->filter, &error);
  if (filter != NULL)
    top = matinee_viewer_list (self->viewer, (guint) gtk_spin_button_get_value_as_int (self->n_button),
                               gtk_switch_get_active (self->hide_switch), filter, &error);
  if (top == NULL)
    {
      tell_failure (self, error);
      return;
    }
  take_films (self, top);
  show_hidden (self);
  if (top->n == 0)
    show_no_film (self);
  gtk_stack_set_visible_child_name (self->films_stack, top->n > 0 ? "some" : "none");
}

/* The details follow: the same film, for whoever is chosen now. */
static void
show_details (MatineeRecommendPage *self)
{
  guint32 movie;

  if (self->viewer == NULL)
    return;
  matinee_profile_view_show (self->profile, self->viewer, self->catalogue);
  if (self->is_you)
    matinee_you_view_show (self->you_view, self->viewer);
  if (!matinee_film_details_get_movie (self->film, &movie))
    return;
  matinee_film_details_show (self->film, self->viewer, self->catalogue, movie);
  matinee_films_view_select (self->films_view, movie);
}

static void
show_film (MatineeRecommendPage *self, guint32 movie)
{
  if (self->viewer == NULL)
    return;
  matinee_film_details_show (self->film, self->viewer, self->catalogue, movie);
  matinee_films_view_select (self->films_view, movie);
  gtk_stack_page_set_visible (self->film_details, TRUE);
  gtk_stack_set_visible_child_name (self->details_stack, "film");
}

/* Solves whoever is chosen for the model, as soon as there are a model and the
 * figures that the filters need. */
static MatineeViewer *
find_viewer (MatineeRecommendPage *self, GError **error)
{
  MatineeDataset *dataset = matinee_session_get_dataset (self->session);
  MatineeModel *model = matinee_session_get_model (self->session);
  g_autofree guint32 *movies = NULL;
  g_autofree float *ratings = NULL;
  guint n;

  if (!self->is_you)
    return matinee_viewer_new_user (dataset, model, self->user, error);
  n = matinee_you_collect (self->you, &movies, &ratings);
  return matinee_viewer_new_you (dataset, model, movies, ratings, n, error);
}

static void
update_viewer (MatineeRecommendPage *self)
{
  MatineeModel *model = matinee_session_get_model (self->session);
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->viewer);
  if (model != NULL && self->catalogue != NULL && matinee_catalogue_get_stats (self->catalogue) != NULL)
    {
      self->viewer = find_viewer (self, &error);
      if (self->viewer == NULL)
        tell_failure (self, error);
    }
  if (self->viewer != NULL && self->is_you)
    show_you (self);
  else if (self->viewer != NULL)
    show_user (self);
  show_films (self);
  show_details (self);
}

/* Marks the chosen user in the list, if the list has that user. */
static void
select_user (MatineeRecommendPage *self)
{
  guint position;

  self->selecting = TRUE;
  if (self->is_you || !matinee_user_list_find (self->users, self->user, &position))
    position = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
  if (self->is_you)
    gtk_widget_add_css_class (self->you_row, "chosen");
  else
    gtk_widget_remove_css_class (self->you_row, "chosen");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->you_row), GTK_ACCESSIBLE_STATE_SELECTED, self->is_you, -1);
}

/* The page to rate films on is there for You only. */
static void
show_you_page (MatineeRecommendPage *self)
{
  gtk_stack_page_set_visible (self->you_details, self->is_you);
  if (self->is_you)
    gtk_stack_set_visible_child_name (self->details_stack, "you");
  else if (g_str_equal (gtk_stack_get_visible_child_name (self->details_stack), "you"))
    gtk_stack_set_visible_child_name (self->details_stack, "user");
}

static void
choose_you (MatineeRecommendPage *self)
{
  self->is_you = TRUE;
  show_you_page (self);
  select_user (self);
  update_viewer (self);
}

static void
choose_user (MatineeRecommendPage *self, guint32 user)
{
  self->is_you = FALSE;
  self->user = user;
  show_you_page (self);
  select_user (self);
  update_viewer (self);
}

/* Changes the list while nothing is selected in it: a selection would else ask the
 * list for every item, to find the selected one again. */
static void
filter_users (MatineeRecommendPage *self, const char *prefix)
{
  g_autofree char *description = NULL;

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  matinee_user_list_set_prefix (self->users, prefix);
  self->selecting = FALSE;
  select_user (self);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->users)) > 0)
    {
      gtk_stack_set_visible_child_name (self->users_stack, "some");
      return;
    }
  /* The description of a status page is markup. */
  description = g_markup_printf_escaped (_ ("No user has an id that begins with “%s”."),
                                         matinee_user_list_get_prefix (self->users));
  adw_status_page_set_description (self->no_user, description);
  gtk_stack_set_visible_child_name (self->users_stack, "none");
}

static void
offer_filters (MatineeRecommendPage *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);
  guint wanted = (guint) matinee_settings_get_int (settings, "minimum-ratings");

  matinee_film_filter_set_catalogue (self->filter, self->catalogue,
                                     matinee_catalogue_get_usual_minimum (self->catalogue, wanted));
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *page = data;
  g_autoptr (MatineeRecommendPage) self = g_weak_ref_get (page);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (page);
  g_free (page);
  if (!matinee_catalogue_prepare_finish (MATINEE_CATALOGUE (source), result, &error))
    {
      if (self != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tell_failure (self, error);
      return;
    }
  if (self == NULL || source != G_OBJECT (self->catalogue))
    return;
  offer_filters (self);
  matinee_you_view_set_catalogue (self->you_view, self->catalogue);
  update_viewer (self);
}

/* The page may go while the worker is at work: nothing of it is needed then. */
static void
prepare_catalogue (MatineeRecommendPage *self, MatineeDataset *dataset)
{
  GWeakRef *page = g_new0 (GWeakRef, 1);

  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  g_clear_object (&self->catalogue);
  g_weak_ref_init (page, self);
  self->preparing = g_cancellable_new ();
  self->catalogue = matinee_catalogue_new (dataset);
  offer_filters (self);
  matinee_you_set_dataset (self->you, dataset);
  matinee_you_view_set_catalogue (self->you_view, self->catalogue);
  matinee_catalogue_prepare_async (self->catalogue, self->preparing, prepared_cb, page);
}

static void
dataset_changed_cb (MatineeRecommendPage *self)
{
  MatineeDataset *dataset = matinee_session_get_dataset (self->session);

  if (dataset == NULL)
    return;
  g_clear_object (&self->viewer);
  matinee_film_details_clear (self->film);
  gtk_stack_set_visible_child_name (self->details_stack, self->is_you ? "you" : "user");
  gtk_stack_page_set_visible (self->film_details, FALSE);
  prepare_catalogue (self, dataset);
  if (dataset->ratings == self->ratings)
    return;
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  self->ratings = matinee_ratings_ref (dataset->ratings);
  self->user = 0;
  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  matinee_user_list_set_dataset (self->users, dataset);
  self->selecting = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_stack_set_visible_child_name (self->users_stack, "some");
  select_user (self);
}

static void
model_changed_cb (MatineeRecommendPage *self)
{
  show_state (self);
  update_viewer (self);
}

static void
search_changed_cb (MatineeRecommendPage *self)
{
  filter_users (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_activate_cb (MatineeRecommendPage *self)
{
  g_autoptr (MatineeUser) first = NULL;

  filter_users (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  first = g_list_model_get_item (G_LIST_MODEL (self->users), 0);
  if (first == NULL)
    return;
  choose_user (self, matinee_user_get_index (first));
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
stop_search_cb (MatineeRecommendPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
selected_cb (MatineeRecommendPage *self)
{
  MatineeUser *user = gtk_single_selection_get_selected_item (self->selection);

  if (self->selecting || user == NULL)
    return;
  choose_user (self, matinee_user_get_index (user));
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
user_activated_cb (MatineeRecommendPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
back_cb (MatineeRecommendPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* Where there is little room, the choices stand one below the other, and the table has
 * fewer columns. */
static void
folded_cb (MatineeRecommendPage *self)
{
  gboolean narrow = adw_leaflet_get_folded (self->leaflet);
  gboolean beside = !adw_leaflet_get_folded (self->panes) && gtk_widget_get_visible (self->details_pane);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (narrow)
    matinee_films_view_set_layout (self->films_view, MATINEE_FILMS_COMPACT);
  else
    matinee_films_view_set_layout (self->films_view, beside ? MATINEE_FILMS_MEDIUM : MATINEE_FILMS_WIDE);
}

static void
show_details_pane (MatineeRecommendPage *self, gboolean visible)
{
  gtk_widget_set_visible (self->details_pane, visible);
  gtk_widget_set_visible (self->details_separator, visible);
  matinee_settings_set_boolean (matinee_session_get_settings (self->session), "show-details", visible);
  folded_cb (self);
}

/* Where there is no room beside the list, details are a page of their own. */
static void
reveal_details (MatineeRecommendPage *self)
{
  show_details_pane (self, TRUE);
  adw_leaflet_set_visible_child (self->panes, self->details_pane);
}

static void
details_cb (MatineeRecommendPage *self)
{
  gboolean visible = gtk_widget_get_visible (self->details_pane);

  if (visible && !adw_leaflet_get_folded (self->panes))
    show_details_pane (self, FALSE);
  else
    reveal_details (self);
}

static void
list_cb (MatineeRecommendPage *self)
{
  adw_leaflet_set_visible_child (self->panes, self->films_pane);
}

/* A film that is only marked shows where there is room; it takes no page. */
static void
film_selected_cb (MatineeRecommendPage *self)
{
  MatineeFilm *film = matinee_films_view_get_selected (self->films_view);

  if (film != NULL)
    show_film (self, matinee_film_get_movie (film));
}

static void
film_chosen_cb (MatineeRecommendPage *self, guint movie)
{
  show_film (self, movie);
  reveal_details (self);
}

static void
user_chosen_cb (MatineeRecommendPage *self, guint user)
{
  choose_user (self, user);
  gtk_stack_set_visible_child_name (self->details_stack, "user");
}

static void
rated_cb (MatineeRecommendPage *self, guint movie, double rating)
{
  matinee_you_rate (self->you, movie, rating);
}

static void
you_changed_cb (MatineeRecommendPage *self)
{
  guint n = matinee_you_get_n (self->you);
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%'u rating", "%'u ratings", n), n)
                                : g_strdup (_ ("Rate films and see what suits you"));

  gtk_label_set_text (self->you_count, text);
  if (self->is_you)
    update_viewer (self);
}

static void
you_failed_cb (MatineeRecommendPage *self, const char *message)
{
  g_signal_emit_by_name (self->session, "failed", _ ("Could Not Keep Your Ratings"), message);
}

static void
undo_cb (MatineeRecommendPage *self)
{
  matinee_you_undo (self->you);
}

/* A toast that can take back what it tells. Its title is markup. */
static void
offer_undo (MatineeRecommendPage *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

static void
removed_cb (MatineeRecommendPage *self, guint position)
{
  guint32 movie;
  const MatineeYouRating *rating = matinee_you_get (self->you, position, &movie);
  g_autofree char *text = g_strdup_printf (_ ("Removed your rating of “%s”"), rating->title);

  matinee_you_remove (self->you, position);
  offer_undo (self, text);
}

static void
you_activated_cb (MatineeRecommendPage *self)
{
  choose_you (self);
  reveal_details (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
n_changed_cb (MatineeRecommendPage *self)
{
  if (self->session == NULL)
    return;
  matinee_settings_set_int (matinee_session_get_settings (self->session), "number-of-films",
                            gtk_spin_button_get_value_as_int (self->n_button));
  show_films (self);
}

static void
hide_changed_cb (MatineeRecommendPage *self)
{
  if (self->session == NULL)
    return;
  matinee_settings_set_boolean (matinee_session_get_settings (self->session), "hide-rated",
                                gtk_switch_get_active (self->hide_switch));
  show_films (self);
}

static void
filter_changed_cb (MatineeRecommendPage *self)
{
  MatineeSettings *settings = matinee_session_get_settings (self->session);
  guint before = (guint) matinee_settings_get_int (settings, "minimum-ratings");
  guint minimum = matinee_film_filter_get_minimum (self->filter);

  /* What was lowered for the data is no choice to remember. */
  if (minimum != matinee_catalogue_get_usual_minimum (self->catalogue, before))
    matinee_settings_set_int (settings, "minimum-ratings", (int) minimum);
  show_films (self);
}

static void
loosen_cb (MatineeRecommendPage *self)
{
  MatineeHiddenReason reason;

  if (!matinee_hidden_find_loosest (&self->hidden_films, &reason))
    matinee_film_filter_reset (self->filter);
  else if (reason == MATINEE_HIDDEN_RATED)
    gtk_switch_set_active (self->hide_switch, FALSE);
  else
    matinee_film_filter_loosen (self->filter, reason);
}

static void
setup_user_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (details, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), details);
  gtk_list_item_set_child (item, box);
}

static void
bind_user_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeUser *user = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  guint n = matinee_user_get_n_ratings (user);
  g_autofree char *name = matinee_user_dup_name (user);
  g_autofree char *details = g_strdup_printf (ngettext ("%'u rating · mean %.2f", "%'u ratings · mean %.2f", n), n,
                                              matinee_user_get_mean (user));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), details);
}

static void
matinee_recommend_page_dispose (GObject *object)
{
  MatineeRecommendPage *self = MATINEE_RECOMMEND_PAGE (object);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->viewer);
  if (self->you != NULL && !matinee_you_save_now (self->you, &error))
    g_warning ("%s", error->message);
  g_clear_object (&self->you);
  g_clear_object (&self->session);
  g_clear_object (&self->users);
  g_clear_pointer (&self->ratings, matinee_ratings_unref);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_RECOMMEND_PAGE);

  G_OBJECT_CLASS (matinee_recommend_page_parent_class)->dispose (object);
}

static void
matinee_recommend_page_class_init (MatineeRecommendPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_recommend_page_dispose;

  g_type_ensure (MATINEE_TYPE_FILM_DETAILS);
  g_type_ensure (MATINEE_TYPE_FILM_FILTER);
  g_type_ensure (MATINEE_TYPE_PROFILE_VIEW);
  g_type_ensure (MATINEE_TYPE_YOU_VIEW);
  g_type_ensure (MATINEE_TYPE_FILMS_VIEW);

  matinee_recommend_page_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-recommend-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, train_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, films_pane);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, search);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, users_stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, no_user);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, users_view);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, heading);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, subheading);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, controls);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, n_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, hide_switch);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, filter);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, cold);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, hidden);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, films_stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, no_film);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, loosen_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, films_view);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, panes);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, details_separator);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, details_pane);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, details_stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, film_details);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_details);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_view);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_count);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, profile);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, film);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hide_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, loosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_cb);
  gtk_widget_class_bind_template_callback (widget_class, film_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, film_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, rated_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, you_activated_cb);
}

static void
matinee_recommend_page_init (MatineeRecommendPage *self)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->users = matinee_user_list_new ();
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, FALSE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->users));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_user_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_user_cb), NULL);
  gtk_list_view_set_factory (self->users_view, factory);
  gtk_list_view_set_model (self->users_view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);

  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->users_view));
}

/**
 * matinee_recommend_page_set_session:
 * @self: a page
 * @session: what it shows; set once
 */
void
matinee_recommend_page_set_session (MatineeRecommendPage *self, MatineeSession *session)
{
  MatineeSettings *settings = matinee_session_get_settings (session);
  g_autofree char *path = matinee_you_dup_default_path ();

  g_return_if_fail (MATINEE_IS_RECOMMEND_PAGE (self) && self->session == NULL);

  gtk_spin_button_set_value (self->n_button, matinee_settings_get_int (settings, "number-of-films"));
  gtk_switch_set_active (self->hide_switch, matinee_settings_get_boolean (settings, "hide-rated"));
  self->session = g_object_ref (session);
  self->you = matinee_you_new (path);
  matinee_you_view_set_you (self->you_view, self->you);
  g_signal_connect_object (self->you, "changed", G_CALLBACK (you_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->you, "failed", G_CALLBACK (you_failed_cb), self, G_CONNECT_SWAPPED);
  you_changed_cb (self);
  show_details_pane (self, matinee_settings_get_boolean (settings, "show-details"));
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "model-changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  dataset_changed_cb (self);
  model_changed_cb (self);
}

/**
 * matinee_recommend_page_choose_user:
 * @self: a page
 * @id: a user's id, as the file has it
 *
 * Chooses a user, as if picked in the list.
 *
 * Returns: whether there is such a user
 */
gboolean
matinee_recommend_page_choose_user (MatineeRecommendPage *self, const char *id)
{
  guint32 user;

  if (self->ratings == NULL || !matinee_ids_find (self->ratings->users, id, &user))
    return FALSE;
  choose_user (self, user);
  return TRUE;
}

/**
 * matinee_recommend_page_search:
 * @self: a page
 * @prefix: the beginning of an id
 *
 * Looks for users, as if typed in the search entry.
 */
void
matinee_recommend_page_search (MatineeRecommendPage *self, const char *prefix)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), prefix);
  filter_users (self, prefix);
}

/**
 * matinee_recommend_page_get_users:
 * @self: a page
 *
 * Returns: (transfer none): the users that are listed, of [class@User]
 */
GListModel *
matinee_recommend_page_get_users (MatineeRecommendPage *self)
{
  return G_LIST_MODEL (self->users);
}

/**
 * matinee_recommend_page_get_films:
 * @self: a page
 *
 * Returns: (transfer none): the films that are listed, of [class@Film]
 */
GListModel *
matinee_recommend_page_get_films (MatineeRecommendPage *self)
{
  return matinee_films_view_get_films (self->films_view);
}

GtkSpinButton *
matinee_recommend_page_get_n_button (MatineeRecommendPage *self)
{
  return self->n_button;
}

GtkSwitch *
matinee_recommend_page_get_hide_switch (MatineeRecommendPage *self)
{
  return self->hide_switch;
}

/**
 * matinee_recommend_page_get_state:
 * @self: a page
 *
 * Returns: "films", or "untrained" while there is no model
 */
const char *
matinee_recommend_page_get_state (MatineeRecommendPage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

/**
 * matinee_recommend_page_get_n_hidden:
 * @self: a page
 *
 * Returns: how many films are left out because the user has rated them
 */
guint
matinee_recommend_page_get_n_hidden (MatineeRecommendPage *self)
{
  return self->hidden_films.by[MATINEE_HIDDEN_RATED];
}

/**
 * matinee_recommend_page_get_filter:
 * @self: a page
 *
 * Returns: (transfer none): what chooses which films are listed
 */
MatineeFilmFilter *
matinee_recommend_page_get_filter (MatineeRecommendPage *self)
{
  return self->filter;
}

/**
 * matinee_recommend_page_get_films_view:
 * @self: a page
 *
 * Returns: (transfer none): the table of films
 */
MatineeFilmsView *
matinee_recommend_page_get_films_view (MatineeRecommendPage *self)
{
  return self->films_view;
}

/**
 * matinee_recommend_page_get_hidden:
 * @self: a page
 *
 * Returns: (transfer none): how much is not listed and why
 */
const MatineeHidden *
matinee_recommend_page_get_hidden (MatineeRecommendPage *self)
{
  return &self->hidden_films;
}

/**
 * matinee_recommend_page_is_prepared:
 * @self: a page
 *
 * Returns: whether all that can be known of the data is known, such as the titles to
 *   search
 */
gboolean
matinee_recommend_page_is_prepared (MatineeRecommendPage *self)
{
  return self->catalogue != NULL && matinee_catalogue_get_titles (self->catalogue) != NULL;
}

/**
 * matinee_recommend_page_get_no_film:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what is told when no film is listed, as
 *   markup, or %NULL when there are films
 */
const char *
matinee_recommend_page_get_no_film (MatineeRecommendPage *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->films_stack), "some"))
    return NULL;
  return adw_status_page_get_description (self->no_film);
}

/**
 * matinee_recommend_page_loosen:
 * @self: a page
 *
 * Gives up the filter that hides most, as the button does where no film is listed.
 */
void
matinee_recommend_page_loosen (MatineeRecommendPage *self)
{
  loosen_cb (self);
}

MatineeFilmDetails *
matinee_recommend_page_get_film_details (MatineeRecommendPage *self)
{
  return self->film;
}

MatineeProfileView *
matinee_recommend_page_get_profile (MatineeRecommendPage *self)
{
  return self->profile;
}

/**
 * matinee_recommend_page_open_film:
 * @self: a page
 * @movie: index of a film
 *
 * Shows the details of a film, as Enter does in the list.
 */
void
matinee_recommend_page_open_film (MatineeRecommendPage *self, guint32 movie)
{
  film_chosen_cb (self, movie);
}

MatineeYou *
matinee_recommend_page_get_you (MatineeRecommendPage *self)
{
  return self->you;
}

MatineeYouView *
matinee_recommend_page_get_you_view (MatineeRecommendPage *self)
{
  return self->you_view;
}

/**
 * matinee_recommend_page_choose_you:
 * @self: a page
 *
 * Chooses You, as if picked above the users.
 */
void
matinee_recommend_page_choose_you (MatineeRecommendPage *self)
{
  you_activated_cb (self);
}

/**
 * matinee_recommend_page_get_session:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it shows; %NULL when it is gone
 */
MatineeSession *
matinee_recommend_page_get_session (MatineeRecommendPage *self)
{
  return self->session;
}

const char *
matinee_recommend_page_get_heading (MatineeRecommendPage *self)
{
  return gtk_label_get_text (self->heading);
}

/**
 * matinee_recommend_page_import:
 * @self: a page
 * @file: a ratings file, small as it is one person's
 *
 * Adds its ratings to yours, and offers to take that back.
 */
void
matinee_recommend_page_import (MatineeRecommendPage *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ratings = path != NULL ? matinee_you_file_import (path, &error) : NULL;
  g_autofree char *text = NULL;

  if (ratings == NULL)
    {
      g_signal_emit_by_name (self->session, "failed", _ ("Could Not Import"),
                             error != NULL ? error->message : _ ("Only files on this computer can be imported."));
      return;
    }
  matinee_you_add_all (self->you, ratings);
  choose_you (self);
  text = g_strdup_printf (ngettext ("Imported %'u rating", "Imported %'u ratings", ratings->len), ratings->len);
  offer_undo (self, text);
}
