/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/wait.h>

/* Runs of the real program, as a script would call it, and the files it reads. */

static char *folder;

/**
 * cli_program:
 *
 * Returns: where the program is
 */
const char *
cli_program (void)
{
  const char *program = g_getenv ("MATINEE_CLI");

  g_assert_nonnull (program);
  return program;
}

/**
 * cli_run_strv:
 * @arguments: (array zero-terminated): what follows the program's name
 *
 * Runs the program to its end.
 *
 * Returns: (transfer full): what it did
 */
CliRun *
cli_run_strv (const char *const *arguments)
{
  CliRun *run = g_new0 (CliRun, 1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int wait_status;

  g_ptr_array_add (argv, (gpointer) cli_program ());
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &run->out, &run->err, &wait_status,
                &error);
  g_assert_no_error (error);
  run->status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : -1;
  return run;
}

/**
 * cli_run:
 * @argument: the first argument
 * @...: more, then %NULL
 *
 * Returns: (transfer full): what the program did
 */
CliRun *
cli_run (const char *argument, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list list;

  va_start (list, argument);
  for (const char *a = argument; a != NULL; a = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) a);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  return cli_run_strv ((const char *const *) arguments->pdata);
}

/**
 * cli_run_free:
 * @run: (transfer full): a run
 *
 * Frees it.
 */
void
cli_run_free (CliRun *run)
{
  g_free (run->out);
  g_free (run->err);
  g_free (run);
}

/**
 * cli_run_events:
 * @run: a run with --json
 *
 * Parses standard output, which must be one JSON object a line.
 *
 * Returns: (transfer full) (element-type JsonObject): the objects
 */
GPtrArray *
cli_run_events (const CliRun *run)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GError) error = NULL;

      json_parser_load_from_data (parser, lines[i], -1, &error);
      g_assert_no_error (error);
      g_ptr_array_add (events, json_object_ref (json_node_get_object (json_parser_get_root (parser))));
    }
  return events;
}

/**
 * cli_find_event:
 * @events: what cli_run_events() returned
 * @name: an event
 *
 * Returns: (transfer none): the first of that name, which must be there
 */
JsonObject *
cli_find_event (GPtrArray *events, const char *name)
{
  for (guint i = 0; i < events->len; i++)
    if (g_str_equal (json_object_get_string_member (events->pdata[i], "event"), name))
      return events->pdata[i];
  g_error ("there is no event “%s”", name);
}

/**
 * cli_count_events:
 * @events: what cli_run_events() returned
 * @name: an event
 *
 * Returns: how many there are of that name
 */
guint
cli_count_events (GPtrArray *events, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += g_str_equal (json_object_get_string_member (events->pdata[i], "event"), name);
  return n;
}

/**
 * cli_run_without_seconds:
 * @run: a run with --json
 *
 * Returns: (transfer full): its output without the times, which may differ
 */
char *
cli_run_without_seconds (const CliRun *run)
{
  g_autoptr (GRegex) regex = g_regex_new ("\"seconds\":[^,}]*", 0, 0, NULL);

  return g_regex_replace_literal (regex, run->out, -1, 0, "", 0, NULL);
}

/**
 * cli_assert_fails:
 * @run: a run
 * @status: the exit status that it should have
 * @part_of_message: what its message should hold
 *
 * Checks that the run failed with one line on standard error.
 */
void
cli_assert_fails (const CliRun *run, int status, const char *part_of_message)
{
  char *end = strchr (run->err, '\n');
  g_autofree char *line = g_strchomp (g_strdup (run->err));

  g_test_message ("%d: %s", run->status, line);
  g_assert_cmpint (run->status, ==, status);
  g_assert_true (g_str_has_prefix (run->err, "matinee-cli: "));
  g_assert_true (end != NULL && end[1] == '\0');
  if (strstr (run->err, part_of_message) == NULL)
    g_error ("“%s” is not in “%s”", part_of_message, run->err);
}

/**
 * cli_assert_members:
 * @event: an event
 * @name: what it should be
 * @members: (array zero-terminated): the members that it should begin with, after
 *   "event", in their order
 *
 * Checks the form of an event.
 */
void
cli_assert_members (JsonObject *event, const char *name, const char *const *members)
{
  g_autoptr (GList) found = json_object_get_members (event);
  GList *link = found;

  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, name);
  g_assert_cmpstr (link->data, ==, "event");
  for (guint i = 0; members[i] != NULL; i++)
    {
      link = link->next;
      g_assert_nonnull (link);
      g_assert_cmpstr (link->data, ==, members[i]);
    }
}

/**
 * cli_folder:
 *
 * Returns: (transfer none): a folder for the files of this test
 */
