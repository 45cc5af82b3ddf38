/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-series.h"

#include <math.h>

/* Points (and extents) per extent of the level above. */
#define FAN_SHIFT 4
#define FAN (1 << FAN_SHIFT)

/* Levels enough for 16^8 points. */
#define MAX_LEVELS 8

/* Where x goes back and forth, at most so many spans are drawn. */
#define MAX_LOOSE_SPANS 8192

typedef struct
{
  MatineePlotExtent *extents;
  gsize n;
  gsize allocated;
} Level;

/* A curve: two growing arrays, and above them a pyramid in which each level
 * holds the extents of 16 entries of the level below. With it the extent of
 * any interval takes O(log n), so that drawing costs pixels, not points.
 * Memory: 16 bytes a point, and a tenth of that for the pyramid. */
struct _MatineePlotSeries
{
  char *name;
  int color;
  MatineePlotDash dash;
  MatineePlotShape shape;
  gboolean visible;

  double *x;
  double *y; /* NaN where the line is broken */
  gsize n;
  gsize allocated;
  Level levels[MAX_LEVELS];

  gboolean monotonic; /* x never decreases */
  MatineePlotExtent extent_x;
  gsize n_finite;
  gsize n_hidden_x;  /* finite points with x ≤ 0 */
  gsize n_hidden_y;  /* … with y ≤ 0 */
  gsize n_hidden_xy; /* … with either */

  MatineePlotSeriesFunc notify;
  gpointer notify_data;
};

/* {{{ Pyramid */

static void
pyramid_add (MatineePlotSeries *self, gsize index, double y)
{
  for (guint i = 0; i < MAX_LEVELS; i++)
    {
      Level *level = &self->levels[i];

      index >>= FAN_SHIFT;
      if (index == level->n)
        {
          /* A level of one entry would only repeat the top of the one below. */
          if (i > 0 && index == 0 && self->levels[i - 1].n < 2)
            return;
          if (level->n == level->allocated)
            {
              level->allocated = MAX (FAN, level->allocated * 2);
              level->extents = g_renew (MatineePlotExtent, level->extents, level->allocated);
            }
          matinee_plot_extent_init (&level->extents[level->n++]);
          if (i > 0 && index == 0)
            matinee_plot_extent_join (&level->extents[0], &self->levels[i - 1].extents[0]);
        }
      matinee_plot_extent_add (&level->extents[index], y);
    }
}

/* The extent of y over [start, end): whole blocks from as high up as
 * possible, what sticks out at both sides from below. */
static void
pyramid_query (const MatineePlotSeries *self, gsize start, gsize end, MatineePlotExtent *out)
{
  matinee_plot_extent_init (out);

  for (; start < end && start % FAN != 0; start++)
    matinee_plot_extent_add (out, self->y[start]);
  for (; start < end && end % FAN != 0; end--)
    matinee_plot_extent_add (out, self->y[end - 1]);

  for (guint i = 0; start < end; i++)
    {
      const Level *level = &self->levels[i];
      gboolean top = i + 1 == MAX_LEVELS || self->levels[i + 1].n == 0;

      start >>= FAN_SHIFT;
      end >>= FAN_SHIFT;
      for (; start < end && (top || start % FAN != 0); start++)
        matinee_plot_extent_join (out, &level->extents[start]);
      for (; start < end && end % FAN != 0; end--)
        matinee_plot_extent_join (out, &level->extents[end - 1]);
    }
}

/* }}} */
/* {{{ Life */

/**
 * matinee_plot_series_new:
 * @name: what the legend says
 * @color: an index into the palette, or -1 to take the next one
 * @dash: how the line is broken
 *
 * Most callers want [method@PlotModel.add_series], which owns what it adds.
 *
 * Returns: (transfer full): an empty, visible series
 */
