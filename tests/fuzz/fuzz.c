/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FD_FOLDER "/proc/self/fd/"

/**
 * fuzz_file_new:
 * @data: (array length=size): its bytes
 * @size: how many
 *
 * A file in memory: nothing is written to a disk, however many thousand there are in
 * a second.
 *
 * Returns: (transfer full): its path; free with fuzz_file_free()
 */
char *
fuzz_file_new (gconstpointer data, gsize size)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, size);
  return g_strdup_printf (FD_FOLDER "%d", fd);
}

void
fuzz_file_free (char *path)
{
  close ((int) g_ascii_strtoll (path + strlen (FD_FOLDER), NULL, 10));
  g_free (path);
}

/**
 * fuzz_check_error:
 * @result: what was read
 * @error: what was wrong
 *
 * There has to be one of them, and an error has to be something that can be shown.
 */
void
fuzz_check_error (gconstpointer result, const GError *error)
{
  g_assert_true ((result == NULL) == (error != NULL));
  if (error == NULL)
    return;
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 0);
}
