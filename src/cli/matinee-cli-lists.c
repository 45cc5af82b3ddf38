/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-lists.h"

#include <glib/gi18n.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"
#include "matinee-recommendations.h"

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
progress_cb (double fraction, gpointer data)
{
  matinee_cli_progress (_ ("Recommending: %.0f %%"), 100.0 * fraction);
}

static void
tell (const MatineeCliLists *lists, const MatineeRecommendationCounts *counts, double seconds)
{
  g_autofree char *users = matinee_cli_format_count (lists->n_users);
  g_autofree char *rows = matinee_cli_format_count (counts->n_rows);
  g_autofree char *empty = matinee_cli_format_count (counts->n_empty);

  if (lists->rows->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("recommended");

      matinee_cli_event_add_count (event, "users", lists->n_users);
      matinee_cli_event_add_count (event, "recommendations", counts->n_rows);
      matinee_cli_event_add_count (event, "empty", counts->n_empty);
      matinee_cli_event_add_number (event, "seconds", seconds);
      matinee_cli_event_write (event);
    }
  else if (lists->rows->output != NULL)
    {
      g_autofree char *name = g_filename_display_name (lists->rows->output);
      g_autofree char *clean = matinee_cli_text_clean (name);

      matinee_cli_print_field (_ ("Saved"), _ ("%s: films %s, users %s"), clean, rows, users);
    }
  if (counts->n_empty > 0 && !lists->rows->json)
    matinee_cli_note (_ ("users whose list is empty, because all films are left out: %s"), empty);
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
  g_autoptr (MatineeRecommendationWriter) writer = matinee_cli_lists_open (lists, error);
  const MatineeBatch batch = { .factors = lists->file->model->factors,
                               .users = lists->users,
                               .n_users = lists->n_users,
                               .n_top = lists->top,
                               .exclude = lists->include_rated ? NULL : lists->file->dataset->ratings->by_user,
                               .allowed = lists->filter != NULL ? lists->filter->allowed : NULL };
  MatineeRecommendationCounts counts;
  gint64 began = g_get_monotonic_time ();
  gboolean done;

  if (writer == NULL)
    return FALSE;
  done = matinee_recommendations_write (&batch, writer, pool, progress_cb, NULL, stop, &counts, error);
  matinee_cli_progress_clear ();
  if (done)
    tell (lists, &counts, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  return done;
}
