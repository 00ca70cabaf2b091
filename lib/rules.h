/* SPDX-License-Identifier: Apache-2.0
 * What configuration and rules share; not installed. */
#ifndef JSONL_RULES_H
#define JSONL_RULES_H

#include "jsonl.h"

/* Copies a rule's strings; false: out of memory, and *to holds what was copied so far. */
bool rule_copy(struct jsonl_rule *to, const struct jsonl_rule *from);
void rule_free(struct jsonl_rule *rule);

enum rule_fault { RULE_FINE, RULE_BAD_MATCH, RULE_BAD_MODEL, RULE_BAD_LABEL };

/* Compiles a rule for trial.  Other than RULE_FINE: *err says what is wrong (without a place) with that member. */
enum rule_fault rule_check(const struct jsonl_rule *rule, struct jsonl_error *err);

/* The rules that hold without a configuration: the wordings of the mlx-knife server. */
enum { RULES_BUILTIN = 3 };
extern const struct jsonl_rule rules_builtin[RULES_BUILTIN];

#endif
