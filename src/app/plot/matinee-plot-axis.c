/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "matinee-plot-axis.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* The narrowest range, relative to its largest value: a tick's label then
 * needs at most 12 digits, and doubles still have some to spare. */
#define MIN_RELATIVE_SPAN 1e-10

/* Up to here a logarithmic axis shows evenly spaced values: powers of ten, or
 * 1-2-5, would leave it with less than two. */
#define LINEAR_TICKS_RATIO 5.0

static const int mantissas[3] = { 1, 2, 5 };

/* A choice of ticks: every @every-th rung of some ladder, as whole numbers
 * times a power of ten, from which values and labels come without error. */
typedef struct
{
  guint n;
  gint64 digits[MATINEE_PLOT_MAX_TICKS];
  int exponent[MATINEE_PLOT_MAX_TICKS];
} Candidate;

typedef struct
{
  double length;
  double gap;
  MatineePlotMeasureFunc measure;
  gpointer user_data;
} Room;

/* {{{ Range */

/**
 * matinee_plot_axis_init:
 * @self: an axis, uninitialised
 *
 * Makes a linear axis from 0 to 1.
 */
void
matinee_plot_axis_init (MatineePlotAxis *self)
{
  self->scale = MATINEE_PLOT_SCALE_LINEAR;
  self->integer = FALSE;
  self->min = 0;
  self->max = 1;
}

static void
widen_linear (MatineePlotAxis *self)
{
  double size = MAX (fabs (self->min), fabs (self->max));
  double least = MAX (size * MIN_RELATIVE_SPAN, MATINEE_PLOT_TINY);
  double pad = 0;

  if (self->integer)
    least = MAX (least, 2);

  if (self->min == self->max)
    pad = self->integer ? 1 : (size > 0 ? size * 0.1 : 1);

  if (self->max - self->min + 2 * pad < least)
    pad = (least - (self->max - self->min)) * 0.5;

  self->min -= pad;
  self->max += pad;
}

static void
widen_log (MatineePlotAxis *self)
{
  double decades = log10 (self->max) - log10 (self->min);
  double pad = 0;

  if (self->min == self->max)
    pad = self->integer ? 0.5 : log10 (2);
  else if (decades < MIN_RELATIVE_SPAN)
    pad = MIN_RELATIVE_SPAN;

  if (pad > 0)
    {
      self->min *= pow (10, -pad);
      self->max *= pow (10, pad);
    }

  /* Two whole numbers must be in sight for an axis of whole numbers. */
  if (self->integer && self->max - self->min < 2)
    self->max = self->min + 2;
}

/**
 * matinee_plot_axis_set_range:
 * @self: an axis
 * @min: one end
 * @max: the other end, in either order
 *
 * Shows the values from @min to @max. Equal or nearly equal ends are widened,
 * ends beyond ±1e300 are moved there. On a logarithmic axis a lower end that
 * is not positive becomes a millionth of the upper one.
 *
 * Returns: whether the range was taken; %FALSE, leaving the axis as it was,
 *   if an end is not finite or no value of the range can be shown
 */
gboolean
matinee_plot_axis_set_range (MatineePlotAxis *self, double min, double max)
{
  if (!isfinite (min) || !isfinite (max))
    return FALSE;

  if (self->scale == MATINEE_PLOT_SCALE_LOG && MAX (min, max) <= 0)
    return FALSE;

  self->min = CLAMP (MIN (min, max), -MATINEE_PLOT_HUGE, MATINEE_PLOT_HUGE);
  self->max = CLAMP (MAX (min, max), -MATINEE_PLOT_HUGE, MATINEE_PLOT_HUGE);

  if (self->scale == MATINEE_PLOT_SCALE_LOG)
    {
      if (self->min <= 0)
        self->min = self->max * 1e-6;
      self->min = MAX (self->min, MATINEE_PLOT_TINY);
      self->max = MAX (self->max, MATINEE_PLOT_TINY);
      widen_log (self);
    }
  else
    {
      widen_linear (self);
    }

  return TRUE;
}

