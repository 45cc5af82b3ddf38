/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recent"

#include "config.h"

#include "matinee-recent.h"

#include <gtk/gtk.h>

#define KEY "recent-files"
#define MAX_FILES 10

/**
 * MatineeRecent:
 *
 * The ratings and models that were opened, the last one first, with the titles that were
 * chosen for them. Kept in the settings; where people don't want their files remembered,
 * nothing is kept.
 */
struct _MatineeRecent
{
  GObject parent_instance;

  MatineeSettings *settings;
};

G_DEFINE_FINAL_TYPE (MatineeRecent, matinee_recent, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The desktop's own setting, in its privacy panel. */
static gboolean
is_allowed (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean enabled = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-recent-files-enabled", &enabled, NULL);
  return enabled;
}

static GVariant *
get_list (MatineeRecent *self)
{
  return is_allowed () ? matinee_settings_get_value (self->settings, KEY)
                       : g_variant_ref_sink (g_variant_new_parsed ("@a(ss) []"));
}

/* The list without a file, and behind another one if there is one. */
static void
write_list (MatineeRecent *self, const char *without, const char *first, const char *titles)
{
  g_autoptr (GVariant) list = get_list (self);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *uri, *its_titles;
  guint n = first != NULL ? 1 : 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  if (first != NULL)
    g_variant_builder_add (&builder, "(ss)", first, titles);
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &uri, &its_titles))
    if (n < MAX_FILES && !g_str_equal (uri, without))
      {
        g_variant_builder_add (&builder, "(ss)", uri, its_titles);
        n++;
      }
  matinee_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
matinee_recent_finalize (GObject *object)
{
  g_clear_object (&MATINEE_RECENT (object)->settings);

  G_OBJECT_CLASS (matinee_recent_parent_class)->finalize (object);
}

static void
matinee_recent_class_init (MatineeRecentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_recent_finalize;

  /** MatineeRecent::changed: the list is another one */
  signals[CHANGED]
      = g_signal_new ("changed", MATINEE_TYPE_RECENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
matinee_recent_init (MatineeRecent *self)
{
}

/**
 * matinee_recent_new:
 * @settings: where the list is kept
 *
 * Returns: (transfer full): the list
 */
MatineeRecent *
matinee_recent_new (MatineeSettings *settings)
{
  MatineeRecent *self = g_object_new (MATINEE_TYPE_RECENT, NULL);

  self->settings = g_object_ref (settings);
  return self;
}

/**
 * matinee_recent_add:
 * @self: a list
 * @file: ratings or a model that were opened
 * @titles: (nullable): the titles that were chosen for it
 *
 * Puts @file in front, unless people don't want their files remembered.
 */
void
matinee_recent_add (MatineeRecent *self, GFile *file, GFile *titles)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *titles_uri = titles != NULL ? g_file_get_uri (titles) : g_strdup ("");

  if (is_allowed ())
    write_list (self, uri, uri, titles_uri);
}

/**
 * matinee_recent_remove:
 * @self: a list
 * @file: a file that has gone
 *
 * Takes @file off the list.
 */
void
matinee_recent_remove (MatineeRecent *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  write_list (self, uri, NULL, NULL);
}

/**
 * matinee_recent_clear:
 * @self: a list
 *
 * Forgets all files.
 */
void
matinee_recent_clear (MatineeRecent *self)
{
  matinee_settings_set_value (self->settings, KEY, g_variant_new_parsed ("@a(ss) []"));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * matinee_recent_get_n:
 * @self: a list
 *
 * Returns: how many files there are
 */
guint
matinee_recent_get_n (MatineeRecent *self)
{
  g_autoptr (GVariant) list = get_list (self);

  return (guint) g_variant_n_children (list);
}

static GFile *
dup_uri (MatineeRecent *self, guint index, guint part)
{
  g_autoptr (GVariant) list = get_list (self);
  g_autoptr (GVariant) entry = g_variant_get_child_value (list, index);
  g_autofree char *uri = NULL;

  g_variant_get_child (entry, part, "s", &uri);
  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

/**
 * matinee_recent_dup_file:
 * @self: a list
 * @index: less than matinee_recent_get_n()
 *
 * Returns: (transfer full): a file, which may be there no more
 */
GFile *
matinee_recent_dup_file (MatineeRecent *self, guint index)
{
  return dup_uri (self, index, 0);
}

/**
 * matinee_recent_dup_titles:
 * @self: a list
 * @index: less than matinee_recent_get_n()
 *
 * Returns: (transfer full) (nullable): the titles that were chosen for the file
 */
GFile *
matinee_recent_dup_titles (MatineeRecent *self, guint index)
{
  return dup_uri (self, index, 1);
}
