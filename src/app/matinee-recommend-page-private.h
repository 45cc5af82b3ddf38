/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-catalogue.h"
#include "matinee-film-details.h"
#include "matinee-film-filter.h"
#include "matinee-films-view.h"
#include "matinee-profile-view.h"
#include "matinee-recommend-page.h"
#include "matinee-user-list.h"
#include "matinee-user.h"
#include "matinee-viewer.h"
#include "matinee-you-view.h"
#include "matinee-you.h"

G_BEGIN_DECLS

/* The page is one class in four files: -users.c picks whose films are listed, -you.c
 * keeps the ratings of the person at the keyboard, -what-if.c leaves one rating out, and
 * the main file shows what comes of it. */

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
  GtkBox *meant;
  GtkScrolledWindow *users_scroller;
  GtkListView *users_view;
  GtkLabel *heading;
  GtkLabel *subheading;
  GtkWidget *controls;
  GtkSpinButton *n_button;
  GtkSwitch *hide_switch;
  MatineeFilmFilter *filter;
  GtkWidget *what_if_bar;
  GtkLabel *what_if;
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
  GListModel *gradual_users; /* of which the list has rows */
  GtkSingleSelection *selection;
  MatineeYou *you;
  GCancellable *importing;
  AdwToast *toast; /* that offers to take the last change back; weak */
  gboolean is_you; /* whether You are chosen, not a user */
  guint32 user;
  gboolean selecting;

  MatineeCatalogue *catalogue;
  GCancellable *preparing;
  MatineeViewer *viewer;
  MatineeHidden hidden_films;
};

/* matinee-recommend-page.c */
void matinee_recommend_page_update_viewer (MatineeRecommendPage *self);
void matinee_recommend_page_take_viewer (MatineeRecommendPage *self, MatineeViewer *viewer);
void matinee_recommend_page_tell_failure (MatineeRecommendPage *self, const GError *error);
void matinee_recommend_page_show_you (MatineeRecommendPage *self);
void matinee_recommend_page_reveal_details (MatineeRecommendPage *self);

/* matinee-recommend-page-users.c */
void matinee_recommend_page_bind_users (GtkWidgetClass *widget_class);
void matinee_recommend_page_init_users (MatineeRecommendPage *self);
void matinee_recommend_page_select_user (MatineeRecommendPage *self);
void matinee_recommend_page_pick_you (MatineeRecommendPage *self);
void matinee_recommend_page_pick_user (MatineeRecommendPage *self, guint32 user);

/* matinee-recommend-page-you.c */
void matinee_recommend_page_bind_you (GtkWidgetClass *widget_class);
void matinee_recommend_page_you_changed (MatineeRecommendPage *self);
void matinee_recommend_page_you_failed (MatineeRecommendPage *self, const char *heading, const char *body);

/* matinee-recommend-page-what-if.c */
void matinee_recommend_page_bind_what_if (GtkWidgetClass *widget_class);
void matinee_recommend_page_show_what_if (MatineeRecommendPage *self);

G_END_DECLS
