/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-film-details"

#include "config.h"

#include "matinee-film-details.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-fans.h"
#include "matinee-film.h"
#include "matinee-format.h"
#include "matinee-similar.h"

/* Bars of the sum, beside those of the biases and of all the rest. */
#define N_BARS 8
/* Ratings that are listed first, and more each time that more are wanted. */
#define N_ROWS 8
#define N_SIMILAR 6
#define N_FANS 5

/**
 * MatineeFilmDetails:
 *
 * All about one film for one viewer: why it is predicted as it is, how everybody rated
 * it, what is like it and who likes it most.
 */
struct _MatineeFilmDetails
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *facts;
  GtkWidget *rating_box;
  MatineeStars *stars;
  GtkLabel *heading;
  GtkLabel *sum;
  MatineeBars *why;
  GtkLabel *note;
  GtkWidget *what_if_box;
  GtkLabel *what_if;
  GtkButton *put_back_button;
  GtkListBox *contributions;
  GtkButton *more_button;
  GtkLabel *everybody;
  MatineeBars *histogram;
  GtkWidget *similar_heading;
  GtkListBox *similar;
  GtkListBox *fans;

  MatineeViewer *viewer;
  MatineeCatalogue *catalogue;
  MatineeExplanation *explanation;
  guint32 movie;
  guint n_rows;
  gboolean is_set;
};

G_DEFINE_FINAL_TYPE (MatineeFilmDetails, matinee_film_details, ADW_TYPE_BIN)

enum
{
  FILM_CHOSEN,
  USER_CHOSEN,
  RATED,
  WHAT_IF,
  PUT_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_rows (GtkListBox *box)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_list_box_remove (box, row);
}

/* Titles of films and users are plain text. */
static GtkWidget *
add_row (GtkListBox *box, const char *title, const char *subtitle, const char *figure, guint32 index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (figure);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  gtk_list_box_append (box, row);
  return row;
}

/* Where there is no memory for what a section shows, it says so. */
static void
add_problem (GtkListBox *box, const GError *error)
{
  GtkWidget *label = gtk_label_new (error->message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "problem");
  gtk_list_box_append (box, label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (label)), FALSE);
}

static char *
format_stars (double rating)
{
  return g_strdup_printf (_ ("%.2f ★"), rating);
}

static void
show_facts (MatineeFilmDetails *self)
{
  MatineeDataset *dataset = matinee_viewer_get_dataset (self->viewer);
  const MatineeFactors *factors = matinee_viewer_get_model (self->viewer)->factors;
  g_autoptr (MatineeFilm) film
      = matinee_film_new (dataset, matinee_catalogue_get_stats (self->catalogue), self->movie, 1, 0.0);
  g_autofree char *details = matinee_film_dup_details (film);
  g_autofree char *bias = matinee_format_signed ((double) factors->movie_biases[self->movie]);
  guint n = matinee_film_get_n_ratings (film);
  g_autofree char *counts
      = n > 0 ? g_strdup_printf (ngettext ("%'u rating, mean %.2f, bias %s", "%'u ratings, mean %.2f, bias %s", n), n,
                                 matinee_film_get_mean (film), bias)
              : g_strdup_printf (_ ("ratings not known, bias %s"), bias);
  g_autofree char *text = *details != '\0' ? g_strdup_printf ("%s\n%s", details, counts) : g_strdup (counts);

  gtk_label_set_text (self->title, matinee_film_get_title (film));
  gtk_label_set_text (self->facts, text);
}

static void
show_stars (MatineeFilmDetails *self)
{
  MatineeRatings *ratings = matinee_viewer_get_dataset (self->viewer)->ratings;
  float rating = NAN;

  gtk_widget_set_visible (self->rating_box, matinee_viewer_is_you (self->viewer));
  matinee_stars_set_scale (self->stars, (double) ratings->low, (double) ratings->high, (double) ratings->step);
  matinee_viewer_find_rating (self->viewer, self->movie, &rating);
  matinee_stars_set_value (self->stars, (double) rating);
}

