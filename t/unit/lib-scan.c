/* SPDX-License-Identifier: Apache-2.0
 * The scanner for plain characters, and the parser on top of it, at the edge of memory: behind what they may read lies
 * a page that cannot be read, so that a byte too many is a crash.  Compiled twice, once with -DJSONL_PORTABLE. */
#include "jsonl.h"
#include "scan.h"
#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    LEN_MAX = 64,  /* plain bytes before the one to be found: two rounds of 32, four of 16 */
    SHIFT_MAX = 16 /* alignments */
};

static char *edge; /* the first byte that cannot be read */

static void edge_make(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    ck_assert(memory != MAP_FAILED);
    ck_assert(mprotect(memory + page, page, PROT_NONE) == 0);
    edge = memory + page;
}

static bool is_stop(int byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\' || byte >= 0x80;
}

/* Where a text of n plain bytes begins that is followed by `stop` and, up to what may not be read, by padding. */
static char *text_make(size_t n, size_t shift, int plain, int stop, int padding)
{
    char *text = edge - shift - SCAN_PADDING - n;
    memset(text, plain, n);
    memset(text + n, padding, SCAN_PADDING + shift);
    text[n] = (char)stop;
    return text;
}

START_TEST(uses_the_instructions_it_should)
    {
#if defined(JSONL_PORTABLE)
        ck_assert_str_eq(SCAN_NAME, "portable");
#elif defined(__x86_64__)
        ck_assert_str_eq(SCAN_NAME, "SSE2");
#elif defined(__aarch64__)
        ck_assert_str_eq(SCAN_NAME, "NEON");
#endif
    }
END_TEST

START_TEST(finds_each_stop_at_each_place_and_alignment)
    {
        edge_make();
        for (size_t n = 0; n <= LEN_MAX; n++) {
            for (size_t shift = 0; shift < SHIFT_MAX; shift++) {
                for (int stop = 0; stop < 256; stop++) {
                    if (!is_stop(stop))
                        continue;
                    char *text = text_make(n, shift, 'a', stop, 'a');
                    const char *found = scan_plain(text);
                    ck_assert_msg(found == text + n, "0x%02x behind %zu bytes, %zu before the edge: found at %td", stop,
                                  n, shift, found - text);
                }
            }
        }
    }
END_TEST

/* Also where the stops lie close: of the bytes in one word, the first counts. */
START_TEST(finds_the_first_of_many)
    {
        static const int stops[] = {0, 0x1f, '"', '\\', 0x80, 0xff};
        edge_make();
        for (size_t n = 0; n <= LEN_MAX; n++) {
            for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
                for (size_t k = 0; k < sizeof stops / sizeof stops[0]; k++) {
                    char *text = text_make(n, 0, ' ', stops[i], stops[k]);
                    ck_assert_ptr_eq(scan_plain(text), text + n);
                }
            }
        }
    }
END_TEST

START_TEST(passes_over_each_plain_byte)
    {
        edge_make();
        for (int plain = 0; plain < 256; plain++) {
            if (is_stop(plain)) {
                ck_assert(!scan_is_plain((unsigned char)plain));
                continue;
            }
            ck_assert(scan_is_plain((unsigned char)plain));
            for (size_t n = 0; n <= LEN_MAX; n++) {
                for (size_t shift = 0; shift < SHIFT_MAX; shift++) {
                    char *text = text_make(n, shift, plain, '"', 0);
                    const char *found = scan_plain(text);
                    ck_assert_msg(found == text + n, "%zu times 0x%02x: stopped at %td", n, plain, found - text);
                }
            }
        }
    }
END_TEST

/* Any bytes: of neighbours whose sums carry, none makes another look plain. */
START_TEST(agrees_with_the_definition_on_any_bytes)
    {
        uint64_t random = 0x9e3779b97f4a7c15;
        edge_make();
        for (int round = 0; round < 200000; round++) {
            unsigned char bytes[LEN_MAX];
            for (size_t i = 0; i < sizeof bytes; i++) {
                random ^= random << 13, random ^= random >> 7, random ^= random << 17;
                unsigned r = (unsigned)(random >> 32);
                static const unsigned char edges[] = {0x1f, 0x20, 0x21, '"', '#', '[', '\\', ']', 0x7f, 0x80};
                bytes[i] = r % 16 ? (unsigned char)(0x20 + r / 16 % 0x60) : edges[r / 16 % sizeof edges];
            }
            char *text = text_make(LEN_MAX, (size_t)round % SHIFT_MAX, 'a', '"', 'a');
            memcpy(text, bytes, sizeof bytes);
            size_t n = 0;
            while (!is_stop((unsigned char)text[n]))
                n++;
            ck_assert_ptr_eq(scan_plain(text), text + n);
        }
    }
