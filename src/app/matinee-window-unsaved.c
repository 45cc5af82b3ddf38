/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-window"

#include "config.h"

#include "matinee-window-private.h"

#include <glib/gi18n.h>

/**
 * MatineePending:
 * @func: what is to be done
 * @data: for @func
 * @destroy: (nullable): frees @data
 * @waits: whether the model is being saved for it
 *
 * What would lose a model that is in no file: it waits for an answer, and perhaps for the
 * model to be saved.
 */
struct _MatineePending
{
  MatineeWindowFunc func;
  gpointer data;
  GDestroyNotify destroy;
  gboolean waits;
};

static void
pending_free (MatineePending *pending)
{
  if (pending->destroy != NULL)
    pending->destroy (pending->data);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineePending, pending_free)

/**
 * matinee_window_drop_pending:
 * @self: a window
 *
 * Gives up what waits for the model to be saved.
 */
void
matinee_window_drop_pending (MatineeWindow *self)
{
  g_clear_pointer (&self->pending, pending_free);
}

static void
do_pending (MatineeWindow *self)
{
  g_autoptr (MatineePending) pending = g_steal_pointer (&self->pending);

  if (pending != NULL)
    pending->func (self, pending->data);
}

/**
 * matinee_window_pending_waits:
 * @self: a window
 *
 * Says that the model is being saved: what waits for that is done then.
 */
void
matinee_window_pending_waits (MatineeWindow *self)
{
  if (self->pending != NULL)
    self->pending->waits = TRUE;
}

/**
 * matinee_window_saving_ended:
 * @self: a window
 *
 * Does what has waited for the model to be saved, if it is saved.
 */
void
matinee_window_saving_ended (MatineeWindow *self)
{
  if (self->pending == NULL || !self->pending->waits)
    return;
  if (matinee_session_get_unsaved (self->session))
    matinee_window_drop_pending (self);
  else
    do_pending (self);
}

static gboolean
discard_cb (gpointer data)
{
  do_pending (data);
  return G_SOURCE_REMOVE;
}

/* The window may go when the model is discarded, but not before the dialog that belongs
 * to it has closed. */
static void
response_cb (MatineeWindow *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    g_idle_add_full (G_PRIORITY_DEFAULT, discard_cb, g_object_ref (self), g_object_unref);
  else if (g_str_equal (response, "save"))
    matinee_window_choose_model_file (self);
  else
    matinee_window_drop_pending (self);
}

/**
 * matinee_window_ask:
 * @self: a window
 * @heading: what is asked
 * @body: what it is about
 *
 * Makes a dialog with a question, in place of one that may be open.
 *
 * Returns: (transfer none): the dialog, without answers, not shown
 */
AdwMessageDialog *
matinee_window_ask (MatineeWindow *self, const char *heading, const char *body)
{
  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));
  g_set_weak_pointer (&self->question, ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL)));
  adw_message_dialog_set_heading (self->question, heading);
  adw_message_dialog_set_body (self->question, body);
  return self->question;
}

/**
 * matinee_window_unless_unsaved:
 * @self: a window
 * @func: what is to be done
 * @data: for @func
 * @destroy: (nullable): frees @data
 *
 * Does @func at once, unless there is a model that it would lose: then people are asked
 * first, and it is done when they discard the model or have saved it, or never.
 */
void
matinee_window_unless_unsaved (MatineeWindow *self, MatineeWindowFunc func, gpointer data, GDestroyNotify destroy)
{
  AdwMessageDialog *dialog;
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;

  matinee_window_drop_pending (self);
  self->pending = g_new (MatineePending, 1);
  *self->pending = (MatineePending){ func, data, destroy, FALSE };
  if (!matinee_session_get_unsaved (self->session))
    {
      do_pending (self);
      return;
    }
  name = matinee_session_dup_data_name (self->session);
  body = g_strdup_printf (_ ("The model that was trained on “%s” is not saved. It is lost if you discard it."), name);
  dialog = matinee_window_ask (self, _ ("Save the Model?"), body);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), "save", _ ("_Save…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * matinee_window_show_title:
 * @self: a window
 *
 * Says in its title what is open, with a dot before it if a model would be lost.
 */
void
matinee_window_show_title (MatineeWindow *self)
{
  GFile *model = matinee_session_get_model_file (self->session);
  g_autofree char *base = model != NULL ? g_file_get_basename (model) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : matinee_session_dup_data_name (self->session);
  /* Translators: the title of the window: the file that is open. */
  g_autofree char *title = g_strdup_printf (_ ("%s – Matinee"), name);
  g_autofree char *marked = g_strconcat ("• ", title, NULL);

  gtk_window_set_title (GTK_WINDOW (self), matinee_session_get_unsaved (self->session) ? marked : title);
}
