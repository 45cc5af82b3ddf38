/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-runs"

#include "config.h"

#include "matinee-runs.h"

#include <glib/gi18n.h>

/* Runs that were deleted this long ago are removed for good. */
#define PURGE_AFTER (24 * 60 * 60)

/* Runs that are ticked and go on are read anew this often, in seconds. */
#define REFRESH_EVERY 1

/**
 * MatineeRuns:
 *
 * The runs of the history as a list, the newest first, which follows what happens to
 * them. Everything is read and written in threads.
 */
struct _MatineeRuns
{
  GObject parent_instance;

  MatineeRunStore *store;
  GListStore *items;
  GHashTable *by_id; /* (element-type gint64 MatineeRunItem): of those in items */
  GPtrArray *ticked; /* (element-type MatineeRunItem): in the order of ticking */
  gboolean loading;
  gboolean loaded;
  guint refresh; /* source that looks at ticked runs that go on, or 0 */
};

G_DEFINE_FINAL_TYPE (MatineeRuns, matinee_runs, G_TYPE_OBJECT)

enum
{
  LOADED,
  TICKED,
  DELETED,
  FAILED,
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a thread is to do with some runs. */
typedef struct
{
  gint64 *runs;
  guint n;
  gboolean deleted;
  char *name;
  char *note;
  gboolean points;
  GFile *file;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->runs);
  g_free (task->name);
  g_free (task->note);
  g_clear_object (&task->file);
  g_free (task);
}

static Task *
task_new (const gint64 *runs, guint n)
{
  Task *task = g_new0 (Task, 1);

  task->runs = g_memdup2 (runs, n * sizeof *runs);
  task->n = n;
  return task;
}

static void
tell_failure (MatineeRuns *self, const char *heading, const GError *error)
{
  g_signal_emit (self, signals[FAILED], 0, heading, error->message);
}

static void refresh_soon (MatineeRuns *self);

static void
ticked_cb (MatineeRuns *self, GParamSpec *pspec, MatineeRunItem *item)
{
  if (matinee_run_item_get_ticked (item))
    g_ptr_array_add (self->ticked, g_object_ref (item));
  else
    g_ptr_array_remove (self->ticked, item);
  refresh_soon (self);
  g_signal_emit (self, signals[TICKED], 0);
}

static void
changed_item_cb (MatineeRuns *self, MatineeRunItem *item)
{
  if (matinee_run_item_get_ticked (item))
    g_signal_emit (self, signals[TICKED], 0);
}

static void
adopt (MatineeRuns *self, MatineeRunItem *item)
{
  g_hash_table_insert (self->by_id, (gpointer) &matinee_run_item_get_run (item)->id, item);
  g_signal_connect_object (item, "notify::ticked", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (changed_item_cb), self, G_CONNECT_SWAPPED);
}

/* In the order of the list: by the time they started, the newest first. */
static int
compare_newest (gconstpointer a, gconstpointer b, gpointer data)
{
  const MatineeRun *x = matinee_run_item_get_run (MATINEE_RUN_ITEM ((gpointer) a));
  const MatineeRun *y = matinee_run_item_get_run (MATINEE_RUN_ITEM ((gpointer) b));

  return x->started != y->started ? (y->started > x->started) - (y->started < x->started)
                                  : (y->id > x->id) - (y->id < x->id);
}

static void
forget (MatineeRuns *self, MatineeRunItem *item)
{
  guint position;

  if (!g_list_store_find (self->items, item, &position))
    return;
  g_object_ref (item);
  matinee_run_item_set_ticked (item, FALSE);
  g_hash_table_remove (self->by_id, &matinee_run_item_get_run (item)->id);
  g_signal_handlers_disconnect_by_data (item, self);
  g_list_store_remove (self->items, position);
  g_object_unref (item);
}

static void
show_run (MatineeRuns *self, MatineeRun *run)
{
  MatineeRunItem *item = g_hash_table_lookup (self->by_id, &run->id);

  if (item != NULL && run->deleted)
    {
      forget (self, item);
      matinee_run_free (run);
    }
  else if (item != NULL)
    {
      /* The key lies in the run that is about to be replaced. */
      g_hash_table_steal (self->by_id, &run->id);
      matinee_run_item_set_run (item, run);
      g_hash_table_insert (self->by_id, (gpointer) &matinee_run_item_get_run (item)->id, item);
    }
  else if (run->deleted)
    matinee_run_free (run);
  else
    {
      g_autoptr (MatineeRunItem) added = matinee_run_item_new (run);

      adopt (self, added);
      g_list_store_insert_sorted (self->items, added, compare_newest, NULL);
    }
}

