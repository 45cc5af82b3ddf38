/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "matinee-movielens.h"

/* The licences in the words of their READMEs, a paragraph a line. They are not
 * translated: what is agreed to is what GroupLens wrote. */

#define NO_GUARANTEE                                                                                                   \
  "Neither the University of Minnesota nor any of the researchers involved can guarantee the correctness of the "      \
  "data, "                                                                                                             \
  "its suitability for any particular purpose, or the validity of results based on the use of the data set. The data " \
  "set may be used for any research purposes under the following conditions:\n\n"

#define CONDITIONS                                                                                                     \
  "• The user may not state or imply any endorsement from the University of Minnesota or the GroupLens Research "    \
  "Group.\n\n"                                                                                                         \
  "• The user must acknowledge the use of the data set in publications resulting from the use of the data set (see " \
  "below for citation information).\n\n"

#define MAY_SHARE                                                                                                      \
  "• The user may redistribute the data set, including transformations, so long as it is distributed under these "   \
  "same license conditions.\n\n"

#define MAY_NOT_SHARE "• The user may not redistribute the data without separate permission.\n\n"

#define NOT_COMMERCIAL                                                                                                 \
  "• The user may not use this information for any commercial or revenue-bearing purposes without first obtaining "  \
  "permission from a faculty member of the GroupLens Research Project at the University of Minnesota.\n\n"

#define NO_WARRANTY                                                                                                    \
  "• The executable software scripts are provided \"as is\" without warranty of any kind, either expressed or "      \
  "implied, including, but not limited to, the implied warranties of merchantability and fitness for a particular "    \
  "purpose. The entire risk as to the quality and performance of them is with you. Should the program prove "          \
  "defective, you assume the cost of all necessary servicing, repair or correction.\n\n"                               \
  "In no event shall the University of Minnesota, its affiliates or employees be liable to you for any damages "       \
  "arising out of the use or inability to use these programs (including but not limited to loss of data or data "      \
  "being rendered inaccurate).\n\n"                                                                                    \
  "If you have any further questions or comments, please email <grouplens-info@umn.edu>.\n\n"

#define CONTACT                                                                                                        \
  "If you have any further questions or comments, please contact GroupLens <grouplens-info@cs.umn.edu>.\n\n"

#define CITATION                                                                                                       \
  "To acknowledge use of the dataset in publications, please cite the following paper:\n\n"                            \
  "F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ACM Transactions on "   \
  "Interactive Intelligent Systems (TiiS) 5, 4: 19:1–19:19. https://doi.org/10.1145/2827872\n"

static const char *const terms[MATINEE_MOVIELENS_N_TERMS] = {
  [MATINEE_MOVIELENS_TERMS_SHARE] = NO_GUARANTEE CONDITIONS MAY_SHARE NOT_COMMERCIAL NO_WARRANTY CITATION,
  [MATINEE_MOVIELENS_TERMS_ASK] = NO_GUARANTEE CONDITIONS MAY_NOT_SHARE NOT_COMMERCIAL NO_WARRANTY CITATION,
  [MATINEE_MOVIELENS_TERMS_EARLY] = NO_GUARANTEE CONDITIONS MAY_NOT_SHARE NOT_COMMERCIAL CONTACT CITATION,
};

/**
 * matinee_movielens_get_terms:
 * @set: a set
 *
 * Returns: the usage licence of GroupLens that has to be accepted, and what to cite: English,
 *   UTF-8, a paragraph a line with empty lines between
 */
const char *
matinee_movielens_get_terms (const MatineeMovieLensSet *set)
{
  return terms[set->terms];
}
