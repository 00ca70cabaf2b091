/* SPDX-License-Identifier: Apache-2.0
 * Raw values of macOS' kernel, made into numbers: pure functions, the same on any system.
 *
 * A number that the kernel did not give is NAN, and what depends on it is NAN.  Where a formula comes from the kernel's
 * source, xnu (github.com/apple-oss-distributions/xnu), its file is named. */
#ifndef MEMMON_MACH_H
#define MEMMON_MACH_H

#include "jsonl.h"
#include "procfs.h"
#include "window.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Time ---- */

/* Nanoseconds are ticks × numer / denom: mach_timebase_info's; 125/3 on Apple silicon, whose clock ticks at 24 MHz. */
struct mach_timebase {
    uint32_t numer, denom; /* > 0 */
};

/* Both rounded down; what int64_t or uint64_t cannot hold is their greatest. */
int64_t mach_ns(struct mach_timebase base, uint64_t ticks);
uint64_t mach_ticks(struct mach_timebase base, int64_t ns); /* ns >= 0 */

/* ---- Memory ---- */

/* Pages, as sysctl's vm.page_* count them (bsd/vm/vm_unix.c). */
struct mach_pages {
    double free;        /* vm.page_free_count: without speculative ones, unlike free_count of vm_statistics64 */
    double speculative; /* vm.page_speculative_count: read ahead of files */
    double file_backed; /* vm.page_pageable_external_count: active, inactive or speculative (vm_page_speculate) */
    double purgeable;   /* vm.page_purgeable_count: anonymous ones that their owners have given up */
    double inactive;    /* inactive_count of vm_statistics64: anonymous and file-backed ones */
};
struct mach_pages mach_pages_unknown(void); /* all NAN */

/* Pages that can be given out without compressing or swapping any: free + file_backed + purgeable.  No page is in two
 * of these, so nothing is counted twice, and all three can be read at any rate.
 *
 * Where one of them is not known: free + speculative + inactive, which psutil calls available.  That one takes about
 * half of all anonymous memory for free: the kernel wants half of its pages inactive, whoever owns them
 * (VM_PAGE_INACTIVE_TARGET in osfmk/vm/vm_pageout.c). */
double mach_pages_available(const struct mach_pages *p);

/* struct xsw_usage, in bytes.  macOS makes its swap files as it needs them: total is 0 as long as there is none. */
struct mach_swap {
    double total, used;
};

/* Sets ram_* and swap_*.  ram_bytes: hw.memsize; page_bytes: hw.pagesize, 16384 on Apple silicon. */
void mach_memory_put(const struct mach_pages *pages, double page_bytes, double ram_bytes, const struct mach_swap *swap,
                     struct jsonl_sample *sample);

/* kern.memorystatus_vm_pressure_level, which has our own numbers 1, 2 and 4; NAN for any other. */
double mach_pressure_level(double level);

/* ---- Processors ---- */

/* struct loadavg: fixed-point numbers, and what 1 is of them; NAN if that is nothing. */
double mach_load(uint32_t fixed, int64_t scale);

enum { MACH_USER, MACH_SYSTEM, MACH_IDLE, MACH_NICE, MACH_STATES }; /* CPU_STATE_* of <mach/machine.h> */
enum { MACH_CPUS_MAX = 256 };                                       /* those beyond are not counted */

/* Ticks of all processors, added up in 64 bits: the kernel counts each processor's in 32, of 10 ms, which come around
 * after 497 days of one state.  Zero-filled, it has not seen any. */
struct mach_cpu {
    size_t len;
    uint32_t last[MACH_CPUS_MAX][MACH_STATES];
    uint64_t sum[MACH_STATES];
};

/* Takes PROCESSOR_CPU_LOAD_INFO's ticks of n processors.  A counter that steps back a little, as that of idle time can,
 * stands still; if processors have come or gone, this is a new beginning and adds nothing. */
void mach_cpu_add(struct mach_cpu *c, const uint32_t (*ticks)[MACH_STATES], size_t n);

/* As a reading of a struct window. */
struct reading mach_cpu_reading(const struct mach_cpu *c, int64_t now_ns);

/* Sets cpu_user (with nice), cpu_sys and cpu_idle from two readings; NAN if `then` is NULL or no tick lies between. */
void mach_cpu_put(const struct reading *now, const struct reading *then, struct jsonl_sample *sample);

/* ---- Graphics processor ---- */

/* Of the accelerator's PerformanceStatistics (IOAccelerator in the IO registry). */
struct mach_gpu {
    double device, renderer, tiler; /* "… Utilization %" */
    double memory;                  /* "In use system memory", bytes */
};

/* Sets gpu_active, gpu_device_util, gpu_renderer_util, gpu_tiler_util and gpu_mem_used_gb; its memory is the
 * computer's, so gpu_mem_total_gb is none of its own. */
void mach_gpu_put(const struct mach_gpu *g, struct jsonl_sample *sample);

/* "Apple M4, 10 cores"; cores 0: not known.  Cut to size, a string. */
void mach_gpu_name(const char *model, int64_t cores, char *buf, size_t size);

/* ---- Processes ---- */

/* Of struct proc_bsdshortinfo and struct rusage_info_v2.  Processor times are in ticks of struct mach_timebase, also on
 * the processors where these are no nanoseconds. */
struct mach_process {
    uint32_t pid, ppid, status; /* status: SIDL, SRUN, … of <sys/proc.h> */
    uint64_t user, system;
    uint64_t child_user, child_system; /* of children that ended and were waited for */
    uint64_t footprint;                /* bytes, with compressed and graphics memory; RSS misses both */
};

/* As one of struct proctree's: ticks and waited in nanoseconds, rss in bytes. */
struct proc mach_proc(const struct mach_process *p, struct mach_timebase base);

#endif
