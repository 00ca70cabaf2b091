/* SPDX-License-Identifier: Apache-2.0
 * Unit tests on libcheck, reported as TAP.
 *
 *     START_TEST(refuses_a_lone_surrogate) { … } END_TEST
 *     UNIT_MAIN("parse", refuses_a_lone_surrogate, …)
 *
 * Each test runs in a process of its own; CK_FORK=no keeps it in one, for a debugger or valgrind. */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>
#include <stddef.h>

/* Runs the tests (NULL ends them), prints TAP on stdout; returns the exit status. */
int unit_run(const char *suite, const TTest *const *tests);

/* ck_assert_msg for loops of very many turns: that one notes each call in a file. */
#define ensure(condition, ...)         \
    do {                               \
        if (!(condition))              \
            ck_abort_msg(__VA_ARGS__); \
    } while (0)

/* Into an empty directory, with stderr in the file "err"; leaving takes away it and the files in it. */
void unit_enter(void);
void unit_leave(void);

#define UNIT_MAIN(suite, ...)                             \
    int main(void)                                        \
    {                                                     \
        const TTest *const tests[] = {__VA_ARGS__, NULL}; \
        return unit_run(suite, tests);                    \
    }

#endif
