/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matinee-half-step.h"

G_BEGIN_DECLS

/* Ratings that are added up together. */
#define MATINEE_ROW_SYSTEM_PANEL 4

/**
 * MatineeRowSystem:
 * @order: k + 1
 * @stride: doubles from one row to the next
 * @a: (array order*stride): the upper triangle of A and, once solved, the
 *   Cholesky factor below the diagonal
 * @diagonal: (array order): the diagonal of the factor
 * @right: (array stride): h = Σ z t
 * @solution: (array stride): A⁻¹ h
 * @panel: (array MATINEE_ROW_SYSTEM_PANEL*stride): vectors z not yet added
 * @targets: what each of those stands for
 * @n_panel: how many
 * @ridge: what had to be added to the diagonal to factorise A; 0 as a rule
 *
 * The regularised system of one row in float64, A = Σ z zᵀ + penalty, with
 * z = [y; 1]: the bias comes last, so that the first k rows of the factor are
 * the factor of the system without a bias. The memory is the caller's.
 */
typedef struct
{
  gsize order;
  gsize stride;
  double *a;
  double *diagonal;
  double *right;
  double *solution;
  double *panel;
  double targets[MATINEE_ROW_SYSTEM_PANEL];
  guint n_panel;
  double ridge;
} MatineeRowSystem;

gsize matinee_row_system_size (guint n_factors);
void matinee_row_system_init (MatineeRowSystem *system, guint n_factors, double *memory);
void matinee_row_system_add (MatineeRowSystem *system, const float *y, double t);
void matinee_row_system_penalize (MatineeRowSystem *system, double regularization, double bias_regularization);
MatineeRowResult matinee_row_system_solve (MatineeRowSystem *system, MatineeStop *stop);
void matinee_row_system_forward (const MatineeRowSystem *system, gsize order, double *v);
void matinee_row_system_backward (const MatineeRowSystem *system, gsize order, double *v);

G_END_DECLS
