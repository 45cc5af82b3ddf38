/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-page-private.h"

#include <glib/gi18n.h>

#include "matinee-error.h"
#include "matinee-gradual-list.h"
#include "matinee-recommend-actions.h"

/* How many of the films that a user liked best are named. */
#define N_FAVORITES 4

/**
 * MatineeRecommendPage:
 *
 * The page on which one picks a user and sees what the model recommends. The list
 * follows the model, the user and the choices above it at once.
 */
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

void
matinee_recommend_page_tell_failure (MatineeRecommendPage *self, const GError *error)
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
  g_autoptr (MatineeUser) user = matinee_user_new (matinee_session_get_model_dataset (self->session), self->user);
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
  gtk_label_set_text (self->subheading, n > 0 ? text
                                              : _ ("The model has learnt from this user’s ratings, but was "
                                                   "saved without them: films that were rated are listed too."));
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
      matinee_recommend_page_tell_failure (self, error);
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
  MatineeDataset *dataset = matinee_session_get_model_dataset (self->session);
  MatineeModel *model = matinee_session_get_model (self->session);
  g_autofree guint32 *movies = NULL;
  g_autofree float *ratings = NULL;
  guint n;

  if (!self->is_you)
    return matinee_viewer_new_user (dataset, model, self->user, error);
  n = matinee_you_collect (self->you, &movies, &ratings);
  return matinee_viewer_new_you (dataset, model, movies, ratings, n, error);
}

void
matinee_recommend_page_update_viewer (MatineeRecommendPage *self)
{
  MatineeModel *model = matinee_session_get_model (self->session);
  g_autoptr (MatineeViewer) viewer = NULL;
  g_autoptr (GError) error = NULL;

  if (model != NULL && self->catalogue != NULL && matinee_catalogue_get_stats (self->catalogue) != NULL)
    {
      viewer = find_viewer (self, &error);
      if (viewer == NULL)
        matinee_recommend_page_tell_failure (self, error);
    }
  matinee_recommend_page_take_viewer (self, viewer);
}

/* Lists the films of somebody, or of nobody. */
void
matinee_recommend_page_take_viewer (MatineeRecommendPage *self, MatineeViewer *viewer)
{
  g_set_object (&self->viewer, viewer);
  matinee_recommend_page_show_what_if (self);
  if (self->viewer != NULL && self->is_you)
    show_you (self);
  else if (self->viewer != NULL)
    show_user (self);
  show_films (self);
  show_details (self);
}

/* The page to rate films on is there for You only. */
void
matinee_recommend_page_show_you (MatineeRecommendPage *self)
{
  gtk_stack_page_set_visible (self->you_details, self->is_you);
  if (self->is_you)
    gtk_stack_set_visible_child_name (self->details_stack, "you");
  else if (g_str_equal (gtk_stack_get_visible_child_name (self->details_stack), "you"))
    gtk_stack_set_visible_child_name (self->details_stack, "user");
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
        matinee_recommend_page_tell_failure (self, error);
      return;
    }
  if (self == NULL || source != G_OBJECT (self->catalogue))
    return;
  offer_filters (self);
  matinee_you_view_set_catalogue (self->you_view, self->catalogue);
  matinee_recommend_page_update_viewer (self);
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
  MatineeDataset *dataset = matinee_session_get_model_dataset (self->session);

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
  matinee_gradual_list_begin_anew (self->gradual_users);
  matinee_user_list_set_dataset (self->users, dataset);
  self->selecting = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_stack_set_visible_child_name (self->users_stack, "some");
  matinee_recommend_page_select_user (self);
}

static void
model_changed_cb (MatineeRecommendPage *self)
{
  show_state (self);
  matinee_recommend_page_update_viewer (self);
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
void
matinee_recommend_page_reveal_details (MatineeRecommendPage *self)
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
    matinee_recommend_page_reveal_details (self);
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
  matinee_recommend_page_reveal_details (self);
}

static void
user_chosen_cb (MatineeRecommendPage *self, guint user)
{
  matinee_recommend_page_pick_user (self, user);
  gtk_stack_set_visible_child_name (self->details_stack, "user");
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
matinee_recommend_page_dispose (GObject *object)
{
  MatineeRecommendPage *self = MATINEE_RECOMMEND_PAGE (object);

  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->viewer);
  g_cancellable_cancel (self->importing);
  g_clear_object (&self->importing);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->you);
  g_clear_object (&self->session);
  g_clear_object (&self->gradual_users);
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
  matinee_recommend_page_bind_users (widget_class);
  matinee_recommend_page_bind_you (widget_class);
  matinee_recommend_page_bind_what_if (widget_class);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, train_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, films_pane);
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
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, profile);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, film);
  gtk_widget_class_bind_template_callback (widget_class, n_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hide_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, loosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_cb);
  gtk_widget_class_bind_template_callback (widget_class, film_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, film_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_chosen_cb);
}

static void
matinee_recommend_page_init (MatineeRecommendPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  matinee_recommend_page_init_users (self);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->panes, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
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
  g_signal_connect_object (self->you, "changed", G_CALLBACK (matinee_recommend_page_you_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->you, "failed", G_CALLBACK (matinee_recommend_page_you_failed), self,
                           G_CONNECT_SWAPPED);
  matinee_recommend_page_you_changed (self);
  show_details_pane (self, matinee_settings_get_boolean (settings, "show-details"));
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "model-changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  dataset_changed_cb (self);
  model_changed_cb (self);
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
