/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-recommendations.h"

#include <glib/gi18n-lib.h>

#include "matinee-memory.h"

/* Users between two looks at the progress. */
#define PROGRESS_USERS 1024

/**
 * Work:
 * @writer: where lists go
 * @items: (array n_top): a list
 * @n_users: how many there are to be
 * @n_done: users whose list was written
 * @failed: whether one could not be written
 * @error: (nullable): why
 *
 * Lists on their way out.
 */
typedef struct
{
  MatineeRecommendationWriter *writer;
  MatineeRecommendation *items;
  gsize n_users;
  gsize n_done;
  MatineeRecommendationCounts *counts;
  MatineeProgressFunc progress;
  gpointer data;
  MatineeStop *stop;
  gboolean failed;
  GError *error;
} Work;

static void
list_cb (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
  Work *work = data;

  if (work->failed)
    return;
  for (guint i = 0; i < n; i++)
    work->items[i] = (MatineeRecommendation){ top[i].movie, top[i].score };
  work->failed = !matinee_recommendation_writer_add (work->writer, user, work->items, n, &work->error);
  /* Nobody takes what is found from now on. */
  if (work->failed && work->stop != NULL)
    matinee_stop_request (work->stop);
  work->counts->n_rows += n;
  work->counts->n_empty += n == 0;
  if (++work->n_done % PROGRESS_USERS == 0 && work->progress != NULL)
    work->progress ((double) work->n_done / (double) work->n_users, work->data);
}

/**
 * matinee_recommendations_write:
 * @batch: for whom, and how many films
 * @writer: where to; it is finished when all went well
 * @pool: threads
 * @progress: (nullable): told how much is done
 * @data: (closure): for @progress
 * @stop: (nullable): when to give up; also raised when the table can't be written
 * @counts: (out caller-allocates): what was recommended
 * @error: return location
 *
 * Writes the lists of many users, in their order.
 * O(users × movies × k), memory O(threads × (k + top)) beside the model.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY, %MATINEE_ERROR_CANCELLED, a #GFileError,
 *   or the error of the table's sink, which may be none
 */
gboolean
matinee_recommendations_write (const MatineeBatch *batch, MatineeRecommendationWriter *writer, MatineePool *pool,
                               MatineeProgressFunc progress, gpointer data, MatineeStop *stop,
                               MatineeRecommendationCounts *counts, GError **error)
{
  Work work = {
    .writer = writer, .n_users = batch->n_users, .counts = counts, .progress = progress, .data = data, .stop = stop
  };
  g_autoptr (GError) problem = NULL;
  gboolean done;

  *counts = (MatineeRecommendationCounts){ 0 };
  work.items = matinee_alloc (MIN (batch->n_top, batch->factors->n_movies), sizeof *work.items,
                              _ ("the recommendations"), error);
  if (work.items == NULL)
    return FALSE;
  done = matinee_batch_top_n (batch, pool, stop, list_cb, &work, &problem) && !work.failed
         && matinee_recommendation_writer_finish (writer, &problem);
  matinee_free (work.items);
  if (work.error != NULL)
    g_propagate_error (error, g_steal_pointer (&work.error));
  else if (problem != NULL && !work.failed)
    g_propagate_error (error, g_steal_pointer (&problem));
  return done;
}
