/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdatomic.h>

G_BEGIN_DECLS

/**
 * MatineeStop:
 *
 * A flag that one thread raises to ask the others to stop soon. The core
 * looks at it at least every 50 ms of work. Initialise with zeros. Every
 * function that takes one accepts %NULL: never stop.
 */
typedef struct
{
  atomic_int requested;
} MatineeStop;

static inline void
matinee_stop_request (MatineeStop *stop)
{
  atomic_store_explicit (&stop->requested, 1, memory_order_relaxed);
}

static inline gboolean
matinee_stop_requested (const MatineeStop *stop)
{
  return stop != NULL && atomic_load_explicit (&((MatineeStop *) stop)->requested, memory_order_relaxed) != 0;
}

G_END_DECLS
