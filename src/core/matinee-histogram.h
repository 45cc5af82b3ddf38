/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-sparse.h"

G_BEGIN_DECLS

#define MATINEE_MAX_BINS 20

/**
 * MatineeHistogram:
 * @n_bins: bars, 1 … 20
 * @first: the rating in the middle of the first bar
 * @width: from one bar to the next
 * @counts: (array n_bins): ratings in each bar
 * @n: ratings in all
 *
 * How often each rating was given. Needs no freeing.
 */
typedef struct
{
  guint n_bins;
  double first;
  double width;
  guint64 counts[MATINEE_MAX_BINS];
  guint64 n;
} MatineeHistogram;

void matinee_histogram_init (MatineeHistogram *histogram, double low, double high, double step);
guint matinee_histogram_find_bin (const MatineeHistogram *histogram, double rating);
void matinee_histogram_add (MatineeHistogram *histogram, double rating);
void matinee_histogram_add_row (MatineeHistogram *histogram, const MatineeSparse *ratings, guint32 row);
void matinee_histogram_add_all (MatineeHistogram *histogram, const MatineeSparse *ratings);
double matinee_histogram_get_share (const MatineeHistogram *histogram, guint bin);

G_END_DECLS
