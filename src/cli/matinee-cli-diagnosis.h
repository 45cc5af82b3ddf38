/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "matinee-cli-reading.h"
#include "matinee-oddities.h"

G_BEGIN_DECLS

char *matinee_cli_describe_columns (const MatineeDiagnosis *diagnosis);
void matinee_cli_print_diagnosis (const MatineeDiagnosis *diagnosis);
void matinee_cli_print_preview (const MatineeDiagnosis *diagnosis);
void matinee_cli_print_findings (const MatineeReadReport *report, const MatineeOddities *oddities);
void matinee_cli_event_add_diagnosis (JsonBuilder *event, const MatineeDiagnosis *diagnosis);
void matinee_cli_event_add_findings (JsonBuilder *event, const MatineeReadReport *report,
                                     const MatineeOddities *oddities);

G_END_DECLS
