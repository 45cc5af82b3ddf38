/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-page-private.h"

#include <glib/gi18n.h>

#include "matinee-gradual-list.h"
#include "matinee-suggest.h"

/* Marks the chosen user in the list, if the list has that user, or as soon as it has. */
void
matinee_recommend_page_select_user (MatineeRecommendPage *self)
{
  guint position;

  self->selecting = TRUE;
  if (self->is_you || !matinee_user_list_find (self->users, self->user, &position)
      || position >= g_list_model_get_n_items (self->gradual_users))
    position = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
  if (self->is_you)
    gtk_widget_add_css_class (self->you_row, "chosen");
  else
    gtk_widget_remove_css_class (self->you_row, "chosen");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->you_row), GTK_ACCESSIBLE_STATE_SELECTED, self->is_you, -1);
}

void
matinee_recommend_page_pick_you (MatineeRecommendPage *self)
{
  self->is_you = TRUE;
  matinee_recommend_page_show_you (self);
  matinee_recommend_page_select_user (self);
  matinee_recommend_page_update_viewer (self);
}

void
matinee_recommend_page_pick_user (MatineeRecommendPage *self, guint32 user)
{
  self->is_you = FALSE;
  self->user = user;
  matinee_recommend_page_show_you (self);
  matinee_recommend_page_select_user (self);
  matinee_recommend_page_update_viewer (self);
}

static void
meant_cb (MatineeRecommendPage *self, GtkWidget *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  gtk_editable_set_text (GTK_EDITABLE (self->search), id);
  matinee_recommend_page_choose_user (self, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
add_meant (MatineeRecommendPage *self, const char *id)
{
  g_autofree char *name = g_strdup_printf (_ ("User %s"), id);
  GtkWidget *button = gtk_button_new_with_label (name);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (meant_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->meant, button);
}

/* Says that there is no such user, and offers those who may have been meant. */
static void
show_no_user (MatineeRecommendPage *self)
{
  const char *prefix = matinee_user_list_get_prefix (self->users);
  g_auto (GStrv) ids = matinee_suggest_ids (self->ratings->users, prefix);
  g_autofree char *description = NULL;
  GtkWidget *button;

  /* The description of a status page is markup. */
  description = g_markup_printf_escaped (ids[0] != NULL ? _ ("No user has an id that begins with “%s”. Did you mean:")
                                                        : _ ("No user has an id that begins with “%s”."),
                                         prefix);
  adw_status_page_set_description (self->no_user, description);
  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->meant))) != NULL)
    gtk_box_remove (self->meant, button);
  for (guint i = 0; ids[i] != NULL; i++)
    add_meant (self, ids[i]);
  gtk_stack_set_visible_child_name (self->users_stack, "none");
}

/* Changes the list while nothing is selected in it: a selection would else ask the
 * list for every item, to find the selected one again. */
static void
filter_users (MatineeRecommendPage *self, const char *prefix)
{
  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  matinee_gradual_list_begin_anew (self->gradual_users);
  matinee_user_list_set_prefix (self->users, prefix);
  self->selecting = FALSE;
  matinee_recommend_page_select_user (self);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->users)) > 0)
    gtk_stack_set_visible_child_name (self->users_stack, "some");
  else if (self->ratings != NULL)
    show_no_user (self);
}

