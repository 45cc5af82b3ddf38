/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models that are cut off, garbled, forged or something else entirely: each is
 * refused in a sentence that names the file and what is wrong with it. */
#include "matinee-model-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-npz-reader.h"
#include "matinee-npz-writer.h"
#include "sample-model.h"

typedef struct
{
  char *room;
  char *path; /* a sound model */
  char *other;
  char *bytes;
  gsize length;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (SampleModel) sample = sample_model_new (3);
  const MatineeModelFile content = { .model = sample->model, .dataset = sample->dataset, .has_ratings = TRUE };
  g_autoptr (GError) error = NULL;

  self->room = sample_room_new ();
  self->path = g_build_filename (self->room, "model.npz", NULL);
  self->other = g_build_filename (self->room, "broken.npz", NULL);
  g_assert_true (matinee_model_file_save (&content, self->path, NULL, &error));
  g_assert_true (g_file_get_contents (self->path, &self->bytes, &self->length, &error));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->bytes);
  g_free (self->other);
  g_free (self->path);
  sample_room_free (self->room);
}

/* Opens what has to fail; @expected is a part of the message. */
static void
assert_refused (const char *path, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeModelFile) file = matinee_model_file_open (path, 0, NULL, NULL, &error);

  g_assert_null (file);
  g_assert_nonnull (error);
  if (!g_str_has_prefix (expected, "cut off"))
    g_test_message ("%s", error->message);
  if (strstr (error->message, expected) == NULL)
    g_error ("“%s” does not say “%s”", error->message, expected);
  if (error->domain != MATINEE_ERROR || error->code != MATINEE_ERROR_MEMORY)
    {
      g_autofree char *name = g_path_get_basename (path);

      g_assert_nonnull (strstr (error->message, name));
    }
}

