/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-data-group"

#include "config.h"

#include "matinee-data-group.h"

#include <glib/gi18n.h>

#include "matinee-dataset.h"
#include "matinee-file-name.h"
#include "matinee-format.h"

/* What stands between the parts of a summary. */
#define DOT " · "

/**
 * MatineeDataGroup:
 *
 * What is open: the files and a summary of what is in them.
 */
struct _MatineeDataGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *ratings_row;
  AdwActionRow *titles_row;
  AdwActionRow *model_row;
  GtkLabel *summary;
  GtkLabel *notes;
  GtkExpander *bad_lines;
  GtkLabel *bad_lines_text;

  MatineeSession *session;
};

G_DEFINE_FINAL_TYPE (MatineeDataGroup, matinee_data_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
summarize (const MatineeDataset *dataset)
{
  const MatineeRatings *ratings = dataset->ratings;
  guint32 n_users = matinee_ratings_get_n_users (ratings);
  guint32 n_movies = matinee_ratings_get_n_movies (ratings);
  gsize n = matinee_ratings_get_n (ratings);
  GString *text = g_string_new (NULL);
  g_autofree char *share = matinee_format_share (matinee_dataset_get_density (dataset));
  g_autofree char *low = matinee_format_value ((double) ratings->low, 3);
  g_autofree char *high = matinee_format_value ((double) ratings->high, 3);

  g_string_append_printf (text, ngettext ("%'u user", "%'u users", n_users), n_users);
  g_string_append (text, DOT);
  g_string_append_printf (text, ngettext ("%'u movie", "%'u movies", n_movies), n_movies);
  g_string_append (text, DOT);
  if (n > 0)
    {
      g_string_append_printf (text, ngettext ("%'zu rating", "%'zu ratings", n), n);
      g_string_append (text, DOT);
      /* Translators: the share of all pairs of user and movie that have a rating, "1.7 % filled". */
      g_string_append_printf (text, _ ("%s filled"), share);
    }
  else
    g_string_append (text, _ ("ratings not known"));
  g_string_append (text, DOT);
  if (ratings->low == ratings->high)
    g_string_append_printf (text, _ ("all ratings are %s"), low);
  else
    /* Translators: the smallest and the largest rating, "scale 0.5–5". */
    g_string_append_printf (text, _ ("scale %s–%s"), low, high);
  return g_string_free (text, FALSE);
}

static void
append_note (GString *text, char *note)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, note);
  g_free (note);
}

static void
append_titles_notes (GString *text, const MatineeDataset *dataset)
{
  guint32 n_twice = matinee_titles_get_n_duplicates (dataset->titles);

  if (dataset->n_untitled_movies > 0)
    append_note (text, g_strdup_printf (ngettext ("%'u movie has no title and is shown by its id.",
                                                  "%'u movies have no title and are shown by their ids.",
                                                  dataset->n_untitled_movies),
                                        dataset->n_untitled_movies));
  if (dataset->n_unrated_titles > 0)
    append_note (text, g_strdup_printf (ngettext ("%'u title has no rating.", "%'u titles have no rating.",
                                                  dataset->n_unrated_titles),
                                        dataset->n_unrated_titles));
  if (n_twice > 0)
    append_note (text, g_strdup_printf (ngettext ("%'u title came again: the last one counts.",
                                                  "%'u titles came again: the last ones count.", n_twice),
                                        n_twice));
}

/* What may be a mistake in the file; nobody corrects it. */
static void
append_oddities (GString *text, const MatineeOddities *odd)
{
  g_autofree char *low = matinee_format_value (odd->outlier_low, 3);
  g_autofree char *high = matinee_format_value (odd->outlier_high, 3);
  g_autofree char *range = g_strdup_printf (_ ("%s to %s"), low, high);
  g_autofree char *apart = matinee_format_value (odd->apart, 3);

  if (odd->n_single_users > 0)
    append_note (text, g_strdup_printf (ngettext ("%'u user has a single rating.", "%'u users have a single rating.",
                                                  odd->n_single_users),
                                        odd->n_single_users));
  if (odd->n_single_movies > 0)
    append_note (text, g_strdup_printf (ngettext ("%'u movie has a single rating.", "%'u movies have a single rating.",
                                                  odd->n_single_movies),
                                        odd->n_single_movies));
  if (odd->n_outliers > 0)
    append_note (
        text, g_strdup_printf (ngettext ("%'zu rating is far outside the scale of the others: %s.",
                                         "%'zu ratings are far outside the scale of the others: %s.", odd->n_outliers),
                               odd->n_outliers, odd->outlier_low < odd->outlier_high ? range : low));
  if (odd->n_apart > 0)
    append_note (text,
                 g_strdup_printf (ngettext ("%'zu rating of %s stands apart: does it mean “not rated”?",
                                            "%'zu ratings of %s stand apart: do they mean “not rated”?", odd->n_apart),
                                  odd->n_apart, apart));
}