static void
search_changed_cb (MatineeRecommendPage *self)
{
  filter_users (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_activate_cb (MatineeRecommendPage *self)
{
  g_autoptr (MatineeUser) first = NULL;

  filter_users (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  first = g_list_model_get_item (G_LIST_MODEL (self->users), 0);
  if (first == NULL)
    return;
  matinee_recommend_page_pick_user (self, matinee_user_get_index (first));
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
stop_search_cb (MatineeRecommendPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
selected_cb (MatineeRecommendPage *self)
{
  MatineeUser *user = gtk_single_selection_get_selected_item (self->selection);

  if (self->selecting || user == NULL)
    return;
  matinee_recommend_page_pick_user (self, matinee_user_get_index (user));
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
users_grown_cb (MatineeRecommendPage *self)
{
  if (!self->selecting)
    matinee_recommend_page_select_user (self);
}

static void
user_activated_cb (MatineeRecommendPage *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

static void
back_cb (MatineeRecommendPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
setup_user_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *details = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (details), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (details), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (details, "caption");
  gtk_widget_add_css_class (details, "dim-label");
  gtk_widget_add_css_class (details, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), details);
  gtk_list_item_set_child (item, box);
}

static void
bind_user_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  MatineeUser *user = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  guint n = matinee_user_get_n_ratings (user);
  g_autofree char *name = matinee_user_dup_name (user);
  g_autofree char *details = g_strdup_printf (ngettext ("%'u rating · mean %.2f", "%'u ratings · mean %.2f", n), n,
                                              matinee_user_get_mean (user));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), details);
}

static void
you_activated_cb (MatineeRecommendPage *self)
{
  matinee_recommend_page_pick_you (self);
  matinee_recommend_page_reveal_details (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->panes));
}

/* Binds what the template has for picking a user. */
void
matinee_recommend_page_bind_users (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, search);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, users_stack);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, no_user);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, meant);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, users_scroller);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, users_view);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_row);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_count);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, you_activated_cb);
}

/* Fills the list of users in. */
void
matinee_recommend_page_init_users (MatineeRecommendPage *self)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  self->users = matinee_user_list_new ();
  self->gradual_users = matinee_gradual_list_new (G_LIST_MODEL (g_object_ref (self->users)), self->users_scroller);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, FALSE);
  gtk_single_selection_set_model (self->selection, self->gradual_users);
  g_signal_connect_object (self->gradual_users, "items-changed", G_CALLBACK (users_grown_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_user_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_user_cb), NULL);
  gtk_list_view_set_factory (self->users_view, factory);
  gtk_list_view_set_model (self->users_view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self->users_view));
}

/**
 * matinee_recommend_page_choose_user:
 * @self: a page
 * @id: a user's id, as the file has it
 *
 * Chooses a user, as if picked in the list.
 *
 * Returns: whether there is such a user
 */
gboolean
matinee_recommend_page_choose_user (MatineeRecommendPage *self, const char *id)
{
  guint32 user;

  if (self->ratings == NULL || !matinee_ids_find (self->ratings->users, id, &user))
    return FALSE;
  matinee_recommend_page_pick_user (self, user);
  return TRUE;
}

/**
 * matinee_recommend_page_search:
 * @self: a page
 * @prefix: the beginning of an id
 *
 * Looks for users, as if typed in the search entry.
 */
void
matinee_recommend_page_search (MatineeRecommendPage *self, const char *prefix)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), prefix);
  filter_users (self, prefix);
}

/**
 * matinee_recommend_page_get_meant:
 * @self: a page
 *
 * Returns: (transfer none): buttons of the users who may have been meant by a text that
 *   no id begins with
 */
GtkWidget *
matinee_recommend_page_get_meant (MatineeRecommendPage *self)
{
  return GTK_WIDGET (self->meant);
}

GtkWidget *
matinee_recommend_page_get_search (MatineeRecommendPage *self)
{
  return GTK_WIDGET (self->search);
}

GtkWidget *
matinee_recommend_page_get_you_row (MatineeRecommendPage *self)
{
  return self->you_row;
}

/**
 * matinee_recommend_page_get_users:
 * @self: a page
 *
 * Returns: (transfer none): the users that are listed, of [class@User]
 */
GListModel *
matinee_recommend_page_get_users (MatineeRecommendPage *self)
{
  return G_LIST_MODEL (self->users);
}

/**
 * matinee_recommend_page_choose_you:
 * @self: a page
 *
 * Chooses You, as if picked above the users.
 */
void
matinee_recommend_page_choose_you (MatineeRecommendPage *self)
{
  you_activated_cb (self);
}