MatineePlotSeries *
matinee_plot_series_new (const char *name, int color, MatineePlotDash dash)
{
  MatineePlotSeries *self = g_new0 (MatineePlotSeries, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->color = color;
  self->dash = dash;
  self->visible = TRUE;
  self->monotonic = TRUE;
  matinee_plot_extent_init (&self->extent_x);

  return self;
}

/**
 * matinee_plot_series_free:
 * @self: (transfer full): a series that no model owns
 */
void
matinee_plot_series_free (MatineePlotSeries *self)
{
  for (guint i = 0; i < MAX_LEVELS; i++)
    g_free (self->levels[i].extents);
  g_free (self->x);
  g_free (self->y);
  g_free (self->name);
  g_free (self);
}

/**
 * matinee_plot_series_set_notify:
 * @self: a series
 * @func: (nullable): called after each change, in the thread that made it
 * @user_data: for @func
 */
void
matinee_plot_series_set_notify (MatineePlotSeries *self, MatineePlotSeriesFunc func, gpointer user_data)
{
  self->notify = func;
  self->notify_data = user_data;
}

static void
changed (MatineePlotSeries *self)
{
  if (self->notify != NULL)
    self->notify (self->notify_data);
}

/* }}} */
/* {{{ Data */

static void
reserve (MatineePlotSeries *self, gsize n)
{
  if (n <= self->allocated)
    return;

  self->allocated = MAX (MAX (64, n), self->allocated * 2);
  self->x = g_renew (double, self->x, self->allocated);
  self->y = g_renew (double, self->y, self->allocated);
}

static void
append (MatineePlotSeries *self, double x, double y)
{
  /* A point without a place breaks the line where the last one was. */
  if (!isfinite (x))
    {
      if (self->n == 0)
        return;
      x = self->x[self->n - 1];
      y = NAN;
    }
  if (!isfinite (y))
    y = NAN;

  if (self->n > 0 && x < self->x[self->n - 1])
    self->monotonic = FALSE;

  if (!isnan (y))
    {
      matinee_plot_extent_add (&self->extent_x, x);
      self->n_finite++;
      self->n_hidden_x += x <= 0;
      self->n_hidden_y += y <= 0;
      self->n_hidden_xy += x <= 0 || y <= 0;
    }

  self->x[self->n] = x;
  self->y[self->n] = y;
  pyramid_add (self, self->n, y);
  self->n++;
}

/**
 * matinee_plot_series_append:
 * @self: a series
 * @x: where
 * @y: the value; NaN or infinity breaks the line
 *
 * Adds a point at the end. It is drawn after the point added before, whatever
 * @x is, though lines whose @x never decreases are drawn fastest. A point
 * whose @x is not finite breaks the line too.
 *
 * Amortised O(1) (8 comparisons at the very most).
 */
void
matinee_plot_series_append (MatineePlotSeries *self, double x, double y)
{
  reserve (self, self->n + 1);
  append (self, x, y);
  changed (self);
}

/**
 * matinee_plot_series_append_many:
 * @self: a series
 * @x: (array length=n): where
 * @y: (array length=n): the values
 * @n: how many
 *
 * Adds points as [method@PlotSeries.append] does, with one notification.
 */
void
matinee_plot_series_append_many (MatineePlotSeries *self, const double *x, const double *y, gsize n)
{
  if (n == 0)
    return;

  reserve (self, self->n + n);
  for (gsize i = 0; i < n; i++)
    append (self, x[i], y[i]);
  changed (self);
}

/**
 * matinee_plot_series_clear:
 * @self: a series
 *
 * Forgets all points and keeps the looks.
 */
void
matinee_plot_series_clear (MatineePlotSeries *self)
{
  if (self->n == 0)
    return;

  for (guint i = 0; i < MAX_LEVELS; i++)
    self->levels[i].n = 0;
  self->n = 0;
  self->n_finite = 0;
  self->n_hidden_x = self->n_hidden_y = self->n_hidden_xy = 0;
  self->monotonic = TRUE;
  matinee_plot_extent_init (&self->extent_x);
  changed (self);
}

/* }}} */
/* {{{ Looks */

/**
 * matinee_plot_series_set_name:
 * @self: a series
 * @name: plain text, what the legend says
 */
void
matinee_plot_series_set_name (MatineePlotSeries *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name != NULL ? name : "");
  changed (self);
}

/**
 * matinee_plot_series_get_name:
 * @self: a series
 *
 * Returns: (transfer none): the name, never %NULL
 */
