/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-title-search.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "matinee-memory.h"

/*
 * A folded title is lower-case words without accents or punctuation between single
 * spaces, with one more space before the first: " matrix the 1999". So " x" finds
 * words that begin with x. An article that a catalogue puts behind, "Matrix, The",
 * is written in front once more: " the matrix 1999" is the alias.
 */
struct _MatineeTitleSearch
{
  guint32 n;
  const char **keys;
  const char **aliases;
  guint32 *counts;
  GStringChunk *texts;
};

/* How well a title matches: more is better. */
typedef enum
{
  MATCH_NONE,
  MATCH_INSIDE,
  MATCH_WORDS,
  MATCH_PHRASE,
  MATCH_START,
  MATCH_WHOLE
} Match;

#define MAX_WORDS 16

/* Letters that Unicode doesn't take apart. */
static const struct
{
  gunichar from;
  const char *to;
} letters[] = {
  { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" },
  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0142, "l" }, { 0x0153, "oe" }, { 0x017f, "s" },
};

static const char *const articles[]
    = { "the", "a",   "an", "le", "la",  "les", "l", "un", "une", "der", "die", "das", "ein", "eine", "el",
        "los", "las", "il", "lo", "gli", "i",   "o", "os", "as",  "de",  "het", "den", "det", "en",   "ett" };

static void
append_letter (GString *folded, gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].from == c)
      {
        g_string_append (folded, letters[i].to);
        return;
      }
  g_string_append_unichar (folded, c);
}

/* Marks above letters vanish, and so do apostrophes: "Schindler's" is one word. */
static gboolean
is_silent (gunichar c)
{
  return g_unichar_ismark (c) || c == '\'' || c == 0x2019 || c == 0x02bc || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Lower case, accents apart from their letters. Most titles are ASCII, and
 * quickly done. */
static char *
take_apart (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *lower = NULL;

  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, -1);
  valid = g_utf8_make_valid (text, -1);
  lower = g_utf8_casefold (valid, -1);
  return g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
}

/**
 * matinee_title_search_fold:
 * @text: text, UTF-8
 *
 * Folds text for comparing: lower case, without accents (compatibility
 * decomposition, then marks dropped), words of letters and digits of any script,
 * a space before each. "Amélie (2001)" becomes " amelie 2001".
 *
 * Returns: (transfer full): the folded text; "" when it has neither letters nor digits
 */
char *
matinee_title_search_fold (const char *text)
{
  g_autofree char *apart = take_apart (text);
  GString *folded = g_string_sized_new (strlen (apart) + 2);
  gboolean inside = FALSE;

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_silent (c))
        continue;
      if (!g_unichar_isalnum (c))
        {
          inside = FALSE;
          continue;
        }
      if (!inside)
        g_string_append_c (folded, ' ');
      inside = TRUE;
      append_letter (folded, c);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
is_article (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    if (g_str_equal (articles[i], word))
      return TRUE;
  return FALSE;
}

/* " the matrix 1999" for "Matrix, The (1999)", or %NULL. */
static char *
make_alias (const char *title)
{
  const char *open = strchr (title, '(');
  gsize length = open != NULL ? (gsize) (open - title) : strlen (title);
  g_autofree char *name = g_strndup (title, length);
  char *comma = strrchr (name, ',');
  g_autofree char *article = comma != NULL ? matinee_title_search_fold (comma + 1) : NULL;
  g_autofree char *turned = NULL;

  if (article == NULL || article[0] == '\0' || !is_article (article + 1))
    return NULL;
  *comma = '\0';
  turned = g_strdup_printf ("%s %s %s", article, name, title + length);
  return matinee_title_search_fold (turned);
}

/**
 * matinee_title_search_new:
 * @dataset: a data set
 * @stats: (nullable): how often its films were rated: of equal matches the better
 *   known comes first
 * @error: return location
 *
 * Folds all titles once. Films without a title are found by the name they are
 * shown with. O(movies), about a microsecond each.
 *
 * Returns: (transfer full) (nullable): what to search in, or %NULL with
 *   %MATINEE_ERROR_MEMORY
 */
MatineeTitleSearch *
matinee_title_search_new (const MatineeDataset *dataset, const MatineeFilmStats *stats, GError **error)
{
  g_autoptr (MatineeTitleSearch) search = g_new0 (MatineeTitleSearch, 1);
  const char *what = _ ("the search in titles");

  search->n = matinee_ratings_get_n_movies (dataset->ratings);
  search->texts = g_string_chunk_new (1 << 16);
  search->keys = matinee_alloc (search->n, sizeof *search->keys, what, error);
  if (search->keys == NULL)
    return NULL;
  search->aliases = matinee_alloc0 (search->n, sizeof *search->aliases, what, error);
  if (search->aliases == NULL)
    return NULL;
  search->counts = matinee_alloc0 (search->n, sizeof *search->counts, what, error);
  if (search->counts == NULL)
    return NULL;
  if (stats != NULL)
    memcpy (search->counts, stats->counts, search->n * sizeof *search->counts);
  for (guint32 movie = 0; movie < search->n; movie++)
    {
      g_autofree char *title = matinee_dataset_dup_title (dataset, movie);
      g_autofree char *key = matinee_title_search_fold (title);
      g_autofree char *alias = make_alias (title);

      search->keys[movie] = g_string_chunk_insert (search->texts, key);
      if (alias != NULL)
        search->aliases[movie] = g_string_chunk_insert (search->texts, alias);
    }
  return g_steal_pointer (&search);
}

