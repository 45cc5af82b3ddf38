/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-download.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "matinee-error.h"

/* How long a server may say nothing. */
#define TIMEOUT_SECONDS 30
#define MAX_REDIRECTS 5
#define MAX_TEXT ((gsize) 64 << 10)
#define BLOCK ((gsize) 64 << 10)

struct _MatineeDownload
{
  GMainContext *context;
  SoupSession *session;
};

/* A request that was answered: what comes, and from where in the end. */
typedef struct
{
  SoupMessage *message;
  GInputStream *body;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->body);
  g_clear_object (&answer->message);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static char *
explain (const char *host, const GError *cause)
{
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return g_strdup_printf (_ ("%s can’t be reached, as this computer can make no secure connections (%s): install "
                               "glib-networking"),
                            host, cause->message);
  if (cause->domain == G_TLS_ERROR)
    return g_strdup_printf (_ ("The connection to %s is not secure (%s). Somebody may be listening in, or the clock of "
                               "this computer is wrong: try again from another network"),
                            host, cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup_printf (_ ("%s no longer answers (%s). Try again later: the download goes on where it stopped"),
                            host, cause->message);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return g_strdup_printf (
        _ ("The connection to %s was cut off (%s). Try again: the download goes on where it stopped"), host,
        cause->message);
  return g_strdup_printf (_ ("%s can’t be reached (%s). See to it that this computer is connected to the Internet, and "
                             "try again"),
                          host, cause->message);
}

/* Says what a failure of the network means, and keeps its domain and code. */
static void
set_network_error (GUri *uri, GError *cause, GError **error)
{
  if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      char *message = explain (g_uri_get_host (uri), cause);

      g_free (cause->message);
      cause->message = message;
    }
  g_propagate_error (error, cause);
}

static void
set_status_error (Answer *answer, GError **error)
{
  guint status = soup_message_get_status (answer->message);
  g_autofree char *url = g_uri_to_string (soup_message_get_uri (answer->message));

  g_set_error (error, G_IO_ERROR, status == SOUP_STATUS_NOT_FOUND ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
               status == SOUP_STATUS_NOT_FOUND ? _ (
                   "There is nothing at %s (%u %s): the set may have moved; look at grouplens.org/datasets/movielens")
                                               : _ ("The server refused %s (%u %s). Try again later"),
               url, status, soup_status_get_phrase (status));
}

/**
 * matinee_download_may_follow:
 * @from: an address
 * @to: where its server says to look
 *
 * Returns: whether a redirection is followed: what was asked for over a secure connection
 *   never comes over another one
 */
gboolean
matinee_download_may_follow (GUri *from, GUri *to)
{
  const char *scheme = g_uri_get_scheme (to);

  return g_uri_get_host (to) != NULL
         && (g_str_equal (scheme, "https")
             || (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (from), "http")));
}

static GUri *
parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
      && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http")))
    return g_steal_pointer (&uri);
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_PARAMS,
               _ ("“%s” is not an address that begins with https:// or http://"), url);
  return NULL;
}

