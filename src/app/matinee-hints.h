/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "matinee-text-format.h"

G_BEGIN_DECLS

GVariant *matinee_hints_to_variant (const MatineeTextHints *hints);
void matinee_hints_take_variant (MatineeTextHints *hints, GVariant *variant);

G_END_DECLS
