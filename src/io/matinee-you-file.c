/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-you-file.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "matinee-error.h"
#include "matinee-params-json.h"
#include "matinee-person-reader.h"
#include "matinee-save-file.h"
#include "matinee-table-writer.h"

/* Nobody has rated so many films by hand that the file is larger. */
#define LARGEST ((goffset) 64 << 20)
#define FORMAT "matinee-you"
#define USER_ID "you"

/**
 * matinee_you_rating_new:
 * @id: id of a film
 * @title: its title, or ""
 * @rating: the rating
 *
 * Returns: (transfer full): a rating
 */
MatineeYouRating *
matinee_you_rating_new (const char *id, const char *title, double rating)
{
  MatineeYouRating *self = g_new (MatineeYouRating, 1);

  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->rating = rating;
  return self;
}

void
matinee_you_rating_free (MatineeYouRating *rating)
{
  g_free (rating->id);
  g_free (rating->title);
  g_free (rating);
}

static GPtrArray *
ratings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) matinee_you_rating_free);
}

/**
 * matinee_you_ratings_copy:
 * @ratings: (element-type MatineeYouRating): ratings
 *
 * Returns: (transfer full) (element-type MatineeYouRating): the same once more
 */
GPtrArray *
matinee_you_ratings_copy (const GPtrArray *ratings)
{
  GPtrArray *copy = ratings_new ();

  for (guint i = 0; i < ratings->len; i++)
    {
      const MatineeYouRating *rating = ratings->pdata[i];

      g_ptr_array_add (copy, matinee_you_rating_new (rating->id, rating->title, rating->rating));
    }
  return copy;
}

static gboolean
read_text (const char *path, char **text, gsize *length, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  if (file == NULL)
    return FALSE;
  *length = g_mapped_file_get_length (file);
  if (*length > LARGEST)
    {
      g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_DATA,
                   _ ("%s is too large to be a person’s ratings: choose another file"), path);
      return FALSE;
    }
  *text = g_strndup (*length > 0 ? g_mapped_file_get_contents (file) : "", *length);
  return TRUE;
}

static gboolean
add_object (GPtrArray *ratings, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? matinee_json_get_text (object, "movie") : NULL;
  const char *title = object != NULL ? matinee_json_get_text (object, "title") : NULL;
  double rating;

  if (id == NULL || title == NULL || !matinee_json_get_double (object, "rating", &rating) || !isfinite (rating))
    return FALSE;
  g_ptr_array_add (ratings, matinee_you_rating_new (id, title, rating));
  return TRUE;
}

/**
 * matinee_you_file_read:
 * @path: a file of matinee_you_file_write()
 * @error: return location
 *
 * Reads a person's ratings. O(n)
 *
 * Returns: (transfer full) (nullable) (element-type MatineeYouRating): the ratings, none
 *   of a file that is not there; or %NULL with %MATINEE_ERROR_FORMAT,
 *   %MATINEE_ERROR_DATA or a #GFileError
 */
GPtrArray *
matinee_you_file_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) ratings = ratings_new ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = NULL;
  gsize length;
  JsonNode *root;
  JsonObject *object = NULL;
  JsonNode *list = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&ratings);
  if (!read_text (path, &text, &length, error))
    return NULL;
  if (json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      root = json_parser_get_root (parser);
      object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
    }
  if (object != NULL && g_strcmp0 (matinee_json_get_text (object, "format"), FORMAT) == 0)
    list = json_object_get_member (object, "ratings");
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    {
      JsonArray *array = json_node_get_array (list);
      guint i = 0;

      while (i < json_array_get_length (array) && add_object (ratings, json_array_get_element (array, i)))
        i++;
      if (i == json_array_get_length (array))
        return g_steal_pointer (&ratings);
    }
  g_set_error (error, MATINEE_ERROR, MATINEE_ERROR_FORMAT,
               _ ("%s does not hold a person’s ratings as Matinee writes them: put back a copy of it, or remove it to "
                  "begin anew"),
               path);
  return NULL;
}

/**
 * matinee_you_file_write:
 * @path: where to
 * @ratings: (element-type MatineeYouRating): a person's ratings
 * @error: return location
 *
 * Keeps a person's ratings. What had the name before stays until all is written.
 *
 * Returns: whether that succeeded; if not, a #GFileError
 */
gboolean
matinee_you_file_write (const char *path, const GPtrArray *ratings, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  MatineeSaveFile *file;
  gboolean done;
  gsize length;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, FORMAT);
  json_builder_set_member_name (builder, "ratings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ratings->len; i++)
    {
      const MatineeYouRating *rating = ratings->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "movie");
      json_builder_add_string_value (builder, rating->id);
      json_builder_set_member_name (builder, "title");
      json_builder_add_string_value (builder, rating->title);
      json_builder_set_member_name (builder, "rating");
      json_builder_add_double_value (builder, rating->rating);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);

  file = matinee_save_file_new (path, error);
  if (file == NULL)
    return FALSE;
  done = matinee_save_file_write (file, text, length, error) && matinee_save_file_commit (file, error);
  matinee_save_file_free (file);
  return done;
}

/**
 * matinee_you_file_import:
 * @path: a file of matinee_person_ratings_read()
 * @stop: (nullable): asks to stop
 * @error: return location
 *
 * Reads a person's ratings from a ratings file, whoever the user is. O(size)
 *
 * Returns: (transfer full) (nullable) (element-type MatineeYouRating): the ratings, or
 *   %NULL with an error as matinee_person_ratings_read(), such as for a file of many
 *   users
 */
GPtrArray *
matinee_you_file_import (const char *path, MatineeStop *stop, GError **error)
{
  g_autoptr (MatineePersonRatings) person = matinee_person_ratings_read (path, NULL, stop, error);
  GPtrArray *ratings;

  if (person == NULL)
    return NULL;
  ratings = ratings_new ();
  for (guint i = 0; i < person->n; i++)
    {
      const MatineePersonRating *item = &person->items[i];

      g_ptr_array_add (ratings, matinee_you_rating_new (item->movie, item->title, (double) item->rating));
    }
  return ratings;
}

/**
 * matinee_you_file_export:
 * @path: where to
 * @ratings: (element-type MatineeYouRating): a person's ratings
 * @error: return location
 *
 * Writes a ratings file with the columns userId, movieId, rating and title, which
 * matinee_ratings_read() and matinee_you_file_import() read.
 *
 * Returns: whether that succeeded; if not, a #GFileError
 */
gboolean
matinee_you_file_export (const char *path, const GPtrArray *ratings, GError **error)
{
  static const char *const columns[] = { "userId", "movieId", "rating", "title" };
  g_autoptr (MatineeTableWriter) writer
      = matinee_table_writer_new (path, MATINEE_EXPORT_CSV, columns, G_N_ELEMENTS (columns), error);

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < ratings->len; i++)
    {
      const MatineeYouRating *rating = ratings->pdata[i];

      matinee_table_writer_add_text (writer, USER_ID);
      matinee_table_writer_add_text (writer, rating->id);
      matinee_table_writer_add_double (writer, rating->rating);
      matinee_table_writer_add_text (writer, rating->title);
      if (!matinee_table_writer_end_row (writer, error))
        return FALSE;
    }
  return matinee_table_writer_finish (writer, error);
}
