/* SPDX-License-Identifier: Apache-2.0
 * Several GPUs: what a sample says of each.  Kept as rows of those devices that said something, so that memory follows
 * the input; a column for the samples is made when it is drawn. */
#ifndef MEMPLOT_DEVICES_H
#define MEMPLOT_DEVICES_H

#include "timeline.h"

/* The metrics that a device has. */
enum { DEVICE_METRICS = 4 };
extern const enum jsonl_metric device_metrics[DEVICE_METRICS];

struct device_row {
    double ts;                /* epoch seconds, of its sample */
    double v[DEVICE_METRICS]; /* NAN: not known */
};

struct timeline_device {
    struct jsonl_text name; /* absent: not known */
    double named;           /* epoch seconds, of the sample that says so */
    struct device_row *row;
    size_t rows, rows_size;
};

/* Devices beyond these are left out. */
enum { DEVICES_MAX = 64 };

/* Adds what `gpus`, an array of a sample, says.  false: out of memory. */
bool devices_add(struct timeline *t, double ts, const struct jsonl_value *gpus);

/* Names the devices by what a session, of time ts, has as `gpus`: an array, else nothing happens.  false: out of
 * memory. */
bool devices_name(struct timeline *t, double ts, const struct jsonl_value *gpus);

/* Adds what a part has, of samples that follow.  false: out of memory. */
bool devices_join(struct timeline *t, const struct timeline *part);

/* Puts the rows in order of time; drops those that came twice.  With one device alone there is nothing that the
 * samples do not say, and it is dropped. */
void devices_finish(struct timeline *t);
void devices_free(struct timeline *t);

/* Does the device say something of it? */
bool devices_has(const struct timeline *t, size_t device, enum jsonl_metric metric);

/* Fills out[0..samples-1] for a metric of a device, or for the mean of all devices that have it then; NAN where there
 * is none.  false: nowhere. */
bool devices_column(const struct timeline *t, size_t device, enum jsonl_metric metric, double *out);
bool devices_mean(const struct timeline *t, enum jsonl_metric metric, double *out);

#endif
