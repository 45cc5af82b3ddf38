/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-row-system.h"

#include <math.h>
#include <string.h>

/* Becomes whatever vectors the target has. */
#define LANES 4
typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double)), may_alias));

/* Rows between two looks at the stop flag: under a millisecond at k = 512. */
#define STOP_INTERVAL 8

/* A pivot that lost this share of its diagonal is rounding noise. */
#define SINGULAR 1e-13

/* Attempts with a growing ridge, each a hundred times the last. */
#define RIDGE_FIRST 1e-11
#define RIDGE_GROWTH 100.0
#define RIDGE_ATTEMPTS 4

static gsize
get_stride (gsize order)
{
  return (order + LANES - 1) / LANES * LANES;
}

/**
 * matinee_row_system_size:
 * @n_factors: k
 *
 * Returns: how many doubles of memory a system needs
 */
gsize
matinee_row_system_size (guint n_factors)
{
  gsize order = (gsize) n_factors + 1;

  return get_stride (order) * (order + 3 + MATINEE_ROW_SYSTEM_PANEL);
}

/**
 * matinee_row_system_init:
 * @system: (out caller-allocates): a system
 * @n_factors: k
 * @memory: matinee_row_system_size() doubles on a 32-byte boundary, which must
 *   outlive @system
 *
 * Begins with A = 0 and h = 0.
 */
void
matinee_row_system_init (MatineeRowSystem *system, guint n_factors, double *memory)
{
  memset (memory, 0, matinee_row_system_size (n_factors) * sizeof *memory);
  *system = (MatineeRowSystem){ .order = (gsize) n_factors + 1 };
  system->stride = get_stride (system->order);
  system->a = memory;
  system->diagonal = system->a + system->order * system->stride;
  system->right = system->diagonal + system->stride;
  system->solution = system->right + system->stride;
  system->panel = system->solution + system->stride;
}

/* A += Σ z zᵀ and h += Σ z t over the panel. Rows are begun at a whole
 * vector; what that writes below the diagonal is never read. */
static void
add_panel (MatineeRowSystem *system)
{
  gsize stride = system->stride;
  const double *z0 = system->panel;
  const double *z1 = z0 + stride;
  const double *z2 = z1 + stride;
  const double *z3 = z2 + stride;
  const double *t = system->targets;

  for (gsize i = 0; i < system->order; i++)
    {
      double *row = system->a + i * stride;

      for (gsize j = i / LANES * LANES; j < stride; j += LANES)
        *(Vector *) (row + j) += (z0[i] * *(const Vector *) (z0 + j) + z1[i] * *(const Vector *) (z1 + j))
                                 + (z2[i] * *(const Vector *) (z2 + j) + z3[i] * *(const Vector *) (z3 + j));
      system->right[i] += (z0[i] * t[0] + z1[i] * t[1]) + (z2[i] * t[2] + z3[i] * t[3]);
    }
  memset (system->panel, 0, MATINEE_ROW_SYSTEM_PANEL * stride * sizeof (double));
  memset (system->targets, 0, sizeof system->targets);
  system->n_panel = 0;
}

/**
 * matinee_row_system_add:
 * @system: a system that is not yet solved
 * @y: (array k): factors of what was rated
 * @t: the rating less the mean and the bias of what was rated
 *
 * Adds one rating: A += z zᵀ, h += z t with z = [y; 1]. O(k²), in the order of
 * the calls.
 */
void
matinee_row_system_add (MatineeRowSystem *system, const float *y, double t)
{
  double *z = system->panel + system->n_panel * system->stride;

  for (gsize f = 0; f + 1 < system->order; f++)
    z[f] = (double) y[f];
  z[system->order - 1] = 1.0;
  system->targets[system->n_panel++] = t;
  if (system->n_panel == MATINEE_ROW_SYSTEM_PANEL)
    add_panel (system);
}

/**
 * matinee_row_system_penalize:
 * @system: a system that is not yet solved
 * @regularization: penalty of the factors, n^ν λ
 * @bias_regularization: penalty of the bias, n^ν λ_b
 *
 * Adds a penalty to the diagonal.
 */
void
matinee_row_system_penalize (MatineeRowSystem *system, double regularization, double bias_regularization)
{
  gsize last = system->order - 1;

  for (gsize i = 0; i < last; i++)
    system->a[i * system->stride + i] += regularization;
  system->a[last * system->stride + last] += bias_regularization;
}

