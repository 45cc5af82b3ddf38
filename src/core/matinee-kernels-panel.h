/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Part of the kernel template: sums over ratings with vectors. Rows are gathered
 * into a panel, and register tiles multiply it with itself.
 */

/* With the next ones, which are being fetched, they fill most of the
 * first-level cache at k = 64. */
#define PANEL_ROWS 64

/* Two more columns beside the factors in a panel: 1 and t; rounded up to a
 * cache line, which also keeps rows of 2 KB from falling on the same few
 * sets of the cache. */
#define PANEL_EXTRA 16

INLINE gsize
panel_width (guint order)
{
  return ((gsize) order + LANES - 1) / LANES * LANES;
}

INLINE gsize
panel_stride (guint order)
{
  return (panel_width (order) + PANEL_EXTRA - 1) / PANEL_EXTRA * PANEL_EXTRA + PANEL_EXTRA;
}

static gsize
kernel_sum_work (guint order)
{
  return PANEL_ROWS * panel_stride (order);
}

/* Brings rows into the panel, with 1 and t beside. */
INLINE void
fill_panel (float *panel, gsize stride, gsize width, const MatineeRows *of, const float *targets)
{
  for (gsize r = 0; r < of->n; r++)
    {
      const float *from = of->rows + of->columns[r] * of->stride;
      float *to = panel + r * stride;

      for (gsize f = 0; f < width; f += LANES)
        store (to + f, load (from + f));
      to[width] = 1.0f;
      to[width + 1] = targets[r];
    }
}

static void
kernel_sum (const MatineeRows *of, gsize n_ahead, const float *targets, guint order, gboolean add, float *g, gsize ld,
            float *moments, float *panel)
{
  gsize width = panel_width (order);
  gsize stride = panel_stride (order);
  gsize known = of->n + n_ahead;

  for (gsize first = 0; first < of->n; first += PANEL_ROWS)
    {
      MatineeRows part = { of->rows, of->stride, of->columns + first, MIN (of->n - first, PANEL_ROWS) };
      gsize next = MIN (first + PANEL_ROWS, known);
      MatineeRows ahead = { of->rows, of->stride, of->columns + next, MIN (part.n, known - next) };
      Gram gram = {
        panel, part.n, stride, g, ld, add || first > 0, panel + width, moments, &ahead, order > 3 * FLOATS_PER_LINE, 0
      };

      fill_panel (panel, stride, width, &part, targets + first);
      gram_triangle (&gram, order);
    }
}

static void
kernel_enter (void)
{
}

static void
kernel_leave (void)
{
}
