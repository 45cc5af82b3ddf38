/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-dataset.h"
#include "matinee-you-file.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_YOU (matinee_you_get_type ())

G_DECLARE_FINAL_TYPE (MatineeYou, matinee_you, MATINEE, YOU, GObject)

MatineeYou *matinee_you_new (const char *path);
gboolean matinee_you_get_busy (MatineeYou *self);
char *matinee_you_dup_default_path (void);
void matinee_you_set_dataset (MatineeYou *self, MatineeDataset *dataset);
guint matinee_you_get_n (MatineeYou *self);
const MatineeYouRating *matinee_you_get (MatineeYou *self, guint position, guint32 *movie);
const GPtrArray *matinee_you_get_ratings (MatineeYou *self);
guint matinee_you_collect (MatineeYou *self, guint32 **movies, float **ratings);
double matinee_you_find (MatineeYou *self, guint32 movie);
void matinee_you_rate (MatineeYou *self, guint32 movie, double rating);
void matinee_you_remove (MatineeYou *self, guint position);
void matinee_you_add_all (MatineeYou *self, const GPtrArray *ratings);
gboolean matinee_you_undo (MatineeYou *self);
gboolean matinee_you_redo (MatineeYou *self);
gboolean matinee_you_can_undo (MatineeYou *self);
gboolean matinee_you_can_redo (MatineeYou *self);

G_END_DECLS
