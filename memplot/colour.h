/* SPDX-License-Identifier: Apache-2.0
 * Colours that are told from the ground they stand on.  The picture and the page both have them from here, so that one
 * thing has one colour in both.
 *
 * Contrast and relative luminance are those of WCAG 2.1. */
#ifndef MEMPLOT_COLOUR_H
#define MEMPLOT_COLOUR_H

#include <stddef.h>

enum colour_ground { GROUND_LIGHT, GROUND_DARK, GROUNDS };

/* What a line needs (1.4.11), and what text does (1.4.3). */
#define COLOUR_LINE_CONTRAST 3.0
#define COLOUR_TEXT_CONTRAST 4.5

enum { COLOUR_SIZE = 8 }; /* of "#rrggbb", a string */

/* The colour, moved towards black, or on dark ground towards white, as far as that contrast takes.  Returns out. */
const char *colour_readable(char out[COLOUR_SIZE], const char *colour, enum colour_ground ground, double contrast);

/* The k-th of n shades of a colour, light to dark: of one hue, in even steps of contrast, all told from the ground.
 * There are COLOUR_SHADES of them, numbered from the lightest; of more things some share one. */
enum { COLOUR_SHADES = 16 };
size_t colour_shade_number(size_t k, size_t n);
const char *colour_shade(char out[COLOUR_SIZE], const char *colour, enum colour_ground ground, size_t number);

#endif
