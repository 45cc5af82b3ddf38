/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "matinee-cli-output.h"

G_BEGIN_DECLS

/**
 * MatineeCliCall:
 * @command: its command
 * @context: the options that the command understands
 * @arguments: (nullable) (array zero-terminated): what is not an option
 * @help: whether only help was asked for
 *
 * A command as it was called.
 */
typedef struct
{
  const struct _MatineeCliCommand *command;
  GOptionContext *context;
  char **arguments;
  gboolean help;
  /*< private >*/
  char *placeholder;
} MatineeCliCall;

/**
 * MatineeCliAction:
 * @size: bytes of the variables that its options are read into, which begin as zeros
 * @add_options: adds the options to a context
 * @run: does what was asked for. Returns whether it was done; else its error is set,
 *   unless what went wrong was said
 * @clear: frees what the variables hold
 *
 * What a command does.
 */
typedef struct
{
  gsize size;
  void (*add_options) (gpointer options, GOptionContext *context);
  gboolean (*run) (gpointer options, const MatineeCliCall *call, GError **error);
  void (*clear) (gpointer options);
} MatineeCliAction;

/**
 * MatineeCliCommand:
 * @name: its name on the command line
 * @argument: (translatable) (nullable): the file, folder or set that it needs
 * @summary: (translatable): what it does, in a few words
 * @description: (translatable): what it does, in some sentences
 * @action: does it
 * @second: (translatable) (nullable): another file that it needs
 * @optional: whether the argument may be left out
 *
 * One row of the table of commands in matinee-cli.c.
 */
typedef struct _MatineeCliCommand
{
  const char *name;
  const char *argument;
  const char *summary;
  const char *description;
  const MatineeCliAction *action;
  const char *second;
  gboolean optional;
} MatineeCliCommand;

/**
 * MatineeCliNumber:
 * @option: name of an option, without dashes
 * @text: (nullable): what was given
 * @whole: whether it must be a whole number
 * @minimum: smallest value
 * @maximum: largest value
 * @value: the number, set if one was given
 *
 * An option that takes a number.
 */
typedef struct
{
  const char *option;
  const char *text;
  gboolean whole;
  double minimum;
  double maximum;
  double *value;
} MatineeCliNumber;

char *matinee_cli_command_dup_arguments (const MatineeCliCommand *command);
MatineeCliStatus matinee_cli_call (const MatineeCliCommand *command, char **argv);
const char *matinee_cli_call_get_argument (const MatineeCliCall *call);
const char *matinee_cli_call_get_second (const MatineeCliCall *call);

gboolean matinee_cli_parse_number (const char *option, const char *text, gboolean whole, double minimum, double maximum,
                                   double *value, GError **error);
gboolean matinee_cli_parse_numbers (const MatineeCliNumber *numbers, guint n, GError **error);
gboolean matinee_cli_parse_top (const char *text, guint *top, GError **error);
gboolean matinee_cli_parse_threads (const char *text, guint *n_threads, GError **error);

G_END_DECLS
