/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-list-quality"

#include "config.h"

#include "matinee-list-quality.h"

#include <glib/gi18n.h>

#include "matinee-format.h"

/* How many ways there are to rate where ratings have no steps. */
#define N_STEPS 20

/**
 * MatineeListQuality:
 *
 * How good the lists of the model in a session are. Whenever there is another model, or
 * somebody wants other lists, a worker judges them; it is cancelled when its answer is
 * no longer wanted.
 */
struct _MatineeListQuality
{
  GObject parent_instance;

  MatineeSession *session; /* weak: a worker that ends late does not keep it */
  MatineeModel *model;     /* whose lists are judged */
  MatineeRankingOptions options;
  MatineeRankings rankings;
  gboolean judged;
  char *problem; /* why there are no figures */
  GCancellable *judging;
};

G_DEFINE_FINAL_TYPE (MatineeListQuality, matinee_list_quality, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
forget (MatineeListQuality *self)
{
  g_cancellable_cancel (self->judging);
  g_clear_object (&self->judging);
  g_clear_pointer (&self->problem, g_free);
  self->judged = FALSE;
}

/* A later order, or the end of the window, may have come in between. */
static void
judged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeListQuality) self = data;
  g_autoptr (GError) error = NULL;
  MatineeRankings rankings;
  gboolean judged = matinee_ranking_job_run_finish (MATINEE_RANKING_JOB (source), result, &rankings, &error);

  g_application_release (g_application_get_default ());
  if (self->judging == NULL || self->judging != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->judging);
  self->judged = judged;
  if (judged)
    self->rankings = rankings;
  else
    self->problem = g_strdup (error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The threshold that somebody chose stays as long as it has the same meaning. */
static void
model_changed_cb (MatineeListQuality *self)
{
  MatineeModel *model = matinee_session_get_model (self->session);

  if (model == self->model)
    return;
  forget (self);
  if (model != NULL)
    {
      MatineeRankingOptions usual;
      gboolean same_scale = self->model != NULL && self->model->low == model->low && self->model->high == model->high;

      matinee_ranking_options_init (&usual, (double) model->low, (double) model->high);
      if (!same_scale)
        self->options.threshold = usual.threshold;
      matinee_model_ref (model);
    }
  g_clear_pointer (&self->model, matinee_model_unref);
  self->model = model;
  matinee_list_quality_judge (self);
}

/* A training takes all the processor, and makes the answer an old one. */
static void
training_cb (MatineeListQuality *self)
{
  if (matinee_session_get_training (self->session))
    matinee_list_quality_cancel (self);
}

static void
matinee_list_quality_finalize (GObject *object)
{
  MatineeListQuality *self = MATINEE_LIST_QUALITY (object);

  forget (self);
  g_clear_pointer (&self->model, matinee_model_unref);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (matinee_list_quality_parent_class)->finalize (object);
}

static void
matinee_list_quality_class_init (MatineeListQualityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_list_quality_finalize;

  /** MatineeListQuality::changed: lists are being judged, or have been, or can't be */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_LIST_QUALITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_list_quality_init (MatineeListQuality *self)
{
  matinee_ranking_options_init (&self->options, 0.5, 5.0);
  self->options.max_users = MATINEE_LIST_QUALITY_SAMPLE;
}

/**
 * matinee_list_quality_new:
 * @session: whose models are judged; it has to live as long
 *
 * Returns: (transfer full): how good their lists are. Before the last reference goes,
 *   matinee_list_quality_cancel() has to be called: what works for it holds another.
 */
MatineeListQuality *
matinee_list_quality_new (MatineeSession *session)
{
  MatineeListQuality *self = g_object_new (MATINEE_TYPE_LIST_QUALITY, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "model-changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::training", G_CALLBACK (training_cb), self, G_CONNECT_SWAPPED);
  model_changed_cb (self);
  return self;
}

const MatineeRankingOptions *
matinee_list_quality_get_options (MatineeListQuality *self)
{
  return &self->options;
}

/**
 * matinee_list_quality_get_scale:
 * @self: a quality
 * @low: (out): the lowest threshold that makes sense
 * @high: (out): the highest
 * @step: (out): from one to the next
 *
 * Tells the scale of the ratings.
 */
void
matinee_list_quality_get_scale (MatineeListQuality *self, double *low, double *high, double *step)
{
  const MatineeDataset *dataset = matinee_session_get_dataset (self->session);

  *low = self->model != NULL ? (double) self->model->low : 0.5;
  *high = self->model != NULL ? (double) self->model->high : 5.0;
  *step = dataset != NULL ? (double) dataset->ratings->step : 0.0;
  if (*step <= 0.0)
    *step = *high > *low ? (*high - *low) / N_STEPS : 1.0;
}

/**
 * matinee_list_quality_judge:
 * @self: a quality
 *
 * Judges the lists, once more if they were judged. What takes long is done by a worker.
 */
void
matinee_list_quality_judge (MatineeListQuality *self)
{
  forget (self);
  if (self->model != NULL && self->model->split != NULL && self->model->split->test_by_user->n_entries > 0)
    {
      g_autoptr (MatineeRankingJob) job = NULL;

      self->options.seed = self->model->params.seed;
      job = matinee_ranking_job_new (self->model, &self->options);
      self->judging = g_cancellable_new ();
      /* The program does not end while a thread of it works; when cancelled, it is soon. */
      g_application_hold (g_application_get_default ());
      matinee_job_run_async (MATINEE_JOB (job), self->judging, judged_cb, g_object_ref (self));
    }
  else if (self->model != NULL)
    self->problem
        = g_strdup (self->model->test.n > 0
                        ? _ ("Lists can’t be judged, because it is not known which ratings the model was tested on.")
                        : _ ("Lists can’t be judged, because no ratings were held out of the training."));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * matinee_list_quality_cancel:
 * @self: a quality
 *
 * Ends the judging, if there is any.
 */
void
matinee_list_quality_cancel (MatineeListQuality *self)
{
  if (self->judging == NULL)
    return;
  forget (self);
  self->problem = g_strdup (_ ("The lists were not judged to the end."));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * matinee_list_quality_set_n:
 * @self: a quality
 * @n: how long the lists are, ≥ 1
 *
 * Judges lists of another length.
 */
void
matinee_list_quality_set_n (MatineeListQuality *self, guint n)
{
  if (self->options.n == n)
    return;
  self->options.n = n;
  matinee_list_quality_judge (self);
}

/**
 * matinee_list_quality_set_threshold:
 * @self: a quality
 * @threshold: the rating from which on a film belongs in the list of its user
 *
 * Judges lists by another measure of what is right.
 */
void
matinee_list_quality_set_threshold (MatineeListQuality *self, double threshold)
{
  if (self->options.threshold == threshold)
    return;
  self->options.threshold = threshold;
  matinee_list_quality_judge (self);
}

gboolean
matinee_list_quality_get_judging (MatineeListQuality *self)
{
  return self->judging != NULL;
}

/**
 * matinee_list_quality_get_rankings:
 * @self: a quality
 *
 * Returns: (transfer none) (nullable): how good the lists are, if that is known
 */
const MatineeRankings *
matinee_list_quality_get_rankings (MatineeListQuality *self)
{
  return self->judged ? &self->rankings : NULL;
}

static char *
dup_users (const MatineeRanking *ranking)
{
  guint n = ranking->n_users;

  if (ranking->n_eligible > n)
    /* Translators: only a part of all users is looked at, as it would take long otherwise. */
    return g_strdup_printf (ngettext ("A sample of %'u of %'u user is judged, the same each time.",
                                      "A sample of %'u of %'u users is judged, the same each time.",
                                      ranking->n_eligible),
                            n, ranking->n_eligible);
  return g_strdup_printf (ngettext ("%'u user is judged.", "%'u users are judged.", n), n);
}

/**
 * matinee_list_quality_dup_status:
 * @self: a quality
 *
 * Returns: (transfer full): whose lists were judged and whose could not be, or why none
 *   were
 */
char *
matinee_list_quality_dup_status (MatineeListQuality *self)
{
  const MatineeRanking *ranking = &self->rankings.by[MATINEE_RANKER_MODEL];
  g_autofree char *users = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *threshold = NULL;

  if (self->judging != NULL)
    return g_strdup (_ ("Judging the lists…"));
  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (!self->judged)
    return g_strdup (_ ("Lists are judged when a model has been trained."));
  threshold = matinee_format_value (ranking->threshold, 2);
  if (ranking->n_users == 0)
    return g_strdup_printf (_ ("No list can be judged: nobody has rated a held-out film %s or more."), threshold);
  users = dup_users (ranking);
  if (ranking->n_left_out == 0)
    return g_steal_pointer (&users);
  left_out = g_strdup_printf (ngettext ("%'u other has rated no held-out film %s or more.",
                                        "%'u others have rated no held-out film %s or more.", ranking->n_left_out),
                              ranking->n_left_out, threshold);
  return g_strconcat (users, " ", left_out, NULL);
}

/**
 * matinee_list_quality_dup_summary:
 * @self: a quality
 *
 * Returns: (transfer full) (nullable): in one line what stands beside the error, or %NULL
 *   when there is no model
 */
char *
matinee_list_quality_dup_summary (MatineeListQuality *self)
{
  const MatineeRanking *by = self->rankings.by;

  if (self->model == NULL)
    return NULL;
  if (!self->judged || by[MATINEE_RANKER_MODEL].n_users == 0)
    return matinee_list_quality_dup_status (self);
  return g_strdup_printf (
      /* Translators: of lists of %u films; NDCG and precision are measures of lists. */
      ngettext ("List of %u film: NDCG %.3f, precision %.3f · most popular %.3f, %.3f · bias only %.3f, %.3f",
                "Lists of %u films: NDCG %.3f, precision %.3f · most popular %.3f, %.3f · bias only %.3f, %.3f",
                self->options.n),
      self->options.n, by[MATINEE_RANKER_MODEL].mean.ndcg, by[MATINEE_RANKER_MODEL].mean.precision,
      by[MATINEE_RANKER_POPULAR].mean.ndcg, by[MATINEE_RANKER_POPULAR].mean.precision,
      by[MATINEE_RANKER_BIAS].mean.ndcg, by[MATINEE_RANKER_BIAS].mean.precision);
}
