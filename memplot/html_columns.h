/* SPDX-License-Identifier: Apache-2.0
 * The columns of a timeline as blocks of text in a page: <script type="text/plain" id="NAME">base64</script>. */
#ifndef MEMPLOT_HTML_COLUMNS_H
#define MEMPLOT_HTML_COLUMNS_H

#include "timeline.h"

/* Samples: "ts" and each metric by its name.  Tests: "test.start" and so on.  Regions: "region.start", …
 * Marks: "mark.ts", "mark.label".  "breaks": where a recording begins.  Tables without rows are left out.
 * false: out of memory. */
bool html_columns(struct jsonl_writer *w, const struct timeline *t);

#endif
