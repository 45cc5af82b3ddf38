/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-films.h"

#include <glib/gi18n.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"

static void
write_films (const MatineeTopN *top, const MatineeModel *model, const MatineeDataset *dataset, const char *user)
{
  for (guint i = 0; i < top->n; i++)
    {
      const MatineeRecommendation *item = &top->items[i];
      char buffer[MATINEE_ID_BUFFER];
      g_autofree char *title = matinee_dataset_dup_title (dataset, item->movie);
      JsonBuilder *event = matinee_cli_event_new ("recommendation");

      matinee_cli_event_add_string (event, "user", user);
      matinee_cli_event_add_count (event, "rank", i + 1);
      matinee_cli_event_add_string (event, "movie", matinee_ids_format (model->movies, item->movie, buffer));
      matinee_cli_event_add_string (event, "title", title);
      matinee_cli_event_add_number (event, "prediction", matinee_model_clip (model, item->score));
      matinee_cli_event_add_number (event, "score", item->score);
      matinee_cli_event_write (event);
    }
}

static void
print_films (const MatineeTopN *top, const MatineeModel *model, const MatineeDataset *dataset, const char *user)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Rank"), TRUE },
    { N_ ("Rating"), TRUE },
    { N_ ("Title"), FALSE },
    { N_ ("Genres"), FALSE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *clean = matinee_cli_text_clean (user);
  g_autofree char *hidden = matinee_cli_format_count (top->n_hidden);

  if (top->n == 0)
    {
      matinee_cli_print (_ ("\nUser %s has rated every movie: nothing is left to recommend.\n"), clean);
      return;
    }
  matinee_cli_print (_ ("\nFor user %s (movies already rated, and left out: %s)\n"), clean, hidden);
  for (guint i = 0; i < top->n; i++)
    {
      guint32 movie = top->items[i].movie;
      const char *genres = matinee_dataset_get_genres (dataset, movie);

      matinee_cli_table_take_row (table, g_strdup_printf ("%u", i + 1),
                                  matinee_cli_format_fixed (matinee_model_clip (model, top->items[i].score), 2),
                                  matinee_dataset_dup_title (dataset, movie), g_strdup (genres != NULL ? genres : ""),
                                  NULL);
    }
  matinee_cli_table_print (table);
}

/**
 * matinee_cli_recommend:
 * @model: a model
 * @dataset: the data that it was trained on
 * @user: index of a user
 * @n: how many films
 * @json: whether to write events rather than a table
 * @error: return location
 *
 * Prints the films that @user has not rated and is expected to like best.
 * Predictions are clipped to the scale of the ratings.
 *
 * Returns: whether there was a list to print; else @error is set
 */
gboolean
matinee_cli_recommend (const MatineeModel *model, const MatineeDataset *dataset, guint32 user, guint n, gboolean json,
                       GError **error)
{
  char buffer[MATINEE_ID_BUFFER];
  const char *id = matinee_ids_format (model->users, user, buffer);
  g_autoptr (MatineeTopN) top = matinee_recommender_top (model, user, n, dataset->ratings->by_user, error);

  if (top == NULL)
    return FALSE;
  if (json)
    write_films (top, model, dataset, id);
  else
    print_films (top, model, dataset, id);
  return TRUE;
}