/* The sum in words: mean, biases and what the ratings or factors add. */
static void
show_sum (MatineeFilmDetails *self)
{
  const MatineeExplanation *why = self->explanation;
  const MatineeModel *model = matinee_viewer_get_model (self->viewer);
  double shown = matinee_model_clip (model, why->prediction);
  g_autofree char *prediction = format_stars (shown);
  g_autofree char *heading = g_strdup_printf (_ ("Why %s?"), prediction);
  g_autofree char *user = matinee_format_signed (why->user_bias);
  g_autofree char *film = matinee_format_signed (why->movie_bias);
  g_autofree char *rest = matinee_format_signed (why->prediction - why->mean - why->user_bias - why->movie_bias);
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_label_set_text (self->heading, heading);
  /* The gradient solver learns no mean. */
  if (why->mean != 0.0)
    /* Translators: the first part of the sum that makes a prediction, as in "3.50 mean +0.20 viewer …". */
    g_string_append_printf (text, _ ("%.2f mean "), why->mean);
  g_string_append_printf (text,
                          why->n_terms > 0
                              /* Translators: the other parts of that sum. */
                              ? _ ("%s viewer %s film %s factors = %.2f")
                              : _ ("%s viewer %s film %s ratings = %.2f"),
                          user, film, rest, why->prediction);
  if (fabs (shown - why->prediction) > 0.005)
    g_string_append_printf (text, _ (", shown as %.2f, the end of the scale"), shown);
  gtk_label_set_text (self->sum, text->str);
}

static char *
dup_contributor (MatineeFilmDetails *self, guint i)
{
  if (self->explanation->n_terms > 0)
    return g_strdup_printf (_ ("Factor %u"), self->explanation->terms[i].factor + 1);
  return matinee_dataset_dup_name (matinee_viewer_get_dataset (self->viewer),
                                   self->explanation->contributions[i].movie);
}

static double
get_amount (const MatineeExplanation *why, guint i)
{
  return why->n_terms > 0 ? why->terms[i].amount : why->contributions[i].amount;
}

static void
show_bars (MatineeFilmDetails *self)
{
  const MatineeExplanation *why = self->explanation;
  guint n = (guint) MAX (why->n_contributions, why->n_terms);
  guint n_shown = MIN (n, N_BARS);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) bars = g_array_new (FALSE, FALSE, sizeof (MatineeBar));
  g_autoptr (GString) text = g_string_new (NULL);
  double rest = 0.0;

  g_ptr_array_add (labels, g_strdup (_ ("How this viewer rates")));
  g_array_append_val (bars, ((MatineeBar){ labels->pdata[0], why->user_bias, NAN }));
  g_ptr_array_add (labels, g_strdup (_ ("How this film is rated")));
  g_array_append_val (bars, ((MatineeBar){ labels->pdata[1], why->movie_bias, NAN }));
  for (guint i = 0; i < n_shown; i++)
    {
      g_ptr_array_add (labels, dup_contributor (self, i));
      g_array_append_val (bars, ((MatineeBar){ g_ptr_array_index (labels, i + 2), get_amount (why, i), NAN }));
    }
  for (guint i = n_shown; i < n; i++)
    rest += get_amount (why, i);
  if (n > n_shown)
    {
      g_ptr_array_add (labels, g_strdup_printf (ngettext ("%'u other", "%'u others", n - n_shown), n - n_shown));
      g_array_append_val (bars, ((MatineeBar){ g_ptr_array_index (labels, labels->len - 1), rest, NAN }));
    }
  for (guint i = 0; i < bars->len; i++)
    {
      const MatineeBar *bar = &g_array_index (bars, MatineeBar, i);
      g_autofree char *number = matinee_format_signed (bar->value);

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", bar->label, number);
    }
  matinee_bars_set_lying (self->why, (const MatineeBar *) bars->data, bars->len, text->str);
}

/* Beside what is predicted now, what would be with the rating that is left out. */
static void
show_what_if (MatineeFilmDetails *self)
{
  guint32 without;
  MatineeViewer *actual = matinee_viewer_get_actual (self->viewer, &without);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->what_if_box, actual != NULL);
  if (actual == NULL)
    return;
  title = matinee_dataset_dup_name (matinee_viewer_get_dataset (self->viewer), without);
  /* Translators: "Without the rating of Casablanca, the prediction would be 4.41 instead of 4.52." */
  text = g_strdup_printf (_ ("Without the rating of “%s”, the prediction would be %.2f instead of %.2f."), title,
                          matinee_viewer_predict (self->viewer, self->movie),
                          matinee_viewer_predict (actual, self->movie));
  gtk_label_set_text (self->what_if, text);
}

