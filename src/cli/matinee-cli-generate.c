/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-generate.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-signals.h"
#include "matinee-cli-text.h"
#include "matinee-error.h"
#include "matinee-factors.h"
#include "matinee-params.h"
#include "matinee-planted.h"
#include "matinee-ratings-writer.h"
#include "matinee-system.h"

#define RATINGS_NAME "ratings.csv"
#define TITLES_NAME "movies.csv"
#define README_NAME "README.txt"

static const char *const file_names[] = { RATINGS_NAME, TITLES_NAME, README_NAME };

/**
 * Options:
 * @users: (nullable): `--users`, as it was given
 * @movies: (nullable): `--movies`
 * @ratings: (nullable): `--ratings`
 * @factors: (nullable): `--factors`
 * @noise: (nullable): `--noise`
 * @seed: (nullable): `--seed`
 * @force: `--force`
 * @json: `--json`
 * @plan: what they say
 *
 * What the command was asked to do.
 */
typedef struct
{
  char *users;
  char *movies;
  char *ratings;
  char *factors;
  char *noise;
  char *seed;
  gboolean force;
  gboolean json;
  MatineePlan plan;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->users);
  g_free (options->movies);
  g_free (options->ratings);
  g_free (options->factors);
  g_free (options->noise);
  g_free (options->seed);
}

static gboolean
parse_plan (Options *options, GError **error)
{
  MatineePlan *plan = &options->plan;
  double users, movies, ratings, factors, noise, seed;
  const MatineeCliNumber numbers[] = {
    { "users", options->users, TRUE, 1, 1e9, &users },
    { "movies", options->movies, TRUE, 1, 1e9, &movies },
    { "ratings", options->ratings, TRUE, 1, 1e12, &ratings },
    { "factors", options->factors, TRUE, 0, MATINEE_MAX_FACTORS, &factors },
    { "noise", options->noise, FALSE, 0, 100, &noise },
    { "seed", options->seed, TRUE, 0, G_MAXUINT32, &seed },
  };

  matinee_plan_init_sample (plan);
  users = plan->n_users;
  movies = plan->n_movies;
  ratings = (double) plan->n_ratings;
  factors = plan->n_factors;
  noise = plan->noise;
  seed = (double) plan->seed;
  if (!matinee_cli_parse_numbers (numbers, G_N_ELEMENTS (numbers), error))
    return FALSE;
  *plan = (MatineePlan){
    .n_users = (guint32) users,
    .n_movies = (guint32) movies,
    .n_ratings = (gsize) ratings,
    .n_factors = (guint) factors,
    .noise = noise,
    .seed = (guint64) seed,
  };
  return matinee_plan_check (plan, error);
}

/* Makes the folder, and sees to it that nothing in it is lost. */
static gboolean
prepare_folder (const char *folder, gboolean force, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      int saved = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), _ ("The folder %s could not be made: %s"),
                   name, g_strerror (saved));
      return FALSE;
    }
  for (guint i = 0; !force && i < G_N_ELEMENTS (file_names); i++)
    {
      g_autofree char *path = g_build_filename (folder, file_names[i], NULL);
      g_autofree char *display = g_filename_display_name (path);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                   _ ("%s exists already: name another folder, or give --force to replace it"), display);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_readme (const char *path, const MatineeDataset *dataset, const MatineePlan *plan, GError **error)
{
  g_autofree char *noise = matinee_cli_format_option (plan->noise);
  g_autofree char *command
      = g_strdup_printf ("matinee-cli generate FOLDER --users %u --movies %u --ratings %" G_GSIZE_FORMAT
                         " --factors %u --noise %s --seed %" G_GUINT64_FORMAT,
                         plan->n_users, plan->n_movies, plan->n_ratings, plan->n_factors, noise, plan->seed);
  g_autofree char *text = g_strdup_printf (
      _ ("These ratings are synthetic: no person gave them. Matinee %s made them, and this command\n"
         "makes the same ones again:\n"
         "\n"
         "  %s\n"
         "\n"
         "Each rating is the sum of a mean, what the user adds, what the film adds, the product of\n"
         "hidden tastes, and normal noise with a standard deviation of %s, rounded to the scale 0.5\n"
         "to 5. The RMSE left to somebody who knows all but the noise is %.4f: no model can be\n"
         "expected to do better on ratings that it has not seen.\n"
         "\n"
         "Films may have the titles of real films, but what their ratings say about them is made up.\n"),
      MATINEE_VERSION, command, noise, dataset->noise_floor);

  return g_file_set_contents (path, text, -1, error);
}

