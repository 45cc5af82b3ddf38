/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-data-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "matinee-diagnosis.h"
#include "matinee-error.h"
#include "matinee-text-excerpt.h"

/* Ratings of a file up to this size, some ten millions, are read with their times, in
 * case a split by time is wanted. */
#define TIMES_UP_TO ((goffset) 256 << 20)

/* About so many times smaller ratings are in an archive. */
#define PACKED 4

/* Files of an archive that are looked into, or offered, at most. */
#define MOST_FILES 256

/* Files of an archive that a message names at most. */
#define MOST_NAMED 5

/* The names that the MovieLens sets give to ratings, and to the titles that belong to
 * them: a new form of set is one row. */
static const struct
{
  const char *ratings;
  const char *titles;
} known_names[] = {
  { "ratings.csv", "movies.csv" }, /* latest, 20M to 32M */
  { "ratings.dat", "movies.dat" }, /* 1M, 10M */
  { "u.data", "u.item" },          /* 100K */
};

/* What may follow a name when the file is compressed. */
static const char *const compressed[] = { ".gz", ".bz2", ".xz", ".zst" };

static void
choice_free (gpointer data)
{
  MatineeDataChoice *choice = data;

  g_free (choice->path);
  g_free (choice->name);
  g_free (choice);
}

static GPtrArray *
new_choices (void)
{
  return g_ptr_array_new_with_free_func (choice_free);
}

static void
add_choice (GPtrArray *choices, const char *path, const char *name, guint64 size)
{
  MatineeDataChoice *choice = g_new0 (MatineeDataChoice, 1);

  choice->path = g_build_filename (path, name, NULL);
  choice->name = g_strdup (name);
  choice->size = size;
  g_ptr_array_add (choices, choice);
}

static const char *
base_name (const char *name)
{
  const char *slash = strrchr (name, '/');

  return slash != NULL ? slash + 1 : name;
}

/* The row of known_names in which a file is, as ratings or as titles; −1 for none. */
static int
find_known (const char *name, gboolean titles)
{
  for (guint k = 0; k < G_N_ELEMENTS (known_names); k++)
    if (g_ascii_strcasecmp (base_name (name), titles ? known_names[k].titles : known_names[k].ratings) == 0)
      return (int) k;
  return -1;
}

/* The files of an archive, each name once; none of a file that is no archive. */
static GPtrArray *
list_members (const char *path, char **refused, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeArchive) archive = matinee_archive_open (path, stop, error);
  g_autoptr (GPtrArray) members = new_choices ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean found = TRUE;

  if (archive == NULL)
    return NULL;
  while (matinee_archive_next (archive, &found, error))
    {
      const char *name = matinee_archive_get_member (archive);

      if (!found || name == NULL)
        {
          *refused = g_strdup (matinee_archive_get_refused (archive));
          return g_steal_pointer (&members);
        }
      if (g_hash_table_contains (names, name))
        continue;
      add_choice (members, path, name, matinee_archive_get_size (archive));
      g_hash_table_add (names, ((MatineeDataChoice *) g_ptr_array_index (members, members->len - 1))->name);
    }
  return NULL;
}

static GPtrArray *
choose_known (const GPtrArray *members, MatineeTable table, const char *path)
{
  GPtrArray *known = new_choices ();

  for (guint i = 0; i < members->len; i++)
    {
      const MatineeDataChoice *member = g_ptr_array_index (members, i);

      if (find_known (member->name, table == MATINEE_TABLE_TITLES) >= 0)
        add_choice (known, path, member->name, member->size);
    }
  return known;
}

/* Looks at the head of each file: those that would be read are candidates; if there are
 * none, those that could be if somebody says how, but not as titles, which any two columns
 * could be. A file that is damaged or encrypted is none; when it is opened by its name,
 * that is said. */
static GPtrArray *
choose_by_head (const char *path, MatineeTable table, const MatineeTextHints *hints, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeArchive) archive = matinee_archive_open (path, stop, error);
  g_autoptr (GPtrArray) certain = new_choices ();
  g_autoptr (GPtrArray) usable = new_choices ();
  gboolean found = TRUE;

  if (archive == NULL)
    return NULL;
  while (matinee_archive_next (archive, &found, error))
    {
      g_autoptr (MatineeTextSource) source = NULL;
      g_autoptr (MatineeDiagnosis) diagnosis = NULL;
      g_autoptr (GError) problem = NULL;

      if (!found)
        return certain->len > 0 ? g_steal_pointer (&certain) : g_steal_pointer (&usable);
      source = matinee_text_source_new_member (archive, &problem);
      if (source != NULL)
        diagnosis = matinee_diagnosis_new_for_source (source, table, hints, NULL);
      if (diagnosis != NULL && (diagnosis->certain || (diagnosis->usable && table != MATINEE_TABLE_TITLES)))
        add_choice (diagnosis->certain ? certain : usable, path, matinee_archive_get_member (archive),
                    matinee_archive_get_size (archive));
      if (g_error_matches (problem, MATINEE_ERROR, MATINEE_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  return NULL;
}

/* “a” (1.2 kB), “b” (3 kB), … */
static char *
name_files (const GPtrArray *files)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (files->len, MOST_NAMED); i++)
    {
      const MatineeDataChoice *file = g_ptr_array_index (files, i);
      g_autofree char *size = g_format_size (file->size);

      g_string_append_printf (text, i == 0 ? "\u201c%s\u201d (%s)" : ", \u201c%s\u201d (%s)", file->name, size);
    }
  if (files->len > MOST_NAMED)
    g_string_append (text, ", \u2026");
  return g_string_free (text, FALSE);
}

