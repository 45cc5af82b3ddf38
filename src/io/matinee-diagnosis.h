/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-text-format.h"
#include "matinee-text-source.h"

G_BEGIN_DECLS

/* Rows of the file that a diagnosis shows. */
#define MATINEE_DIAGNOSIS_ROWS 12

/**
 * MatineeDiagnosis:
 * @table: what the file is to be read as
 * @format: how it would be read: the current choices
 * @usable: whether it can be read that way, right or wrong: all columns that are
 *   needed are chosen, and no two are the same
 * @certain: whether it is safe to read it that way without asking anybody; never
 *   without @usable
 * @is_chosen: whether hints say of a column which it is
 * @is_other_table: whether it looks like a file of titles where ratings were wanted,
 *   or the reverse
 * @problem: (nullable): what is to be decided or is wrong, a whole sentence that
 *   names the file; %NULL exactly when @certain
 * @form: (nullable): name of the form, when it is one that is known by heart
 * @reasons: (element-type utf8): why it would be read so, a whole sentence each
 * @n_columns: fields of the widest row
 * @names: (nullable) (array zero-terminated): names of the columns, from the header
 * @rows: (element-type GStrv): the first rows after the header, cut into fields as
 *   UTF-8; at most %MATINEE_DIAGNOSIS_ROWS
 *
 * What the first lines of a file say about it. Immutable.
 *
 * Who asks a person how to read a file begins with a diagnosis without hints. If it
 * is certain there is nothing to ask. Else @problem says why, @rows and @names fill
 * a preview, and @format tells what to show as chosen. What the person changes goes
 * into hints (a column as its number from 1), and a new diagnosis with them gives the
 * new preview and what is still wrong. A person who has named all the columns that
 * are needed has made it certain. With the same hints matinee_ratings_read_with()
 * then reads the file.
 */
typedef struct
{
  MatineeTable table;
  MatineeTextFormat format;
  gboolean usable;
  gboolean certain;
  gboolean is_chosen;
  gboolean is_other_table;
  char *problem;
  const char *form;
  GPtrArray *reasons;
  guint n_columns;
  char **names;
  GPtrArray *rows;
} MatineeDiagnosis;

MatineeDiagnosis *matinee_diagnosis_new (const char *path, MatineeTable table, const MatineeTextHints *hints,
                                         MatineeStop *stop, GError **error);
MatineeDiagnosis *matinee_diagnosis_new_for_source (const MatineeTextSource *source, MatineeTable table,
                                                    const MatineeTextHints *hints, GError **error);
MatineeDiagnosis *matinee_diagnosis_new_for_text (const char *text, gsize length, gboolean at_end, const char *name,
                                                  MatineeTable table, const MatineeTextHints *hints, GError **error);
void matinee_diagnosis_free (MatineeDiagnosis *diagnosis);
gboolean matinee_diagnosis_can_be_decided (const MatineeDiagnosis *diagnosis);
char *matinee_diagnosis_describe_delimiter (const MatineeDiagnosis *diagnosis);
char *matinee_diagnosis_describe_column (const MatineeDiagnosis *diagnosis, MatineeColumn column);

gboolean matinee_text_format_read (MatineeTextFormat *format, const MatineeTextSource *source, MatineeTable table,
                                   const MatineeTextHints *hints, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeDiagnosis, matinee_diagnosis_free)

G_END_DECLS
