/* SPDX-License-Identifier: Apache-2.0
 * Exact decimals, and equality of values. */
#include "../../validate/divisor.h"
#include "../../validate/equal.h"
#include "hash.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static struct decimal decimal(const char *s)
{
    return decimal_parse((struct jsonl_text){s, strlen(s)});
}

static int compared(const char *a, const char *b)
{
    struct decimal x = decimal(a), y = decimal(b);
    int order = decimal_compare(&x, &y), back = decimal_compare(&y, &x);

    ck_assert_int_eq((order > 0) - (order < 0), (back < 0) - (back > 0));
    return (order > 0) - (order < 0);
}

START_TEST(compares_decimals_as_written)
    {
        static const struct {
            const char *a, *b;
            int order;
        } cases[] = {
            {"1", "1.0", 0},
            {"1e2", "100", 0},
            {"0.001", "1e-3", 0},
            {"-0", "0", 0},
            {"0e999999999999999999999", "0.00", 0},
            {"120", "1.2e+2", 0},
            {"9007199254740992", "9007199254740993", -1},
            {"0.1", "0.1000000000000000000000000001", -1},
            {"-1", "1", -1},
            {"-2", "-1", -1},
            {"-0.5", "0", -1},
            {"10", "9", 1},
            {"1e999999999", "1e999999998", 1},
            {"1e-999999999", "0", 1},
            {"-1e999999999", "-1e999999998", -1},
            {"100.5", "1005e-1", 0},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            ck_assert_msg(compared(cases[i].a, cases[i].b) == cases[i].order, "%s ? %s", cases[i].a, cases[i].b);
    }
END_TEST

START_TEST(knows_whole_numbers)
    {
        static const char *const whole[] = {"1.0", "1e2", "-0.0", "0e-5", "12.50e1", "1e999999999", "1.23e2"};
        static const char *const not_whole[] = {"1.5", "1e-1", "12.5e0", "1e-999999999", "1.234e2", "0.1"};
        for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
            struct decimal d = decimal(whole[i]);
            ck_assert_msg(decimal_is_integer(&d), "%s", whole[i]);
        }
        for (size_t i = 0; i < sizeof not_whole / sizeof *not_whole; i++) {
            struct decimal d = decimal(not_whole[i]);
            ck_assert_msg(!decimal_is_integer(&d), "%s", not_whole[i]);
        }
    }
END_TEST

START_TEST(divides_exactly)
    {
        static const struct {
            const char *number, *by;
            bool multiple;
        } cases[] = {
            {"0.3", "0.1", true},
            {"19.99", "0.01", true},
            {"19.995", "0.01", false},
            {"1e308", "0.123456789", false},
            {"1e308", "0.5", true},
            {"0", "7", true},
            {"1e999999999", "0.01", true},
            {"1e999999999", "3", false},
            {"3e999999999", "3", true},
            {"1e-999999999", "1", false},
            {"-9", "3", true},
            {"9007199254740993", "2", false},
            {"7.5", "2.5", true},
            {"1e18", "999999999999999999", false},
            {"123456789012345678901234567890", "10", true},
            {"123456789012345678901234567891", "10", false},
            {"1e40", "1e-9999999999", true},
            {"1e-9999999999", "1e-9999999999", true},
            {"1e-9999999999", "1e-9999999998", false},
            {"36893488147419103232", "18446744073709551616", true}, /* 2^65 by 2^64 */
            {"36893488147419103233", "18446744073709551616", false},
            {"1e64", "18446744073709551616", true},
            {"1e63", "18446744073709551616", false},
            {"1e9999999999", "18446744073709551617", false},
            {"18446744073709551617e9999999999", "18446744073709551617", true},
            {"15241578753238836750495351562536198787501905199875019052100", "123456789012345678901234567890", true},
            {"15241578753238836750495351562536198787501905199875019052101", "123456789012345678901234567890", false},
            {"1.0000000000000000000000000000000001", "0.0000000000000000000000000000000001", true},
        };
        struct jsonl_arena a = {0};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct decimal d = decimal(cases[i].number), by = decimal(cases[i].by);
            struct divisor divisor;
            bool failed;
            ck_assert(divisor_init(&divisor, &by, &a, &failed));
            ck_assert_msg(divisor_divides(&divisor, &d) == cases[i].multiple, "%s by %s", cases[i].number, cases[i].by);
        }
        jsonl_arena_free(&a);
    }
END_TEST

START_TEST(refuses_divisors_that_are_not)
    {
        static char too_long[DIVISOR_DIGITS + 2];
        memset(too_long, '7', DIVISOR_DIGITS + 1);
        static const char *const refused[] = {"0", "-1", "0.0", too_long};
        struct divisor divisor;
        struct jsonl_arena a = {0};
        bool failed;
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
            struct decimal d = decimal(refused[i]);
            ck_assert_msg(!divisor_init(&divisor, &d, &a, &failed) && !failed, "%s", refused[i]);
        }
        struct decimal most = decimal(too_long + 1);
        ck_assert(divisor_init(&divisor, &most, &a, &failed));
        ck_assert(divisor_divides(&divisor, &most));
        jsonl_arena_free(&a);
    }
END_TEST