static void
write_bytes (Fixture *self, gconstpointer bytes, gsize length)
{
  g_assert_true (g_file_set_contents_full (self->other, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
test_other_files (Fixture *self, gconstpointer data)
{
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  static const char ratings[] = "userId,movieId,rating\n1,2,3.5\n";
  static const char empty_zip[22] = "PK\x05\x06";
  g_autofree char *nothing = g_build_filename (self->room, "nothing.npz", NULL);

  write_bytes (self, "", 0);
  assert_refused (self->other, "it is empty");
  write_bytes (self, png, sizeof png);
  assert_refused (self->other, "it is not an .npz file");
  write_bytes (self, ratings, strlen (ratings));
  assert_refused (self->other, "it is not an .npz file");
  write_bytes (self, "PK", 2);
  assert_refused (self->other, "it is not an .npz file");
  write_bytes (self, empty_zip, sizeof empty_zip);
  assert_refused (self->other, "");
  assert_refused (self->room, "it is a folder");
  assert_refused (nothing, "can’t be opened");
  assert_refused ("/dev/null", "it is not a regular file");
}

static void
test_cut_off (Fixture *self, gconstpointer data)
{
  for (gsize length = 4; length < self->length; length += length < 3000 || length > self->length - 3000 ? 61 : 4999)
    {
      write_bytes (self, self->bytes, length);
      assert_refused (self->other, "cut off or damaged");
    }
}

/* A byte that changed is found out, or it was one that says nothing of the model,
 * such as a date. */
static void
test_garbled (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (MatineeModelFile) sound = matinee_model_file_open (self->path, 0, NULL, NULL, NULL);
  const MatineeFactors *a = sound->model->factors;
  guint n_refused = 0;

  for (guint i = 0; i < 600; i++)
    {
      gsize at = (gsize) g_rand_int_range (random, 0, (gint32) self->length);
      char before = self->bytes[at];
      g_autoptr (MatineeModelFile) file = NULL;
      g_autoptr (GError) error = NULL;

      self->bytes[at] = (char) g_rand_int_range (random, 0, 256);
      write_bytes (self, self->bytes, self->length);
      self->bytes[at] = before;
      file = matinee_model_file_open (self->other, (guint64) 1 << 30, NULL, NULL, &error);
      g_assert_true ((file == NULL) == (error != NULL));
      if (file == NULL)
        n_refused++;
      else
        {
          const MatineeFactors *b = file->model->factors;

          g_assert_cmpmem (a->user_factors, a->n_users * a->stride * sizeof (float), b->user_factors,
                           b->n_users * b->stride * sizeof (float));
          g_assert_cmpmem (a->movie_biases, a->n_movies * sizeof (float), b->movie_biases,
                           b->n_movies * sizeof (float));
        }
    }
  g_assert_cmpuint (n_refused, >, 500);
}

/* What is put in the place of a member: other bytes, or none. */
typedef struct
{
  const char *member;
  gconstpointer bytes;
  gsize length;
} Change;

/* Packs the sound model anew with one change. */
static void
forge (Fixture *self, const Change *change)
{
  g_autoptr (MatineeNpzReader) reader = matinee_npz_reader_new (self->path, NULL);
  g_autoptr (MatineeNpzWriter) writer = matinee_npz_writer_new (self->other, NULL);
  const char *name;

  while (matinee_npz_reader_next (reader, NULL) && (name = matinee_npz_reader_get_name (reader)) != NULL)
    {
      gsize size = matinee_npz_reader_get_size (reader);
      g_autofree char *bytes = g_malloc (size);

      g_assert_true (matinee_npz_reader_read (reader, bytes, size, NULL));
      if (!g_str_equal (name, change->member))
        g_assert_true (matinee_npz_writer_add_member (writer, name, bytes, size, NULL));
      else if (change->bytes != NULL)
        g_assert_true (matinee_npz_writer_add_member (writer, name, change->bytes, change->length, NULL));
    }
  g_assert_true (matinee_npz_writer_finish (writer, NULL));
}

/* A member of the sound model. */
static char *
read_member (Fixture *self, const char *member, gsize *size)
{
  g_autoptr (MatineeNpzReader) reader = matinee_npz_reader_new (self->path, NULL);

  while (matinee_npz_reader_next (reader, NULL) && matinee_npz_reader_get_name (reader) != NULL)
    if (g_str_equal (matinee_npz_reader_get_name (reader), member))
      {
        char *bytes;

        *size = matinee_npz_reader_get_size (reader);
        bytes = g_malloc0 (*size + 1);
        g_assert_true (matinee_npz_reader_read (reader, bytes, *size, NULL));
        return bytes;
      }
  g_assert_not_reached ();
}

static void
test_description (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *expected;
  } table[] = {
    { "\"version\" : 1", "\"version\" : 2", "update Matinee" },
    { "\"version\" : 1", "\"version\" : \"1\"", "no usable “version”" },
    { "\"version\" : 1", "\"version\" : 0", "no usable “version”" },
    { "matinee-model", "somebody-else", "no usable “format”" },
    { "{", "[", "its description can’t be read" },
    { "Matinee 0", "\xff\xfe 0", "its description can’t be read" },
    { "\"users\" : 600", "\"users\" : 601", "but has to be (601,) <i8" },
    { "\"users\" : 600", "\"users\" : -600", "no usable “users”" },
    { "\"users\" : 600", "\"users\" : 0", "no usable “users”" },
    { "\"users\" : 600", "\"users\" : 4294967295", "no usable “users”" },
    { "\"users\" : 600", "\"users\" : 600.5", "no usable “users”" },
    { "\"movies\" : 400", "\"movies\" : null", "no usable “movies”" },
    { "\"movies\" : 400", "\"movies\" : 399", "but has to be (399,) <i8" },
    { "\"factors\" : 3", "\"factors\" : 513", "no usable “factors”" },
    { "\"factors\" : 3", "\"factors\" : 4", "but has to be (600, 4) <f4" },
    { "\"user_ids\" : \"integer\"", "\"user_ids\" : \"text\"", "but has to be 600 texts" },
    { "\"user_ids\" : \"integer\"", "\"user_ids\" : \"roman\"", "no usable “user_ids”" },
    { "\"movie_ids\" : \"integer\"", "\"movie_ids\" : [ ]", "no usable “movie_ids”" },
    { "\"low\" : 0.5", "\"low\" : 7", "no usable “high”" },
    { "\"low\" : 0.5", "\"low\" : 1e300", "no usable “low”" },
    { "\"low\" : 0.5", "\"low\" : \"0.5\"", "no usable “low”" },
    { "\"parameters\"", "\"arguments\"", "no usable “parameters”" },
    { "\"solver\" : \"exact\"", "\"solver\" : \"magic\"", "“magic” is unknown" },
    { "\"regularization\" : ", "\"regularization\" : -1000, \"x\" : ", "must be from 0" },
    { "\"reason\" : \"iterations\"", "\"reason\" : \"boredom\"", "no usable “reason”" },
    { "\"train\" : {", "\"train\" : 5, \"x\" : {", "no usable “train”" },
    { "\"squared\"", "\"cubed\"", "no usable “train”" },
    { "\"test\" : {", "\"exam\" : {", "no usable “test”" },
  };
  gsize size;
  g_autofree char *sound = read_member (self, "matinee.json", &size);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *at = strstr (sound, table[i].old);
      g_autoptr (GString) text = g_string_new (NULL);

      if (at == NULL)
        g_error ("%s is not in %s", table[i].old, sound);
      g_string_append_len (text, sound, at - sound);
      g_string_append (text, table[i].new);
      g_string_append (text, at + strlen (table[i].old));
      forge (self, &(Change){ "matinee.json", text->str, text->len });
      assert_refused (self->other, table[i].expected);
    }
  forge (self, &(Change){ "matinee.json" });
  assert_refused (self->other, "Matinee did not save it");
  forge (self, &(Change){ "matinee.json", "", 0 });
  assert_refused (self->other, "its description");
}

/* Replaces an array by one with the bytes given. */
static void
forge_array (Fixture *self, const char *member, const MatineeNpyHeader *header, gconstpointer data, gsize size)
{
  g_autoptr (GBytes) prefix = matinee_npy_header_write (header);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (prefix, NULL), (guint) g_bytes_get_size (prefix));
  g_byte_array_append (bytes, data, (guint) size);
  forge (self, &(Change){ member, bytes->data, bytes->len });
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  static const char *const members[]
      = { "mean", "user_ids", "movie_ids", "user_biases", "movie_biases", "user_factors", "movie_factors", "trace" };
  static const char *const halves[] = { "rated_offsets", "rated_movies", "rated_codes", "rated_levels" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *member = g_strconcat (members[i], ".npy", NULL);

      forge (self, &(Change){ member });
      assert_refused (self->other, members[i]);
      forge (self, &(Change){ member, "no array, but some text", 23 });
      assert_refused (self->other, "is not a NumPy array");
      forge (self, &(Change){ member, "\x93NUMPY", 6 });
      assert_refused (self->other, "is too short");
    }
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autofree char *member = g_strconcat (halves[i], ".npy", NULL);

      forge (self, &(Change){ member });
      assert_refused (self->other, "do not fit together");
    }
}

