/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-cli-signals.h"

#include <signal.h>

/* A signal handler can reach nothing but static storage. */
static MatineeStop signal_stop;

static void
stop_cb (int number)
{
  matinee_stop_request (&signal_stop);
}

/**
 * matinee_cli_stop_on_signals:
 *
 * Makes Ctrl+C (SIGINT) and SIGTERM ask the work to stop, which keeps what has
 * been learnt. The second one of the same kind ends the program at once.
 *
 * Returns: (transfer none): the flag that they raise
 */
MatineeStop *
matinee_cli_stop_on_signals (void)
{
  struct sigaction action = { .sa_handler = stop_cb, .sa_flags = (int) SA_RESETHAND | SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  return &signal_stop;
}
