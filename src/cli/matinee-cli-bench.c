/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-bench-parts.h"
#include "matinee-cli-generate.h"
#include "matinee-cli-signals.h"
#include "matinee-error.h"
#include "matinee-system.h"

/* The shape of MovieLens 1M, and tastes that are as hard to learn. */
#define USERS 6040
#define MOVIES 3706
#define RATINGS 1000000
#define HIDDEN_TASTES 8
#define NOISE 0.7
#define SEED 1

#define FACTORS 64
#define TEST_SHARE 0.1

/* Everything is measured so often, and then again until this time has passed: what
 * is short needs more runs before one of them is undisturbed. */
#define ROUNDS 3
#define ENOUGH_SECONDS 0.5

/**
 * Options:
 * @users: (nullable): `--users`, as it was given
 * @movies: (nullable): `--movies`
 * @ratings: (nullable): `--ratings`
 * @factors: (nullable): `--factors`
 * @threads: (nullable): `--threads`
 * @rounds: (nullable): `--rounds`
 * @kernels: (nullable): `--kernels`
 * @peak_of: (nullable): `--peak-of`: only measure the memory that this file takes
 * @json: `--json`
 *
 * What the command was asked to do.
 */
typedef struct
{
  char *users;
  char *movies;
  char *ratings;
  char *factors;
  char *threads;
  char *rounds;
  char *kernels;
  char *peak_of;
  gboolean json;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->users);
  g_free (options->movies);
  g_free (options->ratings);
  g_free (options->factors);
  g_free (options->threads);
  g_free (options->rounds);
  g_free (options->kernels);
  g_free (options->peak_of);
}

