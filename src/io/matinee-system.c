/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-system.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

/* Reads a number from a file; FALSE for none, also for the word "max". */
static gboolean
read_number (const char *folder, const char *name, guint64 *number)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_ascii_isdigit (text[0]))
    return FALSE;
  *number = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static guint64
read_meminfo (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL))
    return 0;
  line = strstr (text, "MemAvailable:");
  return line != NULL ? g_ascii_strtoull (line + strlen ("MemAvailable:"), NULL, 10) * 1024 : 0;
}

/* What the control groups from @group up to the root leave, at most @available:
 * each of them limits all that are inside. */
static guint64
limit_by_groups (const char *root, const char *group, const char *limit_name, const char *usage_name, guint64 available)
{
  g_autofree char *path = g_strdup (group);

  for (;;)
    {
      g_autofree char *folder = g_build_filename (root, path, NULL);
      guint64 limit, usage;
      char *slash;

      if (read_number (folder, limit_name, &limit) && read_number (folder, usage_name, &usage))
        available = MIN (available, limit > usage ? limit - usage : 0);
      slash = strrchr (path, '/');
      if (slash == NULL)
        return available;
      *slash = '\0';
    }
}

/**
 * matinee_system_available_memory:
 *
 * Finds out how much memory the program may still take without the system
 * beginning to swap or a limit of its control group (version 2 or 1) being
 * reached.
 *
 * Returns: bytes, or 0 when the system does not say
 */
guint64
matinee_system_available_memory (void)
{
  guint64 available = read_meminfo ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (available == 0 || !g_file_get_contents ("/proc/self/cgroup", &text, NULL, NULL))
    return available;
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);

      if (g_strv_length (parts) < 3)
        continue;
      if (*parts[1] == '\0')
        available = limit_by_groups (CGROUP_ROOT, parts[2], "memory.max", "memory.current", available);
      else if (strcmp (parts[1], "memory") == 0)
        available = limit_by_groups (CGROUP_ROOT "/memory", parts[2], "memory.limit_in_bytes", "memory.usage_in_bytes",
                                     available);
    }
  return available;
}

/**
 * matinee_system_check_memory:
 * @params: how to train
 * @ratings: on what
 * @error: return location
 *
 * Does matinee_params_check_memory() for the memory that there is now.
 *
 * Returns: whether it is enough
 */
gboolean
matinee_system_check_memory (const MatineeParams *params, const MatineeRatings *ratings, GError **error)
{
  return matinee_params_check_memory (params, matinee_ratings_get_n_users (ratings),
                                      matinee_ratings_get_n_movies (ratings), matinee_ratings_get_n (ratings),
                                      matinee_system_available_memory (), error);
}

/**
 * matinee_system_n_cores:
 *
 * Returns: how many threads can run at the same time, at least 1
 */
guint
matinee_system_n_cores (void)
{
  return MAX (1, g_get_num_processors ());
}

/**
 * matinee_system_dup_processor:
 *
 * Returns: (transfer full): the name of the processor, or of its kind where the
 *   system does not say more
 */
char *
matinee_system_dup_processor (void)
{
  g_autofree char *text = NULL;
  const char *line = NULL;
  struct utsname names;

  if (g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    line = strstr (text, "model name");
  if (line != NULL)
    {
      gsize length = strcspn (line, "\n");
      const char *colon = memchr (line, ':', length);

      if (colon != NULL)
        return g_strstrip (g_strndup (colon + 1, length - (gsize) (colon + 1 - line)));
    }
  return g_strdup (uname (&names) == 0 ? names.machine : "");
}

/**
 * matinee_system_check_space:
 * @folder: a folder that is there
 * @needed: bytes that are to be written into it, about
 * @error: return location
 *
 * Finds out whether there is room on the disk before much work is done in vain. A file
 * system that does not say how much is free is taken to have room: writing will tell.
 *
 * Returns: %FALSE with %G_FILE_ERROR_NOSPC, which tells what is needed and what is there
 */
gboolean
matinee_system_check_space (const char *folder, guint64 needed, GError **error)
{
  struct statvfs system;
  g_autofree char *name = NULL;
  g_autofree char *needed_text = NULL;
  g_autofree char *free_text = NULL;
  guint64 free;

  if (statvfs (folder, &system) != 0 || !g_uint64_checked_mul (&free, system.f_bavail, system.f_frsize)
      || free >= needed)
    return TRUE;
  name = g_filename_display_name (folder);
  needed_text = g_format_size (needed);
  free_text = g_format_size (free);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
               _ ("About %s of disk space are needed in the folder “%s”, and %s are free: make room there and try "
                  "again"),
               needed_text, name, free_text);
  return FALSE;
}
