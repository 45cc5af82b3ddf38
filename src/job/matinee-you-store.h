/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-you-file.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_YOU_STORE (matinee_you_store_get_type ())

G_DECLARE_FINAL_TYPE (MatineeYouStore, matinee_you_store, MATINEE, YOU_STORE, GObject)

MatineeYouStore *matinee_you_store_new (const char *path);
void matinee_you_store_read_async (MatineeYouStore *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *matinee_you_store_read_finish (MatineeYouStore *self, GAsyncResult *result, GError **error);
void matinee_you_store_write (MatineeYouStore *self, const GPtrArray *ratings);
gboolean matinee_you_store_get_busy (MatineeYouStore *self);

void matinee_you_import_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *matinee_you_import_finish (GAsyncResult *result, GError **error);

G_END_DECLS
