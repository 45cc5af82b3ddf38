/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * CliRun:
 * @status: the exit status, or −1 when a signal ended it
 * @out: standard output
 * @err: standard error
 *
 * What a run of matinee-cli did.
 */
typedef struct
{
  int status;
  char *out;
  char *err;
} CliRun;

void cli_run_free (CliRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

const char *cli_program (void);
CliRun *cli_run (const char *argument, ...) G_GNUC_NULL_TERMINATED;
CliRun *cli_run_strv (const char *const *arguments);
GPtrArray *cli_run_events (const CliRun *run);
JsonObject *cli_find_event (GPtrArray *events, const char *name);
guint cli_count_events (GPtrArray *events, const char *name);
char *cli_run_without_seconds (const CliRun *run);
void cli_assert_fails (const CliRun *run, int status, const char *part_of_message);
void cli_assert_members (JsonObject *event, const char *name, const char *const *members);

void cli_test_init (int *argc, char ***argv);
int cli_test_run (void);

const char *cli_folder (void);
char *cli_path (const char *name);
char *cli_write (const char *name, const char *contents);
char *cli_write_bytes (const char *name, const char *contents, gssize length);
char *cli_write_ratings (const char *name, guint n_users, guint n_movies);
char *cli_write_titles (const char *name, guint n_movies);
char *cli_train (const char *name, const char *ratings, const char *titles);
char *cli_read (const char *path);
char *cli_make_model (guint n_users);
char *cli_movielens (const char *name);

G_END_DECLS
