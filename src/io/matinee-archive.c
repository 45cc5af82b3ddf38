/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "matinee-error.h"
#include "matinee-input-file.h"
#include "matinee-text-excerpt.h"

/* Compressed bytes given to libarchive at a time: few, so that it comes back soon
 * even from a file in which each of them stands for thousands. */
#define BLOCK ((gsize) 1 << 14)

/* Names that are longer are refused: no table needs one. */
#define LONGEST_NAME 1024

struct _MatineeArchive
{
  char *name; /* of the file */
  int file;
  guint64 file_size;
  guint64 offset; /* what libarchive reads next */
  MatineeStop *stop;
  GError *error; /* (nullable): why the file could not be read */
  struct archive *archive;
  gboolean is_zip;
  gboolean is_container;
  gboolean is_first;  /* whether the first member was found and nobody has taken it */
  gboolean at_end;    /* whether there are no more members */
  char *member;       /* (nullable): name of the current member */
  char *message_name; /* what messages call the current member */
  char *refused;      /* (nullable): the first name that was refused, fit to be shown */
  guint64 size;       /* of the current member, as the archive says */
  gboolean encrypted;
  guint64 start;    /* compressed bytes before @unpacked was counted */
  guint64 unpacked; /* bytes of text since then */
  char block[BLOCK];
};

/**
 * matinee_archive_probe:
 * @head: (array length=n): the first bytes of a file
 * @n: how many; %MATINEE_ARCHIVE_HEAD, or all that there are
 *
 * Tells by its content whether a file is one that matinee_archive_open() reads: a zip
 * or tar archive, or compressed by gzip, bzip2, xz or Zstandard.
 *
 * Returns: whether it is
 */
gboolean
matinee_archive_probe (const char *head, gsize n)
{
  static const struct
  {
    gsize at;
    gsize length;
    const char *bytes;
  } marks[] = {
    { 0, 4, "PK\x03\x04" }, { 0, 4, "PK\x05\x06" },      { 0, 4, "PK\x07\x08" },       { 0, 2, "\x1f\x8b" },
    { 0, 3, "BZh" },        { 0, 6, "\xfd\x37zXZ\x00" }, { 0, 4, "\x28\xb5\x2f\xfd" }, { 257, 5, "ustar" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (n >= marks[i].at + marks[i].length && memcmp (head + marks[i].at, marks[i].bytes, marks[i].length) == 0)
      return TRUE;
  return FALSE;
}

/**
 * matinee_archive_probe_file:
 * @path: a file
 * @is_compressed: (out): whether matinee_archive_open() reads it
 * @error: return location
 *
 * Does what matinee_archive_probe() does.
 *
 * Returns: %FALSE with a #GFileError when the file can't be read
 */
gboolean
matinee_archive_probe_file (const char *path, gboolean *is_compressed, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  char head[MATINEE_ARCHIVE_HEAD];
  guint64 size;
  int file = matinee_input_file_open (path, &size, error);
  gboolean done;

  if (file < 0)
    return FALSE;
  size = MIN (size, sizeof head);
  done = matinee_input_file_read (file, name, 0, head, (gsize) size, error);
  close (file);
  *is_compressed = done && matinee_archive_probe (head, (gsize) size);
  return done;
}

/**
 * matinee_archive_split_path:
 * @path: a path, which may go on behind a file as if that were a folder:
 *   "ml-1m.zip/ml-1m/ratings.dat"
 * @member: (out) (transfer full) (nullable): what follows the file
 *
 * Tells where a file ends and the name of a member in it begins.
 *
 * Returns: (transfer full): the path of the file
 */
char *
matinee_archive_split_path (const char *path, char **member)
{
  g_autofree char *file = g_strdup (path);
  struct stat about = { 0 };
  const char *after;

  *member = NULL;
  while (stat (file, &about) != 0 && errno == ENOTDIR)
    {
      char *slash = strrchr (file, '/');

      if (slash == NULL || slash == file)
        return g_strdup (path);
      *slash = '\0';
    }
  after = path + strlen (file) + strspn (path + strlen (file), "/");
  if (*after == '\0' || !S_ISREG (about.st_mode))
    return g_strdup (path);
  *member = g_strdup (after);
  return g_steal_pointer (&file);
}

/**
 * matinee_archive_dup_name:
 * @path: a path, perhaps of a member of an archive
 *
 * Returns: (transfer full): how to call it in a message: "ratings.csv", or
 *   "ml-1m.zip: ml-1m/ratings.dat"
 */
char *
matinee_archive_dup_name (const char *path)
{
  g_autofree char *member = NULL;
  g_autofree char *file = matinee_archive_split_path (path, &member);
  g_autofree char *name = g_filename_display_basename (file);
  g_autofree char *shown = member != NULL ? g_utf8_make_valid (member, -1) : NULL;

  return shown != NULL ? g_strdup_printf ("%s: %s", name, shown) : g_steal_pointer (&name);
}

static la_ssize_t
read_cb (struct archive *archive, void *data, const void **block)
{
  MatineeArchive *self = data;
  gsize n = (gsize) MIN (BLOCK, self->file_size - self->offset);

  if (matinee_stop_requested (self->stop) || self->error != NULL
      || !matinee_input_file_read (self->file, self->name, self->offset, self->block, n, &self->error))
    {
      archive_set_error (archive, EIO, "-");
      return ARCHIVE_FATAL;
    }
  self->offset += n;
  *block = self->block;
  return (la_ssize_t) n;
}

static la_int64_t
seek_cb (struct archive *archive, void *data, la_int64_t offset, int whence)
{
  MatineeArchive *self = data;
  la_int64_t size = (la_int64_t) self->file_size;
  la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (la_int64_t) self->offset : size;

  /* Offsets come from the file: 64 bits of anything. */
  if (offset < -base || offset > size - base)
    {
      archive_set_error (archive, EINVAL, "an offset leads out of the file");
      return ARCHIVE_FATAL;
    }
  self->offset = (guint64) (base + offset);
  return base + offset;
}

/* Says why libarchive has failed with @status. */
static gboolean
set_error (MatineeArchive *self, int status, GError **error)
{
  const char *name = self->message_name != NULL ? self->message_name : self->name;
  const char *why = archive_error_string (self->archive);
  g_autofree char *shown = matinee_text_excerpt (why != NULL ? why : "?", why != NULL ? strlen (why) : 1);

  if (matinee_stop_requested (self->stop))
    matinee_error_set_cancelled (error);
  else if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (status == ARCHIVE_FAILED && archive_errno (self->archive) > 0)
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 /* Translators: the second %s is a technical reason, in English */
                 _ ("%s can\u2019t be unpacked (%s): unpack it with another program, and open what comes out"), name,
                 shown);
  else
    g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
                 /* Translators: the second %s is a technical reason, in English */
                 _ ("%s is cut off or damaged (%s): copy or download it again"), name, shown);
  return FALSE;
}

