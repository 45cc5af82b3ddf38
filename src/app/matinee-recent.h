/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-settings.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_RECENT (matinee_recent_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRecent, matinee_recent, MATINEE, RECENT, GObject)

/* Signal, on the main thread: "changed" (): the list is another one. */
MatineeRecent *matinee_recent_new (MatineeSettings *settings);
void matinee_recent_add (MatineeRecent *self, GFile *file, GFile *titles, const MatineeTextHints *hints);
void matinee_recent_remove (MatineeRecent *self, GFile *file);
void matinee_recent_clear (MatineeRecent *self);
guint matinee_recent_get_n (MatineeRecent *self);
GFile *matinee_recent_dup_file (MatineeRecent *self, guint index);
GFile *matinee_recent_dup_titles (MatineeRecent *self, guint index);
void matinee_recent_take_hints (MatineeRecent *self, GFile *file, MatineeTextHints *hints);

G_END_DECLS
