/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "matinee-cli-bench-parts.h"
#include "matinee-cli-output.h"
#include "matinee-ratings-reader.h"
#include "matinee-trainer.h"

/*
 * What a program takes at most is known only for its whole life. So reading and
 * training happen in a process of their own: this program once more, with an option
 * that tells it to, and its answer is one line on standard output.
 */

#define SELF "/proc/self/exe"
#define STATUS "/proc/self/status"
#define PEAK "VmHWM:"

/* How often somebody who waits looks whether to stop. */
#define WAIT_MS 50

/* A process that writes to a pipe. */
typedef struct
{
  GPid pid;
  int out;
  GString *text;
} Child;

static gboolean
child_start (Child *child, const MatineeCliBench *bench, GError **error)
{
  g_autofree char *factors = g_strdup_printf ("%u", bench->params.n_factors);
  g_autofree char *threads = g_strdup_printf ("%u", bench->params.n_threads);
  const char *const argv[]
      = { SELF, "bench", "--peak-of", bench->path, "--factors", factors, "--threads", threads, NULL };

  child->text = g_string_new (NULL);
  return g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                   NULL, NULL, &child->pid, NULL, &child->out, NULL, error);
}

/* Reads what it writes until it ends, or until somebody wants to stop. */
static void
child_read (Child *child, const MatineeCliBench *bench)
{
  struct pollfd poll_out = { .fd = child->out, .events = POLLIN };
  char buffer[256];
  gssize got = 1;

  while (got != 0 && !matinee_stop_requested (bench->stop))
    {
      if (poll (&poll_out, 1, WAIT_MS) <= 0)
        continue;
      got = read (child->out, buffer, sizeof buffer);
      if (got > 0)
        g_string_append_len (child->text, buffer, got);
    }
}

static gboolean
child_end (Child *child, const MatineeCliBench *bench)
{
  int status = 0;

  if (matinee_stop_requested (bench->stop))
    kill (child->pid, SIGTERM);
  close (child->out);
  while (waitpid (child->pid, &status, 0) < 0 && errno == EINTR)
    ;
  g_spawn_close_pid (child->pid);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

/**
 * matinee_cli_bench_memory:
 * @bench: a run with a temporary file
 * @error: return location
 *
 * Measures how much memory reading the file and training takes, on systems that
 * tell. Where it can't be measured, it stays unknown: the other figures still count.
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED when asked to stop
 */
gboolean
matinee_cli_bench_memory (MatineeCliBench *bench, GError **error)
{
  Child child = { 0 };
  g_autoptr (GError) failure = NULL;

  matinee_cli_progress (_ ("Measuring memory"));
  if (child_start (&child, bench, &failure))
    {
      child_read (&child, bench);
      if (child_end (&child, bench))
        bench->peak = g_ascii_strtoull (child.text->str, NULL, 10);
    }
  g_string_free (child.text, TRUE);
  return matinee_cli_bench_check_stop (bench, error);
}

/* Bytes, or 0 when the system does not say. */
static guint64
get_peak (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (STATUS, &text, NULL, NULL))
    return 0;
  line = strstr (text, PEAK);
  return line != NULL ? g_ascii_strtoull (line + strlen (PEAK), NULL, 10) * 1024 : 0;
}

/**
 * matinee_cli_bench_tell_peak:
 * @bench: a run of which no more is needed than @path, @params, @pool and @stop
 * @error: return location
 *
 * Reads ratings, does an iteration of training and writes to standard output how
 * many bytes of memory that took at most. This is the other side of
 * matinee_cli_bench_memory().
 *
 * Returns: whether all went well
 */
gboolean
matinee_cli_bench_tell_peak (const MatineeCliBench *bench, GError **error)
{
  MatineeParams params = bench->params;
  g_autoptr (MatineeRatings) ratings = matinee_ratings_read (bench->path, bench->pool, NULL, NULL, bench->stop, error);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  GError *failure = NULL;

  if (ratings == NULL)
    return FALSE;
  params.n_iterations = 1;
  split = matinee_split_new_random (ratings, params.test_share, params.seed, bench->pool, bench->stop, error);
  if (split != NULL)
    trainer = matinee_trainer_new (&params, split, NULL, bench->pool, bench->stop, error);
  if (trainer == NULL)
    return FALSE;
  matinee_trainer_run (trainer, NULL, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  matinee_cli_print ("%" G_GUINT64_FORMAT "\n", get_peak ());
  return matinee_cli_bench_check_stop (bench, error);
}
