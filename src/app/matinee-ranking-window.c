/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-ranking-window"

#include "config.h"

#include "matinee-ranking-window.h"

#include <glib/gi18n.h>
#include <math.h>

/* A measure of lists: where it is in MatineeRanking, and what it says. */
typedef struct
{
  const char *label;
  const char *tooltip;
  gsize offset;
  int digits;
} Measure;

static const Measure measures[] = {
  { N_ ("Precision"), N_ ("How much of the list is right"), G_STRUCT_OFFSET (MatineeRanking, mean.precision), 4 },
  { N_ ("Recall"), N_ ("How much of what is right is in the list"), G_STRUCT_OFFSET (MatineeRanking, mean.recall), 4 },
  { N_ ("NDCG"), N_ ("How right the list is, its top counting more; 1 is the best list of this length"),
    G_STRUCT_OFFSET (MatineeRanking, mean.ndcg), 4 },
  { N_ ("MAP"), N_ ("Mean average precision: the precision down to each hit"),
    G_STRUCT_OFFSET (MatineeRanking, mean.average_precision), 4 },
  { N_ ("MRR"), N_ ("Mean reciprocal rank: 1 when the first film is right, ½ when it is the second"),
    G_STRUCT_OFFSET (MatineeRanking, mean.reciprocal_rank), 4 },
  { N_ ("Hit rate"), N_ ("The share of lists in which at least one film is right"),
    G_STRUCT_OFFSET (MatineeRanking, mean.hit), 4 },
  { N_ ("Coverage"), N_ ("The share of all films that are in at least one list"),
    G_STRUCT_OFFSET (MatineeRanking, coverage), 4 },
  { N_ ("Popularity"), N_ ("How many ratings of the training the films in the lists have, on average"),
    G_STRUCT_OFFSET (MatineeRanking, popularity), 1 },
  { N_ ("Novelty"), N_ ("How surprising the films in the lists are, in bits: 0 for a film that everybody has rated"),
    G_STRUCT_OFFSET (MatineeRanking, novelty), 2 },
};

#define N_MEASURES G_N_ELEMENTS (measures)

/**
 * MatineeRankingWindow:
 *
 * How good the lists of the model are, beside those of the baselines, in numbers that
 * follow the length of the lists and the threshold.
 */
struct _MatineeRankingWindow
{
  AdwWindow parent_instance;

  GtkSpinButton *n_button;
  GtkSpinButton *threshold_button;
  GtkAdjustment *threshold;
  GtkGrid *grid;
  GtkLabel *status;
  GtkButton *judge_button;
  GtkLabel *figures[N_MEASURES][MATINEE_N_RANKERS];

  MatineeListQuality *quality;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (MatineeRankingWindow, matinee_ranking_window, ADW_TYPE_WINDOW)

static void
show_figures (MatineeRankingWindow *self)
{
  const MatineeRankings *rankings = matinee_list_quality_get_rankings (self->quality);

  for (guint measure = 0; measure < N_MEASURES; measure++)
    for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
      {
        double value = rankings != NULL ? G_STRUCT_MEMBER (double, &rankings->by[ranker], measures[measure].offset)
                                        : (double) NAN;
        g_autofree char *text
            = isfinite (value) ? g_strdup_printf ("%.*f", measures[measure].digits, value) : g_strdup ("–");

        gtk_label_set_text (self->figures[measure][ranker], text);
      }
}

static void
show_options (MatineeRankingWindow *self)
{
  const MatineeRankingOptions *options = matinee_list_quality_get_options (self->quality);
  double low, high, step;

  matinee_list_quality_get_scale (self->quality, &low, &high, &step);
  self->showing = TRUE;
  gtk_spin_button_set_value (self->n_button, options->n);
  gtk_adjustment_configure (self->threshold, options->threshold, low, high, step, step, 0);
  self->showing = FALSE;
}

static void
show (MatineeRankingWindow *self)
{
  g_autofree char *status = matinee_list_quality_dup_status (self->quality);

  show_options (self);
  show_figures (self);
  gtk_label_set_text (self->status, status);
  gtk_button_set_label (self->judge_button,
                        matinee_list_quality_get_judging (self->quality) ? _ ("Cancel") : _ ("Judge Again"));
}

static void
n_changed_cb (MatineeRankingWindow *self)
{
  if (!self->showing)
    matinee_list_quality_set_n (self->quality, (guint) gtk_spin_button_get_value_as_int (self->n_button));
}

static void
threshold_changed_cb (MatineeRankingWindow *self)
{
  if (!self->showing)
    matinee_list_quality_set_threshold (self->quality, gtk_spin_button_get_value (self->threshold_button));
}

static void
judge_cb (MatineeRankingWindow *self)
{
  if (matinee_list_quality_get_judging (self->quality))
    matinee_list_quality_cancel (self->quality);
  else
    matinee_list_quality_judge (self->quality);
}

static GtkLabel *
attach_label (MatineeRankingWindow *self, const char *text, int column, int row)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, column == 0 ? 0 : 1);
  gtk_label_set_wrap (label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (label), column == 0);
  gtk_grid_attach (self->grid, GTK_WIDGET (label), column, row, 1, 1);
  return label;
}

