/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#define MATINEE_N_SAMPLE_FILMS 400

/**
 * MatineeSampleFilm:
 * @title: the title, UTF-8, ending in the year of first release: "The General (1926)"
 * @genres: one to four MovieLens genres, alphabetical, joined with '|'
 *
 * One film of the built-in sample.  Every film in matinee_sample_films was first
 * released before 1930.
 */
typedef struct
{
  const char *title;
  const char *genres;
} MatineeSampleFilm;

extern const MatineeSampleFilm matinee_sample_films[MATINEE_N_SAMPLE_FILMS];
