/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-types.h"

G_BEGIN_DECLS

/**
 * MatineeRows:
 * @rows: factors of the side that stays, or what @pack made of them
 * @stride: floats from one of its rows to the next
 * @columns: which of its rows
 * @n: how many
 *
 * Rows of factors: to be read, or to be fetched into the cache while the processor
 * multiplies.
 */
typedef struct
{
  const float *rows;
  gsize stride;
  const guint32 *columns;
  gsize n;
} MatineeRows;

/**
 * MatineeKernels:
 * @name: of the instruction set, such as "avx512"
 * @lanes: floats in a vector; widths below are multiples of it
 * @pack: (nullable): turns n factors, a multiple of 16, into what @sum reads, in as much
 *   memory; without it @sum reads factors as they are
 * @sum_work: floats of scratch that @sum needs for @order factors; zeros at first, and
 *   then for this order alone
 * @enter: to be called by a thread before it calls @sum
 * @leave: to be called by the same thread when it has summed, before it rests
 * @sum: the lower triangle of G (+)= Σ y yᵀ over rows y of @order factors: G[j·ld + i]
 *   for i ≥ j, and whatever shares a vector with it; columns up to a multiple of
 *   four. Also the two sums (+)= Σ y and Σ t y, which stand in @moments one @ld
 *   after the other. @targets are t, zeros from n up to a multiple of
 *   %MATINEE_SUM_PADDING. After the columns there stand @n_ahead more, whose rows
 *   will be needed next and are fetched on the way
 * @targets: t_r = levels[codes_r] − biases[columns_r]; returns Σt
 * @gather_transposed: row r becomes column r of @width rows; columns from @n up to a
 *   multiple of %MATINEE_PADDING become zero
 * @gather_packed: the same for rows as @sum reads them
 * @gram: the lower triangle of G = PᵀP, as @sum, for a panel P of @n rows of @order
 *   numbers, one @ld after the other
 * @combine: x = Σ w_r · row_r, for rows as @sum reads them
 * @eliminate: G += ridge·I − scale s sᵀ, right −= scale·total·s; %FALSE when that
 *   leaves only noise on the diagonal
 * @scale_add: a = scale a + factor b
 * @dot: Σ a_f b_f
 * @cholesky: factorises A = L Lᵀ in place and solves for @n_right right sides,
 *   each @ld floats from the last; %FALSE when a pivot is noise. The order is a
 *   multiple of 4; @work has room for as much as the right sides
 * @solve_lanes: the same for as many systems as there are lanes, side by side; the
 *   order is a multiple of 4, right sides begin @right floats after each
 *   matrix and come back solved; a bit is set for each that had no noise in
 *   its pivots. @work has matinee_kernels_lanes_work() floats
 * @predict: products row_r · x; @products has room for n rounded up to whole
 *   vectors
 * @normal: with d_r = row_r · x + bias, or t_r − that if @targets (padded to whole
 *   vectors) is not %NULL: out = Σ d_r row_r; returns Σ d_r.
 *   With @fetch the rows are expected to be far away
 * @normal_chunks: the same for rows that were gathered by @gather_transposed, in
 *   chunks of %MATINEE_CHUNK; @sums has room for @width vectors. Fetches what is
 *   @ahead on the way
 * @scores: scores[i·stride + u] = b_i + x_u · y_i of transposed blocks of users and
 *   movies, @stride apart; @n_users is a multiple of four vectors, @n_movies of
 *   four. Lists movies that pass the @least score of some user; returns how many
 * @fma_loop: multiplies and adds registers so many times, for measuring
 * @fma_loop_flops: operations in one time of that
 *
 * The inner loops, one table for each instruction set. All arrays begin on
 * 64-byte boundaries and all strides are multiples of 16 floats.
 */
struct _MatineeKernels
{
  const char *name;
  guint lanes;
  void (*pack) (const float *from, float *to, gsize n);
  gsize (*sum_work) (guint order);
  void (*enter) (void);
  void (*leave) (void);
  void (*sum) (const MatineeRows *of, gsize n_ahead, const float *targets, guint order, gboolean add, float *gram,
               gsize ld, float *moments, float *work);
  double (*targets) (const float *levels, const guint8 *codes, const float *biases, const guint32 *columns, gsize n,
                     float *targets);
  void (*gather_transposed) (float *panel, gsize panel_stride, gsize width, const float *rows, gsize stride,
                             const guint32 *columns, gsize n);
  void (*gather_packed) (float *panel, gsize panel_stride, gsize width, const float *rows, gsize stride,
                         const guint32 *columns, gsize n);
  void (*gram) (const float *panel, gsize n, guint order, float *gram, gsize ld, const MatineeRows *ahead);
  void (*combine) (const float *rows, gsize stride, gsize width, const guint32 *columns, const float *weights, gsize n,
                   float *x);
  gboolean (*eliminate) (float *gram, gsize ld, guint order, const float *s, float scale, float ridge, float *right,
                         float total);
  void (*scale_add) (float *a, float scale, float factor, const float *b, gsize width);
  float (*dot) (const float *a, const float *b, gsize width);
  gboolean (*cholesky) (float *a, gsize ld, guint order, float *right, guint n_right, float *work);
  guint (*solve_lanes) (float *const *systems, gsize ld, guint order, gsize right, guint n_right, float *work);
  void (*predict) (const float *rows, gsize stride, gsize width, const guint32 *columns, gsize n, const float *x,
                   float *products);
  float (*normal) (const float *rows, gsize stride, gsize width, const guint32 *columns, gsize n, const float *x,
                   float bias, const float *targets, float *out, gboolean fetch);
  float (*normal_chunks) (const float *panel, gsize n, gsize width, const float *x, float bias, const float *targets,
                          float *out, float *sums, const MatineeRows *ahead);
  gsize (*scores) (const float *users, gsize n_users, const float *movies, gsize n_movies, gsize stride, guint order,
                   const float *biases, const float *least, float *scores, guint32 *candidates);
  float (*fma_loop) (gsize rounds);
  guint fma_loop_flops;
};

/* Rows are padded to so many when they are transposed; wider vectors pad more. */
#define MATINEE_PADDING ((gsize) 8)

/* Targets are padded to so many. */
#define MATINEE_SUM_PADDING ((gsize) 32)

/* Rows that are summed at once; some hundred microseconds at k = 512. */
#define MATINEE_SUM_ROWS ((gsize) 256)

/* Rows that are fetched before the first sum. */
#define MATINEE_SUM_AHEAD ((gsize) 64)

/* Rows in one chunk of a transposed panel. */
#define MATINEE_CHUNK ((gsize) 64)

/* More lanes than any kernels have. */
#define MATINEE_MAX_LANES 16

gsize matinee_kernels_lanes_work (const MatineeKernels *kernels, guint order);
const MatineeKernels *matinee_kernels_best (void);
const MatineeKernels *matinee_kernels_by_name (const char *name);
const MatineeKernels *const *matinee_kernels_all (guint *n);

G_END_DECLS
