/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-csv.h"
#include "matinee-table-problem.h"
#include "matinee-text-format.h"
#include "matinee-text-source.h"

G_BEGIN_DECLS

/**
 * MatineeRecordReader:
 *
 * Reads the records of a table one after the other, in memory that doesn't grow with
 * the file.
 */
typedef struct _MatineeRecordReader MatineeRecordReader;

MatineeRecordReader *matinee_record_reader_new (MatineeTextSource *source, const MatineeTextFormat *format);
void matinee_record_reader_free (MatineeRecordReader *reader);
gboolean matinee_record_reader_next (MatineeRecordReader *reader, const MatineeCsvRecord **record, GError **error);
const MatineeCsvField *matinee_record_reader_get (const MatineeRecordReader *reader, MatineeColumn column);
const char *matinee_record_reader_get_text (const MatineeRecordReader *reader);
gboolean matinee_record_reader_fail (const MatineeRecordReader *reader, MatineeProblemKind kind, MatineeColumn column,
                                     GError **error);
gboolean matinee_record_reader_set_error (const MatineeRecordReader *reader, MatineeColumn column, const char *problem,
                                          GError **error);
double matinee_record_reader_get_fraction (const MatineeRecordReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeRecordReader, matinee_record_reader_free)

G_END_DECLS
