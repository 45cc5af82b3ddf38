/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "matinee-cli-event.h"
#include "matinee-cli-fetch-parts.h"
#include "matinee-cli-output.h"
#include "matinee-cli-table.h"
#include "matinee-cli-text.h"

static const MatineeCliColumn columns[] = {
  { N_ ("Name"), FALSE },  { N_ ("Ratings"), TRUE },  { N_ ("Users"), TRUE },
  { N_ ("Movies"), TRUE }, { N_ ("Download"), TRUE }, { N_ ("Downloaded"), FALSE },
};

static void
tell_set (const MatineeMovieLensSet *set, const char *folder)
{
  JsonBuilder *event = matinee_cli_event_new ("set");

  matinee_cli_event_add_string (event, "name", set->name);
  matinee_cli_event_add_string (event, "title", set->title);
  matinee_cli_event_add_count (event, "ratings", set->n_ratings);
  matinee_cli_event_add_count (event, "users", set->n_users);
  matinee_cli_event_add_count (event, "movies", set->n_movies);
  matinee_cli_event_add_count (event, "bytes", set->size);
  matinee_cli_event_add_string (event, "folder", folder);
  matinee_cli_event_write (event);
}

/**
 * matinee_cli_fetch_list:
 * @root: the folder that sets are kept in
 * @json: whether to print JSON
 *
 * Lists the sets that can be had, and which are there.
 */
void
matinee_cli_fetch_list (const char *root, gboolean json)
{
  g_autoptr (MatineeCliTable) table = matinee_cli_table_new (columns, G_N_ELEMENTS (columns));
  guint n;
  const MatineeMovieLensSet *sets = matinee_movielens_get_sets (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folder
          = matinee_movielens_is_there (&sets[i], root) ? matinee_movielens_dup_folder (&sets[i], root) : NULL;

      if (json)
        tell_set (&sets[i], folder);
      else
        matinee_cli_table_take_row (table, g_strdup (sets[i].name), matinee_cli_format_count (sets[i].n_ratings),
                                    matinee_cli_format_count (sets[i].n_users),
                                    matinee_cli_format_count (sets[i].n_movies), g_format_size (sets[i].size),
                                    folder != NULL ? g_filename_display_name (folder) : g_strdup ("–"), NULL);
    }
  if (json)
    return;
  matinee_cli_table_print (table);
  matinee_cli_print ("\n%s\n", _ ("Counts and sizes are those that GroupLens publishes; the latest sets change."));
}
