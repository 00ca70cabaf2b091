/* SPDX-License-Identifier: Apache-2.0 */
#include "colour.h"

#include <math.h>
#include <stdio.h>

struct rgb {
    double part[3]; /* red, green, blue, 0 to 255 */
};

/* What the page's style has as --back. */
static const char *const ground_colours[GROUNDS] = {[GROUND_LIGHT] = "#ffffff", [GROUND_DARK] = "#161719"};

static struct rgb rgb_of(const char *colour)
{
    unsigned r = 0, g = 0, b = 0;
    sscanf(colour, "#%2x%2x%2x", &r, &g, &b);
    return (struct rgb){{r, g, b}};
}

static const char *rgb_write(char out[COLOUR_SIZE], struct rgb c)
{
    snprintf(out, COLOUR_SIZE, "#%02x%02x%02x", (unsigned)lround(c.part[0]) & 255u, (unsigned)lround(c.part[1]) & 255u,
             (unsigned)lround(c.part[2]) & 255u);
    return out;
}

static double luminance(struct rgb c)
{
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (size_t i = 0; i < 3; i++) {
        double v = c.part[i] / 255;
        sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast_of(struct rgb a, struct rgb b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

/* share: from -1, black, to 1, white. */
static struct rgb mixed(struct rgb c, double share)
{
    double towards = share < 0 ? 0 : 255;
    for (size_t i = 0; i < 3; i++)
        c.part[i] = round(c.part[i] + (towards - c.part[i]) * fabs(share));
    return c;
}

const char *colour_readable(char out[COLOUR_SIZE], const char *colour, enum colour_ground ground, double contrast)
{
    enum { STEPS = 50 };
    struct rgb c = rgb_of(colour), back = rgb_of(ground_colours[ground]);
    double sign = ground == GROUND_LIGHT ? -1 : 1;
    int i = 0;
    while (i < STEPS && contrast_of(mixed(c, sign * i / STEPS), back) < contrast)
        i++;
    return rgb_write(out, mixed(c, sign * i / STEPS));
}

size_t colour_shade_number(size_t k, size_t n)
{
    return n < 2 ? 0 : (2 * k * (COLOUR_SHADES - 1) + n - 1) / (2 * (n - 1));
}

const char *colour_shade(char out[COLOUR_SIZE], const char *colour, enum colour_ground ground, size_t number)
{
    static const double least = 4, most = 14; /* contrasts: the colour itself, as a line, has less */
    struct rgb c = rgb_of(colour);
    double back = luminance(rgb_of(ground_colours[ground])) + 0.05;
    double step = (double)number / (COLOUR_SHADES - 1);
    double wanted = least * pow(most / least, ground == GROUND_LIGHT ? step : 1 - step);
    double target = (ground == GROUND_LIGHT ? back / wanted : back * wanted) - 0.05;
    double dark = -1, light = 1;
    for (int i = 0; i < 24; i++) {
        double middle = (dark + light) / 2;
        if (luminance(mixed(c, middle)) < target)
            dark = middle;
        else
            light = middle;
    }
    return rgb_write(out, mixed(c, light));
}
