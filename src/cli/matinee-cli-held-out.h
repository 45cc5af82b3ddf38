/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-model-file.h"
#include "matinee-pool.h"
#include "matinee-split.h"

G_BEGIN_DECLS

/**
 * MatineeCliHeldOut:
 * @split: what the model learnt from and what it is judged by, with the model's
 *   users and movies; or %NULL when nothing is known of what it learnt from
 * @test: the ratings that it is judged by, users as rows; those of @split if it is
 *   there
 * @n: ratings that were given
 * @n_unknown_users: those left out because the model does not know the user
 * @n_unknown_movies: those left out because it knows the user but not the movie
 * @n_learnt: those that are used although the model learnt from them
 *
 * The ratings to judge a model by.
 */
typedef struct
{
  MatineeSplit *split;
  MatineeSparse *test;
  gsize n;
  gsize n_unknown_users;
  gsize n_unknown_movies;
  gsize n_learnt;
} MatineeCliHeldOut;

gboolean matinee_cli_hold_out (MatineeCliHeldOut *held_out, const MatineeModelFile *file, const MatineeRatings *ratings,
                               const char *path, MatineePool *pool, MatineeStop *stop, GError **error);
gboolean matinee_cli_hold_out_again (MatineeCliHeldOut *held_out, const MatineeModelFile *file, const char *path,
                                     GError **error);
const MatineeSparse *matinee_cli_held_out_get_test (const MatineeCliHeldOut *held_out);
void matinee_cli_held_out_clear (MatineeCliHeldOut *held_out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeCliHeldOut, matinee_cli_held_out_clear)

G_END_DECLS
