/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matinee-fetch-job.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "matinee-error.h"
#include "matinee-part-file.h"
#include "movielens-server.h"

#define NOBODY 65534

/* A whole set, fetched from a server on loopback that does what servers and networks do. */

typedef struct
{
  MovieLensServer *server;
  GBytes *archive;
  char *root;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean fetched;
  GError *error;
  GCancellable *cancellable;
  guint64 cancel_at; /* bytes */
  guint64 resumed;
  double last_fraction;
} Fetched;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = movielens_server_new ();
  fixture->archive = movielens_archive_small ();
  fixture->root = g_dir_make_tmp ("matinee-XXXXXX", NULL);
  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"one\"");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  movielens_server_free (fixture->server);
  g_bytes_unref (fixture->archive);
  movielens_remove_folder (fixture->root);
  g_free (fixture->root);
}

static const MatineeMovieLensSet *
small (void)
{
  return matinee_movielens_find ("latest-small");
}

static void
progress_cb (MatineeFetchJob *job, Fetched *fetched)
{
  const MatineeFetchProgress *progress = matinee_fetch_job_get_progress (job);
  double fraction = matinee_job_get_fraction (MATINEE_JOB (job));

  g_assert_cmpfloat (fraction, >=, fetched->last_fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  g_assert_cmpuint (progress->resumed, <=, progress->done);
  fetched->last_fraction = fraction;
  fetched->resumed = progress->resumed;
  if (fetched->cancellable != NULL && progress->done >= fetched->cancel_at)
    g_cancellable_cancel (fetched->cancellable);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetched *fetched = data;

  fetched->fetched = matinee_job_run_finish (MATINEE_JOB (source), result, &fetched->error);
  fetched->done = TRUE;
}

static void
run_from (Fixture *fixture, const char *base, const char *root, Fetched *fetched)
{
  g_autoptr (MatineeFetchJob) job = matinee_fetch_job_new (small (), base, root);

  g_signal_connect (job, "progress", G_CALLBACK (progress_cb), fetched);
  matinee_job_run_async (MATINEE_JOB (job), fetched->cancellable, fetched_cb, fetched);
  while (!fetched->done)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (job, fetched);
  if (fetched->error != NULL)
    g_test_message ("%s", fetched->error->message);
  g_assert_true (fetched->fetched == (fetched->error == NULL));
}

static guint64
part_size (Fixture *fixture)
{
  g_autofree char *path = matinee_movielens_dup_archive (small (), fixture->root);

  return matinee_part_file_peek_size (path);
}

static void
assert_fetches (Fixture *fixture, guint64 resumed)
{
  Fetched fetched = { 0 };

  run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
  g_assert_no_error (fetched.error);
  g_assert_true (matinee_movielens_is_there (small (), fixture->root));
  g_assert_cmpuint (fetched.resumed, ==, resumed);
  g_assert_cmpuint (part_size (fixture), ==, 0);
  g_assert_cmpfloat (fetched.last_fraction, ==, 1.0);
}

static void
assert_fails (Fixture *fixture, MovieLensMood mood, GQuark domain, int code, const char *part_of_message)
{
  Fetched fetched = { 0 };

  movielens_server_set_mood (fixture->server, mood);
  run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
  g_assert_error (fetched.error, domain, code);
  if (strstr (fetched.error->message, part_of_message) == NULL)
    g_error ("“%s” is not in “%s”", part_of_message, fetched.error->message);
  g_assert_false (matinee_movielens_is_there (small (), fixture->root));
  g_error_free (fetched.error);
}

static void
test_well (Fixture *fixture, gconstpointer data)
{
  g_autofree char *range = NULL;

  assert_fetches (fixture, 0);
  range = movielens_server_dup_range (fixture->server);
  g_assert_null (range);
  g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 1);
  /* Again, over what is there. */
  assert_fetches (fixture, 0);
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  guint64 half = g_bytes_get_size (fixture->archive) / 2;
  g_autofree char *wanted = g_strdup_printf ("bytes=%" G_GUINT64_FORMAT "-", half);
  g_autofree char *range = NULL;

  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  g_assert_cmpuint (part_size (fixture), ==, half);
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  assert_fetches (fixture, half);
  range = movielens_server_dup_range (fixture->server);
  g_assert_cmpstr (range, ==, wanted);
}

