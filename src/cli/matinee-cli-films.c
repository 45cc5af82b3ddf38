/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-films.h"

#include <glib/gi18n.h>

#include "matinee-cli-event.h"
#include "matinee-cli-filter.h"
#include "matinee-cli-output.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"

static void
write_films (const MatineeCliAudience *audience, const MatineeTopN *top)
{
  for (guint i = 0; i < top->n; i++)
    {
      const MatineeRecommendation *item = &top->items[i];
      char buffer[MATINEE_ID_BUFFER];
      g_autofree char *title = matinee_dataset_dup_title (audience->dataset, item->movie);
      JsonBuilder *event = matinee_cli_event_new ("recommendation");

      matinee_cli_event_add_string (event, "user", audience->user);
      matinee_cli_event_add_count (event, "rank", i + 1);
      matinee_cli_event_add_string (event, "movie", matinee_ids_format (audience->model->movies, item->movie, buffer));
      matinee_cli_event_add_string (event, "title", title);
      matinee_cli_event_add_number (event, "prediction", matinee_model_clip (audience->model, item->score));
      matinee_cli_event_add_number (event, "score", item->score);
      matinee_cli_event_write (event);
    }
}

static void
write_empty (const MatineeCliAudience *audience, const MatineeHidden *hidden)
{
  static const char *const names[MATINEE_N_HIDDEN_REASONS] = { "rated", "genre", "year", "min_ratings" };
  MatineeHiddenReason loosest;
  JsonBuilder *event = matinee_cli_event_new ("empty");

  matinee_cli_event_add_string (event, "user", audience->user);
  matinee_cli_event_add_count (event, "hidden", hidden->total);
  for (guint i = 0; i < MATINEE_N_HIDDEN_REASONS; i++)
    matinee_cli_event_add_count (event, names[i], hidden->by[i]);
  matinee_cli_event_add_string (event, "loosen",
                                matinee_hidden_find_loosest (hidden, &loosest) ? names[loosest] : NULL);
  matinee_cli_event_write (event);
}

static char *
list_reasons (const MatineeHidden *hidden)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < MATINEE_N_HIDDEN_REASONS; i++)
    {
      g_autofree char *count = matinee_cli_format_count (hidden->by[i]);

      if (hidden->by[i] == 0)
        continue;
      g_string_append (list, list->len > 0 ? _ (", ") : "");
      if (i == MATINEE_HIDDEN_RATED)
        g_string_append_printf (list, _ ("already rated: %s"), count);
      else
        g_string_append_printf (list, _ ("by %s: %s"), matinee_cli_hidden_option (i), count);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * matinee_cli_describe_empty:
 * @audience: for whom a list is empty
 * @hidden: what is left out of it
 *
 * Says why nothing is left, and what to loosen.
 *
 * Returns: (transfer full): one or two sentences
 */
char *
matinee_cli_describe_empty (const MatineeCliAudience *audience, const MatineeHidden *hidden)
{
  g_autofree char *user = matinee_cli_text_clean (audience->user != NULL ? audience->user : "");
  g_autofree char *total = matinee_cli_format_count (hidden->total);
  g_autofree char *reasons = NULL;
  MatineeHiddenReason loosest;

  if (!matinee_hidden_find_loosest (hidden, &loosest))
    return g_strdup (_ ("There are no films to recommend."));
  if (hidden->by[MATINEE_HIDDEN_RATED] == hidden->total && !audience->has_filters)
    return g_strdup_printf (_ ("User %s has rated every movie: nothing is left to recommend."), user);
  reasons = list_reasons (hidden);
  if (audience->user == NULL)
    return g_strdup_printf (_ ("Nothing is left to recommend: all %s films are left out (%s). Loosen %s."), total,
                            reasons, matinee_cli_hidden_option (loosest));
  return g_strdup_printf (_ ("Nothing is left to recommend to user %s: all %s films are left out (%s). Loosen %s."),
                          user, total, reasons, matinee_cli_hidden_option (loosest));
}

static void
print_films (const MatineeCliAudience *audience, const MatineeTopN *top)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Rank"), TRUE },
    { N_ ("Rating"), TRUE },
    { N_ ("Title"), FALSE },
    { N_ ("Genres"), FALSE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *clean = matinee_cli_text_clean (audience->user != NULL ? audience->user : "");
  g_autofree char *hidden = matinee_cli_format_count (top->n_hidden);

  if (audience->user != NULL)
    matinee_cli_print (_ ("\nFor user %s (movies already rated, and left out: %s)\n"), clean, hidden);
  else
    matinee_cli_print (_ ("\nFor you (movies already rated, and left out: %s)\n"), hidden);
  for (guint i = 0; i < top->n; i++)
    {
      guint32 movie = top->items[i].movie;
      double rating = matinee_model_clip (audience->model, top->items[i].score);

      matinee_cli_table_take_row (table, g_strdup_printf ("%u", i + 1), matinee_cli_format_fixed (rating, 2),
                                  matinee_dataset_dup_title (audience->dataset, movie),
                                  g_strdup (matinee_dataset_get_genres (audience->dataset, movie)), NULL);
    }
  matinee_cli_table_print (table);
}

/**
 * matinee_cli_show_list:
 * @audience: for whom it is
 * @top: the films
 * @json: whether to write events rather than a table
 *
 * Prints films with their predictions, clipped to the scale of the ratings; or why
 * there are none.
 */
void
matinee_cli_show_list (const MatineeCliAudience *audience, const MatineeTopN *top, gboolean json)
{
  g_autofree char *empty = NULL;

  if (top->n == 0 && json)
    write_empty (audience, &top->hidden);
  else if (top->n == 0)
    {
      empty = matinee_cli_describe_empty (audience, &top->hidden);
      matinee_cli_print ("\n%s\n", empty);
    }
  else if (json)
    write_films (audience, top);
  else
    print_films (audience, top);
}

/**
 * matinee_cli_recommend_films:
 * @model: a model
 * @dataset: the data that it was trained on
 * @user: index of a user
 * @n: how many films
 * @json: whether to write events rather than a table
 * @error: return location
 *
 * Prints the films that @user has not rated and is expected to like best.
 *
 * Returns: whether there was a list to print; else @error is set
 */
gboolean
matinee_cli_recommend_films (const MatineeModel *model, const MatineeDataset *dataset, guint32 user, guint n,
                             gboolean json, GError **error)
{
  char buffer[MATINEE_ID_BUFFER];
  MatineeCliAudience audience = { model, dataset, matinee_ids_format (model->users, user, buffer), FALSE };
  g_autoptr (MatineeTopN) top = matinee_recommender_top (model, user, n, dataset->ratings->by_user, error);

  if (top == NULL)
    return FALSE;
  matinee_cli_show_list (&audience, top, json);
  return TRUE;
}
