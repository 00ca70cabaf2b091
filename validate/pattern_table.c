/* SPDX-License-Identifier: Apache-2.0
 * From positions to states: a state is a set of positions that the text may be at. */
#include "pattern_table.h"

#include "hash.h"
#include "pattern_regular.h"

#include <stdlib.h>

enum { STATES_MAX = 300, SLOTS = 1024, CELLS_MAX = 1 << 14, DEAD = 0, DONE = 1 };

struct maker {
    struct regular regular;
    struct positions by_byte[256]; /* positions that match it */
    struct positions states[STATES_MAX];
    size_t states_n;
    uint16_t slots[SLOTS]; /* states by hash, 0: free */
    size_t columns;
    unsigned char sample[256]; /* of a column: a byte that it stands for; column 0 stands for none */
};

static bool is_end(const struct regular *r, const struct positions *state)
{
    uint64_t both = 0;
    for (int i = 0; i < POSITION_WORDS; i++)
        both |= r->last.bits[i] & state->bits[i];
    return both;
}

/* Bytes that the same positions match share a column; those beyond ASCII always do, so there are 130 at most. */
static void columns_make(struct maker *m, struct pattern_table *t)
{
    const struct regular *r = &m->regular;
    m->columns = 1;
    for (unsigned b = 0; b < 256; b++) {
        for (size_t i = 1; b <= 0x80 && i < r->n; i++) {
            if (r->matches[i][b / 64] >> b % 64 & 1)
                positions_add(&m->by_byte[b], i);
        }
        size_t c = b <= 0x80 ? 1 : t->column[0x80];
        while (b <= 0x80 && c < m->columns && !positions_equal(&m->by_byte[m->sample[c]], &m->by_byte[b]))
            c++;
        if (c == m->columns)
            m->sample[m->columns++] = (unsigned char)b;
        t->column[b] = (uint16_t)c;
    }
}

/* The number of a state, which is a new one perhaps.  STATES_MAX: there are too many. */
static size_t state_number(struct maker *m, const struct positions *state)
{
    static const struct positions none = {{0}};
    if (positions_equal(state, &none))
        return DEAD;
    if (!m->regular.to_the_end && is_end(&m->regular, state))
        return DONE;
    size_t slot = (size_t)hash_bytes(HASH_SEED, (const char *)state->bits, sizeof state->bits);
    for (; m->slots[slot % SLOTS]; slot++) {
        if (positions_equal(&m->states[m->slots[slot % SLOTS]], state))
            return m->slots[slot % SLOTS];
    }
    if (m->states_n == STATES_MAX)
        return STATES_MAX;
    m->slots[slot % SLOTS] = (uint16_t)m->states_n;
    m->states[m->states_n] = *state;
    return m->states_n++;
}

/* Positions that can come after those of a state. */
static struct positions state_follow(const struct maker *m, size_t state)
{
    struct positions all = {{0}};
    for (size_t i = 0; i < m->regular.n; i++) {
        if (positions_have(&m->states[state], i))
            positions_join(&all, &m->regular.follow[i]);
    }
    return all;
}

/* Where a byte of a column leads to. */
static size_t state_after(struct maker *m, const struct positions *follow, size_t column)
{
    struct positions next = *follow;
    for (int i = 0; i < POSITION_WORDS; i++)
        next.bits[i] &= m->by_byte[m->sample[column]].bits[i];
    return state_number(m, &next);
}

/* One row after the other; new states come behind. */
static bool rows_make(struct maker *m, struct pattern_table *t)
{
    for (size_t s = 0; s < m->states_n; s++) {
        uint16_t *grown = realloc(t->next, (s + 1) * m->columns * sizeof *grown);
        if (!grown)
            return false;
        t->next = grown;
        struct positions follow = state_follow(m, s);
        bool end = s == DONE || is_end(&m->regular, &m->states[s]);
        t->next[s * m->columns] = (uint16_t)(end ? DONE * m->columns : DEAD);
        for (size_t c = 1; c < m->columns; c++) {
            size_t after = s <= DONE ? s : state_after(m, &follow, c);
            if (after == STATES_MAX || m->states_n * m->columns > CELLS_MAX)
                return false;
            t->next[s * m->columns + c] = (uint16_t)(after * m->columns);
        }
    }
    return true;
}

bool pattern_table_make(struct pattern_table *t, struct jsonl_text regex)
{
    struct maker *m = calloc(1, sizeof *m);
    struct positions begin = {{1}};
    *t = (struct pattern_table){.next = NULL};
    bool ok = m && regular_parse(&m->regular, regex);
    if (ok) {
        m->states_n = DONE + 1; /* which are known without a look at their positions */
        columns_make(m, t);
        t->columns = (uint16_t)m->columns;
        t->start = (uint16_t)(state_number(m, &begin) * m->columns);
        ok = rows_make(m, t);
    }
    if (!ok)
        pattern_table_free(t);
    free(m);
    return ok;
}

void pattern_table_free(struct pattern_table *t)
{
    free(t->next);
    t->next = NULL;
}