static void
tell (const Options *options, const MatineeDataset *dataset, const char *folder)
{
  const MatineeRatings *ratings = dataset->ratings;
  g_autofree char *name = g_filename_display_name (folder);

  if (options->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("generated");

      matinee_cli_event_add_string (event, "folder", name);
      matinee_cli_event_add_count (event, "users", matinee_ratings_get_n_users (ratings));
      matinee_cli_event_add_count (event, "movies", matinee_ratings_get_n_movies (ratings));
      matinee_cli_event_add_count (event, "ratings", matinee_ratings_get_n (ratings));
      matinee_cli_event_add_count (event, "factors", options->plan.n_factors);
      matinee_cli_event_add_number (event, "noise", options->plan.noise);
      matinee_cli_event_add_number (event, "noise_floor", dataset->noise_floor);
      matinee_cli_event_add_count (event, "seed", options->plan.seed);
      matinee_cli_event_write (event);
    }
  else
    {
      g_autofree char *clean = matinee_cli_text_clean (name);
      g_autofree char *count = matinee_cli_format_count (matinee_ratings_get_n (ratings));

      matinee_cli_print_field (_ ("Folder"), "%s", clean);
      matinee_cli_print_field (_ ("Ratings"), _ ("%s, synthetic"), count);
      matinee_cli_print_field (_ ("Noise floor"), _ ("RMSE %.4f"), dataset->noise_floor);
    }
}

static gboolean
generate (const Options *options, const char *folder, GError **error)
{
  MatineeStop *stop = matinee_cli_stop_on_signals ();
  g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
  g_autoptr (MatineeDataset) dataset = NULL;
  g_autofree char *ratings = g_build_filename (folder, RATINGS_NAME, NULL);
  g_autofree char *titles = g_build_filename (folder, TITLES_NAME, NULL);
  g_autofree char *readme = g_build_filename (folder, README_NAME, NULL);

  if (!matinee_cli_check_plan_memory (&options->plan, error) || !prepare_folder (folder, options->force, error))
    return FALSE;
  dataset = matinee_planted_new (&options->plan, pool, stop, error);
  if (dataset == NULL || !matinee_ratings_write (dataset->ratings, ratings, stop, error)
      || !matinee_titles_write (dataset->titles, titles, stop, error)
      || !write_readme (readme, dataset, &options->plan, error))
    return FALSE;
  tell (options, dataset, folder);
  return TRUE;
}

/**
 * matinee_cli_check_plan_memory:
 * @plan: ratings to make
 * @error: return location
 *
 * Refuses what would not fit, before it takes the machine down. A rating is held
 * as it is drawn and once more while it is put in order.
 *
 * Returns: %FALSE with %MATINEE_ERROR_MEMORY when there is not enough
 */
gboolean
matinee_cli_check_plan_memory (const MatineePlan *plan, GError **error)
{
  double entity = 64.0 + sizeof (float) * (double) matinee_factors_stride (plan->n_factors);
  double needed = 32.0 * (double) plan->n_ratings + entity * ((double) plan->n_users + plan->n_movies);
  guint64 available = matinee_system_available_memory ();
  g_autofree char *needed_text = g_format_size ((guint64) needed);
  g_autofree char *available_text = g_format_size (available);

  if (available == 0 || needed <= (double) available)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY,
               _ ("Making these ratings needs about %s of memory, and %s are available: ask for fewer"), needed_text,
               available_text);
  return FALSE;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "users", 0, 0, G_OPTION_ARG_STRING, &options->users, N_ ("How many users"), "N" },
    { "movies", 0, 0, G_OPTION_ARG_STRING, &options->movies, N_ ("How many movies"), "N" },
    { "ratings", 0, 0, G_OPTION_ARG_STRING, &options->ratings, N_ ("How many ratings"), "N" },
    { "factors", 0, 0, G_OPTION_ARG_STRING, &options->factors, N_ ("How many hidden tastes (0 to 512)"), "K" },
    { "noise", 0, 0, G_OPTION_ARG_STRING, &options->noise, N_ ("Standard deviation of the noise (0 to 100)"), "S" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &options->seed, N_ ("The same seed makes the same data"), "N" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options->force, N_ ("Replace files that exist"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  return parse_plan (options, error) && generate (options, matinee_cli_call_get_argument (call), error);
}

/**
 * matinee_cli_generate:
 *
 * Writes planted data to a folder.
 */
const MatineeCliAction matinee_cli_generate = { sizeof (Options), add_options, run, options_clear };
