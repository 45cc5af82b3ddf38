/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-you"

#include "config.h"

#include "matinee-you.h"

#include <glib/gi18n.h>
#include <math.h>

#include "matinee-you-store.h"

/* The index of a film that the data lacks. */
#define MISSING G_MAXUINT32

/* So many changes can be taken back. */
#define MOST_UNDONE 100

/**
 * MatineeYou:
 *
 * The ratings of the person at the screen, newest first. They are kept by title and id in
 * a file and are matched with whatever data is open: films that it lacks stay, for
 * the data that has them. Every change is saved, and can be taken back.
 */
struct _MatineeYou
{
  GObject parent_instance;

  MatineeYouStore *store; /* NULL to forget them */
  MatineeDataset *dataset;
  GPtrArray *ratings; /* of MatineeYouRating */
  GArray *movies;     /* the index of each in the data */
  GPtrArray *past;    /* what undo brings back, the latest last */
  GPtrArray *future;  /* and redo */
};

G_DEFINE_FINAL_TYPE (MatineeYou, matinee_you, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Films of which a title is wanted, to be found in one walk over the data. */
static GHashTable *
find_titles (MatineeYou *self)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  GHashTable *found = g_hash_table_new (g_str_hash, g_str_equal);
  guint32 n_movies = matinee_ratings_get_n_movies (self->dataset->ratings);

  for (guint i = 0; i < self->ratings->len; i++)
    {
      MatineeYouRating *rating = self->ratings->pdata[i];

      if (*rating->title != '\0')
        g_hash_table_add (wanted, rating->title);
    }
  for (guint32 movie = 0; movie < n_movies && self->dataset->titles != NULL; movie++)
    {
      guint32 row = self->dataset->title_rows[movie];
      const char *title = row != G_MAXUINT32 ? matinee_titles_get_title (self->dataset->titles, row) : NULL;

      if (title != NULL && g_hash_table_contains (wanted, title) && !g_hash_table_contains (found, title))
        g_hash_table_insert (found, (gpointer) title, GUINT_TO_POINTER (movie));
    }
  return found;
}

static const char *
get_title (MatineeYou *self, guint32 movie)
{
  guint32 row = self->dataset->titles != NULL ? self->dataset->title_rows[movie] : G_MAXUINT32;

  return row != G_MAXUINT32 ? matinee_titles_get_title (self->dataset->titles, row) : "";
}

/* The same film has the same title; its id is only believed where a title is missing, as
 * another data set may have given it to another film. */
static guint32
match (MatineeYou *self, GHashTable *titles, const MatineeYouRating *rating)
{
  guint32 movie;
  gpointer found;

  if (matinee_ids_find (self->dataset->ratings->movies, rating->id, &movie))
    {
      const char *title = get_title (self, movie);

      if (*title == '\0' || *rating->title == '\0' || g_str_equal (title, rating->title))
        return movie;
    }
  if (g_hash_table_lookup_extended (titles, rating->title, NULL, &found))
    return GPOINTER_TO_UINT (found);
  return MISSING;
}

static void
match_all (MatineeYou *self)
{
  g_autoptr (GHashTable) titles = NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  g_array_set_size (self->movies, 0);
  if (self->dataset != NULL)
    titles = find_titles (self);
  for (guint i = 0; i < self->ratings->len; i++)
    {
      guint32 movie = titles != NULL ? match (self, titles, self->ratings->pdata[i]) : MISSING;

      /* Of two that turn out to be one film here, the newer counts. */
      if (movie != MISSING && !g_hash_table_add (taken, GUINT_TO_POINTER (movie)))
        movie = MISSING;
      g_array_append_val (self->movies, movie);
    }
}

static void
remember (MatineeYou *self)
{
  if (self->past->len == MOST_UNDONE)
    g_ptr_array_remove_index (self->past, 0);
  g_ptr_array_add (self->past, matinee_you_ratings_copy (self->ratings));
  g_ptr_array_set_size (self->future, 0);
}

