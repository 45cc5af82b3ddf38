/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-stop.h"

G_BEGIN_DECLS

MatineeStop *matinee_cli_stop_on_signals (void);

G_END_DECLS
