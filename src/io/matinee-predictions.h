/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model.h"
#include "matinee-ratings-reader.h"
#include "matinee-table-writer.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

#define MATINEE_PREDICTION_COLUMNS 7

/* The first one, "event", is left out where rows need no name. */
extern const char *const matinee_prediction_columns[MATINEE_PREDICTION_COLUMNS];

/**
 * MatineePredictions:
 * @pairs: a table with the columns userId and movieId, and perhaps others
 * @model: what predicts
 * @titles: (nullable): titles of the films
 * @event: (nullable): what the rows say of themselves in a first column "event"
 * @progress: (nullable): told how much is done
 * @data: (closure): for @progress
 *
 * What to predict.
 */
typedef struct
{
  const char *pairs;
  const MatineeModel *model;
  const MatineeTitles *titles;
  const char *event;
  MatineeProgressFunc progress;
  gpointer data;
} MatineePredictions;

/**
 * MatineePredictionCounts:
 * @n: pairs
 * @n_unknown_users: those of them whose user the model knows nothing of
 * @n_unknown_movies: those of them whose movie it knows nothing of
 *
 * What was predicted.
 */
typedef struct
{
  guint64 n;
  guint64 n_unknown_users;
  guint64 n_unknown_movies;
} MatineePredictionCounts;

gboolean matinee_predictions_write (const MatineePredictions *predictions, MatineeTableWriter *table, MatineeStop *stop,
                                    MatineePredictionCounts *counts, GError **error);

G_END_DECLS
