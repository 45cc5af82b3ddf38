/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-pool.h"

#include <cblas.h>
#include <pthread.h>
#include <stdatomic.h>

/*
 * The caller of matinee_pool_run() is worker 0; the others sleep on a
 * condition between runs. Tasks are handed out by one atomic counter, so a
 * worker with easy tasks takes more of them.
 */
typedef struct
{
  MatineePool *pool;
  pthread_t thread;
  guint number;
} Worker;

struct _MatineePool
{
  guint n_threads;
  Worker *workers;
  pthread_mutex_t lock;
  pthread_cond_t started;
  pthread_cond_t finished;
  guint64 generation;
  guint n_busy;
  gboolean quit;
  gsize n_tasks;
  MatineePoolFunc func;
  gpointer data;
  MatineeStop *stop;
  atomic_size_t next_task;
  atomic_int stopped;
};

static void
run_tasks (MatineePool *pool, guint worker)
{
  for (;;)
    {
      gsize task;

      if (matinee_stop_requested (pool->stop))
        {
          /* Once the last task was taken, a late request changes nothing. */
          if (atomic_load_explicit (&pool->next_task, memory_order_relaxed) < pool->n_tasks)
            atomic_store_explicit (&pool->stopped, 1, memory_order_relaxed);
          return;
        }
      task = atomic_fetch_add_explicit (&pool->next_task, 1, memory_order_relaxed);
      if (task >= pool->n_tasks)
        return;
      pool->func (task, worker, pool->data);
    }
}

static void *
work (void *data)
{
  Worker *self = data;
  MatineePool *pool = self->pool;
  guint64 seen = 0;

  pthread_mutex_lock (&pool->lock);
  for (;;)
    {
      while (pool->generation == seen && !pool->quit)
        pthread_cond_wait (&pool->started, &pool->lock);
      if (pool->quit)
        break;
      seen = pool->generation;
      pthread_mutex_unlock (&pool->lock);
      run_tasks (pool, self->number);
      pthread_mutex_lock (&pool->lock);
      if (--pool->n_busy == 0)
        pthread_cond_signal (&pool->finished);
    }
  pthread_mutex_unlock (&pool->lock);
  return NULL;
}

/**
 * matinee_pool_new:
 * @n_threads: how many threads work, the caller included; 0 counts as 1
 *
 * Starts @n_threads − 1 threads that sleep until there is work. When the
 * system refuses a thread, the pool has fewer: results are the same for any
 * number. Holds OpenBLAS to one thread, for the whole process, because BLAS
 * threads beside these would only fight for the same cores.
 *
 * Returns: (transfer full): a pool, to be freed with matinee_pool_free()
 */
MatineePool *
matinee_pool_new (guint n_threads)
{
  MatineePool *pool = g_new0 (MatineePool, 1);
  guint wanted = CLAMP (n_threads, 1, MATINEE_MAX_THREADS);

  openblas_set_num_threads (1);
  pthread_mutex_init (&pool->lock, NULL);
  pthread_cond_init (&pool->started, NULL);
  pthread_cond_init (&pool->finished, NULL);
  pool->workers = g_new0 (Worker, wanted);
  pool->n_threads = 1;
  while (pool->n_threads < wanted)
    {
      Worker *worker = &pool->workers[pool->n_threads];

      worker->pool = pool;
      worker->number = pool->n_threads;
      if (pthread_create (&worker->thread, NULL, work, worker) != 0)
        break;
      pool->n_threads++;
    }
  return pool;
}

/**
 * matinee_pool_free:
 * @pool: (nullable) (transfer full): a pool that is not running
 *
 * Ends and joins its threads.
 */
void
matinee_pool_free (MatineePool *pool)
{
  if (pool == NULL)
    return;
  pthread_mutex_lock (&pool->lock);
  pool->quit = TRUE;
  pthread_cond_broadcast (&pool->started);
  pthread_mutex_unlock (&pool->lock);
  for (guint i = 1; i < pool->n_threads; i++)
    pthread_join (pool->workers[i].thread, NULL);
  pthread_cond_destroy (&pool->finished);
  pthread_cond_destroy (&pool->started);
  pthread_mutex_destroy (&pool->lock);
  g_free (pool->workers);
  g_free (pool);
}

/**
 * matinee_pool_get_n_threads:
 * @pool: (nullable): a pool; %NULL is the caller alone
 *
 * Returns: how many workers there are, at least 1
 */
guint
matinee_pool_get_n_threads (const MatineePool *pool)
{
  return pool != NULL ? pool->n_threads : 1;
}

static gboolean
run_alone (gsize n_tasks, MatineePoolFunc func, gpointer data, MatineeStop *stop)
{
  for (gsize task = 0; task < n_tasks; task++)
    {
      if (matinee_stop_requested (stop))
        return FALSE;
      func (task, 0, data);
    }
  return TRUE;
}

/**
 * matinee_pool_run:
 * @pool: (nullable): a pool; %NULL runs all in the caller
 * @n_tasks: how many tasks
 * @func: (scope call): called once for each task, in several threads
 * @data: (closure): for @func
 * @stop: (nullable): looked at before each task
 *
 * Runs all tasks and waits for them. Tasks begin in ascending order, so put
 * the largest first. One run at a time: @func must not run another on the
 * same pool.
 *
 * Returns: %FALSE if tasks were left out because of @stop
 */
gboolean
matinee_pool_run (MatineePool *pool, gsize n_tasks, MatineePoolFunc func, gpointer data, MatineeStop *stop)
{
  if (n_tasks == 0)
    return TRUE;
  if (pool == NULL || pool->n_threads == 1 || n_tasks == 1)
    return run_alone (n_tasks, func, data, stop);

  pthread_mutex_lock (&pool->lock);
  pool->n_tasks = n_tasks;
  pool->func = func;
  pool->data = data;
  pool->stop = stop;
  atomic_store_explicit (&pool->next_task, 0, memory_order_relaxed);
  atomic_store_explicit (&pool->stopped, 0, memory_order_relaxed);
  pool->n_busy = pool->n_threads - 1;
  pool->generation++;
  pthread_cond_broadcast (&pool->started);
  pthread_mutex_unlock (&pool->lock);

  run_tasks (pool, 0);

  pthread_mutex_lock (&pool->lock);
  while (pool->n_busy > 0)
    pthread_cond_wait (&pool->finished, &pool->lock);
  pthread_mutex_unlock (&pool->lock);
  return atomic_load_explicit (&pool->stopped, memory_order_relaxed) == 0;
}
