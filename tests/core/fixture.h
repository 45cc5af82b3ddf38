/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-model.h"
#include "synthetic.h"

G_BEGIN_DECLS

/**
 * FixtureFilm:
 *
 * A film of a titles file; the array ends with a %NULL title. Its id is
 * 100 + its place.
 */
typedef struct
{
  const char *title;
  const char *genres;
} FixtureFilm;

MatineeIds *fixture_ids (guint32 n, gint64 first);
MatineeModel *fixture_model (MatineeFactors *factors, const char *solver);
MatineeModel *fixture_trained (const Synthetic *data, const char *solver, guint k, guint n_iterations);
MatineeSparse *fixture_sparse (guint32 n_rows, guint32 n_columns, const float *dense);
MatineeDataset *fixture_dataset (const MatineeSparse *by_user, const FixtureFilm *films);

G_END_DECLS