static void
put_back_cb (MatineeFilmDetails *self)
{
  g_signal_emit (self, signals[PUT_BACK], 0);
  /* The button is gone with what it put back. */
  gtk_widget_child_focus (GTK_WIDGET (self->contributions), GTK_DIR_TAB_FORWARD);
}

static void
what_if_cb (MatineeFilmDetails *self, GtkWidget *button)
{
  matinee_film_details_what_if (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "movie")));
}

static void
add_contribution (MatineeFilmDetails *self, guint i)
{
  const MatineeContribution *contribution = &self->explanation->contributions[i];
  g_autofree char *title = dup_contributor (self, i);
  g_autofree char *figure = matinee_format_signed (contribution->amount);
  g_autofree char *rating = matinee_format_rating ((double) contribution->rating);
  /* Translators: the rating that was given to a film. */
  g_autofree char *subtitle = g_strdup_printf (_ ("Rated %s"), rating);
  g_autofree char *label = g_strdup_printf (_ ("What if %s had not been rated?"), title);
  GtkWidget *row = add_row (self->contributions, title, subtitle, figure, contribution->movie);
  GtkWidget *button = gtk_button_new_with_label (_ ("Without?"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (button), "movie", GUINT_TO_POINTER (contribution->movie));
  g_signal_connect_object (button, "clicked", G_CALLBACK (what_if_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_contributions (MatineeFilmDetails *self)
{
  guint n = (guint) self->explanation->n_contributions;
  guint end = MIN (self->n_rows + N_ROWS, n);

  for (; self->n_rows < end; self->n_rows++)
    add_contribution (self, self->n_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->contributions), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), self->n_rows < n);
}

static void
show_note (MatineeFilmDetails *self, const char *note)
{
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

/* Without an explanation there is only what the film is predicted to get. */
static void
show_no_why (MatineeFilmDetails *self, const GError *error)
{
  g_autofree char *prediction = format_stars (
      matinee_model_clip (matinee_viewer_get_model (self->viewer), matinee_viewer_predict (self->viewer, self->movie)));
  g_autofree char *heading = g_strdup_printf (_ ("Why %s?"), prediction);

  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->sum, "");
  matinee_bars_set_lying (self->why, NULL, 0, "");
  gtk_widget_set_visible (GTK_WIDGET (self->contributions), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), FALSE);
  show_note (self, error->message);
}

static void
show_why (MatineeFilmDetails *self)
{
  g_autoptr (GError) error = NULL;
  const char *note = NULL;

  g_clear_pointer (&self->explanation, matinee_explanation_free);
  self->explanation = matinee_viewer_explain (self->viewer, self->movie, &error);
  clear_rows (self->contributions);
  self->n_rows = 0;
  show_what_if (self);
  if (self->explanation == NULL)
    {
      show_no_why (self, error);
      return;
    }
  show_sum (self);
  show_bars (self);
  add_contributions (self);
  if (self->explanation->n_terms > 0 && matinee_ratings_get_n (matinee_viewer_get_dataset (self->viewer)->ratings) == 0)
    note = _ ("The model was saved without its ratings, so that what each of them adds is not known: these are the "
              "products of the viewer’s and the film’s factors.");
  else if (self->explanation->n_terms > 0)
    note = _ ("This solver takes steps and has no closed form, so that no sum of ratings makes the prediction: these "
              "are the products of the viewer’s and the film’s factors.");
  else if (matinee_viewer_is_cold (self->viewer))
    note = _ ("Nothing was learnt of this viewer yet: the prediction is the film’s mean.");
  show_note (self, note);
}

static void
show_histogram (MatineeFilmDetails *self)
{
  MatineeHistogram histogram;
  MatineeBar bars[MATINEE_MAX_BINS];
  char labels[MATINEE_MAX_BINS][16];
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean known = matinee_catalogue_get_film (self->catalogue, self->movie, &histogram);

  gtk_widget_set_visible (GTK_WIDGET (self->everybody), known);
  gtk_widget_set_visible (GTK_WIDGET (self->histogram), known);
  if (!known)
    return;
  for (guint i = 0; i < histogram.n_bins; i++)
    {
      g_snprintf (labels[i], sizeof labels[i], "%.3g", histogram.first + i * histogram.width);
      bars[i] = (MatineeBar){ labels[i], (double) histogram.counts[i], NAN };
      if (i > 0)
        g_string_append (text, "; ");
      /* Translators: a rating, and how often it was given. */
      g_string_append_printf (text, _ ("rated %s: %u"), labels[i], (guint) histogram.counts[i]);
    }
  matinee_bars_set_upright (self->histogram, bars, histogram.n_bins, text->str);
}

static void
show_similar (MatineeFilmDetails *self)
{
  MatineeDataset *dataset = matinee_viewer_get_dataset (self->viewer);
  const MatineeFilmStats *stats = matinee_catalogue_get_stats (self->catalogue);
  MatineeQuery query = { .n = N_SIMILAR };
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeTopN) top = matinee_similar_movies (matinee_viewer_get_model (self->viewer), self->movie, stats,
                                                        MATINEE_SIMILAR_SHRINKAGE, &query, &error);

  clear_rows (self->similar);
  if (top == NULL)
    add_problem (self->similar, error);
  for (guint i = 0; top != NULL && i < top->n; i++)
    {
      g_autoptr (MatineeFilm) film = matinee_film_new (dataset, stats, top->items[i].movie, i + 1, 0.0);
      g_autofree char *details = matinee_film_dup_details (film);
      g_autofree char *figure = g_strdup_printf ("%.2f", (double) top->items[i].score);
      GtkWidget *row = add_row (self->similar, matinee_film_get_title (film), details, figure, top->items[i].movie);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    }
  gtk_widget_set_visible (self->similar_heading, top == NULL || top->n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->similar), top == NULL || top->n > 0);
}

