/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-params.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "matinee-cg.h"
#include "matinee-error.h"
#include "matinee-moment.h"
#include "matinee-pool.h"
#include "matinee-solver.h"

/* Seeds are kept where a spin button and a JSON number hold them exactly. */
#define MAX_SEED 4294967295.0

/* The years 1 to 9999. */
#define FIRST_MOMENT (-62135596800.0)
#define LAST_MOMENT 253402300799.0

/* Up to it, each whole number is a double. */
#define LARGEST_WHOLE 9007199254740992.0

G_STATIC_ASSERT (sizeof (MatineeSplitKind) == sizeof (guint));

static const MatineeParamInfo infos[MATINEE_N_PARAMS] = {
  { MATINEE_PARAM_FACTORS, MATINEE_PARAM_NUMBER, "factors", N_ ("Factors"), N_ ("numbers for each user and movie"),
    N_ ("How many hidden tastes the model may use: more can say more, and cost more time and memory."), 1,
    MATINEE_MAX_FACTORS, 1, 0, TRUE },
  { MATINEE_PARAM_ITERATIONS, MATINEE_PARAM_NUMBER, "iterations", N_ ("Iterations"), N_ ("at most"),
    N_ ("Training ends after this many iterations, unless something ends it earlier."), 0, 10000, 1, 0, TRUE },
  { MATINEE_PARAM_LEARNING_RATE, MATINEE_PARAM_NUMBER, "learning-rate", N_ ("Learning rate"), N_ ("per gradient step"),
    N_ ("How far each step follows the gradient: too small learns slowly, too large diverges."), 1e-7, 1, 0.0005, 7,
    FALSE },
  { MATINEE_PARAM_REGULARIZATION, MATINEE_PARAM_NUMBER, "regularization", N_ ("Regularization"), N_ ("λ, on factors"),
    N_ ("The price of large factors: more makes the model more cautious and narrows the gap between train and test."),
    0, 10000, 0.1, 5, FALSE },
  { MATINEE_PARAM_BIAS_REGULARIZATION, MATINEE_PARAM_NUMBER, "bias-regularization", N_ ("Bias regularization"),
    N_ ("λ_b, on biases"),
    N_ ("The price of large biases: more pulls users and movies with few ratings towards the mean."), 0, 10000, 0.1, 5,
    FALSE },
  { MATINEE_PARAM_COUNT_EXPONENT, MATINEE_PARAM_NUMBER, "count-exponent", N_ ("Count exponent"),
    N_ ("ν, 0 plain to 1 weighted"),
    N_ ("How the price grows with the number of ratings n: it is multiplied by n to this power."), 0, 1, 0.1, 3,
    FALSE },
  { MATINEE_PARAM_INNER, MATINEE_PARAM_NUMBER, "inner-steps", N_ ("Inner steps"), N_ ("for each user and movie"),
    N_ ("How many conjugate-gradient steps are taken for each row: more come closer to the exact solution."), 1, 100, 1,
    0, TRUE },
  { MATINEE_PARAM_TOLERANCE, MATINEE_PARAM_NUMBER, "tolerance", N_ ("Tolerance"), N_ ("stop when changes are smaller"),
    N_ ("Training has converged when the gradient, or the relative fall of the objective, is smaller than this."), 0, 1,
    0.0001, 8, FALSE },
  { MATINEE_PARAM_FACTOR_SCALE, MATINEE_PARAM_NUMBER, "factor-scale", N_ ("Factor scale"),
    N_ ("standard deviation at the start"), N_ ("How far from zero the random first factors are."), 0, 10, 0.01, 5,
    FALSE },
  { MATINEE_PARAM_BIAS_SCALE, MATINEE_PARAM_NUMBER, "bias-scale", N_ ("Bias scale"),
    N_ ("standard deviation at the start"), N_ ("How far from zero the random first biases are."), 0, 10, 0.1, 5,
    FALSE },
  { MATINEE_PARAM_PATIENCE, MATINEE_PARAM_NUMBER, "patience", N_ ("Patience"), N_ ("iterations, 0 is endless"),
    N_ ("Training stops when the test error has not improved for this many iterations, and keeps the best model."), 0,
    1000, 1, 0, TRUE },
  { MATINEE_PARAM_IMPROVEMENT, MATINEE_PARAM_NUMBER, "improvement", N_ ("Least improvement"), N_ ("of the test RMSE"),
    N_ ("By how much the test error must fall for an iteration to count as better, when there is a patience."), 0, 1,
    0.0001, 6, FALSE },
  { MATINEE_PARAM_SPLIT, MATINEE_PARAM_CHOICE, "split", N_ ("Split"), N_ ("what is held out"),
    N_ ("Which ratings are held out, so that the test curve shows what the model has not seen."), 0,
    MATINEE_N_SPLIT_KINDS - 1, 1, 0, TRUE, matinee_split_choice },
  { MATINEE_PARAM_TEST_SHARE, MATINEE_PARAM_SHARE, "test-share", N_ ("Test share"), N_ ("of the ratings"),
    N_ ("The share of the ratings that is held out, so that the test curve shows what the model has not seen."), 0,
    0.95, 0.05, 4, FALSE },
  { MATINEE_PARAM_TEST_COUNT, MATINEE_PARAM_NUMBER, "test-count", N_ ("Test ratings"), N_ ("of each user"),
    N_ ("How many ratings of each user are held out: never all, as one is left to learn from."), 1, 1000, 1, 0, TRUE },
  { MATINEE_PARAM_TEST_AFTER, MATINEE_PARAM_MOMENT, "test-after", N_ ("Test from"), N_ ("day, UTC"),
    N_ ("Ratings of this moment and later are held out: the model learns from those before it."), FIRST_MOMENT,
    LAST_MOMENT, 86400, 0, TRUE },
  { MATINEE_PARAM_FOLDS, MATINEE_PARAM_NUMBER, "folds", N_ ("Folds"), N_ ("parts of equal size"),
    N_ ("Into how many random parts the ratings are dealt out."), 2, MATINEE_MAX_FOLDS, 1, 0, TRUE },
  { MATINEE_PARAM_FOLD, MATINEE_PARAM_NUMBER, "fold", N_ ("Fold"), N_ ("the part held out"),
    N_ ("Which of the parts is held out, counted from 1."), 1, MATINEE_MAX_FOLDS, 1, 0, TRUE },
  { MATINEE_PARAM_SEED, MATINEE_PARAM_NUMBER, "seed", N_ ("Seed"), N_ ("of split and start"),
    N_ ("The same seed gives the same split and the same first factors, so a run can be repeated exactly."), 0,
    MAX_SEED, 1, 0, TRUE },
  { MATINEE_PARAM_THREADS, MATINEE_PARAM_NUMBER, "threads", N_ ("Threads"), N_ ("processor threads"),
    N_ ("How many processor threads work at once: it changes the speed, never the result."), 1, MATINEE_MAX_THREADS, 1,
    0, TRUE },
};

