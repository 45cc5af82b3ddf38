/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-run-item"

#include "config.h"

#include "matinee-run-item.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "matinee-format.h"
#include "matinee-solver.h"

/**
 * MatineeRunItem:
 *
 * A run in a list: what the history knows of it, put into words, and whether it is
 * ticked to be compared.
 */
struct _MatineeRunItem
{
  GObject parent_instance;

  MatineeRun *run;
  char *name_key; /* for sorting */
  char *search;   /* all that is searched, folded */
  gboolean ticked;
};

G_DEFINE_FINAL_TYPE (MatineeRunItem, matinee_run_item, G_TYPE_OBJECT)

enum
{
  PROP_TICKED = 1,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static char *
fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal, -1);
}

static const char *
solver_title (const MatineeRun *run)
{
  const MatineeSolver *solver = matinee_solver_find (run->solver);

  return solver != NULL ? _ (solver->title) : run->solver;
}

static void
prepare (MatineeRunItem *self)
{
  const MatineeRun *run = self->run;
  g_autofree char *all = g_strjoin ("\n", run->name, run->note, run->data_name, run->solver, solver_title (run),
                                    matinee_run_get_state_title (run), NULL);

  g_free (self->search);
  self->search = fold (all);
  g_free (self->name_key);
  self->name_key = g_utf8_collate_key_for_filename (run->name, -1);
}

static void
matinee_run_item_finalize (GObject *object)
{
  MatineeRunItem *self = MATINEE_RUN_ITEM (object);

  g_clear_pointer (&self->run, matinee_run_free);
  g_clear_pointer (&self->name_key, g_free);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (matinee_run_item_parent_class)->finalize (object);
}

