/* SPDX-License-Identifier: Apache-2.0
 * The meta-schemas of the drafts, which are built in. */
#ifndef VALIDATE_META_H
#define VALIDATE_META_H

/* The built-in file of a meta-schema, by its URI without fragment; a string.  NULL: it is none of a draft. */
const char *meta_file(const char *uri);

#endif
