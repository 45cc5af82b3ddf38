/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-cli-bench-parts.h"
#include "matinee-cli-event.h"
#include "matinee-cli-output.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"
#include "matinee-yardstick.h"

#define GIGA 1e-9
#define MEGA 1e-6

/**
 * Figures:
 * @exact_rate: operations a second, as if by the textbook's method
 * @all_top_n: seconds of recommending to all users
 *
 * What follows from the timings. Seconds are those of the fastest runs, NaN where
 * there was none.
 */
typedef struct
{
  double count_lines;
  double parse;
  double ready;
  double exact;
  double exact_rate;
  double cg;
  double all_top_n;
  double all_top_n_rate;
} Figures;

static double
measured (double value)
{
  return value > 0 ? value : NAN;
}

static double
iteration (const MatineeCliTiming *half_steps)
{
  return matinee_cli_timing_best (&half_steps[0]) + matinee_cli_timing_best (&half_steps[1]);
}

/* Operations in one iteration by the textbook's method: each training rating adds an
 * outer product and a right side to one system of each side, and each system is
 * factorised. What shortcuts save still counts, so that a ratio compares the time
 * for the same result. */
static double
count_operations (const MatineeCliBench *bench)
{
  double k = bench->params.n_factors;
  double n = (double) bench->split->train_by_user->n_entries;

  return 2.0 * n * (k + 1) * (k + 2) + ((double) bench->plan.n_users + bench->plan.n_movies) * k * k * k / 3.0;
}

static void
work_out (const MatineeCliBench *bench, Figures *figures)
{
  double sampled = matinee_cli_timing_best (&bench->all_top_n);
  double per_user = 2.0 * bench->plan.n_movies * bench->params.n_factors;

  figures->count_lines = matinee_cli_timing_best (&bench->count_lines);
  figures->parse = matinee_cli_timing_best (&bench->parse);
  figures->ready = matinee_cli_timing_best (&bench->ready);
  figures->exact = iteration (bench->exact);
  figures->exact_rate = count_operations (bench) / figures->exact;
  figures->cg = iteration (bench->cg);
  figures->all_top_n = sampled * bench->plan.n_users / (double) bench->n_sampled;
  figures->all_top_n_rate = per_user * (double) bench->n_sampled / sampled;
}

static void
write_timing (const char *name, const MatineeCliTiming *timing)
{
  JsonBuilder *event = matinee_cli_event_new ("timing");

  matinee_cli_event_add_string (event, "name", name);
  matinee_cli_event_add_number (event, "seconds", matinee_cli_timing_best (timing));
  matinee_cli_event_add_number (event, "median", matinee_cli_timing_median (timing));
  matinee_cli_event_add_count (event, "runs", timing->n);
  matinee_cli_event_write (event);
}

static void
write_timings (const MatineeCliBench *bench)
{
  write_timing ("count-lines", &bench->count_lines);
  write_timing ("load", &bench->parse);
  write_timing ("ready", &bench->ready);
  write_timing ("split", &bench->split_time);
  write_timing ("exact-users", &bench->exact[0]);
  write_timing ("exact-movies", &bench->exact[1]);
  write_timing ("cg-users", &bench->cg[0]);
  write_timing ("cg-movies", &bench->cg[1]);
  write_timing ("evaluate", &bench->evaluate);
  write_timing ("top-n", &bench->top_n);
  write_timing ("all-top-n", &bench->all_top_n);
}

static void
add_half_steps (JsonBuilder *event, const char *users, const char *movies, const MatineeCliTiming *half_steps)
{
  matinee_cli_event_add_number (event, users, 1e3 * matinee_cli_timing_best (&half_steps[0]));
  matinee_cli_event_add_number (event, movies, 1e3 * matinee_cli_timing_best (&half_steps[1]));
}

