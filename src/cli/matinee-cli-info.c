/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-diagnosis.h"
#include "matinee-cli-event.h"
#include "matinee-cli-info-model.h"
#include "matinee-cli-load.h"
#include "matinee-cli-output.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-source.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"
#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-model-file.h"
#include "matinee-system.h"

/* More distinct ratings than this are put together in intervals. */
#define MAX_BARS 20
#define N_INTERVALS 10
#define BAR_WIDTH 40
#define N_MOST_RATED 10

/**
 * Bar:
 * @low: smallest rating counted
 * @high: the end of the interval, or @low for one single rating
 * @count: how many
 *
 * A bar of the histogram of ratings.
 */
typedef struct
{
  double low;
  double high;
  gsize count;
} Bar;

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a;
  float y = *(const float *) b;

  return (x > y) - (x < y);
}

/* The distinct ratings in ascending order, or NULL when there are too many. */
static GArray *
find_levels (const MatineeSparse *ratings)
{
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (float));

  for (gsize i = 0; i < ratings->n_entries; i++)
    {
      float value = matinee_sparse_value (ratings, i);
      guint position = 0;

      if (g_array_binary_search (levels, &value, compare_floats, NULL))
        continue;
      if (levels->len == MAX_BARS)
        return NULL;
      while (position < levels->len && g_array_index (levels, float, position) < value)
        position++;
      g_array_insert_val (levels, position, value);
    }
  return g_steal_pointer (&levels);
}

static GArray *
make_histogram (const MatineeRatings *ratings)
{
  GArray *bars = g_array_new (FALSE, TRUE, sizeof (Bar));
  const MatineeSparse *entries = ratings->by_user;
  g_autoptr (GArray) levels = find_levels (entries);
  double width = ((double) ratings->high - ratings->low) / N_INTERVALS;

  g_array_set_size (bars, levels != NULL ? levels->len : N_INTERVALS);
  for (guint i = 0; i < bars->len; i++)
    {
      Bar *bar = &g_array_index (bars, Bar, i);

      bar->low = levels != NULL ? g_array_index (levels, float, i) : ratings->low + i * width;
      bar->high = levels != NULL ? bar->low : bar->low + width;
    }
  for (gsize i = 0; i < entries->n_entries; i++)
    {
      float value = matinee_sparse_value (entries, i);
      guint bar = 0;

      if (levels != NULL)
        g_array_binary_search (levels, &value, compare_floats, &bar);
      else
        bar = (guint) CLAMP (((double) value - ratings->low) / width, 0, N_INTERVALS - 1);
      g_array_index (bars, Bar, bar).count++;
    }
  return bars;
}

/**
 * Popularity:
 * @counts: (array n_movies): ratings of each movie
 * @sums: (array n_movies): their sum
 * @most: the movies with the most ratings, the most rated first
 * @n_most: how many
 *
 * How often each movie was rated.
 */
typedef struct
{
  guint32 *counts;
  double *sums;
  guint32 most[N_MOST_RATED];
  guint n_most;
} Popularity;

static void
popularity_clear (Popularity *popularity)
{
  matinee_free (popularity->counts);
  matinee_free (popularity->sums);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Popularity, popularity_clear)

static void
popularity_offer (Popularity *popularity, guint32 movie)
{
  guint place = popularity->n_most;

  while (place > 0 && popularity->counts[popularity->most[place - 1]] < popularity->counts[movie])
    place--;
  if (place == N_MOST_RATED)
    return;
  popularity->n_most = MIN (popularity->n_most + 1, N_MOST_RATED);
  memmove (&popularity->most[place + 1], &popularity->most[place],
           (popularity->n_most - 1 - place) * sizeof popularity->most[0]);
  popularity->most[place] = movie;
}

static gboolean
popularity_init (Popularity *popularity, const MatineeRatings *ratings, GError **error)
{
  const MatineeSparse *entries = ratings->by_user;
  guint32 n_movies = matinee_ratings_get_n_movies (ratings);

  popularity->counts = matinee_alloc0 (n_movies, sizeof (guint32), _ ("the ratings of each movie"), error);
  if (popularity->counts == NULL)
    return FALSE;
  popularity->sums = matinee_alloc0 (n_movies, sizeof (double), _ ("the ratings of each movie"), error);
  if (popularity->sums == NULL)
    return FALSE;
  for (gsize i = 0; i < entries->n_entries; i++)
    {
      popularity->counts[entries->columns[i]]++;
      popularity->sums[entries->columns[i]] += matinee_sparse_value (entries, i);
    }
  for (guint32 movie = 0; movie < n_movies; movie++)
    popularity_offer (popularity, movie);
  return TRUE;
}

static double
popularity_mean (const Popularity *popularity, guint32 movie)
{
  return popularity->sums[movie] / popularity->counts[movie];
}

static const char *
id_kind (const MatineeIds *ids)
{
  return matinee_ids_get_kind (ids) == MATINEE_IDS_INTEGER ? "integer" : "text";
}