static gboolean
open_archive (MatineeArchive *self, GError **error)
{
  struct archive *archive = self->archive;
  int status = ARCHIVE_OK;

  if (self->is_zip)
    /* By its directory, which is at the end: a file that was cut off has none. */
    archive_read_support_format_zip_seekable (archive);
  else
    {
      archive_read_support_filter_gzip (archive);
      archive_read_support_filter_bzip2 (archive);
      archive_read_support_filter_xz (archive);
      archive_read_support_filter_zstd (archive);
      archive_read_support_format_tar (archive);
      archive_read_support_format_raw (archive);
      archive_read_support_format_empty (archive);
    }
  archive_read_set_callback_data (archive, self);
  archive_read_set_read_callback (archive, read_cb);
  archive_read_set_seek_callback (archive, seek_cb);
  status = archive_read_open1 (archive);
  return status == ARCHIVE_OK || set_error (self, ARCHIVE_FATAL, error);
}

/**
 * matinee_archive_open:
 * @path: a compressed file
 * @stop: (nullable): asks to stop; must outlive the archive
 * @error: return location
 *
 * Opens a compressed file, before its first member. What kind it is, is told by its
 * content and not by its name. A tar archive may itself be compressed.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with a #GFileError,
 *   %MATINEE_ERROR_FORMAT or %MATINEE_ERROR_CANCELLED
 */
