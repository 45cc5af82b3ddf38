/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-recent"

#include "config.h"

#include "matinee-recent.h"

#include <gtk/gtk.h>

#include "matinee-hints.h"

#define KEY "recent-files"
#define NOTHING "@a(ssa{ss}) []"
#define MAX_FILES 10

/**
 * MatineeRecent:
 *
 * The ratings and models that were opened, the last one first, with the titles that were
 * chosen for them and what people have said about how they are to be read. Kept in the
 * settings; where people don't want their files remembered, nothing is kept.
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
                       : g_variant_ref_sink (g_variant_new_parsed (NOTHING));
}

/* The list without a file, and behind another one if there is one. */
static void
write_list (MatineeRecent *self, const char *without, GVariant *first)
{
  g_autoptr (GVariant) list = get_list (self);
  GVariantBuilder builder;
  guint n = first != NULL ? 1 : 0;

  g_variant_builder_init (&builder, g_variant_get_type (list));
  if (first != NULL)
    g_variant_builder_add_value (&builder, first);
  for (gsize i = 0; i < g_variant_n_children (list) && n < MAX_FILES; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      const char *uri;

      g_variant_get_child (entry, 0, "&s", &uri);
      if (g_str_equal (uri, without))
        continue;
      g_variant_builder_add_value (&builder, entry);
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
 * @hints: (nullable): how people have said that it is to be read
 *
 * Puts @file in front, unless people don't want their files remembered.
 */
void
matinee_recent_add (MatineeRecent *self, GFile *file, GFile *titles, const MatineeTextHints *hints)
{
  const MatineeTextHints none = { NULL };
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *titles_uri = titles != NULL ? g_file_get_uri (titles) : g_strdup ("");

  if (is_allowed ())
    write_list (
        self, uri,
        g_variant_new ("(ss@a{ss})", uri, titles_uri, matinee_hints_to_variant (hints != NULL ? hints : &none)));
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

  write_list (self, uri, NULL);
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
  matinee_settings_set_value (self->settings, KEY, g_variant_new_parsed (NOTHING));
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

/**
 * matinee_recent_take_hints:
 * @self: a list
 * @file: ratings
 * @hints: (inout): hints, perhaps all zeros; what they held is freed
 *
 * Makes hints say how people have said that @file is to be read when it was opened last,
 * or nothing.
 */
void
matinee_recent_take_hints (MatineeRecent *self, GFile *file, MatineeTextHints *hints)
{
  g_autoptr (GVariant) list = get_list (self);
  g_autofree char *uri = g_file_get_uri (file);

  matinee_text_hints_clear (hints);
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      g_autoptr (GVariant) kept = g_variant_get_child_value (entry, 2);
      const char *known;

      g_variant_get_child (entry, 0, "&s", &known);
      if (g_str_equal (known, uri))
        matinee_hints_take_variant (hints, kept);
    }
}
