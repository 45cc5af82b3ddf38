/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-part-file.h"

G_BEGIN_DECLS

/**
 * MatineeDownload:
 *
 * Gets files over HTTPS, or over HTTP from where that was asked for. Waits, so it is for a
 * worker thread; made, used and freed in the same one.
 */
typedef struct _MatineeDownload MatineeDownload;

/**
 * MatineeDownloadFunc:
 * @done: bytes that are there
 * @total: bytes of the whole file, or 0 when the server does not say
 * @data: user data
 */
typedef void (*MatineeDownloadFunc) (guint64 done, guint64 total, gpointer data);

MatineeDownload *matinee_download_new (void);
void matinee_download_free (MatineeDownload *download);
char *matinee_download_get_text (MatineeDownload *download, const char *url, GCancellable *cancellable, GError **error);
gboolean matinee_download_get_file (MatineeDownload *download, const char *url, guint64 limit, MatineePartFile *part,
                                    MatineeDownloadFunc func, gpointer data, GCancellable *cancellable, GError **error);
gboolean matinee_download_may_follow (GUri *from, GUri *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeDownload, matinee_download_free)

G_END_DECLS
