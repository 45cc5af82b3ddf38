/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model-file.h"

G_BEGIN_DECLS

#define MATINEE_MODEL_JSON "matinee.json"

/* The fields of one record of the array "trace", all float64. */
#define MATINEE_TRACE_FIELDS 14

/**
 * MatineeModelDescription:
 * @n_users: users
 * @n_movies: movies
 * @n_factors: k
 * @user_ids: what the users' ids look like
 * @movie_ids: what the movies' ids look like
 * @params: how it was trained
 * @low: smallest rating of the data
 * @high: largest rating
 * @reason: why training ended
 * @iteration: the iteration that was kept
 * @train: errors on the training ratings
 * @test: errors on the test ratings
 * @fingerprint: of the data, or all zero
 * @synthetic: whether the ratings were made
 * @noise_floor: of planted data, or NaN
 * @data_name: (nullable): name of the data
 * @split: (nullable): how the data were split
 * @program: (nullable): version of Matinee that wrote it
 *
 * What the member matinee.json says.
 */
typedef struct
{
  guint32 n_users;
  guint32 n_movies;
  guint n_factors;
  MatineeIdsKind user_ids;
  MatineeIdsKind movie_ids;
  MatineeParams params;
  float low;
  float high;
  MatineeStopReason reason;
  guint iteration;
  MatineeErrors train;
  MatineeErrors test;
  MatineeFingerprint fingerprint;
  gboolean synthetic;
  double noise_floor;
  char *data_name;
  char *split;
  char *program;
} MatineeModelDescription;

extern const char *const matinee_trace_fields[MATINEE_TRACE_FIELDS];

char *matinee_model_describe (const MatineeModelFile *file, gsize *length);
gboolean matinee_model_description_parse (const char *text, gssize length, MatineeModelDescription *description,
                                          GError **error);
void matinee_model_description_clear (MatineeModelDescription *description);
char *matinee_trace_dup_type (void);
void matinee_trace_point_to_record (const MatineeTracePoint *point, double record[MATINEE_TRACE_FIELDS]);
gboolean matinee_trace_point_from_record (const double record[MATINEE_TRACE_FIELDS], MatineeTracePoint *point);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeModelDescription, matinee_model_description_clear)

G_END_DECLS
