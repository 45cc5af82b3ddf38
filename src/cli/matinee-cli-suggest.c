/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-suggest.h"

#include <glib/gi18n.h>
#include <string.h>

#include "matinee-cli-text.h"

/* Longer names are not compared: nobody mistypes them. */
#define LONGEST 64
#define N_SUGGESTED 3

/**
 * Candidate:
 * @name: (owned): what may have been meant
 * @distance: how far it is from what was given; among equals, the one counts that
 *   begins with more of it
 * @n_common: how many letters both begin with
 */
typedef struct
{
  char *name;
  guint distance;
  guint n_common;
} Candidate;

/**
 * matinee_cli_distance:
 * @a: text, at most 64 bytes
 * @b: text, at most 64 bytes
 *
 * How many letters have to be added, left out, changed or exchanged with their
 * neighbour to make one of the other, letter case aside: the optimal string
 * alignment distance (Damerau 1964, doi:10.1145/363958.363994), over bytes.
 * O(length of a × length of b).
 *
 * Returns: the distance, or %G_MAXUINT for longer texts
 */
guint
matinee_cli_distance (const char *a, const char *b)
{
  guint rows[3][LONGEST + 1];
  gsize n_a = strlen (a), n_b = strlen (b);

  if (n_a > LONGEST || n_b > LONGEST)
    return G_MAXUINT;
  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
      char x = g_ascii_tolower (a[i - 1]);

      row[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          char y = g_ascii_tolower (b[j - 1]);

          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) && y == g_ascii_tolower (a[i - 2]))
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
    }
  return rows[n_a % 3][n_b];
}

/* How many wrong letters still look like a slip. */
static guint
get_limit (const char *text)
{
  return strlen (text) < 4 ? 1 : 2;
}

static guint
count_common (const char *a, const char *b)
{
  guint n = 0;

  while (a[n] != '\0' && g_ascii_tolower (a[n]) == g_ascii_tolower (b[n]))
    n++;
  return n;
}

static gboolean
is_nearer (const Candidate *a, const Candidate *b)
{
  return b->name == NULL || a->distance < b->distance || (a->distance == b->distance && a->n_common > b->n_common);
}

/* Keeps the nearest; of equally near ones, the first. */
static void
offer (Candidate best[N_SUGGESTED], const char *name, const char *text)
{
  gsize n_name = strlen (name), n_text = strlen (text);
  guint limit = get_limit (text);
  gsize longer = MAX (n_name, n_text) - MIN (n_name, n_text);
  Candidate candidate = { .name = (char *) name, .n_common = count_common (name, text) };
  guint place = N_SUGGESTED;

  candidate.distance = longer <= limit ? matinee_cli_distance (name, text) : G_MAXUINT;
  if (candidate.distance > limit && n_text > 0 && n_name <= LONGEST && candidate.n_common == n_text)
    candidate.distance = limit + 1;
  else if (candidate.distance > limit)
    return;
  while (place > 0 && is_nearer (&candidate, &best[place - 1]))
    place--;
  if (place == N_SUGGESTED)
    return;
  g_free (best[N_SUGGESTED - 1].name);
  memmove (&best[place + 1], &best[place], (N_SUGGESTED - 1 - place) * sizeof best[0]);
  candidate.name = g_strdup (name);
  best[place] = candidate;
}

/* "a", "a" or "b", "a", "b" or "c"; NULL for none. Frees the names. */
static char *
list (Candidate best[N_SUGGESTED])
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_SUGGESTED && best[i].name != NULL; i++)
    {
      gboolean last = i + 1 == N_SUGGESTED || best[i + 1].name == NULL;
      g_autofree char *name = g_steal_pointer (&best[i].name);
      g_autofree char *clean = matinee_cli_text_clean (name);

      if (i > 0)
        /* Translators: between the last two, and the others, of: “a”, “b” or “c” */
        g_string_append (text, last ? _ (" or ") : _ (", "));
      g_string_append_printf (text, _ ("“%s”"), clean);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * matinee_cli_suggest_id:
 * @ids: ids that there are
 * @text: one that is not among them
 *
 * Finds out what may have been meant: ids with one or two wrong letters, then
 * those that begin with @text. O(ids × length²).
 *
 * Returns: (transfer full) (nullable): "“a”, “b” or “c”", or %NULL when nothing is
 *   near
 */
char *
matinee_cli_suggest_id (const MatineeIds *ids, const char *text)
{
  Candidate best[N_SUGGESTED] = { 0 };
  char buffer[MATINEE_ID_BUFFER];

  for (guint32 i = 0; i < matinee_ids_get_n (ids); i++)
    offer (best, matinee_ids_format (ids, i, buffer), text);
  return list (best);
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
  Candidate best[N_SUGGESTED] = { 0 };

  for (guint i = 0; names[i] != NULL; i++)
    offer (best, names[i], text);
  return list (best);
}