static void
fill_grid (MatineeRankingWindow *self)
{
  static const char *const titles[MATINEE_N_RANKERS] = { N_ ("Model"), N_ ("Most popular"), N_ ("Bias only") };

  for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
    gtk_widget_add_css_class (GTK_WIDGET (attach_label (self, _ (titles[ranker]), (int) ranker + 1, 0)), "heading");
  for (guint measure = 0; measure < N_MEASURES; measure++)
    {
      GtkLabel *label = attach_label (self, _ (measures[measure].label), 0, (int) measure + 1);

      gtk_widget_set_tooltip_text (GTK_WIDGET (label), _ (measures[measure].tooltip));
      for (guint ranker = 0; ranker < MATINEE_N_RANKERS; ranker++)
        {
          self->figures[measure][ranker] = attach_label (self, NULL, (int) ranker + 1, (int) measure + 1);
          gtk_widget_add_css_class (GTK_WIDGET (self->figures[measure][ranker]), "numeric");
          gtk_accessible_update_relation (GTK_ACCESSIBLE (self->figures[measure][ranker]),
                                          GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
        }
    }
}

static void
matinee_ranking_window_dispose (GObject *object)
{
  MatineeRankingWindow *self = MATINEE_RANKING_WINDOW (object);

  g_clear_object (&self->quality);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_RANKING_WINDOW);

  G_OBJECT_CLASS (matinee_ranking_window_parent_class)->dispose (object);
}

static void
matinee_ranking_window_class_init (MatineeRankingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_ranking_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-ranking-window.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, n_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, threshold_button);
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, threshold);
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, status);
  gtk_widget_class_bind_template_child (widget_class, MatineeRankingWindow, judge_button);
  gtk_widget_class_bind_template_callback (widget_class, n_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, threshold_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, judge_cb);
}

static void
matinee_ranking_window_init (MatineeRankingWindow *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_grid (self);
}

/**
 * matinee_ranking_window_new:
 * @parent: the window
 * @quality: how good the lists are; referenced
 *
 * Returns: (transfer none): a window that shows it, not shown yet itself
 */
MatineeRankingWindow *
matinee_ranking_window_new (GtkWindow *parent, MatineeListQuality *quality)
{
  MatineeRankingWindow *self = g_object_new (MATINEE_TYPE_RANKING_WINDOW, "transient-for", parent, NULL);

  self->quality = g_object_ref (quality);
  g_signal_connect_object (quality, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return self;
}

GtkSpinButton *
matinee_ranking_window_get_n_button (MatineeRankingWindow *self)
{
  return self->n_button;
}

GtkSpinButton *
matinee_ranking_window_get_threshold_button (MatineeRankingWindow *self)
{
  return self->threshold_button;
}

/**
 * matinee_ranking_window_get_figure:
 * @self: a window
 * @measure: which measure, from above
 * @ranker: whose lists
 *
 * Returns: (transfer none): a figure, as people read it
 */
const char *
matinee_ranking_window_get_figure (MatineeRankingWindow *self, guint measure, MatineeRanker ranker)
{
  return gtk_label_get_text (self->figures[measure][ranker]);
}

const char *
matinee_ranking_window_get_status (MatineeRankingWindow *self)
{
  return gtk_label_get_text (self->status);
}