/* The values of a preset whose solver doesn't use a parameter are those that
 * another solver would want, so that changing the solver starts from something
 * sensible. */
static const MatineePreset presets[] = {
  { "recommended",
    N_ ("Recommended"),
    N_ ("Exact least squares with settings that suit film ratings."),
    { .solver = &matinee_solver_exact,
      .n_factors = 50,
      .n_iterations = 20,
      .learning_rate = 0.001,
      .regularization = 1.4,
      .bias_regularization = 1.0,
      .count_exponent = 0.5,
      .n_inner = MATINEE_CG_DEFAULT_INNER,
      .tolerance = 0.0001,
      .factor_scale = 0.1,
      .bias_scale = 1.0,
      .patience = 0,
      .improvement = 0.0001,
      .test_share = 0.3,
      .test_count = 1,
      .folds = 5,
      .fold = 1,
      .seed = 1 } },
  { "classic-script",
    N_ ("Classic script"),
    N_ ("Alternating gradient steps with the settings of the classic teaching script."),
    { .solver = &matinee_solver_gradient,
      .n_factors = 50,
      .n_iterations = 5,
      .learning_rate = 0.001,
      .regularization = 0.01,
      .bias_regularization = 1.0,
      .count_exponent = 0.5,
      .n_inner = MATINEE_CG_DEFAULT_INNER,
      .tolerance = 0.0001,
      .factor_scale = 0.01,
      .bias_scale = 1.0,
      .patience = 0,
      .improvement = 0.0001,
      .test_share = 0.3,
      .test_count = 1,
      .folds = 5,
      .fold = 1,
      .seed = 1 } },
};