const char *
matinee_plot_series_get_name (const MatineePlotSeries *self)
{
  return self->name;
}

/**
 * matinee_plot_series_set_visible:
 * @self: a series
 * @visible: whether to draw it; hidden ones stay in the legend
 */
void
matinee_plot_series_set_visible (MatineePlotSeries *self, gboolean visible)
{
  visible = !!visible;
  if (self->visible == visible)
    return;

  self->visible = visible;
  changed (self);
}

gboolean
matinee_plot_series_get_visible (const MatineePlotSeries *self)
{
  return self->visible;
}

/**
 * matinee_plot_series_set_shape:
 * @self: a series
 * @shape: the mark at each point, drawn while points are far apart
 */
void
matinee_plot_series_set_shape (MatineePlotSeries *self, MatineePlotShape shape)
{
  if (self->shape == shape)
    return;

  self->shape = shape;
  changed (self);
}

MatineePlotShape
matinee_plot_series_get_shape (const MatineePlotSeries *self)
{
  return self->shape;
}

MatineePlotDash
matinee_plot_series_get_dash (const MatineePlotSeries *self)
{
  return self->dash;
}

int
matinee_plot_series_get_color (const MatineePlotSeries *self)
{
  return self->color;
}

/* }}} */
/* {{{ Questions */

gsize
matinee_plot_series_get_length (const MatineePlotSeries *self)
{
  return self->n;
}

/**
 * matinee_plot_series_get_point:
 * @self: a series
 * @index: below its length
 * @x: (out) (optional): where
 * @y: (out) (optional): the value, NaN at a gap
 *
 * Returns: whether there is a value, that is, no gap
 */
gboolean
matinee_plot_series_get_point (const MatineePlotSeries *self, gsize index, double *x, double *y)
{
  g_return_val_if_fail (index < self->n, FALSE);

  if (x != NULL)
    *x = self->x[index];
  if (y != NULL)
    *y = self->y[index];

  return !isnan (self->y[index]);
}

/**
 * matinee_plot_series_get_n_finite:
 * @self: a series
 *
 * Returns: how many points have a value
 */
gsize
matinee_plot_series_get_n_finite (const MatineePlotSeries *self)
{
  return self->n_finite;
}

/**
 * matinee_plot_series_get_n_hidden:
 * @self: a series
 * @log_x: whether x is logarithmic
 * @log_y: whether y is
 *
 * Returns: how many points those scales have no place for. O(1).
 */
gsize
matinee_plot_series_get_n_hidden (const MatineePlotSeries *self, gboolean log_x, gboolean log_y)
{
  if (log_x && log_y)
    return self->n_hidden_xy;

  return log_x ? self->n_hidden_x : log_y ? self->n_hidden_y : 0;
}

/**
 * matinee_plot_series_get_extents:
 * @self: a series
 * @x: (out caller-allocates): the extent of x
 * @y: (out caller-allocates): the extent of y
 *
 * Both leave gaps out. O(log n).
 */
void
matinee_plot_series_get_extents (const MatineePlotSeries *self, MatineePlotExtent *x, MatineePlotExtent *y)
{
  *x = self->extent_x;
  pyramid_query (self, 0, self->n, y);
}

/* The first index at or after @from whose x is ≥ @x (> @x if @after). Searches
 * outwards from @from, since callers go through their pixels in order. */
static gsize
lower_bound (const MatineePlotSeries *self, gsize from, double x, gboolean after)
{
  gsize lo = from, hi, step = 1;

#define BEFORE(i) (after ? self->x[i] <= x : self->x[i] < x)
  while (lo + step < self->n && BEFORE (lo + step))
    {
      lo += step;
      step *= 2;
    }
  hi = MIN (lo + step, self->n);

  while (lo < hi)
    {
      gsize mid = lo + (hi - lo) / 2;

      if (BEFORE (mid))
        lo = mid + 1;
      else
        hi = mid;
    }
#undef BEFORE

  return lo;
}

