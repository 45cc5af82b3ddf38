/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-history.h"

G_BEGIN_DECLS

/* What matinee-history.c needs to know of writing. */
GHashTable *matinee_open_runs_new (void);
void matinee_history_init_wake (MatineeHistory *history);
void matinee_history_stop_writer (MatineeHistory *history);

G_END_DECLS
