/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

/**
 * MatineeTextSample:
 * @rows: (element-type GStrv): the first records that are not blank, as UTF-8
 * @n_broken: lines among them that can't be cut into fields, and are left out
 * @used: bytes up to the end of the first record
 * @n_lines: lines up to there
 * @first: how parsing the first record ended
 *
 * The first rows of a table, cut in one of several possible ways.
 */
typedef struct
{
  GPtrArray *rows;
  guint n_broken;
  gsize used;
  guint n_lines;
  MatineeCsvStatus first;
} MatineeTextSample;

/**
 * MatineeColumnLook:
 * @n: fields that are neither empty nor NULL
 * @n_integers: of these, how many are whole numbers
 * @n_numbers: how many are numbers, written with a point or a comma
 * @n_commas: how many are numbers written with a comma
 * @n_dates: how many begin like 2005-09-06
 * @low: the smallest number
 * @high: the largest number
 * @n_distinct: how many different fields there are
 *
 * What the fields of one column look like.
 */
typedef struct
{
  guint n;
  guint n_integers;
  guint n_numbers;
  guint n_commas;
  guint n_dates;
  double low;
  double high;
  guint n_distinct;
} MatineeColumnLook;

MatineeTextSample *matinee_text_sample_new (const char *text, gsize length, gboolean at_end,
                                            const MatineeCsvDialect *dialect, MatineeEncoding encoding, guint most);
void matinee_text_sample_free (MatineeTextSample *sample);
guint matinee_text_sample_get_width (const MatineeTextSample *sample, guint row);
double matinee_text_sample_get_regularity (const MatineeTextSample *sample);

gboolean matinee_text_is_number (const char *text);
MatineeColumnLook matinee_column_look (const MatineeTextSample *sample, guint from, guint column);
gboolean matinee_column_looks_like_ratings (const MatineeColumnLook *look);
gboolean matinee_column_looks_like_times (const MatineeColumnLook *look);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTextSample, matinee_text_sample_free)

G_END_DECLS
