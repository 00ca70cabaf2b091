// SPDX-License-Identifier: Apache-2.0
// RapidJSON with SSE4.2: a document for each line, in memory that is used again for each.  Numbers exact
// (kParseFullPrecisionFlag) and UTF-8 checked (kParseValidateEncodingFlag), which it does only when told.
//
//     parse_rapidjson            Parse
//     parse_rapidjson in-situ    ParseInsitu: strings are decoded where they stand
#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#define RAPIDJSON_HAS_STDSTRING 0
#include "lines.h"

#include <rapidjson/document.h>

using namespace rapidjson;
typedef GenericDocument<UTF8<>, MemoryPoolAllocator<>, MemoryPoolAllocator<>> Line;

static const unsigned flags = kParseFullPrecisionFlag | kParseValidateEncodingFlag;

int main(int argc, char **argv)
{
    if (argc > 1 && argv[1][0] == '-') {
        puts(RAPIDJSON_VERSION_STRING);
        return 0;
    }
    static char values_memory[1 << 20], stack_memory[1 << 18];
    bool in_situ = argc > 1;
    struct lines in = {};
    char *line;
    size_t n;
    while (lines_next(&in, &line, &n)) {
        MemoryPoolAllocator<> values(values_memory, sizeof values_memory), stack(stack_memory, sizeof stack_memory);
        Line doc(&values, 1 << 16, &stack);
        if (in_situ)
            doc.ParseInsitu<flags>(line);
        else
            doc.Parse<flags>(line, n);
        if (doc.HasParseError())
            return lines_refuse(&in);
    }
    return lines_end(&in);
}
