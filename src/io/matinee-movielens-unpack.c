/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "matinee-error.h"
#include "matinee-movielens.h"
#include "matinee-save-file.h"
#include "matinee-system.h"

#define BLOCK ((size_t) 256 << 10)

/* Without these a set can't be opened; the files after them may be missing. */
#define N_NEEDED 2

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

typedef struct
{
  const MatineeMovieLensSet *set;
  const char *path;
  const char *folder; /* that it is unpacked to, at first */
  guint64 total;
  guint64 done;
  MatineeMovieLensFunc func;
  gpointer data;
  GCancellable *cancellable;
} Unpacking;

G_GNUC_PRINTF (3, 4)
static void
set_broken (const Unpacking *self, GError **error, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list arguments;

  va_start (arguments, format);
  why = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("The archive of %s can’t be unpacked: %s. Download it again"), self->set->title, why);
}

static void
set_damaged (const Unpacking *self, Archive *archive, GError **error)
{
  const char *why = archive_error_string (archive);

  set_broken (self, error, _ ("it is damaged (%s)"), why != NULL ? why : "zip");
}

static void
set_folder_error (const char *folder, int code, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("The folder “%s” can’t be written to: %s. See to it that files may be written there, and try again"),
               name, g_strerror (code));
}

static Archive *
open_archive (const Unpacking *self, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();

  if (archive_read_support_format_zip_seekable (archive) == ARCHIVE_OK
      && archive_read_open_filename (archive, self->path, BLOCK) == ARCHIVE_OK)
    return g_steal_pointer (&archive);
  set_damaged (self, archive, error);
  return NULL;
}

/* Which of the files of the set a member is, −1 for none. Only whole names from the
 * catalogue count: no name in an archive ever becomes a path. */
static int
find_file (const Unpacking *self, struct archive_entry *entry)
{
  const char *name = archive_entry_pathname (entry);
  gsize length = strlen (self->set->inside);

  if (name == NULL || strncmp (name, self->set->inside, length) != 0 || name[length] != '/')
    return -1;
  for (int i = 0; i < MATINEE_MOVIELENS_MAX_FILES && self->set->files[i] != NULL; i++)
    if (g_str_equal (name + length + 1, self->set->files[i]))
      return i;
  return -1;
}

/* The next member that is a file of the set: 1 with @file, 0 at the end, −1 with an error. */
static int
next_file (const Unpacking *self, Archive *archive, struct archive_entry **entry, int *file, GError **error)
{
  for (;;)
    {
      int status = archive_read_next_header (archive, entry);

      if (status == ARCHIVE_EOF)
        return 0;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          set_damaged (self, archive, error);
          return -1;
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return -1;
      *file = find_file (self, *entry);
      if (*file >= 0)
        return 1;
    }
}

/* Everything that can be wrong and is told by the directory, before a byte is written. */
static gboolean
look_through (Unpacking *self, GError **error)
{
  g_autoptr (Archive) archive = open_archive (self, error);
  guint64 limit = matinee_movielens_get_limit (self->set);
  gboolean found[MATINEE_MOVIELENS_MAX_FILES] = { FALSE };
  struct archive_entry *entry;
  int file;
  int status;

  if (archive == NULL)
    return FALSE;
  while ((status = next_file (self, archive, &entry, &file, error)) > 0)
    {
      const char *name = self->set->files[file];

      if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL)
        set_broken (self, error, _ ("“%s” in it is not a regular file"), name);
      else if (archive_entry_is_encrypted (entry))
        set_broken (self, error, _ ("“%s” in it is encrypted"), name);
      else if (found[file])
        set_broken (self, error, _ ("“%s” is in it twice"), name);
      else if (!g_uint64_checked_add (&self->total, self->total, (guint64) archive_entry_size (entry))
               || self->total > limit)
        set_broken (self, error, _ ("“%s” in it is far larger than it should be"), name);
      else
        {
          found[file] = TRUE;
          continue;
        }
      return FALSE;
    }
  for (int i = 0; status == 0 && i < N_NEEDED; i++)
    if (!found[i])
      {
        set_broken (self, error, _ ("there is no “%s” in it"), self->set->files[i]);
        return FALSE;
      }
  return status == 0;
}

