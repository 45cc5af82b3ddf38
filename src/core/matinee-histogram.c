/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-histogram.h"

#include <math.h>

/* Bars when ratings have no steps, or too many. */
#define PLAIN_BINS 10

/**
 * matinee_histogram_init:
 * @histogram: (out caller-allocates): an empty histogram
 * @low: the smallest rating
 * @high: the largest
 * @step: the step between ratings, or 0
 *
 * Chooses the bars: one for each step where that makes at most 20, else ten of
 * equal width. They depend on the scale alone, so that histograms of a film, a user
 * and everybody can be laid over each other.
 */
void
matinee_histogram_init (MatineeHistogram *histogram, double low, double high, double step)
{
  double n_steps = step > 0.0 ? round ((high - low) / step) + 1.0 : G_MAXDOUBLE;

  *histogram = (MatineeHistogram){ 0 };
  if (high <= low)
    {
      histogram->n_bins = 1;
      histogram->first = low;
      histogram->width = 1.0;
    }
  else if (n_steps <= MATINEE_MAX_BINS)
    {
      histogram->n_bins = (guint) n_steps;
      histogram->first = low;
      histogram->width = step;
    }
  else
    {
      histogram->n_bins = PLAIN_BINS;
      histogram->width = (high - low) / PLAIN_BINS;
      histogram->first = low + histogram->width / 2.0;
    }
}

/**
 * matinee_histogram_find_bin:
 * @histogram: a histogram
 * @rating: a rating
 *
 * Returns: the bar that a rating belongs to; the nearest one for a rating outside
 */
guint
matinee_histogram_find_bin (const MatineeHistogram *histogram, double rating)
{
  double bin = floor ((rating - histogram->first) / histogram->width + 0.5);

  return (guint) CLAMP (bin, 0.0, histogram->n_bins - 1.0);
}

/**
 * matinee_histogram_add:
 * @histogram: a histogram
 * @rating: a rating; one beyond the scale counts in the nearest bar
 *
 * Counts one rating.
 */
void
matinee_histogram_add (MatineeHistogram *histogram, double rating)
{
  histogram->counts[matinee_histogram_find_bin (histogram, rating)]++;
  histogram->n++;
}

static void
add_entries (MatineeHistogram *histogram, const MatineeSparse *ratings, gsize from, gsize to)
{
  guint64 counts[MATINEE_MAX_LEVELS] = { 0 };

  if (ratings->codes == NULL)
    {
      for (gsize entry = from; entry < to; entry++)
        matinee_histogram_add (histogram, (double) ratings->values[entry]);
      return;
    }
  for (gsize entry = from; entry < to; entry++)
    counts[ratings->codes[entry]]++;
  for (guint code = 0; code < MATINEE_MAX_LEVELS; code++)
    if (counts[code] > 0)
      histogram->counts[matinee_histogram_find_bin (histogram, (double) ratings->levels[code])] += counts[code];
  histogram->n += to - from;
}

/**
 * matinee_histogram_add_row:
 * @histogram: a histogram
 * @ratings: ratings
 * @row: a user, or a movie when movies are the rows
 *
 * Counts the ratings of one row. O(its length).
 */
void
matinee_histogram_add_row (MatineeHistogram *histogram, const MatineeSparse *ratings, guint32 row)
{
  add_entries (histogram, ratings, ratings->offsets[row], ratings->offsets[row + 1]);
}

/**
 * matinee_histogram_add_all:
 * @histogram: a histogram
 * @ratings: ratings
 *
 * Counts all ratings. O(n_entries).
 */
void
matinee_histogram_add_all (MatineeHistogram *histogram, const MatineeSparse *ratings)
{
  add_entries (histogram, ratings, 0, ratings->n_entries);
}

/**
 * matinee_histogram_get_share:
 * @histogram: a histogram
 * @bin: a bar
 *
 * Returns: the share of all ratings that it holds, 0 … 1; 0 without ratings
 */
double
matinee_histogram_get_share (const MatineeHistogram *histogram, guint bin)
{
  return histogram->n > 0 ? (double) histogram->counts[bin] / (double) histogram->n : 0.0;
}
