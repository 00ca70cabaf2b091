/* SPDX-License-Identifier: Apache-2.0
 * The configuration file.  One table says which numbers there are, what they may be and what they are without a
 * file; config_events.c reads the rules. */
#include "config.h"
#include "clip.h"
#include "nearest.h"
#include "no_memory.h"
#include "rules.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum limit {
    ABOVE = 1, /* the low bound itself is out */
    BELOW = 2, /* the high bound itself is out */
    WHOLE = 4, /* an integer */
};

static const struct setting {
    const char *section; /* NULL: at the top */
    const char *name;
    size_t at; /* of the double in struct jsonl_config */
    double preset, low, high;
    unsigned limits; /* enum limit, or-ed */
} settings[] = {
#define AT(member) offsetof(struct jsonl_config, member)
    {"ram_bands", "green", AT(ram_green), 0.5, 0, 1, 0},
    {"ram_bands", "orange", AT(ram_orange), 0.25, 0, 1, 0},
    {"quality", "ram_free_min_gb", AT(quality_ram_free_min_gb), 5, 0, INFINITY, BELOW},
    {"quality", "zombies_max", AT(quality_zombies_max), 0, 0, INFINITY, BELOW | WHOLE},
    {"quality", "swap_growth_mb", AT(quality_swap_growth_mb), 100, 0, INFINITY, BELOW},
    {"compare", "alpha", AT(compare_alpha), 0.05, 0, 1, ABOVE | BELOW},
    {"compare", "effect", AT(compare_effect), 0.05, 0, 1, 0},
    {"compare", "min_pairs", AT(compare_min_pairs), 3, 2, INFINITY, BELOW | WHOLE},
    {"pressure", "warn_some", AT(pressure_warn_some), 5, 0, 100, 0},
    {"pressure", "critical_full", AT(pressure_critical_full), 5, 0, 100, 0},
    {"sizes", "large", AT(size_large), 20, 0, INFINITY, ABOVE | BELOW},
    {"sizes", "medium", AT(size_medium), 10, 0, INFINITY, ABOVE | BELOW},
    {NULL, "inference_min_s", AT(inference_min_s), 0.5, 0, INFINITY, BELOW},
    {NULL, "gpu_high", AT(gpu_high), 50, 0, 100, 0},
#undef AT
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

/* Pairs of which the first must be the larger. */
static const struct order {
    const char *section, *larger, *smaller;
} orders[] = {{"ram_bands", "green", "orange"}, {"sizes", "large", "medium"}};
enum { ORDERS = sizeof orders / sizeof orders[0] };

static const char *const top_names[] = {"ram_bands",       "quality",  "compare", "pressure",          "sizes",
                                        "inference_min_s", "gpu_high", "events",  "strip_model_prefix"};
enum { TOP_NAMES = sizeof top_names / sizeof top_names[0] };

static const char prefix_preset[] = "mlx-community/";

/* ---- What is wrong ---- */

bool config_fail(struct config_walk *w, const struct jsonl_value *v, const char *format, ...)
{
    char message[sizeof w->err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    jsonl_error_set(w->err, "%s", message);
    if (w->err)
        jsonl_document_locate(w->document, v, &w->err->line, &w->err->column);
    return false;
}

bool config_no_memory(struct config_walk *w)
{
    return error_no_memory(w->err);
}

static bool fail_unknown(struct config_walk *w, const struct jsonl_value *key, const char *where,
                         const char *const *names, size_t names_len)
{
    struct jsonl_text text = jsonl_text(key);
    const char *meant = nearest_name(text, names, names_len);
    char known[160] = "";
    for (size_t i = 0, n = 0; i < names_len && n < sizeof known; i++)
        n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", i ? ", " : "", names[i]);
    return config_fail(w, key, "unknown key '%.*s'%s%s%s%s%s%s (known: %s)", clip(text, 40), text.s,
                       where ? " in '" : "", where ? where : "", where ? "'" : "", meant ? "; did you mean '" : "",
                       meant ? meant : "", meant ? "'?" : "", known);
}

/* A value as messages show it. */
static const char *type_name(const struct jsonl_value *v)
{
    static const char *const names[] = {
        [JSONL_NULL] = "null",        [JSONL_FALSE] = "false",     [JSONL_TRUE] = "true",
        [JSONL_NUMBER] = "a number",  [JSONL_STRING] = "a string", [JSONL_ARRAY] = "a list",
        [JSONL_OBJECT] = "an object",
    };
    return names[v->type];
}

bool config_check_keys(struct config_walk *w, const struct jsonl_value *v, const char *where, const char *const *names,
                       size_t names_len)
{
    if (v->type != JSONL_OBJECT)
        return config_fail(w, v, "%s%s%s must hold keys and values, but is %s", where ? "'" : "",
                           where ? where : "the configuration", where ? "'" : "", type_name(v));
    const struct jsonl_value *key = v + 1;
    for (uint32_t i = 0; i < v->len; i++, key += 1 + key[1].span) {
        size_t n = 0;
        while (n < names_len && !jsonl_text_is(jsonl_text(key), names[n]))
            n++;
        if (n == names_len)
            return fail_unknown(w, key, where, names, names_len);
    }
    if (v->flags & JSONL_DUPLICATE) /* of YAML's the document has complained */
        return config_fail(w, v, "a key stands here more than once");
    return true;
}

/* ---- Values ---- */

bool config_string(struct config_walk *w, const struct jsonl_value *v, const char *name, char **out)
{
    struct jsonl_text text = jsonl_text(v);
    if (!text.s)
        return config_fail(w, v, "'%s' must be a string, but is %s", name, type_name(v));
    if (text.n == 0 || memchr(text.s, '\0', text.n))
        return config_fail(w, v, "'%s' must not %s", name, text.n ? "hold a NUL character" : "be empty");
    *out = malloc(text.n + 1);
    if (!*out)
        return config_no_memory(w);
    memcpy(*out, text.s, text.n);
    (*out)[text.n] = '\0';
    return true;
}

/* "a number from 0 to 1", "a whole number of at least 2", "a number above 0 and below 1" */
static bool fail_number(struct config_walk *w, const struct jsonl_value *v, const struct setting *s)
{
    const char *what = s->limits & WHOLE ? "a whole number" : "a number";
    struct jsonl_text document = jsonl_document_text(w->document), number = {document.s + v->at, v->len};
    char is[48];
    if (v->type == JSONL_NUMBER)
        snprintf(is, sizeof is, "%.*s", clip(number, sizeof is - 1), number.s);
    else
        snprintf(is, sizeof is, "%s", type_name(v));
    if (isfinite(s->high))
        return config_fail(w, v, "'%s' must be %s %s %g %s %g, but is %s", s->name, what,
                           s->limits & ABOVE ? "above" : "from", s->low, s->limits & BELOW ? "and below" : "to",
                           s->high, is);
    return config_fail(w, v, "'%s' must be %s %s %g, but is %s", s->name, what,
                       s->limits & ABOVE ? "above" : "of at least", s->low, is);
}

static bool read_setting(struct config_walk *w, const struct setting *s, const struct jsonl_value *v)
{
    double number = jsonl_number(v);
    bool fits = number >= s->low && number <= s->high; /* not for NAN */
    if ((s->limits & ABOVE && number == s->low) || (s->limits & BELOW && number == s->high) ||
        (s->limits & WHOLE && fits && floor(number) != number))
        fits = false;
    if (!fits)
        return fail_number(w, v, s);
    memcpy((char *)w->config + s->at, &number, sizeof number);
    return true;
}

static double setting_value(const struct jsonl_config *c, const char *section, const char *name)
{
    double number = NAN;
    for (size_t i = 0; i < SETTINGS; i++)
        if (settings[i].section && strcmp(settings[i].section, section) == 0 && strcmp(settings[i].name, name) == 0)
            memcpy(&number, (const char *)c + settings[i].at, sizeof number);
    return number;
}

static bool check_orders(struct config_walk *w, const struct jsonl_value *root)
{
    for (const struct order *o = orders; o < orders + ORDERS; o++) {
        double larger = setting_value(w->config, o->section, o->larger);
        double smaller = setting_value(w->config, o->section, o->smaller);
        if (larger > smaller)
            continue;
        const struct jsonl_value *section = jsonl_get(root, o->section), *at = jsonl_get(section, o->larger);
        return config_fail(w, at ? at : jsonl_get(section, o->smaller), "'%s' (%g) must be larger than '%s' (%g)",
                           o->larger, larger, o->smaller, smaller);
    }
    return true;
}

/* The settings of a section; null, as where all its lines are comments, says nothing. */
static bool read_section(struct config_walk *w, const char *section, const struct jsonl_value *v)
{
    const char *names[SETTINGS];
    size_t n = 0;
    if (v->type == JSONL_NULL)
        return true;
    for (size_t i = 0; i < SETTINGS; i++)
        if (settings[i].section && strcmp(settings[i].section, section) == 0)
            names[n++] = settings[i].name;
    if (!config_check_keys(w, v, section, names, n))
        return false;
    for (size_t i = 0; i < SETTINGS; i++) {
        if (!settings[i].section || strcmp(settings[i].section, section) != 0)
            continue;
        const struct jsonl_value *member = jsonl_get(v, settings[i].name);
        if (member && !read_setting(w, &settings[i], member))
            return false;
    }
    return true;
}

static void prefixes_free(struct jsonl_config *c)
{
    for (size_t i = 0; i < c->strip_model_prefix_len; i++)
        free(c->strip_model_prefix[i]);
    free(c->strip_model_prefix);
    c->strip_model_prefix = NULL;
    c->strip_model_prefix_len = 0;
}

/* A list, which takes the place of the built-in one. */
static bool read_prefixes(struct config_walk *w, const struct jsonl_value *v)
{
    struct jsonl_config *c = w->config;
    if (v->type == JSONL_NULL)
        return true;
    if (v->type != JSONL_ARRAY)
        return config_fail(w, v, "'strip_model_prefix' must be a list of strings, but is %s", type_name(v));
    prefixes_free(c);
    c->strip_model_prefix = calloc((size_t)v->len + 1, sizeof *c->strip_model_prefix);
    if (!c->strip_model_prefix)
        return config_no_memory(w);
    const struct jsonl_value *element = v + 1;
    for (uint32_t i = 0; i < v->len; i++, element += element->span) {
        if (!config_string(w, element, "strip_model_prefix", &c->strip_model_prefix[i]))
            return false;
        c->strip_model_prefix_len++;
    }
    return true;
}

static bool read_top(struct config_walk *w, const char *name, const struct jsonl_value *v)
{
    if (strcmp(name, "events") == 0)
        return config_read_events(w, v);
    if (strcmp(name, "strip_model_prefix") == 0)
        return read_prefixes(w, v);
    for (size_t i = 0; i < SETTINGS; i++)
        if (!settings[i].section && strcmp(settings[i].name, name) == 0)
            return read_setting(w, &settings[i], v);
    return read_section(w, name, v);
}

static bool read_root(struct config_walk *w, const struct jsonl_value *root)
{
    if (root->type == JSONL_NULL) /* a file of comments */
        return true;
    if (!config_check_keys(w, root, NULL, top_names, TOP_NAMES))
        return false;
    for (size_t i = 0; i < TOP_NAMES; i++) {
        const struct jsonl_value *v = jsonl_get(root, top_names[i]);
        if (v && !read_top(w, top_names[i], v))
            return false;
    }
    return check_orders(w, root);
}

/* ---- The whole ---- */

static bool set_presets(struct config_walk *w)
{
    struct jsonl_config *c = w->config;
    *c = (struct jsonl_config){0};
    for (size_t i = 0; i < SETTINGS; i++)
        memcpy((char *)c + settings[i].at, &settings[i].preset, sizeof settings[i].preset);
    c->strip_model_prefix = calloc(1, sizeof *c->strip_model_prefix);
    if (!c->strip_model_prefix || !(c->strip_model_prefix[0] = strdup(prefix_preset)))
        return config_no_memory(w);
    c->strip_model_prefix_len = 1;
    return true;
}

static bool read_file(struct config_walk *w, const char *path)
{
    struct jsonl_document *document = jsonl_document_load(path, w->err);
    w->document = document;
    bool fine = document && read_root(w, jsonl_document_root(document));
    jsonl_document_free(document);
    w->document = NULL;
    return fine;
}

bool jsonl_config_load(struct jsonl_config *config, const char *path, const char **file, struct jsonl_error *err)
{
    struct config_walk w = {.config = config, .err = err};
    if (!path) {
        path = getenv("MLXK_BENCH_CONFIG");
        if (path && !*path)
            path = NULL;
    }
    if (file)
        *file = !path ? NULL : strcmp(path, "-") == 0 ? "(standard input)" : path;
    if (set_presets(&w) && (!path || read_file(&w, path)) && config_add_builtin(&w))
        return true;
    jsonl_config_free(config);
    *config = (struct jsonl_config){0};
    return false;
}

void jsonl_config_free(struct jsonl_config *config)
{
    if (!config)
        return;
    for (size_t i = 0; i < config->events_len; i++)
        rule_free(&config->events[i]);
    free(config->events);
    prefixes_free(config);
}
