/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of ratings. Where blocks begin, in which the text is parsed, must not make a
 * difference, neither to what is read nor to what is said. */
#include "fuzz.h"

#include "matinee-fingerprint.h"
#include "matinee-ratings-reader.h"

static void
fingerprint (const MatineeRatings *ratings, MatineeFingerprint *print)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (matinee_fingerprint_ratings (ratings, NULL, NULL, print, &error));
}

/* The first byte says how small blocks are; when it is 128 or more, bad lines are left
 * out. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (MatineeRatings) whole = NULL;
  g_autoptr (MatineeRatings) pieces = NULL;
  g_autoptr (GError) whole_error = NULL;
  g_autoptr (GError) pieces_error = NULL;
  g_auto (MatineeReadReport) whole_report = { 0 };
  g_auto (MatineeReadReport) pieces_report = { 0 };
  MatineeReadOptions options = { .times = MATINEE_TIMES_IF_GOOD };
  char *path;

  if (size == 0)
    return 0;
  path = fuzz_file_new (data + 1, size - 1);
  if (data[0] >= 128)
    options.tolerance = MATINEE_TOLERANCE_MANY;
  whole = matinee_ratings_read_with (path, &options, NULL, NULL, NULL, NULL, &whole_report, &whole_error);
  options.block_size = (gsize) data[0] + 1;
  pieces = matinee_ratings_read_with (path, &options, NULL, NULL, NULL, NULL, &pieces_report, &pieces_error);
  fuzz_check_error (whole, whole_error);
  fuzz_check_error (pieces, pieces_error);
  if (whole_error != NULL)
    g_assert_cmpstr (whole_error->message, ==, pieces_error != NULL ? pieces_error->message : NULL);
  else
    {
      MatineeFingerprint a;
      MatineeFingerprint b;

      g_assert_no_error (pieces_error);
      g_assert_cmpuint (whole_report.n_bad, ==, pieces_report.n_bad);
      fingerprint (whole, &a);
      fingerprint (pieces, &b);
      g_assert_true (matinee_fingerprint_equal (&a, &b));
      g_assert_cmpstr (whole->no_times, ==, pieces->no_times);
      g_assert_cmpint (whole->times != NULL, ==, pieces->times != NULL);
      for (gsize e = 0; whole->times != NULL && e < matinee_ratings_get_n (whole); e++)
        g_assert_cmpint (whole->times[e], ==, pieces->times[e]);
    }
  fuzz_file_free (path);
  return 0;
}
