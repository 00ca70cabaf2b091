// SPDX-License-Identifier: Apache-2.0
// yyjson: a document for each line, in memory that is used again for each (its pool allocator), so that it makes no
// system call or malloc for a line.  Read as it is by default: strict JSON, UTF-8 checked, numbers exact; not in place.
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
    struct lines in = {};
    char *line;
    size_t n, room = 0;
    char *memory = NULL;
    while (lines_next(&in, &line, &n)) {
        size_t need = yyjson_read_max_memory_usage(n, YYJSON_READ_NOFLAG);
        if (need > room) {
            free(memory);
            memory = (char *)malloc(room = 2 * need);
            if (!memory)
                lines_fail("out of memory");
        }
        yyjson_alc pool;
        yyjson_alc_pool_init(&pool, memory, room);
        yyjson_doc *doc = yyjson_read_opts(line, n, YYJSON_READ_NOFLAG, &pool, NULL);
        if (!doc)
            return lines_refuse(&in);
        yyjson_doc_free(doc);
    }
    free(memory);
    return lines_end(&in);
}
