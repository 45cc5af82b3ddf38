/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-fingerprint.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "matinee-error.h"
#include "matinee-memory.h"
#include "matinee-random.h"

/* Entries that one task takes: fixed, so that the result is the same for any
 * number of threads, and about a millisecond of work. */
#define BLOCK ((gsize) 1 << 17)

/* Odd, with bits all over: the fractions of √2 and √3. */
#define HIGH_FACTOR G_GUINT64_CONSTANT (0x6a09e667f3bcc909)
#define LOW_FACTOR G_GUINT64_CONSTANT (0xbb67ae8584caa73b)

typedef struct
{
  const MatineeSparse *sparse;
  MatineeFingerprint *blocks;
} Work;

static inline guint64
rotate (guint64 x, guint bits)
{
  return x << bits | x >> (64 - bits);
}

/* Both halves take every word through a bijection that depends on all words
 * before it, each in its own way, so that both must collide at once. They work
 * on integers, not on bytes: any processor gets the same. */
static inline void
add_word (MatineeFingerprint *hash, guint64 word)
{
  hash->high = rotate (hash->high ^ word, 29) * HIGH_FACTOR;
  hash->low = (rotate (hash->low, 41) + word) * LOW_FACTOR;
}

static void
finish (MatineeFingerprint *hash)
{
  hash->high = matinee_random_mix (hash->high + rotate (hash->low, 32));
  hash->low = matinee_random_mix (hash->low ^ hash->high);
}

static inline guint32
float_bits (float value)
{
  float plus = value + 0.0f; /* −0 is 0 */
  guint32 bits;

  memcpy (&bits, &plus, sizeof bits);
  return bits;
}

static void
add_entries (gsize task, guint worker, gpointer data)
{
  Work *work = data;
  const MatineeSparse *sparse = work->sparse;
  gsize entry = task * BLOCK;
  gsize end = MIN (entry + BLOCK, sparse->n_entries);
  MatineeFingerprint hash = { HIGH_FACTOR, LOW_FACTOR };
  guint32 levels[MATINEE_MAX_LEVELS];

  if (sparse->codes != NULL)
    {
      /* By value, so that it doesn't matter which ratings have codes. */
      for (guint i = 0; i < MATINEE_MAX_LEVELS; i++)
        levels[i] = float_bits (sparse->levels[i]);
      for (; entry < end; entry++)
        add_word (&hash, sparse->columns[entry] | (guint64) levels[sparse->codes[entry]] << 32);
    }
  else
    for (; entry < end; entry++)
      add_word (&hash, sparse->columns[entry] | (guint64) float_bits (sparse->values[entry]) << 32);
  finish (&hash);
  work->blocks[task] = hash;
}

static void
add_text (MatineeFingerprint *hash, const char *text)
{
  gsize length = strlen (text);
  guint64 word = 0;

  add_word (hash, length);
  for (gsize i = 0; i < length; i++)
    {
      word |= (guint64) (guchar) text[i] << i % 8 * 8;
      if (i % 8 == 7 || i + 1 == length)
        {
          add_word (hash, word);
          word = 0;
        }
    }
}

static void
add_ids (MatineeFingerprint *hash, const MatineeIds *ids)
{
  MatineeIdsKind kind = matinee_ids_get_kind (ids);
  guint32 n = matinee_ids_get_n (ids);
  char buffer[MATINEE_ID_BUFFER];

  add_word (hash, kind);
  add_word (hash, n);
  for (guint32 i = 0; i < n; i++)
    if (kind == MATINEE_IDS_INTEGER)
      add_word (hash, (guint64) matinee_ids_get_integer (ids, i));
    else
      add_text (hash, matinee_ids_format (ids, i, buffer));
}

static gboolean
add_sparse (MatineeFingerprint *hash, const MatineeSparse *sparse, MatineePool *pool, MatineeStop *stop, GError **error)
{
  gsize n_blocks = sparse->n_entries / BLOCK + 1;
  Work work = { .sparse = sparse };

  work.blocks = matinee_alloc (n_blocks, sizeof *work.blocks, _ ("the fingerprint of the data"), error);
  if (work.blocks == NULL)
    return FALSE;
  if (!matinee_pool_run (pool, n_blocks, add_entries, &work, stop))
    {
      matinee_free (work.blocks);
      matinee_error_set_cancelled (error);
      return FALSE;
    }
  for (guint32 row = 0; row < sparse->n_rows; row++)
    add_word (hash, sparse->offsets[row + 1]);
  for (gsize i = 0; i < n_blocks; i++)
    {
      add_word (hash, work.blocks[i].high);
      add_word (hash, work.blocks[i].low);
    }
  matinee_free (work.blocks);
  return TRUE;
}

