/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (matinee - error - quark, matinee_error)

/**
 * matinee_error_set_cancelled:
 * @error: return location
 *
 * Sets %MATINEE_ERROR_CANCELLED, so that every part words it alike.
 */
void
matinee_error_set_cancelled (GError **error)
{
  g_set_error_literal (error, MATINEE_ERROR, MATINEE_ERROR_CANCELLED, _ ("Stopped on request"));
}
