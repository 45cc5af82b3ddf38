/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Archives and compressed files: the tables in them are found and read, or it is said
 * why not. */
#include "fuzz.h"

#include "matinee-data-file.h"
#include "matinee-ratings-reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MatineeRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  g_autofree char *titles = NULL;
  char *path = fuzz_file_new (data, size);

  found = matinee_data_file_find (path, MATINEE_TABLE_RATINGS, NULL, NULL, NULL, &error);
  fuzz_check_error (found, error);
  if (found != NULL)
    {
      titles = matinee_data_file_find_titles (found, NULL);
      ratings = matinee_ratings_read (found, NULL, NULL, NULL, NULL, &error);
      fuzz_check_error (ratings, error);
    }
  fuzz_file_free (path);
  return 0;
}
