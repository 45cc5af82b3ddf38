/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "matinee-error.h"
#include "matinee-random.h"
#include "matinee-sort.h"

typedef struct
{
  gint64 key;
  gsize place;
} Element;

/* By key, then by place. */
static int
compare_both (const void *a, const void *b)
{
  const Element *x = a, *y = b;
  int order = matinee_sort_compare_integers (a, b);

  return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static void
test_random (void)
{
  static const gsize lengths[] = { 0, 1, 2, 1000, 16384, 16385, 32768, 40000, 300000 };

  for (gsize l = 0; l < G_N_ELEMENTS (lengths); l++)
    for (guint threads = 1; threads < 6; threads += 2)
      {
        gsize n = lengths[l];
        g_autoptr (MatineePool) pool = matinee_pool_new (threads);
        g_autofree Element *elements = g_new (Element, n + 1);
        guint64 places = 0;

        for (gsize i = 0; i < n; i++)
          elements[i] = (Element){ (gint64) (matinee_random_u64 (1, l, i) % 5000) - 2500, i };
        g_assert_true (matinee_sort (elements, n, sizeof (Element), compare_both, pool, NULL, NULL));
        for (gsize i = 0; i < n; i++)
          {
            g_assert_true (i == 0 || compare_both (&elements[i - 1], &elements[i]) < 0);
            places += elements[i].place;
          }
        g_assert_cmpuint (places, ==, n > 0 ? n * (n - 1) / 2 : 0);
      }
}

static void
test_extremes (void)
{
  gint64 numbers[] = { G_MAXINT64, 0, G_MININT64, -1, 1 };

  g_assert_true (matinee_sort (numbers, 5, sizeof (gint64), matinee_sort_compare_integers, NULL, NULL, NULL));
  for (int i = 1; i < 5; i++)
    g_assert_cmpint (numbers[i - 1], <, numbers[i]);
}

static void
test_stop (void)
{
  gint64 numbers[] = { 2, 1 };
  g_autoptr (GError) error = NULL;
  MatineeStop stop = { 0 };

  matinee_stop_request (&stop);
  g_assert_false (matinee_sort (numbers, 2, sizeof (gint64), matinee_sort_compare_integers, NULL, &stop, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sort/random", test_random);
  g_test_add_func ("/sort/extremes", test_extremes);
  g_test_add_func ("/sort/stop", test_stop);
  return g_test_run ();
}
