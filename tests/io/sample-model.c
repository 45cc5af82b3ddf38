/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-model.h"

#include <glib/gstdio.h>

#include "matinee-memory.h"
#include "matinee-planted.h"
#include "matinee-trainer.h"

MatineeIds *
sample_ids (guint32 n, gint64 first)
{
  gint64 *ids = matinee_alloc (n, sizeof *ids, "test", NULL);

  for (guint32 i = 0; i < n; i++)
    ids[i] = first + i;
  return matinee_ids_new_integer (ids, n, NULL);
}

MatineeIds *
sample_text_ids (guint32 n, const char *prefix)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint32 i = 0; i < n; i++)
    g_ptr_array_add (texts, g_strdup_printf ("%s%06u", prefix, i));
  return matinee_ids_new_text ((const char *const *) texts->pdata, n, NULL);
}

SampleModel *
sample_model_new (guint n_factors)
{
  SampleModel *sample = g_new0 (SampleModel, 1);
  g_autoptr (MatineeSplit) split = NULL;
  g_autoptr (MatineeTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  MatineeParams params;
  MatineePlan plan;

  matinee_plan_init_sample (&plan);
  sample->dataset = matinee_planted_new (&plan, NULL, NULL, &error);
  g_assert_no_error (error);
  matinee_params_init (&params, 1);
  params.n_factors = n_factors;
  params.n_iterations = 3;
  split = matinee_split_new_random (sample->dataset->ratings, params.test_share, params.seed, NULL, NULL, &error);
  g_assert_no_error (error);
  trainer = matinee_trainer_new (&params, split, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  matinee_trainer_run (trainer, NULL, NULL, &error);
  g_assert_no_error (error);
  sample->model = matinee_trainer_finish (trainer, sample->dataset->ratings->users, sample->dataset->ratings->movies);
  return sample;
}

void
sample_model_free (SampleModel *sample)
{
  matinee_model_unref (sample->model);
  matinee_dataset_unref (sample->dataset);
  g_free (sample);
}

/* A folder of one's own. */
char *
sample_room_new (void)
{
  g_autoptr (GError) error = NULL;
  char *room = g_dir_make_tmp ("matinee-XXXXXX", &error);

  g_assert_no_error (error);
  return room;
}

/* Removes it with all that is in it; no folders are made there. */
void
sample_room_free (char *room)
{
  g_autoptr (GDir) dir = g_dir_open (room, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (room, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (room), ==, 0);
  g_free (room);
}