/**
 * matinee_fingerprint_ratings:
 * @ratings: ratings
 * @pool: (nullable): threads; any number gives the same result
 * @stop: (nullable): honoured within 50 ms
 * @fingerprint: (out): 128 bits
 * @error: return location
 *
 * Tells data sets apart: equal ratings of the same users and movies give equal
 * bits, whatever the order of the file's lines was and on any machine; others
 * don't, but by a chance of about 2⁻¹²⁸. Times and titles don't count. It guards
 * against mistakes, not against somebody who looks for a collision. O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_fingerprint_ratings (const MatineeRatings *ratings, MatineePool *pool, MatineeStop *stop,
                             MatineeFingerprint *fingerprint, GError **error)
{
  MatineeFingerprint hash = { LOW_FACTOR, HIGH_FACTOR };

  add_ids (&hash, ratings->users);
  add_ids (&hash, ratings->movies);
  if (!add_sparse (&hash, ratings->by_user, pool, stop, error))
    return FALSE;
  finish (&hash);
  *fingerprint = hash;
  return TRUE;
}

/**
 * matinee_fingerprint_split:
 * @ratings: all ratings of a split, with its users and movies
 * @split: which of them train and which test
 * @pool: (nullable): threads; any number gives the same result
 * @stop: (nullable): honoured within 50 ms
 * @fingerprint: (out): 128 bits
 * @error: return location
 *
 * Like matinee_fingerprint_ratings(), but it also matters which ratings train and which
 * test: for a split that comes from two files, and so follows from no parameters.
 * O(ratings).
 *
 * Returns: %FALSE with %MATINEE_ERROR_CANCELLED or %MATINEE_ERROR_MEMORY
 */
gboolean
matinee_fingerprint_split (const MatineeRatings *ratings, const MatineeSplit *split, MatineePool *pool,
                           MatineeStop *stop, MatineeFingerprint *fingerprint, GError **error)
{
  MatineeFingerprint hash = { LOW_FACTOR, HIGH_FACTOR };

  add_ids (&hash, ratings->users);
  add_ids (&hash, ratings->movies);
  if (!add_sparse (&hash, split->train_by_user, pool, stop, error)
      || !add_sparse (&hash, split->test_by_user, pool, stop, error))
    return FALSE;
  finish (&hash);
  *fingerprint = hash;
  return TRUE;
}

/**
 * matinee_fingerprint_equal:
 * @a: a fingerprint
 * @b: a fingerprint
 *
 * Returns: whether they are of the same data; never true without fingerprints
 */
gboolean
matinee_fingerprint_equal (const MatineeFingerprint *a, const MatineeFingerprint *b)
{
  return a->high == b->high && a->low == b->low && (a->high | a->low) != 0;
}

/**
 * matinee_fingerprint_format:
 * @fingerprint: a fingerprint
 * @buffer: where it is written
 *
 * Returns: (transfer none): @buffer, with 32 hexadecimal digits
 */
const char *
matinee_fingerprint_format (const MatineeFingerprint *fingerprint, char buffer[MATINEE_FINGERPRINT_BUFFER])
{
  g_snprintf (buffer, MATINEE_FINGERPRINT_BUFFER, "%016" PRIx64 "%016" PRIx64, fingerprint->high, fingerprint->low);
  return buffer;
}

/**
 * matinee_fingerprint_parse:
 * @text: (nullable): what matinee_fingerprint_format() wrote
 * @fingerprint: (out): the fingerprint, or all zero
 *
 * Returns: whether @text is one
 */
gboolean
matinee_fingerprint_parse (const char *text, MatineeFingerprint *fingerprint)
{
  guint64 halves[2] = { 0, 0 };
  guint i = 0;

  *fingerprint = (MatineeFingerprint){ 0 };
  for (; text != NULL && i < 32 && g_ascii_isxdigit (text[i]); i++)
    halves[i / 16] = halves[i / 16] << 4 | (guint64) g_ascii_xdigit_value (text[i]);
  if (i != 32 || text[i] != '\0')
    return FALSE;
  *fingerprint = (MatineeFingerprint){ halves[0], halves[1] };
  return TRUE;
}
