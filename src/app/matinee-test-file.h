/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-ratings.h"
#include "matinee-text-format.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_TEST_FILE (matinee_test_file_get_type ())

G_DECLARE_FINAL_TYPE (MatineeTestFile, matinee_test_file, MATINEE, TEST_FILE, GObject)

/* Signals:
 *   "changed": another file is open, or none, or reading began or ended
 *   "failed" (GFile *file, const GError *error): it could not be opened; what was open
 *     before still is */
MatineeTestFile *matinee_test_file_new (void);
void matinee_test_file_open (MatineeTestFile *self, GFile *file, const MatineeTextHints *hints);
void matinee_test_file_close (MatineeTestFile *self);
gboolean matinee_test_file_get_loading (MatineeTestFile *self);
GFile *matinee_test_file_get_file (MatineeTestFile *self);
MatineeRatings *matinee_test_file_get_ratings (MatineeTestFile *self);

G_END_DECLS
