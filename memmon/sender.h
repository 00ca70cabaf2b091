/* SPDX-License-Identifier: Apache-2.0
 * Who sent a signal: a process, or the terminal because of a key. */
#ifndef MEMMON_SENDER_H
#define MEMMON_SENDER_H

#include <signal.h>

/* SI_USER or the like if a process sent it, as POSIX has si_code; another code if the system did.  May be called by the
 * signal's handler. */
int sender_code(const siginfo_t *info);

#endif
