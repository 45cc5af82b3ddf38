/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-explain.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"

/* People are shown the largest parts; the others are added up. JSON has all. */
#define N_SHOWN 5

static void
add_movie (JsonBuilder *event, const MatineeCliAudience *audience, guint32 movie)
{
  char buffer[MATINEE_ID_BUFFER];
  g_autofree char *title = matinee_dataset_dup_title (audience->dataset, movie);

  matinee_cli_event_add_string (event, "movie", matinee_ids_format (audience->model->movies, movie, buffer));
  matinee_cli_event_add_string (event, "title", title);
}

static void
write_explanation (const MatineeCliAudience *audience, const MatineeExplanation *explanation)
{
  JsonBuilder *event = matinee_cli_event_new ("explanation");

  matinee_cli_event_add_string (event, "user", audience->user);
  add_movie (event, audience, explanation->movie);
  matinee_cli_event_add_number (event, "mean", explanation->mean);
  matinee_cli_event_add_number (event, "user_bias", explanation->user_bias);
  matinee_cli_event_add_number (event, "movie_bias", explanation->movie_bias);
  matinee_cli_event_add_number (event, "score", explanation->prediction);
  json_builder_set_member_name (event, "contributions");
  json_builder_begin_array (event);
  for (gsize i = 0; i < explanation->n_contributions; i++)
    {
      const MatineeContribution *contribution = &explanation->contributions[i];

      json_builder_begin_object (event);
      add_movie (event, audience, contribution->movie);
      matinee_cli_event_add_number (event, "rating", contribution->rating);
      matinee_cli_event_add_number (event, "weight", contribution->weight);
      matinee_cli_event_add_number (event, "influence", contribution->influence);
      matinee_cli_event_add_number (event, "amount", contribution->amount);
      json_builder_end_object (event);
    }
  json_builder_end_array (event);
  json_builder_set_member_name (event, "factors");
  json_builder_begin_array (event);
  for (guint i = 0; i < explanation->n_terms; i++)
    {
      json_builder_begin_object (event);
      matinee_cli_event_add_count (event, "factor", explanation->terms[i].factor + 1);
      matinee_cli_event_add_number (event, "amount", explanation->terms[i].amount);
      json_builder_end_object (event);
    }
  json_builder_end_array (event);
  matinee_cli_event_write (event);
}

static void
take_part (MatineeCliTable *table, double amount, char *what)
{
  g_autofree char *figure = matinee_cli_format_fixed (fabs (amount), 3);

  matinee_cli_table_take_row (table, g_strconcat (signbit (amount) ? "-" : "+", figure, NULL), what, NULL);
}

static void
take_contributions (MatineeCliTable *table, const MatineeCliAudience *audience, const MatineeExplanation *explanation)
{
  double others = 0;

  for (gsize i = 0; i < explanation->n_contributions; i++)
    {
      const MatineeContribution *contribution = &explanation->contributions[i];
      g_autofree char *title = matinee_dataset_dup_title (audience->dataset, contribution->movie);
      g_autofree char *rating = matinee_cli_format_number (contribution->rating);

      if (i >= N_SHOWN)
        others += contribution->amount;
      else
        take_part (table, contribution->amount, g_strdup_printf (_ ("%s given to %s"), rating, title));
    }
  if (explanation->n_contributions > N_SHOWN)
    {
      guint n = (guint) explanation->n_contributions - N_SHOWN;

      take_part (table, others, g_strdup_printf (ngettext ("%u other rating", "%u other ratings", n), n));
    }
}

static void
take_terms (MatineeCliTable *table, const MatineeExplanation *explanation)
{
  double others = 0;

  for (guint i = 0; i < explanation->n_terms; i++)
    if (i >= N_SHOWN)
      others += explanation->terms[i].amount;
    else
      take_part (table, explanation->terms[i].amount,
                 g_strdup_printf (_ ("factor %u"), explanation->terms[i].factor + 1));
  if (explanation->n_terms > N_SHOWN)
    {
      guint n = explanation->n_terms - N_SHOWN;

      take_part (table, others, g_strdup_printf (ngettext ("%u other factor", "%u other factors", n), n));
    }
}

static void
print_explanation (const MatineeCliAudience *audience, const MatineeExplanation *explanation)
{
  static const MatineeCliColumn columns[] = { { N_ ("Stars"), TRUE }, { N_ ("From"), FALSE } };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *title = matinee_dataset_dup_title (audience->dataset, explanation->movie);
  g_autofree char *clean = matinee_cli_text_clean (title);

  matinee_cli_print (_ ("\nWhy %s?\n"), clean);
  /* The gradient solver learns no mean. */
  if (explanation->mean != 0.0)
    take_part (table, explanation->mean, g_strdup (_ ("the mean of all ratings")));
  take_part (table, explanation->user_bias, g_strdup (_ ("how this user rates: the user’s bias")));
  take_part (table, explanation->movie_bias, g_strdup (_ ("how this film is rated: the film’s bias")));
  take_contributions (table, audience, explanation);
  take_terms (table, explanation);
  matinee_cli_table_take_row (table, matinee_cli_format_fixed (explanation->prediction, 3),
                              g_strdup (_ ("in all: the prediction, not clipped")), NULL);
  matinee_cli_table_print (table);
}

/**
 * matinee_cli_show_explanation:
 * @audience: whose prediction it is
 * @explanation: the sum that makes it
 * @json: whether to write an event rather than a table
 *
 * Prints why a film is recommended: the parts add up to the prediction.
 */
void
matinee_cli_show_explanation (const MatineeCliAudience *audience, const MatineeExplanation *explanation, gboolean json)
{
  if (json)
    write_explanation (audience, explanation);
  else
    print_explanation (audience, explanation);
}
