/* SPDX-License-Identifier: Apache-2.0 */
#include "hardware.h"

#include <stdio.h>
#include <string.h>

struct words {
    char *s;
    size_t n;
};

static void words_put(struct words *w, const char *s, size_t n)
{
    size_t room = HARDWARE_SIZE - w->n;

    if (n > room)
        n = room;
    /* A cut must not leave half a character. */
    while (n == room && n > 0 && ((unsigned char)s[n - 1] & 0x80)) {
        n--;
        if (((unsigned char)s[n] & 0xC0) == 0xC0)
            break;
    }
    memcpy(w->s + w->n, s, n);
    w->n += n;
}

static void words_text(struct words *w, struct jsonl_text t)
{
    if (t.n == 0 || jsonl_text_is(t, "unknown"))
        return;
    if (w->n > 0)
        words_put(w, ", ", 2);
    words_put(w, t.s, t.n);
}

static void words_count(struct words *w, double count, const char *what)
{
    char s[64];

    if (!(count > 0 && count < 1e9))
        return;
    int n = snprintf(s, sizeof s, "%.10g %s%s", count, what, count == 1 ? "" : "s");
    words_text(w, (struct jsonl_text){s, (size_t)n});
}

static struct jsonl_text words_done(const struct words *w)
{
    return w->n > 0 ? (struct jsonl_text){w->s, w->n} : (struct jsonl_text){0};
}

struct jsonl_text hardware_of_test(char words[HARDWARE_SIZE], const struct jsonl_test *test)
{
    struct words w = {words, 0};

    words_text(&w, test->hardware);
    words_text(&w, test->hw_model);
    words_text(&w, test->chip);
    words_count(&w, test->cores_physical, "core");
    words_count(&w, test->gpu_cores, "GPU core");
    return words_done(&w);
}

/* "2 x NVIDIA H200" for devices of one name that follow each other. */
static void words_gpus(struct words *w, const struct jsonl_value *gpus)
{
    if (!gpus || gpus->type != JSONL_ARRAY)
        return;
    const struct jsonl_value *v = gpus + 1;
    for (uint32_t i = 0; i < gpus->len;) {
        struct jsonl_text name = jsonl_text(jsonl_get(v, "name"));
        unsigned count = 0;
        char s[128];

        do {
            count++;
            v += v->span;
            i++;
        } while (i < gpus->len && name.s && jsonl_get(v, "name") &&
                 jsonl_text_compare(jsonl_text(jsonl_get(v, "name")), name) == 0);
        if (count > 1 && name.n < 96) {
            int n = snprintf(s, sizeof s, "%u x %.*s", count, (int)name.n, name.s);
            name = (struct jsonl_text){s, (size_t)n};
        }
        words_text(w, name);
    }
}

struct jsonl_text hardware_of_session(char words[HARDWARE_SIZE], const struct jsonl_value *session)
{
    struct words w = {words, 0};

    words_text(&w, jsonl_text(jsonl_get(session, "model")));
    words_text(&w, jsonl_text(jsonl_get(session, "chip")));
    words_count(&w, jsonl_number(jsonl_get(session, "cores_physical")), "core");
    words_gpus(&w, jsonl_get(session, "gpus"));
    return words_done(&w);
}
