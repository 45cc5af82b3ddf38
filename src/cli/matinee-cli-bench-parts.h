/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-timing.h"
#include "matinee-kernels.h"
#include "matinee-params.h"
#include "matinee-planted.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/* What each user is recommended. */
#define MATINEE_CLI_BENCH_TOP 10

/**
 * MatineeCliBench:
 * @plan: the data to make
 * @params: the training to measure
 * @kernels: the instruction set
 * @rounds: measure everything at least so often
 * @pool: threads
 * @stop: raised by Ctrl+C
 * @path: (nullable): the temporary file with the ratings
 * @ratings: (nullable): what was read from it
 * @split: (nullable): the same, ready to train
 * @sgemm: operations a second of OpenBLAS's matrix product, or 0
 * @fma: operations a second of multiply-adds on registers, or 0
 * @copy: bytes a second copied in memory, or 0
 * @count_lines: counting the line ends of the file
 * @parse: reading the file into arrays
 * @ready: reading the file until training could begin
 * @split_time: the part of @ready that divides what was read and turns it round
 * @exact: half-steps of the exact solver, users and movies
 * @cg: half-steps of the conjugate-gradient solver
 * @evaluate: predicting all training ratings
 * @top_n: recommending to one user
 * @all_top_n: recommending to @n_sampled users
 * @n_sampled: how many of the users these were
 * @peak: bytes of memory that reading and training takes at most, or 0
 *
 * One run of `matinee-cli bench`: what it works on and what it found.
 */
typedef struct
{
  MatineePlan plan;
  MatineeParams params;
  const MatineeKernels *kernels;
  guint rounds;
  MatineePool *pool;
  MatineeStop *stop;
  char *path;
  MatineeRatings *ratings;
  MatineeSplit *split;
  double sgemm;
  double fma;
  double copy;
  MatineeCliTiming count_lines;
  MatineeCliTiming parse;
  MatineeCliTiming ready;
  MatineeCliTiming split_time;
  MatineeCliTiming exact[2];
  MatineeCliTiming cg[2];
  MatineeCliTiming evaluate;
  MatineeCliTiming top_n;
  MatineeCliTiming all_top_n;
  gsize n_sampled;
  guint64 peak;
} MatineeCliBench;

gboolean matinee_cli_bench_write_file (MatineeCliBench *bench, const MatineeRatings *ratings, GError **error);
void matinee_cli_bench_remove_file (MatineeCliBench *bench);
gboolean matinee_cli_bench_count_lines (MatineeCliBench *bench, GError **error);
gboolean matinee_cli_bench_loading (MatineeCliBench *bench, GError **error);
gboolean matinee_cli_bench_solvers (MatineeCliBench *bench, GError **error);
gboolean matinee_cli_bench_top_n (MatineeCliBench *bench, MatineeFactors *factors, GError **error);
gboolean matinee_cli_bench_memory (MatineeCliBench *bench, GError **error);
gboolean matinee_cli_bench_tell_peak (const MatineeCliBench *bench, GError **error);
void matinee_cli_bench_report (const MatineeCliBench *bench, gboolean json);

gboolean matinee_cli_bench_again (const MatineeCliBench *bench, const MatineeCliTiming *timing, gint64 start);
gboolean matinee_cli_bench_check_stop (const MatineeCliBench *bench, GError **error);

G_END_DECLS
