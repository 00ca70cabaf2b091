/* SPDX-License-Identifier: Apache-2.0
 * The statistics that judge runs, on libm alone.  All p values are two-sided.  The same values give the same result
 * whatever their order, but where the order is what is looked at. */
#ifndef GENREPORT_STATISTICS_H
#define GENREPORT_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- stat_t.c: Student's t, by the regularised incomplete beta function (continued fraction, DLMF 8.17.22) ---- */

/* P(|T| >= |t|) for df > 0, which need not be whole; 0 for an infinite t, NAN for a t that is none. */
double stat_t_p(double t, double df);

/* The t that P(|T| >= t) = alpha holds for; 0 < alpha <= 1. */
double stat_t_bound(double alpha, double df);

/* P(|Z| >= |z|) of the normal distribution. */
double stat_normal_p(double z);

/* The z that P(|Z| >= z) = 0.05 holds for. */
#define STAT_NORMAL_BOUND 1.959963984540054

/* ---- stat_adjust.c ---- */

/* Benjamini and Hochberg (1995): q values of n p values, of which NANs are not counted and stay NAN.
 * false: out of memory. */
bool stat_adjust(const double *p, double *q, size_t n);

/* ---- stat_polish.c: Tukey's median polish of a table that need not be full ---- */

struct stat_cell {
    uint32_t row, col;
    double value;
};

/* value = *all + row[] + col[] + rest; in each row and each column that is `free` the rests' median is 0.  The other
 * columns are 0.  So is the median of row[], and where all columns that have cells are free that of col[].  Each row
 * must have a cell.  false: out of memory. */
bool stat_polish(const struct stat_cell *cells, size_t n, size_t rows, size_t cols, const bool *free_cols, double *all,
                 double *row, double *col);

/* ---- stat_rank.c: Mann and Whitney's U, over any number of strata ---- */

/* The same thing measured on both sides; the values are sorted, ascending. */
struct stat_stratum {
    const double *old, *new_;
    size_t old_len, new_len;
};

struct stat_shift {
    double p;         /* of no shift: exact over all permutations (with ties, too) up to STAT_RANK_EXACT values in
                         all, then by the normal distribution */
    double shift;     /* Hodges and Lehmann's: the median of all differences new - old within strata */
    double low, high; /* its 95 % interval: the shifts that the test would not refuse */
};

enum { STAT_RANK_EXACT = 40 };

/* false: out of memory. */
bool stat_rank(const struct stat_stratum *strata, size_t n, struct stat_shift *result);

/* P(U <= u) and less: the null distribution of U for n and m values without ties, probabilities of u = 0 … n*m.
 * `p` has place for n*m + 1.  n + m <= STAT_RANK_EXACT.  false: out of memory. */
bool stat_rank_distribution(size_t n, size_t m, double *p);

/* ---- stat_kendall.c: does a series rise or fall? ---- */

struct stat_slope {
    double s;     /* Mann and Kendall's S: pairs that rise less pairs that fall */
    double p;     /* exact without ties up to 50 points, else normal, with ties and continuity corrected for */
    double slope; /* Theil and Sen's: the median slope of all pairs, in y per x; NAN if all x are the same */
};

enum { STAT_SLOPE_MAX = 1000 }; /* longer series are cut into so many even stretches, each at its medians */

/* Sorted by x.  false: out of memory. */
bool stat_slope(const double *x, const double *y, size_t n, struct stat_slope *result);

/* ---- stat_cusum.c: where does a series step? ---- */

struct stat_split {
    size_t at;   /* the first value of the new level */
    double size; /* of the standardised rank sum */
    double p;    /* by permutation, with a fixed seed */
};

enum { STAT_CUSUM_SIDE = 3 }; /* values on each side at least */

/* The split of n values with at least STAT_CUSUM_SIDE before and `after` behind it whose ranks differ most.  p is 1 if
 * there is no such split.  false: out of memory. */
bool stat_cusum(const double *values, size_t n, size_t after, struct stat_split *split);

#endif