/**
 * matinee_param_info:
 * @id: which parameter
 *
 * Returns: all that is known about it
 */
const MatineeParamInfo *
matinee_param_info (MatineeParamId id)
{
  g_return_val_if_fail (id < MATINEE_N_PARAMS, NULL);

  return &infos[id];
}

/**
 * matinee_param_info_by_name:
 * @name: a name as in %MatineeParamInfo
 *
 * Returns: (nullable): the parameter of that name
 */
const MatineeParamInfo *
matinee_param_info_by_name (const char *name)
{
  for (guint i = 0; i < MATINEE_N_PARAMS; i++)
    if (g_str_equal (infos[i].name, name))
      return &infos[i];
  return NULL;
}

static gpointer
field (MatineeParams *params, MatineeParamId id)
{
  switch (id)
    {
    case MATINEE_PARAM_FACTORS:
      return &params->n_factors;
    case MATINEE_PARAM_ITERATIONS:
      return &params->n_iterations;
    case MATINEE_PARAM_LEARNING_RATE:
      return &params->learning_rate;
    case MATINEE_PARAM_REGULARIZATION:
      return &params->regularization;
    case MATINEE_PARAM_BIAS_REGULARIZATION:
      return &params->bias_regularization;
    case MATINEE_PARAM_COUNT_EXPONENT:
      return &params->count_exponent;
    case MATINEE_PARAM_INNER:
      return &params->n_inner;
    case MATINEE_PARAM_TOLERANCE:
      return &params->tolerance;
    case MATINEE_PARAM_FACTOR_SCALE:
      return &params->factor_scale;
    case MATINEE_PARAM_BIAS_SCALE:
      return &params->bias_scale;
    case MATINEE_PARAM_PATIENCE:
      return &params->patience;
    case MATINEE_PARAM_IMPROVEMENT:
      return &params->improvement;
    case MATINEE_PARAM_SPLIT:
      return &params->split;
    case MATINEE_PARAM_TEST_SHARE:
      return &params->test_share;
    case MATINEE_PARAM_TEST_COUNT:
      return &params->test_count;
    case MATINEE_PARAM_TEST_AFTER:
      return &params->test_after;
    case MATINEE_PARAM_FOLDS:
      return &params->folds;
    case MATINEE_PARAM_FOLD:
      return &params->fold;
    case MATINEE_PARAM_SEED:
      return &params->seed;
    case MATINEE_PARAM_THREADS:
      return &params->n_threads;
    default:
      g_assert_not_reached ();
    }
}

/**
 * matinee_params_get:
 * @params: parameters
 * @id: which
 *
 * Returns: its value
 */
double
matinee_params_get (const MatineeParams *params, MatineeParamId id)
{
  gconstpointer value = field ((MatineeParams *) params, id);

  if (id == MATINEE_PARAM_SEED)
    return (double) *(const guint64 *) value;
  if (infos[id].type == MATINEE_PARAM_MOMENT)
    return (double) *(const gint64 *) value;
  if (infos[id].whole)
    return *(const guint *) value;
  return *(const double *) value;
}

/**
 * matinee_params_set:
 * @params: parameters
 * @id: which
 * @value: its value; what is out of range is found by matinee_params_check(),
 *   but a whole number that a field can't hold is clamped to the nearest
 *   that it can
 *
 * Sets one parameter.
 */
void
matinee_params_set (MatineeParams *params, MatineeParamId id, double value)
{
  gpointer where = field (params, id);

  if (id == MATINEE_PARAM_SEED)
    *(guint64 *) where = value > 0 ? (guint64) MIN (value, LARGEST_WHOLE) : 0;
  else if (infos[id].type == MATINEE_PARAM_MOMENT)
    *(gint64 *) where = (gint64) CLAMP (value, -LARGEST_WHOLE, LARGEST_WHOLE);
  else if (infos[id].whole)
    *(guint *) where = value > 0 ? (guint) MIN (round (value), 4294967295.0) : 0;
  else
    *(double *) where = value;
}

/**
 * matinee_params_uses:
 * @params: parameters
 * @id: which
 *
 * Returns: whether that parameter has an effect with the chosen solver and the
 *   chosen split
 */
