/* SPDX-License-Identifier: Apache-2.0 */
#include "sender.h"

int sender_code(const siginfo_t *info)
{
    return info->si_code;
}