END_TEST

static const char *const texts[] = {
    "{\"ts\":1795398543.566,\"elapsed_s\":0.2,\"ok\":true,\"none\":null,\"no\":false}",
    "[\"more than sixteen bytes\",\"\\u00e9\\ud83d\\ude00\\n\",\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"]",
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
    "[-12345678901234567890.125e+300,0,-0.0,1E5]",
    "  \t {  \"a\"  :  [  ]  ,  \"b\"  :  {  }  }  ",
};
enum { TEXTS = sizeof texts / sizeof texts[0] };

/* Bytes of texts[i] up to the end of its value: so many make a text, fewer do not. */
static size_t text_whole(size_t i)
{
    size_t n = strlen(texts[i]);
    while (texts[i][n - 1] == ' ')
        n--;
    return n;
}

/* Each beginning of a text ends within a string, a number, a name, an escape, a character. */
START_TEST(the_parser_reads_nothing_behind_a_text)
    {
        struct jsonl_parser *parser = jsonl_parser_new();
        ck_assert_ptr_nonnull(parser);
        edge_make();
        for (size_t i = 0; i < TEXTS; i++) {
            for (size_t n = 0; n <= strlen(texts[i]); n++) {
                bool good = jsonl_parse(parser, memcpy(edge - n, texts[i], n), n, NULL) != NULL;
                ck_assert_msg(good == (n >= text_whole(i)), "%zu bytes of %s", n, texts[i]);
            }
        }
        jsonl_parser_free(parser);
    }
END_TEST

/* Whatever follows in a reader's memory: the padding behind its last line, or the line end and another line, which
 * would go on where this one is cut off. */
START_TEST(the_parser_takes_nothing_from_behind_a_line)
    {
        struct jsonl_parser *parser = jsonl_parser_new();
        struct jsonl_parser *other = jsonl_parser_new();
        ck_assert(parser && other);
        edge_make();
        for (size_t i = 0; i < TEXTS; i++) {
            size_t len = strlen(texts[i]);
            for (size_t n = 0; n <= len; n++) {
                for (int end = 0; end < 3; end++) {
                    char *text = text_make(n, 0, 0, 0, 0);
                    memcpy(text, texts[i], n);
                    if (end > 0) {
                        char *rest = text + n + end;
                        memcpy(text + n, end == 1 ? "\n" : "\r\n", (size_t)end);
                        size_t room = (size_t)(edge - rest);
                        memcpy(rest, texts[i] + n, len - n < room ? len - n : room);
                    }
                    struct jsonl_line line = {.text = text, .len = n};
                    struct jsonl_error err = {.byte = 0}, want = {.byte = 0};
                    bool good = jsonl_parse_line(parser, &line, &err) != NULL;
                    ck_assert_msg(good == (n >= text_whole(i)), "%zu bytes of %s", n, texts[i]);
                    ck_assert(good == (jsonl_parse(other, texts[i], n, &want) != NULL));
                    if (!good) {
                        size_t same = strlen(want.message); /* a line may get a hint more */
                        ck_assert_msg(strncmp(err.message, want.message, same) == 0, "%s", err.message);
                        ck_assert_uint_eq(err.byte, want.byte);
                    }
                }
            }
        }
        jsonl_parser_free(parser);
        jsonl_parser_free(other);
    }
END_TEST

UNIT_MAIN("scan", uses_the_instructions_it_should, finds_each_stop_at_each_place_and_alignment, finds_the_first_of_many,
          passes_over_each_plain_byte, agrees_with_the_definition_on_any_bytes, the_parser_reads_nothing_behind_a_text,
          the_parser_takes_nothing_from_behind_a_line)
