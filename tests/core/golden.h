/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "reference.h"
#include "synthetic.h"

G_BEGIN_DECLS

/**
 * Golden:
 *
 * A reference trace of the exact solver: data, parameters, where it starts, and
 * the objective after each half-step.
 */
typedef struct
{
  JsonParser *parser;
  MatineeSparse *by_user;
  MatineeSparse *by_movie;
  MatineeSparse *test_by_user;
  ReferencePenalty penalty;
  ReferenceModel *start;
  ReferenceModel *final;
  guint n_steps;
  double *objectives;
  double *fits;
} Golden;

Golden *golden_load (const char *name);
void golden_free (Golden *golden);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Golden, golden_free)

G_END_DECLS
