/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-help"

#include "config.h"

#include "matinee-help.h"

/**
 * MatineeHelp:
 *
 * A window that explains, in a page, what Matinee does and how to use it.
 */
struct _MatineeHelp
{
  AdwWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (MatineeHelp, matinee_help, ADW_TYPE_WINDOW)

static void
matinee_help_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MATINEE_TYPE_HELP);

  G_OBJECT_CLASS (matinee_help_parent_class)->dispose (object);
}

static void
matinee_help_class_init (MatineeHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = matinee_help_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/matinee/Matinee/ui/matinee-help.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
matinee_help_init (MatineeHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * matinee_help_new:
 * @parent: (nullable): the window that it belongs to
 *
 * Returns: (transfer none): the help, not shown yet
 */
GtkWidget *
matinee_help_new (GtkWindow *parent)
{
  return g_object_new (MATINEE_TYPE_HELP, "transient-for", parent, NULL);
}