/* Sizes in a directory may lie: what counts is what comes out. */
static gboolean
copy (Unpacking *self, Archive *archive, MatineeSaveFile *to, GError **error)
{
  g_autofree char *block = g_malloc (BLOCK);

  for (;;)
    {
      la_ssize_t n = archive_read_data (archive, block, BLOCK);

      if (n == 0)
        return TRUE;
      if (n < 0)
        {
          set_damaged (self, archive, error);
          return FALSE;
        }
      self->done += (guint64) n;
      if (self->done > self->total)
        {
          set_broken (self, error, _ ("its files are larger than it says"));
          return FALSE;
        }
      if (!matinee_save_file_write (to, block, (gsize) n, error)
          || g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (self->func != NULL)
        self->func (self->done, self->total, self->data);
    }
}

static gboolean
take_out (Unpacking *self, GError **error)
{
  g_autoptr (Archive) archive = open_archive (self, error);
  struct archive_entry *entry;
  int file;
  int status;

  if (archive == NULL)
    return FALSE;
  while ((status = next_file (self, archive, &entry, &file, error)) > 0)
    {
      g_autofree char *path = g_build_filename (self->folder, self->set->files[file], NULL);
      g_autoptr (MatineeSaveFile) to = matinee_save_file_new (path, error);

      if (to == NULL || !copy (self, archive, to, error) || !matinee_save_file_commit (to, error))
        return FALSE;
    }
  return status == 0;
}

/* What an unpacking that was killed has left behind goes too. */
static gboolean
empty_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        {
          set_folder_error (folder, errno, error);
          return FALSE;
        }
    }
  return dir != NULL;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  GStatBuf known;

  if (g_mkdir (folder, 0777) == 0)
    return TRUE;
  if (errno == EEXIST && g_lstat (folder, &known) == 0 && S_ISDIR (known.st_mode))
    return empty_folder (folder, error);
  set_folder_error (folder, errno, error);
  return FALSE;
}

/* A set that was there before is replaced file by file, so that what else people keep
 * in its folder stays; the ratings last, as they are what is looked for. */
static gboolean
put_in_place (const Unpacking *self, const char *folder, GError **error)
{
  if (g_rename (self->folder, folder) == 0)
    return TRUE;
  if (errno != ENOTEMPTY && errno != EEXIST)
    {
      set_folder_error (folder, errno, error);
      return FALSE;
    }
  for (int i = MATINEE_MOVIELENS_MAX_FILES - 1; i >= 0; i--)
    {
      g_autofree char *from = NULL;
      g_autofree char *to = NULL;

      if (self->set->files[i] == NULL)
        continue;
      from = g_build_filename (self->folder, self->set->files[i], NULL);
      to = g_build_filename (folder, self->set->files[i], NULL);
      if (g_rename (from, to) != 0 && (errno != ENOENT || i < N_NEEDED))
        {
          set_folder_error (folder, errno, error);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * matinee_movielens_unpack:
 * @set: a set
 * @archive: its archive, a .zip
 * @root: the folder that sets are kept in
 * @func: (nullable) (scope call): told how far it is
 * @data: user data for @func
 * @cancellable: (nullable): cancel it to end
 * @error: return location
 *
 * Takes the files of the set out of the archive: regular files with the names that the
 * catalogue knows and nothing else, into a folder beside the set's own that then gets its
 * name. Only one of a set at a time. O(size of the files).
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT for an archive that is not what it should
 *   be, a #GFileError, also when there is no room for the files, or
 *   %G_IO_ERROR_CANCELLED; then nothing has changed
 */
gboolean
matinee_movielens_unpack (const MatineeMovieLensSet *set, const char *archive, const char *root,
                          MatineeMovieLensFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = matinee_movielens_dup_folder (set, root);
  g_autofree char *name = g_strconcat (".", set->name, ".unpacking", NULL);
  g_autofree char *temporary = g_build_filename (root, name, NULL);
  Unpacking self
      = { .set = set, .path = archive, .folder = temporary, .func = func, .data = data, .cancellable = cancellable };
  gboolean done;

  if (!look_through (&self, error) || !matinee_system_check_space (root, self.total, error)
      || !make_folder (temporary, error))
    return FALSE;
  done = take_out (&self, error) && put_in_place (&self, folder, error);
  /* It is gone already where it has become the folder of the set. */
  if (g_file_test (temporary, G_FILE_TEST_IS_DIR) && empty_folder (temporary, NULL))
    g_rmdir (temporary);
  return done;
}
