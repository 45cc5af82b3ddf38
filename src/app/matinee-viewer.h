/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-explain.h"
#include "matinee-profile.h"
#include "matinee-recommender.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_VIEWER (matinee_viewer_get_type ())

G_DECLARE_FINAL_TYPE (MatineeViewer, matinee_viewer, MATINEE, VIEWER, GObject)

MatineeViewer *matinee_viewer_new_user (MatineeDataset *dataset, MatineeModel *model, guint32 user, GError **error);
MatineeViewer *matinee_viewer_new_you (MatineeDataset *dataset, MatineeModel *model, const guint32 *movies,
                                       const float *ratings, gsize n, GError **error);
MatineeViewer *matinee_viewer_new_without (MatineeViewer *viewer, guint32 movie, GError **error);
MatineeViewer *matinee_viewer_get_actual (MatineeViewer *self, guint32 *without);
MatineeDataset *matinee_viewer_get_dataset (MatineeViewer *self);
MatineeModel *matinee_viewer_get_model (MatineeViewer *self);
gboolean matinee_viewer_is_you (MatineeViewer *self);
gboolean matinee_viewer_is_cold (MatineeViewer *self);
gsize matinee_viewer_get_n_ratings (MatineeViewer *self);
char *matinee_viewer_dup_name (MatineeViewer *self);
MatineePerson *matinee_viewer_get_person (MatineeViewer *self);
gboolean matinee_viewer_find_rating (MatineeViewer *self, guint32 movie, float *rating);
double matinee_viewer_predict (MatineeViewer *self, guint32 movie);
MatineeTopN *matinee_viewer_list (MatineeViewer *self, guint n, gboolean hide_rated, const MatineeFilter *filter,
                                  GError **error);
MatineeExplanation *matinee_viewer_explain (MatineeViewer *self, guint32 movie, GError **error);
MatineeProfile *matinee_viewer_profile (MatineeViewer *self, GError **error);

G_END_DECLS
