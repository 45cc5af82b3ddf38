/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "matinee-cli-event.h"
#include "matinee-cli-fetch-parts.h"
#include "matinee-cli-output.h"
#include "matinee-cli-text.h"

/* As wide as manual pages are. */
#define WIDTH 78

/* Breaks a paragraph into lines. */
static void
append_wrapped (GString *text, const char *paragraph)
{
  g_auto (GStrv) words = g_strsplit (paragraph, " ", -1);
  gsize column = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      gsize width = matinee_cli_text_width (words[i]);

      if (column > 0 && column + 1 + width > WIDTH)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      else if (column > 0)
        {
          g_string_append_c (text, ' ');
          column++;
        }
      g_string_append (text, words[i]);
      column += width;
    }
  g_string_append_c (text, '\n');
}

static void
print_terms (const MatineeMovieLensSet *set, gboolean json)
{
  const char *terms = matinee_movielens_get_terms (set);
  g_auto (GStrv) paragraphs = g_strsplit (terms, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  if (json)
    {
      JsonBuilder *event = matinee_cli_event_new ("licence");

      matinee_cli_event_add_string (event, "name", set->name);
      matinee_cli_event_add_string (event, "text", terms);
      matinee_cli_event_write (event);
      return;
    }
  for (gsize i = 0; paragraphs[i] != NULL; i++)
    append_wrapped (text, paragraphs[i]);
  matinee_cli_print (_ ("The licence of %s:"), set->title);
  matinee_cli_print ("\n\n%s", text->str);
}

/* Whether somebody who sits there says yes, in the words of the locale. */
static gboolean
ask (void)
{
  char answer[32] = "";

  g_printerr ("%s ", _ ("Do you accept it? [y/N]"));
  return fgets (answer, sizeof answer, stdin) != NULL && rpmatch (g_strstrip (answer)) == 1;
}

/**
 * matinee_cli_fetch_agree:
 * @set: a set
 * @accepted: whether its licence was accepted on the command line
 * @json: whether to print JSON
 * @error: return location
 *
 * Prints the licence of a set, and asks on a terminal whether it is accepted.
 *
 * Returns: whether it is; else @error is in %G_OPTION_ERROR
 */
gboolean
matinee_cli_fetch_agree (const MatineeMovieLensSet *set, gboolean accepted, gboolean json, GError **error)
{
  if (accepted)
    return TRUE;
  print_terms (set, json);
  if (isatty (STDIN_FILENO) && isatty (STDERR_FILENO) && ask ())
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
               _ ("Nothing was downloaded, as the licence of %s was not accepted: read it, and give --accept-licence"),
               set->title);
  return FALSE;
}