static void
add_histogram (JsonBuilder *event, const GArray *bars)
{
  json_builder_set_member_name (event, "histogram");
  json_builder_begin_array (event);
  for (guint i = 0; i < bars->len; i++)
    {
      const Bar *bar = &g_array_index (bars, Bar, i);

      json_builder_begin_object (event);
      matinee_cli_event_add_number (event, "low", bar->low);
      matinee_cli_event_add_number (event, "high", bar->high);
      matinee_cli_event_add_count (event, "count", bar->count);
      json_builder_end_object (event);
    }
  json_builder_end_array (event);
}

static void
add_most_rated (JsonBuilder *event, const MatineeDataset *dataset, const Popularity *popularity)
{
  json_builder_set_member_name (event, "most_rated");
  json_builder_begin_array (event);
  for (guint i = 0; i < popularity->n_most; i++)
    {
      guint32 movie = popularity->most[i];
      char buffer[MATINEE_ID_BUFFER];
      g_autofree char *title = matinee_dataset_dup_title (dataset, movie);

      json_builder_begin_object (event);
      matinee_cli_event_add_string (event, "movie", matinee_ids_format (dataset->ratings->movies, movie, buffer));
      matinee_cli_event_add_string (event, "title", title);
      matinee_cli_event_add_count (event, "ratings", popularity->counts[movie]);
      matinee_cli_event_add_number (event, "mean", popularity_mean (popularity, movie));
      json_builder_end_object (event);
    }
  json_builder_end_array (event);
}

static void
write_info (const MatineeDataset *dataset, const GArray *bars, const Popularity *popularity,
            const MatineeCliReading *reading, const MatineeOddities *oddities)
{
  const MatineeRatings *ratings = dataset->ratings;
  JsonBuilder *event = matinee_cli_event_new ("info");

  matinee_cli_event_add_count (event, "users", matinee_ratings_get_n_users (ratings));
  matinee_cli_event_add_count (event, "movies", matinee_ratings_get_n_movies (ratings));
  matinee_cli_event_add_count (event, "ratings", matinee_ratings_get_n (ratings));
  matinee_cli_event_add_number (event, "density", matinee_dataset_get_density (dataset));
  matinee_cli_event_add_number (event, "mean", ratings->mean);
  matinee_cli_event_add_number (event, "low", ratings->low);
  matinee_cli_event_add_number (event, "high", ratings->high);
  matinee_cli_event_add_number (event, "step", ratings->step > 0 ? ratings->step : NAN);
  matinee_cli_event_add_count (event, "duplicates", ratings->n_duplicates);
  matinee_cli_event_add_period (event, "times", &ratings->period);
  matinee_cli_event_add_string (event, "user_ids", id_kind (ratings->users));
  matinee_cli_event_add_string (event, "movie_ids", id_kind (ratings->movies));
  if (dataset->titles != NULL)
    {
      matinee_cli_event_add_count (event, "titles", matinee_titles_get_n (dataset->titles));
      matinee_cli_event_add_count (event, "duplicate_titles", matinee_titles_get_n_duplicates (dataset->titles));
      matinee_cli_event_add_count (event, "titles_without_ratings", dataset->n_unrated_titles);
      matinee_cli_event_add_count (event, "movies_without_title", dataset->n_untitled_movies);
      matinee_cli_event_add_count (event, "ratings_without_title", dataset->n_untitled_ratings);
    }
  add_histogram (event, bars);
  add_most_rated (event, dataset, popularity);
  matinee_cli_event_add_findings (event, &reading->report, oddities);
  json_builder_set_member_name (event, "diagnosis");
  json_builder_begin_object (event);
  matinee_cli_event_add_diagnosis (event, reading->diagnosis);
  json_builder_end_object (event);
  matinee_cli_event_write (event);
}

static void
print_histogram (const GArray *bars)
{
  gsize most = 1;

  for (guint i = 0; i < bars->len; i++)
    most = MAX (most, g_array_index (bars, Bar, i).count);
  matinee_cli_print ("\n");
  for (guint i = 0; i < bars->len; i++)
    {
      const Bar *bar = &g_array_index (bars, Bar, i);
      g_autofree char *low = matinee_cli_format_number (bar->low);
      g_autofree char *high = matinee_cli_format_number (bar->high);
      g_autofree char *range = bar->low == bar->high ? g_strdup (low) : g_strdup_printf (_ ("%s to %s"), low, high);
      g_autofree char *label = matinee_cli_text_pad (range, 12, TRUE);
      g_autofree char *count = matinee_cli_format_count (bar->count);
      g_autofree char *number = matinee_cli_text_pad (count, 12, TRUE);
      g_autofree char *line = g_strnfill ((gsize) ceil ((double) BAR_WIDTH * (double) bar->count / (double) most), '#');

      matinee_cli_print ("%s %s  %s\n", label, number, line);
    }
}

