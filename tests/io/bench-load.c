/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "matinee-random.h"
#include "matinee-ratings-reader.h"
#include "matinee-split.h"
#include "matinee-system.h"

/* Measures how long it takes to read ratings and to make them ready to train,
 * beside counting the line ends of the same file:
 *
 *   bench-load FILE             measures a file
 *   bench-load RATINGS [FILE]   makes a file of so many ratings first */

#define N_USERS_OF(n) MAX (1, (n) / 154)
#define N_MOVIES_OF(n) (guint32) MAX (1, pow ((double) (n), 0.645))
#define COUNTED_AT_ONCE 192
#define ROUNDS 3

static void
make_file (const char *path, gsize n)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");
  FILE *file = fopen (path, "w");
  gsize n_users = N_USERS_OF (n), written = 0;
  guint32 n_movies = N_MOVIES_OF (n);

  g_assert_nonnull (file);
  for (gsize user = 0; written < n; user++)
    {
      double mean_log = log ((double) n / (double) n_users) - 0.9;
      gsize length = (gsize) ceil (exp (mean_log + 1.3 * matinee_random_normal (1, user, 0)));
      double movie = 0;

      length = MIN (length, n - written);
      if (user + 1 >= n_users)
        length = MIN (n - written, n_movies);
      for (gsize i = 0; i < length && movie < n_movies; i++)
        {
          guint64 bits = matinee_random_u64 (2, user, i);

          movie += 1
                   + floor (matinee_random_uniform (3, user, i) * 2 * ((double) n_movies - movie)
                            / (double) (length - i + 1) * ((double) i + 1) / ((double) length + 1));
          if (movie > n_movies)
            break;
          g_string_append_printf (text, "%" G_GSIZE_FORMAT ",%u,%u.%u,%u\n", user + 1, (guint) (movie * 3.5),
                                  (guint) (bits % 5), bits & 64 ? 0u : 5u,
                                  800000000u + (guint) (bits >> 32) % 780000000u);
          written++;
        }
      if (text->len > 1 << 20)
        {
          fwrite (text->str, 1, text->len, file);
          g_string_truncate (text, 0);
        }
    }
  fwrite (text->str, 1, text->len, file);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Counts line ends the way wc does: reading into a buffer, searching there. */
static double
time_counting (const char *path, gsize *n_lines)
{
  static char buffer[(1 << 18) + COUNTED_AT_ONCE];
  gint64 before = g_get_monotonic_time ();
  int file = open (path, O_RDONLY);
  gssize got;

  *n_lines = 0;
  while ((got = read (file, buffer, sizeof buffer - COUNTED_AT_ONCE)) > 0)
    {
      gsize lines = 0;

      /* Few enough at a time for sums of one byte, which compilers vectorize. */
      memset (buffer + got, 0, COUNTED_AT_ONCE);
      for (gssize first = 0; first < got; first += COUNTED_AT_ONCE)
        {
          guint8 few = 0;

          for (gssize i = first; i < first + COUNTED_AT_ONCE; i++)
            few = (guint8) (few + (buffer[i] == '\n'));
          lines += few;
        }
      *n_lines += lines;
    }
  close (file);
  return (double) (g_get_monotonic_time () - before) / 1e6;
}

static gint64 parsed_at;

static void
note_parsed (double fraction, gpointer data)
{
  if (fraction <= 0.6)
    parsed_at = g_get_monotonic_time ();
}

static double
get_peak (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

int
main (int argc, char *argv[])
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "matinee-bench-load.csv", NULL);
  gsize n = argc > 1 ? (gsize) strtoull (argv[1], NULL, 10) : 1000000;
  gboolean made = n > 0;
  double best_count = INFINITY, best_parse = INFINITY, best_read = INFINITY, best_ready = INFINITY;

  if (argc > 1 && n == 0)
    {
      g_free (path);
      path = g_strdup (argv[1]);
    }
  else if (argc > 2)
    {
      g_free (path);
      path = g_strdup (argv[2]);
      made = FALSE;
      make_file (path, n);
    }
  else
    make_file (path, n);

  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (MatineePool) pool = matinee_pool_new (matinee_system_n_cores ());
      g_autoptr (GError) error = NULL;
      gsize lines;
      double count = time_counting (path, &lines);
      gint64 start = g_get_monotonic_time (), read_at, ready_at;
      g_autoptr (MatineeRatings) ratings = matinee_ratings_read (path, pool, note_parsed, NULL, NULL, &error);
      g_autoptr (MatineeSplit) split = NULL;
      double read_peak = get_peak ();

      g_assert_no_error (error);
      read_at = g_get_monotonic_time ();
      split = matinee_split_new_random (ratings, 0.1, 1, pool, NULL, &error);
      g_assert_no_error (error);
      ready_at = g_get_monotonic_time ();
      best_count = MIN (best_count, count);
      best_parse = MIN (best_parse, (double) (parsed_at - start) / 1e6);
      best_read = MIN (best_read, (double) (read_at - start) / 1e6);
      best_ready = MIN (best_ready, (double) (ready_at - start) / 1e6);
      if (round == 0)
        printf ("%" G_GSIZE_FORMAT " lines, %" G_GSIZE_FORMAT
                " ratings, %u users, %u movies; peak %.0f MB read, %.0f MB "
                "split\n",
                lines, matinee_ratings_get_n (ratings), matinee_ratings_get_n_users (ratings),
                matinee_ratings_get_n_movies (ratings), read_peak, get_peak ());
    }
  printf ("counting lines %.3f s; parsed %.3f s (%.1f times); read %.3f s (%.1f); ready to train %.3f s (%.1f)\n",
          best_count, best_parse, best_parse / best_count, best_read, best_read / best_count, best_ready,
          best_ready / best_count);
  if (made)
    g_unlink (path);
  return 0;
}
