/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-suggest.h"

#include <glib/gi18n.h>

#include "matinee-cli-text.h"
#include "matinee-suggest.h"

/* "a", "a" or "b", "a", "b" or "c"; NULL for none. */
static char *
list (const char *const *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *clean = matinee_cli_text_clean (names[i]);

      if (i > 0)
        /* Translators: between the last two, and the others, of: “a”, “b” or “c” */
        g_string_append (text, names[i + 1] == NULL ? _ (" or ") : _ (", "));
      g_string_append_printf (text, _ ("“%s”"), clean);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * matinee_cli_suggest_id:
 * @ids: ids that there are
 * @text: one that is not among them
 *
 * Says what may have been meant, as matinee_suggest_ids() finds it.
 *
 * Returns: (transfer full) (nullable): "“a”, “b” or “c”", or %NULL when nothing is
 *   near
 */
char *
matinee_cli_suggest_id (const MatineeIds *ids, const char *text)
{
  g_auto (GStrv) names = matinee_suggest_ids (ids, text);

  return list ((const char *const *) names);
}

/**
 * matinee_cli_suggest_name:
 * @names: (array zero-terminated): names that there are
 * @text: one that is not among them
 *
 * matinee_cli_suggest_id() for a few names.
 *
 * Returns: (transfer full) (nullable): the names, or %NULL
 */
char *
matinee_cli_suggest_name (const char *const *names, const char *text)
{
  g_auto (GStrv) found = matinee_suggest_names (names, text);

  return list ((const char *const *) found);
}
