/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MovieLensMood:
 *
 * What the server does with requests for archives.
 */
typedef enum
{
  MOVIELENS_WELL,
  MOVIELENS_SLOW,      /* in drips */
  MOVIELENS_STUCK,     /* half of it, and then no more until the server is freed */
  MOVIELENS_CUT,       /* closes the connection halfway */
  MOVIELENS_WHOLE,     /* knows no parts */
  MOVIELENS_SHIFTED,   /* sends another part than was asked for */
  MOVIELENS_MISSING,   /* 404 */
  MOVIELENS_BUSY,      /* 503 */
  MOVIELENS_PAGE,      /* 200, a page to log in */
  MOVIELENS_MOVED,     /* to another address, where it is */
  MOVIELENS_LOOP,      /* to itself */
  MOVIELENS_ELSEWHERE, /* to an address that is not on the web */
  MOVIELENS_NO_SUM,    /* the checksum file holds none */
  MOVIELENS_WRONG_SUM  /* that of something else */
} MovieLensMood;

/**
 * MovieLensServer:
 *
 * Serves archives as GroupLens does, on loopback, from a thread of its own.
 */
typedef struct _MovieLensServer MovieLensServer;

/**
 * MovieLensMember:
 * @name: its name in the archive
 * @contents: what is in it
 * @link: whether it is a symbolic link, to @contents
 */
typedef struct
{
  const char *name;
  const char *contents;
  gboolean link;
} MovieLensMember;

GBytes *movielens_archive (const MovieLensMember *members, guint n_members);
GBytes *movielens_archive_small (void);
GBytes *movielens_archive_ratings (const char *set, const char *inside, guint n_users);

MovieLensServer *movielens_server_new (void);
void movielens_server_free (MovieLensServer *server);
const char *movielens_server_get_url (MovieLensServer *server);
void movielens_server_put (MovieLensServer *server, const char *name, GBytes *archive, const char *tag);
void movielens_server_set_mood (MovieLensServer *server, MovieLensMood mood);
guint movielens_server_get_n_archives (MovieLensServer *server);
char *movielens_server_dup_range (MovieLensServer *server);

void movielens_remove_folder (const char *folder);

G_END_DECLS
