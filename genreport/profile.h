/* SPDX-License-Identifier: Apache-2.0
 * What a test cost the machine: the samples of the time it ran, in a few numbers.
 *
 * NAN and n == 0 stand for what no sample tells. */
#ifndef GENREPORT_PROFILE_H
#define GENREPORT_PROFILE_H

#include "windows.h"

struct profile {
    size_t samples;
    struct number_range ram_free_gb, swap_mb;
    struct number_range gpu_device, gpu_renderer; /* per cent */
    struct number_range gpu_mem_gb, gpu_power_w;
    double ram_before_gb, gpu_mem_before_gb; /* the level before: the last sample before the test, or its first */
    double ram_use_gb;                       /* at most: free RAM before, less the lowest during the test; from 0 */
    double gpu_mem_use_gb;                   /* at most: the highest, less that before; from 0 */
    double pressure, zombies;                /* highest */
    double gpu_energy_j;                     /* mean power times the length of the test */
    bool parallel; /* another test ran at the time, so all of this is of both; see parallel.h */
};

/* Of the time from start to end, epoch seconds, whose samples are `span`; `parallel` is left false. */
struct profile profile_of(const struct windows *w, struct span span, double start, double end);

#endif
