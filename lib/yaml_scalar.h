/* SPDX-License-Identifier: Apache-2.0
 * A scalar of YAML as JSON; not installed. */
#ifndef JSONL_YAML_SCALAR_H
#define JSONL_YAML_SCALAR_H

#include "jsonl.h"

/* What one scalar is.  tag: the full name, or NULL if none was written; plain: written without quotes, and not
 * as a block.  Appends its JSON; false with *err (but no place) set: it is not what its tag says, JSON has no
 * such number, or the tag is unknown. */
bool yaml_scalar(struct jsonl_writer *out, const char *tag, bool plain, struct jsonl_text value,
                 struct jsonl_error *err);

#endif
