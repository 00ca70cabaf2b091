/* SPDX-License-Identifier: Apache-2.0
 * Graphics processors, each on its own; in a sample's metrics they are taken together. */
#ifndef MEMMON_GPU_H
#define MEMMON_GPU_H

#include "jsonl.h"

#include <stddef.h>

enum { GPUS_MAX = 64, GPU_NAME = 96 };

/* A number that is not known is NAN. */
struct gpu {
    char name[GPU_NAME]; /* string */
    double util;         /* per cent of the time at work */
    double mem_used_gb, mem_total_gb;
    double power_w;
    double temp_c;
    double energy_j; /* that it has used since some moment, by its own counter; stays when the device is lost */
};

/* A device of which nothing is known. */
struct gpu gpu_unknown(void);

/* All that one machine has. */
struct gpus {
    size_t len;
    struct gpu gpu[GPUS_MAX];
};

/* Adds the devices of `more`; what does not fit is left out. */
void gpus_add(struct gpus *gpus, const struct gpus *more);

/* Energy that all have used since some moment, J; NAN if one that draws power does not count it: such sums are not made
 * of counters and of power by time together. */
double gpus_energy(const struct gpus *gpus);

/* Sets the sample's gpu_* metrics: the greatest use and temperature, the sums of memory and power, of those
 * that tell them. */
void gpus_join(const struct gpus *gpus, struct jsonl_sample *sample);

/* Writes the sample's member `gpus`; nothing if there is but one, which the metrics tell. */
void gpus_write(const struct gpus *gpus, struct jsonl_writer *w);

/* Writes the session's member `gpus`: names and sizes; nothing if there is none. */
void gpus_write_session(const struct gpus *gpus, struct jsonl_writer *w);

#endif