/* Sends one request; the status may be any. */
static gboolean
send_once (MatineeDownload *self, GUri *uri, MatineePartFile *part, Answer *answer, GCancellable *cancellable,
           GError **error)
{
  SoupMessageHeaders *headers;
  GError *cause = NULL;

  answer_clear (answer);
  answer->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  /* Redirections are looked at first, and an archive comes as it is. */
  soup_message_add_flags (answer->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (answer->message, SOUP_TYPE_CONTENT_DECODER);
  headers = soup_message_get_request_headers (answer->message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (part != NULL && matinee_part_file_get_size (part) > 0)
    {
      soup_message_headers_set_range (headers, (goffset) matinee_part_file_get_size (part), -1);
      if (matinee_part_file_get_validator (part) != NULL)
        soup_message_headers_replace (headers, "If-Range", matinee_part_file_get_validator (part));
    }
  answer->body = soup_session_send (self->session, answer->message, cancellable, &cause);
  if (answer->body == NULL)
    set_network_error (uri, cause, error);
  return answer->body != NULL;
}

/* Where a redirection leads, or %NULL with an error. */
static GUri *
next_address (Answer *answer, GError **error)
{
  GUri *from = soup_message_get_uri (answer->message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (answer->message), "Location");
  g_autoptr (GUri) to = location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (to != NULL && matinee_download_may_follow (from, to))
    return g_steal_pointer (&to);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               _ ("%s leads to “%s”, which is not a secure address: nothing was downloaded from there"),
               g_uri_get_host (from), location != NULL ? location : "");
  return NULL;
}

/* Sends a request and follows where it leads. */
static gboolean
request (MatineeDownload *self, const char *url, MatineePartFile *part, Answer *answer, GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GUri) uri = parse_url (url, error);

  for (guint n = 0; uri != NULL && n <= MAX_REDIRECTS; n++)
    {
      GUri *next;

      if (!send_once (self, uri, part, answer, cancellable, error))
        return FALSE;
      if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (answer->message)))
        return TRUE;
      next = next_address (answer, error);
      g_uri_unref (uri);
      uri = next;
    }
  if (uri != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS,
                 _ ("%s leads from one address to the next without an end. Try again later"), g_uri_get_host (uri));
  return FALSE;
}

/* A network that wants somebody to log in answers everything with a page of its own. */
static gboolean
check_type (Answer *answer, GError **error)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (answer->message), NULL);

  if (type == NULL
      || (g_ascii_strcasecmp (type, "text/html") != 0 && g_ascii_strcasecmp (type, "application/xhtml+xml") != 0))
    return TRUE;
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      _ ("%s answered with a web page instead of the file. If this network wants you to log in, do so in a web "
         "browser, and try again"),
      g_uri_get_host (soup_message_get_uri (answer->message)));
  return FALSE;
}

/* What tells versions of the file apart in If-Range, where a weak tag may not be used. */
static const char *
find_validator (SoupMessageHeaders *headers)
{
  const char *tag = soup_message_headers_get_one (headers, "ETag");

  if (tag != NULL && !g_str_has_prefix (tag, "W/"))
    return tag;
  return soup_message_headers_get_one (headers, "Last-Modified");
}

/* Makes the part fit what the server sends, and finds how large the whole is. 0: unknown. */
static gboolean
begin (Answer *answer, MatineePartFile *part, guint64 *total, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (answer->message);
  goffset start;
  goffset end;
  goffset whole;

  *total = 0;
  if (soup_message_get_status (answer->message) == SOUP_STATUS_PARTIAL_CONTENT)
    {
      if (!soup_message_headers_get_content_range (headers, &start, &end, &whole)
          || (guint64) start != matinee_part_file_get_size (part))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s sent another part of the file than was asked for. Try again later"),
                       g_uri_get_host (soup_message_get_uri (answer->message)));
          return FALSE;
        }
      *total = whole > 0 ? (guint64) whole : (guint64) end + 1;
      return TRUE;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    *total = (guint64) soup_message_headers_get_content_length (headers);
  return matinee_part_file_restart (part, find_validator (headers), error);
}

static gboolean
receive (Answer *answer, guint64 total, guint64 limit, MatineePartFile *part, MatineeDownloadFunc func, gpointer data,
         GCancellable *cancellable, GError **error)
{
  g_autofree char *block = g_malloc (BLOCK);
  GUri *uri = soup_message_get_uri (answer->message);

  func (matinee_part_file_get_size (part), total, data);
  for (;;)
    {
      GError *cause = NULL;
      gssize n;

      if (MAX (total, matinee_part_file_get_size (part)) > limit)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("%s sends far more than it should: the download was ended"), g_uri_get_host (uri));
          return FALSE;
        }
      n = g_input_stream_read (answer->body, block, BLOCK, cancellable, &cause);
      if (n < 0)
        {
          set_network_error (uri, cause, error);
          return FALSE;
        }
      if (n == 0)
        break;
      if (!matinee_part_file_append (part, block, (gsize) n, error))
        return FALSE;
      func (matinee_part_file_get_size (part), total, data);
    }
  if (total > 0 && matinee_part_file_get_size (part) < total)
    {
      set_network_error (uri, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _ ("the end is missing")),
                         error);
      return FALSE;
    }
  return TRUE;
}

