/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How NumPy names this machine's order of bytes in front of a type. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#  define MATINEE_NPY_ORDER "<"
#else
#  define MATINEE_NPY_ORDER ">"
#endif

#define MATINEE_NPY_FLOAT32 MATINEE_NPY_ORDER "f4"
#define MATINEE_NPY_FLOAT64 MATINEE_NPY_ORDER "f8"
#define MATINEE_NPY_INT64 MATINEE_NPY_ORDER "i8"
#define MATINEE_NPY_UINT64 MATINEE_NPY_ORDER "u8"
#define MATINEE_NPY_UINT32 MATINEE_NPY_ORDER "u4"
#define MATINEE_NPY_UINT8 "|u1"
#define MATINEE_NPY_TEXT MATINEE_NPY_ORDER "U"

#define MATINEE_NPY_MAX_DIMS 4

/* As much of a file as is needed to know how long its header is, and the longest
 * header that is read. */
#define MATINEE_NPY_PREFIX 12
#define MATINEE_NPY_MAX_HEADER 65536

/**
 * MatineeNpyHeader:
 * @type: the type of the elements as NumPy writes it, without quotes when simple:
 *   `<f4`, or `[('iteration', '<f8'), …]`
 * @fortran: whether the first index changes fastest
 * @n_dims: dimensions; 0 is a single number
 * @shape: (array n_dims): the length of each
 *
 * What is in an .npy file. Initialise with zeros.
 */
typedef struct
{
  char *type;
  gboolean fortran;
  guint n_dims;
  guint64 shape[MATINEE_NPY_MAX_DIMS];
} MatineeNpyHeader;

void matinee_npy_header_clear (MatineeNpyHeader *header);
GBytes *matinee_npy_header_write (const MatineeNpyHeader *header);
gsize matinee_npy_header_size (const guint8 prefix[MATINEE_NPY_PREFIX]);
gboolean matinee_npy_header_parse (const guint8 *data, gsize size, MatineeNpyHeader *header);
char *matinee_npy_header_describe (const MatineeNpyHeader *header);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MatineeNpyHeader, matinee_npy_header_clear)

G_END_DECLS