/**
 * matinee_plot_axis_set_scale:
 * @self: an axis
 * @scale: the new scale
 *
 * Changes the scale and keeps as much of the range as the new scale can show.
 */
void
matinee_plot_axis_set_scale (MatineePlotAxis *self, MatineePlotScale scale)
{
  if (self->scale == scale)
    return;

  self->scale = scale;
  if (!matinee_plot_axis_set_range (self, self->min, self->max))
    {
      self->min = 0.1;
      self->max = 10;
    }
}

/**
 * matinee_plot_axis_is_valid:
 * @self: an axis
 *
 * Returns: whether the promises of [struct@MatineePlotAxis] hold; for tests
 */
gboolean
matinee_plot_axis_is_valid (const MatineePlotAxis *self)
{
  return isfinite (self->min) && isfinite (self->max) && self->min < self->max
         && (self->scale == MATINEE_PLOT_SCALE_LINEAR || self->min > 0);
}

/**
 * matinee_plot_axis_to_unit:
 * @self: an axis
 * @value: a value
 *
 * Returns: where @value lies: 0 at the start, 1 at the end, outside of [0, 1]
 *   when it is not in view; NaN where the scale has no place for it
 */
double
matinee_plot_axis_to_unit (const MatineePlotAxis *self, double value)
{
  if (self->scale == MATINEE_PLOT_SCALE_LINEAR)
    return (value - self->min) / (self->max - self->min);

  if (!(value > 0))
    return NAN;

  return (log10 (value) - log10 (self->min)) / (log10 (self->max) - log10 (self->min));
}

/**
 * matinee_plot_axis_from_unit:
 * @self: an axis
 * @unit: a place, 0 at the start and 1 at the end
 *
 * Returns: the value there; the inverse of [func@plot_axis_to_unit]
 */
double
matinee_plot_axis_from_unit (const MatineePlotAxis *self, double unit)
{
  if (self->scale == MATINEE_PLOT_SCALE_LINEAR)
    return self->min + unit * (self->max - self->min);

  return pow (10, log10 (self->min) + unit * (log10 (self->max) - log10 (self->min)));
}

/**
 * matinee_plot_axis_get_map:
 * @self: an axis
 * @origin: where the axis starts, in pixels
 * @length: how long it is; negative if it runs to the left or up
 * @map: (out caller-allocates): where the values go
 */
void
matinee_plot_axis_get_map (const MatineePlotAxis *self, double origin, double length, MatineePlotMap *map)
{
  map->log = self->scale == MATINEE_PLOT_SCALE_LOG;
  map->origin = origin;
  map->start = map->log ? log10 (self->min) : self->min;
  map->factor = length / ((map->log ? log10 (self->max) : self->max) - map->start);
}

/**
 * matinee_plot_axis_zoom:
 * @self: an axis
 * @factor: below 1 to see less of it larger, above 1 to see more
 * @anchor: the place, 0 to 1, that stays where it is
 *
 * Returns: whether the range changed
 */
gboolean
matinee_plot_axis_zoom (MatineePlotAxis *self, double factor, double anchor)
{
  MatineePlotAxis old = *self;
  double lo, hi;

  if (!isfinite (factor) || factor <= 0 || !isfinite (anchor))
    return FALSE;

  lo = matinee_plot_axis_from_unit (self, anchor - anchor * factor);
  hi = matinee_plot_axis_from_unit (self, anchor + (1 - anchor) * factor);

  /* Zooming in a range that cannot get narrower must not move it. */
  if (factor < 1 && hi - lo < MAX (fabs (lo), fabs (hi)) * MIN_RELATIVE_SPAN * 2)
    return FALSE;
  if (self->integer && factor < 1 && hi - lo < 2)
    return FALSE;

  matinee_plot_axis_set_range (self, lo, hi);
  return self->min != old.min || self->max != old.max;
}

