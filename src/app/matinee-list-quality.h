/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-ranking-job.h"
#include "matinee-session.h"

G_BEGIN_DECLS

/* Of more users than these a sample is judged, so that it takes seconds. */
#define MATINEE_LIST_QUALITY_SAMPLE 5000

#define MATINEE_TYPE_LIST_QUALITY (matinee_list_quality_get_type ())

G_DECLARE_FINAL_TYPE (MatineeListQuality, matinee_list_quality, MATINEE, LIST_QUALITY, GObject)

MatineeListQuality *matinee_list_quality_new (MatineeSession *session);
const MatineeRankingOptions *matinee_list_quality_get_options (MatineeListQuality *self);
void matinee_list_quality_get_scale (MatineeListQuality *self, double *low, double *high, double *step);
void matinee_list_quality_set_n (MatineeListQuality *self, guint n);
void matinee_list_quality_set_threshold (MatineeListQuality *self, double threshold);
void matinee_list_quality_judge (MatineeListQuality *self);
void matinee_list_quality_cancel (MatineeListQuality *self);
gboolean matinee_list_quality_get_judging (MatineeListQuality *self);
const MatineeRankings *matinee_list_quality_get_rankings (MatineeListQuality *self);
char *matinee_list_quality_dup_status (MatineeListQuality *self);
char *matinee_list_quality_dup_summary (MatineeListQuality *self);

G_END_DECLS
