/* SPDX-License-Identifier: Apache-2.0
 * The columns of a timeline as blocks of text in a page: <script type="text/plain" id="NAME">…</script>, see pack.h. */
#ifndef MEMPLOT_HTML_COLUMNS_H
#define MEMPLOT_HTML_COLUMNS_H

#include "timeline.h"

/* Samples: "ts" and each metric by its name.  Tests: "test.start" and so on.  Regions: "region.start", …
 * Marks: "mark.ts", "mark.label", "mark.kill".  "breaks": where a recording begins.  Tables without rows are left out,
 * and so are columns without values; "test.lane" is there if tests ran at once.  A column of samples that equals an
 * earlier one is an empty block with its id in data-same.  Several GPUs: "gpu.0.gpu_device_util", …, a number for each
 * sample. false: out of memory. */
bool html_columns(struct jsonl_writer *w, const struct timeline *t);

/* The id of a device's block; returns id. */
enum { HTML_DEVICE_ID = 64 };
const char *html_device_id(char id[HTML_DEVICE_ID], size_t device, enum jsonl_metric metric);

#endif
