/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-film-filter"

#include "config.h"

#include "matinee-film-filter.h"

#include <glib/gi18n.h>

/**
 * MatineeFilmFilter:
 *
 * A button whose popover chooses which films are listed: a genre, years, and how many
 * ratings a film must have. Works the choice out for all films when it is asked.
 */
struct _MatineeFilmFilter
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkDropDown *genre;
  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkSpinButton *minimum;

  MatineeCatalogue *catalogue;
  MatineeFilter *filter;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (MatineeFilmFilter, matinee_film_filter, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The chosen genre, or NULL for all. */
static const char *
get_genre (MatineeFilmFilter *self)
{
  guint selected = gtk_drop_down_get_selected (self->genre);
  GListModel *genres = gtk_drop_down_get_model (self->genre);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || !GTK_IS_STRING_LIST (genres))
    return NULL;
  return gtk_string_list_get_string (GTK_STRING_LIST (genres), selected);
}

/* The years, with 0 where the ends of the range stand, which are no limits. */
static void
get_years (MatineeFilmFilter *self, int *from, int *to)
{
  int first;
  int last;

  matinee_catalogue_get_years (self->catalogue, &first, &last);
  *from = gtk_spin_button_get_value_as_int (self->from);
  *to = gtk_spin_button_get_value_as_int (self->to);
  if (*from <= first)
    *from = 0;
  if (*to >= last)
    *to = 0;
}

/* A filter that is on shows on the button too, so that nobody wonders. */
static void
show_state (MatineeFilmFilter *self)
{
  guint n = 0;
  int from;
  int to;
  g_autofree char *label = NULL;

  get_years (self, &from, &to);
  n = (get_genre (self) != NULL) + (from != 0 || to != 0) + (matinee_film_filter_get_minimum (self) > 0);
  /* Translators: how many filters are on. */
  label = n > 0 ? g_strdup_printf (_ ("Fil_ters (%u)"), n) : g_strdup (_ ("Fil_ters"));
  gtk_menu_button_set_label (self->button, label);
}

static void
changed_cb (MatineeFilmFilter *self)
{
  if (self->setting || self->catalogue == NULL)
    return;
  g_clear_pointer (&self->filter, matinee_filter_free);
  show_state (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
matinee_film_filter_dispose (GObject *object)
{
  MatineeFilmFilter *self = MATINEE_FILM_FILTER (object);

  g_clear_pointer (&self->filter, matinee_filter_free);
  g_clear_object (&self->catalogue);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_FILM_FILTER);

  G_OBJECT_CLASS (matinee_film_filter_parent_class)->dispose (object);
}

static void
matinee_film_filter_class_init (MatineeFilmFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_film_filter_dispose;

  /**
   * MatineeFilmFilter::changed:
   *
   * Other films are wanted.
   */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_FILM_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-film-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmFilter, button);
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmFilter, genre);
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmFilter, from);
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmFilter, to);
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmFilter, minimum);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, matinee_film_filter_reset);
}

static void
matinee_film_filter_init (MatineeFilmFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_genres (MatineeFilmFilter *self)
{
  const char *const *genres = matinee_catalogue_get_genres (self->catalogue);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("All genres"));
  for (guint i = 0; genres[i] != NULL; i++)
    gtk_string_list_append (list, genres[i]);
  gtk_drop_down_set_model (self->genre, G_LIST_MODEL (list));
  gtk_widget_set_sensitive (GTK_WIDGET (self->genre), genres[0] != NULL);
}

static void
fill_years (MatineeFilmFilter *self)
{
  int first;
  int last;

  matinee_catalogue_get_years (self->catalogue, &first, &last);
  gtk_spin_button_set_range (self->from, first, last);
  gtk_spin_button_set_range (self->to, first, last);
  gtk_spin_button_set_value (self->from, first);
  gtk_spin_button_set_value (self->to, last);
  gtk_widget_set_sensitive (GTK_WIDGET (self->from), first < last);
  gtk_widget_set_sensitive (GTK_WIDGET (self->to), first < last);
}

