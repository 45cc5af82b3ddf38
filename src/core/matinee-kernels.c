/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-kernels.h"

#ifdef MATINEE_HAVE_AMX
#  include <cpuid.h>
#  include <sys/syscall.h>
#  include <unistd.h>
#endif

#include "matinee-kernels-private.h"

static const MatineeKernels *const tables[] = {
#ifdef MATINEE_HAVE_AMX
  &matinee_kernels_amx,
#endif
#if defined(__x86_64__)
  &matinee_kernels_avx512,
  &matinee_kernels_avx2,
#elif defined(__aarch64__)
  &matinee_kernels_neon,
#endif
  &matinee_kernels_portable,
};

#ifdef MATINEE_HAVE_AMX

/* Linux's <asm/prctl.h> and the processor's manual; older headers lack them. */
#  define ARCH_REQ_XCOMP_PERM 0x1023
#  define XFEATURE_XTILEDATA 18
#  define CPUID_FEATURES 7
#  define CPUID_EDX_AMX_BF16 (1u << 22)
#  define CPUID_EDX_AMX_TILE (1u << 24)

/* Whether there are tiles, and the operating system lets this process have their
 * 8 KB for each thread that uses them; to be asked again is harmless. */
static gboolean
has_tiles (void)
{
  guint eax, ebx, ecx, edx;

  return __get_cpuid_count (CPUID_FEATURES, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx & CPUID_EDX_AMX_BF16) != 0
         && (edx & CPUID_EDX_AMX_TILE) != 0 && syscall (SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}

#endif

/* GCC's check asks the operating system as well whether it saves the wide
 * registers. */
static gboolean
runs_here (const MatineeKernels *kernels)
{
#if defined(__x86_64__)
#  ifdef MATINEE_HAVE_AMX
  if (kernels == &matinee_kernels_amx)
    return runs_here (&matinee_kernels_avx512) && has_tiles ();
#  endif
  if (kernels == &matinee_kernels_avx512)
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
           && __builtin_cpu_supports ("avx512cd") && __builtin_cpu_supports ("avx512dq")
           && __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("fma");
  if (kernels == &matinee_kernels_avx2)
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") && __builtin_cpu_supports ("bmi")
           && __builtin_cpu_supports ("bmi2");
#endif
  return TRUE;
}

/**
 * matinee_kernels_best:
 *
 * Returns: (transfer none): the fastest kernels that this processor runs
 */
const MatineeKernels *
matinee_kernels_best (void)
{
  guint i = 0;

  while (!runs_here (tables[i]))
    i++;
  return tables[i];
}

/**
 * matinee_kernels_by_name:
 * @name: "portable", "avx2", "avx512", "amx" or "neon"
 *
 * Finds kernels for tests and measuring.
 *
 * Returns: (transfer none) (nullable): kernels, or %NULL when there are none of
 *   that name or this processor can't run them
 */
const MatineeKernels *
matinee_kernels_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_strcmp0 (tables[i]->name, name) == 0 && runs_here (tables[i]))
      return tables[i];
  return NULL;
}

/**
 * matinee_kernels_all:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): all that were compiled, best first;
 *   not all need to run here
 */
const MatineeKernels *const *
matinee_kernels_all (guint *n)
{
  *n = G_N_ELEMENTS (tables);
  return tables;
}

/**
 * matinee_kernels_lanes_work:
 * @kernels: kernels
 * @order: the largest order to solve
 *
 * Returns: floats of scratch that solve_lanes needs
 */
gsize
matinee_kernels_lanes_work (const MatineeKernels *kernels, guint order)
{
  gsize blocks = ((gsize) order + 3) / 4;

  /* Reciprocals, the triangle in blocks of 4 × 4, and a block row of right
   * sides. */
  return (4 * blocks + 8 * (blocks + 1) * (blocks + 2)) * kernels->lanes;
}
