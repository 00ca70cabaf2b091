/* SPDX-License-Identifier: Apache-2.0
 * Numbers as text, the same in every locale. */
#include "writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double powers_of_ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

/* `n` in decimal digits before `end`, at least `width` of them; returns where they start. */
static char *digits_before(char *end, uint64_t n, int width)
{
    while (n > 0 || width > 0) {
        *--end = (char)('0' + n % 10);
        n /= 10;
        width--;
    }
    return end;
}

/* |number| * 10^decimals, rounded as printf rounds: by the exact product, ties to even.  Only where the product as a
 * double lies half way can the exact one lie on either side, and fma tells which.  The product is below 2^53. */
static uint64_t scale_round(double number, double power)
{
    double scaled = number * power;
    double whole = floor(scaled);
    uint64_t n = (uint64_t)whole;
    double over_half = scaled - whole - 0.5;
    double rest = fma(number, power, -scaled);
    bool up = over_half > 0 || (over_half >= 0 && (rest > 0 || (rest >= 0 && n % 2 == 1)));
    return n + up;
}

static void write_fixed(struct jsonl_writer *w, double number, int decimals)
{
    char text[40];
    char *end = text + sizeof text;
    uint64_t scaled = scale_round(fabs(number), powers_of_ten[decimals]);
    uint64_t unit = (uint64_t)powers_of_ten[decimals];
    char *start = end;
    if (decimals > 0) {
        start = digits_before(start, scaled % unit, decimals);
        *--start = '.';
    }
    start = digits_before(start, scaled / unit, 1);
    if (number < 0 && scaled > 0)
        *--start = '-';
    jsonl_write(w, start, (size_t)(end - start));
}

/* The decimal comma of other locales; JSON knows none. */
static void write_point(struct jsonl_writer *w, char *text)
{
    char *comma = strchr(text, ',');
    if (comma)
        *comma = '.';
    jsonl_puts(w, text);
}

static void write_shortest(struct jsonl_writer *w, double number)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) /* reads what this locale wrote */
            break;
    }
    write_point(w, text);
}

void jsonl_write_number(struct jsonl_writer *w, double number, int decimals)
{
    static const double whole_max = 9007199254740992.0; /* 2^53 */
    if (!isfinite(number)) {
        jsonl_puts(w, "null");
    } else if (decimals == JSONL_SHORTEST) {
        if (fabs(number) < 1e15 && number == floor(number))
            write_fixed(w, number, 0);
        else
            write_shortest(w, number);
    } else if (fabs(number) < whole_max / powers_of_ten[decimals]) {
        write_fixed(w, number, decimals);
    } else {
        char text[400];
        snprintf(text, sizeof text, "%.*f", decimals, number);
        write_point(w, text);
    }
}
