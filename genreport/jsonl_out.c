/* SPDX-License-Identifier: Apache-2.0
 * Each test record byte for byte as it was read, and in that order, with a member `resources` put at its end. */
#include "fields.h"
#include "format.h"
#include "lines.h"

bool jsonl_render(struct jsonl_writer *w, const struct report *r)
{
    for (size_t i = 0; i < r->totals.tests; i++) {
        struct report_record record = report_record_read(r, i);
        struct jsonl_text line = r->lines->list[i];

        jsonl_write(w, line.s, line.n);
        jsonl_puts(w, line.n > 0 && line.s[line.n - 1] == '{' ? "\"resources\":" : ",\"resources\":");
        fields_profile(w, &record.profile);
        jsonl_puts(w, "}");
        jsonl_end_line(w);
    }
    return true;
}