static void
test_resume_redirected (Fixture *fixture, gconstpointer data)
{
  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  movielens_server_set_mood (fixture->server, MOVIELENS_MOVED);
  assert_fetches (fixture, g_bytes_get_size (fixture->archive) / 2);
}

/* The file is another one by now, so its server sends all of it. */
static void
test_resume_other_version (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  assert_fetches (fixture, 0);
}

/* The checksum says that the file is another one, whatever the server makes of it. */
static void
test_resume_other_sum (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) other = movielens_archive_ratings ("latest-small", "ml-latest-small", 5);
  g_autofree char *range = NULL;

  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  movielens_server_put (fixture->server, "ml-latest-small.zip", other, "\"raw\"");
  assert_fetches (fixture, 0);
  range = movielens_server_dup_range (fixture->server);
  g_assert_null (range);
}

static void
test_resume_no_ranges (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  movielens_server_set_mood (fixture->server, MOVIELENS_WHOLE);
  assert_fetches (fixture, 0);
}

static void
test_resume_other_part (Fixture *fixture, gconstpointer data)
{
  guint64 half = g_bytes_get_size (fixture->archive) / 2;

  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
  assert_fails (fixture, MOVIELENS_CUT, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "cut off");
  assert_fails (fixture, MOVIELENS_SHIFTED, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "another part");
  g_assert_cmpuint (part_size (fixture), ==, half);
}

static void
write_part (Fixture *fixture, gsize size)
{
  g_autofree char *path = matinee_movielens_dup_archive (small (), fixture->root);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, fixture->archive);
  g_autoptr (MatineePartFile) part = matinee_part_file_new (path, sum, NULL);
  gsize whole;
  const char *archive = g_bytes_get_data (fixture->archive, &whole);

  g_assert_nonnull (part);
  g_assert_true (matinee_part_file_append (part, archive, MIN (size, whole), NULL));
  for (gsize i = whole; i < size; i++)
    g_assert_true (matinee_part_file_append (part, "x", 1, NULL));
}

/* The program was killed between the last byte and the unpacking; and more than there is. */
static void
test_resume_at_end (Fixture *fixture, gconstpointer data)
{
  gsize size = g_bytes_get_size (fixture->archive);

  write_part (fixture, size);
  {
    Fetched fetched = { 0 };

    run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
    g_assert_no_error (fetched.error);
    g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 1);
  }
  write_part (fixture, size + 10);
  assert_fetches (fixture, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  guint64 size = g_bytes_get_size (fixture->archive);
  Fetched fetched = { .cancellable = g_cancellable_new (), .cancel_at = size / 2 };

  movielens_server_put (fixture->server, "ml-latest-small.zip", fixture->archive, "\"raw\"");
  movielens_server_set_mood (fixture->server, MOVIELENS_STUCK);
  run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
  g_assert_error (fetched.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (fetched.error);
  g_object_unref (fetched.cancellable);
  g_assert_cmpuint (part_size (fixture), ==, size / 2);
  g_assert_false (matinee_movielens_is_there (small (), fixture->root));
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  assert_fetches (fixture, size / 2);
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  movielens_server_set_mood (fixture->server, MOVIELENS_SLOW);
  assert_fetches (fixture, 0);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, MOVIELENS_MISSING, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "404");
  assert_fails (fixture, MOVIELENS_BUSY, G_IO_ERROR, G_IO_ERROR_FAILED, "503");
  assert_fails (fixture, MOVIELENS_PAGE, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "log in");
  assert_fails (fixture, MOVIELENS_LOOP, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS, "without an end");
  assert_fails (fixture, MOVIELENS_ELSEWHERE, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "file:///etc/passwd");
  assert_fails (fixture, MOVIELENS_NO_SUM, MATINEE_ERROR, MATINEE_ERROR_FORMAT, ".zip.md5");
  g_assert_cmpuint (part_size (fixture), ==, 0);
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  movielens_server_set_mood (fixture->server, MOVIELENS_MOVED);
  assert_fetches (fixture, 0);
  g_assert_cmpuint (movielens_server_get_n_archives (fixture->server), ==, 2);
}