const char *
cli_folder (void)
{
  if (folder == NULL)
    {
      g_autoptr (GError) error = NULL;

      folder = g_dir_make_tmp ("matinee-cli-XXXXXX", &error);
      g_assert_no_error (error);
    }
  return folder;
}

/**
 * cli_path:
 * @name: name of a file
 *
 * Returns: (transfer full): its path in cli_folder()
 */
char *
cli_path (const char *name)
{
  return g_build_filename (cli_folder (), name, NULL);
}

/**
 * cli_write_bytes:
 * @name: name of a file
 * @contents: what to write
 * @length: how much, or −1
 *
 * Returns: (transfer full): the path of the file that was written
 */
char *
cli_write_bytes (const char *name, const char *contents, gssize length)
{
  char *path = cli_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return path;
}

/**
 * cli_write:
 * @name: name of a file
 * @contents: text
 *
 * Returns: (transfer full): the path of the file that was written
 */
char *
cli_write (const char *name, const char *contents)
{
  return cli_write_bytes (name, contents, -1);
}

/**
 * cli_write_ratings:
 * @name: name of a file
 * @n_users: users
 * @n_movies: movies
 *
 * Writes ratings that follow a simple rule: user u has rated two movies of three,
 * and likes those whose number has the same parity as u.
 *
 * Returns: (transfer full): the path of the file
 */
char *
cli_write_ratings (const char *name, guint n_users, guint n_movies)
{
  g_autoptr (GString) text = g_string_new ("userId,movieId,rating,timestamp\n");

  for (guint u = 1; u <= n_users; u++)
    for (guint i = 1; i <= n_movies; i++)
      if ((u + i) % 3 != 0)
        g_string_append_printf (text, "%u,%u,%s,0\n", u, 10 * i,
                                (u + i) % 2 == 0 ? (i % 5 == 0 ? "5.0" : "4.5") : (u % 5 == 0 ? "1.0" : "2.0"));
  return cli_write (name, text->str);
}

/**
 * cli_write_titles:
 * @name: name of a file
 * @n_movies: movies, numbered as in cli_write_ratings()
 *
 * Writes titles, some with what a terminal or a parser may stumble over.
 *
 * Returns: (transfer full): the path of the file
 */
char *
cli_write_titles (const char *name, guint n_movies)
{
  g_autoptr (GString) text = g_string_new ("movieId,title,genres\n");

  for (guint i = 1; i <= n_movies; i++)
    g_string_append_printf (text, "%u,\"%s %u (1927)\",Drama|Comedy\n", 10 * i,
                            i % 2 == 0 ? "Sunrise, a \"\"Song\"\"" : "東京の合唱", i);
  return cli_write (name, text->str);
}

/**
 * cli_train:
 * @name: name of a model file
 * @ratings: a ratings file
 * @titles: (nullable): a titles file
 *
 * Trains on ratings, 30 % of them held out, and saves the model.
 *
 * Returns: (transfer full): its path
 */
char *
cli_train (const char *name, const char *ratings, const char *titles)
{
  char *path = cli_path (name);
  g_autoptr (CliRun) run = cli_run ("train", ratings, "--output", path, "--factors", "4", "--json",
                                    titles != NULL ? "--movies" : NULL, titles, NULL);

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 0);
  return path;
}

/**
 * cli_make_model:
 * @n_users: how many
 *
 * Trains a model, model.npz, on the ratings of 24 movies with titles, ratings.csv and
 * movies.csv.
 *
 * Returns: (transfer full): its path
 */
char *
cli_make_model (guint n_users)
{
  g_autofree char *ratings = cli_write_ratings ("ratings.csv", n_users, 24);
  g_autofree char *titles = cli_write_titles ("movies.csv", 24);

  return cli_train ("model.npz", ratings, titles);
}

/**
 * cli_read:
 * @path: a file
 *
 * Returns: (transfer full): its text
 */
char *
cli_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = cli_path (name);

      g_remove (path);
    }
  if (folder != NULL)
    g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

/**
 * cli_test_init:
 * @argc: of main()
 * @argv: of main()
 *
 * Begins a test of the program, in the language of the environment.
 */
void
cli_test_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
}

/**
 * cli_test_run:
 *
 * Runs the tests, and removes the folder that they have written to.
 *
 * Returns: the exit status
 */
int
cli_test_run (void)
{
  int status = g_test_run ();

  remove_folder ();
  return status;
}

/**
 * cli_movielens:
 * @name: name of a file of the MovieLens set
 *
 * Returns: (transfer full) (nullable): where it is, or %NULL after saying that the
 *   test was skipped
 */
char *
cli_movielens (const char *name)
{
  const char *set = g_getenv ("MATINEE_MOVIELENS");

  if (set != NULL && set[0] != '\0')
    return g_build_filename (set, name, NULL);
  g_test_skip ("MATINEE_MOVIELENS is not set to the folder of a MovieLens set");
  return NULL;
}
