/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-cli-command.h"

G_BEGIN_DECLS

extern const MatineeCliAction matinee_cli_bench;
extern const MatineeCliAction matinee_cli_cross_validate;
extern const MatineeCliAction matinee_cli_evaluate;
extern const MatineeCliAction matinee_cli_export;
extern const MatineeCliAction matinee_cli_fetch;
extern const MatineeCliAction matinee_cli_generate;
extern const MatineeCliAction matinee_cli_info;
extern const MatineeCliAction matinee_cli_predict;
extern const MatineeCliAction matinee_cli_rate;
extern const MatineeCliAction matinee_cli_recommend;
extern const MatineeCliAction matinee_cli_similar;
extern const MatineeCliAction matinee_cli_sweep;
extern const MatineeCliAction matinee_cli_train;

G_END_DECLS
