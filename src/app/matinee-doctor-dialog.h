/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "matinee-diagnosis.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_DOCTOR_DIALOG (matinee_doctor_dialog_get_type ())

G_DECLARE_FINAL_TYPE (MatineeDoctorDialog, matinee_doctor_dialog, MATINEE, DOCTOR_DIALOG, AdwWindow)

MatineeDoctorDialog *matinee_doctor_dialog_new (GtkWindow *parent, GFile *file, const MatineeTextHints *hints);
GFile *matinee_doctor_dialog_get_file (MatineeDoctorDialog *self);
const MatineeDiagnosis *matinee_doctor_dialog_get_diagnosis (MatineeDoctorDialog *self);
void matinee_doctor_dialog_init_hints (MatineeDoctorDialog *self, MatineeTextHints *hints);

G_END_DECLS
