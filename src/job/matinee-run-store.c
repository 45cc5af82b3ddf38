/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-run-store.h"

/**
 * MatineeRunStore:
 *
 * The history of runs as a program with a main loop needs it: it is opened when it
 * is first asked for, by whatever thread asks; what takes time is done in threads;
 * and changes and trouble are told on the thread that made the store.
 */
struct _MatineeRunStore
{
  GObject parent_instance;

  char *path;
  GMainContext *context;

  GMutex mutex;
  /* Guarded by the mutex. */
  MatineeHistory *history;
  char *trouble; /* what was told last and still holds */
};

G_DEFINE_FINAL_TYPE (MatineeRunStore, matinee_run_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* News on its way to the thread that listens. */
typedef struct
{
  MatineeRunStore *store;
  gint64 run;
  char *trouble;
} News;

typedef struct
{
  MatineeRunStoreFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Errand;

static void
news_free (gpointer data)
{
  News *news = data;

  g_object_unref (news->store);
  g_free (news->trouble);
  g_free (news);
}

static gboolean
news_cb (gpointer data)
{
  News *news = data;

  if (news->trouble != NULL)
    g_signal_emit (news->store, signals[TROUBLE], 0, news->trouble);
  else
    g_signal_emit (news->store, signals[CHANGED], 0, news->run);
  return G_SOURCE_REMOVE;
}

/* Always by a source: g_main_context_invoke() would call back on this very thread
 * when the main loop happens not to run. */
static void
post (MatineeRunStore *self, gint64 run, const char *trouble)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  News *news = g_new0 (News, 1);

  news->store = g_object_ref (self);
  news->run = run;
  news->trouble = g_strdup (trouble);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, news_cb, news, news_free);
  g_source_attach (source, self->context);
}

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->free_data != NULL)
    errand->free_data (errand->data);
  g_free (errand);
}

static void
do_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MatineeRunStore *self = source;
  Errand *errand = data;
  GError *error = NULL;
  MatineeHistory *history = matinee_run_store_open (self, &error);
  gpointer result = history != NULL ? errand->func (history, errand->data, &error) : NULL;

  if (result != NULL)
    g_task_return_pointer (task, result, errand->free_result);
  else
    g_task_return_error (task, error);
}

static void
matinee_run_store_finalize (GObject *object)
{
  MatineeRunStore *self = MATINEE_RUN_STORE (object);

  g_clear_pointer (&self->history, matinee_history_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (matinee_run_store_parent_class)->finalize (object);
}

static void
matinee_run_store_class_init (MatineeRunStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_run_store_finalize;

  /**
   * MatineeRunStore::changed:
   * @self: the store
   * @run: the run that was begun, ended or edited; 0 when any may have been
   */
  signals[CHANGED] = g_signal_new ("changed", MATINEE_TYPE_RUN_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  /**
   * MatineeRunStore::trouble:
   * @self: the store
   * @text: what is wrong and what follows from it, in whole sentences
   */
  signals[TROUBLE] = g_signal_new ("trouble", MATINEE_TYPE_RUN_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
matinee_run_store_init (MatineeRunStore *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
}

/**
 * matinee_run_store_new:
 * @path: (nullable): the file; %NULL for the one in the user's data folder
 *
 * Returns: (transfer full): the history in that file, which is not touched yet
 */
MatineeRunStore *
matinee_run_store_new (const char *path)
{
  MatineeRunStore *self = g_object_new (MATINEE_TYPE_RUN_STORE, NULL);

  self->path = path != NULL ? g_strdup (path) : matinee_history_dup_default_path ();
  return self;
}

/**
 * matinee_run_store_open:
 * @self: a store
 * @error: return location
 *
 * Opens the history, unless it is open. May take seconds when another program holds
 * the file: not for the main thread. What people should know is told by "trouble".
 *
 * Returns: (transfer none) (nullable): the history, which lives as long as the
 *   store, or %NULL with an error
 */
MatineeHistory *
matinee_run_store_open (MatineeRunStore *self, GError **error)
{
  g_autofree char *notice = NULL;
  g_autoptr (GError) failure = NULL;
  MatineeHistory *history;

  g_mutex_lock (&self->mutex);
  if (self->history == NULL)
    {
      self->history = matinee_history_open (self->path, &failure);
      notice = self->history != NULL ? matinee_history_dup_notice (self->history) : g_strdup (failure->message);
    }
  history = self->history;
  g_mutex_unlock (&self->mutex);
  if (notice != NULL)
    matinee_run_store_tell_trouble (self, notice);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return history;
}

/**
 * matinee_run_store_tell_changed:
 * @self: a store
 * @run: a run, or 0 for any
 *
 * Makes "changed" be told soon. From any thread.
 */
void
matinee_run_store_tell_changed (MatineeRunStore *self, gint64 run)
{
  post (self, run, NULL);
}

/**
 * matinee_run_store_tell_trouble:
 * @self: a store
 * @text: what is wrong
 *
 * Makes "trouble" be told soon, unless the same was told and still holds. From any
 * thread.
 */
void
matinee_run_store_tell_trouble (MatineeRunStore *self, const char *text)
{
  gboolean news;

  g_mutex_lock (&self->mutex);
  news = g_strcmp0 (self->trouble, text) != 0;
  if (news)
    {
      g_free (self->trouble);
      self->trouble = g_strdup (text);
    }
  g_mutex_unlock (&self->mutex);
  if (news)
    post (self, 0, text);
}

/**
 * matinee_run_store_forget_trouble:
 * @self: a store
 *
 * Notes that writing works again: the same trouble would be news. From any thread.
 */
void
matinee_run_store_forget_trouble (MatineeRunStore *self)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->trouble, g_free);
  g_mutex_unlock (&self->mutex);
}

/**
 * matinee_run_store_do_async:
 * @self: a store
 * @func: what to do; called in a worker thread
 * @data: (transfer full): data for @func
 * @free_data: (nullable): frees @data
 * @free_result: (nullable): frees a result that nobody takes
 * @callback: called when it is done
 * @user_data: user data for @callback
 *
 * Does something with the history without keeping the caller waiting.
 */
void
matinee_run_store_do_async (MatineeRunStore *self, MatineeRunStoreFunc func, gpointer data, GDestroyNotify free_data,
                            GDestroyNotify free_result, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->func = func;
  errand->data = data;
  errand->free_data = free_data;
  errand->free_result = free_result;
  g_task_set_source_tag (task, matinee_run_store_do_async);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, do_in_thread);
}

/**
 * matinee_run_store_do_finish:
 * @self: a store
 * @result: the result that the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the function returned, or %NULL with an error
 */
gpointer
matinee_run_store_do_finish (MatineeRunStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
