/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-page-private.h"

#include <glib/gi18n.h>

/* Shows or hides what tells that a rating is left out. */
void
matinee_recommend_page_show_what_if (MatineeRecommendPage *self)
{
  guint32 without;
  gboolean is_without = self->viewer != NULL && matinee_viewer_get_actual (self->viewer, &without) != NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (is_without)
    {
      title = matinee_dataset_dup_name (matinee_viewer_get_dataset (self->viewer), without);
      text = g_strdup_printf (_ ("The list as it would be had “%s” not been rated."), title);
      gtk_label_set_text (self->what_if, text);
    }
  gtk_widget_set_visible (self->what_if_bar, is_without);
}

static void
what_if_cb (MatineeRecommendPage *self, guint without)
{
  g_autoptr (MatineeViewer) viewer = NULL;
  g_autoptr (GError) error = NULL;

  if (self->viewer == NULL || matinee_viewer_get_person (self->viewer) == NULL)
    return;
  viewer = matinee_viewer_new_without (self->viewer, without, &error);
  if (viewer != NULL)
    matinee_recommend_page_take_viewer (self, viewer);
  else
    matinee_recommend_page_tell_failure (self, error);
}

static void
put_back_cb (MatineeRecommendPage *self)
{
  matinee_recommend_page_put_back (self);
}

/* Binds what the template has for leaving a rating out. */
void
matinee_recommend_page_bind_what_if (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, what_if_bar);
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, what_if);
  gtk_widget_class_bind_template_callback (widget_class, what_if_cb);
  gtk_widget_class_bind_template_callback (widget_class, put_back_cb);
}

/**
 * matinee_recommend_page_put_back:
 * @self: a page
 *
 * Counts the rating again that was left out.
 */
void
matinee_recommend_page_put_back (MatineeRecommendPage *self)
{
  MatineeViewer *actual = self->viewer != NULL ? matinee_viewer_get_actual (self->viewer, NULL) : NULL;

  if (actual != NULL)
    matinee_recommend_page_take_viewer (self, actual);
}

/**
 * matinee_recommend_page_get_what_if:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what tells that a rating is left out, if one is
 */
const char *
matinee_recommend_page_get_what_if (MatineeRecommendPage *self)
{
  return gtk_widget_get_visible (self->what_if_bar) ? gtk_label_get_text (self->what_if) : NULL;
}
