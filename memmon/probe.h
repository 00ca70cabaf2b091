/* SPDX-License-Identifier: Apache-2.0
 * A probe is one source of metrics: open it, read it into a sample again and again, close it.
 *
 * The platform's probes stand in one table, in the order in which they are read: a probe may use what those
 * before it have put into the sample.  A new source is one new file and one entry there. */
#ifndef MEMMON_PROBE_H
#define MEMMON_PROBE_H

#include "gpu.h"
#include "incident.h"
#include "jsonl.h"

#include <stdbool.h>
#include <stdint.h>

/* What probes need to know.  The roots are parameters so that a recorded tree can stand in for a machine. */
struct probe_env {
    const char *proc;                  /* string: "/proc" */
    const char *sys;                   /* string: "/sys" */
    const struct jsonl_config *config; /* pressure.* */
    int tree_pid;                      /* whose descendants are the command's processes; 0: no command */
    int command_pid;                   /* the command's own process; 0: no command */
};

enum probe_place {
    PROBE_INLINE, /* microseconds: read by the sampling thread itself */
    PROBE_THREAD, /* may take longer: a thread of its own opens, reads and closes it; samples get its latest values */
};

/* What a probe tells beside metrics. */
struct probe_news {
    struct jsonl_error trouble; /* something is gone for good, to be said once; message empty: nothing */
    struct incidents incidents; /* what has happened since it was last asked */
    double cgroup_peak_gb;      /* the most that the command's cgroup has held in this recording; NAN: not known */
    double proc_peak_gb;        /* the most that one of its processes has held; NAN: not known */
    bool last;                  /* set by who asks: there is no other time, so whatever it is, now */
};

#define PROBE_METRIC(name) (UINT64_C(1) << JSONL_METRIC_##name)
_Static_assert(JSONL_METRICS <= 64, "a probe's metrics are bits of one word");

struct probe {
    const char *name;  /* string, for messages: "memory" */
    uint64_t metrics;  /* PROBE_METRIC bits of those that it sets, and no other does; gpu_age_ms and proc_age_ms are
                          set for it, if their bits are here and its readings are older than the interval */
    int64_t period_ns; /* not read more often: its source does not move faster, or costs too much */
    enum probe_place place;

    /* Returns the probe's state, NULL if this machine does not have the source; *err then says what is
     * missing, or is empty if that is nothing to speak of.  It may also be set beside a state: only a part
     * is missing. */
    void *(*open)(const struct probe_env *env, struct jsonl_error *err);

    /* Sets its metrics in the sample, those that cannot be read now to NAN.  now_ns: monotonic, never less
     * than before.  Does not allocate if it is PROBE_INLINE. */
    void (*read)(void *state, int64_t now_ns, struct jsonl_sample *sample);

    /* The devices that it has just read, one by one; NULL: it reads none.  The devices of all probes together make
     * the sample's gpu_* metrics, as gpus_join has it. */
    const struct gpus *(*gpus)(const void *state);

    /* For how long it need not be read again, as far as it can tell now; at least period_ns.  NULL: that.  Only of
     * those that are PROBE_THREAD. */
    int64_t (*pace)(const void *state);

    /* Fills in what there is to tell since the last call; NULL: never anything.  *news comes empty but for `last`. */
    void (*news)(void *state, struct probe_news *news);
    void (*close)(void *state);
};

/* This platform's, ended by NULL. */
extern const struct probe *const probes[];

#endif