static gboolean
check_members (const GPtrArray *members, const char *name, const char *refused, GError **error)
{
  if (members->len > 0)
    return TRUE;
  if (refused != NULL)
    g_set_error (
        error, MATINEE_ERROR, MATINEE_ERROR_DATA,
        _ ("\u201c%s\u201d holds only files with names that can\u2019t be opened, such as \u201c%s\u201d: pack "
           "the table anew"),
        name, refused);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                 _ ("\u201c%s\u201d is an archive without files: choose one that holds a table"), name);
  return FALSE;
}

/* Says that none or several of the files of an archive could be meant. */
static void
set_choice_error (const GPtrArray *members, const GPtrArray *candidates, const char *name, MatineeTable table,
                  GError **error)
{
  g_autofree char *names = name_files (candidates->len > 0 ? candidates : members);
  g_autofree char *example = NULL;

  if (candidates->len > 0)
    {
      example = g_build_filename (name, ((MatineeDataChoice *) g_ptr_array_index (candidates, 0))->name, NULL);
      g_set_error (
          error, MATINEE_ERROR, MATINEE_ERROR_AMBIGUOUS,
          table == MATINEE_TABLE_TITLES
              ? _ ("\u201c%s\u201d holds more than one table of titles: %s. Name the one to open, as in \u201c%s\u201d")
              : _ ("\u201c%s\u201d holds more than one table of ratings: %s. Name the one to open, as in "
                   "\u201c%s\u201d"),
          name, names, example);
    }
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                 table == MATINEE_TABLE_TITLES
                     ? _ ("\u201c%s\u201d holds no table of titles, only %s: open an archive that has one")
                     : _ ("\u201c%s\u201d holds no table of ratings, only %s: open an archive that has one"),
                 name, names);
}

static char *
find_member (const char *path, MatineeTable table, const MatineeTextHints *hints, GPtrArray **choices,
             MatineeStop *stop, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *refused = NULL;
  g_autoptr (GPtrArray) members = list_members (path, &refused, stop, error);
  g_autoptr (GPtrArray) candidates = NULL;

  if (members == NULL || !check_members (members, name, refused, error))
    return NULL;
  candidates = members->len == 1 ? g_ptr_array_ref (members) : choose_known (members, table, path);
  if (candidates->len == 0 && members->len <= MOST_FILES)
    {
      g_clear_pointer (&candidates, g_ptr_array_unref);
      candidates = choose_by_head (path, table, hints, stop, error);
      if (candidates == NULL)
        return NULL;
    }
  if (candidates->len == 1)
    return g_strdup (((MatineeDataChoice *) g_ptr_array_index (candidates, 0))->path);
  if (candidates->len > MOST_FILES || (candidates->len == 0 && members->len > MOST_FILES))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("\u201c%s\u201d holds %u files, too many to look for the table in: unpack it, and open the "
                      "table"),
                   name, members->len);
      return NULL;
    }
  set_choice_error (members, candidates, name, table, error);
  if (choices != NULL && candidates->len > 0)
    *choices = g_steal_pointer (&candidates);
  return NULL;
}

/**
 * matinee_data_file_find:
 * @path: a file, which may be an archive or a member of one
 * @table: what it is opened as
 * @hints: (nullable): what somebody says about how it is to be read
 * @choices: (out) (optional) (nullable) (element-type MatineeDataChoice): with
 *   %MATINEE_ERROR_AMBIGUOUS, what could be meant
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Finds the table in an archive: the only file, or else that which has the name
 * MovieLens gives to such a table, or else that which can be read as one, perhaps only
 * when somebody says how. Other files are what they are.
 * Cost: O(1) for other files and O(members) for zip archives; a compressed tar archive
 * is unpacked, in bounded memory.
 *
 * Returns: (transfer full) (type filename) (nullable): the path to open; or %NULL with
 *   %MATINEE_ERROR_AMBIGUOUS (several could be meant), %MATINEE_ERROR_DATA (none), or
 *   an error of matinee_archive_open()
 */
char *
matinee_data_file_find (const char *path, MatineeTable table, const MatineeTextHints *hints, GPtrArray **choices,
                        MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeArchive) archive = NULL;
  g_autofree char *member = NULL;
  g_autofree char *file = matinee_archive_split_path (path, &member);
  gboolean is_compressed = FALSE;

  if (choices != NULL)
    *choices = NULL;
  if (member != NULL)
    return g_strdup (path);
  if (!matinee_archive_probe_file (file, &is_compressed, error))
    return NULL;
  if (!is_compressed)
    return g_strdup (path);
  archive = matinee_archive_open (file, stop, error);
  if (archive == NULL)
    return NULL;
  return matinee_archive_is_container (archive) ? find_member (path, table, hints, choices, stop, error)
                                                : g_strdup (path);
}

