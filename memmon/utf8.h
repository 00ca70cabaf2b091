/* SPDX-License-Identifier: Apache-2.0
 * Names that come from outside as bytes: arguments, firmware, drivers. */
#ifndef MEMMON_UTF8_H
#define MEMMON_UTF8_H

/* Puts '?' for each byte of a string that is not part of a character in UTF-8 (RFC 3629, section 4), so that it can
 * stand in JSON. */
void utf8_mend(char *s);

#endif
