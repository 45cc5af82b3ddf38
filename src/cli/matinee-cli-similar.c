/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-filter.h"
#include "matinee-cli-model.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"
#include "matinee-similar.h"
#include "matinee-system.h"

/**
 * Options:
 * @model: the model file
 * @movie: `--movie`
 * @top_text: (nullable): `--top`
 * @json: `--json`
 * @filter: which films may be listed
 * @top: how many
 *
 * What the command was asked to do.
 */
typedef struct
{
  const char *model;
  char *movie;
  char *top_text;
  gboolean json;
  MatineeCliFilter filter;
  guint top;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->movie);
  g_free (options->top_text);
  matinee_cli_filter_clear (&options->filter);
}

static void
write_films (const MatineeTopN *top, const MatineeModelFile *file, const MatineeFilmStats *stats, guint32 movie)
{
  char own[MATINEE_ID_BUFFER], other[MATINEE_ID_BUFFER];

  for (guint i = 0; i < top->n; i++)
    {
      guint32 similar = top->items[i].movie;
      g_autofree char *title = matinee_dataset_dup_title (file->dataset, similar);
      JsonBuilder *event = matinee_cli_event_new ("similar");

      matinee_cli_event_add_string (event, "to", matinee_ids_format (file->model->movies, movie, own));
      matinee_cli_event_add_count (event, "rank", i + 1);
      matinee_cli_event_add_string (event, "movie", matinee_ids_format (file->model->movies, similar, other));
      matinee_cli_event_add_string (event, "title", title);
      matinee_cli_event_add_number (event, "similarity", top->items[i].score);
      matinee_cli_event_add_count (event, "ratings", file->has_ratings ? stats->counts[similar] : 0);
      matinee_cli_event_write (event);
    }
  if (top->n == 0)
    {
      JsonBuilder *event = matinee_cli_event_new ("empty");

      matinee_cli_event_add_string (event, "to", matinee_ids_format (file->model->movies, movie, own));
      matinee_cli_event_add_count (event, "hidden", top->hidden.total);
      matinee_cli_event_write (event);
    }
}

static void
print_nothing (const MatineeTopN *top)
{
  MatineeHiddenReason loosest;

  if (matinee_hidden_find_loosest (&top->hidden, &loosest))
    matinee_cli_print (_ ("Nothing is left to list. Loosen %s.\n"), matinee_cli_hidden_option (loosest));
  else
    matinee_cli_print (_ ("Nothing was learnt of this film: it had no ratings to learn from.\n"));
}

static void
print_films (const MatineeTopN *top, const MatineeModelFile *file, const MatineeFilmStats *stats, guint32 movie)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Rank"), TRUE },   { N_ ("Similarity"), TRUE }, { N_ ("Ratings"), TRUE },
    { N_ ("Title"), FALSE }, { N_ ("Genres"), FALSE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *title = matinee_dataset_dup_title (file->dataset, movie);
  g_autofree char *clean = matinee_cli_text_clean (title);

  matinee_cli_print (_ ("Films for those who like %s\n"), clean);
  if (top->n == 0)
    {
      print_nothing (top);
      return;
    }
  for (guint i = 0; i < top->n; i++)
    {
      guint32 similar = top->items[i].movie;

      matinee_cli_table_take_row (
          table, g_strdup_printf ("%u", i + 1), matinee_cli_format_fixed (top->items[i].score, 3),
          file->has_ratings ? matinee_cli_format_count (stats->counts[similar]) : g_strdup ("–"),
          matinee_dataset_dup_title (file->dataset, similar),
          g_strdup (matinee_dataset_get_genres (file->dataset, similar)), NULL);
    }
  matinee_cli_table_print (table);
}

static gboolean
find_similar (const Options *options, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeModelFile) file = matinee_cli_open_model (options->model, pool, stop, error);
  g_autoptr (MatineeFilmStats) stats = NULL;
  g_autoptr (MatineeFilter) filter = NULL;
  g_autoptr (MatineeTopN) top = NULL;
  MatineeQuery query = { .n = options->top };
  guint32 movie;

  if (file == NULL)
    return FALSE;
  stats = matinee_film_stats_new (file->dataset->ratings->by_user, error);
  if (stats == NULL || !matinee_cli_find_movie (file, stats, options->movie, options->model, &movie, error)
      || !matinee_cli_filter_make (&options->filter, file, stats, options->model, &filter, error))
    return FALSE;
  if (!file->has_ratings)
    matinee_cli_note (
        _ ("the model was saved without its ratings: similarities to films with few ratings may be chance"));
  query.filter = filter;
  top = matinee_similar_movies (file->model, movie, stats, MATINEE_SIMILAR_SHRINKAGE, &query, error);
  if (top == NULL)
    return FALSE;
  if (options->json)
    write_films (top, file, stats, movie);
  else
    print_films (top, file, stats, movie);
  return TRUE;
}

static gboolean
resolve (Options *options, GError **error)
{
  if (options->movie == NULL)
    return matinee_cli_fail_usage (error, _ ("“similar” needs --movie: the id or the title of a film"));
  return matinee_cli_parse_top (options->top_text, &options->top, error)
         && matinee_cli_filter_resolve (&options->filter, error);
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "movie", 'm', 0, G_OPTION_ARG_FILENAME, &options->movie,
      N_ ("The film: its id, or a title that no other film has"), N_ ("ID") },
    { "top", 'n', 0, G_OPTION_ARG_STRING, &options->top_text, N_ ("How many films to list (10 if not given)"), "N" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_filter_add_options (&options->filter, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->model = matinee_cli_call_get_argument (call);
  return resolve (options, error) && find_similar (options, error);
}

/**
 * matinee_cli_similar:
 *
 * The films of a saved model that appeal to the same people.
 */
const MatineeCliAction matinee_cli_similar = { sizeof (Options), add_options, run, options_clear };