/* The titles in the archive that the ratings are in: those in the same folder under
 * the name that belongs to theirs, or else the only ones. */
static char *
find_titles_in_archive (const char *archive, const char *member, const char *wanted, MatineeStop *stop)
{
  g_autofree char *folder = g_path_get_dirname (member);
  g_autofree char *beside = g_str_equal (folder, ".") ? g_strdup (wanted) : g_build_filename (folder, wanted, NULL);
  g_autofree char *ratings = g_build_filename (archive, member, NULL);
  g_autofree char *refused = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GPtrArray) members = list_members (archive, &refused, stop, NULL);

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const MatineeDataChoice *choice = g_ptr_array_index (members, i);

      if (g_str_equal (choice->name, beside) && !g_str_equal (choice->name, member))
        return g_strdup (choice->path);
    }
  if (members == NULL || members->len < 2)
    return NULL;
  found = matinee_data_file_find (archive, MATINEE_TABLE_TITLES, NULL, NULL, stop, NULL);
  return found != NULL && !g_str_equal (found, ratings) ? g_steal_pointer (&found) : NULL;
}

static char *
find_titles_in_folder (const char *ratings, const char *wanted, const char *suffix)
{
  g_autofree char *folder = g_path_get_dirname (ratings);
  g_autofree char *name = g_strconcat (wanted, suffix, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *ratings_path = g_build_filename (folder, base_name (ratings), NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_str_equal (path, ratings_path) ? g_steal_pointer (&path)
                                                                                         : NULL;
}

/**
 * matinee_data_file_find_titles:
 * @ratings: a ratings file, as matinee_data_file_find() gives it
 * @stop: (nullable): asks to stop
 *
 * Finds the titles that belong to a ratings file: beside it, or in the same archive.
 *
 * Returns: (transfer full) (type filename) (nullable): their path, or %NULL when there
 *   are none or it is not sure which
 */
char *
matinee_data_file_find_titles (const char *ratings, MatineeStop *stop)
{
  g_autofree char *member = NULL;
  g_autofree char *file = matinee_archive_split_path (ratings, &member);
  g_autofree char *name = g_strdup (base_name (ratings));
  const char *suffix = "";
  char *found = NULL;
  int known;

  for (guint i = 0; i < G_N_ELEMENTS (compressed); i++)
    if (g_str_has_suffix (name, compressed[i]))
      {
        name[strlen (name) - strlen (compressed[i])] = '\0';
        suffix = compressed[i];
        break;
      }
  known = MAX (find_known (name, FALSE), 0);
  if (member != NULL)
    return find_titles_in_archive (file, member, known_names[known].titles, stop);
  if (*suffix != '\0')
    found = find_titles_in_folder (ratings, known_names[known].titles, suffix);
  return found != NULL ? found : find_titles_in_folder (ratings, known_names[known].titles, "");
}

/**
 * matinee_data_file_is_member:
 * @path: a path
 *
 * Returns: whether it is that of a file in an archive
 */
gboolean
matinee_data_file_is_member (const char *path)
{
  g_autofree char *member = NULL;
  g_autofree char *file = matinee_archive_split_path (path, &member);

  return member != NULL;
}

/**
 * matinee_data_file_affords_times:
 * @path: a ratings file, as matinee_data_file_find() gives it
 *
 * Times cost memory, which nobody should pay for who has a large file and no use for
 * them. Of a file in an archive, the size of the archive tells.
 *
 * Returns: whether to read when ratings were given, in case that is asked for
 */
gboolean
matinee_data_file_affords_times (const char *path)
{
  const goffset most = matinee_data_file_is_member (path) ? TIMES_UP_TO / PACKED : TIMES_UP_TO;
  g_autofree char *file = g_strdup (path);
  GStatBuf known;

  while (g_stat (file, &known) != 0)
    {
      char *folder = g_path_get_dirname (file);
      gboolean is_root = g_str_equal (folder, file);

      g_free (file);
      file = folder;
      if (is_root)
        return FALSE;
    }
  return known.st_size <= most;
}

/**
 * matinee_data_file_open:
 * @path: a file, which may be compressed, an archive or a member of one
 * @table: what it is opened as
 * @hints: (nullable): what somebody says about how it is to be read
 * @stop: (nullable): asks to stop; must outlive the source
 * @error: return location
 *
 * Opens a table for reading: matinee_data_file_find(), then
 * matinee_text_source_open().
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with an error of those
 */
MatineeTextSource *
matinee_data_file_open (const char *path, MatineeTable table, const MatineeTextHints *hints, MatineeStop *stop,
                        GError **error)
{
  g_autofree char *found = matinee_data_file_find (path, table, hints, NULL, stop, error);

  return found != NULL ? matinee_text_source_open (found, stop, error) : NULL;
}