/**
 * matinee_film_filter_set_catalogue:
 * @self: a filter
 * @catalogue: the films; referenced. Call again when it has been prepared
 * @minimum: how many ratings a film must have, to begin with
 *
 * Offers the genres and years of other films, and chooses all of them. Tells nobody.
 */
void
matinee_film_filter_set_catalogue (MatineeFilmFilter *self, MatineeCatalogue *catalogue, guint minimum)
{
  g_return_if_fail (MATINEE_IS_FILM_FILTER (self));

  g_set_object (&self->catalogue, catalogue);
  g_clear_pointer (&self->filter, matinee_filter_free);
  self->setting = TRUE;
  fill_genres (self);
  fill_years (self);
  gtk_spin_button_set_value (self->minimum, minimum);
  self->setting = FALSE;
  show_state (self);
}

/**
 * matinee_film_filter_get_filter:
 * @self: a filter with a catalogue whose figures are known
 * @error: return location
 *
 * O(movies) after a change, else O(1).
 *
 * Returns: (transfer none) (nullable): the choice, worked out; or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
const MatineeFilter *
matinee_film_filter_get_filter (MatineeFilmFilter *self, GError **error)
{
  const char *genres[] = { get_genre (self), NULL };
  MatineeFilterSpec spec = { .genres = genres, .min_ratings = matinee_film_filter_get_minimum (self) };

  g_return_val_if_fail (self->catalogue != NULL, NULL);

  if (self->filter != NULL)
    return self->filter;
  get_years (self, &spec.year_from, &spec.year_to);
  self->filter = matinee_filter_new (matinee_catalogue_get_dataset (self->catalogue),
                                     matinee_catalogue_get_stats (self->catalogue), &spec, error);
  return self->filter;
}

/**
 * matinee_film_filter_get_minimum:
 * @self: a filter
 *
 * Returns: how many ratings a film must have
 */
guint
matinee_film_filter_get_minimum (MatineeFilmFilter *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->minimum);
}

/**
 * matinee_film_filter_set_minimum:
 * @self: a filter
 * @minimum: how many ratings a film must have
 */
void
matinee_film_filter_set_minimum (MatineeFilmFilter *self, guint minimum)
{
  gtk_spin_button_set_value (self->minimum, minimum);
}

/**
 * matinee_film_filter_set_genre:
 * @self: a filter
 * @genre: (nullable): a genre of the films, or %NULL for all
 */
void
matinee_film_filter_set_genre (MatineeFilmFilter *self, const char *genre)
{
  GListModel *genres = gtk_drop_down_get_model (self->genre);
  guint selected = 0;

  for (guint i = 1; genre != NULL && i < g_list_model_get_n_items (genres); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (genres), i), genre))
      selected = i;
  gtk_drop_down_set_selected (self->genre, selected);
}

/**
 * matinee_film_filter_set_years:
 * @self: a filter
 * @from: the oldest films
 * @to: the newest
 */
void
matinee_film_filter_set_years (MatineeFilmFilter *self, int from, int to)
{
  gtk_spin_button_set_value (self->from, from);
  gtk_spin_button_set_value (self->to, to);
}

static void
reset_years (MatineeFilmFilter *self)
{
  int first;
  int last;

  matinee_catalogue_get_years (self->catalogue, &first, &last);
  matinee_film_filter_set_years (self, first, last);
}

/**
 * matinee_film_filter_reset:
 * @self: a filter
 *
 * Chooses all films.
 */
void
matinee_film_filter_reset (MatineeFilmFilter *self)
{
  self->setting = TRUE;
  matinee_film_filter_set_genre (self, NULL);
  reset_years (self);
  matinee_film_filter_set_minimum (self, 0);
  self->setting = FALSE;
  changed_cb (self);
}

/**
 * matinee_film_filter_loosen:
 * @self: a filter
 * @reason: what hides films, not %MATINEE_HIDDEN_RATED
 *
 * Gives up that part of the choice.
 */
