/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "matinee-cli-bench-parts.h"
#include "matinee-error.h"
#include "matinee-random.h"

#define BUFFER_SIZE ((gsize) 1 << 18)

/* More than the longest line has: four numbers. */
#define MAX_LINE 64

/* Times as MovieLens has them, from 1995 on. */
#define FIRST_TIME G_GUINT64_CONSTANT (789652009)
#define N_TIMES G_GUINT64_CONSTANT (784251000)
#define TIMES 1

/* Vectors that every processor has, several side by side so that none waits for
 * the one before, and the most rounds until a byte that counts could overflow. */
#define VECTOR 16
#define N_SUMS 4
#define COUNTED (VECTOR * N_SUMS)
#define MAX_COUNT 255

typedef guint8 Bytes __attribute__ ((vector_size (VECTOR)));

static gboolean
set_system_error (const char *path, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), _ ("The temporary file %s can’t be used: %s"),
               name, g_strerror (code));
  return FALSE;
}

static gsize
count_digits (guint64 n)
{
  gsize digits = 1;

  for (; n >= 10; n /= 10)
    digits++;
  return digits;
}

/* Refuses what would fill the disk, before it does. */
static gboolean
check_room (const MatineeCliBench *bench, const char *folder, GError **error)
{
  gsize line = count_digits (bench->plan.n_users) + count_digits (bench->plan.n_movies)
               + count_digits (FIRST_TIME + N_TIMES) + strlen (",,0.0,\n");
  guint64 needed = (guint64) line * bench->plan.n_ratings;
  g_autofree char *needed_text = g_format_size (needed);
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *free_text = NULL;
  struct statvfs disk;
  guint64 left;

  if (statvfs (folder, &disk) != 0)
    return set_system_error (folder, errno, error);
  left = (guint64) disk.f_bavail * disk.f_frsize;
  if (left >= needed)
    return TRUE;
  free_text = g_format_size (left);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
               _ ("A temporary file of these ratings takes about %s, and %s has room for %s: ask for fewer ratings, or "
                  "name another folder with the environment variable TMPDIR"),
               needed_text, name, free_text);
  return FALSE;
}

static gboolean
write_all (int file, const char *path, const char *data, gsize size, GError **error)
{
  while (size > 0)
    {
      gssize done = write (file, data, size);

      if (done < 0 && errno != EINTR)
        return set_system_error (path, errno, error);
      if (done > 0)
        {
          data += done;
          size -= (gsize) done;
        }
    }
  return TRUE;
}

static char *
append_number (char *at, guint64 n)
{
  gsize digits = count_digits (n);

  for (gsize i = digits; i > 0; n /= 10)
    at[--i] = (char) ('0' + n % 10);
  return at + digits;
}

static char *
append_line (char *at, guint32 user, guint32 movie, float rating, guint64 time)
{
  guint tenths = (guint) (rating * 10.0f + 0.5f);

  at = append_number (at, user);
  *at++ = ',';
  at = append_number (at, movie);
  *at++ = ',';
  *at++ = (char) ('0' + tenths / 10);
  *at++ = '.';
  *at++ = (char) ('0' + tenths % 10);
  *at++ = ',';
  at = append_number (at, time);
  *at++ = '\n';
  return at;
}

static gboolean
write_lines (MatineeCliBench *bench, int file, const MatineeRatings *ratings, GError **error)
{
  const MatineeSparse *by_user = ratings->by_user;
  guint64 times = matinee_random_stream (bench->plan.seed, TIMES);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  char *at = g_stpcpy (buffer, "userId,movieId,rating,timestamp\n");

  for (guint32 user = 0; user < by_user->n_rows; user++)
    for (gsize e = by_user->offsets[user]; e < by_user->offsets[user + 1]; e++)
      {
        at = append_line (at, user + 1, by_user->columns[e] + 1, matinee_sparse_value (by_user, e),
                          FIRST_TIME + matinee_random_at (times, e) % N_TIMES);
        if ((gsize) (at - buffer) < BUFFER_SIZE - MAX_LINE)
          continue;
        if (!matinee_cli_bench_check_stop (bench, error)
            || !write_all (file, bench->path, buffer, (gsize) (at - buffer), error))
          return FALSE;
        at = buffer;
      }
  return write_all (file, bench->path, buffer, (gsize) (at - buffer), error);
}

/**
 * matinee_cli_bench_write_file:
 * @bench: a run
 * @ratings: planted ratings
 * @error: return location
 *
 * Writes them to a new file in the folder for temporary files, as MovieLens does:
 * a line for each with user, movie, rating and time.
 *
 * Returns: whether that went well; also if not, matinee_cli_bench_remove_file()
 *   is to be called
 */
gboolean
matinee_cli_bench_write_file (MatineeCliBench *bench, const MatineeRatings *ratings, GError **error)
{
  const char *folder = g_get_tmp_dir ();
  g_autofree char *path = g_build_filename (folder, "matinee-bench-XXXXXX.csv", NULL);
  gboolean done;
  int file;

  if (!check_room (bench, folder, error))
    return FALSE;
  file = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0)
    return set_system_error (path, errno, error);
  bench->path = g_steal_pointer (&path);
  done = write_lines (bench, file, ratings, error);
  if (close (file) != 0 && done)
    done = set_system_error (bench->path, errno, error);
  return done;
}

/**
 * matinee_cli_bench_remove_file:
 * @bench: a run
 *
 * Deletes the temporary file, if there is one.
 */
void
matinee_cli_bench_remove_file (MatineeCliBench *bench)
{
  if (bench->path != NULL)
    g_unlink (bench->path);
  g_clear_pointer (&bench->path, g_free);
}

static inline void
count_round (Bytes *sums, const char *at)
{
  for (guint i = 0; i < N_SUMS; i++)
    {
      Bytes bytes;

      memcpy (&bytes, at + VECTOR * i, VECTOR);
      /* A comparison gives −1 where it is true. */
      sums[i] -= (Bytes) (bytes == '\n');
    }
}

static gsize
count_in_buffer (const char *buffer, gsize size)
{
  gsize n = 0, at = 0;

  while (size - at >= COUNTED)
    {
      Bytes sums[N_SUMS] = { 0 };

      for (guint round = 0; round < MAX_COUNT && size - at >= COUNTED; round++, at += COUNTED)
        count_round (sums, buffer + at);
      for (guint i = 0; i < COUNTED; i++)
        n += sums[i / VECTOR][i % VECTOR];
    }
  for (; at < size; at++)
    n += buffer[at] == '\n';
  return n;
}

/**
 * matinee_cli_bench_count_lines:
 * @bench: a run
 * @error: return location
 *
 * Measures once how long it takes to count the line ends of the temporary file
 * as wc -l does: one thread, read() and vector instructions.
 *
 * Returns: whether the file could be read and has a line for each rating
 */
gboolean
matinee_cli_bench_count_lines (MatineeCliBench *bench, GError **error)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gint64 start = g_get_monotonic_time ();
  int file = open (bench->path, O_RDONLY | O_CLOEXEC);
  gsize n = 0;
  gssize got;

  if (file < 0)
    return set_system_error (bench->path, errno, error);
  while ((got = read (file, buffer, BUFFER_SIZE)) > 0)
    n += count_in_buffer (buffer, (gsize) got);
  close (file);
  matinee_cli_timing_add (&bench->count_lines, matinee_cli_timing_since (start));
  if (got == 0 && n == bench->plan.n_ratings + 1)
    return TRUE;
  return set_system_error (bench->path, got < 0 ? errno : EIO, error);
}
