/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "matinee-params.h"

G_BEGIN_DECLS

#define MATINEE_TYPE_SETTINGS (matinee_settings_get_type ())

G_DECLARE_FINAL_TYPE (MatineeSettings, matinee_settings, MATINEE, SETTINGS, GObject)

MatineeSettings *matinee_settings_new (void);
MatineeSettings *matinee_settings_new_in_memory (void);
gboolean matinee_settings_is_persistent (MatineeSettings *self);
GVariant *matinee_settings_get_value (MatineeSettings *self, const char *key);
void matinee_settings_set_value (MatineeSettings *self, const char *key, GVariant *value);
gboolean matinee_settings_get_boolean (MatineeSettings *self, const char *key);
void matinee_settings_set_boolean (MatineeSettings *self, const char *key, gboolean value);
int matinee_settings_get_int (MatineeSettings *self, const char *key);
void matinee_settings_set_int (MatineeSettings *self, const char *key, int value);
char *matinee_settings_dup_string (MatineeSettings *self, const char *key);
void matinee_settings_set_string (MatineeSettings *self, const char *key, const char *value);
GFile *matinee_settings_dup_file (MatineeSettings *self, const char *key);
void matinee_settings_set_file (MatineeSettings *self, const char *key, GFile *file);
void matinee_settings_load_params (MatineeSettings *self, MatineeParams *params);
void matinee_settings_save_params (MatineeSettings *self, const MatineeParams *params);

G_END_DECLS
