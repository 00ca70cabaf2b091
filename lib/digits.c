/* SPDX-License-Identifier: Apache-2.0
 * Two digits a step, as half of the time goes into divisions. */
#include "digits.h"

#include <string.h>

const uint64_t powers_of_five[POWERS_OF_FIVE] = {
    1u,
    5u,
    25u,
    125u,
    625u,
    3125u,
    15625u,
    78125u,
    390625u,
    1953125u,
    9765625u,
    48828125u,
    244140625u,
    1220703125u,
    6103515625u,
    30517578125u,
    152587890625u,
    762939453125u,
    3814697265625u,
    19073486328125u,
    95367431640625u,
    476837158203125u,
    2384185791015625u,
    11920928955078125u,
    59604644775390625u,
    298023223876953125u,
    1490116119384765625u,
    7450580596923828125u,
};

const double powers_of_ten[POWERS_OF_TEN] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static const char pairs[200] = "0001020304050607080910111213141516171819"
                               "2021222324252627282930313233343536373839"
                               "4041424344454647484950515253545556575859"
                               "6061626364656667686970717273747576777879"
                               "8081828384858687888990919293949596979899";

static char *pair_before(char *end, uint32_t n)
{
    memcpy(end - 2, pairs + (size_t)n * 2, 2);
    return end - 2;
}

/* Exactly eight digits: short divisions that do not wait for one another. */
static char *eight_before(char *end, uint32_t n)
{
    uint32_t high = n / 10000, low = n % 10000;
    pair_before(end, low % 100);
    pair_before(end - 2, low / 100);
    pair_before(end - 4, high % 100);
    return pair_before(end - 6, high / 100);
}

char *digits_before(char *end, uint64_t n)
{
    for (; n >= 100000000; n /= 100000000)
        end = eight_before(end, (uint32_t)(n % 100000000));
    uint32_t rest = (uint32_t)n;
    for (; rest >= 100; rest /= 100)
        end = pair_before(end, rest % 100);
    if (rest >= 10)
        return pair_before(end, rest);
    *--end = (char)('0' + rest);
    return end;
}

char *digits_padded(char *end, uint64_t n, int width)
{
    char *start = digits_before(end, n);
    while (end - start < width)
        *--start = '0';
    return start;
}
