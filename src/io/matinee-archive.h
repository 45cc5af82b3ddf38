/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"

G_BEGIN_DECLS

/* Bytes of a file's head that tell whether it is compressed. */
#define MATINEE_ARCHIVE_HEAD ((gsize) 512)

/* Text that is larger than its compressed form by more than this is refused, once it
 * is larger than the second number of bytes: ratings compress to a tenth or so, and
 * what is larger was made to fill the memory or the day. */
#define MATINEE_ARCHIVE_MOST_RATIO 250
#define MATINEE_ARCHIVE_FREE_SIZE ((guint64) 1 << 24)

/**
 * MatineeArchive:
 *
 * A compressed file that is open for reading, member after member. A file that is
 * compressed without being an archive has one member without a name. Nothing is ever
 * unpacked to disk.
 */
typedef struct _MatineeArchive MatineeArchive;

gboolean matinee_archive_probe (const char *head, gsize n);
gboolean matinee_archive_probe_file (const char *path, gboolean *is_compressed, GError **error);
char *matinee_archive_split_path (const char *path, char **member);
char *matinee_archive_dup_name (const char *path);

MatineeArchive *matinee_archive_open (const char *path, MatineeStop *stop, GError **error);
void matinee_archive_free (MatineeArchive *self);
gboolean matinee_archive_is_container (const MatineeArchive *self);
gboolean matinee_archive_next (MatineeArchive *self, gboolean *found, GError **error);
gboolean matinee_archive_find (MatineeArchive *self, const char *member, GError **error);
const char *matinee_archive_get_name (const MatineeArchive *self);
const char *matinee_archive_get_member (const MatineeArchive *self);
const char *matinee_archive_get_refused (const MatineeArchive *self);
guint64 matinee_archive_get_size (const MatineeArchive *self);
gboolean matinee_archive_read (MatineeArchive *self, char *buffer, gsize n, gsize *got, GError **error);
double matinee_archive_get_fraction (const MatineeArchive *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeArchive, matinee_archive_free)

G_END_DECLS
