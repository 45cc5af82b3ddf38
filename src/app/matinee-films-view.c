/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-films-view"

#include "config.h"

#include "matinee-films-view.h"

#include <glib/gi18n.h>

/**
 * MatineeFilmsView:
 *
 * A table of films: rank, title, year, genres and predicted rating. Where there is
 * little room, year and genres move below the title.
 */
struct _MatineeFilmsView
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkColumnViewColumn *year_column;
  GtkColumnViewColumn *genres_column;
  GListStore *films;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (MatineeFilmsView, matinee_films_view, ADW_TYPE_BIN)

enum
{
  PROP_COMPACT = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The text of a cell, given as a function of its film. */
typedef char *(*CellFunc) (MatineeFilm *film);

static char *
dup_rank (MatineeFilm *film)
{
  return g_strdup_printf ("%u", matinee_film_get_rank (film));
}

static char *
dup_genres (MatineeFilm *film)
{
  return g_strdup (matinee_film_get_genres (film));
}

static void
setup_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gboolean number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "number"));
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  CellFunc func = (CellFunc) data;
  MatineeFilm *film = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text = func (film);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (gtk_label_get_ellipsize (GTK_LABEL (label)) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (label, *text != '\0' ? text : NULL);
}

static void
setup_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (data);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), details);
  g_object_bind_property (self, "compact", details, "visible", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, box);
}

static void
bind_title_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeFilm *film = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *title = gtk_widget_get_first_child (box);
  GtkWidget *details = gtk_widget_get_last_child (box);
  g_autofree char *text = matinee_film_dup_details (film);

  gtk_label_set_text (GTK_LABEL (title), matinee_film_get_title (film));
  gtk_label_set_text (GTK_LABEL (details), text);
  gtk_widget_set_tooltip_text (box, matinee_film_get_title (film));
}

static GtkColumnViewColumn *
add_column (MatineeFilmsView *self, const char *title, GtkListItemFactory *factory)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);

  gtk_column_view_append_column (self->view, column);
  return column;
}

static GtkColumnViewColumn *
add_text_column (MatineeFilmsView *self, const char *title, gboolean number, CellFunc func)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "number", GINT_TO_POINTER (number));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_text_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_text_cb), func);
  return add_column (self, title, factory);
}

static GtkColumnViewColumn *
add_title_column (MatineeFilmsView *self, const char *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_title_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_title_cb), self, 0);
  return add_column (self, title, factory);
}

static void
matinee_films_view_dispose (GObject *object)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  g_clear_object (&self->films);
  /* Before the template, or AdwBin would drop its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MATINEE_TYPE_FILMS_VIEW);

  G_OBJECT_CLASS (matinee_films_view_parent_class)->dispose (object);
}

static void
matinee_films_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_films_view_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  MatineeFilmsView *self = MATINEE_FILMS_VIEW (object);

  switch (prop_id)
    {
    case PROP_COMPACT:
      matinee_films_view_set_compact (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
matinee_films_view_class_init (MatineeFilmsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = matinee_films_view_dispose;
  object_class->get_property = matinee_films_view_get_property;
  object_class->set_property = matinee_films_view_set_property;

  /**
   * MatineeFilmsView:compact:
   *
   * Whether year and genres are below the title.
   */
  props[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-films-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MatineeFilmsView, view);
}

static void
matinee_films_view_init (MatineeFilmsView *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->films = g_list_store_new (MATINEE_TYPE_FILM);
  add_text_column (self, C_ ("column", "Rank"), TRUE, dup_rank);
  gtk_column_view_column_set_expand (add_title_column (self, C_ ("column", "Title")), TRUE);
  self->year_column = add_text_column (self, C_ ("column", "Year"), TRUE, matinee_film_dup_year);
  self->genres_column = add_text_column (self, C_ ("column", "Genres"), FALSE, dup_genres);
  gtk_column_view_column_set_expand (self->genres_column, TRUE);
  add_text_column (self, C_ ("column", "Predicted"), TRUE, matinee_film_dup_prediction);

  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->films)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

/**
 * matinee_films_view_set_films:
 * @self: a view
 * @films: (array length=n) (transfer none): films, the best first
 * @n: how many
 *
 * Shows them in place of those before.
 */
void
matinee_films_view_set_films (MatineeFilmsView *self, MatineeFilm **films, guint n)
{
  g_return_if_fail (MATINEE_IS_FILMS_VIEW (self));

  g_list_store_splice (self->films, 0, g_list_model_get_n_items (G_LIST_MODEL (self->films)), (gpointer *) films, n);
}

/**
 * matinee_films_view_get_films:
 * @self: a view
 *
 * Returns: (transfer none): the films that it shows
 */
GListModel *
matinee_films_view_get_films (MatineeFilmsView *self)
{
  return G_LIST_MODEL (self->films);
}

/**
 * matinee_films_view_set_compact:
 * @self: a view
 * @compact: whether there is little room
 *
 * Moves year and genres below the title, or back to their columns.
 */
void
matinee_films_view_set_compact (MatineeFilmsView *self, gboolean compact)
{
  g_return_if_fail (MATINEE_IS_FILMS_VIEW (self));

  compact = !!compact;
  if (self->compact == compact)
    return;
  self->compact = compact;
  gtk_column_view_column_set_visible (self->year_column, !compact);
  gtk_column_view_column_set_visible (self->genres_column, !compact);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPACT]);
}
