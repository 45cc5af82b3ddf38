/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models. A changed byte of a zip archive is found out by its checksum, so that
 * nothing behind it would ever be tried: the first byte tells which member of a sound
 * model the rest is put in the place of, with a checksum that is right. Zero: the rest
 * is the file itself. */
#include "fuzz.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <math.h>

#include "matinee-model-file.h"
#include "matinee-npz-reader.h"
#include "matinee-ratings-reader.h"
#include "matinee-titles-reader.h"
#include "matinee-trainer.h"

/* More is refused before it is asked for. */
#define AVAILABLE ((guint64) 256 << 20)

static const char ratings_text[] = "userId,movieId,rating\n1,1,3\n1,2,4.5\n2,1,1\n2,3,5\n3,2,2\n";
static const char titles_text[] = "movieId,title,genres\n1,Sunrise (1927),Drama\n2,\"General, The (1926)\",Comedy\n";

typedef struct
{
  char *name;
  char *bytes;
  gsize size;
} Member;

static MatineeRatings *
read_ratings (void)
{
  g_autoptr (GError) error = NULL;
  char *path = fuzz_file_new (ratings_text, strlen (ratings_text));
  MatineeRatings *ratings = matinee_ratings_read (path, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  fuzz_file_free (path);
  return ratings;
}

static MatineeTitles *
read_titles (void)
{
  g_autoptr (GError) error = NULL;
  char *path = fuzz_file_new (titles_text, strlen (titles_text));
  MatineeTitles *titles = matinee_titles_read (path, NULL, &error);

  g_assert_no_error (error);
  fuzz_file_free (path);
  return titles;
}

static void
save_sound_model (const char *path)
{
  g_autoptr (MatineeRatings) ratings = read_ratings ();
  g_autoptr (MatineeTitles) titles = read_titles ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MatineeDataset) dataset = matinee_dataset_new (ratings, titles, &error);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (MatineeModel) model = NULL;
  MatineeModelFile file = { .dataset = dataset, .has_ratings = TRUE };
  MatineeParams params;

  matinee_params_init (&params, 1);
  params.n_factors = 2;
  params.n_iterations = 2;
  split = matinee_split_new_random (ratings, params.test_share, params.seed, NULL, NULL, &error);
  g_assert_no_error (error);
  trainer = matinee_trainer_new (&params, split, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (matinee_trainer_run (trainer, NULL, NULL, &error));
  model = matinee_trainer_finish (trainer, ratings->users, ratings->movies);
  file.model = model;
  g_assert_true (matinee_model_file_save (&file, path, NULL, &error));
}

static void
member_clear (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_free (member->bytes);
}

/* The members of a sound model, in its order. */
static GArray *
sound_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("matinee-fuzz-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "sound.npz", NULL);
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_autoptr (MatineeNpzReader) reader = NULL;

  g_assert_no_error (error);
  g_array_set_clear_func (members, member_clear);
  save_sound_model (path);
  reader = matinee_npz_reader_new (path, &error);
  g_assert_no_error (error);
  while (matinee_npz_reader_next (reader, NULL) && matinee_npz_reader_get_name (reader) != NULL)
    {
      Member member = { g_strdup (matinee_npz_reader_get_name (reader)), NULL, matinee_npz_reader_get_size (reader) };

      member.bytes = g_malloc (member.size);
      g_assert_true (matinee_npz_reader_read (reader, member.bytes, member.size, NULL));
      g_array_append_val (members, member);
    }
  g_assert_cmpuint (members->len, >, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return members;
}

static void
add_member (struct archive *archive, const char *name, gconstpointer bytes, gsize size)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, (la_int64_t) size);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, bytes, size), ==, size);
  archive_entry_free (entry);
}

/* Packs the members, the @which-th with other bytes. */
static char *
pack (const GArray *members, guint which, const uint8_t *data, size_t size)
{
  struct archive *archive = archive_write_new ();
  char *path = fuzz_file_new ("", 0);

  g_assert_cmpint (archive_write_set_format_zip (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_zip_set_compression_store (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < members->len; i++)
    {
      const Member *member = &g_array_index (members, Member, i);

      if (i == which)
        add_member (archive, member->name, data, size);
      else
        add_member (archive, member->name, member->bytes, member->size);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return path;
}

static void
check_factors (const MatineeModel *model)
{
  const MatineeFactors *factors = model->factors;

  for (guint32 u = 0; u < factors->n_users; u++)
    for (guint f = 0; f < factors->n_factors; f++)
      g_assert_true (isfinite (factors->user_factors[u * factors->stride + f]));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static GArray *members;
  g_autoptr (MatineeModelFile) file = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  if (members == NULL)
    members = sound_members ();
  if (size == 0)
    return 0;
  if (data[0] == 0)
    path = fuzz_file_new (data + 1, size - 1);
  else
    path = pack (members, (data[0] - 1u) % members->len, data + 1, size - 1);
  file = matinee_model_file_open (path, AVAILABLE, NULL, NULL, &error);
  fuzz_check_error (file, error);
  if (file != NULL)
    check_factors (file->model);
  fuzz_file_free (path);
  return 0;
}
