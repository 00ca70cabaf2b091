/* SPDX-License-Identifier: Apache-2.0
 * The names that people read in reports and on the timeline. */
#include "jsonl.h"

#include <string.h>

struct jsonl_text jsonl_test_name(struct jsonl_text id)
{
    if (!id.s)
        return id;
    const char *start = id.s;
    const char *end = id.s + id.n;
    /* Parameters may hold anything, "::" too, so they go first. */
    const char *bracket = memchr(start, '[', id.n);
    if (bracket && bracket > start && end[-1] == ']')
        end = bracket;
    for (const char *p = start; p + 2 < end; p++)
        if (p[0] == ':' && p[1] == ':')
            start = p + 2;
    return (struct jsonl_text){start, (size_t)(end - start)};
}

struct jsonl_text jsonl_model_id(struct jsonl_text model)
{
    while (model.n > 1 && model.s[model.n - 1] == '/')
        model.n--;
    return model;
}

static bool is_path(struct jsonl_text model)
{
    return model.s[0] == '/' || model.s[0] == '~' || model.s[0] == '$' ||
           (model.s[0] == '.' && (model.s[1] == '/' || (model.n > 2 && model.s[1] == '.' && model.s[2] == '/')));
}

/* "organisation/name", as model hubs have it. */
static bool is_hub_id(struct jsonl_text model)
{
    const char *slash = memchr(model.s, '/', model.n);
    return slash && slash > model.s && slash + 1 < model.s + model.n &&
           !memchr(slash + 1, '/', (size_t)(model.s + model.n - slash - 1));
}

static struct jsonl_text last_component(struct jsonl_text path)
{
    path = jsonl_model_id(path);
    for (size_t i = path.n; i > 1; i--)
        if (path.s[i - 2] == '/')
            return (struct jsonl_text){path.s + i - 1, path.n - i + 1};
    return path;
}

struct jsonl_text jsonl_model_name(const struct jsonl_config *config, struct jsonl_text model)
{
    if (!model.s || model.n < 2)
        return model;
    for (size_t i = 0; i < config->strip_model_prefix_len; i++) {
        size_t n = strlen(config->strip_model_prefix[i]);
        if (n < model.n && memcmp(model.s, config->strip_model_prefix[i], n) == 0)
            return (struct jsonl_text){model.s + n, model.n - n};
    }
    return is_path(model) || is_hub_id(model) ? last_component(model) : model;
}