static void
test_wrong_arrays (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *member;
    MatineeNpyHeader header;
    gsize size;
    const char *expected;
  } table[] = {
    { "mean.npy", { (char *) "<f4", FALSE, 0, { 0 } }, 4, "() <f4, but has to be () <f8" },
    { "mean.npy", { (char *) "<f8", FALSE, 1, { 1 } }, 8, "(1,) <f8, but has to be ()" },
    { "user_ids.npy", { (char *) "<i4", FALSE, 1, { 600 } }, 2400, "has to be (600,) <i8" },
    { "user_ids.npy", { (char *) "|O", FALSE, 1, { 600 } }, 4800, "has to be (600,) <i8" },
    { "user_ids.npy", { (char *) "<i8", FALSE, 1, { 600 } }, 4800, "not in ascending order" },
    { "user_ids.npy", { (char *) "<i8", FALSE, 1, { 600 } }, 4799, "is too short" },
    { "user_ids.npy", { (char *) "<i8", FALSE, 1, { 600 } }, 4801, "is too long" },
    { "user_ids.npy", { (char *) "<i8", FALSE, 1, { G_MAXUINT64 } }, 4800, "is too short" },
    { "titles.npy", { (char *) "<U1", FALSE, 1, { 399 } }, 1596, "has to be 400 texts" },
    { "titles.npy", { (char *) "<U0", FALSE, 1, { 400 } }, 400, "has to be 400 texts" },
    { "titles.npy", { (char *) "<U99999999999", FALSE, 1, { 400 } }, 400, "has to be 400 texts" },
    { "titles.npy", { (char *) "<U9999999", FALSE, 1, { 400 } }, 400, "is too short" },
    { "titles.npy", { (char *) "|u1", FALSE, 1, { 400 } }, 400, "only a part of" },
    { "user_factors.npy", { (char *) "<f4", FALSE, 2, { 5, 3 } }, 60, "(5, 3) <f4, but has to be (600, 3) <f4" },
    { "user_factors.npy", { (char *) "<f4", FALSE, 2, { 3, 600 } }, 7200, "has to be (600, 3)" },
    { "user_factors.npy", { (char *) "<f4", FALSE, 1, { 1800 } }, 7200, "has to be (600, 3)" },
    { "user_factors.npy", { (char *) "<f4", TRUE, 2, { 600, 3 } }, 7200, "in Fortran’s order" },
    { "user_factors.npy", { (char *) ">f4", FALSE, 2, { 600, 3 } }, 7200, "has to be (600, 3) <f4" },
    { "user_factors.npy", { (char *) "<f8", FALSE, 2, { 600, 3 } }, 14400, "has to be (600, 3) <f4" },
    { "user_biases.npy", { (char *) "<f4", FALSE, 2, { 600, 1 } }, 2400, "has to be (600,) <f4" },
    { "trace.npy", { (char *) "<f8", FALSE, 1, { 14 } }, 112, "iteration" },
    { "trace.npy", { (char *) "[('iteration', '<f8')]", FALSE, 1, { 4 } }, 32, "seconds" },
    { "rated_offsets.npy", { (char *) "<u8", FALSE, 1, { 600 } }, 4800, "do not fit together" },
    { "rated_offsets.npy", { (char *) "<i8", FALSE, 1, { 601 } }, 4808, "has to be (n,) <u8" },
    { "rated_offsets.npy", { (char *) "<u8", FALSE, 1, { 601 } }, 4808, "do not fit together" },
    { "rated_movies.npy", { (char *) "<u4", FALSE, 1, { 40000 } }, 160000, "do not fit together" },
    { "rated_codes.npy", { (char *) "|u1", FALSE, 1, { 39999 } }, 39999, "do not fit together" },
    { "rated_levels.npy", { (char *) "<f4", FALSE, 1, { 3 } }, 12, "do not fit together" },
    { "rated_levels.npy", { (char *) "<f4", FALSE, 1, { 300 } }, 1200, "do not fit together" },
  };
  g_autofree guint8 *zeros = g_malloc0 (200000);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      forge_array (self, table[i].member, &table[i].header, zeros, table[i].size);
      assert_refused (self->other, table[i].expected);
    }
}

