/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-diagnosis.h"
#include "matinee-text-sample.h"

G_BEGIN_DECLS

#define MATINEE_N_GENRE_FLAGS 19

void matinee_diagnosis_add_reason (MatineeDiagnosis *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void matinee_diagnosis_set_problem (MatineeDiagnosis *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void matinee_diagnosis_find_columns (MatineeDiagnosis *self, const MatineeTextSample *sample,
                                     const MatineeTextHints *hints, const char *name);
gboolean matinee_diagnosis_guess_columns (MatineeDiagnosis *self, const MatineeTextSample *sample);

G_END_DECLS
