/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recommend-page"

#include "config.h"

#include "matinee-recommend-page-private.h"

#include <glib/gi18n.h>

#include "matinee-you-store.h"

static void
rated_cb (MatineeRecommendPage *self, guint movie, double rating)
{
  matinee_you_rate (self->you, movie, rating);
}

void
matinee_recommend_page_you_changed (MatineeRecommendPage *self)
{
  guint n = matinee_you_get_n (self->you);
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%'u rating", "%'u ratings", n), n)
                                : g_strdup (_ ("Rate films and see what suits you"));

  gtk_label_set_text (self->you_count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "you.undo", matinee_you_can_undo (self->you));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "you.redo", matinee_you_can_redo (self->you));
  /* It would take back another change than it tells. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (self->is_you)
    matinee_recommend_page_update_viewer (self);
}

void
matinee_recommend_page_you_failed (MatineeRecommendPage *self, const char *heading, const char *body)
{
  g_signal_emit_by_name (self->session, "failed", heading, body);
}

static void
undo_cb (MatineeRecommendPage *self)
{
  matinee_you_undo (self->you);
}

/* A toast that can take back what it tells. Its title is markup. */
static void
offer_undo (MatineeRecommendPage *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->toast, toast);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

static void
removed_cb (MatineeRecommendPage *self, guint position)
{
  guint32 movie;
  const MatineeYouRating *rating = matinee_you_get (self->you, position, &movie);
  g_autofree char *text = g_strdup_printf (_ ("Removed your rating of “%s”"), rating->title);

  matinee_you_remove (self->you, position);
  offer_undo (self, text);
}

/* Binds what the template has for rating films. */
void
matinee_recommend_page_bind_you (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MatineeRecommendPage, you_view);
  gtk_widget_class_bind_template_callback (widget_class, rated_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
}

MatineeYou *
matinee_recommend_page_get_you (MatineeRecommendPage *self)
{
  return self->you;
}

MatineeYouView *
matinee_recommend_page_get_you_view (MatineeRecommendPage *self)
{
  return self->you_view;
}

/* The page may be gone, or something else may have been imported, until the file is read. */
static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ratings = matinee_you_import_finish (result, &error);
  MatineeRecommendPage *self = data;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->importing);
  if (ratings == NULL)
    {
      g_signal_emit_by_name (self->session, "failed", _ ("Could Not Import"), error->message);
      return;
    }
  matinee_you_add_all (self->you, ratings);
  matinee_recommend_page_pick_you (self);
  text = g_strdup_printf (ngettext ("Imported %'u rating", "Imported %'u ratings", ratings->len), ratings->len);
  offer_undo (self, text);
}

/**
 * matinee_recommend_page_import:
 * @self: a page
 * @file: a file with the ratings of one person
 *
 * Has a worker read it, adds its ratings to yours, and offers to take that back.
 */
void
matinee_recommend_page_import (MatineeRecommendPage *self, GFile *file)
{
  g_cancellable_cancel (self->importing);
  g_clear_object (&self->importing);
  self->importing = g_cancellable_new ();
  matinee_you_import_async (file, self->importing, imported_cb, self);
}

gboolean
matinee_recommend_page_get_importing (MatineeRecommendPage *self)
{
  return self->importing != NULL;
}
