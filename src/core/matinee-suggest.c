/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-suggest.h"

#include <string.h>

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
 * matinee_suggest_distance:
 * @a: text, at most 64 bytes
 * @b: text, at most 64 bytes
 * @limit: a distance that is too large to matter
 *
 * How many letters have to be added, left out, changed or exchanged with their
 * neighbour to make one of the other, letter case aside: the optimal string
 * alignment distance (Damerau 1964, doi:10.1145/363958.363994), over bytes.
 * O(length of a × length of b), and less for texts that are far apart.
 *
 * Returns: the distance, or %G_MAXUINT for longer texts and those beyond @limit
 */
guint
matinee_suggest_distance (const char *a, const char *b, guint limit)
{
  guint rows[3][LONGEST + 1];
  gsize n_a = strlen (a), n_b = strlen (b);
  guint least_before = 0;

  if (n_a > LONGEST || n_b > LONGEST)
    return G_MAXUINT;
  for (guint j = 0; j <= n_b; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n_a; i++)
    {
      guint *row = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
      char x = g_ascii_tolower (a[i - 1]);
      guint least = i;

      row[0] = i;
      for (guint j = 1; j <= n_b; j++)
        {
          char y = g_ascii_tolower (b[j - 1]);

          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) && y == g_ascii_tolower (a[i - 2]))
            row[j] = MIN (row[j], before[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      /* What is to come grows from one of the last two rows. */
      if (MIN (least, least_before) > limit)
        return G_MAXUINT;
      least_before = least;
    }
  return rows[n_a % 3][n_b] <= limit ? rows[n_a % 3][n_b] : G_MAXUINT;
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

  candidate.distance = longer <= limit ? matinee_suggest_distance (name, text, limit) : G_MAXUINT;
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

/* Hands the names over. */
static GStrv
take_names (Candidate best[N_SUGGESTED])
{
  GStrv names = g_new0 (char *, N_SUGGESTED + 1);

  for (guint i = 0; i < N_SUGGESTED; i++)
    names[i] = best[i].name;
  return names;
}

/**
 * matinee_suggest_ids:
 * @ids: ids that there are
 * @text: one that is not among them
 *
 * Finds out what may have been meant: ids with one or two wrong letters, then
 * those that begin with @text. O(ids × length).
 *
 * Returns: (transfer full) (array zero-terminated=1): at most three ids, the nearest
 *   first
 */
GStrv
matinee_suggest_ids (const MatineeIds *ids, const char *text)
{
  Candidate best[N_SUGGESTED] = { 0 };
  char buffer[MATINEE_ID_BUFFER];

  for (guint32 i = 0; i < matinee_ids_get_n (ids); i++)
    offer (best, matinee_ids_format (ids, i, buffer), text);
  return take_names (best);
}

/**
 * matinee_suggest_names:
 * @names: (array zero-terminated): names that there are
 * @text: one that is not among them
 *
 * matinee_suggest_ids() for a few names.
 *
 * Returns: (transfer full) (array zero-terminated=1): at most three names
 */
GStrv
matinee_suggest_names (const char *const *names, const char *text)
{
  Candidate best[N_SUGGESTED] = { 0 };

  for (guint i = 0; names[i] != NULL; i++)
    offer (best, names[i], text);
  return take_names (best);
}
