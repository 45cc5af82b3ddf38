/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-recommend-page.h"

G_BEGIN_DECLS

void matinee_recommend_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