/* One number of an array is made something that it must not be. */
static void
test_wrong_numbers (Fixture *self, gconstpointer data)
{
  const float not_a_number = G_MAXFLOAT * 0.0f + (float) (0.0 / 0.0);
  const float infinite = 1.0f / 0.0f;
  const double endless = 1.0 / 0.0;
  const double minus = -1;
  const guint32 no_character = 0xd800;
  const guint32 beyond = 400;
  const guint8 code = 255;
  const struct
  {
    const char *member;
    gsize index;
    gsize size;
    gconstpointer value;
    const char *expected;
  } table[] = {
    { "mean.npy", 0, 8, &endless, "“mean.npy” in it holds in row 0" },
    { "user_factors.npy", 3 * 17 + 1, 4, &not_a_number, "“user_factors.npy” in it holds in row 17 " },
    { "user_factors.npy", 1799, 4, &infinite, "in row 599" },
    { "movie_factors.npy", 0, 4, &infinite, "in row 0" },
    { "user_biases.npy", 599, 4, &not_a_number, "“user_biases.npy” in it holds in row 599" },
    { "movie_biases.npy", 7, 4, &infinite, "in row 7" },
    { "trace.npy", 0, 8, &minus, "“trace.npy” in it holds in row 0" },
    { "trace.npy", 14 + 3, 8, &endless, "“trace.npy” in it holds in row 1" },
    { "titles.npy", 0, 4, &no_character, "holds something other than text at 0" },
    { "rated_movies.npy", 9, 4, &beyond, "do not fit together" },
    { "rated_codes.npy", 9, 1, &code, "do not fit together" },
    { "rated_levels.npy", 2, 4, &infinite, "do not fit together" },
    { "rated_levels.npy", 2, 4, &not_a_number, "do not fit together" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      gsize size;
      g_autofree char *bytes = read_member (self, table[i].member, &size);
      gsize at = matinee_npy_header_size ((const guint8 *) bytes) + table[i].index * table[i].size;

      g_assert_cmpuint (at + table[i].size, <=, size);
      memcpy (bytes + at, table[i].value, table[i].size);
      forge (self, &(Change){ table[i].member, bytes, size });
      assert_refused (self->other, table[i].expected);
    }
}

static void
test_twice (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeNpzWriter) writer = matinee_npz_writer_new (self->other, NULL);
  gsize size;
  g_autofree char *description = read_member (self, "matinee.json", &size);

  for (guint i = 0; i < 2; i++)
    g_assert_true (matinee_npz_writer_add_member (writer, "matinee.json", description, size, NULL));
  g_assert_true (matinee_npz_writer_finish (writer, NULL));
  assert_refused (self->other, "is in it twice");
}

