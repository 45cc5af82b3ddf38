/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "matinee-params.h"

G_BEGIN_DECLS

/**
 * MatineeCliParams:
 * @preset: (nullable): `--preset`
 * @solver: (nullable): `--solver`
 * @numbers: (array MATINEE_N_PARAMS): the text given for each parameter, %NULL
 *   where none was
 * @texts: the descriptions of the options
 *
 * The options that decide a training, as they were given.
 */
typedef struct
{
  char *preset;
  char *solver;
  char *numbers[MATINEE_N_PARAMS];
  GStringChunk *texts;
} MatineeCliParams;

MatineeCliParams *matinee_cli_params_new (GOptionContext *context);
void matinee_cli_params_free (MatineeCliParams *options);
gboolean matinee_cli_params_resolve (const MatineeCliParams *options, MatineeParams *params, GError **error);
void matinee_cli_params_note_unused (const MatineeCliParams *options, const MatineeParams *params);
void matinee_cli_params_print (const MatineeParams *params, MatineeParamId without);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeCliParams, matinee_cli_params_free)

G_END_DECLS
