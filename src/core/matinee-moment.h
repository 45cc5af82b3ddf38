/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment is a number of seconds since 1970, UTC. */

/**
 * MatineePeriod:
 * @first: the earliest moment
 * @last: the latest moment, or one before @first for no moment at all
 *
 * From when to when something happened.
 */
typedef struct
{
  gint64 first;
  gint64 last;
} MatineePeriod;

#define MATINEE_PERIOD_NEVER ((MatineePeriod){ G_MAXINT64, G_MININT64 })

static inline gboolean
matinee_period_is_never (const MatineePeriod *period)
{
  return period->last < period->first;
}

static inline void
matinee_period_add (MatineePeriod *period, gint64 moment)
{
  period->first = MIN (period->first, moment);
  period->last = MAX (period->last, moment);
}

static inline void
matinee_period_unite (MatineePeriod *period, const MatineePeriod *other)
{
  period->first = MIN (period->first, other->first);
  period->last = MAX (period->last, other->last);
}

gboolean matinee_moment_parse (const char *text, gsize length, gint64 *moment);
char *matinee_moment_format (gint64 moment);

G_END_DECLS