static void
print_most_rated (const MatineeDataset *dataset, const Popularity *popularity)
{
  static const MatineeCliColumn columns[] = {
    { N_ ("Ratings"), TRUE },
    { N_ ("Mean"), TRUE },
    { N_ ("Most rated"), FALSE },
  };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < popularity->n_most; i++)
    {
      guint32 movie = popularity->most[i];

      matinee_cli_table_take_row (table, matinee_cli_format_count (popularity->counts[movie]),
                                  matinee_cli_format_fixed (popularity_mean (popularity, movie), 2),
                                  matinee_dataset_dup_title (dataset, movie), NULL);
    }
  matinee_cli_print ("\n");
  matinee_cli_table_print (table);
}

static void
print_ids (const MatineeRatings *ratings)
{
  const char *users = matinee_ids_get_kind (ratings->users) == MATINEE_IDS_INTEGER ? _ ("whole numbers") : _ ("text");
  const char *movies = matinee_ids_get_kind (ratings->movies) == MATINEE_IDS_INTEGER ? _ ("whole numbers") : _ ("text");

  matinee_cli_print_field (_ ("Ids"), _ ("users: %s, movies: %s"), users, movies);
}

/* Shows what was found out about a file of which it is not certain how to read it. */
static void
show_diagnosis (const MatineeDiagnosis *diagnosis, gboolean json)
{
  JsonBuilder *event;

  if (!json)
    {
      matinee_cli_print_diagnosis (diagnosis);
      matinee_cli_print_preview (diagnosis);
      return;
    }
  event = matinee_cli_event_new ("diagnosis");
  matinee_cli_event_add_diagnosis (event, diagnosis);
  matinee_cli_event_write (event);
}

/* Would the other commands read the file as it is? */
static gboolean
check_bad_lines (const MatineeCliReading *reading, const MatineeDataset *dataset, GError **error)
{
  const MatineeTolerance few = MATINEE_TOLERANCE_FEW;
  const MatineeReadReport *report = &reading->report;
  gsize n = matinee_ratings_get_n (dataset->ratings) + dataset->ratings->n_duplicates + report->n_bad;

  if (reading->skip_bad_lines || (report->n_bad <= few.most && (double) report->n_bad <= few.share * (double) n))
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("%s; --skip-bad-lines leaves such lines out"),
               g_array_index (report->bad_lines, MatineeBadLine, 0).message);
  return FALSE;
}

static gboolean
show_info (MatineeCliSource *source, gboolean json, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autoptr (GArray) bars = NULL;
  g_auto (Popularity) popularity = { 0 };
  MatineeCliReading *reading = &source->reading;
  MatineeOddities oddities;

  if (matinee_model_file_probe (source->ratings))
    {
      if (source->titles != NULL)
        matinee_cli_note (_ ("--movies has no effect with a model, which has titles of its own or none"));
      return matinee_cli_info_model (source->ratings, json, pool, stop, error);
    }
  if (!matinee_cli_source_find (source, stop, error)
      || !matinee_cli_reading_diagnose (reading, source->ratings, MATINEE_TABLE_RATINGS, stop, error))
    return FALSE;
  if (!reading->diagnosis->certain)
    {
      show_diagnosis (reading->diagnosis, json);
      return matinee_cli_reading_check (reading, error);
    }
  reading->tolerance = MATINEE_TOLERANCE_MANY;
  reading->quiet = TRUE;
  reading->times = MATINEE_TIMES_IF_GOOD;
  dataset = matinee_cli_read_dataset (source->ratings, source->titles, reading, pool, stop, error);
  if (dataset == NULL || !popularity_init (&popularity, dataset->ratings, error)
      || !matinee_oddities_find (&oddities, dataset->ratings, error))
    return FALSE;
  bars = make_histogram (dataset->ratings);
  if (json)
    {
      write_info (dataset, bars, &popularity, reading, &oddities);
      return check_bad_lines (reading, dataset, error);
    }
  matinee_cli_print_dataset (dataset, source->ratings, source->titles);
  print_ids (dataset->ratings);
  matinee_cli_print_diagnosis (reading->diagnosis);
  matinee_cli_print_findings (&reading->report, &oddities);
  print_histogram (bars);
  print_most_rated (dataset, &popularity);
  return check_bad_lines (reading, dataset, error);
}

/**
 * Options:
 * @source: the file, and how it is to be read
 * @json: `--json`
 *
 * What the command was asked to do.
 */
typedef struct
{
  MatineeCliSource source;
  gboolean json;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  matinee_cli_source_clear (&options->source);
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "movies", 'm', 0, G_OPTION_ARG_FILENAME, &options->source.titles, N_ ("The titles of the movies"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  matinee_cli_source_add_options (&options->source, context);
  matinee_cli_reading_add_titles_options (&options->source.reading, context);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->source.ratings = g_strdup (matinee_cli_call_get_argument (call));
  return matinee_cli_reading_resolve (&options->source.reading, error)
         && show_info (&options->source, options->json, error);
}

/**
 * matinee_cli_info:
 *
 * Says what a ratings file or a saved model holds.
 */
const MatineeCliAction matinee_cli_info = { sizeof (Options), add_options, run, options_clear };