/**
 * matinee_plot_axis_pan:
 * @self: an axis
 * @units: how far, in lengths of the axis; positive shows greater values
 *
 * Returns: whether the range changed
 */
gboolean
matinee_plot_axis_pan (MatineePlotAxis *self, double units)
{
  MatineePlotAxis old = *self;
  double lo = matinee_plot_axis_from_unit (self, units);
  double hi = matinee_plot_axis_from_unit (self, 1 + units);

  /* At the end of the representable numbers there is nothing to pan to. */
  if (!(fabs (lo) < MATINEE_PLOT_HUGE) || !(fabs (hi) < MATINEE_PLOT_HUGE))
    return FALSE;
  if (self->scale == MATINEE_PLOT_SCALE_LOG && lo < MATINEE_PLOT_TINY)
    return FALSE;

  matinee_plot_axis_set_range (self, lo, hi);
  return self->min != old.min || self->max != old.max;
}

/* }}} */
/* {{{ Numbers to text */

static const char *const superscripts[10] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

static void
append_power (GString *out, int exponent)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%d", ABS (exponent));
  g_string_append (out, "10");
  if (exponent < 0)
    g_string_append (out, "⁻");
  for (const char *p = digits; *p != '\0'; p++)
    g_string_append (out, superscripts[*p - '0']);
}

/* Writes digits × 10^-decimals, exactly. */
static void
append_fixed (GString *out, gint64 digits, int decimals)
{
  char text[32];
  int length;

  if (digits < 0)
    g_string_append (out, "−");

  length = g_snprintf (text, sizeof text, "%0*" G_GINT64_FORMAT, decimals + 1, ABS (digits));
  g_string_append_len (out, text, length - decimals);
  if (decimals > 0)
    {
      g_string_append (out, localeconv ()->decimal_point);
      g_string_append (out, text + length - decimals);
    }
}

static int
magnitude (gint64 digits)
{
  int n = 0;

  for (gint64 rest = ABS (digits); rest >= 10; rest /= 10)
    n++;

  return n;
}

/* One exponent for all of an evenly spaced set, so that they compare at a
 * glance; the step decides the decimals, so that neighbours differ. */
static void
label_even (const Candidate *set, MatineePlotTicks *ticks)
{
  int exponent = set->exponent[0];
  int largest = 0;
  gboolean fixed;

  for (guint i = 0; i < set->n; i++)
    largest = MAX (largest, magnitude (set->digits[i]));

  largest += exponent;
  fixed = largest >= -4 && largest <= 5;

  for (guint i = 0; i < set->n; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint64 digits = set->digits[i];

      if (digits == 0 && !fixed)
        {
          g_string_append (text, "0");
        }
      else if (fixed)
        {
          for (int e = exponent; e > 0; e--)
            digits *= 10;
          append_fixed (text, digits, MAX (0, -exponent));
        }
      else
        {
          append_fixed (text, digits, largest - exponent);
          g_string_append (text, "×");
          append_power (text, largest);
        }

      g_strlcpy (ticks->tick[i].label, text->str, sizeof ticks->tick[i].label);
    }
}

/* Powers of ten and 1-2-5 times them: plain while short, 10ⁿ otherwise. */
static void
label_decades (const Candidate *set, MatineePlotTicks *ticks)
{
  gboolean plain = TRUE;

  for (guint i = 0; i < set->n; i++)
    plain = plain && set->exponent[i] >= -4 && set->exponent[i] <= 4;

  for (guint i = 0; i < set->n; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint64 digits = set->digits[i];

      if (plain)
        {
          for (int e = set->exponent[i]; e > 0; e--)
            digits *= 10;
          append_fixed (text, digits, MAX (0, -set->exponent[i]));
        }
      else
        {
          if (digits != 1)
            g_string_append_printf (text, "%d×", (int) digits);
          append_power (text, set->exponent[i]);
        }

      g_strlcpy (ticks->tick[i].label, text->str, sizeof ticks->tick[i].label);
    }
}