/* Those that are newer than the newest that is known. */
static gpointer
list_runs (MatineeHistory *history, gpointer data, GError **error)
{
  const MatineeRunQuery query = { .descending = TRUE };
  const Task *task = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) runs = NULL;

  if (!matinee_history_is_read_only (history) && !matinee_history_purge (history, PURGE_AFTER, error))
    return NULL;
  runs = matinee_history_list (history, &query, error);
  if (runs == NULL)
    return NULL;
  g_ptr_array_set_free_func (runs, NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      MatineeRun *run = runs->pdata[i];

      if (run->id > task->runs[0])
        g_ptr_array_add (items, matinee_run_item_new (run));
      else
        matinee_run_free (run);
    }
  return g_steal_pointer (&items);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);

  /* The newest come first. */
  guint position = self->loaded ? 0 : g_list_model_get_n_items (G_LIST_MODEL (self->items));

  self->loading = FALSE;
  self->loaded = TRUE;
  /* What ends up here the store has told as trouble, or it can't be helped. */
  if (items == NULL)
    matinee_run_store_tell_trouble (self->store, error->message);
  else
    {
      /* Some may have come while the others were read. */
      for (guint i = items->len; i-- > 0;)
        if (g_hash_table_contains (self->by_id, &matinee_run_item_get_run (items->pdata[i])->id))
          g_ptr_array_remove_index (items, i);
        else
          adopt (self, items->pdata[i]);
      g_list_store_splice (self->items, position, 0, items->pdata, items->len);
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static gpointer
get_runs (MatineeHistory *history, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_run_free);

  for (guint i = 0; i < task->n; i++)
    {
      MatineeRun *run = matinee_history_get_run (history, task->runs[i], error);

      if (run == NULL)
        return NULL;
      g_ptr_array_add (runs, run);
    }
  return g_steal_pointer (&runs);
}

static void
show_runs (MatineeRuns *self, GPtrArray *runs)
{
  g_ptr_array_set_free_func (runs, NULL);
  for (guint i = 0; i < runs->len; i++)
    show_run (self, runs->pdata[i]);
}

static void
got_runs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);

  if (runs != NULL)
    show_runs (self, runs);
  else
    matinee_run_store_tell_trouble (self->store, error->message);
}

static void
changed_cb (MatineeRuns *self, gint64 run)
{
  if (self->loaded || self->loading)
    matinee_run_store_do_async (self->store, get_runs, task_new (&run, 1), task_free,
                                (GDestroyNotify) g_ptr_array_unref, got_runs_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer data)
{
  MatineeRuns *self = data;

  self->refresh = 0;
  for (guint i = 0; i < self->ticked->len; i++)
    {
      const MatineeRun *run = matinee_run_item_get_run (self->ticked->pdata[i]);

      if (run->state == MATINEE_RUN_RUNNING)
        changed_cb (self, run->id);
    }
  refresh_soon (self);
  return G_SOURCE_REMOVE;
}

/* The history gets new points once a second, and tells only when a run has ended. So
 * those that are being looked at are asked for as often, until then. */
static void
refresh_soon (MatineeRuns *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->ticked->len; i++)
    any |= matinee_run_item_get_run (self->ticked->pdata[i])->state == MATINEE_RUN_RUNNING;
  if (any && self->refresh == 0)
    self->refresh = g_timeout_add_seconds (REFRESH_EVERY, refresh_cb, self);
}

static gpointer
edit_run (MatineeHistory *history, gpointer data, GError **error)
{
  Task *task = data;

  if (!matinee_history_rename (history, task->runs[0], task->name, error)
      || !matinee_history_set_note (history, task->runs[0], task->note, error))
    return NULL;
  return get_runs (history, data, error);
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);

  if (runs != NULL)
    show_runs (self, runs);
  else
    tell_failure (self, _ ("Could Not Change the Run"), error);
}

