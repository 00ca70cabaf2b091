/* SPDX-License-Identifier: Apache-2.0
 * Which signals are the command's, too. */
#include "unit.h"

#include "../../memmon/signals.h"

#include <stddef.h>

START_TEST(what_the_terminal_sends_has_reached_the_command_already)
    {
        static const int typed[] = {SIGINT, SIGQUIT, SIGTSTP, SIGHUP};
        enum { KERNEL = 0x80 }; /* SI_KERNEL, where there is one */
        for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
            ck_assert_int_eq(signal_forwards(typed[i], KERNEL), 0);
            ck_assert_int_eq(signal_forwards(typed[i], SI_USER), 1);
            ck_assert_int_eq(signal_forwards(typed[i], SI_QUEUE), 1);
        }
    }
END_TEST

START_TEST(others_are_passed_on_whoever_sent_them)
    {
        static const int sent[] = {SIGTERM, SIGUSR1, SIGUSR2};
        for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
            ck_assert_int_eq(signal_forwards(sent[i], 0x80), 1);
            ck_assert_int_eq(signal_forwards(sent[i], SI_USER), 1);
        }
        ck_assert_int_eq(signal_forwards(SIGCHLD, SI_USER), 0);
        ck_assert_int_eq(signal_forwards(0, 0), 0);
    }
END_TEST

UNIT_MAIN("signals", what_the_terminal_sends_has_reached_the_command_already, others_are_passed_on_whoever_sent_them)
