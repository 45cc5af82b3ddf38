/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "matinee-cli-output.h"

G_BEGIN_DECLS

typedef struct _MatineeCliCommand MatineeCliCommand;

/**
 * MatineeCliCommandFunc:
 * @command: the command itself
 * @argv: (array zero-terminated): its name and what follows it
 *
 * Does the work of a command and says on standard error what went wrong.
 *
 * Returns: the exit status
 */
typedef MatineeCliStatus (*MatineeCliCommandFunc) (const MatineeCliCommand *command, char **argv);

/**
 * MatineeCliCommand:
 * @name: its name on the command line
 * @argument: (translatable) (nullable): the file, folder or set that it needs
 * @summary: (translatable): what it does, in a few words
 * @description: (translatable): what it does, in some sentences
 * @run: does it
 * @optional: whether the argument may be left out
 *
 * One row of the table of commands in matinee-cli.c.
 */
struct _MatineeCliCommand
{
  const char *name;
  const char *argument;
  const char *summary;
  const char *description;
  MatineeCliCommandFunc run;
  gboolean optional;
};

/**
 * MatineeCliCall:
 * @context: the options that the command understands
 * @arguments: (nullable) (array zero-terminated): what is not an option
 * @help: whether only help was asked for
 *
 * A command as it was called.
 */
typedef struct
{
  const MatineeCliCommand *command;
  GOptionContext *context;
  char **arguments;
  gboolean help;
} MatineeCliCall;

MatineeCliCall *matinee_cli_call_new (const MatineeCliCommand *command);
void matinee_cli_call_free (MatineeCliCall *call);
gboolean matinee_cli_call_parse (MatineeCliCall *call, char **argv, GError **error);
const char *matinee_cli_call_get_argument (const MatineeCliCall *call);
void matinee_cli_call_print_help (const MatineeCliCall *call);

gboolean matinee_cli_parse_number (const char *option, const char *text, gboolean whole, double minimum, double maximum,
                                   double *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MatineeCliCall, matinee_cli_call_free)

G_END_DECLS
