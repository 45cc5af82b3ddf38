/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "movielens-server.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

/* The server of libsoup 3.2 never frees sockets that it has accepted, nor its own address.
 * Where leaks are looked for, what it allocates is left out; that of clients is not. */
extern void __lsan_disable (void) __attribute__ ((weak));
extern void __lsan_enable (void) __attribute__ ((weak));

#define N_DRIPS 20
#define DRIP_USEC 50000

struct _MovieLensServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  char *url;

  GMutex mutex;
  /* All below is guarded by the mutex. */
  MovieLensMood mood;
  char *name;
  char *tag;
  GBytes *archive;
  guint n_archives;
  char *range;
  GPtrArray *stuck;
};

/* Two users and three films, in the form of the set "latest-small"; with something
 * that doesn't shrink, so that there is something to download. */
GBytes *
movielens_archive_small (void)
{
  return movielens_archive_ratings ("latest-small", "ml-latest-small", 2);
}

/* An archive like that of a set with CSV files. */
GBytes *
movielens_archive_ratings (const char *set, const char *inside, guint n_users)
{
  g_autofree char *ratings_name = g_strconcat (inside, "/ratings.csv", NULL);
  g_autofree char *titles_name = g_strconcat (inside, "/movies.csv", NULL);
  g_autofree char *readme_name = g_strconcat (inside, "/README.txt", NULL);
  g_autofree char *tags_name = g_strconcat (inside, "/tags.csv", NULL);
  g_autofree char *folder_name = g_strconcat (inside, "/", NULL);
  g_autoptr (GString) ratings = g_string_new ("userId,movieId,rating,timestamp\n");
  g_autoptr (GString) noise = g_string_new (NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint u = 1; u <= n_users; u++)
    for (guint i = 1; i <= 3; i++)
      g_string_append_printf (ratings, "%u,%u,%u.0,0\n", u, i, 1 + (u + i) % 5);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (noise, (char) g_rand_int_range (rand, 32, 127));
  return movielens_archive (
      (const MovieLensMember[]){
          { folder_name, NULL, FALSE },
          { tags_name, noise->str, FALSE },
          { ratings_name, ratings->str, FALSE },
          { titles_name,
            "movieId,title,genres\n1,Metropolis (1927),Drama\n2,Nosferatu (1922),Horror\n3,Safety Last! "
            "(1923),Comedy\n",
            FALSE },
          { readme_name, "Read me.\n", FALSE },
      },
      5);
}

/* Packs members into a .zip; a name that ends in a slash is a folder. */
GBytes *
movielens_archive (const MovieLensMember *members, guint n_members)
{
  gsize room = 1 << 20;
  size_t used = 0;
  struct archive *archive = archive_write_new ();
  char *memory;

  for (guint i = 0; i < n_members; i++)
    room += members[i].contents != NULL ? strlen (members[i].contents) : 0;
  memory = g_malloc (room);
  g_assert_cmpint (archive_write_set_format_zip (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_memory (archive, memory, room, &used), ==, ARCHIVE_OK);
  for (guint i = 0; i < n_members; i++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize size = members[i].contents != NULL && !members[i].link ? strlen (members[i].contents) : 0;

      archive_entry_set_pathname (entry, members[i].name);
      archive_entry_set_filetype (entry, members[i].link               ? AE_IFLNK
                                         : members[i].contents != NULL ? AE_IFREG
                                                                       : AE_IFDIR);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) size);
      if (members[i].link)
        archive_entry_set_symlink (entry, members[i].contents);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      if (size > 0)
        g_assert_cmpint (archive_write_data (archive, members[i].contents, size), ==, (la_ssize_t) size);
      archive_entry_free (entry);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_bytes_new_take (memory, used);
}

