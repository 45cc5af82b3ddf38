/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ratings.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/* Room for a fingerprint in hexadecimal digits, with the end. */
#define MATINEE_FINGERPRINT_BUFFER 33

/**
 * MatineeFingerprint:
 * @high: the first 64 bits
 * @low: the last 64 bits
 *
 * 128 bits that tell data sets apart. All zero is no fingerprint.
 */
typedef struct
{
  guint64 high;
  guint64 low;
} MatineeFingerprint;

gboolean matinee_fingerprint_ratings (const MatineeRatings *ratings, MatineePool *pool, MatineeStop *stop,
                                      MatineeFingerprint *fingerprint, GError **error);
gboolean matinee_fingerprint_split (const MatineeRatings *ratings, const MatineeSplit *split, MatineePool *pool,
                                    MatineeStop *stop, MatineeFingerprint *fingerprint, GError **error);
gboolean matinee_fingerprint_equal (const MatineeFingerprint *a, const MatineeFingerprint *b);
const char *matinee_fingerprint_format (const MatineeFingerprint *fingerprint, char buffer[MATINEE_FINGERPRINT_BUFFER]);
gboolean matinee_fingerprint_parse (const char *text, MatineeFingerprint *fingerprint);

G_END_DECLS
