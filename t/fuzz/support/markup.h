/* SPDX-License-Identifier: Apache-2.0
 * What a text must be to be read by others: UTF-8 for people, XML. */
#ifndef FUZZ_MARKUP_H
#define FUZZ_MARKUP_H

#include "fuzz.h"

/* Strict UTF-8 without control characters but LF, and TAB where `tabs`. */
void markup_check_text(struct jsonl_text t, bool tabs);

/* A well-formed document without a doctype: tags nest, attributes are quoted and differ, characters and entities are
 * those of XML 1.0, and there is one root, of this name. */
void markup_check_xml(struct jsonl_text t, const char *root);

#endif