static void
write_bench (const MatineeCliBench *bench, const Figures *figures)
{
  JsonBuilder *event = matinee_cli_event_new ("bench");

  matinee_cli_event_add_count (event, "users", bench->plan.n_users);
  matinee_cli_event_add_count (event, "movies", bench->plan.n_movies);
  matinee_cli_event_add_count (event, "ratings", bench->plan.n_ratings);
  matinee_cli_event_add_count (event, "train", bench->split->train_by_user->n_entries);
  matinee_cli_event_add_count (event, "factors", bench->params.n_factors);
  matinee_cli_event_add_count (event, "threads", bench->params.n_threads);
  matinee_cli_event_add_string (event, "kernels", bench->kernels->name);
  matinee_cli_event_add_string (event, "sgemm_kernels", matinee_yardstick_sgemm_name ());
  matinee_cli_event_add_number (event, "sgemm_gflops", GIGA * measured (bench->sgemm));
  matinee_cli_event_add_number (event, "fma_gflops", GIGA * measured (bench->fma));
  matinee_cli_event_add_number (event, "copy_gbps", GIGA * measured (bench->copy));
  add_half_steps (event, "exact_users_ms", "exact_movies_ms", bench->exact);
  matinee_cli_event_add_number (event, "exact_gflops", GIGA * figures->exact_rate);
  matinee_cli_event_add_number (event, "exact_ratio", figures->exact_rate / measured (bench->sgemm));
  matinee_cli_event_add_number (event, "exact_fma_ratio", figures->exact_rate / measured (bench->fma));
  matinee_cli_event_add_number (event, "exact_seconds", figures->exact);
  add_half_steps (event, "cg_users_ms", "cg_movies_ms", bench->cg);
  matinee_cli_event_add_number (event, "cg_seconds", figures->cg);
  matinee_cli_event_add_number (event, "cg_speedup", figures->exact / figures->cg);
  matinee_cli_event_add_number (event, "wc_seconds", figures->count_lines);
  matinee_cli_event_add_number (event, "load_seconds", figures->parse);
  matinee_cli_event_add_number (event, "load_wc_ratio", figures->parse / figures->count_lines);
  matinee_cli_event_add_number (event, "ready_seconds", figures->ready);
  matinee_cli_event_add_number (event, "ready_wc_ratio", figures->ready / figures->count_lines);
  matinee_cli_event_add_number (event, "split_seconds", matinee_cli_timing_best (&bench->split_time));
  matinee_cli_event_add_number (event, "peak_rss_mb", MEGA * measured ((double) bench->peak));
  matinee_cli_event_add_number (event, "evaluate_seconds", matinee_cli_timing_best (&bench->evaluate));
  matinee_cli_event_add_number (event, "top_n_ms", 1e3 * matinee_cli_timing_best (&bench->top_n));
  matinee_cli_event_add_count (event, "all_top_n_users", bench->n_sampled);
  matinee_cli_event_add_number (event, "all_top_n_seconds", figures->all_top_n);
  matinee_cli_event_add_number (event, "all_top_n_ratio", figures->all_top_n_rate / measured (bench->sgemm));
  matinee_cli_event_write (event);
}

static char *
format_seconds (double seconds)
{
  gboolean long_time = !(seconds < 1.0);
  gboolean short_time = seconds < 1e-3;
  g_autofree char *number = matinee_cli_format_fixed (seconds
                                                          * (long_time    ? 1.0
                                                             : short_time ? 1e6
                                                                          : 1e3),
                                                      long_time ? 3 : 2);

  if (long_time)
    return g_strdup_printf (_ ("%s s"), number);
  return short_time ? g_strdup_printf (_ ("%s µs"), number) : g_strdup_printf (_ ("%s ms"), number);
}

static void
take_row (MatineeCliTable *table, const char *what, const MatineeCliTiming *timing, char *comparison)
{
  matinee_cli_table_take_row (table, g_strdup (what), format_seconds (matinee_cli_timing_best (timing)),
                              format_seconds (matinee_cli_timing_median (timing)),
                              comparison != NULL ? comparison : g_strdup (""), NULL);
}