MatineeArchive *
matinee_archive_open (const char *path, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineeArchive) self = g_new0 (MatineeArchive, 1);
  char head[4] = "";

  self->name = g_filename_display_basename (path);
  self->stop = stop;
  self->archive = archive_read_new ();
  self->file = matinee_input_file_open (path, &self->file_size, error);
  if (self->file < 0
      || !matinee_input_file_read (self->file, self->name, 0, head, (gsize) MIN (sizeof head, self->file_size), error))
    return NULL;
  self->is_zip = memcmp (head, "PK", 2) == 0;
  /* A zip archive of no files begins with its end, which libarchive does not take for
   * one. */
  self->at_end = memcmp (head, "PK\x05\x06", 4) == 0;
  if (!self->at_end && !open_archive (self, error))
    return NULL;
  /* Only the first header tells a compressed tar archive from compressed text. */
  if (!matinee_archive_next (self, &self->is_first, error))
    return NULL;
  self->is_container
      = self->is_zip || (archive_format (self->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  if (!self->is_container)
    {
      g_clear_pointer (&self->member, g_free);
      g_clear_pointer (&self->message_name, g_free);
    }
  return g_steal_pointer (&self);
}

/**
 * matinee_archive_free:
 * @self: (nullable) (transfer full): an archive
 *
 * Closes it.
 */
void
matinee_archive_free (MatineeArchive *self)
{
  if (self == NULL)
    return;
  archive_read_free (self->archive);
  if (self->file >= 0)
    close (self->file);
  g_clear_error (&self->error);
  g_free (self->member);
  g_free (self->message_name);
  g_free (self->refused);
  g_free (self->name);
  g_free (self);
}

/* The name of a member, without what changes nothing: NULL for one that leads out of
 * the archive or can't be shown on one line, which no honest archive has. */
static char *
normalize_name (const char *name)
{
  g_autoptr (GString) normal = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  if (*name == '/' || strlen (name) > LONGEST_NAME)
    return NULL;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return NULL;
  parts = g_strsplit (name, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_equal (parts[i], ".."))
        return NULL;
      if (*parts[i] != '\0' && !g_str_equal (parts[i], "."))
        g_string_append_printf (normal, normal->len > 0 ? "/%s" : "%s", parts[i]);
    }
  return normal->len > 0 ? g_string_free (g_steal_pointer (&normal), FALSE) : NULL;
}

/* Takes a header into account: whether it is of a file that can be opened. */
static gboolean
take_entry (MatineeArchive *self, struct archive_entry *entry)
{
  const char *found = archive_entry_pathname_utf8 (entry);
  g_autofree char *name = NULL;

  if (archive_entry_filetype (entry) != AE_IFREG)
    return FALSE;
  if (found == NULL)
    found = archive_entry_pathname (entry);
  name = g_utf8_make_valid (found != NULL ? found : "", -1);
  self->member = normalize_name (name);
  if (self->member == NULL)
    {
      if (self->refused == NULL)
        self->refused = matinee_text_excerpt (name, strlen (name));
      return FALSE;
    }
  self->message_name = g_strdup_printf ("%s: %s", self->name, self->member);
  self->size = archive_entry_size_is_set (entry) ? (guint64) MAX (archive_entry_size (entry), 0) : 0;
  self->encrypted = archive_entry_is_encrypted (entry) != 0;
  if (self->is_zip)
    {
      self->start = (guint64) archive_filter_bytes (self->archive, -1);
      self->unpacked = 0;
    }
  return TRUE;
}

/* Reads to the end of the current member: where there is no directory, members can
 * only be skipped by unpacking them, which is not left to libarchive, as it would
 * neither stop nor see a bomb. */
static gboolean
skip_member (MatineeArchive *self, GError **error)
{
  char buffer[BLOCK];
  gsize got = 1;

  while (self->is_container && !self->is_zip && self->member != NULL && got > 0)
    if (!matinee_archive_read (self, buffer, sizeof buffer, &got, error))
      return FALSE;
  return TRUE;
}

/**
 * matinee_archive_next:
 * @self: an archive
 * @found: (out): whether there is another
 * @error: return location
 *
 * Goes to the next member that is a file. Those whose names are absolute, lead out
 * of the archive or hold control characters are left out.
 * Cost: O(1) in a zip archive, else O(the member before).
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT, %MATINEE_ERROR_CANCELLED or a
 *   #GFileError
 */
gboolean
matinee_archive_next (MatineeArchive *self, gboolean *found, GError **error)
{
  *found = self->is_first;
  self->is_first = FALSE;
  if (*found || self->at_end)
    return TRUE;
  if (!skip_member (self, error))
    return FALSE;
  for (;;)
    {
      struct archive_entry *entry;
      int status;

      g_clear_pointer (&self->member, g_free);
      g_clear_pointer (&self->message_name, g_free);
      if (matinee_stop_requested (self->stop))
        return set_error (self, ARCHIVE_FATAL, error);
      status = archive_read_next_header (self->archive, &entry);
      self->at_end = status == ARCHIVE_EOF;
      if (self->at_end)
        return TRUE;
      if (status < ARCHIVE_WARN)
        return set_error (self, ARCHIVE_FATAL, error);
      if (take_entry (self, entry))
        {
          *found = TRUE;
          return TRUE;
        }
    }
}

/**
 * matinee_archive_find:
 * @self: an archive that was just opened
 * @member: (nullable): the name of a member, or %NULL for the first
 * @error: return location
 *
 * Goes to a member.
 *
 * Returns: %FALSE with %MATINEE_ERROR_NOT_FOUND or an error of matinee_archive_next()
 */
