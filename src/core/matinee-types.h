/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MatineeDataset MatineeDataset;
typedef struct _MatineeErrors MatineeErrors;
typedef struct _MatineeFactors MatineeFactors;
typedef struct _MatineeIds MatineeIds;
typedef struct _MatineeKernels MatineeKernels;
typedef struct _MatineeModel MatineeModel;
typedef struct _MatineeParams MatineeParams;
typedef struct _MatineePerson MatineePerson;
typedef struct _MatineePool MatineePool;
typedef struct _MatineeQuery MatineeQuery;
typedef struct _MatineeRatings MatineeRatings;
typedef struct _MatineeSolver MatineeSolver;
typedef struct _MatineeSparse MatineeSparse;
typedef struct _MatineeSplit MatineeSplit;
typedef struct _MatineeTitles MatineeTitles;
typedef struct _MatineeTrace MatineeTrace;
typedef struct _MatineeTrainer MatineeTrainer;

/**
 * MatineeChoice:
 * @id: its name on the command line and in files
 * @title: (translatable): its name for people
 * @description: (translatable): one sentence
 *
 * One of several things to choose from.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *description;
} MatineeChoice;

G_END_DECLS