static double
dot (const double *a, const double *b, gsize n)
{
  Vector sums = { 0 };
  double sum = 0.0;
  gsize i = 0;

  for (; i + LANES <= n; i += LANES)
    sums += *(const Vector *) (a + i) * *(const Vector *) (b + i);
  for (; i < n; i++)
    sum += a[i] * b[i];
  return sum + ((sums[0] + sums[2]) + (sums[1] + sums[3]));
}

/* One row of the factor after another: l_ij = (a_ij − Σ l_ip l_jp) / l_jj */
static MatineeRowResult
factorise (MatineeRowSystem *system, MatineeStop *stop)
{
  for (gsize i = 0; i < system->order; i++)
    {
      double *li = system->a + i * system->stride;
      double diagonal = li[i] + system->ridge;
      double pivot;

      if (i % STOP_INTERVAL == 0 && matinee_stop_requested (stop))
        return MATINEE_ROW_STOPPED;
      for (gsize j = 0; j < i; j++)
        {
          const double *lj = system->a + j * system->stride;

          li[j] = (lj[i] - dot (li, lj, j)) / system->diagonal[j];
        }
      pivot = diagonal - dot (li, li, i);
      if (!isfinite (pivot) || pivot <= SINGULAR * diagonal)
        return MATINEE_ROW_FAILED;
      system->diagonal[i] = sqrt (pivot);
    }
  return MATINEE_ROW_SOLVED;
}

static gboolean
is_finite (const MatineeRowSystem *system)
{
  for (gsize i = 0; i < system->order; i++)
    if (!isfinite ((float) system->solution[i]))
      return FALSE;
  return TRUE;
}

/**
 * matinee_row_system_solve:
 * @system: a system
 * @stop: (nullable): looked at every millisecond or so
 *
 * Factorises A = L Lᵀ and solves A [x; b] = h. A singular A, which only no
 * penalty makes, gets the smallest ridge that lets it be factorised: of
 * all minimisers that is about the shortest. O(k³).
 *
 * Returns: %MATINEE_ROW_SOLVED; or that numbers are infinite, or that it was stopped
 */
MatineeRowResult
matinee_row_system_solve (MatineeRowSystem *system, MatineeStop *stop)
{
  double largest = 0.0;

  if (system->n_panel > 0)
    add_panel (system);
  for (gsize i = 0; i < system->order; i++)
    largest = MAX (largest, system->a[i * system->stride + i]);
  for (guint attempt = 0; attempt <= RIDGE_ATTEMPTS; attempt++)
    {
      MatineeRowResult result = factorise (system, stop);

      if (result == MATINEE_ROW_STOPPED)
        return result;
      if (result == MATINEE_ROW_SOLVED)
        {
          memcpy (system->solution, system->right, system->order * sizeof (double));
          matinee_row_system_forward (system, system->order, system->solution);
          matinee_row_system_backward (system, system->order, system->solution);
          return is_finite (system) ? MATINEE_ROW_SOLVED : MATINEE_ROW_FAILED;
        }
      system->ridge = attempt == 0 ? RIDGE_FIRST * (largest > 0.0 ? largest : 1.0) : system->ridge * RIDGE_GROWTH;
    }
  return MATINEE_ROW_FAILED;
}

/**
 * matinee_row_system_forward:
 * @system: a solved system
 * @order: k for the system without its bias, or k + 1 for all of it
 * @v: (inout) (array order): a vector on a 32-byte boundary
 *
 * Solves L w = v in place, L being the factor's first @order rows. So
 * w·w = vᵀ A⁻¹ v. O(order²).
 */
void
matinee_row_system_forward (const MatineeRowSystem *system, gsize order, double *v)
{
  for (gsize i = 0; i < order; i++)
    v[i] = (v[i] - dot (system->a + i * system->stride, v, i)) / system->diagonal[i];
}

/**
 * matinee_row_system_backward:
 * @system: a solved system
 * @order: as given to matinee_row_system_forward()
 * @v: (inout) (array order): a vector
 *
 * Solves Lᵀ w = v in place. O(order²).
 */
void
matinee_row_system_backward (const MatineeRowSystem *system, gsize order, double *v)
{
  for (gsize i = order; i-- > 0;)
    {
      const double *li = system->a + i * system->stride;

      v[i] /= system->diagonal[i];
      for (gsize p = 0; p < i; p++)
        v[p] -= li[p] * v[i];
    }
}
