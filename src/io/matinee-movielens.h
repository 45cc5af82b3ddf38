/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Where GroupLens keeps the archives; each is ml-NAME.zip, its checksum ml-NAME.zip.md5. */
#define MATINEE_MOVIELENS_URL "https://files.grouplens.org/datasets/movielens/"

/**
 * MatineeMovieLensTerms:
 * @MATINEE_MOVIELENS_TERMS_SHARE: may be passed on under the same terms
 * @MATINEE_MOVIELENS_TERMS_ASK: may be passed on with separate permission only
 * @MATINEE_MOVIELENS_TERMS_EARLY: the same, in the words of the first two sets
 *
 * Which usage licence a set comes with.
 */
typedef enum
{
  MATINEE_MOVIELENS_TERMS_SHARE,
  MATINEE_MOVIELENS_TERMS_ASK,
  MATINEE_MOVIELENS_TERMS_EARLY
} MatineeMovieLensTerms;

#define MATINEE_MOVIELENS_N_TERMS (MATINEE_MOVIELENS_TERMS_EARLY + 1)

/** The most files that are taken out of an archive. */
#define MATINEE_MOVIELENS_MAX_FILES 4

/**
 * MatineeMovieLensSet:
 * @name: what it is called on the command line and in folders, "25m"
 * @title: its name for people, "MovieLens 25M"; a proper name, not translated
 * @summary: (translatable): what it is good for, in a sentence
 * @inside: the folder in the archive that its files are in
 * @files: the files to take out: ratings, titles, and then what may be missing
 * @n_ratings: ratings, as GroupLens documents them
 * @n_users: users
 * @n_movies: movies
 * @size: bytes of the archive, about
 * @terms: its usage licence
 *
 * A row of the catalogue. What changes with time ("latest") may have other counts by now.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *summary;
  const char *inside;
  const char *files[MATINEE_MOVIELENS_MAX_FILES];
  guint64 n_ratings;
  guint64 n_users;
  guint64 n_movies;
  guint64 size;
  MatineeMovieLensTerms terms;
} MatineeMovieLensSet;

/**
 * MatineeMovieLensFunc:
 * @done: bytes unpacked
 * @total: bytes to unpack, as far as is known
 * @data: user data
 */
typedef void (*MatineeMovieLensFunc) (guint64 done, guint64 total, gpointer data);

const MatineeMovieLensSet *matinee_movielens_get_sets (guint *n_sets);
const MatineeMovieLensSet *matinee_movielens_find (const char *name);
const char *matinee_movielens_get_terms (const MatineeMovieLensSet *set);
char *matinee_movielens_dup_root (void);
char *matinee_movielens_dup_folder (const MatineeMovieLensSet *set, const char *root);
char *matinee_movielens_dup_archive (const MatineeMovieLensSet *set, const char *root);
char *matinee_movielens_dup_ratings (const MatineeMovieLensSet *set, const char *root);
char *matinee_movielens_dup_titles (const MatineeMovieLensSet *set, const char *root);
gboolean matinee_movielens_is_there (const MatineeMovieLensSet *set, const char *root);
char *matinee_movielens_dup_url (const MatineeMovieLensSet *set, const char *base);
guint64 matinee_movielens_get_space (const MatineeMovieLensSet *set, guint64 there);
guint64 matinee_movielens_get_limit (const MatineeMovieLensSet *set);
char *matinee_movielens_parse_md5 (const char *text);
gboolean matinee_movielens_check (const MatineeMovieLensSet *set, const char *archive, const char *md5,
                                  GCancellable *cancellable, GError **error);
gboolean matinee_movielens_unpack (const MatineeMovieLensSet *set, const char *archive, const char *root,
                                   MatineeMovieLensFunc func, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
