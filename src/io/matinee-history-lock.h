/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeHistoryLock:
 *
 * A file beside the history, of which programs lock bytes: byte 0 while they open
 * the history, and the byte of their session's number as long as they live. The
 * system takes a lock away when a program ends in whatever way, so one that is
 * held tells that its session lives.
 */
typedef struct _MatineeHistoryLock MatineeHistoryLock;

MatineeHistoryLock *matinee_history_lock_new (const char *path, gboolean read_only);
void matinee_history_lock_free (MatineeHistoryLock *lock);
gboolean matinee_history_lock_take (MatineeHistoryLock *lock, gint64 byte);
void matinee_history_lock_release (MatineeHistoryLock *lock, gint64 byte);
gboolean matinee_history_lock_is_held (MatineeHistoryLock *lock, gint64 byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeHistoryLock, matinee_history_lock_free)

G_END_DECLS
