/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-lists.h"

#include <glib/gi18n.h>

#include "matinee-batch.h"
#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-memory.h"

/* Users between two progress lines. */
#define PROGRESS_USERS 1024

/**
 * Work:
 * @lists: what is asked
 * @writer: where it goes
 * @items: (array top): a list
 * @stop: ends the scoring when nobody takes what is found
 * @n_done: users whose list was written
 * @n_rows: films listed
 * @n_empty: users without any
 * @error: (nullable): why writing ended
 *
 * Lists on their way out.
 */
typedef struct
{
  const MatineeCliLists *lists;
  MatineeRecommendationWriter *writer;
  MatineeRecommendation *items;
  MatineeStop *stop;
  gsize n_done;
  guint64 n_rows;
  gsize n_empty;
  GError *error;
} Work;

/**
 * matinee_cli_lists_open:
 * @lists: what is asked
 * @error: return location
 *
 * Begins the table: in the file, or on standard output.
 *
 * Returns: (transfer full) (nullable): a writer, or %NULL with an error
 */
MatineeRecommendationWriter *
matinee_cli_lists_open (const MatineeCliLists *lists, GError **error)
{
  MatineeModel *model = lists->file->model;
  MatineeTitles *titles = lists->file->dataset->titles;

  if (lists->rows->output != NULL)
    return matinee_recommendation_writer_new (lists->rows->output, lists->rows->format, model, titles, error);
  return matinee_recommendation_writer_new_for_sink (matinee_cli_rows_print, NULL, lists->rows->format,
                                                     lists->rows->json ? "recommendation" : NULL, model, titles);
}

static void
list_cb (guint32 user, const MatineeScored *top, guint n, gpointer data)
{
  Work *work = data;

  if (work->error != NULL || matinee_cli_output_failed ())
    return;
  for (guint i = 0; i < n; i++)
    work->items[i] = (MatineeRecommendation){ top[i].movie, top[i].score };
  if (!matinee_recommendation_writer_add (work->writer, user, work->items, n, &work->error))
    matinee_stop_request (work->stop);
  work->n_rows += n;
  work->n_empty += n == 0;
  if (++work->n_done % PROGRESS_USERS == 0)
    matinee_cli_progress (_ ("Recommending: %.0f %%"), 100.0 * (double) work->n_done / (double) work->lists->n_users);
}

static void
tell (const Work *work, double seconds)
{
  const MatineeCliLists *lists = work->lists;
  g_autofree char *users = matinee_cli_format_count (lists->n_users);
  g_autofree char *rows = matinee_cli_format_count (work->n_rows);
  g_autofree char *empty = matinee_cli_format_count (work->n_empty);

  if (lists->rows->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("recommended");

      matinee_cli_event_add_count (event, "users", lists->n_users);
      matinee_cli_event_add_count (event, "recommendations", work->n_rows);
      matinee_cli_event_add_count (event, "empty", work->n_empty);
      matinee_cli_event_add_number (event, "seconds", seconds);
      matinee_cli_event_write (event);
    }
  else if (lists->rows->output != NULL)
    {
      g_autofree char *name = g_filename_display_name (lists->rows->output);
      g_autofree char *clean = matinee_cli_text_clean (name);

      matinee_cli_print_field (_ ("Saved"), _ ("%s: films %s, users %s"), clean, rows, users);
    }
  if (work->n_empty > 0 && !lists->rows->json)
    matinee_cli_note (_ ("users whose list is empty, because all films are left out: %s"), empty);
}

static gboolean
run (Work *work, MatineePool *pool, GError **error)
{
  const MatineeCliLists *lists = work->lists;
  MatineeBatch batch = { .factors = lists->file->model->factors,
                         .users = lists->users,
                         .n_users = lists->n_users,
                         .n_top = lists->top,
                         .exclude = lists->include_rated ? NULL : lists->file->dataset->ratings->by_user,
                         .allowed = lists->filter != NULL ? lists->filter->allowed : NULL };
  g_autoptr (GError) problem = NULL;
  gboolean done = matinee_batch_top_n (&batch, pool, work->stop, list_cb, work, &problem) && work->error == NULL
                  && matinee_recommendation_writer_finish (work->writer, &work->error);

  matinee_cli_progress_clear ();
  if (work->error != NULL)
    g_propagate_error (error, g_steal_pointer (&work->error));
  else if (problem != NULL && !matinee_cli_output_failed ())
    g_propagate_error (error, g_steal_pointer (&problem));
  return done;
}

/**
 * matinee_cli_write_lists:
 * @lists: for whom, and where to
 * @pool: threads
 * @stop: when to give up; also raised when the table can't be written
 * @error: return location
 *
 * Writes the lists of many users, with progress on a terminal, and then how many
 * they were. Memory O(threads × (k + top)) beside the model.
 *
 * Returns: %FALSE with an error, or without one when standard output failed
 */
gboolean
matinee_cli_write_lists (const MatineeCliLists *lists, MatineePool *pool, MatineeStop *stop, GError **error)
{
  guint n = MIN (lists->top, lists->file->model->factors->n_movies);
  g_autoptr (MatineeRecommendationWriter) writer = matinee_cli_lists_open (lists, error);
  Work work = { .lists = lists, .writer = writer, .stop = stop };
  gint64 began = g_get_monotonic_time ();
  gboolean done;

  if (writer == NULL)
    return FALSE;
  work.items = matinee_alloc (n, sizeof *work.items, _ ("the recommendations"), error);
  if (work.items == NULL)
    return FALSE;
  done = run (&work, pool, error);
  matinee_free (work.items);
  if (done)
    tell (&work, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return done;
}