static void
print_machine (const MatineeCliBench *bench)
{
  g_autofree char *sgemm = matinee_cli_format_fixed (GIGA * measured (bench->sgemm), 1);
  g_autofree char *fma = matinee_cli_format_fixed (GIGA * measured (bench->fma), 1);
  g_autofree char *copy = matinee_cli_format_fixed (GIGA * measured (bench->copy), 1);
  g_autofree char *users = matinee_cli_format_count (bench->plan.n_users);
  g_autofree char *movies = matinee_cli_format_count (bench->plan.n_movies);
  g_autofree char *ratings = matinee_cli_format_count (bench->plan.n_ratings);
  g_autofree char *train = matinee_cli_format_count (bench->split->train_by_user->n_entries);

  matinee_cli_print_field (_ ("Ratings"), _ ("%s by %s users of %s movies, %s of them to train"), ratings, users,
                           movies, train);
  matinee_cli_print_field (_ ("Model"), _ ("%u factors, %u threads, %s"), bench->params.n_factors,
                           bench->params.n_threads, bench->kernels->name);
  matinee_cli_print_field (_ ("Machine"), _ ("sgemm %s Gflop/s (%s), multiply-add %s Gflop/s, copy %s GB/s"), sgemm,
                           matinee_yardstick_sgemm_name (), fma, copy);
}

static void
print_table (const MatineeCliBench *bench, const Figures *figures)
{
  static const MatineeCliColumn columns[]
      = { { N_ ("Measured"), FALSE }, { N_ ("Best"), TRUE }, { N_ ("Median"), TRUE }, { N_ ("Compared"), FALSE } };
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *exact = format_seconds (figures->exact);
  g_autofree char *cg = format_seconds (figures->cg);
  g_autofree char *all = format_seconds (figures->all_top_n);
  g_autofree char *sampled = matinee_cli_format_count (bench->n_sampled);
  g_autofree char *top_n = g_strdup_printf (_ ("Top %d for %s users"), MATINEE_CLI_BENCH_TOP, sampled);
  g_autofree char *top_one = g_strdup_printf (_ ("Top %d for one user"), MATINEE_CLI_BENCH_TOP);

  take_row (table, _ ("Count line ends"), &bench->count_lines, NULL);
  take_row (table, _ ("Read into arrays"), &bench->parse,
            g_strdup_printf (_ ("%.2f × counting line ends"), figures->parse / figures->count_lines));
  take_row (table, _ ("Read, ready to train"), &bench->ready,
            g_strdup_printf (_ ("%.2f × counting line ends"), figures->ready / figures->count_lines));
  take_row (table, _ ("  of which split"), &bench->split_time, NULL);
  take_row (table, _ ("Exact, users"), &bench->exact[0], NULL);
  take_row (table, _ ("Exact, movies"), &bench->exact[1],
            g_strdup_printf (_ ("an iteration: %s, %.1f Gflop/s, %.3f of sgemm"), exact, GIGA * figures->exact_rate,
                             figures->exact_rate / bench->sgemm));
  take_row (table, _ ("Conjugate gradients, users"), &bench->cg[0], NULL);
  take_row (table, _ ("Conjugate gradients, movies"), &bench->cg[1],
            g_strdup_printf (_ ("an iteration: %s, %.2f times as fast as exact"), cg, figures->exact / figures->cg));
  take_row (table, _ ("Evaluate"), &bench->evaluate, NULL);
  take_row (table, top_one, &bench->top_n, NULL);
  take_row (table, top_n, &bench->all_top_n,
            g_strdup_printf (_ ("all users: %s, %.3f of sgemm"), all, figures->all_top_n_rate / bench->sgemm));
  matinee_cli_print ("\n");
  matinee_cli_table_print (table);
}

/**
 * matinee_cli_bench_report:
 * @bench: a run that is done
 * @json: whether to write events rather than a table
 *
 * Writes what was measured to standard output.
 */
void
matinee_cli_bench_report (const MatineeCliBench *bench, gboolean json)
{
  Figures figures;
  g_autofree char *peak = NULL;

  matinee_cli_progress_clear ();
  work_out (bench, &figures);
  if (json)
    {
      write_timings (bench);
      write_bench (bench, &figures);
      return;
    }
  print_machine (bench);
  print_table (bench, &figures);
  peak = bench->peak > 0 ? g_format_size (bench->peak) : g_strdup (_ ("not known"));
  matinee_cli_print ("\n");
  matinee_cli_print_field (_ ("Memory"), _ ("reading and training take at most %s"), peak);
}