static void
show_fans (MatineeFilmDetails *self)
{
  MatineeDataset *dataset = matinee_viewer_get_dataset (self->viewer);
  const MatineeModel *model = matinee_viewer_get_model (self->viewer);
  gboolean known = matinee_ratings_get_n (dataset->ratings) > 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeFans) fans
      = matinee_fans_new_predicted (model, dataset->ratings->by_user, self->movie, N_FANS, &error);

  clear_rows (self->fans);
  if (fans == NULL)
    add_problem (self->fans, error);
  for (guint i = 0; fans != NULL && i < fans->n; i++)
    {
      char buffer[MATINEE_ID_BUFFER];
      const MatineeFan *fan = &fans->items[i];
      g_autofree char *name
          = g_strdup_printf (_ ("User %s"), matinee_ids_format (dataset->ratings->users, fan->user, buffer));
      g_autofree char *rating = matinee_format_rating ((double) fan->rating);
      g_autofree char *given = isfinite (fan->rating) ? g_strdup_printf (_ ("Rated %s"), rating)
                               : known                ? g_strdup (_ ("Has not rated it"))
                                                      : g_strdup (_ ("ratings not known"));
      g_autofree char *figure = format_stars (matinee_model_clip (model, fan->prediction));
      GtkWidget *row = add_row (self->fans, name, given, figure, fan->user);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    }
}

static void
more_cb (MatineeFilmDetails *self)
{
  add_contributions (self);
}

static void
similar_cb (MatineeFilmDetails *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[FILM_CHOSEN], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index")));
}

static void
fan_cb (MatineeFilmDetails *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[USER_CHOSEN], 0, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index")));
}

static void
rated_cb (MatineeFilmDetails *self)
{
  g_signal_emit (self, signals[RATED], 0, self->movie, matinee_stars_get_value (self->stars));
}

static void
matinee_film_details_dispose (GObject *object)
{
  MatineeFilmDetails *self = MATINEE_FILM_DETAILS (object);

  matinee_film_details_clear (self);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_FILM_DETAILS);

  G_OBJECT_CLASS (matinee_film_details_parent_class)->dispose (object);
}

