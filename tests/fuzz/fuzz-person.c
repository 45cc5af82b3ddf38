/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files with the ratings of one person. */
#include "fuzz.h"

#include <math.h>

#include "matinee-person-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MatineePersonRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;
  char *path = fuzz_file_new (data, size);

  ratings = matinee_person_ratings_read (path, NULL, &error);
  fuzz_check_error (ratings, error);
  g_assert_true (ratings == NULL || ratings->user == NULL || g_utf8_validate (ratings->user, -1, NULL));
  for (guint i = 0; ratings != NULL && i < ratings->n; i++)
    {
      g_assert_true (isfinite (ratings->items[i].rating));
      g_assert_true (g_utf8_validate (ratings->items[i].movie, -1, NULL));
    }
  fuzz_file_free (path);
  return 0;
}
