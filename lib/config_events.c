/* SPDX-License-Identifier: Apache-2.0
 * The configuration's `events`: a list of rules. */
#include "config.h"
#include "rules.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Every member is a string; rule_at: where it goes. */
static const char *const rule_names[] = {"event", "match", "member", "equals", "model", "label"};
static const size_t rule_at[] = {
    offsetof(struct jsonl_rule, event),  offsetof(struct jsonl_rule, match), offsetof(struct jsonl_rule, member),
    offsetof(struct jsonl_rule, equals), offsetof(struct jsonl_rule, model), offsetof(struct jsonl_rule, label),
};
enum { RULE_NAMES = sizeof rule_names / sizeof rule_names[0] };

/* What a rule must have, and what its patterns must be. */
static bool rule_verify(struct config_walk *w, const struct jsonl_value *v, const struct jsonl_rule *rule)
{
    static const char *const at_fault[] = {
        [RULE_BAD_MATCH] = "match", [RULE_BAD_MODEL] = "model", [RULE_BAD_LABEL] = "label"};
    struct jsonl_error err;
    if (!rule->event)
        return config_fail(w, v, "the rule has no 'event', the name of what it makes");
    if (!rule->match && !rule->member)
        return config_fail(w, v, "the rule has neither 'match' nor 'member', so every line would fit");
    if (rule->equals && !rule->member)
        return config_fail(w, jsonl_get(v, "equals"), "'equals' needs 'member', whose value it is");
    enum rule_fault fault = rule_check(rule, &err);
    return fault == RULE_FINE ||
           config_fail(w, jsonl_get(v, at_fault[fault]), "'%s': %s", at_fault[fault], err.message);
}

static bool rule_read(struct config_walk *w, const struct jsonl_value *v, struct jsonl_rule *rule)
{
    if (!config_check_keys(w, v, "events", rule_names, RULE_NAMES))
        return false;
    for (size_t i = 0; i < RULE_NAMES; i++) {
        const struct jsonl_value *member = jsonl_get(v, rule_names[i]);
        char **to = (char **)(void *)((char *)rule + rule_at[i]);
        if (member && !config_string(w, member, rule_names[i], to))
            return false;
    }
    return rule_verify(w, v, rule);
}

/* Room for n more rules. */
static bool events_grow(struct config_walk *w, size_t n)
{
    struct jsonl_config *c = w->config;
    struct jsonl_rule *events = realloc(c->events, (c->events_len + n + 1) * sizeof *events);
    if (!events)
        return config_no_memory(w);
    memset(events + c->events_len, 0, (n + 1) * sizeof *events);
    c->events = events;
    return true;
}

bool config_read_events(struct config_walk *w, const struct jsonl_value *v)
{
    if (v->type == JSONL_NULL)
        return true;
    if (v->type != JSONL_ARRAY)
        return config_fail(w, v, "'events' must be a list of rules");
    if (!events_grow(w, v->len))
        return false;
    const struct jsonl_value *element = v + 1;
    for (uint32_t i = 0; i < v->len; i++, element += element->span)
        if (!rule_read(w, element, &w->config->events[w->config->events_len++]))
            return false;
    return true;
}

bool config_add_builtin(struct config_walk *w)
{
    if (!events_grow(w, RULES_BUILTIN))
        return false;
    for (size_t i = 0; i < RULES_BUILTIN; i++)
        if (!rule_copy(&w->config->events[w->config->events_len++], &rules_builtin[i]))
            return config_no_memory(w);
    return true;
}