/* Answers by hand, and so can lie and dawdle. */
static GIOStream *
answer_raw (SoupServerMessage *message, GBytes *archive, gsize end, guint n_drips)
{
  GIOStream *stream = soup_server_message_steal_connection (message);
  GOutputStream *out = g_io_stream_get_output_stream (stream);
  gsize size;
  const char *data = g_bytes_get_data (archive, &size);
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\nETag: \"raw\"\r\n\r\n",
                                           size);
  gboolean open = g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);

  for (guint i = 0; i < n_drips && open; i++)
    {
      gsize from = end * i / n_drips;
      gsize to = end * (i + 1) / n_drips;

      if (n_drips > 1)
        g_usleep (DRIP_USEC);
      open = g_output_stream_write_all (out, data + from, to - from, NULL, NULL, NULL);
    }
  return stream;
}

static void
end_raw (GIOStream *stream)
{
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static void
answer_part (MovieLensServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *if_range = soup_message_headers_get_one (asked, "If-Range");
  SoupRange *ranges = NULL;
  int n_ranges = 0;
  gsize size = g_bytes_get_size (self->archive);

  soup_message_headers_replace (headers, "ETag", self->tag);
  if (self->mood == MOVIELENS_WHOLE || (if_range != NULL && !g_str_equal (if_range, self->tag))
      || soup_message_headers_get_one (asked, "Range") == NULL)
    {
      soup_message_headers_remove (asked, "Range");
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
    }
  else if (soup_message_headers_get_ranges (asked, (goffset) size, &ranges, &n_ranges)
           && ranges[0].start < (goffset) size)
    {
      goffset shift = self->mood == MOVIELENS_SHIFTED ? 1 : 0;

      soup_message_headers_set_content_range (headers, ranges[0].start + shift, (goffset) size - 1, (goffset) size);
      soup_server_message_set_status (message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
      soup_server_message_set_response (message, "application/zip", SOUP_MEMORY_COPY,
                                        (const char *) g_bytes_get_data (self->archive, NULL) + ranges[0].start + shift,
                                        size - (gsize) (ranges[0].start + shift));
      g_free (ranges);
      return;
    }
  else
    {
      g_autofree char *whole = g_strdup_printf ("bytes */%" G_GSIZE_FORMAT, size);

      g_clear_pointer (&ranges, g_free);
      soup_message_headers_replace (headers, "Content-Range", whole);
      soup_server_message_set_status (message, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, NULL);
      return;
    }
  soup_server_message_set_response (message, "application/zip", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (self->archive, NULL), size);
}

static void
answer_archive (MovieLensServer *self, SoupServerMessage *message, gboolean moved)
{
  static const char page[] = "<!DOCTYPE html><html><body>Please log in</body></html>";
  const char *range = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Range");
  gsize size = g_bytes_get_size (self->archive);

  self->n_archives++;
  g_free (self->range);
  self->range = g_strdup (range);
  switch (self->mood)
    {
    case MOVIELENS_SLOW:
      end_raw (answer_raw (message, self->archive, size, N_DRIPS));
      break;
    case MOVIELENS_STUCK:
      g_ptr_array_add (self->stuck, answer_raw (message, self->archive, size / 2, 1));
      break;
    case MOVIELENS_CUT:
      end_raw (answer_raw (message, self->archive, size / 2, 1));
      break;
    case MOVIELENS_MISSING:
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      break;
    case MOVIELENS_BUSY:
      soup_server_message_set_status (message, SOUP_STATUS_SERVICE_UNAVAILABLE, NULL);
      break;
    case MOVIELENS_PAGE:
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_STATIC, page, strlen (page));
      break;
    case MOVIELENS_LOOP:
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND,
                                        g_uri_get_path (soup_server_message_get_uri (message)));
      break;
    case MOVIELENS_ELSEWHERE:
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location",
                                    "file:///etc/passwd");
      soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
      break;
    case MOVIELENS_MOVED:
      if (!moved)
        {
          g_autofree char *to = g_strconcat ("/moved/", self->name, NULL);

          soup_server_message_set_redirect (message, SOUP_STATUS_MOVED_PERMANENTLY, to);
          break;
        }
      answer_part (self, message);
      break;
    case MOVIELENS_WELL:
    case MOVIELENS_WHOLE:
    case MOVIELENS_SHIFTED:
    case MOVIELENS_NO_SUM:
    case MOVIELENS_WRONG_SUM:
    default:
      answer_part (self, message);
    }
}

