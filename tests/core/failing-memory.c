/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing-memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#define MOST_LIVE 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static gpointer live[MOST_LIVE];
static int n_live;
static int countdown = -1;
static gboolean failed;

int __real_posix_memalign (void **memory, size_t align, size_t size);
int __wrap_posix_memalign (void **memory, size_t align, size_t size);
void __real_free (void *memory);
void __wrap_free (void *memory);

int
__wrap_posix_memalign (void **memory, size_t align, size_t size)
{
  int result = ENOMEM;

  pthread_mutex_lock (&lock);
  if (countdown == 0)
    failed = TRUE;
  else
    result = __real_posix_memalign (memory, align, size);
  if (countdown >= 0)
    countdown--;
  if (result == 0)
    {
      g_assert_cmpint (n_live, <, MOST_LIVE);
      live[n_live++] = *memory;
    }
  pthread_mutex_unlock (&lock);
  return result;
}

void
__wrap_free (void *memory)
{
  pthread_mutex_lock (&lock);
  for (int i = 0; i < n_live; i++)
    if (live[i] == memory)
      {
        live[i] = live[--n_live];
        break;
      }
  pthread_mutex_unlock (&lock);
  __real_free (memory);
}

/* The allocation after @allocation others fails, and that one only. */
void
failing_memory_fail_at (int allocation)
{
  pthread_mutex_lock (&lock);
  countdown = allocation;
  failed = FALSE;
  pthread_mutex_unlock (&lock);
}

void
failing_memory_stop (void)
{
  failing_memory_fail_at (-1);
}

gboolean
failing_memory_has_failed (void)
{
  gboolean has;

  pthread_mutex_lock (&lock);
  has = failed;
  pthread_mutex_unlock (&lock);
  return has;
}

int
failing_memory_get_n_live (void)
{
  int n;

  pthread_mutex_lock (&lock);
  n = n_live;
  pthread_mutex_unlock (&lock);
  return n;
}