static void
changed (MatineeYou *self)
{
  if (self->store != NULL)
    matinee_you_store_write (self->store, self->ratings);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Both, the newer first; of one film the newer counts. */
static GPtrArray *
join (MatineeYou *self, const GPtrArray *newer, const GPtrArray *older)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *joined = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);

  for (guint i = 0; i < newer->len + older->len; i++)
    {
      const MatineeYouRating *rating = i < newer->len ? newer->pdata[i] : older->pdata[i - newer->len];
      guint32 movie;
      MatineeYouRating *copy;

      if (g_hash_table_contains (seen, rating->id))
        continue;
      copy = matinee_you_rating_new (rating->id, rating->title, rating->rating);
      /* A plain ratings file has no titles; those of the data that is open are meant. */
      if (*copy->title == '\0' && self->dataset != NULL
          && matinee_ids_find (self->dataset->ratings->movies, copy->id, &movie))
        {
          g_free (copy->title);
          copy->title = g_strdup (get_title (self, movie));
        }
      g_ptr_array_add (joined, copy);
      g_hash_table_add (seen, copy->id);
    }
  return joined;
}

static void
add_older (MatineeYou *self, GPtrArray **ratings, const GPtrArray *older)
{
  GPtrArray *joined = join (self, *ratings, older);

  g_ptr_array_unref (*ratings);
  *ratings = joined;
}

/* Whatever was rated while a worker read the file is newer than what is in it. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MatineeYou) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = matinee_you_store_read_finish (MATINEE_YOU_STORE (source), result, &error);
  gboolean has_changed = self->past->len + self->future->len > 0;

  if (kept != NULL)
    {
      add_older (self, &self->ratings, kept);
      for (guint i = 0; i < self->past->len; i++)
        add_older (self, (GPtrArray **) &self->past->pdata[i], kept);
      for (guint i = 0; i < self->future->len; i++)
        add_older (self, (GPtrArray **) &self->future->pdata[i], kept);
      match_all (self);
    }
  if (has_changed)
    changed (self);
  else
    g_signal_emit (self, signals[CHANGED], 0);
  if (error != NULL)
    g_signal_emit (self, signals[FAILED], 0, _ ("Could Not Read Your Ratings"), error->message);
}

static void
write_failed_cb (MatineeYou *self, const char *message)
{
  g_signal_emit (self, signals[FAILED], 0, _ ("Could Not Keep Your Ratings"), message);
}

static void
matinee_you_finalize (GObject *object)
{
  MatineeYou *self = MATINEE_YOU (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->ratings, g_ptr_array_unref);
  g_clear_pointer (&self->movies, g_array_unref);
  g_clear_pointer (&self->past, g_ptr_array_unref);
  g_clear_pointer (&self->future, g_ptr_array_unref);

  G_OBJECT_CLASS (matinee_you_parent_class)->finalize (object);
}

static void
matinee_you_class_init (MatineeYouClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_you_finalize;

  /** MatineeYou::changed: there are other ratings, or another data set is open */
  signals[CHANGED] = g_signal_new ("changed", MATINEE_TYPE_YOU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * MatineeYou::failed:
   * @heading: what failed, plain text
   * @body: why, and what becomes of the ratings, plain text
   */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_YOU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
}

static void
matinee_you_init (MatineeYou *self)
{
  self->ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);
  self->movies = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->past = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->future = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

/**
 * matinee_you_dup_default_path:
 *
 * Returns: (transfer full): the file in the user's data folder
 */
char *
matinee_you_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "matinee", "you.json", NULL);
}

/**
 * matinee_you_new:
 * @path: (nullable): where the ratings are kept; %NULL to forget them
 *
 * A worker reads the file; [signal@You::changed] tells when that has been done.
 *
 * Returns: (transfer full): you
 */
MatineeYou *
matinee_you_new (const char *path)
{
  MatineeYou *self = g_object_new (MATINEE_TYPE_YOU, NULL);

  if (path == NULL)
    return self;
  self->store = matinee_you_store_new (path);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (write_failed_cb), self, G_CONNECT_SWAPPED);
  matinee_you_store_read_async (self->store, read_cb, g_object_ref (self));
  return self;
}

/**
 * matinee_you_get_busy:
 * @self: you
 *
 * Returns: whether the ratings are being read or written
 */
gboolean
matinee_you_get_busy (MatineeYou *self)
{
  return self->store != NULL && matinee_you_store_get_busy (self->store);
}

/**
 * matinee_you_set_dataset:
 * @self: you
 * @dataset: what is open; referenced
 *
 * Matches the ratings with the films of other data. O(movies)
 */
