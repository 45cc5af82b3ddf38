/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-dataset.h"
#include "matinee-job.h"

G_BEGIN_DECLS

GAsyncResult *job_test_wait (gpointer job, GCancellable *cancellable);
void job_test_assert_finalized_soon (gpointer job);
MatineeDataset *job_test_load_sample (void);

G_END_DECLS