static void
matinee_film_details_class_init (MatineeFilmDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_film_details_dispose;

  /** MatineeFilmDetails::film-chosen: somebody wants to see another film, given by index */
  signals[FILM_CHOSEN] = g_signal_new ("film-chosen", MATINEE_TYPE_FILM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT);
  /** MatineeFilmDetails::user-chosen: somebody wants to see a user, given by index */
  signals[USER_CHOSEN] = g_signal_new ("user-chosen", MATINEE_TYPE_FILM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_UINT);
  /** MatineeFilmDetails::rated: You gave a film, by index, a rating, or took it back: not a number */
  signals[RATED] = g_signal_new ("rated", MATINEE_TYPE_FILM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_DOUBLE);
  /** MatineeFilmDetails::what-if: what if the viewer had not rated a film, given by index? */
  signals[WHAT_IF] = g_signal_new ("what-if", MATINEE_TYPE_FILM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  /** MatineeFilmDetails::put-back: the rating that was left out is to count again */
  signals[PUT_BACK]
      = g_signal_new ("put-back", MATINEE_TYPE_FILM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MATINEE_TYPE_BARS);
  g_type_ensure (MATINEE_TYPE_STARS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-film-details.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, MatineeFilmDetails, child)
  BIND (title);
  BIND (facts);
  BIND (rating_box);
  BIND (stars);
  BIND (heading);
  BIND (sum);
  BIND (why);
  BIND (note);
  BIND (what_if_box);
  BIND (what_if);
  BIND (put_back_button);
  BIND (contributions);
  BIND (more_button);
  BIND (everybody);
  BIND (histogram);
  BIND (similar_heading);
  BIND (similar);
  BIND (fans);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, similar_cb);
  gtk_widget_class_bind_template_callback (widget_class, fan_cb);
  gtk_widget_class_bind_template_callback (widget_class, rated_cb);
  gtk_widget_class_bind_template_callback (widget_class, put_back_cb);
}

static void
matinee_film_details_init (MatineeFilmDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * matinee_film_details_show:
 * @self: details
 * @viewer: for whom; referenced
 * @catalogue: what is known of the films; referenced
 * @movie: index of a film
 *
 * Shows a film. O((movies + users) × k)
 */
void
matinee_film_details_show (MatineeFilmDetails *self, MatineeViewer *viewer, MatineeCatalogue *catalogue, guint32 movie)
{
  g_return_if_fail (MATINEE_IS_FILM_DETAILS (self));

  g_set_object (&self->viewer, viewer);
  g_set_object (&self->catalogue, catalogue);
  self->movie = movie;
  self->is_set = TRUE;
  show_facts (self);
  show_stars (self);
  show_why (self);
  show_histogram (self);
  show_similar (self);
  show_fans (self);
}

/**
 * matinee_film_details_get_movie:
 * @self: details
 * @movie: (out): index of the film
 *
 * Returns: whether a film is shown
 */
gboolean
matinee_film_details_get_movie (MatineeFilmDetails *self, guint32 *movie)
{
  if (self->is_set)
    *movie = self->movie;
  return self->is_set;
}

/**
 * matinee_film_details_clear:
 * @self: details
 *
 * Forgets the film, as when other data is open.
 */
void
matinee_film_details_clear (MatineeFilmDetails *self)
{
  self->is_set = FALSE;
  g_clear_pointer (&self->explanation, matinee_explanation_free);
  g_clear_object (&self->viewer);
  g_clear_object (&self->catalogue);
}

/**
 * matinee_film_details_what_if:
 * @self: details of a film
 * @without: a film that the viewer rated and the model learnt from
 *
 * Asks what would be predicted had that rating not been given, as the button beside it
 * does. Whoever is at the button goes on at the one that puts the rating back.
 */
void
matinee_film_details_what_if (MatineeFilmDetails *self, guint32 without)
{
  g_signal_emit (self, signals[WHAT_IF], 0, without);
  if (gtk_widget_get_visible (self->what_if_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->put_back_button));
}

const char *
matinee_film_details_get_what_if (MatineeFilmDetails *self)
{
  return gtk_widget_get_visible (self->what_if_box) ? gtk_label_get_text (self->what_if) : NULL;
}

const char *
matinee_film_details_get_sum (MatineeFilmDetails *self)
{
  return gtk_label_get_text (self->sum);
}

MatineeBars *
matinee_film_details_get_why (MatineeFilmDetails *self)
{
  return self->why;
}

GtkListBox *
matinee_film_details_get_contributions (MatineeFilmDetails *self)
{
  return self->contributions;
}

GtkListBox *
matinee_film_details_get_similar (MatineeFilmDetails *self)
{
  return self->similar;
}

GtkListBox *
matinee_film_details_get_fans (MatineeFilmDetails *self)
{
  return self->fans;
}

MatineeStars *
matinee_film_details_get_stars (MatineeFilmDetails *self)
{
  return self->stars;
}
