/* SPDX-License-Identifier: Apache-2.0
 * Machines: a table, if the tests ran on several. */
#include "md.h"

void md_machines(struct jsonl_writer *w, const struct report *r)
{
    if (r->machines_len == 0)
        return;
    jsonl_puts(w, "\n### Machines\n\n"
                  "The tests ran on several machines; the statistics below mix them.\n\n"
                  "| Hardware | Tests | Failed | Time | Since |\n"
                  "|----------|------:|-------:|-----:|-------|\n");
    for (size_t i = 0; i < r->machines_len; i++) {
        const struct report_machine *m = &r->machines[i];

        jsonl_puts(w, "| ");
        md_text(w, m->hardware);
        jsonl_printf(w, " | %zu | %zu | ", m->tests, m->failed);
        md_duration(w, m->duration_s);
        jsonl_puts(w, " | ");
        md_moment(w, m->first_s);
        jsonl_puts(w, " |\n");
    }
    md_rest(w, r->hardware.len, r->machines_len, "machine");
}
