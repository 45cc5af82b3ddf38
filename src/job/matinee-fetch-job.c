/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-fetch-job.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

#include "matinee-download.h"
#include "matinee-error.h"
#include "matinee-system.h"

/* The part of the progress that downloading takes; checking and unpacking share the rest. */
#define DOWNLOAD_SHARE 0.9
#define CHECKED_SHARE 0.92
/* Over how long the speed is averaged, and how often it is worked out anew. */
#define SPEED_SECONDS 5.0
#define SPEED_INTERVAL 0.5

/**
 * MatineeFetchJob:
 *
 * Gets a MovieLens set in a worker thread: downloads its archive, going on where an earlier
 * download has stopped, checks it and unpacks it into the folder of the set.
 */
struct _MatineeFetchJob
{
  MatineeJob parent_instance;

  const MatineeMovieLensSet *set;
  char *base;
  char *root;

  /* Of the worker. */
  MatineeFetchProgress current;
  gint64 measured_at;
  guint64 measured;

  MatineeFetchProgress progress; /* of the main thread */
};

G_DEFINE_FINAL_TYPE (MatineeFetchJob, matinee_fetch_job, MATINEE_TYPE_JOB)

enum
{
  PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
matinee_fetch_job_deliver (MatineeJob *job, gconstpointer records, guint n)
{
  MatineeFetchJob *self = MATINEE_FETCH_JOB (job);
  const MatineeFetchProgress *news = records;

  if (n > 0)
    self->progress = news[n - 1];
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
post (MatineeFetchJob *self, MatineeFetchPhase phase, double fraction)
{
  self->current.phase = phase;
  matinee_job_post (MATINEE_JOB (self), &self->current, fraction);
}

static double
share_of (guint64 done, guint64 total)
{
  return total > 0 ? MIN (1.0, (double) done / (double) total) : 0.0;
}

/* An average in which what is older than a few seconds hardly counts. */
static void
measure (MatineeFetchJob *self, guint64 done)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) (now - self->measured_at) / G_USEC_PER_SEC;
  double speed;
  double weight;

  if (seconds < SPEED_INTERVAL)
    return;
  speed = (double) (done - self->measured) / seconds;
  weight = self->current.speed > 0 ? 1.0 - exp (-seconds / SPEED_SECONDS) : 1.0;
  self->current.speed += weight * (speed - self->current.speed);
  self->measured_at = now;
  self->measured = done;
}

static void
downloaded_cb (guint64 done, guint64 total, gpointer data)
{
  MatineeFetchJob *self = data;

  if (self->current.phase != MATINEE_FETCH_DOWNLOADING)
    {
      self->current.resumed = done;
      self->measured_at = g_get_monotonic_time ();
      self->measured = done;
    }
  if (total > 0)
    self->current.total = total;
  self->current.done = done;
  measure (self, done);
  post (self, MATINEE_FETCH_DOWNLOADING, DOWNLOAD_SHARE * share_of (done, self->current.total));
}

static void
unpacked_cb (guint64 done, guint64 total, gpointer data)
{
  MatineeFetchJob *self = data;

  post (self, MATINEE_FETCH_UNPACKING, CHECKED_SHARE + (1.0 - CHECKED_SHARE) * share_of (done, total));
}

static char *
get_md5 (MatineeFetchJob *self, MatineeDownload *download, const char *archive_url, GCancellable *cancellable,
         GError **error)
{
  g_autofree char *url = g_strconcat (archive_url, ".md5", NULL);
  g_autofree char *text = matinee_download_get_text (download, url, cancellable, error);
  char *md5 = text != NULL ? matinee_movielens_parse_md5 (text) : NULL;

  if (text != NULL && md5 == NULL)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT, _ ("There is no MD5 checksum in %s. Try again later"),
                 url);
  return md5;
}

static gboolean
make_root (MatineeFetchJob *self, GError **error)
{
  int code;
  g_autofree char *name = g_filename_display_name (self->root);

  if (g_mkdir_with_parents (self->root, 0777) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _ ("The folder “%s” can’t be made: %s"), name,
               g_strerror (code));
  return FALSE;
}

static gboolean
check_and_unpack (MatineeFetchJob *self, MatineePartFile *part, const char *md5, GCancellable *cancellable,
                  GError **error)
{
  const char *path = matinee_part_file_get_path (part);
  GError *problem = NULL;

  post (self, MATINEE_FETCH_CHECKING, DOWNLOAD_SHARE);
  /* Bytes that are not the archive never become it; others are good for another try. */
  if ((matinee_movielens_check (self->set, path, md5, cancellable, &problem)
       && matinee_movielens_unpack (self->set, path, self->root, unpacked_cb, self, cancellable, &problem))
      || g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_FORMAT))
    matinee_part_file_remove (part);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static gboolean
