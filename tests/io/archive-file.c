/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive-file.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static void
check (struct archive *archive, int status)
{
  if (status < ARCHIVE_OK)
    g_error ("%s", archive_error_string (archive));
}

static void
set_kind (struct archive *archive, ArchiveFileKind kind)
{
  switch (kind)
    {
    case ARCHIVE_FILE_ZIP_ENCRYPTED:
      check (archive, archive_write_set_format_zip (archive));
      check (archive, archive_write_set_options (archive, "zip:encryption=zipcrypt"));
      check (archive, archive_write_set_passphrase (archive, "secret"));
      return;
    case ARCHIVE_FILE_ZIP:
      check (archive, archive_write_set_format_zip (archive));
      return;
    case ARCHIVE_FILE_TAR_GZIP:
      check (archive, archive_write_add_filter_gzip (archive));
      check (archive, archive_write_set_format_ustar (archive));
      return;
    case ARCHIVE_FILE_TAR:
      check (archive, archive_write_set_format_ustar (archive));
      return;
    case ARCHIVE_FILE_GZIP:
      check (archive, archive_write_add_filter_gzip (archive));
      break;
    case ARCHIVE_FILE_BZIP2:
      check (archive, archive_write_add_filter_bzip2 (archive));
      break;
    case ARCHIVE_FILE_XZ:
      check (archive, archive_write_add_filter_xz (archive));
      break;
    case ARCHIVE_FILE_ZSTD:
      check (archive, archive_write_add_filter_zstd (archive));
      break;
    default:
      g_assert_not_reached ();
    }
  check (archive, archive_write_set_format_raw (archive));
}

/* Writes an archive. */
void
archive_file_write (const char *path, ArchiveFileKind kind, const ArchiveFileMember *members, guint n)
{
  struct archive *archive = archive_write_new ();

  set_kind (archive, kind);
  check (archive, archive_write_open_filename (archive, path));
  for (guint i = 0; i < n; i++)
    {
      const ArchiveFileMember *member = &members[i];
      struct archive_entry *entry = archive_entry_new ();
      gsize length = member->length > 0 ? member->length : strlen (member->text);
      guint repeat = MAX (member->repeat, 1);

      archive_entry_set_pathname (entry, member->name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) (length * repeat));
      check (archive, archive_write_header (archive, entry));
      for (guint r = 0; r < repeat; r++)
        g_assert_cmpint (archive_write_data (archive, member->text, length), ==, (gssize) length);
      archive_entry_free (entry);
    }
  check (archive, archive_write_close (archive));
  archive_write_free (archive);
}

/* Writes an archive of one file. */
void
archive_file_write_text (const char *path, ArchiveFileKind kind, const char *name, const char *text)
{
  ArchiveFileMember member = { name, text, 0, 0 };

  archive_file_write (path, kind, &member, 1);
}
