/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-load-job.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_OPENING (matinee_opening_get_type ())

G_DECLARE_FINAL_TYPE (MatineeOpening, matinee_opening, MATINEE, OPENING, GObject)

MatineeOpening *matinee_opening_new (GFile *ratings, GFile *titles, MatineeDataset *dataset);
void matinee_opening_find_titles (MatineeOpening *self);
void matinee_opening_set_needs_times (MatineeOpening *self);
void matinee_opening_set_hints (MatineeOpening *self, const MatineeTextHints *hints);
const MatineeTextHints *matinee_opening_get_hints (MatineeOpening *self);
void matinee_opening_run_async (MatineeOpening *self, GAsyncReadyCallback callback, gpointer user_data);
MatineeDataset *matinee_opening_run_finish (MatineeOpening *self, GAsyncResult *result, GError **error);
void matinee_opening_cancel (MatineeOpening *self);
GFile *matinee_opening_get_ratings (MatineeOpening *self);
GFile *matinee_opening_get_titles (MatineeOpening *self);
gboolean matinee_opening_get_found_titles (MatineeOpening *self);
GFile *matinee_opening_get_current (MatineeOpening *self);
const GError *matinee_opening_get_titles_error (MatineeOpening *self);
char *matinee_opening_describe (MatineeOpening *self);
MatineeLoadJob *matinee_opening_get_ratings_job (MatineeOpening *self);
GPtrArray *matinee_opening_get_choices (MatineeOpening *self);

G_END_DECLS
