/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-dataset.h"
#include "matinee-film-stats.h"
#include "matinee-histogram.h"
#include "matinee-title-search.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_CATALOGUE (matinee_catalogue_get_type ())

G_DECLARE_FINAL_TYPE (MatineeCatalogue, matinee_catalogue, MATINEE, CATALOGUE, GObject)

MatineeCatalogue *matinee_catalogue_new (MatineeDataset *dataset);
void matinee_catalogue_prepare_async (MatineeCatalogue *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
gboolean matinee_catalogue_prepare_finish (MatineeCatalogue *self, GAsyncResult *result, GError **error);

MatineeDataset *matinee_catalogue_get_dataset (MatineeCatalogue *self);
const MatineeFilmStats *matinee_catalogue_get_stats (MatineeCatalogue *self);
const MatineeTitleSearch *matinee_catalogue_get_titles (MatineeCatalogue *self);
const char *const *matinee_catalogue_get_genres (MatineeCatalogue *self);
void matinee_catalogue_get_years (MatineeCatalogue *self, int *first, int *last);
const MatineeHistogram *matinee_catalogue_get_everybody (MatineeCatalogue *self);
gboolean matinee_catalogue_get_film (MatineeCatalogue *self, guint32 movie, MatineeHistogram *histogram);
guint matinee_catalogue_get_usual_minimum (MatineeCatalogue *self, guint wanted);

G_END_DECLS