/* The server has nothing after what is there: that is all of it, or it is of something else. */
static gboolean
is_complete (Answer *answer, MatineePartFile *part)
{
  const char *range
      = soup_message_headers_get_one (soup_message_get_response_headers (answer->message), "Content-Range");
  g_autofree char *whole = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, matinee_part_file_get_size (part));

  return g_strcmp0 (range, whole) == 0;
}

/**
 * matinee_download_new:
 *
 * Returns: (transfer full): a download for the thread that calls this
 */
MatineeDownload *
matinee_download_new (void)
{
  MatineeDownload *self = g_new0 (MatineeDownload, 1);

  /* A session belongs to the main context that it was made in: one of its own keeps it
   * away from that of the window. */
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session
      = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent", "Matinee/" MATINEE_VERSION, NULL);
  return self;
}

/**
 * matinee_download_free:
 * @self: (nullable) (transfer full): a download
 *
 * Ends its connections and frees it.
 */
void
matinee_download_free (MatineeDownload *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->session);
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * matinee_download_get_text:
 * @self: a download
 * @url: an address
 * @cancellable: (nullable): cancel it to end
 * @error: return location
 *
 * Gets a short text.
 *
 * Returns: (transfer full) (nullable): it, or %NULL with an error of the network, a
 *   %G_IO_ERROR or %MATINEE_ERROR_PARAMS for an address that is none
 */
char *
matinee_download_get_text (MatineeDownload *self, const char *url, GCancellable *cancellable, GError **error)
{
  g_auto (Answer) answer = { NULL, NULL };
  g_autofree char *text = g_malloc0 (MAX_TEXT + 1);
  GError *cause = NULL;
  gsize length;

  if (!request (self, url, NULL, &answer, cancellable, error))
    return NULL;
  if (soup_message_get_status (answer.message) != SOUP_STATUS_OK)
    {
      set_status_error (&answer, error);
      return NULL;
    }
  if (!check_type (&answer, error))
    return NULL;
  if (!g_input_stream_read_all (answer.body, text, MAX_TEXT, &length, cancellable, &cause))
    {
      set_network_error (soup_message_get_uri (answer.message), cause, error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * matinee_download_get_file:
 * @self: a download
 * @url: an address
 * @limit: the most bytes that it can have
 * @part: what is there of it already; the rest is added
 * @func: (scope call): told how far it is, first of what is there and will be kept
 * @data: user data for @func
 * @cancellable: (nullable): cancel it to end
 * @error: return location
 *
 * Gets the rest of a file: asks for what is missing (RFC 9110, section 14), takes all of
 * it from a server that does not know parts or has another version by now. After an
 * error, what has come is in @part.
 *
 * Returns: %FALSE with an error of the network, a %G_IO_ERROR, a #GFileError or
 *   %MATINEE_ERROR_PARAMS for an address that is none
 */
gboolean
matinee_download_get_file (MatineeDownload *self, const char *url, guint64 limit, MatineePartFile *part,
                           MatineeDownloadFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  g_auto (Answer) answer = { NULL, NULL };
  guint64 total;
  guint status;

  if (!request (self, url, part, &answer, cancellable, error))
    return FALSE;
  status = soup_message_get_status (answer.message);
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && matinee_part_file_get_size (part) > 0)
    {
      if (is_complete (&answer, part))
        return TRUE;
      if (!matinee_part_file_restart (part, NULL, error) || !request (self, url, part, &answer, cancellable, error))
        return FALSE;
      status = soup_message_get_status (answer.message);
    }
  if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    {
      set_status_error (&answer, error);
      return FALSE;
    }
  return check_type (&answer, error) && begin (&answer, part, &total, error)
         && receive (&answer, total, limit, part, func, data, cancellable, error);
}
