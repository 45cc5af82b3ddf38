/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-fold-in.h"
#include "matinee-recommender.h"

G_BEGIN_DECLS

MatineeTopN *matinee_rate_next (const MatineePerson *person, const MatineeQuery *query, GError **error);

G_END_DECLS