/**
 * matinee_plot_axis_format:
 * @self: an axis
 * @value: a value on it
 * @pixels: the length of the axis in pixels
 *
 * Writes a value with the digits that a pointer on this axis can tell apart:
 * enough that two neighbouring pixels read differently, five significant
 * ones of the largest value in view (of @value itself on a logarithmic axis),
 * at most 12 decimals. On a linear axis all values get the same decimals.
 *
 * Returns: (transfer full): UTF-8 text for people, in the user's locale
 */
char *
matinee_plot_axis_format (const MatineePlotAxis *self, double value, double pixels)
{
  g_autoptr (GString) out = NULL;
  double size = fabs (value);
  double unit, step, largest;
  int decimals, exponent;
  char text[64];
  char *e;

  if (!isfinite (value))
    return g_strdup ("–");

  unit = matinee_plot_axis_to_unit (self, value);
  step = isfinite (unit) ? fabs (matinee_plot_axis_from_unit (self, unit + 1 / MAX (pixels, 1)) - value) : 0;
  exponent = size > 0 ? (int) floor (log10 (size)) : 0;
  largest = self->scale == MATINEE_PLOT_SCALE_LINEAR ? MAX (fabs (self->min), fabs (self->max)) : size;
  decimals = 4 - (largest > 0 ? (int) floor (log10 (largest)) : 0);
  if (step > 0 && isfinite (step))
    decimals = MAX (decimals, (int) ceil (-log10 (step) - 1e-6));

  if (self->integer && value == rint (value) && size < 1e15)
    decimals = 0;

  if (size != 0 && (exponent < -4 || exponent > 8) && !(decimals == 0 && size < 1e15))
    g_snprintf (text, sizeof text, "%.*e", CLAMP (decimals + exponent, 3, 12), value);
  else
    g_snprintf (text, sizeof text, "%.*f", CLAMP (decimals, 0, 12), value);

  out = g_string_new (NULL);
  e = strchr (text, 'e');
  if (e != NULL)
    *e = '\0';
  if (text[0] == '-')
    g_string_append (out, "−");
  g_string_append (out, text[0] == '-' ? text + 1 : text);
  if (e != NULL)
    {
      g_string_append (out, "×");
      append_power (out, (int) g_ascii_strtoll (e + 1, NULL, 10));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* }}} */
/* {{{ Ticks */

/* The double nearest to digits × 10^exponent, which arithmetic would miss. */
static double
decimal (gint64 digits, int exponent)
{
  char text[48];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "e%d", digits, exponent);
  return g_ascii_strtod (text, NULL);
}

static void
use_candidate (const MatineePlotAxis *self, const Candidate *set, gboolean even, MatineePlotTicks *ticks)
{
  ticks->n = set->n;
  for (guint i = 0; i < set->n; i++)
    ticks->tick[i].value = decimal (set->digits[i], set->exponent[i]);

  if (even)
    label_even (set, ticks);
  else
    label_decades (set, ticks);
}

static gboolean
fits (const MatineePlotAxis *self, const MatineePlotTicks *ticks, const Room *room)
{
  double end = -G_MAXDOUBLE;

  if (room->measure == NULL)
    return TRUE;

  for (guint i = 0; i < ticks->n; i++)
    {
      double at = matinee_plot_axis_to_unit (self, ticks->tick[i].value) * room->length;
      double half = room->measure (ticks->tick[i].label, room->user_data) * 0.5;

      if (at - half < end)
        return FALSE;
      end = at + half + room->gap;
    }

  return TRUE;
}

/* The first and the last of a set are as far apart as can be. */
static void
keep_ends (Candidate *set, gint64 digits, int exponent)
{
  set->n = 2;
  set->digits[1] = digits;
  set->exponent[1] = exponent;
}