static void
matinee_run_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeRunItem *self = MATINEE_RUN_ITEM (object);

  switch (prop_id)
    {
    case PROP_TICKED:
      g_value_set_boolean (value, self->ticked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_run_item_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MatineeRunItem *self = MATINEE_RUN_ITEM (object);

  switch (prop_id)
    {
    case PROP_TICKED:
      matinee_run_item_set_ticked (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_run_item_class_init (MatineeRunItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = matinee_run_item_finalize;
  object_class->get_property = matinee_run_item_get_property;
  object_class->set_property = matinee_run_item_set_property;

  /**
   * MatineeRunItem:ticked:
   *
   * Whether it is to be compared with others.
   */
  props[PROP_TICKED] = g_param_spec_boolean ("ticked", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * MatineeRunItem::changed:
   *
   * The run has other values: show them.
   */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_RUN_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_run_item_init (MatineeRunItem *self)
{
}

/**
 * matinee_run_column_title:
 * @column: a column
 *
 * Returns: its heading, translated
 */
const char *
matinee_run_column_title (MatineeRunColumn column)
{
  static const char *const titles[MATINEE_N_RUN_COLUMNS] = {
    [MATINEE_RUN_COLUMN_NAME] = NC_ ("run column", "Name"),
    [MATINEE_RUN_COLUMN_BEST] = NC_ ("run column", "Best Test RMSE"),
    [MATINEE_RUN_COLUMN_FINAL] = NC_ ("run column", "Test RMSE"),
    [MATINEE_RUN_COLUMN_SOLVER] = NC_ ("run column", "Solver"),
    [MATINEE_RUN_COLUMN_FACTORS] = NC_ ("run column", "Factors"),
    [MATINEE_RUN_COLUMN_REGULARIZATION] = NC_ ("run column", "λ"),
    [MATINEE_RUN_COLUMN_ITERATIONS] = NC_ ("run column", "Iterations"),
    [MATINEE_RUN_COLUMN_DURATION] = NC_ ("run column", "Duration"),
    [MATINEE_RUN_COLUMN_STATE] = NC_ ("run column", "State"),
    [MATINEE_RUN_COLUMN_DATA] = NC_ ("run column", "Data"),
    [MATINEE_RUN_COLUMN_STARTED] = NC_ ("run column", "Started"),
  };

  return g_dpgettext2 (NULL, "run column", titles[column]);
}

/**
 * matinee_run_column_is_number:
 * @column: a column
 *
 * Returns: whether it holds numbers, which stand at the end of their cells
 */
gboolean
matinee_run_column_is_number (MatineeRunColumn column)
{
  switch (column)
    {
    case MATINEE_RUN_COLUMN_BEST:
    case MATINEE_RUN_COLUMN_FINAL:
    case MATINEE_RUN_COLUMN_FACTORS:
    case MATINEE_RUN_COLUMN_REGULARIZATION:
    case MATINEE_RUN_COLUMN_ITERATIONS:
    case MATINEE_RUN_COLUMN_DURATION:
      return TRUE;
    case MATINEE_RUN_COLUMN_NAME:
    case MATINEE_RUN_COLUMN_SOLVER:
    case MATINEE_RUN_COLUMN_STATE:
    case MATINEE_RUN_COLUMN_DATA:
    case MATINEE_RUN_COLUMN_STARTED:
    default:
      return FALSE;
    }
}

/**
 * matinee_run_item_new:
 * @run: (transfer full): a run
 *
 * Returns: (transfer full): an item, which may be made in any thread
 */
MatineeRunItem *
matinee_run_item_new (MatineeRun *run)
{
  MatineeRunItem *self = g_object_new (MATINEE_TYPE_RUN_ITEM, NULL);

  self->run = run;
  prepare (self);
  return self;
}

const MatineeRun *
matinee_run_item_get_run (MatineeRunItem *self)
{
  return self->run;
}

/**
 * matinee_run_item_set_run:
 * @self: an item
 * @run: (transfer full): what is known of its run now
 */
void
matinee_run_item_set_run (MatineeRunItem *self, MatineeRun *run)
{
  g_return_if_fail (MATINEE_IS_RUN_ITEM (self) && run->id == self->run->id);

  matinee_run_free (self->run);
  self->run = run;
  prepare (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
matinee_run_item_get_ticked (MatineeRunItem *self)
{
  return self->ticked;
}

void
matinee_run_item_set_ticked (MatineeRunItem *self, gboolean ticked)
{
  g_return_if_fail (MATINEE_IS_RUN_ITEM (self));

  ticked = !!ticked;
  if (self->ticked == ticked)
    return;
  self->ticked = ticked;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TICKED]);
}

static char *
dup_rmse (double rmse)
{
  return isfinite (rmse) ? g_strdup_printf ("%.4f", rmse) : g_strdup ("–");
}

static char *
dup_started (const MatineeRun *run)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (run->started / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: date and time of a run; see strftime(3). */
  return local != NULL ? g_date_time_format (local, _ ("%Y-%m-%d %H:%M")) : g_strdup ("");
}

/**
 * matinee_run_item_dup_text:
 * @self: an item
 * @column: a column
 *
 * Returns: (transfer full): what it tells there
 */
char *
matinee_run_item_dup_text (MatineeRunItem *self, MatineeRunColumn column)
{
  const MatineeRun *run = self->run;

  switch (column)
    {
    case MATINEE_RUN_COLUMN_NAME:
      return g_strdup (run->name);
    case MATINEE_RUN_COLUMN_DATA:
      return g_strdup (run->data_name);
    case MATINEE_RUN_COLUMN_SOLVER:
      return g_strdup (solver_title (run));
    case MATINEE_RUN_COLUMN_FACTORS:
      return g_strdup_printf ("%u", run->params.n_factors);
    case MATINEE_RUN_COLUMN_REGULARIZATION:
      return matinee_format_value (run->params.regularization,
                                   matinee_param_info (MATINEE_PARAM_REGULARIZATION)->digits);
    case MATINEE_RUN_COLUMN_ITERATIONS:
      return g_strdup_printf ("%u", run->n_points > 0 ? run->n_points - 1 : 0);
    case MATINEE_RUN_COLUMN_BEST:
      return dup_rmse (run->best_test_rmse);
    case MATINEE_RUN_COLUMN_FINAL:
      return dup_rmse (matinee_errors_rmse (&run->test));
    case MATINEE_RUN_COLUMN_DURATION:
      return run->duration < 60 ? matinee_format_step_time (run->duration) : matinee_format_duration (run->duration);
    case MATINEE_RUN_COLUMN_STATE:
      return g_strdup (matinee_run_get_state_title (run));
    case MATINEE_RUN_COLUMN_STARTED:
    default:
      return dup_started (run);
    }
}

/**
 * matinee_run_item_dup_details:
 * @self: an item
 *
 * Returns: (transfer full): the rest in a line, for where there is little room
 */
char *
matinee_run_item_dup_details (MatineeRunItem *self)
{
  g_autofree char *regularization = matinee_run_item_dup_text (self, MATINEE_RUN_COLUMN_REGULARIZATION);
  g_autofree char *started = dup_started (self->run);

  /* Translators: solver, number of factors, regularization, data, date. */
  return g_strdup_printf (_ ("%s · %u factors · λ %s · %s · %s"), solver_title (self->run), self->run->params.n_factors,
                          regularization, self->run->data_name, started);
}

/* What there is none of comes last. */
static int
compare_doubles (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static double
number (const MatineeRun *run, MatineeRunColumn column)
{
  switch ((int) column)
    {
    case MATINEE_RUN_COLUMN_FACTORS:
      return run->params.n_factors;
    case MATINEE_RUN_COLUMN_REGULARIZATION:
      return run->params.regularization;
    case MATINEE_RUN_COLUMN_ITERATIONS:
      return run->n_points;
    case MATINEE_RUN_COLUMN_BEST:
      return run->best_test_rmse;
    case MATINEE_RUN_COLUMN_FINAL:
      return matinee_errors_rmse (&run->test);
    case MATINEE_RUN_COLUMN_DURATION:
      return run->duration;
    default:
      return (double) run->started;
    }
}

/**
 * matinee_run_item_compare:
 * @a: an item
 * @b: another
 * @column: what to sort by
 *
 * Returns: less than 0 if @a comes first
 */
int
matinee_run_item_compare (MatineeRunItem *a, MatineeRunItem *b, MatineeRunColumn column)
{
  switch ((int) column)
    {
    case MATINEE_RUN_COLUMN_NAME:
      return strcmp (a->name_key, b->name_key);
    case MATINEE_RUN_COLUMN_DATA:
      return g_utf8_collate (a->run->data_name, b->run->data_name);
    case MATINEE_RUN_COLUMN_SOLVER:
      return strcmp (a->run->solver, b->run->solver);
    case MATINEE_RUN_COLUMN_STATE:
      return strcmp (matinee_run_get_state_id (a->run), matinee_run_get_state_id (b->run));
    default:
      return compare_doubles (number (a->run, column), number (b->run, column));
    }
}

/**
 * matinee_run_item_split_search:
 * @text: what somebody types to search
 *
 * Returns: (transfer full): its words, folded, for matinee_run_item_matches()
 */
char **
matinee_run_item_split_search (const char *text)
{
  g_autofree char *folded = fold (text);

  return g_strsplit_set (folded, " \t\n", -1);
}

/**
 * matinee_run_item_matches:
 * @self: an item
 * @words: (array zero-terminated=1): folded words
 *
 * Returns: whether all words are in its name, note, data, solver or state
 */
gboolean
matinee_run_item_matches (MatineeRunItem *self, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->search, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
