/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MATINEE_ERROR (matinee_error_quark ())

/**
 * MatineeError:
 * @MATINEE_ERROR_FORMAT: the bytes of a file are not what they should be; the
 *   message names file, line, column and the text found
 * @MATINEE_ERROR_DATA: the data is well formed but can't be used as asked
 * @MATINEE_ERROR_PARAMS: a parameter is out of range; the message names it,
 *   its value and its range
 * @MATINEE_ERROR_MEMORY: an allocation failed or would not fit; the message
 *   says how much was needed
 * @MATINEE_ERROR_DIVERGED: a number became infinite or not a number; the
 *   message names the parameter to change
 * @MATINEE_ERROR_CANCELLED: somebody asked to stop
 * @MATINEE_ERROR_NOT_FOUND: a user, movie or file is not in the data
 * @MATINEE_ERROR_AMBIGUOUS: several things could be meant; the message names them
 * @MATINEE_ERROR_UNCERTAIN: how a file is to be read is not certain, but somebody who
 *   knows it can say; the message tells what is to be decided
 *
 * What can go wrong in the core. Messages are translated, whole sentences,
 * made for people.
 */
typedef enum
{
  MATINEE_ERROR_FORMAT,
  MATINEE_ERROR_DATA,
  MATINEE_ERROR_PARAMS,
  MATINEE_ERROR_MEMORY,
  MATINEE_ERROR_DIVERGED,
  MATINEE_ERROR_CANCELLED,
  MATINEE_ERROR_NOT_FOUND,
  MATINEE_ERROR_AMBIGUOUS,
  MATINEE_ERROR_UNCERTAIN
} MatineeError;

GQuark matinee_error_quark (void);
void matinee_error_set_cancelled (GError **error);

G_END_DECLS
