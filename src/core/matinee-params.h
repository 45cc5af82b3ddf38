/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-split-kind.h"
#include "matinee-types.h"

G_BEGIN_DECLS

#define MATINEE_MAX_FACTORS 512
#define MATINEE_MAX_FOLDS 100

/**
 * MatineeParams:
 * @solver: how to learn (never %NULL after matinee_params_init())
 * @n_factors: k, the length of each x_u and y_i, 1 … 512
 * @n_iterations: the most iterations to run, 0 … 10 000
 * @learning_rate: η of the gradient solver, > 0
 * @regularization: λ ≥ 0, the price of large factors
 * @bias_regularization: λ_b ≥ 0, the price of large biases
 * @count_exponent: ν in 0 … 1: an entity's penalty grows with n^ν, n its
 *   number of training ratings
 * @n_inner: conjugate-gradient steps for each row in a half-step, 1 … 100
 * @tolerance: when to call it converged, ≥ 0; what is compared with it is the
 *   solver's: the norm of the gradient, or the relative fall of the objective
 *   in one iteration
 * @factor_scale: standard deviation of the first factors
 * @bias_scale: standard deviation of the first biases
 * @patience: stop when the test error has not improved for so many iterations, and
 *   keep the best model; 0 never does
 * @improvement: by how much the test RMSE must fall to count as improved, ≥ 0
 * @split: which ratings are held out for the test
 * @test_share: share of the ratings held out, of all or of each user, 0 … 0.95
 * @test_count: how many ratings of each user are held out, 1 … 1000
 * @test_after: ratings of this moment and later are held out, in seconds since
 *   1970, UTC
 * @folds: into how many parts the ratings are dealt out, 2 … 100
 * @fold: which of them is held out, 1 … @folds
 * @seed: of the split and the first values
 * @n_threads: 1 … 256; changes the speed, never the result
 *
 * Everything that decides a training.
 */
struct _MatineeParams
{
  const MatineeSolver *solver;
  guint n_factors;
  guint n_iterations;
  double learning_rate;
  double regularization;
  double bias_regularization;
  double count_exponent;
  guint n_inner;
  double tolerance;
  double factor_scale;
  double bias_scale;
  guint patience;
  double improvement;
  MatineeSplitKind split;
  double test_share;
  guint test_count;
  gint64 test_after;
  guint folds;
  guint fold;
  guint64 seed;
  guint n_threads;
};

/**
 * MatineeParamId:
 *
 * The parameters, in the order in which people are shown them. All are numbers: a
 * choice is the number of what was chosen.
 */
typedef enum
{
  MATINEE_PARAM_FACTORS,
  MATINEE_PARAM_ITERATIONS,
  MATINEE_PARAM_LEARNING_RATE,
  MATINEE_PARAM_REGULARIZATION,
  MATINEE_PARAM_BIAS_REGULARIZATION,
  MATINEE_PARAM_COUNT_EXPONENT,
  MATINEE_PARAM_INNER,
  MATINEE_PARAM_TOLERANCE,
  MATINEE_PARAM_FACTOR_SCALE,
  MATINEE_PARAM_BIAS_SCALE,
  MATINEE_PARAM_PATIENCE,
  MATINEE_PARAM_IMPROVEMENT,
  MATINEE_PARAM_SPLIT,
  MATINEE_PARAM_TEST_SHARE,
  MATINEE_PARAM_TEST_COUNT,
  MATINEE_PARAM_TEST_AFTER,
  MATINEE_PARAM_FOLDS,
  MATINEE_PARAM_FOLD,
  MATINEE_PARAM_SEED,
  MATINEE_PARAM_THREADS
} MatineeParamId;

#define MATINEE_N_PARAMS (MATINEE_PARAM_THREADS + 1)

/**
 * MatineeParamType:
 * @MATINEE_PARAM_NUMBER: a number
 * @MATINEE_PARAM_SHARE: a part of a whole, 0 … 1, shown in percent
 * @MATINEE_PARAM_MOMENT: seconds since 1970, UTC, shown as a date
 * @MATINEE_PARAM_CHOICE: the number of one of several choices, shown by its name
 *
 * How the value of a parameter is shown and written.
 */
typedef enum
{
  MATINEE_PARAM_NUMBER,
  MATINEE_PARAM_SHARE,
  MATINEE_PARAM_MOMENT,
  MATINEE_PARAM_CHOICE
} MatineeParamType;

/**
 * MatineeParamInfo:
 * @id: which
 * @type: how it is shown and written
 * @name: its name on the command line, in settings and in files ("count-exponent")
 * @label: (translatable): its name for people; pass it through gettext
 * @unit: (translatable) (nullable): what it counts or measures
 * @tooltip: (translatable): one sentence on what it does
 * @minimum: smallest value
 * @maximum: largest value
 * @increment: a sensible step up or down
 * @digits: decimals that are worth showing
 * @whole: whether it is a whole number
 * @get_choice: (nullable): what a number means, from 0 to @maximum, when it is a
 *   choice
 *
 * All that is known about a parameter: spin buttons, options, settings, checks
 * and messages are made from this.
 */
typedef struct
{
  MatineeParamId id;
  MatineeParamType type;
  const char *name;
  const char *label;
  const char *unit;
  const char *tooltip;
  double minimum;
  double maximum;
  double increment;
  guint digits;
  gboolean whole;
  const MatineeChoice *(*get_choice) (guint number);
} MatineeParamInfo;

/**
 * MatineePreset:
 * @id: its name in settings ("recommended")
 * @title: (translatable): its name for people and for --preset
 * @description: (translatable): one sentence
 * @params: its values; n_threads is 0: keep what one has
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *description;
  MatineeParams params;
} MatineePreset;

const MatineeParamInfo *matinee_param_info (MatineeParamId id);
const MatineeParamInfo *matinee_param_info_by_name (const char *name);
double matinee_params_get (const MatineeParams *params, MatineeParamId id);
void matinee_params_set (MatineeParams *params, MatineeParamId id, double value);
gboolean matinee_params_uses (const MatineeParams *params, MatineeParamId id);
gboolean matinee_param_is_of_split (MatineeParamId id);
void matinee_params_copy_split (MatineeParams *params, const MatineeParams *from);
char *matinee_param_format (MatineeParamId id, double value);
gboolean matinee_param_find_choice (MatineeParamId id, const char *text, double *value);

const MatineePreset *matinee_presets (guint *n);
const MatineePreset *matinee_preset_find (const char *id_or_title);
const MatineePreset *matinee_preset_for_solver (const MatineeSolver *solver);
const MatineePreset *matinee_preset_matching (const MatineeParams *params);
void matinee_params_init (MatineeParams *params, guint n_threads);
void matinee_params_apply_preset (MatineeParams *params, const MatineePreset *preset);
gboolean matinee_params_equal (const MatineeParams *a, const MatineeParams *b);
gboolean matinee_params_check (const MatineeParams *params, GError **error);
gboolean matinee_params_check_memory (const MatineeParams *params, guint32 n_users, guint32 n_movies, gsize n_ratings,
                                      guint64 available, GError **error);
guint64 matinee_params_estimate_memory (const MatineeParams *params, guint32 n_users, guint32 n_movies,
                                        gsize n_ratings);

G_END_DECLS
