/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-memory.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "matinee-error.h"

/* From this size on, big pages are asked for: gathering rows of factors from
 * all over a large array is otherwise bound by address translation. */
#define HUGE_PAGE ((gsize) 2 << 20)

/**
 * matinee_alloc:
 * @n: how many elements
 * @size: bytes of one
 * @what: what it is for, translated, to be read inside "Not enough memory for …"
 * @error: return location
 *
 * Allocates @n × @size bytes on a %MATINEE_ALIGNMENT boundary, not cleared.
 * Everything whose size comes from a file or a parameter is allocated with it,
 * so that too much is refused in a sentence instead of ending the program.
 *
 * Returns: (transfer full) (nullable): the memory, to be freed with
 *   matinee_free(), never %NULL for zero bytes; or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
gpointer
matinee_alloc (gsize n, gsize size, const char *what, GError **error)
{
  gsize bytes;
  gpointer memory = NULL;
  gboolean fits = g_size_checked_mul (&bytes, n, size) && bytes <= G_MAXSSIZE - 2 * HUGE_PAGE;

  if (fits)
    {
      gsize align = bytes >= HUGE_PAGE ? HUGE_PAGE : MATINEE_ALIGNMENT;

      bytes = MAX (bytes, 1);
      if (posix_memalign (&memory, align, bytes) != 0)
        memory = NULL;
      else if (align == HUGE_PAGE)
        madvise (memory, bytes, MADV_HUGEPAGE);
    }
  if (memory == NULL)
    {
      g_autofree char *needed
          = fits ? g_format_size (bytes) : g_strdup_printf ("%.3g GB", (double) n * (double) size / 1e9);

      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY, _ ("Not enough memory for %s: %s are needed"), what,
                   needed);
    }
  return memory;
}

/**
 * matinee_alloc0:
 * @n: how many elements
 * @size: bytes of one
 * @what: what it is for, translated
 * @error: return location
 *
 * Like matinee_alloc(), cleared.
 *
 * Returns: (transfer full) (nullable): the memory, or %NULL with an error
 */
gpointer
matinee_alloc0 (gsize n, gsize size, const char *what, GError **error)
{
  gpointer memory = matinee_alloc (n, size, what, error);

  if (memory != NULL)
    memset (memory, 0, n * size);
  return memory;
}

/**
 * matinee_free:
 * @memory: (nullable) (transfer full): from matinee_alloc()
 *
 * Frees it.
 */
void
matinee_free (gpointer memory)
{
  free (memory);
}