/* Against 64-bit arithmetic: small numbers with shifted points. */
START_TEST(agrees_with_integers)
    {
        uint64_t seed = 1;
        struct jsonl_arena arena = {0};
        for (int i = 0; i < 20000; i++) {
            char number[64], by[64];
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
            unsigned long long a = seed >> 40, b = (seed >> 20 & 0xfff) + 1;
            snprintf(number, sizeof number, "%llue-3", a);
            snprintf(by, sizeof by, "%.3f", (double)b / 1000);
            struct decimal d = decimal(number), e = decimal(by);
            struct divisor divisor;
            bool failed;
            ck_assert(divisor_init(&divisor, &e, &arena, &failed));
            ck_assert_msg(divisor_divides(&divisor, &d) == (a % b == 0), "%s by %s", number, by);
            ck_assert_int_eq(compared(number, by), (a > b) - (a < b));
        }
        jsonl_arena_free(&arena);
    }
END_TEST

static const struct jsonl_value *parsed(struct jsonl_parser *p, const char *s)
{
    const struct jsonl_value *v = jsonl_parse(p, s, strlen(s), NULL);
    ck_assert_msg(v, "%s", s);
    return v;
}

START_TEST(values_are_equal_by_meaning)
    {
        static const struct {
            const char *a, *b;
            bool equal;
        } cases[] = {
            {"1", "1.0", true},
            {"[1, 2]", "[1.0, 20e-1]", true},
            {"[1, 2]", "[2, 1]", false},
            {"{\"a\": 1, \"b\": [true]}", "{\"b\": [true], \"a\": 1}", true},
            {"{\"a\": 1}", "{\"a\": 1, \"b\": 1}", false},
            {"{\"a\": 1}", "{\"b\": 1}", false},
            {"\"a\\u0062\"", "\"ab\"", true},
            {"\"1\"", "1", false},
            {"0", "false", false},
            {"null", "null", true},
            {"\"a\\u0000b\"", "\"a\\u0000c\"", false},
            {"[[], {}]", "[{}, []]", false},
            {"9007199254740993", "9007199254740992", false},
        };
        struct jsonl_parser *p = jsonl_parser_new(), *q = jsonl_parser_new();
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const struct jsonl_value *a = parsed(p, cases[i].a), *b = parsed(q, cases[i].b);
            ck_assert_msg(value_equal(a, cases[i].a, b, cases[i].b) == cases[i].equal, "%s %s", cases[i].a, cases[i].b);
            if (cases[i].equal)
                ck_assert_uint_eq(value_hash(a, cases[i].a), value_hash(b, cases[i].b));
        }
        jsonl_parser_free(p);
        jsonl_parser_free(q);
    }
END_TEST

START_TEST(finds_the_first_repeated_element)
    {
        static const struct {
            const char *array;
            int repeated, earlier; /* -1: none */
        } cases[] = {
            {"[1, 2, 3]", -1, -1},
            {"[1, 2, 1.0, 2]", 2, 0},
            {"[1, true, \"1\", [1], {\"a\": 1}, {\"a\": 2}]", -1, -1},
            {"[3, 3, 3]", 1, 0},
        };
        struct jsonl_parser *p = jsonl_parser_new();
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const struct jsonl_value *array = parsed(p, cases[i].array), *earlier = NULL;
            bool failed = false;
            const struct jsonl_value *v = array_repeated(array, cases[i].array, &earlier, &failed);
            ck_assert(!failed);
            ck_assert_int_eq(v ? (int)(v - array - 1) : -1, cases[i].repeated);
            ck_assert_int_eq(v ? (int)(earlier - array - 1) : -1, cases[i].earlier);
        }
        jsonl_parser_free(p);
    }
END_TEST

/* Texts of two blocks whose second makes up for the first: all have the same hash. */
static void collide(uint64_t block[2], uint64_t i)
{
    uint64_t start = hash_mix(hash_mix(HASH_SEED, JSONL_STRING), 16);
    block[0] = i;
    block[1] = hash_mix(start, 0) ^ hash_mix(start, i);
}

START_TEST(is_not_fooled_by_equal_hashes)
    {
        enum { MANY = 3000 };
        static uint64_t blocks[MANY][2];
        static struct jsonl_value values[MANY + 1];
        const struct jsonl_value *earlier = NULL;
        bool failed = false;
        for (uint64_t i = 0; i < MANY; i++) {
            collide(blocks[i], i);
            values[i + 1] = (struct jsonl_value){.type = JSONL_STRING, .span = 1, .len = 16};
            values[i + 1].u.str = (const char *)blocks[i];
            ck_assert(value_hash(&values[i + 1], "") == value_hash(&values[1], ""));
        }
        values[0] = (struct jsonl_value){.type = JSONL_ARRAY, .span = 11, .len = 10};
        ck_assert_ptr_null(array_repeated(values, "", &earlier, &failed));
        values[8].u.str = values[3].u.str;
        ck_assert_ptr_eq(array_repeated(values, "", &earlier, &failed), &values[8]);
        ck_assert_ptr_eq(earlier, &values[3]);
        ck_assert(!failed);
        values[8].u.str = (const char *)blocks[7];
        values[0] = (struct jsonl_value){.type = JSONL_ARRAY, .span = MANY + 1, .len = MANY};
        ck_assert_ptr_null(array_repeated(values, "", &earlier, &failed));
        ck_assert(failed);
    }
END_TEST

UNIT_MAIN("validate-number", compares_decimals_as_written, knows_whole_numbers, divides_exactly,
          refuses_divisors_that_are_not, agrees_with_integers, values_are_equal_by_meaning,
          finds_the_first_repeated_element, is_not_fooled_by_equal_hashes)
