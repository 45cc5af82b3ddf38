/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-hints.h"

/* What people say about how a file is to be read, as the settings keep it: by name, and
 * only what was said. */

static const char *const encodings[] = { "", "utf-8", "latin-1", NULL };
static const char *const answers[] = { "", "no", "yes", NULL };

static void
add (GVariantBuilder *builder, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    g_variant_builder_add (builder, "{ss}", name, value);
}

/**
 * matinee_hints_to_variant:
 * @hints: hints
 *
 * Returns: (transfer floating): a dictionary of text, "a{ss}", to be kept in the settings
 */
GVariant *
matinee_hints_to_variant (const MatineeTextHints *hints)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  add (&builder, "delimiter", hints->delimiter);
  add (&builder, "encoding", encodings[hints->encoding]);
  add (&builder, "header", answers[hints->header]);
  add (&builder, "decimal-comma", answers[hints->decimal_comma]);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    if (hints->columns[c] != NULL && g_utf8_validate (hints->columns[c], -1, NULL))
      g_variant_builder_add (&builder, "{ss}", matinee_column_get_name (c), hints->columns[c]);
  return g_variant_builder_end (&builder);
}

/* Which of the words it is, or 0, which says nothing. */
static guint
find (GVariant *variant, const char *name, const char *const *words)
{
  const char *value;

  if (g_variant_lookup (variant, name, "&s", &value))
    for (guint w = 1; words[w] != NULL; w++)
      if (g_str_equal (words[w], value))
        return w;
  return 0;
}

/**
 * matinee_hints_take_variant:
 * @hints: (inout): hints, perhaps all zeros; what they held is freed
 * @variant: what matinee_hints_to_variant() made, or what somebody has made of it since
 *
 * Makes hints say what was kept. What makes no sense says nothing.
 */
void
matinee_hints_take_variant (MatineeTextHints *hints, GVariant *variant)
{
  const char *delimiter;

  matinee_text_hints_clear (hints);
  if (g_variant_lookup (variant, "delimiter", "&s", &delimiter)
      && g_strv_contains (matinee_text_delimiters (), delimiter))
    hints->delimiter = g_strdup (delimiter);
  hints->encoding = (MatineeEncoding) find (variant, "encoding", encodings);
  hints->header = (MatineeAnswer) find (variant, "header", answers);
  hints->decimal_comma = (MatineeAnswer) find (variant, "decimal-comma", answers);
  for (guint c = 0; c < MATINEE_N_COLUMNS; c++)
    g_variant_lookup (variant, matinee_column_get_name (c), "s", &hints->columns[c]);
}
