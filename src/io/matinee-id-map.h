/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-id-column.h"
#include "matinee-ids.h"
#include "matinee-pool.h"

G_BEGIN_DECLS

gboolean matinee_id_map_take_texts (MatineeStringTable *texts, MatineeIdColumn *column, GError **error);
MatineeIds *matinee_id_map_finish (MatineeStringTable *texts, MatineeIdColumn **columns, gsize n_columns,
                                   MatineePool *pool, MatineeStop *stop, GError **error);

G_END_DECLS