/**
 * matinee_title_search_free:
 * @search: (nullable) (transfer full): a search
 *
 * Frees it.
 */
void
matinee_title_search_free (MatineeTitleSearch *search)
{
  if (search == NULL)
    return;
  matinee_free (search->keys);
  matinee_free (search->aliases);
  matinee_free (search->counts);
  g_string_chunk_free (search->texts);
  g_free (search);
}

/* A query: the whole of it, and its words, each with the space before it. */
typedef struct
{
  char *phrase;
  gsize length;
  char *words[MAX_WORDS];
  guint n_words;
} Query;

static void
query_init (Query *query, const char *text)
{
  g_auto (GStrv) parts = NULL;

  query->phrase = matinee_title_search_fold (text);
  query->length = strlen (query->phrase);
  query->n_words = 0;
  parts = g_strsplit (query->phrase, " ", -1);
  for (guint i = 0; parts[i] != NULL && query->n_words < MAX_WORDS; i++)
    if (parts[i][0] != '\0')
      query->words[query->n_words++] = g_strconcat (" ", parts[i], NULL);
}

static void
query_clear (Query *query)
{
  g_free (query->phrase);
  for (guint i = 0; i < query->n_words; i++)
    g_free (query->words[i]);
}

/* Whether nothing but a year, if anything, comes after what was typed. */
static gboolean
is_end (const char *rest)
{
  if (*rest == '\0')
    return TRUE;
  return strlen (rest) == 5 && rest[0] == ' ' && strspn (rest + 1, "0123456789") == 4;
}

static Match
match_key (const Query *query, const char *key)
{
  if (query->length == 0)
    return MATCH_START;
  if (strncmp (key, query->phrase, query->length) == 0)
    return is_end (key + query->length) ? MATCH_WHOLE : MATCH_START;
  if (strstr (key, query->phrase) != NULL)
    return MATCH_PHRASE;
  for (guint i = 0; i < query->n_words; i++)
    if (strstr (key, query->words[i]) == NULL)
      return strstr (key, query->phrase + 1) != NULL ? MATCH_INSIDE : MATCH_NONE;
  return MATCH_WORDS;
}

static Match
match_title (const MatineeTitleSearch *search, const Query *query, guint32 movie)
{
  Match match = match_key (query, search->keys[movie]);

  /* The alias has the same words in another order. */
  if (search->aliases[movie] != NULL && match < MATCH_WHOLE && match >= MATCH_WORDS)
    match = MAX (match, match_key (query, search->aliases[movie]));
  return match;
}

/* @rank is the match above, and the number of ratings below. */
typedef struct
{
  guint64 rank;
  guint32 movie;
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? 1 : -1;
  return (x->movie > y->movie) - (x->movie < y->movie);
}

/**
 * matinee_title_search_find:
 * @search: where
 * @text: what was typed; nothing finds the best known films
 * @n: how many to list
 * @error: return location
 *
 * Finds films by title, letter case, accents and punctuation aside. In this order:
 * the whole title; titles that begin with the text; that have it at the beginning of a
 * word; that have all its words, in any order, as beginnings of words; that have it
 * anywhere. Within each, the better known first. O(length of all titles).
 *
 * Returns: (transfer full) (nullable): the films, or %NULL with %MATINEE_ERROR_MEMORY
 */
MatineeTitleMatches *
matinee_title_search_find (const MatineeTitleSearch *search, const char *text, guint n, GError **error)
{
  g_autoptr (MatineeTitleMatches) matches = g_new0 (MatineeTitleMatches, 1);
  Found *found = matinee_alloc (search->n, sizeof *found, _ ("the search in titles"), error);
  Query query;

  if (found == NULL)
    return NULL;
  query_init (&query, text);
  for (guint32 movie = 0; movie < search->n; movie++)
    {
      Match match = match_title (search, &query, movie);

      if (match != MATCH_NONE)
        found[matches->n_total++] = (Found){ (guint64) match << 32 | search->counts[movie], movie };
    }
  query_clear (&query);
  qsort (found, matches->n_total, sizeof *found, compare_found);
  matches->n = MIN (n, matches->n_total);
  matches->movies = matinee_alloc (matches->n, sizeof *matches->movies, _ ("the search in titles"), error);
  for (guint i = 0; matches->movies != NULL && i < matches->n; i++)
    matches->movies[i] = found[i].movie;
  matinee_free (found);
  return matches->movies != NULL ? g_steal_pointer (&matches) : NULL;
}

/**
 * matinee_title_matches_free:
 * @matches: (nullable) (transfer full): films
 *
 * Frees them.
 */
void
matinee_title_matches_free (MatineeTitleMatches *matches)
{
  if (matches == NULL)
    return;
  matinee_free (matches->movies);
  g_free (matches);
}
