/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-you-store.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "matinee-error.h"

/**
 * MatineeYouStore:
 *
 * Keeps the ratings of the person at the screen in a file. Workers read and write it,
 * one at a time; of what is to be written while one is at work, only the newest is.
 * The program does not end before all is written.
 */
struct _MatineeYouStore
{
  GObject parent_instance;

  char *path;
  GPtrArray *unwritten; /* what to write next, if anything */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (MatineeYouStore, matinee_you_store, G_TYPE_OBJECT)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* As long as a worker has the file, the program stays. */
static void
set_busy (MatineeYouStore *self, gboolean busy)
{
  GApplication *application = g_application_get_default ();

  self->busy = busy;
  if (application == NULL)
    return;
  if (busy)
    g_application_hold (application);
  else
    g_application_release (application);
}

/* What a worker writes, and to where. */
typedef struct
{
  char *path;
  GPtrArray *ratings;
} Write;

static void
write_free (Write *job)
{
  g_free (job->path);
  g_ptr_array_unref (job->ratings);
  g_free (job);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Write *job = data;
  g_autofree char *folder = g_path_get_dirname (job->path);
  GError *error = NULL;

  /* What can't be made is told by the write that fails. */
  g_mkdir_with_parents (folder, 0700);
  if (matinee_you_file_write (job->path, job->ratings, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void write_next (MatineeYouStore *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MatineeYouStore *self = MATINEE_YOU_STORE (source);
  g_autoptr (GError) error = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  set_busy (self, FALSE);
  write_next (self);
  if (written)
    return;
  if (g_signal_has_handler_pending (self, signals[FAILED], 0, FALSE))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  else
    g_warning ("%s", error->message);
}

static void
write_next (MatineeYouStore *self)
{
  g_autoptr (GTask) task = NULL;
  Write *job;

  if (self->busy || self->unwritten == NULL || self->path == NULL)
    return;
  job = g_new (Write, 1);
  job->path = g_strdup (self->path);
  job->ratings = g_steal_pointer (&self->unwritten);
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_source_tag (task, write_next);
  g_task_set_task_data (task, job, (GDestroyNotify) write_free);
  set_busy (self, TRUE);
  g_task_run_in_thread (task, write_in_thread);
}

/* Gives the file a name that nothing has yet. Returns that name, or NULL when the file
 * can't be moved. */
static char *
put_aside (const char *path)
{
  g_autofree char *aside = g_strconcat (path, ".broken", NULL);

  for (guint i = 1; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.broken-%u", path, i);
    }
  return g_rename (path, aside) == 0 ? g_steal_pointer (&aside) : NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *path = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *ratings = matinee_you_file_read (path, &error);
  g_autofree char *aside = NULL;

  if (ratings != NULL)
    {
      g_task_return_pointer (task, ratings, (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  aside = put_aside (path);
  if (aside != NULL)
    g_task_return_new_error (task, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                             _ ("%s. The file is kept as “%s”, and a new one begun."), error->message, aside);
  else
    g_task_return_new_error (task, MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("%s. What you rate now is not kept."),
                             error->message);
}

static void
matinee_you_store_finalize (GObject *object)
{
  MatineeYouStore *self = MATINEE_YOU_STORE (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->unwritten, g_ptr_array_unref);

  G_OBJECT_CLASS (matinee_you_store_parent_class)->finalize (object);
}

static void
matinee_you_store_class_init (MatineeYouStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_you_store_finalize;

  /** MatineeYouStore::failed: the ratings could not be written; the text says why */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_YOU_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void
matinee_you_store_init (MatineeYouStore *self)
{
}

/**
 * matinee_you_store_new:
 * @path: the file, which need not be there
 *
 * Returns: (transfer full): a store
 */
MatineeYouStore *
matinee_you_store_new (const char *path)
{
  MatineeYouStore *self = g_object_new (MATINEE_TYPE_YOU_STORE, NULL);

  self->path = g_strdup (path);
  return self;
}

/**
 * matinee_you_store_read_async:
 * @self: a store that was not read before
 * @callback: called when it has been read
 * @user_data: user data for @callback
 *
 * Reads the file. Nothing is written before that; who has other ratings meanwhile has to
 * join them with those of the file, and write that.
 */
void
matinee_you_store_read_async (MatineeYouStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, matinee_you_store_read_async);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  set_busy (self, TRUE);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * matinee_you_store_read_finish:
 * @self: the store
 * @result: the result that the callback got
 * @error: return location
 *
 * A file that can't be read is put aside under another name, so that nothing of it is
 * lost; where it can't be moved, it is never written to. The error tells of either.
 *
 * Returns: (transfer full) (nullable) (element-type MatineeYouRating): the ratings, none
 *   of a file that is not there; or %NULL with an error
 */
GPtrArray *
matinee_you_store_read_finish (MatineeYouStore *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GPtrArray *ratings;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  ratings = g_task_propagate_pointer (G_TASK (result), &problem);
  if (g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_DATA))
    g_clear_pointer (&self->path, g_free);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  set_busy (self, FALSE);
  return ratings;
}

/**
 * matinee_you_store_write:
 * @self: a store
 * @ratings: (element-type MatineeYouRating): what to keep from now on; copied
 *
 * Writes the ratings, soon. If that fails, [signal@YouStore::failed] tells.
 */
void
matinee_you_store_write (MatineeYouStore *self, const GPtrArray *ratings)
{
  g_clear_pointer (&self->unwritten, g_ptr_array_unref);
  self->unwritten = matinee_you_ratings_copy (ratings);
  write_next (self);
}

/**
 * matinee_you_store_get_busy:
 * @self: a store
 *
 * Returns: whether a worker reads or writes the file
 */
gboolean
matinee_you_store_get_busy (MatineeYouStore *self)
{
  return self->busy;
}

static void
import_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (data);
  GError *error = NULL;
  GPtrArray *ratings = NULL;

  if (path != NULL)
    ratings = matinee_you_file_import (path, NULL, &error);
  else
    error = g_error_new_literal (MATINEE_ERROR, MATINEE_ERROR_DATA, _ ("Only files on this computer can be imported."));
  if (ratings != NULL)
    g_task_return_pointer (task, ratings, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * matinee_you_import_async:
 * @file: a file with the ratings of one person
 * @cancellable: (nullable): cancel it when the ratings are no longer wanted
 * @callback: called when it has been read, without a source
 * @user_data: user data for @callback
 *
 * Reads ratings that somebody has elsewhere. O(size of the file), which is limited
 */
void
matinee_you_import_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, matinee_you_import_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, import_in_thread);
}

/**
 * matinee_you_import_finish:
 * @result: the result that the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type MatineeYouRating): the ratings, or
 *   %NULL with an error as matinee_you_file_import() or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
matinee_you_import_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