gboolean
matinee_params_uses (const MatineeParams *params, MatineeParamId id)
{
  guint64 uses = params->solver->uses | 1 << MATINEE_PARAM_SPLIT;

  if (params->split < MATINEE_N_SPLIT_KINDS)
    uses |= matinee_split_info (params->split)->uses;
  return (uses >> id & 1) != 0;
}

/**
 * matinee_param_is_of_split:
 * @id: a parameter
 *
 * Returns: whether it decides which ratings are held out, and nothing else: all
 *   such but the seed, which also decides how training starts
 */
gboolean
matinee_param_is_of_split (MatineeParamId id)
{
  return id >= MATINEE_PARAM_SPLIT && id <= MATINEE_PARAM_FOLD;
}

/**
 * matinee_params_copy_split:
 * @params: parameters
 * @from: others
 *
 * Sets everything that decides which ratings are held out, the seed too.
 */
void
matinee_params_copy_split (MatineeParams *params, const MatineeParams *from)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    if (matinee_param_is_of_split (id) || id == MATINEE_PARAM_SEED)
      matinee_params_set (params, id, matinee_params_get (from, id));
}

/**
 * matinee_param_format:
 * @id: a parameter
 * @value: its value
 *
 * Returns: (transfer full): the value as options and files have it, the same in
 *   every locale: "0.3", "2015-06-01", "per-user"
 */
char *
matinee_param_format (MatineeParamId id, double value)
{
  const MatineeParamInfo *info = matinee_param_info (id);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean whole = value == floor (value) && fabs (value) < 1e15;

  if (info->type == MATINEE_PARAM_MOMENT)
    return matinee_moment_format ((gint64) value);
  if (info->type == MATINEE_PARAM_CHOICE && value >= 0 && value <= info->maximum)
    return g_strdup (info->get_choice ((guint) value)->id);
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, whole ? "%.0f" : "%.6g", value));
}

/**
 * matinee_param_find_choice:
 * @id: a parameter that is a choice
 * @text: the id of something to choose
 * @value: (out): its number
 *
 * Returns: whether there is such a choice
 */
gboolean
matinee_param_find_choice (MatineeParamId id, const char *text, double *value)
{
  const MatineeParamInfo *info = matinee_param_info (id);

  for (guint i = 0; i <= info->maximum; i++)
    if (strcmp (info->get_choice (i)->id, text) == 0)
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * matinee_presets:
 * @n: (out): how many
 *
 * Returns: (array length=n): the presets, the default first
 */
const MatineePreset *
matinee_presets (guint *n)
{
  *n = G_N_ELEMENTS (presets);
  return presets;
}

/**
 * matinee_preset_find:
 * @id_or_title: "recommended", "Classic script", … in any case; the title may
 *   be translated or not
 *
 * Returns: (nullable): that preset
 */
const MatineePreset *
matinee_preset_find (const char *id_or_title)
{
  g_autofree char *wanted = g_utf8_casefold (id_or_title, -1);

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      const char *const names[] = { presets[i].id, presets[i].title, _ (presets[i].title) };

      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          g_autofree char *name = g_utf8_casefold (names[j], -1);

          if (g_str_equal (name, wanted))
            return &presets[i];
        }
    }
  return NULL;
}

/**
 * matinee_preset_for_solver:
 * @solver: a solver
 *
 * Returns: the preset to begin with when only the solver was chosen: the first
 *   with that solver, or else the default
 */
const MatineePreset *
matinee_preset_for_solver (const MatineeSolver *solver)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (presets[i].params.solver == solver)
      return &presets[i];
  return &presets[0];
}

/* Whether @a and @b would train the same model: threads don't count, nor does
 * what the solver doesn't use. */
static gboolean
same_training (const MatineeParams *a, const MatineeParams *b, gboolean with_seed)
{
  if (a->solver != b->solver)
    return FALSE;
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      if (id == MATINEE_PARAM_THREADS || (id == MATINEE_PARAM_SEED && !with_seed) || !matinee_params_uses (a, id))
        continue;
      if (matinee_params_get (a, id) != matinee_params_get (b, id))
        return FALSE;
    }
  return TRUE;
}

/**
 * matinee_preset_matching:
 * @params: parameters
 *
 * Returns: (nullable): the preset that @params are, whatever the seed and the
 *   threads, or %NULL when they are something of one's own
 */