matinee_fetch_job_run (MatineeJob *job, GCancellable *cancellable, GError **error)
{
  MatineeFetchJob *self = MATINEE_FETCH_JOB (job);
  g_autofree char *url = matinee_movielens_dup_url (self->set, self->base);
  g_autofree char *archive = matinee_movielens_dup_archive (self->set, self->root);
  g_autoptr (MatineeDownload) download = matinee_download_new ();
  g_autoptr (MatineePartFile) part = NULL;
  g_autofree char *md5 = NULL;

  post (self, MATINEE_FETCH_CONNECTING, 0.0);
  if (!make_root (self, error))
    return FALSE;
  md5 = get_md5 (self, download, url, cancellable, error);
  part = md5 != NULL ? matinee_part_file_new (archive, md5, error) : NULL;
  if (part == NULL
      || !matinee_system_check_space (
          self->root, matinee_movielens_get_space (self->set, matinee_part_file_get_size (part)), error))
    return FALSE;
  if (!matinee_download_get_file (download, url, matinee_movielens_get_limit (self->set), part, downloaded_cb, self,
                                  cancellable, error))
    return FALSE;
  return check_and_unpack (self, part, md5, cancellable, error);
}

static void
matinee_fetch_job_finalize (GObject *object)
{
  MatineeFetchJob *self = MATINEE_FETCH_JOB (object);

  g_free (self->base);
  g_free (self->root);
  G_OBJECT_CLASS (matinee_fetch_job_parent_class)->finalize (object);
}

static void
matinee_fetch_job_class_init (MatineeFetchJobClass *klass)
{
  MatineeJobClass *job_class = MATINEE_JOB_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = matinee_fetch_job_finalize;
  job_class->record_size = sizeof (MatineeFetchProgress);
  job_class->run = matinee_fetch_job_run;
  job_class->deliver = matinee_fetch_job_deliver;
  /* A set that was put in place is there. */
  job_class->keeps_done = TRUE;

  /**
   * MatineeFetchJob::progress:
   *
   * There is news in matinee_fetch_job_get_progress(); at most 30 times a second.
   */
  signals[PROGRESS]
      = g_signal_new ("progress", MATINEE_TYPE_FETCH_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_fetch_job_init (MatineeFetchJob *self)
{
}

/**
 * matinee_fetch_job_new:
 * @set: the set to get
 * @base: the address of the folder with the archives, %MATINEE_MOVIELENS_URL or another
 * @root: the folder to keep sets in; made if it is not there
 *
 * Returns: (transfer full): a job that gets it
 */
MatineeFetchJob *
matinee_fetch_job_new (const MatineeMovieLensSet *set, const char *base, const char *root)
{
  MatineeFetchJob *self = g_object_new (MATINEE_TYPE_FETCH_JOB, NULL);

  self->set = set;
  self->base = g_strdup (base);
  self->root = g_strdup (root);
  self->current.total = set->size;
  self->progress = self->current;
  return self;
}

/**
 * matinee_fetch_job_get_progress:
 * @self: a job
 *
 * Returns: (transfer none): how far it is; valid until the main context is turned
 */
const MatineeFetchProgress *
matinee_fetch_job_get_progress (MatineeFetchJob *self)
{
  return &self->progress;
}

static char *
time_left (double seconds)
{
  guint n = (guint) CLAMP (ceil (seconds), 1.0, 1e9);

  if (n < 60)
    return g_strdup_printf (dngettext (GETTEXT_PACKAGE, "%u second left", "%u seconds left", n), n);
  n = (n + 59) / 60;
  return g_strdup_printf (dngettext (GETTEXT_PACKAGE, "%u minute left", "%u minutes left", n), n);
}

static char *
download_text (const MatineeFetchProgress *progress)
{
  g_autofree char *done = g_format_size (progress->done);
  g_autofree char *total = g_format_size (progress->total);
  g_autofree char *speed = g_format_size ((guint64) progress->speed);
  g_autofree char *left = NULL;

  if (progress->speed <= 0 || progress->total < progress->done)
    return g_strdup_printf (_ ("%s of %s"), done, total);
  left = time_left ((double) (progress->total - progress->done) / progress->speed);
  /* Translators: "12 MB of 250 MB, 3.1 MB a second, 2 minutes left". */
  return g_strdup_printf (_ ("%s of %s, %s a second, %s"), done, total, speed, left);
}

/**
 * matinee_fetch_job_dup_text:
 * @self: a job
 *
 * Returns: (transfer full): how far it is, in words
 */
char *
matinee_fetch_job_dup_text (MatineeFetchJob *self)
{
  switch (self->progress.phase)
    {
    case MATINEE_FETCH_DOWNLOADING:
      return download_text (&self->progress);
    case MATINEE_FETCH_CHECKING:
      return g_strdup (_ ("Checking that all has arrived…"));
    case MATINEE_FETCH_UNPACKING:
      return g_strdup (_ ("Unpacking…"));
    case MATINEE_FETCH_CONNECTING:
    default:
      return g_strdup (_ ("Connecting…"));
    }
}