static gpointer
delete_runs (MatineeHistory *history, gpointer data, GError **error)
{
  Task *task = data;

  if (!matinee_history_set_deleted (history, task->runs, task->n, task->deleted, error))
    return NULL;
  return get_runs (history, data, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean deleted = FALSE;

  if (runs == NULL)
    {
      tell_failure (self, _ ("Could Not Delete the Runs"), error);
      return;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      const MatineeRun *run = runs->pdata[i];

      deleted = run->deleted;
      g_array_append_val (ids, run->id);
    }
  show_runs (self, runs);
  if (deleted)
    g_signal_emit (self, signals[DELETED], 0, ids);
}

static gpointer
export_runs (MatineeHistory *history, gpointer data, GError **error)
{
  Task *task = data;
  const char *path = g_file_peek_path (task->file);
  MatineeExportFormat format = matinee_export_format_for_path (path);
  gboolean done = task->points ? matinee_history_export_points (history, task->runs, task->n, path, format, error)
                               : matinee_history_export_runs (history, task->runs, task->n, path, format, error);

  return done ? g_object_ref (task->file) : NULL;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = matinee_run_store_do_finish (MATINEE_RUN_STORE (source), result, &error);

  if (file != NULL)
    g_signal_emit (self, signals[EXPORTED], 0, file);
  else
    tell_failure (self, _ ("Could Not Export the Runs"), error);
}

static void
matinee_runs_dispose (GObject *object)
{
  MatineeRuns *self = MATINEE_RUNS (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->ticked, g_ptr_array_unref);
  g_clear_object (&self->items);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (matinee_runs_parent_class)->dispose (object);
}

static void
matinee_runs_class_init (MatineeRunsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = matinee_runs_dispose;

  /** MatineeRuns::loaded: all runs are there, or it was told why not */
  signals[LOADED] = g_signal_new ("loaded", MATINEE_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** MatineeRuns::ticked: other runs are ticked, or a ticked one has changed */
  signals[TICKED] = g_signal_new ("ticked", MATINEE_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeRuns::deleted:
   * @runs: (element-type gint64): which
   */
  signals[DELETED] = g_signal_new ("deleted", MATINEE_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_ARRAY);
  /**
   * MatineeRuns::failed:
   * @heading: what failed, plain text
   * @body: why, plain text
   */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  /**
   * MatineeRuns::exported:
   * @file: where to
   */
  signals[EXPORTED] = g_signal_new ("exported", MATINEE_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_FILE);
}

static void
matinee_runs_init (MatineeRuns *self)
{
  self->items = g_list_store_new (MATINEE_TYPE_RUN_ITEM);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->ticked = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * matinee_runs_new:
 * @store: the history; referenced
 *
 * Returns: (transfer full): an empty list: see matinee_runs_load()
 */
MatineeRuns *
matinee_runs_new (MatineeRunStore *store)
{
  MatineeRuns *self = g_object_new (MATINEE_TYPE_RUNS, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * matinee_runs_load:
 * @self: a list
 *
 * Reads the runs; when that was done before, those that came since then, as other
 * programs write to the history, too. Told by "loaded".
 */
void
matinee_runs_load (MatineeRuns *self)
{
  gint64 newest = 0;

  if (self->loading)
    return;
  self->loading = TRUE;
  for (guint i = 0; self->loaded && i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (MatineeRunItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const MatineeRun *run = matinee_run_item_get_run (item);

      newest = MAX (newest, run->id);
      if (run->state == MATINEE_RUN_RUNNING)
        changed_cb (self, run->id);
    }
  matinee_run_store_do_async (self->store, list_runs, task_new (&newest, 1), task_free,
                              (GDestroyNotify) g_ptr_array_unref, listed_cb, g_object_ref (self));
}

gboolean
matinee_runs_is_loaded (MatineeRuns *self)
{
  return self->loaded;
}

/**
 * matinee_runs_get_items:
 * @self: a list
 *
 * Returns: (transfer none): a list of #MatineeRunItem
 */
GListModel *
matinee_runs_get_items (MatineeRuns *self)
{
  return G_LIST_MODEL (self->items);
}

/**
 * matinee_runs_get_ticked:
 * @self: a list
 *
 * Returns: (transfer none) (element-type MatineeRunItem): the ticked ones, in the order
 *   in which they were ticked
 */
GPtrArray *
matinee_runs_get_ticked (MatineeRuns *self)
{
  return self->ticked;
}

void
matinee_runs_untick_all (MatineeRuns *self)
{
  while (self->ticked->len > 0)
    matinee_run_item_set_ticked (self->ticked->pdata[self->ticked->len - 1], FALSE);
}

/**
 * matinee_runs_edit:
 * @self: a list
 * @run: id of a run
 * @name: what to call it
 * @note: what to note
 *
 * Changes the run in the history.
 */
void
matinee_runs_edit (MatineeRuns *self, gint64 run, const char *name, const char *note)
{
  Task *task = task_new (&run, 1);

  task->name = g_strdup (name);
  task->note = g_strdup (note);
  matinee_run_store_do_async (self->store, edit_run, task, task_free, (GDestroyNotify) g_ptr_array_unref, edited_cb,
                              g_object_ref (self));
}

/**
 * matinee_runs_set_deleted:
 * @self: a list
 * @runs: (array length=n): ids
 * @n: how many
 * @deleted: whether to delete them, or to take that back
 *
 * Deletes runs, told by "deleted".
 */
void
matinee_runs_set_deleted (MatineeRuns *self, const gint64 *runs, guint n, gboolean deleted)
{
  Task *task = task_new (runs, n);

  task->deleted = deleted;
  matinee_run_store_do_async (self->store, delete_runs, task, task_free, (GDestroyNotify) g_ptr_array_unref, deleted_cb,
                              g_object_ref (self));
}

/**
 * matinee_runs_export:
 * @self: a list
 * @runs: (array length=n): ids
 * @n: how many
 * @points: whether their curves, instead of a row for each
 * @file: where to, a local file; JSON if its name ends so, else CSV
 *
 * Exports runs, told by "exported" or "failed".
 */
void
matinee_runs_export (MatineeRuns *self, const gint64 *runs, guint n, gboolean points, GFile *file)
{
  Task *task = task_new (runs, n);

  task->points = points;
  task->file = g_object_ref (file);
  matinee_run_store_do_async (self->store, export_runs, task, task_free, g_object_unref, exported_cb,
                              g_object_ref (self));
}
