/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "matinee-run.h"

G_BEGIN_DECLS

/**
 * MatineeRunColumn:
 *
 * What a table of runs tells, in this order.
 */
typedef enum
{
  MATINEE_RUN_COLUMN_NAME,
  MATINEE_RUN_COLUMN_BEST,
  MATINEE_RUN_COLUMN_FINAL,
  MATINEE_RUN_COLUMN_SOLVER,
  MATINEE_RUN_COLUMN_FACTORS,
  MATINEE_RUN_COLUMN_REGULARIZATION,
  MATINEE_RUN_COLUMN_ITERATIONS,
  MATINEE_RUN_COLUMN_DURATION,
  MATINEE_RUN_COLUMN_STATE,
  MATINEE_RUN_COLUMN_DATA,
  MATINEE_RUN_COLUMN_STARTED
} MatineeRunColumn;

#define MATINEE_N_RUN_COLUMNS (MATINEE_RUN_COLUMN_STARTED + 1)

#define MATINEE_TYPE_RUN_ITEM (matinee_run_item_get_type ())

G_DECLARE_FINAL_TYPE (MatineeRunItem, matinee_run_item, MATINEE, RUN_ITEM, GObject)

const char *matinee_run_column_title (MatineeRunColumn column);
gboolean matinee_run_column_is_number (MatineeRunColumn column);

MatineeRunItem *matinee_run_item_new (MatineeRun *run);
const MatineeRun *matinee_run_item_get_run (MatineeRunItem *self);
void matinee_run_item_set_run (MatineeRunItem *self, MatineeRun *run);
gboolean matinee_run_item_get_ticked (MatineeRunItem *self);
void matinee_run_item_set_ticked (MatineeRunItem *self, gboolean ticked);
char *matinee_run_item_dup_text (MatineeRunItem *self, MatineeRunColumn column);
char *matinee_run_item_dup_details (MatineeRunItem *self);
int matinee_run_item_compare (MatineeRunItem *a, MatineeRunItem *b, MatineeRunColumn column);
gboolean matinee_run_item_matches (MatineeRunItem *self, const char *const *words);
char **matinee_run_item_split_search (const char *text);

G_END_DECLS
