/* SPDX-License-Identifier: Apache-2.0
 * The name that a report gives its own file: "BENCHMARK-v1.2-2.0.4-2026-11-23.md". */
#ifndef GENREPORT_FILENAME_H
#define GENREPORT_FILENAME_H

#include "report.h"

enum { FILENAME_SIZE = 256 };

/* Characters of the version other than letters, digits, ".", "+", "-" become "_", and it is cut after 64;
 * what is not known is "unknown".  Two versions are joined: the first and the last. */
void filename_of_report(char name[FILENAME_SIZE], const struct report *report, const char *suffix);

#endif