void
matinee_you_set_dataset (MatineeYou *self, MatineeDataset *dataset)
{
  g_return_if_fail (MATINEE_IS_YOU (self));

  matinee_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  self->dataset = dataset;
  match_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
matinee_you_get_n (MatineeYou *self)
{
  return self->ratings->len;
}

/**
 * matinee_you_get:
 * @self: you
 * @position: which rating, the newest is 0
 * @movie: (out): the film's index in the data, or %G_MAXUINT32 when the data lacks it
 *
 * Returns: (transfer none): a rating
 */
const MatineeYouRating *
matinee_you_get (MatineeYou *self, guint position, guint32 *movie)
{
  *movie = g_array_index (self->movies, guint32, position);
  return self->ratings->pdata[position];
}

const GPtrArray *
matinee_you_get_ratings (MatineeYou *self)
{
  return self->ratings;
}

/**
 * matinee_you_collect:
 * @self: you
 * @movies: (out) (transfer full) (array): indices of the films that the data has
 * @ratings: (out) (transfer full) (array): their ratings
 *
 * Returns: how many there are
 */
guint
matinee_you_collect (MatineeYou *self, guint32 **movies, float **ratings)
{
  guint n = 0;

  *movies = g_new (guint32, self->ratings->len + 1);
  *ratings = g_new (float, self->ratings->len + 1);
  for (guint i = 0; i < self->ratings->len; i++)
    {
      guint32 movie;
      const MatineeYouRating *rating = matinee_you_get (self, i, &movie);

      if (movie == MISSING)
        continue;
      (*movies)[n] = movie;
      (*ratings)[n++] = (float) rating->rating;
    }
  return n;
}

static gboolean
find_movie (MatineeYou *self, guint32 movie, guint *position)
{
  for (guint i = 0; i < self->movies->len; i++)
    if (g_array_index (self->movies, guint32, i) == movie)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * matinee_you_find:
 * @self: you
 * @movie: a film of the data
 *
 * Returns: your rating, or not a number
 */
double
matinee_you_find (MatineeYou *self, guint32 movie)
{
  guint position;

  if (!find_movie (self, movie, &position))
    return NAN;
  return ((const MatineeYouRating *) self->ratings->pdata[position])->rating;
}

/**
 * matinee_you_rate:
 * @self: you
 * @movie: a film of the data
 * @rating: your rating, or not a number to take it back
 *
 * Gives a film a rating. O(ratings)
 */
void
matinee_you_rate (MatineeYou *self, guint32 movie, double rating)
{
  char buffer[MATINEE_ID_BUFFER];
  guint position;
  gboolean found = find_movie (self, movie, &position);

  if (isnan (rating))
    {
      if (found)
        matinee_you_remove (self, position);
      return;
    }
  remember (self);
  if (found)
    ((MatineeYouRating *) self->ratings->pdata[position])->rating = rating;
  else
    {
      const char *id = matinee_ids_format (self->dataset->ratings->movies, movie, buffer);

      g_ptr_array_insert (self->ratings, 0, matinee_you_rating_new (id, get_title (self, movie), rating));
      g_array_prepend_val (self->movies, movie);
    }
  changed (self);
}

/**
 * matinee_you_remove:
 * @self: you
 * @position: which rating
 *
 * Takes a rating back.
 */
void
matinee_you_remove (MatineeYou *self, guint position)
{
  remember (self);
  g_ptr_array_remove_index (self->ratings, position);
  g_array_remove_index (self->movies, position);
  changed (self);
}

/**
 * matinee_you_add_all:
 * @self: you
 * @ratings: (element-type MatineeYouRating): ratings, such as imported ones
 *
 * Adds ratings; those of the same film replace what it had.
 */
void
matinee_you_add_all (MatineeYou *self, const GPtrArray *ratings)
{
  GPtrArray *joined;

  remember (self);
  joined = join (self, ratings, self->ratings);
  g_ptr_array_unref (self->ratings);
  self->ratings = joined;
  match_all (self);
  changed (self);
}

static gboolean
step (MatineeYou *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return FALSE;
  g_ptr_array_add (to, self->ratings);
  self->ratings = g_ptr_array_steal_index (from, from->len - 1);
  match_all (self);
  changed (self);
  return TRUE;
}

/**
 * matinee_you_undo:
 * @self: you
 *
 * Takes the last change back, then the one before it, and so on.
 *
 * Returns: whether there was one
 */
gboolean
matinee_you_undo (MatineeYou *self)
{
  return step (self, self->past, self->future);
}

/**
 * matinee_you_redo:
 * @self: you
 *
 * Makes the change again that was taken back last.
 *
 * Returns: whether there was one
 */
gboolean
matinee_you_redo (MatineeYou *self)
{
  return step (self, self->future, self->past);
}

gboolean
matinee_you_can_undo (MatineeYou *self)
{
  return self->past->len > 0;
}

gboolean
matinee_you_can_redo (MatineeYou *self)
{
  return self->future->len > 0;
}