/**
 * matinee_plot_series_nearest:
 * @self: a series
 * @x: a place
 * @index: (out): the point with a value whose x is nearest
 *
 * O(log n), or O(n) where x is not sorted.
 *
 * Returns: whether there is any
 */
gboolean
matinee_plot_series_nearest (const MatineePlotSeries *self, double x, gsize *index)
{
  double best = INFINITY;

  if (self->n_finite == 0 || isnan (x))
    return FALSE;

  if (self->monotonic)
    {
      gsize start = lower_bound (self, 0, x, FALSE);

      for (gsize i = start; i < self->n; i++)
        if (!isnan (self->y[i]))
          {
            best = self->x[i] - x;
            *index = i;
            break;
          }
      for (gsize i = start; i-- > 0;)
        if (!isnan (self->y[i]))
          {
            if (x - self->x[i] < best)
              *index = i;
            break;
          }
      return TRUE;
    }

  for (gsize i = 0; i < self->n; i++)
    if (!isnan (self->y[i]) && fabs (self->x[i] - x) < best)
      {
        best = fabs (self->x[i] - x);
        *index = i;
      }

  return isfinite (best);
}

/**
 * matinee_plot_series_step:
 * @self: a series
 * @x: a place
 * @direction: 1 for the next greater x, -1 for the next smaller
 * @next: (out): the x of that point
 *
 * O(log n), or O(n) where x is not sorted.
 *
 * Returns: whether there is one
 */
gboolean
matinee_plot_series_step (const MatineePlotSeries *self, double x, int direction, double *next)
{
  gboolean found = FALSE;

  if (self->monotonic)
    {
      if (direction > 0)
        {
          for (gsize i = lower_bound (self, 0, x, TRUE); i < self->n && !found; i++)
            if ((found = !isnan (self->y[i])))
              *next = self->x[i];
        }
      else
        {
          for (gsize i = lower_bound (self, 0, x, FALSE); i-- > 0 && !found;)
            if ((found = !isnan (self->y[i])))
              *next = self->x[i];
        }
      return found;
    }

  for (gsize i = 0; i < self->n; i++)
    {
      double d = (self->x[i] - x) * direction;

      if (!isnan (self->y[i]) && d > 0 && (!found || d < (*next - x) * direction))
        {
          *next = self->x[i];
          found = TRUE;
        }
    }

  return found;
}

static double
interpolate (const MatineePlotSeries *self, gsize i, double x)
{
  double width = self->x[i] - self->x[i - 1];

  if (!(width > 0))
    return self->y[i];

  return self->y[i - 1] + (self->y[i] - self->y[i - 1]) * ((x - self->x[i - 1]) / width);
}

/**
 * matinee_plot_series_range_y:
 * @self: a series
 * @x0: where an interval starts
 * @x1: where it ends
 * @y: (out caller-allocates): the extent of the line, between points too
 *
 * Where x is not sorted, the extent of the whole series. O(log n).
 *
 * Returns: whether the line passes the interval at all
 */
gboolean
matinee_plot_series_range_y (const MatineePlotSeries *self, double x0, double x1, MatineePlotExtent *y)
{
  gsize start = 0, end = self->n;

  if (self->monotonic && self->n > 0)
    {
      start = lower_bound (self, 0, x0, FALSE);
      end = lower_bound (self, 0, x1, TRUE);
    }

  pyramid_query (self, start, end, y);
  if (self->monotonic && start > 0 && start < self->n)
    matinee_plot_extent_add (y, interpolate (self, start, x0));
  if (self->monotonic && end > 0 && end < self->n)
    matinee_plot_extent_add (y, interpolate (self, end, x1));

  return y->min <= y->max;
}

/* }}} */
/* {{{ Decimation */

