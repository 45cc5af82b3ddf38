/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "matinee-you"

#include "config.h"

#include "matinee-you.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

/* The index of a film that the data lacks. */
#define MISSING G_MAXUINT32

/**
 * MatineeYou:
 *
 * The ratings of the person at the screen, newest first. They are kept by title and id in
 * a file and are matched with whatever data is open: films that it lacks stay, for
 * the data that has them. Every change is saved, by one worker at a time.
 */
struct _MatineeYou
{
  GObject parent_instance;

  char *path;
  char *notice;
  MatineeDataset *dataset;
  GPtrArray *ratings; /* of MatineeYouRating */
  GArray *movies;     /* the index of each in the data */
  GPtrArray *before;  /* what undo brings back */
  gboolean saving;
  gboolean unsaved;
};

G_DEFINE_FINAL_TYPE (MatineeYou, matinee_you, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *path;
  GPtrArray *ratings;
} Save;

static void
save_free (Save *save)
{
  g_free (save->path);
  g_ptr_array_unref (save->ratings);
  g_free (save);
}

static gboolean
write_file (const char *path, const GPtrArray *ratings, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* What can't be made is told by the write that fails. */
  g_mkdir_with_parents (folder, 0700);
  return matinee_you_file_write (path, ratings, error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Save *save = data;
  GError *error = NULL;

  if (write_file (save->path, save->ratings, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void save (MatineeYou *self);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  MatineeYou *self = MATINEE_YOU (source);
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  else if (self->unsaved)
    save (self);
}

static void
save (MatineeYou *self)
{
  g_autoptr (GTask) task = NULL;
  Save *job;

  self->unsaved = TRUE;
  if (self->saving || self->path == NULL)
    return;
  self->unsaved = FALSE;
  self->saving = TRUE;
  job = g_new (Save, 1);
  job->path = g_strdup (self->path);
  job->ratings = matinee_you_ratings_copy (self->ratings);
  task = g_task_new (self, NULL, saved_cb, NULL);
  g_task_set_source_tag (task, save);
  g_task_set_task_data (task, job, (GDestroyNotify) save_free);
  g_task_run_in_thread (task, save_in_thread);
}

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
  g_clear_pointer (&self->before, g_ptr_array_unref);
  self->before = matinee_you_ratings_copy (self->ratings);
}

static void
changed (MatineeYou *self)
{
  save (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
matinee_you_finalize (GObject *object)
{
  MatineeYou *self = MATINEE_YOU (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->dataset, matinee_dataset_unref);
  g_clear_pointer (&self->ratings, g_ptr_array_unref);
  g_clear_pointer (&self->movies, g_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);

  G_OBJECT_CLASS (matinee_you_parent_class)->finalize (object);
}

static void
matinee_you_class_init (MatineeYouClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = matinee_you_finalize;

  /** MatineeYou::changed: there are other ratings, or another data set is open */
  signals[CHANGED] = g_signal_new ("changed", MATINEE_TYPE_YOU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** MatineeYou::failed: the ratings could not be kept; the text says why */
  signals[FAILED] = g_signal_new ("failed", MATINEE_TYPE_YOU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
matinee_you_init (MatineeYou *self)
{
  self->ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);
  self->movies = g_array_new (FALSE, FALSE, sizeof (guint32));
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

/* Gives the file a name that nothing has yet. Returns that name, or NULL when the file
 * can't be moved. */
static char *
put_aside (const char *path)
{
  g_autofree char *aside = g_strconcat (path, ".broken", NULL);

  for (guint i = 1; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.broken-%u", path, i);
    }
  return g_rename (path, aside) == 0 ? g_steal_pointer (&aside) : NULL;
}

/**
 * matinee_you_new:
 * @path: (nullable): where the ratings are kept; %NULL to forget them
 *
 * Reads the file at once: it is small. One that can't be read is put aside under another
 * name, so that nothing of it is lost, and where it can't be moved it is never written
 * to; matinee_you_get_notice() tells of either.
 *
 * Returns: (transfer full): you
 */
MatineeYou *
matinee_you_new (const char *path)
{
  MatineeYou *self = g_object_new (MATINEE_TYPE_YOU, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *ratings;

  self->path = g_strdup (path);
  ratings = path != NULL ? matinee_you_file_read (path, &error) : NULL;
  if (ratings != NULL)
    {
      g_ptr_array_unref (self->ratings);
      self->ratings = ratings;
    }
  else if (path != NULL)
    {
      g_autofree char *aside = put_aside (path);

      if (aside != NULL)
        self->notice
            = g_strdup_printf (_ ("%s. The file is kept as “%s”, and a new one begun."), error->message, aside);
      else
        {
          self->notice = g_strdup_printf (_ ("%s. What you rate now is not kept."), error->message);
          g_clear_pointer (&self->path, g_free);
        }
    }
  match_all (self);
  return self;
}

/**
 * matinee_you_get_notice:
 * @self: you
 *
 * Returns: (transfer none) (nullable): what was wrong with the file that was read, for
 *   people, or %NULL
 */
const char *
matinee_you_get_notice (MatineeYou *self)
{
  g_return_val_if_fail (MATINEE_IS_YOU (self), NULL);

  return self->notice;
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
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *joined = g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);

  remember (self);
  for (guint part = 0; part < 2; part++)
    {
      const GPtrArray *from = part == 0 ? ratings : self->ratings;

      for (guint i = 0; i < from->len; i++)
        {
          const MatineeYouRating *rating = from->pdata[i];
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
    }
  g_ptr_array_unref (self->ratings);
  self->ratings = joined;
  match_all (self);
  changed (self);
}

/**
 * matinee_you_undo:
 * @self: you
 *
 * Takes the last change back; once more brings it again.
 *
 * Returns: whether there was one
 */
gboolean
matinee_you_undo (MatineeYou *self)
{
  GPtrArray *now = self->ratings;

  if (self->before == NULL)
    return FALSE;
  self->ratings = g_steal_pointer (&self->before);
  self->before = now;
  match_all (self);
  changed (self);
  return TRUE;
}

/**
 * matinee_you_save_now:
 * @self: you
 * @error: return location
 *
 * Writes what a worker has not written yet, as when the program ends.
 *
 * Returns: whether everything is kept
 */
gboolean
matinee_you_save_now (MatineeYou *self, GError **error)
{
  if (self->path == NULL || (!self->unsaved && !self->saving))
    return TRUE;
  self->unsaved = FALSE;
  return write_file (self->path, self->ratings, error);
}
