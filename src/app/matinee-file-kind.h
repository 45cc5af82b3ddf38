/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-diagnosis.h"

G_BEGIN_DECLS

/**
 * MatineeFileKind:
 * @MATINEE_FILE_RATINGS: it looks like ratings, or like nothing that is known
 * @MATINEE_FILE_TITLES: it looks like titles
 * @MATINEE_FILE_MODEL: it looks like a saved model
 *
 * What a file that was dropped on the window, or given on the command line, holds.
 */
typedef enum
{
  MATINEE_FILE_RATINGS,
  MATINEE_FILE_TITLES,
  MATINEE_FILE_MODEL
} MatineeFileKind;

MatineeFileKind matinee_file_kind_from_diagnosis (const MatineeDiagnosis *diagnosis, const char *name);
void matinee_file_kind_guess_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
MatineeFileKind matinee_file_kind_guess_finish (GFile *file, GAsyncResult *result);

G_END_DECLS