static void
rung_bounds (const MatineePlotAxis *self, int rung, gint64 *first, gint64 *last)
{
  int exponent = (int) floor (rung / 3.0);
  double step = decimal (mantissas[rung - 3 * exponent], exponent);

  *first = (gint64) ceil (self->min / step - 1e-9);
  *last = (gint64) floor (self->max / step + 1e-9);
}

static void
fill_even (Candidate *set, int rung, gint64 first, gint64 last)
{
  int exponent = (int) floor (rung / 3.0);
  int mantissa = mantissas[rung - 3 * exponent];

  set->n = 0;
  for (gint64 i = first; i <= last && set->n < MATINEE_PLOT_MAX_TICKS; i++)
    {
      set->digits[set->n] = i * mantissa;
      set->exponent[set->n++] = exponent;
    }

  if (last - first >= MATINEE_PLOT_MAX_TICKS)
    keep_ends (set, last * mantissa, exponent);
}

/* Multiples of 1, 2 or 5 times a power of ten: the finest set that has room. */
static void
even_ticks (const MatineePlotAxis *self, guint max, const Room *room, MatineePlotTicks *ticks)
{
  double span = self->max - self->min;
  int start = 3 * (int) floor (log10 (span / MATINEE_PLOT_MAX_TICKS));
  int rung;
  gint64 first, last;
  Candidate set;

  if (self->integer)
    start = MAX (start, 0);

  for (rung = start;; rung++)
    {
      rung_bounds (self, rung, &first, &last);
      if (last - first < 1)
        break;
      if (last - first + 1 > max)
        continue;

      fill_even (&set, rung, first, last);
      use_candidate (self, &set, TRUE, ticks);
      if (fits (self, ticks, room))
        return;
    }

  /* Nothing between one tick and too many: two ends of a finer set. */
  for (rung--; rung >= start; rung--)
    {
      rung_bounds (self, rung, &first, &last);
      fill_even (&set, rung, first, last);
      keep_ends (&set, last * mantissas[((rung % 3) + 3) % 3], set.exponent[0]);
      use_candidate (self, &set, TRUE, ticks);
      if (fits (self, ticks, room))
        return;
    }
}

static void
fill_decades (Candidate *set, gint64 first, gint64 last, int every)
{
  set->n = 0;
  for (gint64 i = first; i <= last && set->n < MATINEE_PLOT_MAX_TICKS; i++)
    {
      set->digits[set->n] = 1;
      set->exponent[set->n++] = (int) i * every;
    }
}

/* 1, 2 and 5 in each decade. Rungs are counted as even_ticks() does. */
static guint
fill_mantissas (const MatineePlotAxis *self, Candidate *set)
{
  int first = 3 * (int) floor (log10 (self->min));
  guint n = 0;

  set->n = 0;
  for (int rung = first;; rung++)
    {
      int exponent = (int) floor (rung / 3.0);
      int mantissa = mantissas[rung - 3 * exponent];
      double value = decimal (mantissa, exponent);

      if (value < self->min * (1 - 1e-12) || (self->integer && exponent < 0))
        continue;
      if (value > self->max * (1 + 1e-12) || n > MATINEE_PLOT_MAX_TICKS)
        break;
      if (n < MATINEE_PLOT_MAX_TICKS)
        {
          set->digits[set->n] = mantissa;
          set->exponent[set->n++] = exponent;
        }
      n++;
    }

  return n;
}

static gboolean
decade_ticks (const MatineePlotAxis *self, guint max, const Room *room, MatineePlotTicks *ticks)
{
  double lo = log10 (self->min), hi = log10 (self->max);
  Candidate set;

  for (int rung = 0; rung < 9; rung++)
    {
      int every = mantissas[rung % 3] * (rung < 3 ? 1 : rung < 6 ? 10 : 100);
      gint64 first = (gint64) ceil (lo / every - 1e-9);
      gint64 last = (gint64) floor (hi / every + 1e-9);

      if (self->integer)
        first = MAX (first, 0);
      if (last - first < 1)
        break;
      if (last - first + 1 > max)
        continue;

      fill_decades (&set, first, last, every);
      use_candidate (self, &set, FALSE, ticks);
      if (fits (self, ticks, room))
        return TRUE;
    }

  return FALSE;
}

