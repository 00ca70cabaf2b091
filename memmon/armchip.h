/* SPDX-License-Identifier: Apache-2.0
 * Names of Arm processors, whose kernel tells them as numbers only. */
#ifndef MEMMON_ARMCHIP_H
#define MEMMON_ARMCHIP_H

#include <stdbool.h>
#include <stddef.h>

/* From /proc/cpuinfo: the kinds of core, each once, in the order in which they come: "Cortex-X925 + Cortex-A725".  One
 * that has no name here is told by its numbers, "0x41:0xd99".  Into buf, a string, cut to its size.  false: the text
 * tells no such numbers. */
bool armchip_name(const char *text, size_t n, char *buf, size_t size);

#endif
