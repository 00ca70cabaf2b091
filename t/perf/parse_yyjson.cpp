// SPDX-License-Identifier: Apache-2.0
// yyjson: a document for each line, in memory that is used again for each (its pool allocator), so that it makes no
// system call or malloc for a line.  Read as it is by default: strict JSON, UTF-8 checked, numbers exact.
//
//     parse_yyjson            a copy of the line is parsed
//     parse_yyjson in-situ    the line itself; the four bytes behind it, which yyjson clears, are put back
//
// The source is the copy that DuckDB has in its npm package, in a namespace of its own.
#include "lines.h"

#include "yyjson.hpp"

using namespace duckdb_yyjson;

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] == '-') {
        puts(YYJSON_VERSION_STRING);
        return 0;
    }
    const yyjson_read_flag flags = argc > 1 ? YYJSON_READ_INSITU : YYJSON_READ_NOFLAG;
    struct lines in = {};
    char *line;
    size_t n, room = 0;
    char *memory = NULL;
    while (lines_next(&in, &line, &n)) {
        size_t need = yyjson_read_max_memory_usage(n, flags);
        if (need > room) {
            free(memory);
            memory = (char *)malloc(room = 2 * need);
            if (!memory)
                lines_fail("out of memory");
        }
        char behind[YYJSON_PADDING_SIZE];
        memcpy(behind, line + n, sizeof behind);
        yyjson_alc pool;
        yyjson_alc_pool_init(&pool, memory, room);
        yyjson_doc *doc = yyjson_read_opts(line, n, flags, &pool, NULL);
        memcpy(line + n, behind, sizeof behind);
        if (!doc)
            return lines_refuse(&in);
        yyjson_doc_free(doc);
    }
    free(memory);
    return lines_end(&in);
}
