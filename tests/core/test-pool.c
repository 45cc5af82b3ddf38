/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-pool.h"

#include <glib.h>

#define N_TASKS 1000

typedef struct
{
  int counts[N_TASKS];
  guint n_workers;
  atomic_int wrong_worker;
  MatineeStop stop;
  gsize stop_at;
} Data;

static void
count_task (gsize task, guint worker, gpointer user_data)
{
  Data *data = user_data;

  data->counts[task]++;
  if (worker >= data->n_workers)
    atomic_store (&data->wrong_worker, 1);
  if (data->stop_at > 0 && task == data->stop_at)
    matinee_stop_request (&data->stop);
}

static void
test_every_task_once (gconstpointer user_data)
{
  guint n_threads = GPOINTER_TO_UINT (user_data);
  g_autoptr (MatineePool) pool = matinee_pool_new (n_threads);

  g_assert_cmpuint (matinee_pool_get_n_threads (pool), ==, MAX (n_threads, 1));
  for (guint round = 0; round < 50; round++)
    {
      Data data = { .n_workers = matinee_pool_get_n_threads (pool) };

      g_assert_true (matinee_pool_run (pool, N_TASKS, count_task, &data, &data.stop));
      for (guint i = 0; i < N_TASKS; i++)
        g_assert_cmpint (data.counts[i], ==, 1);
      g_assert_cmpint (atomic_load (&data.wrong_worker), ==, 0);
    }
}

static void
test_stop (gconstpointer user_data)
{
  g_autoptr (MatineePool) pool = matinee_pool_new (GPOINTER_TO_UINT (user_data));
  Data data = { .n_workers = matinee_pool_get_n_threads (pool), .stop_at = 100 };
  gsize done = 0;

  g_assert_false (matinee_pool_run (pool, N_TASKS, count_task, &data, &data.stop));
  for (guint i = 0; i < N_TASKS; i++)
    {
      g_assert_cmpint (data.counts[i], <=, 1);
      done += (gsize) data.counts[i];
    }
  g_assert_cmpuint (done, >=, 101);
  g_assert_cmpuint (done, <, N_TASKS);
  g_assert_false (matinee_pool_run (pool, N_TASKS, count_task, &data, &data.stop));
  g_assert_true (matinee_pool_run (pool, 0, count_task, &data, &data.stop));
}

static void
test_no_pool (void)
{
  Data data = { .n_workers = 1 };

  g_assert_cmpuint (matinee_pool_get_n_threads (NULL), ==, 1);
  g_assert_true (matinee_pool_run (NULL, N_TASKS, count_task, &data, NULL));
  g_assert_cmpint (data.counts[N_TASKS - 1], ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pool/tasks/0", GUINT_TO_POINTER (0), test_every_task_once);
  g_test_add_data_func ("/pool/tasks/1", GUINT_TO_POINTER (1), test_every_task_once);
  g_test_add_data_func ("/pool/tasks/2", GUINT_TO_POINTER (2), test_every_task_once);
  g_test_add_data_func ("/pool/tasks/7", GUINT_TO_POINTER (7), test_every_task_once);
  g_test_add_data_func ("/pool/stop/1", GUINT_TO_POINTER (1), test_stop);
  g_test_add_data_func ("/pool/stop/3", GUINT_TO_POINTER (3), test_stop);
  g_test_add_func ("/pool/none", test_no_pool);
  return g_test_run ();
}
