/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-dataset.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_USER_LIST (matinee_user_list_get_type ())

G_DECLARE_FINAL_TYPE (MatineeUserList, matinee_user_list, MATINEE, USER_LIST, GObject)

MatineeUserList *matinee_user_list_new (void);
void matinee_user_list_set_dataset (MatineeUserList *self, MatineeDataset *dataset);
void matinee_user_list_set_prefix (MatineeUserList *self, const char *prefix);
const char *matinee_user_list_get_prefix (MatineeUserList *self);
gboolean matinee_user_list_find (MatineeUserList *self, guint32 user, guint *position);

G_END_DECLS
