/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/*
 * What a fuzzer and a test of its corpus share. Each fuzz-NAME.c defines
 * LLVMFuzzerTestOneInput(); with libFuzzer's main() it becomes a fuzzer, with that
 * of replay.c a test which tries the inputs of corpus/NAME.
 */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

char *fuzz_file_new (gconstpointer data, gsize size);
void fuzz_file_free (char *path);
void fuzz_check_error (gconstpointer result, const GError *error);
