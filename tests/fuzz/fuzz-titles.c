/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of titles: whatever bytes they hold, what is read can be shown. */
#include "fuzz.h"

#include "matinee-titles-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MatineeTitles) titles = NULL;
  g_autoptr (GError) error = NULL;
  char *path = fuzz_file_new (data, size);

  titles = matinee_titles_read (path, NULL, &error);
  fuzz_check_error (titles, error);
  for (guint32 i = 0; titles != NULL && i < matinee_titles_get_n (titles); i++)
    {
      g_assert_true (g_utf8_validate (matinee_titles_get_title (titles, i), -1, NULL));
      g_assert_true (g_utf8_validate (matinee_titles_get_genres (titles, i), -1, NULL));
    }
  fuzz_file_free (path);
  return 0;
}