static void
show_bad_lines (MatineeDataGroup *self)
{
  MatineeLoadJob *job = matinee_session_get_ratings_job (self->session);
  const MatineeReadReport *report = job != NULL ? matinee_load_job_get_report (job) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bad_lines), report != NULL && report->n_bad > 0);
  if (report == NULL || report->n_bad == 0)
    return;
  label = g_strdup_printf (ngettext ("%'zu bad line was left out", "%'zu bad lines were left out", report->n_bad),
                           report->n_bad);
  for (guint b = 0; b < report->bad_lines->len; b++)
    append_note (text, g_strdup (g_array_index (report->bad_lines, MatineeBadLine, b).message));
  if (report->n_bad > report->bad_lines->len)
    append_note (text, g_strdup ("…"));
  gtk_expander_set_label (self->bad_lines, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bad_lines), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_label_set_text (self->bad_lines_text, text->str);
}

static char *
note (const MatineeDataset *dataset, MatineeLoadJob *job)
{
  gsize n_twice = dataset->ratings->n_duplicates;
  GString *text = g_string_new (NULL);

  if (dataset->synthetic)
    append_note (text,
                 g_strdup_printf (_ ("Real films, but synthetic ratings: hidden tastes plus noise. No model can be "
                                     "expected to beat a test RMSE of %.3f, the noise floor."),
                                  dataset->noise_floor));
  if (n_twice > 0)
    append_note (text, g_strdup_printf (ngettext ("%'zu rating was given again: the last one counts.",
                                                  "%'zu ratings were given again: the last ones count.", n_twice),
                                        n_twice));
  if (job != NULL)
    append_oddities (text, matinee_load_job_get_oddities (job));
  if (dataset->titles != NULL)
    append_titles_notes (text, dataset);
  return g_string_free (text, FALSE);
}

/* Subtitles of rows are markup, and names of files may hold anything. */
static void
show_file (AdwActionRow *row, GFile *file, const char *otherwise)
{
  g_autofree char *path = file != NULL ? g_file_get_parse_name (file) : NULL;
  g_autofree char *shown = file != NULL ? matinee_file_name_dup (file) : g_strdup (otherwise);
  g_autofree char *markup = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (row, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), path);
}

/* What to say where there is no file: the data are those of the sample or of a model. */
static const char *
name_ratings (MatineeSession *session)
{
  const MatineeDataset *dataset = matinee_session_get_dataset (session);

  if (dataset == NULL)
    return C_ ("file", "None");
  if (matinee_session_is_sample (session))
    return _ ("Sample (synthetic)");
  return matinee_ratings_get_n (dataset->ratings) > 0 ? _ ("Those in the model") : _ ("None: the model has no ratings");
}

static const char *
name_titles (MatineeSession *session)
{
  const MatineeDataset *dataset = matinee_session_get_dataset (session);

  if (dataset == NULL || dataset->titles == NULL)
    return C_ ("file", "None");
  return matinee_session_is_sample (session) ? C_ ("file", "Sample") : _ ("Those in the model");
}

static void
show_model (MatineeDataGroup *self)
{
  GFile *start = matinee_session_get_start_file (self->session);
  GFile *file = start != NULL ? start : matinee_session_get_model_file (self->session);
  const char *otherwise = matinee_session_get_model (self->session) != NULL ? _ ("Not saved") : C_ ("file", "None");

  show_file (self->model_row, file, otherwise);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->model_row),
                                 start != NULL ? _ ("Train On From") : _ ("Model File"));
}

static void
dataset_changed_cb (MatineeDataGroup *self)
{
  const MatineeDataset *dataset = matinee_session_get_dataset (self->session);
  GFile *ratings_file = matinee_session_get_ratings_file (self->session);
  GFile *titles_file = matinee_session_get_titles_file (self->session);
  g_autofree char *summary = dataset != NULL ? summarize (dataset) : NULL;
  g_autofree char *notes = dataset != NULL ? note (dataset, matinee_session_get_ratings_job (self->session)) : NULL;

  show_file (self->ratings_row, ratings_file, name_ratings (self->session));
  show_file (self->titles_row, titles_file, name_titles (self->session));
  gtk_label_set_text (self->summary, summary != NULL ? summary : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
  gtk_label_set_text (self->notes, notes != NULL ? notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes), notes != NULL && *notes != '\0');
  show_bad_lines (self);
}

static void
matinee_data_group_dispose (GObject *object)
{
  MatineeDataGroup *self = MATINEE_DATA_GROUP (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_DATA_GROUP);

  G_OBJECT_CLASS (matinee_data_group_parent_class)->dispose (object);
}

static void
matinee_data_group_class_init (MatineeDataGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_data_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-data-group.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, ratings_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, titles_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, model_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, summary);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, notes);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, bad_lines);
  gtk_widget_class_bind_template_child (widget_class, MatineeDataGroup, bad_lines_text);
}

static void
matinee_data_group_init (MatineeDataGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * matinee_data_group_set_session:
 * @self: a group
 * @session: the session whose data it shows; set once
 */
void
matinee_data_group_set_session (MatineeDataGroup *self, MatineeSession *session)
{
  g_return_if_fail (MATINEE_IS_DATA_GROUP (self) && self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "dataset-changed", G_CALLBACK (dataset_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::unsaved", G_CALLBACK (show_model), self, G_CONNECT_SWAPPED);
  dataset_changed_cb (self);
  show_model (self);
}