static void
bench_clear (MatineeCliBench *bench)
{
  matinee_cli_bench_remove_file (bench);
  g_clear_pointer (&bench->split, matinee_split_unref);
  g_clear_pointer (&bench->ratings, matinee_ratings_unref);
  g_clear_pointer (&bench->pool, matinee_pool_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliBench, bench_clear)

/**
 * matinee_cli_bench_check_stop:
 * @bench: a run
 * @error: return location
 *
 * Returns: whether to go on; else %FALSE with %MATINEE_ERROR_CANCELLED
 */
gboolean
matinee_cli_bench_check_stop (const MatineeCliBench *bench, GError **error)
{
  if (!matinee_stop_requested (bench->stop))
    return TRUE;
  matinee_error_set_cancelled (error);
  return FALSE;
}

/**
 * matinee_cli_bench_again:
 * @bench: a run
 * @timing: what is being measured
 * @start: when that began, from g_get_monotonic_time()
 *
 * Returns: whether to measure it once more
 */
gboolean
matinee_cli_bench_again (const MatineeCliBench *bench, const MatineeCliTiming *timing, gint64 start)
{
  return timing->n < MATINEE_CLI_MAX_RUNS
         && (timing->n < bench->rounds || matinee_cli_timing_since (start) < ENOUGH_SECONDS);
}

static gboolean
find_kernels (const char *name, MatineeCliBench *bench, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const MatineeKernels *const *all;
  guint n;

  bench->kernels = name != NULL ? matinee_kernels_by_name (name) : matinee_kernels_best ();
  if (bench->kernels != NULL)
    return TRUE;
  all = matinee_kernels_all (&n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", all[i]->name);
  return matinee_cli_fail_usage (error, _ ("This machine has no kernels “%s”; it has: %s"), name, list->str);
}

static gboolean
parse_options (const Options *options, MatineeCliBench *bench, GError **error)
{
  const MatineeParamInfo *k = matinee_param_info (MATINEE_PARAM_FACTORS);
  const MatineeParamInfo *t = matinee_param_info (MATINEE_PARAM_THREADS);
  double users = USERS, movies = MOVIES, ratings = RATINGS, factors = FACTORS, rounds = ROUNDS;
  double threads = matinee_system_n_cores ();
  const MatineeCliNumber numbers[] = {
    { "users", options->users, TRUE, 1, 1e9, &users },
    { "movies", options->movies, TRUE, 1, 1e9, &movies },
    { "ratings", options->ratings, TRUE, 2, G_MAXUINT32, &ratings },
    { "factors", options->factors, TRUE, k->minimum, k->maximum, &factors },
    { "threads", options->threads, TRUE, t->minimum, t->maximum, &threads },
    { "rounds", options->rounds, TRUE, 1, MATINEE_CLI_MAX_RUNS, &rounds },
  };

  if (!matinee_cli_parse_numbers (numbers, G_N_ELEMENTS (numbers), error))
    return FALSE;
  matinee_params_init (&bench->params, (guint) threads);
  bench->params.n_factors = (guint) factors;
  bench->params.test_share = TEST_SHARE;
  bench->rounds = (guint) rounds;
  bench->plan = (MatineePlan){
    .n_users = (guint32) users,
    .n_movies = (guint32) movies,
    .n_ratings = (gsize) ratings,
    .n_factors = HIDDEN_TASTES,
    .noise = NOISE,
    .seed = SEED,
  };
  return find_kernels (options->kernels, bench, error) && matinee_plan_check (&bench->plan, error);
}

static gboolean
check_memory (const MatineeCliBench *bench, GError **error)
{
  const MatineePlan *plan = &bench->plan;

  return matinee_cli_check_plan_memory (plan, error)
         && matinee_params_check_memory (&bench->params, plan->n_users, plan->n_movies, plan->n_ratings,
                                         matinee_system_available_memory (), error);
}

static gboolean
make_file (MatineeCliBench *bench, GError **error)
{
  g_autoptr (MatineeDataset) dataset = NULL;

  matinee_cli_progress (_ ("Making ratings"));
  dataset = matinee_planted_new (&bench->plan, bench->pool, bench->stop, error);
  return dataset != NULL && matinee_cli_bench_write_file (bench, dataset->ratings, error);
}

static gboolean
measure (MatineeCliBench *bench, gboolean json, GError **error)
{
  if (!check_memory (bench, error) || !make_file (bench, error) || !matinee_cli_bench_memory (bench, error)
      || !matinee_cli_bench_loading (bench, error))
    return FALSE;
  matinee_cli_bench_remove_file (bench);
  if (!matinee_cli_bench_solvers (bench, error))
    return FALSE;
  matinee_cli_bench_report (bench, json);
  return TRUE;
}

static gboolean
start (const Options *options, MatineeCliBench *bench, GError **error)
{
  gboolean done;

  if (!parse_options (options, bench, error))
    return FALSE;
  bench->stop = matinee_cli_stop_on_signals ();
  bench->pool = matinee_pool_new (bench->params.n_threads);
  if (options->peak_of == NULL)
    return measure (bench, options->json, error);
  bench->path = options->peak_of;
  done = matinee_cli_bench_tell_peak (bench, error);
  /* It belongs to who asked. */
  bench->path = NULL;
  return done;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "users", 0, 0, G_OPTION_ARG_STRING, &options->users, N_ ("How many users"), "N" },
    { "movies", 0, 0, G_OPTION_ARG_STRING, &options->movies, N_ ("How many movies"), "N" },
    { "ratings", 0, 0, G_OPTION_ARG_STRING, &options->ratings, N_ ("How many ratings"), "N" },
    { "factors", 0, 0, G_OPTION_ARG_STRING, &options->factors, N_ ("Factors of the model (1 to 512)"), "K" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &options->threads, N_ ("How many threads work (1 to 256)"), "N" },
    { "rounds", 0, 0, G_OPTION_ARG_STRING, &options->rounds, N_ ("Measure at least this many times (1 to 64)"), "N" },
    { "kernels", 0, 0, G_OPTION_ARG_STRING, &options->kernels, N_ ("An instruction set other than the best"),
      N_ ("NAME") },
    { "peak-of", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &options->peak_of, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  g_auto (MatineeCliBench) bench = { 0 };

  return start (data, &bench, error);
}

/**
 * matinee_cli_bench:
 *
 * Measures reading, training and recommending on made-up ratings, beside what the
 * machine can do.
 */
const MatineeCliAction matinee_cli_bench = { sizeof (Options), add_options, run, options_clear };
