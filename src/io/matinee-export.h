/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-factors.h"
#include "matinee-model.h"
#include "matinee-recommender.h"
#include "matinee-table-writer.h"
#include "matinee-titles.h"

G_BEGIN_DECLS

#define MATINEE_TRACE_COLUMNS 12

extern const char *const matinee_trace_columns[MATINEE_TRACE_COLUMNS];

/**
 * MatineeRecommendationWriter:
 *
 * Writes lists of films for any number of users.
 */
typedef struct _MatineeRecommendationWriter MatineeRecommendationWriter;

MatineeRecommendationWriter *matinee_recommendation_writer_new (const char *path, MatineeExportFormat format,
                                                                MatineeModel *model, MatineeTitles *titles,
                                                                GError **error);
MatineeRecommendationWriter *matinee_recommendation_writer_new_for_sink (MatineeTableSink sink, gpointer data,
                                                                         MatineeExportFormat format, const char *event,
                                                                         MatineeModel *model, MatineeTitles *titles);
gboolean matinee_recommendation_writer_add_named (MatineeRecommendationWriter *writer, const char *user,
                                                  const MatineeRecommendation *items, guint n, GError **error);
gboolean matinee_recommendation_writer_add (MatineeRecommendationWriter *writer, guint32 user,
                                            const MatineeRecommendation *items, guint n, GError **error);
gboolean matinee_recommendation_writer_finish (MatineeRecommendationWriter *writer, GError **error);
void matinee_recommendation_writer_free (MatineeRecommendationWriter *writer);

gboolean matinee_export_factors (const char *path, MatineeExportFormat format, const MatineeModel *model,
                                 MatineeSide side, const MatineeTitles *titles, MatineeStop *stop, GError **error);
gboolean matinee_export_trace (const char *path, MatineeExportFormat format, const MatineeTrace *trace, GError **error);
void matinee_table_writer_add_point (MatineeTableWriter *writer, const MatineeTracePoint *point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRecommendationWriter, matinee_recommendation_writer_free)

G_END_DECLS