/* One span for the points [start, end). */
static void
add_block (const MatineePlotSeries *self, gsize start, gsize end, double at, gboolean positive, gboolean *open,
           GArray *spans)
{
  MatineePlotSpan span = { at, NAN, NAN, NAN, NAN, *open };
  MatineePlotExtent extent;
  gsize first = start, last = end;

  pyramid_query (self, start, end, &extent);
  if (positive)
    extent.min = extent.min_positive;
  if (!(extent.min <= extent.max))
    {
      *open = TRUE;
      return;
    }

#define MISSING(i) (isnan (self->y[i]) || (positive && self->y[i] <= 0))
  span.open = *open || MISSING (start);
  *open = MISSING (end - 1);
  while (first + 1 < end && MISSING (first))
    first++;
  while (last - 1 > first && MISSING (last - 1))
    last--;
#undef MISSING

  span.first = self->y[first];
  span.last = self->y[last - 1];
  span.lo = extent.min;
  span.hi = extent.max;
  g_array_append_val (spans, span);
}

static void
add_columns (const MatineePlotSeries *self, const MatineePlotAxis *axis, guint pixels, gboolean positive, gsize start,
             gsize end, GArray *spans)
{
  gboolean open = TRUE;

  for (guint column = 0; column < pixels && start < end; column++)
    {
      double edge = matinee_plot_axis_from_unit (axis, (column + 1.0) / pixels);
      gsize next = column + 1 == pixels ? end : lower_bound (self, start, edge, FALSE);

      next = MIN (next, end);
      if (next > start)
        add_block (self, start, next, column + 0.5, positive, &open, spans);
      start = next;
    }
}

static void
add_points (const MatineePlotSeries *self, const MatineePlotAxis *axis, guint pixels, gboolean positive, gsize start,
            gsize end, GArray *spans)
{
  MatineePlotMap map;
  gboolean open = TRUE;

  matinee_plot_axis_get_map (axis, 0, pixels, &map);
  for (gsize i = start; i < end; i++)
    {
      double y = self->y[i];
      MatineePlotSpan span = { matinee_plot_map (&map, self->x[i]), y, y, y, y, open };

      open = isnan (y) || (positive && y <= 0) || isnan (span.x);
      if (!open)
        g_array_append_val (spans, span);
    }
}

/* Where x goes back and forth columns say nothing: blocks of consecutive
 * points are drawn at the place of their first one instead. */
static void
add_loose (const MatineePlotSeries *self, const MatineePlotAxis *axis, guint pixels, gboolean positive, GArray *spans)
{
  gsize block = self->n / MAX_LOOSE_SPANS + 1;
  gboolean open = TRUE;

  for (gsize i = 0; i < self->n; i += block)
    {
      double at = matinee_plot_axis_to_unit (axis, self->x[i]) * pixels;

      if (isnan (at))
        open = TRUE;
      else
        add_block (self, i, MIN (i + block, self->n), at, positive, &open, spans);
    }
}

/**
 * matinee_plot_series_decimate:
 * @self: a series
 * @axis: the x axis
 * @pixels: how many columns of pixels it is long
 * @positive: whether values that are not positive have no place
 * @spans: (element-type MatineePlotSpan): an array to append to
 *
 * Reduces the part of the line in view to what can be seen of it. While there
 * are at most two points a column (counting the neighbours just out of view)
 * each point becomes a span. Otherwise each column becomes one, at its middle,
 * whose least and greatest values are exactly those of its points.
 *
 * O(pixels · log n) where x never decreases. Where it does, at most 8192 spans
 * of consecutive points, O(n) reads at worst.
 *
 * Returns: whether spans are columns
 */
gboolean
matinee_plot_series_decimate (const MatineePlotSeries *self, const MatineePlotAxis *axis, guint pixels,
                              gboolean positive, GArray *spans)
{
  gsize start, end;

  if (self->n == 0 || pixels == 0)
    return FALSE;

  if (!self->monotonic)
    {
      if (self->n <= MAX_LOOSE_SPANS)
        add_points (self, axis, pixels, positive, 0, self->n, spans);
      else
        add_loose (self, axis, pixels, positive, spans);
      return FALSE;
    }

  start = lower_bound (self, 0, axis->min, FALSE);
  end = lower_bound (self, 0, axis->max, TRUE);
  if (end - start > 2 * (gsize) pixels)
    {
      add_columns (self, axis, pixels, positive, start, end, spans);
      return TRUE;
    }

  add_points (self, axis, pixels, positive, start > 0 ? start - 1 : 0, MIN (end + 1, self->n), spans);
  return FALSE;
}

/* }}} */