/* Kilobytes that become 64 MB are found out before any of them is unpacked. */
static void
test_bomb (Fixture *self, gconstpointer data)
{
  g_autoptr (MatineeNpzReader) reader = matinee_npz_reader_new (self->path, NULL);
  g_autoptr (MatineeNpzWriter) writer = matinee_npz_writer_new (self->other, NULL);
  g_autofree char *zeros = g_malloc0 (64 << 20);
  const guint64 shape[] = { (guint64) 64 << 20 };
  g_autoptr (GError) error = NULL;
  const char *name;

  while (matinee_npz_reader_next (reader, NULL) && (name = matinee_npz_reader_get_name (reader)) != NULL)
    {
      gsize size = matinee_npz_reader_get_size (reader);
      g_autofree char *bytes = g_malloc (size);

      g_assert_true (matinee_npz_reader_read (reader, bytes, size, NULL));
      if (!g_str_equal (name, "titles.npy"))
        g_assert_true (matinee_npz_writer_add_member (writer, name, bytes, size, NULL));
    }
  g_assert_true (matinee_npz_writer_begin_array (writer, "titles", "|u1", 1, 1, shape, TRUE, NULL));
  g_assert_true (matinee_npz_writer_write (writer, zeros, 64 << 20, NULL));
  g_assert_true (matinee_npz_writer_end_array (writer, NULL));
  g_assert_true (matinee_npz_writer_finish (writer, NULL));
  g_assert_null (matinee_model_file_open (self->other, (guint64) 60 << 20, NULL, NULL, &error));
  g_assert_error (error, MATINEE_ERROR, MATINEE_ERROR_MEMORY);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/model-damage/other-files", test_other_files);
  ADD ("/model-damage/cut-off", test_cut_off);
  ADD ("/model-damage/garbled", test_garbled);
  ADD ("/model-damage/description", test_description);
  ADD ("/model-damage/missing", test_missing);
  ADD ("/model-damage/wrong-arrays", test_wrong_arrays);
  ADD ("/model-damage/wrong-numbers", test_wrong_numbers);
  ADD ("/model-damage/twice", test_twice);
  ADD ("/model-damage/bomb", test_bomb);
  return g_test_run ();
}
