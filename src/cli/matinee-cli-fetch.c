/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "matinee-cli-actions.h"
#include "matinee-cli-event.h"
#include "matinee-cli-fetch-parts.h"
#include "matinee-cli-text.h"
#include "matinee-fetch-job.h"

/**
 * Options:
 * @accept: `--accept-licence`
 * @force: `--force`
 * @json: `--json`
 * @base: (nullable): `--base-url`
 * @folder: (nullable): `--folder`
 * @root: the folder that sets are kept in
 *
 * What the command was asked to do.
 */
typedef struct
{
  gboolean accept;
  gboolean force;
  gboolean json;
  char *base;
  char *folder;
  char *root;
} Options;

static void
options_clear (gpointer data)
{
  Options *options = data;

  g_free (options->base);
  g_free (options->folder);
  g_free (options->root);
}

/* A download, from its beginning to its end. */
typedef struct
{
  GMainLoop *loop;
  GError *error;
} Run;

static const MatineeMovieLensSet *
find_set (const char *name, GError **error)
{
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);
  const MatineeMovieLensSet *set = matinee_movielens_find (name);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  for (guint i = 0; set == NULL && i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", sets[i].name);
  if (set == NULL)
    matinee_cli_fail_usage (error, _ ("There is no MovieLens set “%s”; there are: %s"), valid, names->str);
  return set;
}

static void
progress_cb (MatineeFetchJob *job, gpointer data)
{
  g_autofree char *text = matinee_fetch_job_dup_text (job);

  matinee_cli_progress ("%s", text);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  matinee_job_run_finish (MATINEE_JOB (source), result, &run->error);
  g_main_loop_quit (run->loop);
}

/* Once; the second signal finds nobody who waits for it and ends the program. */
static gboolean
signal_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static guint
watch_signal (int number, GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_unix_signal_source_new (number);

  g_source_set_callback (source, signal_cb, g_object_ref (cancellable), g_object_unref);
  return g_source_attach (source, NULL);
}

static void
unwatch_signal (guint id)
{
  GSource *source = g_main_context_find_source_by_id (NULL, id);

  if (source != NULL)
    g_source_destroy (source);
}

static gboolean
download (const MatineeMovieLensSet *set, const Options *options, MatineeFetchProgress *progress, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (MatineeFetchJob) job
      = matinee_fetch_job_new (set, options->base != NULL ? options->base : MATINEE_MOVIELENS_URL, options->root);
  const guint sources[] = { watch_signal (SIGINT, cancellable), watch_signal (SIGTERM, cancellable) };
  Run run = { .loop = loop };

  g_signal_connect (job, "progress", G_CALLBACK (progress_cb), NULL);
  matinee_job_run_async (MATINEE_JOB (job), cancellable, fetched_cb, &run);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    unwatch_signal (sources[i]);
  *progress = *matinee_fetch_job_get_progress (job);
  if (run.error == NULL)
    return TRUE;
  if (g_error_matches (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _ ("Stopped. What has arrived is kept: the same command goes on from there"));
      g_error_free (run.error);
    }
  else
    g_propagate_error (error, run.error);
  return FALSE;
}

/* @progress: (nullable): of the download, if there was one. */
static void
tell (const MatineeMovieLensSet *set, const Options *options, const MatineeFetchProgress *progress)
{
  g_autofree char *ratings = matinee_movielens_dup_ratings (set, options->root);
  g_autofree char *titles = matinee_movielens_dup_titles (set, options->root);
  g_autofree char *ratings_name = g_filename_display_name (ratings);
  g_autofree char *titles_name = g_filename_display_name (titles);

  if (options->json)
    {
      JsonBuilder *event = matinee_cli_event_new ("fetched");

      matinee_cli_event_add_string (event, "name", set->name);
      matinee_cli_event_add_string (event, "ratings", ratings_name);
      matinee_cli_event_add_string (event, "movies", titles_name);
      matinee_cli_event_add_count (event, "bytes", progress != NULL ? progress->done - progress->resumed : 0);
      matinee_cli_event_add_count (event, "resumed", progress != NULL ? progress->resumed : 0);
      matinee_cli_event_write (event);
      return;
    }
  if (progress != NULL)
    {
      g_autofree char *size = g_format_size (progress->done);

      matinee_cli_print_field (_ ("Set"), _ ("%s, %s downloaded and checked"), set->title, size);
    }
  else
    matinee_cli_print_field (_ ("Set"), _ ("%s, was there already"), set->title);
  matinee_cli_print_field (_ ("Ratings"), "%s", ratings_name);
  matinee_cli_print_field (_ ("Titles"), "%s", titles_name);
}

static gboolean
fetch (const char *name, const Options *options, GError **error)
{
  const MatineeMovieLensSet *set = find_set (name, error);
  MatineeFetchProgress progress;

  if (set == NULL)
    return FALSE;
  if (!options->force && matinee_movielens_is_there (set, options->root))
    {
      tell (set, options, NULL);
      return TRUE;
    }
  if (!matinee_cli_fetch_agree (set, options->accept, options->json, error)
      || !download (set, options, &progress, error))
    return FALSE;
  tell (set, options, &progress);
  return TRUE;
}

static void
add_options (gpointer data, GOptionContext *context)
{
  Options *options = data;
  const GOptionEntry entries[] = {
    { "accept-licence", 0, 0, G_OPTION_ARG_NONE, &options->accept, N_ ("Accept the licence of the set"), NULL },
    { "accept-license", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->accept, NULL, NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options->force, N_ ("Download it again if it is there"), NULL },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &options->folder, N_ ("Keep sets in this folder"), N_ ("FOLDER") },
    { "base-url", 0, 0, G_OPTION_ARG_STRING, &options->base, N_ ("Download from a copy at this address"), N_ ("URL") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print JSON, one object a line"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static gboolean
run (gpointer data, const MatineeCliCall *call, GError **error)
{
  Options *options = data;

  options->root = options->folder != NULL ? g_strdup (options->folder) : matinee_movielens_dup_root ();
  if (matinee_cli_call_get_argument (call) != NULL)
    return fetch (matinee_cli_call_get_argument (call), options, error);
  matinee_cli_fetch_list (options->root, options->json);
  return TRUE;
}

/**
 * matinee_cli_fetch:
 *
 * Lists the MovieLens sets, or downloads one.
 */
const MatineeCliAction matinee_cli_fetch = { sizeof (Options), add_options, run, options_clear };
