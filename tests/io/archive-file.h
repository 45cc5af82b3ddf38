/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ArchiveFileKind:
 *
 * How a file of a test is compressed; the last four hold one text without a name.
 */
typedef enum
{
  ARCHIVE_FILE_ZIP,
  ARCHIVE_FILE_ZIP_ENCRYPTED,
  ARCHIVE_FILE_TAR,
  ARCHIVE_FILE_TAR_GZIP,
  ARCHIVE_FILE_GZIP,
  ARCHIVE_FILE_BZIP2,
  ARCHIVE_FILE_XZ,
  ARCHIVE_FILE_ZSTD
} ArchiveFileKind;

/**
 * ArchiveFileMember:
 * @name: its name in the archive
 * @text: what it holds
 * @length: bytes of @text, or 0 for all up to its NUL
 * @repeat: how often @text comes, or 0 for once
 */
typedef struct
{
  const char *name;
  const char *text;
  gsize length;
  guint repeat;
} ArchiveFileMember;

void archive_file_write (const char *path, ArchiveFileKind kind, const ArchiveFileMember *members, guint n);
void archive_file_write_text (const char *path, ArchiveFileKind kind, const char *name, const char *text);

G_END_DECLS
