/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-titles.h"

#include <string.h>

typedef struct
{
  const char *id;
  const char *title;
  const char *genres;
  int year;
} Row;

struct _MatineeTitles
{
  gatomicrefcount ref_count;
  GArray *rows;        /* (element-type Row) */
  GHashTable *by_id;   /* id → row + 1 */
  GStringChunk *texts; /* owns the strings of all rows */
  guint32 n_duplicates;
};

struct _MatineeTitlesBuilder
{
  MatineeTitles *titles;
};

static gboolean
is_dash (const char *text, gsize *length)
{
  static const char *const dashes[] = { "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014" };

  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++)
    if (g_str_has_prefix (text, dashes[i]))
      {
        *length = strlen (dashes[i]);
        return TRUE;
      }
  return FALSE;
}

/* Reads four digits. */
static gboolean
parse_year (const char *text, int *year)
{
  *year = 0;
  for (int i = 0; i < 4; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *year = *year * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * matinee_titles_parse_year:
 * @title: a title
 *
 * Finds the year that ends a title in the way of MovieLens: "Toy Story (1995)",
 * for a series also "(2006–2007)" or "(2006–)", of which the first counts.
 *
 * Returns: the year, or 0 when the title has none
 */
int
matinee_titles_parse_year (const char *title)
{
  const char *open = strrchr (title, '(');
  gsize dash;
  int year, until;

  if (open == NULL || !parse_year (++open, &year))
    return 0;
  open += 4;
  while (*open == ' ')
    open++;
  if (is_dash (open, &dash))
    {
      open += dash;
      while (*open == ' ')
        open++;
      if (parse_year (open, &until))
        open += 4;
      while (*open == ' ')
        open++;
    }
  if (*open++ != ')')
    return 0;
  while (g_ascii_isspace (*open))
    open++;
  return *open == '\0' ? year : 0;
}

/**
 * matinee_titles_builder_new:
 *
 * Returns: (transfer full): a builder without rows
 */
MatineeTitlesBuilder *
matinee_titles_builder_new (void)
{
  MatineeTitlesBuilder *builder = g_new0 (MatineeTitlesBuilder, 1);
  MatineeTitles *titles = g_new0 (MatineeTitles, 1);

  g_atomic_ref_count_init (&titles->ref_count);
  titles->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  titles->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  titles->texts = g_string_chunk_new (1 << 14);
  builder->titles = titles;
  return builder;
}

/**
 * matinee_titles_builder_free:
 * @builder: (transfer full) (nullable): a builder
 *
 * Frees it, with what it has collected.
 */
void
matinee_titles_builder_free (MatineeTitlesBuilder *builder)
{
  if (builder == NULL)
    return;
  matinee_titles_unref (builder->titles);
  g_free (builder);
}

/**
 * matinee_titles_builder_add:
 * @builder: a builder
 * @id: the movie's id, as the ratings file shows it
 * @title: its title, UTF-8; the year is taken from its end
 * @genres: (nullable): its genres, separated by "|"; what MovieLens writes for
 *   a movie without any counts as none
 *
 * Adds a row, or replaces the one that @id has already. The texts are copied.
 */
void
matinee_titles_builder_add (MatineeTitlesBuilder *builder, const char *id, const char *title, const char *genres)
{
  MatineeTitles *titles = builder->titles;
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (titles->by_id, id));
  Row row = { NULL };

  if (genres == NULL || strcmp (genres, "(no genres listed)") == 0)
    genres = "";
  row.title = g_string_chunk_insert (titles->texts, title);
  row.genres = g_string_chunk_insert_const (titles->texts, genres);
  row.year = matinee_titles_parse_year (title);
  if (known != 0)
    {
      row.id = g_array_index (titles->rows, Row, known - 1).id;
      g_array_index (titles->rows, Row, known - 1) = row;
      titles->n_duplicates++;
      return;
    }
  row.id = g_string_chunk_insert (titles->texts, id);
  g_array_append_val (titles->rows, row);
  g_hash_table_insert (titles->by_id, (gpointer) row.id, GUINT_TO_POINTER (titles->rows->len));
}

/**
 * matinee_titles_builder_finish:
 * @builder: (transfer full): a builder, which is freed
 *
 * Returns: (transfer full): the table of what was added
 */
MatineeTitles *
matinee_titles_builder_finish (MatineeTitlesBuilder *builder)
{
  MatineeTitles *titles = g_steal_pointer (&builder->titles);

  matinee_titles_builder_free (builder);
  return titles;
}

/**
 * matinee_titles_ref:
 * @titles: a table
 *
 * Returns: (transfer full): @titles
 */
MatineeTitles *
matinee_titles_ref (MatineeTitles *titles)
{
  g_atomic_ref_count_inc (&titles->ref_count);
  return titles;
}

/**
 * matinee_titles_unref:
 * @titles: (transfer full) (nullable): a table
 *
 * Gives up a reference.
 */
void
matinee_titles_unref (MatineeTitles *titles)
{
  if (titles == NULL || !g_atomic_ref_count_dec (&titles->ref_count))
    return;
  g_array_unref (titles->rows);
  g_hash_table_unref (titles->by_id);
  g_string_chunk_free (titles->texts);
  g_free (titles);
}

/**
 * matinee_titles_get_n:
 * @titles: a table
 *
 * Returns: how many films it holds
 */
guint32
matinee_titles_get_n (const MatineeTitles *titles)
{
  return titles->rows->len;
}

/**
 * matinee_titles_get_n_duplicates:
 * @titles: a table
 *
 * Returns: how many rows were replaced by a later one of the same id
 */
guint32
matinee_titles_get_n_duplicates (const MatineeTitles *titles)
{
  return titles->n_duplicates;
}

/**
 * matinee_titles_find:
 * @titles: a table
 * @id: a movie's id, as the ratings file shows it
 * @row: (out): its row
 *
 * Finds a film. Cost: O(1).
 *
 * Returns: whether it is there
 */
gboolean
matinee_titles_find (const MatineeTitles *titles, const char *id, guint32 *row)
{
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (titles->by_id, id));

  if (known == 0)
    return FALSE;
  *row = known - 1;
  return TRUE;
}