static void
log_ticks (const MatineePlotAxis *self, guint max, const Room *room, MatineePlotTicks *ticks)
{
  double decades = log10 (self->max) - log10 (self->min);
  Candidate set;
  gint64 first, last;
  guint n;

  if (decades < log10 (LINEAR_TICKS_RATIO))
    {
      even_ticks (self, max, room, ticks);
      return;
    }

  n = decades < MATINEE_PLOT_MAX_TICKS ? fill_mantissas (self, &set) : G_MAXUINT;
  if (n >= 2 && n <= max)
    {
      use_candidate (self, &set, FALSE, ticks);
      if (fits (self, ticks, room))
        return;
    }

  if (decade_ticks (self, max, room, ticks))
    return;

  first = (gint64) ceil (log10 (self->min) - 1e-9);
  last = (gint64) floor (log10 (self->max) + 1e-9);
  if (self->integer)
    first = MAX (first, 0);
  if (last > first)
    {
      fill_decades (&set, first, first, 1);
      keep_ends (&set, 1, (int) last);
      use_candidate (self, &set, FALSE, ticks);
    }
  else if (fill_mantissas (self, &set) >= 2)
    {
      keep_ends (&set, set.digits[set.n - 1], set.exponent[set.n - 1]);
      use_candidate (self, &set, FALSE, ticks);
    }
  else
    {
      even_ticks (self, max, room, ticks);
    }
}

/* Lines at 2…9 between the decades show where a logarithmic scale is steep. */
static void
add_minor (const MatineePlotAxis *self, MatineePlotTicks *ticks)
{
  double lo = log10 (self->min), hi = log10 (self->max);

  if (hi - lo < log10 (LINEAR_TICKS_RATIO) || hi - lo > 6)
    return;

  for (int decade = (int) floor (lo); decade <= (int) floor (hi); decade++)
    for (int digit = 1; digit <= 9; digit++)
      {
        double value = decimal (digit, decade);

        if (value >= self->min && value <= self->max && ticks->n_minor < MATINEE_PLOT_MAX_MINOR)
          ticks->minor[ticks->n_minor++] = value;
      }
}

/**
 * matinee_plot_axis_get_ticks:
 * @self: an axis
 * @max_ticks: the most to give, 2 to 12
 * @length: the length of the axis, in pixels
 * @gap: the least distance between two labels, in pixels
 * @measure: (nullable) (scope call): how long a label is along the axis, or
 *   %NULL if they always fit
 * @user_data: for @measure
 * @ticks: (out caller-allocates): the ticks, ascending
 *
 * Chooses 2 to 12 round values: multiples of 1, 2 or 5 times a power of ten
 * on a linear axis; powers of ten, or 1-2-5, on a logarithmic one (evenly
 * spaced values while it shows less than a factor of five). Labels carry as
 * many digits as it takes to tell neighbours apart, and do not overlap as
 * long as two of them have room at all.
 *
 * Costs some ten formatted numbers.
 */
void
matinee_plot_axis_get_ticks (const MatineePlotAxis *self, guint max_ticks, double length, double gap,
                             MatineePlotMeasureFunc measure, gpointer user_data, MatineePlotTicks *ticks)
{
  Room room = { length, gap, measure, user_data };

  g_return_if_fail (matinee_plot_axis_is_valid (self));

  max_ticks = CLAMP (max_ticks, 2, MATINEE_PLOT_MAX_TICKS);
  ticks->n = 0;
  ticks->n_minor = 0;

  if (self->scale == MATINEE_PLOT_SCALE_LOG)
    {
      log_ticks (self, max_ticks, &room, ticks);
      add_minor (self, ticks);
    }
  else
    {
      even_ticks (self, max_ticks, &room, ticks);
    }
}

/* }}} */
