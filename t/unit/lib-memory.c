/* SPDX-License-Identifier: Apache-2.0
 * Memory freed at once, and texts kept once. */
#include "jsonl.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct jsonl_text text(const char *s)
{
    return (struct jsonl_text){s, strlen(s)};
}

START_TEST(arena_memory_is_zeroed_and_stays_where_it_is)
    {
        struct jsonl_arena a = {0};
        char *first = jsonl_arena_alloc(&a, 10, 1);

        ck_assert_ptr_nonnull(first);
        strcpy(first, "stays");
        for (size_t i = 0; i < 100; i++) {
            const unsigned char *p = jsonl_arena_alloc(&a, 1000 + i, 7);

            ck_assert_ptr_nonnull(p);
            for (size_t k = 0; k < (1000 + i) * 7; k++)
                ck_assert_uint_eq(p[k], 0);
        }
        ck_assert_str_eq(first, "stays");
        jsonl_arena_free(&a);
        ck_assert_ptr_null(a.chunks);
    }
END_TEST

START_TEST(arena_refuses_a_product_that_overflows)
    {
        struct jsonl_arena a = {0};

        ck_assert_ptr_null(jsonl_arena_alloc(&a, SIZE_MAX / 4, 8));
        ck_assert_ptr_nonnull(jsonl_arena_alloc(&a, 0, 8));
        jsonl_arena_free(&a);
    }
END_TEST

START_TEST(equal_texts_have_equal_numbers)
    {
        struct jsonl_intern in;
        uint32_t a, b, c, absent, empty;

        ck_assert(jsonl_intern_init(&in));
        ck_assert(jsonl_intern_add(&in, text("alpha"), &a));
        ck_assert(jsonl_intern_add(&in, text("beta"), &b));
        ck_assert(jsonl_intern_add(&in, text("alpha"), &c));
        ck_assert(jsonl_intern_add(&in, (struct jsonl_text){0}, &absent));
        ck_assert(jsonl_intern_add(&in, text(""), &empty));
        ck_assert_uint_eq(a, c);
        ck_assert_uint_ne(a, b);
        ck_assert_uint_eq(absent, 0);
        ck_assert_uint_ne(empty, 0);
        ck_assert_ptr_null(in.texts[0].s);
        ck_assert(jsonl_text_is(in.texts[b], "beta"));
        jsonl_intern_free(&in);
    }
END_TEST

START_TEST(a_nul_inside_a_text_counts)
    {
        struct jsonl_intern in;
        uint32_t a, b;

        ck_assert(jsonl_intern_init(&in));
        ck_assert(jsonl_intern_add(&in, (struct jsonl_text){"a\0b", 3}, &a));
        ck_assert(jsonl_intern_add(&in, (struct jsonl_text){"a\0c", 3}, &b));
        ck_assert_uint_ne(a, b);
        jsonl_intern_free(&in);
    }
END_TEST

START_TEST(many_texts_are_found_again_after_growing)
    {
        struct jsonl_intern in;
        char buf[32];

        ck_assert(jsonl_intern_init(&in));
        for (int round = 0; round < 2; round++) {
            for (uint32_t i = 1; i <= 20000; i++) {
                uint32_t number;

                snprintf(buf, sizeof buf, "name-%u", i);
                ck_assert(jsonl_intern_add(&in, text(buf), &number));
                ck_assert_uint_eq(number, i);
            }
        }
        ck_assert_uint_eq(in.len, 20001);
        jsonl_intern_free(&in);
    }
END_TEST

UNIT_MAIN("memory", arena_memory_is_zeroed_and_stays_where_it_is, arena_refuses_a_product_that_overflows,
          equal_texts_have_equal_numbers, a_nul_inside_a_text_counts, many_texts_are_found_again_after_growing)
