/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ids.h"
#include "matinee-types.h"

G_BEGIN_DECLS

/* The films of a titles file: an immutable, counted table. Rows are in the
 * order of the file; an id that comes twice keeps its last title. */

/**
 * MatineeTitlesBuilder:
 *
 * Collects the rows of a titles file.
 */
typedef struct _MatineeTitlesBuilder MatineeTitlesBuilder;

int matinee_titles_parse_year (const char *title);

MatineeTitlesBuilder *matinee_titles_builder_new (void);
void matinee_titles_builder_free (MatineeTitlesBuilder *builder);
void matinee_titles_builder_add (MatineeTitlesBuilder *builder, const char *id, const char *title, const char *genres);
MatineeTitles *matinee_titles_builder_finish (MatineeTitlesBuilder *builder);

MatineeTitles *matinee_titles_ref (MatineeTitles *titles);
void matinee_titles_unref (MatineeTitles *titles);
guint32 matinee_titles_get_n (const MatineeTitles *titles);
guint32 matinee_titles_get_n_duplicates (const MatineeTitles *titles);
gboolean matinee_titles_find (const MatineeTitles *titles, const char *id, guint32 *row);
const char *matinee_titles_get_id (const MatineeTitles *titles, guint32 row);
const char *matinee_titles_get_title (const MatineeTitles *titles, guint32 row);
const char *matinee_titles_get_genres (const MatineeTitles *titles, guint32 row);
int matinee_titles_get_year (const MatineeTitles *titles, guint32 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTitlesBuilder, matinee_titles_builder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeTitles, matinee_titles_unref)

G_END_DECLS