gboolean
matinee_archive_find (MatineeArchive *self, const char *member, GError **error)
{
  g_autofree char *wanted = NULL;
  gboolean found;

  if (member != NULL && self->is_container)
    wanted = normalize_name (member);
  do
    if (!matinee_archive_next (self, &found, error))
      return FALSE;
  while (found && wanted != NULL && !g_str_equal (wanted, self->member));
  if (member != NULL && (!found || wanted == NULL))
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_NOT_FOUND,
                   self->is_container
                       ? _ ("\u201c%s\u201d holds no \u201c%s\u201d: choose one of the files that are in it")
                       : _ ("\u201c%s\u201d is not an archive, so there is no \u201c%s\u201d in it: open it by its "
                            "own name"),
                   self->name, member);
      return FALSE;
    }
  if (found && !self->is_container && archive_filter_code (self->archive, 0) == ARCHIVE_FILTER_NONE)
    {
      archive_set_error (self->archive, EILSEQ, "Unrecognized archive format");
      return set_error (self, ARCHIVE_FATAL, error);
    }
  if (!found || !self->encrypted)
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s is encrypted: unpack it with its password, and open what comes out"), self->message_name);
  return FALSE;
}

/**
 * matinee_archive_is_container:
 * @self: an archive
 *
 * Returns: whether it holds files with names; else it is one compressed file
 */
gboolean
matinee_archive_is_container (const MatineeArchive *self)
{
  return self->is_container;
}

/**
 * matinee_archive_get_name:
 * @self: an archive
 *
 * Returns: (transfer none): what messages call the current member
 */
const char *
matinee_archive_get_name (const MatineeArchive *self)
{
  return self->message_name != NULL ? self->message_name : self->name;
}

/**
 * matinee_archive_get_member:
 * @self: an archive
 *
 * Returns: (transfer none) (nullable): the name of the current member, in UTF-8 and
 *   relative; %NULL in a file that is no container, and at the end
 */
const char *
matinee_archive_get_member (const MatineeArchive *self)
{
  return self->member;
}

/**
 * matinee_archive_get_refused:
 * @self: an archive
 *
 * Returns: (transfer none) (nullable): a name that was left out because it is none
 *   that can be opened, fit to be shown
 */
const char *
matinee_archive_get_refused (const MatineeArchive *self)
{
  return self->refused;
}

/**
 * matinee_archive_get_size:
 * @self: an archive
 *
 * Returns: bytes of the current member, unpacked, as the archive says: it may lie
 */
guint64
matinee_archive_get_size (const MatineeArchive *self)
{
  return self->size;
}

static guint64
get_consumed (const MatineeArchive *self)
{
  return MAX ((guint64) archive_filter_bytes (self->archive, -1), self->start) - self->start;
}

/**
 * matinee_archive_read:
 * @self: an archive, at a member
 * @buffer: (array length=n): where to
 * @n: how many bytes at most
 * @got: (out): how many were unpacked; less than @n only at the end of the member
 * @error: return location
 *
 * Unpacks the next bytes of the current member. Looks at the flag to stop, so ask
 * for some 64 kB at a time.
 *
 * Returns: %FALSE with %MATINEE_ERROR_FORMAT (damaged), %MATINEE_ERROR_DATA (more
 *   text than %MATINEE_ARCHIVE_MOST_RATIO allows), %MATINEE_ERROR_CANCELLED or a
 *   #GFileError
 */
gboolean
matinee_archive_read (MatineeArchive *self, char *buffer, gsize n, gsize *got, GError **error)
{
  *got = 0;
  while (*got < n && !self->at_end)
    {
      la_ssize_t count = archive_read_data (self->archive, buffer + *got, n - *got);

      if (count == ARCHIVE_RETRY && !matinee_stop_requested (self->stop))
        continue;
      if (count < 0 || matinee_stop_requested (self->stop))
        return set_error (self, (int) MIN (count, 0), error);
      if (count == 0)
        break;
      *got += (gsize) count;
    }
  self->unpacked += *got;
  if (self->unpacked <= MATINEE_ARCHIVE_FREE_SIZE || self->unpacked / MATINEE_ARCHIVE_MOST_RATIO <= get_consumed (self))
    return TRUE;
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
               _ ("%s unpacks to more than %u times its size, as no table of ratings or titles does: if it is right, "
                  "unpack it with another program, and open what comes out"),
               matinee_archive_get_name (self), (guint) MATINEE_ARCHIVE_MOST_RATIO);
  return FALSE;
}

/**
 * matinee_archive_get_fraction:
 * @self: an archive
 *
 * Returns: how much of the compressed bytes is read, 0 … 1; a member of a zip archive
 *   counts from where it begins to the end of the file
 */
double
matinee_archive_get_fraction (const MatineeArchive *self)
{
  double all = (double) (self->file_size - MIN (self->file_size, self->start));

  return all > 0 ? MIN ((double) get_consumed (self) / all, 1) : 1;
}