const MatineePreset *
matinee_preset_matching (const MatineeParams *params)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (same_training (params, &presets[i].params, FALSE))
      return &presets[i];
  return NULL;
}

/**
 * matinee_params_init:
 * @params: (out): parameters
 * @n_threads: how many threads to use
 *
 * Sets the default preset.
 */
void
matinee_params_init (MatineeParams *params, guint n_threads)
{
  *params = presets[0].params;
  params->n_threads = n_threads;
}

/**
 * matinee_params_apply_preset:
 * @params: parameters
 * @preset: a preset
 *
 * Sets everything that the preset has a say in: all but the threads.
 */
void
matinee_params_apply_preset (MatineeParams *params, const MatineePreset *preset)
{
  guint n_threads = params->n_threads;

  *params = preset->params;
  params->n_threads = n_threads;
}

/**
 * matinee_params_equal:
 * @a: parameters
 * @b: parameters
 *
 * Returns: whether both give the same model from the same data
 */
gboolean
matinee_params_equal (const MatineeParams *a, const MatineeParams *b)
{
  return same_training (a, b, TRUE);
}

/**
 * matinee_params_check:
 * @params: parameters
 * @error: return location
 *
 * Checks every parameter that the solver and the split use, before anything is
 * done with it.
 *
 * Returns: whether all are in range; else %MATINEE_ERROR_PARAMS names the
 *   parameter, its value and its range
 */
gboolean
matinee_params_check (const MatineeParams *params, GError **error)
{
  for (guint id = 0; id < MATINEE_N_PARAMS; id++)
    {
      const MatineeParamInfo *info = &infos[id];
      double value = matinee_params_get (params, id);

      if (!matinee_params_uses (params, id) || (value >= info->minimum && value <= info->maximum))
        continue;
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS, _ ("%s is %.15g, but must be from %.15g to %.15g"),
                   _ (info->label), value, info->minimum, info->maximum);
      return FALSE;
    }
  if (!matinee_params_uses (params, MATINEE_PARAM_FOLD) || params->fold <= params->folds)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
               _ ("Fold %u can\u2019t be held out: there are only %u folds"), params->fold, params->folds);
  return FALSE;
}

/**
 * matinee_params_estimate_memory:
 * @params: parameters
 * @n_users: users
 * @n_movies: movies
 * @n_ratings: ratings
 *
 * Returns: bytes that training takes at its peak, beside the ratings
 *   themselves: both directions of the training ratings and the test ratings, the
 *   factors with a copy of the best, and each thread's working memory
 */
guint64
matinee_params_estimate_memory (const MatineeParams *params, guint32 n_users, guint32 n_movies, gsize n_ratings)
{
  double entities = (double) n_users + n_movies;
  double stride = (double) matinee_factors_stride (params->n_factors);
  double ratings = 8.0 * 2.0 * (double) n_ratings + 4.0 * sizeof (gsize) * entities;
  double factors = 2.0 * sizeof (float) * (stride + 1.0) * entities;
  double scratch = params->n_threads * (4.0 * sizeof (float) * stride * stride + 4.0e6);

  return (guint64) (ratings + factors + scratch);
}

/**
 * matinee_params_check_memory:
 * @params: parameters
 * @n_users: users
 * @n_movies: movies
 * @n_ratings: ratings
 * @available: bytes that the system can give, or 0 when unknown
 * @error: return location
 *
 * Refuses a training that would not fit, before it takes the machine down.
 *
 * Returns: whether it fits; else %MATINEE_ERROR_MEMORY says what is needed and
 *   what there is
 */
gboolean
matinee_params_check_memory (const MatineeParams *params, guint32 n_users, guint32 n_movies, gsize n_ratings,
                             guint64 available, GError **error)
{
  guint64 needed = matinee_params_estimate_memory (params, n_users, n_movies, n_ratings);
  g_autofree char *needed_text = NULL;
  g_autofree char *available_text = NULL;

  if (available == 0 || needed <= available)
    return TRUE;
  needed_text = g_format_size (needed);
  available_text = g_format_size (available);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY,
               _ ("Training with %u factors needs about %s of memory, and %s are available: use fewer factors"),
               params->n_factors, needed_text, available_text);
  return FALSE;
}