/**
 * matinee_titles_get_id:
 * @titles: a table
 * @row: 0 … n − 1
 *
 * Returns: (transfer none): the id of the film
 */
const char *
matinee_titles_get_id (const MatineeTitles *titles, guint32 row)
{
  g_return_val_if_fail (row < titles->rows->len, "");
  return g_array_index (titles->rows, Row, row).id;
}

/**
 * matinee_titles_get_title:
 * @titles: a table
 * @row: 0 … n − 1
 *
 * Returns: (transfer none): the title as the file has it, with its year
 */
const char *
matinee_titles_get_title (const MatineeTitles *titles, guint32 row)
{
  g_return_val_if_fail (row < titles->rows->len, "");
  return g_array_index (titles->rows, Row, row).title;
}

/**
 * matinee_titles_get_genres:
 * @titles: a table
 * @row: 0 … n − 1
 *
 * Returns: (transfer none): the genres, separated by "|", or ""
 */
const char *
matinee_titles_get_genres (const MatineeTitles *titles, guint32 row)
{
  g_return_val_if_fail (row < titles->rows->len, "");
  return g_array_index (titles->rows, Row, row).genres;
}

/**
 * matinee_titles_get_year:
 * @titles: a table
 * @row: 0 … n − 1
 *
 * Returns: the year of the film, or 0 when its title names none
 */
int
matinee_titles_get_year (const MatineeTitles *titles, guint32 row)
{
  g_return_val_if_fail (row < titles->rows->len, 0);
  return g_array_index (titles->rows, Row, row).year;
}
