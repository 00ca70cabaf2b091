/* SPDX-License-Identifier: Apache-2.0
 * xnu gives every signal that is caught the code 0, whoever sent it, and for a key's the process that holds the other
 * end of the terminal: the emulator, sshd, tmux (psignal_internal in bsd/kern/kern_sig.c).  That one is of another
 * session than those who use the terminal.
 *
 * So one from our own session was sent by a process, and so was any while no key reaches us.  From another session,
 * with the terminal ours, it is taken for a key's. */
#include "sender.h"

#include <fcntl.h>
#include <unistd.h>

/* Do keys of a terminal reach our process group? */
static int in_foreground(void)
{
    int tty = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (tty < 0)
        return 0;
    pid_t front = tcgetpgrp(tty);
    close(tty);
    return front == getpgrp();
}

int sender_code(const siginfo_t *info)
{
    if (info->si_signo == SIGCHLD) /* these have codes, and come often */
        return info->si_code;
    return getsid(info->si_pid) == getsid(0) || !in_foreground() ? SI_USER : info->si_code;
}
