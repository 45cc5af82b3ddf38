/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of the person at the screen, and what they import. */
#include "fuzz.h"

#include <math.h>

#include "matinee-you-file.h"

static void
check (GPtrArray *ratings, const GError *error)
{
  fuzz_check_error (ratings, error);
  for (guint i = 0; ratings != NULL && i < ratings->len; i++)
    {
      const MatineeYouRating *rating = ratings->pdata[i];

      g_assert_true (isfinite (rating->rating));
      g_assert_true (g_utf8_validate (rating->id, -1, NULL));
      g_assert_true (g_utf8_validate (rating->title, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) imported = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) import_error = NULL;
  char *path = fuzz_file_new (data, size);

  read = matinee_you_file_read (path, &read_error);
  check (read, read_error);
  imported = matinee_you_file_import (path, &import_error);
  check (imported, import_error);
  fuzz_file_free (path);
  return 0;
}
