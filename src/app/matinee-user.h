/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-dataset.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_USER (matinee_user_get_type ())

G_DECLARE_FINAL_TYPE (MatineeUser, matinee_user, MATINEE, USER, GObject)

MatineeUser *matinee_user_new (MatineeDataset *dataset, guint32 index);
guint32 matinee_user_get_index (MatineeUser *self);
char *matinee_user_dup_id (MatineeUser *self);
char *matinee_user_dup_name (MatineeUser *self);
guint matinee_user_get_n_ratings (MatineeUser *self);
double matinee_user_get_mean (MatineeUser *self);
char *matinee_user_dup_favorites (MatineeUser *self, guint n);

G_END_DECLS
