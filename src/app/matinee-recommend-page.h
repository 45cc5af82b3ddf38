/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-film-details.h"
#include "matinee-film-filter.h"
#include "matinee-films-view.h"
#include "matinee-profile-view.h"
#include "matinee-session.h"
#include "matinee-you-view.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RECOMMEND_PAGE (matinee_recommend_page_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRecommendPage, matinee_recommend_page, MATINEE, RECOMMEND_PAGE, AdwBin)

void matinee_recommend_page_set_session (MatineeRecommendPage *self, MatineeSession *session);
gboolean matinee_recommend_page_choose_user (MatineeRecommendPage *self, const char *id);
void matinee_recommend_page_search (MatineeRecommendPage *self, const char *prefix);
GtkWidget *matinee_recommend_page_get_search (MatineeRecommendPage *self);
GtkWidget *matinee_recommend_page_get_you_row (MatineeRecommendPage *self);
GtkWidget *matinee_recommend_page_get_meant (MatineeRecommendPage *self);
GListModel *matinee_recommend_page_get_users (MatineeRecommendPage *self);
GListModel *matinee_recommend_page_get_films (MatineeRecommendPage *self);
GtkSpinButton *matinee_recommend_page_get_n_button (MatineeRecommendPage *self);
GtkSwitch *matinee_recommend_page_get_hide_switch (MatineeRecommendPage *self);
const char *matinee_recommend_page_get_state (MatineeRecommendPage *self);
guint matinee_recommend_page_get_n_hidden (MatineeRecommendPage *self);
MatineeFilmFilter *matinee_recommend_page_get_filter (MatineeRecommendPage *self);
MatineeFilmsView *matinee_recommend_page_get_films_view (MatineeRecommendPage *self);
const MatineeHidden *matinee_recommend_page_get_hidden (MatineeRecommendPage *self);
gboolean matinee_recommend_page_is_prepared (MatineeRecommendPage *self);
const char *matinee_recommend_page_get_no_film (MatineeRecommendPage *self);
void matinee_recommend_page_loosen (MatineeRecommendPage *self);
MatineeFilmDetails *matinee_recommend_page_get_film_details (MatineeRecommendPage *self);
MatineeProfileView *matinee_recommend_page_get_profile (MatineeRecommendPage *self);
void matinee_recommend_page_open_film (MatineeRecommendPage *self, guint32 movie);
MatineeYou *matinee_recommend_page_get_you (MatineeRecommendPage *self);
MatineeYouView *matinee_recommend_page_get_you_view (MatineeRecommendPage *self);
void matinee_recommend_page_choose_you (MatineeRecommendPage *self);
MatineeSession *matinee_recommend_page_get_session (MatineeRecommendPage *self);
const char *matinee_recommend_page_get_heading (MatineeRecommendPage *self);
void matinee_recommend_page_import (MatineeRecommendPage *self, GFile *file);
gboolean matinee_recommend_page_get_importing (MatineeRecommendPage *self);
void matinee_recommend_page_put_back (MatineeRecommendPage *self);
const char *matinee_recommend_page_get_what_if (MatineeRecommendPage *self);

G_END_DECLS
