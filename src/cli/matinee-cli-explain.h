/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-films.h"
#include "matinee-explain.h"

G_BEGIN_DECLS

void matinee_cli_show_explanation (const MatineeCliAudience *audience, const MatineeExplanation *explanation,
                                   gboolean json);

G_END_DECLS