static void
answer_sum (MovieLensServer *self, SoupServerMessage *message)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, self->archive);
  g_autofree char *text = NULL;

  if (self->mood == MOVIELENS_WRONG_SUM)
    sum[0] = sum[0] == '0' ? '1' : '0';
  text = g_strdup_printf ("MD5 (%s) = %s\n", self->name, self->mood == MOVIELENS_NO_SUM ? "unknown" : sum);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  MovieLensServer *self = data;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *sum_name = NULL;

  g_mutex_lock (&self->mutex);
  sum_name = g_strconcat (self->name != NULL ? self->name : "", ".md5", NULL);
  if (self->archive != NULL && g_str_equal (name, sum_name))
    answer_sum (self, message);
  else if (self->archive != NULL && g_str_equal (name, self->name))
    answer_archive (self, message, g_str_has_prefix (path, "/moved/"));
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  g_mutex_unlock (&self->mutex);
}

static void
look_for_leaks (gboolean look)
{
  if (look && __lsan_enable != NULL)
    __lsan_enable ();
  else if (!look && __lsan_disable != NULL)
    __lsan_disable ();
}

static gpointer
serve (gpointer data)
{
  MovieLensServer *self = data;

  look_for_leaks (FALSE);
  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  look_for_leaks (TRUE);
  return NULL;
}

MovieLensServer *
movielens_server_new (void)
{
  MovieLensServer *self = g_new0 (MovieLensServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_mutex_init (&self->mutex);
  self->stuck = g_ptr_array_new_with_free_func ((GDestroyNotify) end_raw);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  look_for_leaks (FALSE);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  look_for_leaks (TRUE);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("movielens-server", serve, self);
  return self;
}

static gboolean
quit_cb (gpointer data)
{
  MovieLensServer *self = data;

  soup_server_disconnect (self->server);
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
movielens_server_free (MovieLensServer *self)
{
  g_main_context_invoke (self->context, quit_cb, self);
  g_thread_join (self->thread);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->stuck);
  g_clear_pointer (&self->archive, g_bytes_unref);
  g_free (self->name);
  g_free (self->tag);
  g_free (self->range);
  g_free (self->url);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
movielens_server_get_url (MovieLensServer *self)
{
  return self->url;
}

/* Serves one archive, "ml-NAME.zip", in place of the one before. */
void
movielens_server_put (MovieLensServer *self, const char *name, GBytes *archive, const char *tag)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->archive, g_bytes_unref);
  g_free (self->name);
  g_free (self->tag);
  self->archive = g_bytes_ref (archive);
  self->name = g_strdup (name);
  self->tag = g_strdup (tag);
  self->n_archives = 0;
  self->mood = MOVIELENS_WELL;
  g_mutex_unlock (&self->mutex);
}

void
movielens_server_set_mood (MovieLensServer *self, MovieLensMood mood)
{
  g_mutex_lock (&self->mutex);
  self->mood = mood;
  g_mutex_unlock (&self->mutex);
}

/* How many requests for the archive have come. */
guint
movielens_server_get_n_archives (MovieLensServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_archives;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* What part the last request for the archive asked for. */
char *
movielens_server_dup_range (MovieLensServer *self)
{
  char *range;

  g_mutex_lock (&self->mutex);
  range = g_strdup (self->range);
  g_mutex_unlock (&self->mutex);
  return range;
}

/* Removes a folder of a test with all that is in it. */
void
movielens_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        movielens_remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}
