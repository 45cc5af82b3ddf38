/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes matinee_alloc() fail on purpose, in programs linked with
 * -Wl,--wrap=posix_memalign,--wrap=free. */

void failing_memory_fail_at (int allocation);
void failing_memory_stop (void);
gboolean failing_memory_has_failed (void);
int failing_memory_get_n_live (void);

G_END_DECLS