/* What did not arrive well is not gone on with. */
static void
test_wrong_sum (Fixture *fixture, gconstpointer data)
{
  assert_fails (fixture, MOVIELENS_WRONG_SUM, MATINEE_ERROR, MATINEE_ERROR_FORMAT, "MD5");
  g_assert_cmpuint (part_size (fixture), ==, 0);
  movielens_server_set_mood (fixture->server, MOVIELENS_WELL);
  assert_fetches (fixture, 0);
}

/* The right bytes of the wrong thing: the sum fits, and there are no ratings in it. */
static void
test_wrong_archive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) other = movielens_archive_ratings ("25m", "ml-25m", 2);
  g_autoptr (GBytes) text = g_bytes_new_static ("no archive", 10);

  movielens_server_put (fixture->server, "ml-latest-small.zip", other, "\"one\"");
  assert_fails (fixture, MOVIELENS_WELL, MATINEE_ERROR, MATINEE_ERROR_FORMAT, "ratings.csv");
  movielens_server_put (fixture->server, "ml-latest-small.zip", text, "\"one\"");
  assert_fails (fixture, MOVIELENS_WELL, MATINEE_ERROR, MATINEE_ERROR_FORMAT, "damaged");
}

static void
test_flood (Fixture *fixture, gconstpointer data)
{
  gsize size = matinee_movielens_get_limit (small ()) + 1;
  g_autoptr (GBytes) flood = g_bytes_new_take (g_malloc0 (size), size);

  movielens_server_put (fixture->server, "ml-latest-small.zip", flood, "\"one\"");
  assert_fails (fixture, MOVIELENS_WELL, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "far more");
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *url = NULL;
  const char *bad[] = { "", "movielens", "ftp://127.0.0.1/", "file:///etc" };
  Fetched fetched = { 0 };

  /* A port that nobody listens at, as it is ours. */
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  address = g_socket_get_local_address (socket, NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u/", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  run_from (fixture, url, fixture->root, &fetched);
  g_assert_nonnull (strstr (fetched.error->message, "127.0.0.1"));
  g_assert_nonnull (strstr (fetched.error->message, "Internet"));
  g_clear_error (&fetched.error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      fetched = (Fetched){ 0 };
      run_from (fixture, bad[i], fixture->root, &fetched);
      g_assert_error (fetched.error, MATINEE_ERROR, MATINEE_ERROR_PARAMS);
      g_clear_error (&fetched.error);
    }
}

static gboolean
answer_openly_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text), NULL, NULL,
                             NULL);
  return TRUE;
}

/* What should come over a secure connection does not come over another one. */
static void
test_not_secure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  Fetched fetched = { 0 };

  g_signal_connect (service, "run", G_CALLBACK (answer_openly_cb), NULL);
  run_from (fixture, url, fixture->root, &fetched);
  g_assert_nonnull (fetched.error);
  g_assert_true (fetched.error->domain == G_TLS_ERROR);
  g_assert_nonnull (strstr (fetched.error->message, "secure"));
  g_error_free (fetched.error);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

