/* SPDX-License-Identifier: Apache-2.0
 * Skipping over the plain part of a string: 16 bytes at a time with SSE2 or NEON, 8 elsewhere and with
 * -DJSONL_PORTABLE.  Plain are the ASCII characters but controls, the quote and the backslash. */
#ifndef JSONL_SCAN_H
#define JSONL_SCAN_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(JSONL_PORTABLE)
#define SCAN_NAME "SSE2"
#define SCAN_SSE2 1
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__) && !defined(JSONL_PORTABLE)
#define SCAN_NAME "NEON"
#define SCAN_NEON 1
#include <arm_neon.h>
#else
#define SCAN_NAME "portable"
#endif

/* Bytes behind a text that scanning and comparing may read, whatever they hold. */
enum { SCAN_PADDING = 32 };

static inline int scan_is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* The first byte from p on that is not plain.  There must be one, and SCAN_PADDING readable bytes behind it. */
static inline const char *scan_plain(const char *p)
{
#if defined(SCAN_SSE2)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x20);
    for (;; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* Signed compare: bytes from 0x80 on are negative and so below the space, like the controls. */
        __m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, backslash)),
                                    _mm_cmplt_epi8(v, space));
        unsigned mask = (unsigned)_mm_movemask_epi8(stop);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#elif defined(SCAN_NEON)
    const uint8x16_t quote = vdupq_n_u8('"');
    const uint8x16_t backslash = vdupq_n_u8('\\');
    const int8x16_t space = vdupq_n_s8(0x20);
    for (;; p += 16) {
        uint8x16_t v = vld1q_u8((const uint8_t *)p);
        uint8x16_t stop =
            vorrq_u8(vorrq_u8(vceqq_u8(v, quote), vceqq_u8(v, backslash)), vcltq_s8(vreinterpretq_s8_u8(v), space));
        /* Four bits of mask a byte: NEON has no movemask. */
        uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(stop), 4)), 0);
        if (mask)
            return p + (__builtin_ctzll(mask) >> 2);
    }
#else
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t highs = 0x8080808080808080u;
    for (;;) {
        uint64_t v;
        memcpy(&v, p, 8);
        uint64_t quote = v ^ (ones * '"');
        uint64_t backslash = v ^ (ones * '\\');
        /* (x - 1) sets the high bit of a byte that was 0, (x - 0x20) that of one below 0x20, and one or the other keeps
         * that of each from 0x80 on; a borrow may set one more, never one less, so a word without any is plain, and the
         * bytes of another are looked at. */
        if (!(((quote - ones) | (backslash - ones) | (v - ones * 0x20)) & highs)) {
            p += 8;
            continue;
        }
        for (const char *end = p + 8; p < end; p++)
            if (!scan_is_plain((unsigned char)*p))
                return p;
    }
#endif
}

#endif
