/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MatineeMailbox:
 *
 * Carries plain records and a progress fraction from a worker thread to the main
 * context that made it. At most one source waits at any time, and it fires at most
 * 30 times a second, however fast the worker posts.
 */
typedef struct _MatineeMailbox MatineeMailbox;

/**
 * MatineeMailboxFunc:
 * @records: (array length=n_records): what was posted since the last time, in order
 * @n_records: how many; may be 0 when only the fraction changed
 * @fraction: the last fraction posted
 * @data: user data
 *
 * Called in the main context that made the mailbox.
 */
typedef void (*MatineeMailboxFunc) (gconstpointer records, guint n_records, double fraction, gpointer data);

MatineeMailbox *matinee_mailbox_new (gsize record_size, MatineeMailboxFunc func, gpointer data);
void matinee_mailbox_post (MatineeMailbox *mailbox, gconstpointer record, double fraction);
void matinee_mailbox_flush (MatineeMailbox *mailbox);
void matinee_mailbox_close (MatineeMailbox *mailbox);

G_END_DECLS