/* Files may not grow beyond @size, as on a disk that is full. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = size;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  guint64 size = g_bytes_get_size (fixture->archive);
  guint64 kept;

  signal (SIGXFSZ, SIG_IGN);
  limit_files (size / 3);
  assert_fails (fixture, MOVIELENS_WELL, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "disk is full");
  limit_files (RLIM_INFINITY);
  kept = part_size (fixture);
  g_assert_cmpuint (kept, ==, size / 3);
  assert_fetches (fixture, kept);
}

/* There is room for the archive, but not for what is in it: it need not come again. */
static void
test_disk_full_unpacking (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) archive = movielens_archive_ratings ("latest-small", "ml-latest-small", 40000);
  guint64 size = g_bytes_get_size (archive);
  Fetched fetched = { 0 };
  g_autofree char *left = g_build_filename (fixture->root, ".latest-small.unpacking", NULL);

  movielens_server_put (fixture->server, "ml-latest-small.zip", archive, "\"one\"");
  signal (SIGXFSZ, SIG_IGN);
  limit_files (size + 1000);
  run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
  limit_files (RLIM_INFINITY);
  g_assert_nonnull (fetched.error);
  g_assert_nonnull (strstr (fetched.error->message, "ratings.csv"));
  g_error_free (fetched.error);
  g_assert_false (matinee_movielens_is_there (small (), fixture->root));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (part_size (fixture), ==, size);
  fetched = (Fetched){ 0 };
  run_from (fixture, movielens_server_get_url (fixture->server), fixture->root, &fetched);
  g_assert_no_error (fetched.error);
  g_assert_true (matinee_movielens_is_there (small (), fixture->root));
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->root, "file", NULL);
  g_autofree char *below = g_build_filename (file, "movielens", NULL);
  g_autofree char *deep = g_build_filename (fixture->root, "a", "b", NULL);
  gboolean root = geteuid () == 0;
  Fetched fetched = { 0 };

  run_from (fixture, movielens_server_get_url (fixture->server), deep, &fetched);
  g_assert_no_error (fetched.error);
  g_assert_true (matinee_movielens_is_there (small (), deep));

  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  fetched = (Fetched){ 0 };
  run_from (fixture, movielens_server_get_url (fixture->server), below, &fetched);
  g_assert_error (fetched.error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_clear_error (&fetched.error);
  /* Root may write everywhere, so the test goes on as nobody. */
  g_assert_cmpint (g_chmod (fixture->root, 0555), ==, 0);
  if (root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_fails (fixture, MOVIELENS_WELL, G_FILE_ERROR, G_FILE_ERROR_ACCES, "written");
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (fixture->root, 0700), ==, 0);
}

/* Two windows want the same set. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = matinee_movielens_dup_archive (small (), fixture->root);
  g_autoptr (MatineePartFile) other = matinee_part_file_new (path, "other", NULL);

  g_assert_nonnull (other);
  assert_fails (fixture, MOVIELENS_WELL, G_FILE_ERROR, G_FILE_ERROR_AGAIN, "another window");
}

int
main (int argc, char *argv[])
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/fetch-job/well", test_well },
    { "/fetch-job/resume", test_resume },
    { "/fetch-job/resume-redirected", test_resume_redirected },
    { "/fetch-job/resume-other-version", test_resume_other_version },
    { "/fetch-job/resume-other-sum", test_resume_other_sum },
    { "/fetch-job/resume-no-ranges", test_resume_no_ranges },
    { "/fetch-job/resume-other-part", test_resume_other_part },
    { "/fetch-job/resume-at-end", test_resume_at_end },
    { "/fetch-job/cancel", test_cancel },
    { "/fetch-job/slow", test_slow },
    { "/fetch-job/refusals", test_refusals },
    { "/fetch-job/moved", test_moved },
    { "/fetch-job/wrong-sum", test_wrong_sum },
    { "/fetch-job/wrong-archive", test_wrong_archive },
    { "/fetch-job/flood", test_flood },
    { "/fetch-job/nobody-there", test_nobody_there },
    { "/fetch-job/not-secure", test_not_secure },
    { "/fetch-job/disk-full", test_disk_full },
    { "/fetch-job/disk-full-unpacking", test_disk_full_unpacking },
    { "/fetch-job/folder", test_folder },
    { "/fetch-job/twice", test_twice },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
