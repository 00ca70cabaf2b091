/* SPDX-License-Identifier: Apache-2.0 */
#include "session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_name(struct jsonl_writer *w, const char *key, const char *value)
{
    if (!*value)
        return;
    jsonl_key(w, key);
    jsonl_cstring(w, value);
}

static void write_count(struct jsonl_writer *w, const char *key, int count)
{
    if (count <= 0)
        return;
    jsonl_key(w, key);
    jsonl_int(w, count);
}

static void write_size(struct jsonl_writer *w, const char *key, double gb)
{
    if (!(gb > 0))
        return;
    jsonl_key(w, key);
    jsonl_real(w, gb, 2);
}

void session_write(const struct session *s, struct jsonl_writer *w)
{
    jsonl_begin_object(w);
    write_name(w, "platform", s->platform);
    write_name(w, "platform_version", s->platform_version);
    write_name(w, "os", s->os);
    write_name(w, "hostname", s->hostname);
    write_name(w, "chip", s->chip);
    write_name(w, "model", s->model);
    write_count(w, "cores_physical", s->cores_physical);
    write_count(w, "cores_logical", s->cores_logical);
    write_count(w, "cores_performance", s->cores_performance);
    write_count(w, "cores_efficiency", s->cores_efficiency);
    write_size(w, "ram_total_gb", s->ram_total_gb);
    write_size(w, "ram_limit_gb", s->ram_limit_gb);
    if (s->gpus)
        gpus_write_session(s->gpus, w);
    jsonl_key(w, "interval_ms");
    jsonl_real(w, s->interval_ms, JSONL_SHORTEST);
    write_name(w, "memmon_version", JSONL_VERSION);
    if (s->command) {
        jsonl_key(w, "command");
        jsonl_cstring(w, s->command);
    }
    jsonl_end_object(w);
}

static bool word_is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
    return *word && strspn(word, plain) == strlen(word);
}

/* 'it'\''s': within single quotes nothing is special but the quote. */
static void write_word(struct jsonl_writer *w, const char *word)
{
    if (word_is_plain(word)) {
        jsonl_puts(w, word);
        return;
    }
    jsonl_puts(w, "'");
    for (const char *quote; (quote = strchr(word, '\'')); word = quote + 1) {
        jsonl_write(w, word, (size_t)(quote - word));
        jsonl_puts(w, "'\\''");
    }
    jsonl_puts(w, word);
    jsonl_puts(w, "'");
}

char *command_quote(char *const *argv)
{
    struct jsonl_writer *w = jsonl_writer_new(-1);
    if (!w)
        return NULL;
    for (char *const *word = argv; *word; word++) {
        if (word != argv)
            jsonl_puts(w, " ");
        write_word(w, *word);
    }
    struct jsonl_text text = jsonl_writer_text(w);
    char *command = jsonl_writer_error(w) ? NULL : strdup(text.s);
    jsonl_writer_free(w);
    return command;
}
