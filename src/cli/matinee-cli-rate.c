/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-explain.h"
#include "matinee-cli-films.h"
#include "matinee-cli-filter.h"
#include "matinee-cli-load.h"
#include "matinee-cli-model.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-source.h"
#include "matinee-cli-text.h"
#include "matinee-memory.h"
#include "matinee-person-reader.h"
#include "matinee-system.h"

/**
 * Options:
 * @source: the person's ratings
 * @model: (nullable): `--model`
 * @top_text: (nullable): `--top`
 * @include_rated: `--include-rated`
 * @explain: `--explain`
 * @json: `--json`
 * @filter: which films may be listed
 * @top: how many
 *
 * What the command was asked to do.
 */
typedef struct
{
  MatineeCliSource source;
  char *model;
  char *top_text;
  gboolean include_rated;
  gboolean explain;
  gboolean json;
  MatineeCliFilter filter;
  guint top;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_source_clear (&options->source);
  g_free (options->model);
  g_free (options->top_text);
  matinee_cli_filter_clear (&options->filter);
}

/* Folds the person in, with those of the films that the model knows. */
static MatineePerson *
fold_in (const MatineePersonRatings *ratings, MatineeModel *model, GError **error)
{
  guint32 *movies = matinee_alloc (ratings->n, sizeof *movies, _ ("the ratings of a person"), error);
  float *values = NULL;
  MatineePerson *person = NULL;
  gsize n = 0;

  if (movies != NULL)
    values = matinee_alloc (ratings->n, sizeof *values, _ ("the ratings of a person"), error);
  if (values != NULL)
    {
      for (guint i = 0; i < ratings->n; i++)
        if (matinee_ids_find (model->movies, ratings->items[i].movie, &movies[n]))
          values[n++] = ratings->items[i].rating;
      person = matinee_person_new (model, movies, values, n, error);
    }
  matinee_free (movies);
  matinee_free (values);
  return person;
}

static guint
count_outside (const MatineePersonRatings *ratings, const MatineeModel *model)
{
  guint n = 0;

  for (guint i = 0; i < ratings->n; i++)
    n += ratings->items[i].rating < model->low || ratings->items[i].rating > model->high;
  return n;
}

static void
tell (const Options *options, const MatineePersonRatings *ratings, const MatineePerson *person)
{
  const MatineeModel *model = person->model;
  guint unknown = ratings->n - (guint) person->n;
  guint outside = count_outside (ratings, model);
  g_autofree char *low = matinee_cli_format_number (model->low);
  g_autofree char *high = matinee_cli_format_number (model->high);

  if (options->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("person");

      matinee_cli_event_add_string (event, "user", ratings->user);
      matinee_cli_event_add_count (event, "ratings", ratings->n);
      matinee_cli_event_add_count (event, "known", person->n);
      matinee_cli_event_add_count (event, "unknown", unknown);
      matinee_cli_event_add_count (event, "duplicates", ratings->n_duplicates);
      matinee_cli_event_add_count (event, "outside_scale", outside);
      matinee_cli_event_add_number (event, "bias", person->bias);
      matinee_cli_event_write (event);
    }
  else
    {
      g_autofree char *clean = matinee_cli_display_name (options->source.ratings);

      matinee_cli_print_field (_ ("Ratings"), _ ("%u in %s, films that the model does not have: %u"), ratings->n, clean,
                               unknown);
      if (ratings->n_duplicates > 0)
        matinee_cli_print_field (_ ("Duplicates"), _ ("%u, replaced by a later rating of the same movie"),
                                 ratings->n_duplicates);
    }
  if (person->n == 0)
    matinee_cli_note (_ ("the model has none of these films: predictions are those of the means"));
  if (outside > 0)
    matinee_cli_note (_ ("ratings outside the model’s scale of %s to %s: %u"), low, high, outside);
}

static gboolean
recommend (const Options *options, MatineeModelFile *file, const MatineePersonRatings *ratings,
           const MatineeFilter *filter, GError **error)
{
  g_autoptr (MatineePerson) person = fold_in (ratings, file->model, error);
  MatineeCliAudience audience = { file->model, file->dataset, ratings->user, TRUE };
  MatineeQuery query = { .n = options->top, .filter = filter };
  g_autoptr (MatineeTopN) top = NULL;

  if (person == NULL)
    return FALSE;
  if (!options->include_rated)
    matinee_query_exclude_person (&query, person);
  top = matinee_recommender_top_for (person, &query, error);
  if (top == NULL)
    return FALSE;
  tell (options, ratings, person);
  matinee_cli_show_list (&audience, top, options->json);
  for (guint i = 0; options->explain && i < top->n; i++)
    {
      g_autoptr (MatineeExplanation) explanation = matinee_explain_person (person, top->items[i].movie, error);

      if (explanation == NULL)
        return FALSE;
      matinee_cli_show_explanation (&audience, explanation, options->json);
    }
  return TRUE;
}

static MatineePersonRatings *
read_person (Options *options, MatineeStop *stop, GError **error)
{
  MatineeCliSource *source = &options->source;

  if (source->reading.skip_bad_lines)
    matinee_cli_note (_ ("--skip-bad-lines has no effect here: every line of one person should be good"));
  if (!matinee_cli_find_ratings (&source->ratings, source->member, MATINEE_TABLE_PERSON, &source->reading, stop, error)
      || !matinee_cli_reading_diagnose (&source->reading, source->ratings, MATINEE_TABLE_PERSON, stop, error)
      || !matinee_cli_reading_check (&source->reading, error))
    return NULL;
  return matinee_person_ratings_read (source->ratings, &source->reading.hints, stop, error);
}

static gboolean
rate (Options *options, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineePersonRatings) ratings = read_person (options, stop, error);
  g_autoptr (MatineeModelFile) file = NULL;
  g_autoptr (MatineeFilmStats) stats = NULL;
  g_autoptr (MatineeFilter) filter = NULL;

  if (ratings == NULL)
    return FALSE;
  file = matinee_cli_open_model (options->model, pool, stop, error);
  if (file == NULL)
    return FALSE;
  stats = matinee_film_stats_new (file->dataset->ratings->by_user, error);
  return stats != NULL && matinee_cli_filter_make (&options->filter, file, stats, options->model, &filter, error)
         && recommend (options, file, ratings, filter, error);
}

static gboolean
resolve (Options *options, GError **error)
{
  if (options->model == NULL)
    return matinee_cli_fail_usage (error, _ ("“rate” needs --model: what “train --output” has saved"));
  return matinee_cli_parse_top (options->top_text, &options->top, error)
         && matinee_cli_reading_resolve (&options->source.reading, error)
         && matinee_cli_filter_resolve (&options->filter, error);
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "model", 'M', 0, G_OPTION_ARG_FILENAME, &options->model, N_ ("The model to ask"), N_ ("MODEL") },
    { "top", 'n', 0, G_OPTION_ARG_STRING, &options->top_text, N_ ("How many films to recommend (10 if not given)"),
      "N" },
    { "include-rated", 0, 0, G_OPTION_ARG_NONE, &options->include_rated, N_ ("Also list films that are in the file"),
      NULL },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &options->explain, N_ ("Say what each prediction is made of"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_filter_add_options (&options->filter, context);
  matinee_cli_source_add_options (&options->source, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->source.ratings = g_strdup (matinee_cli_call_get_argument (call));
  return resolve (options, error) && rate (options, error);
}

/**
 * matinee_cli_rate:
 *
 * Recommends films to somebody whom the model does not know, from a file of ratings,
 * without training.
 */
const MatineeCliAction matinee_cli_rate = { sizeof (Options), add_options, run, options_clear };