void
matinee_film_filter_loosen (MatineeFilmFilter *self, MatineeHiddenReason reason)
{
  if (reason == MATINEE_HIDDEN_GENRE)
    matinee_film_filter_set_genre (self, NULL);
  else if (reason == MATINEE_HIDDEN_YEAR)
    {
      self->setting = TRUE;
      reset_years (self);
      self->setting = FALSE;
      changed_cb (self);
    }
  else if (reason == MATINEE_HIDDEN_COUNT)
    matinee_film_filter_set_minimum (self, 0);
}

static char *
describe (MatineeFilmFilter *self, MatineeHiddenReason reason, guint n)
{
  guint minimum = matinee_film_filter_get_minimum (self);

  switch (reason)
    {
    case MATINEE_HIDDEN_RATED:
      return g_strdup_printf (ngettext ("%'u already rated", "%'u already rated", n), n);
    case MATINEE_HIDDEN_GENRE:
      return g_strdup_printf (ngettext ("%'u of another genre", "%'u of other genres", n), n);
    case MATINEE_HIDDEN_YEAR:
      return g_strdup_printf (ngettext ("%'u of another year", "%'u of other years", n), n);
    case MATINEE_HIDDEN_COUNT:
      /* Translators: films hidden; the second number is how many ratings they should have. */
      return g_strdup_printf (ngettext ("%'u with fewer than %u ratings", "%'u with fewer than %u ratings", n), n,
                              minimum);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * matinee_film_filter_describe_hidden:
 * @self: the filter that was asked for
 * @hidden: what it hid
 *
 * Returns: (transfer full): how many films are not listed, and why, in one line; ""
 *   when none is
 */
char *
matinee_film_filter_describe_hidden (MatineeFilmFilter *self, const MatineeHidden *hidden)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint reason = 0; reason < MATINEE_N_HIDDEN_REASONS; reason++)
    if (hidden->by[reason] > 0)
      g_ptr_array_add (parts, describe (self, reason, hidden->by[reason]));
  if (parts->len == 0)
    return g_strdup ("");
  g_ptr_array_add (parts, NULL);
  list = g_strjoinv (" · ", (char **) parts->pdata);
  /* Translators: a list such as "12 already rated · 310 with fewer than 5 ratings". */
  return g_strdup_printf (_ ("Hidden: %s"), list);
}

/**
 * matinee_film_filter_describe_loosening:
 * @self: the filter that was asked for
 * @hidden: what it hid, which was everything
 * @reason: the part to give up
 *
 * Returns: (transfer full): what to do to see films again, a sentence
 */
char *
matinee_film_filter_describe_loosening (MatineeFilmFilter *self, const MatineeHidden *hidden,
                                        MatineeHiddenReason reason)
{
  guint n = hidden->only[reason];

  switch (reason)
    {
    case MATINEE_HIDDEN_RATED:
      return g_strdup_printf (ngettext ("Every film that the filters let through is rated already. Turn off “Hide "
                                        "already rated” to see %'u film.",
                                        "Every film that the filters let through is rated already. Turn off “Hide "
                                        "already rated” to see %'u films.",
                                        n),
                              n);
    case MATINEE_HIDDEN_GENRE:
      return g_strdup_printf (ngettext ("The genre “%s” hides most: there is %'u film of other genres.",
                                        "The genre “%s” hides most: there are %'u films of other genres.", n),
                              get_genre (self), n);
    case MATINEE_HIDDEN_YEAR:
      return g_strdup_printf (ngettext ("The years hide most: there is %'u film of other years.",
                                        "The years hide most: there are %'u films of other years.", n),
                              n);
    case MATINEE_HIDDEN_COUNT:
      return g_strdup_printf (ngettext ("Asking for at least %u ratings hides most: %'u film has fewer.",
                                        "Asking for at least %u ratings hides most: %'u films have fewer.", n),
                              matinee_film_filter_get_minimum (self), n);
    default:
      g_return_val_if_reached (NULL);
    }
}
