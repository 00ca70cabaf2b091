/* SPDX-License-Identifier: Apache-2.0
 * NVIDIA's graphics processors, through its management library (NVML), which is loaded if it is there and never
 * linked.  Facts of its interface: NVML API reference; the names with _v2 are those that nvml.h calls by the
 * short ones. */
#include "gpu.h"
#include "no_memory.h"
#include "probes_linux.h"

#include <dlfcn.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct nvml_utilization {
    unsigned gpu, memory; /* per cent */
};

struct nvml_memory {
    uint64_t total, free, used; /* bytes; used includes what the driver has reserved */
};

struct nvml_memory_v2 {
    unsigned version; /* nvml_memory_v2_version, set by the caller */
    uint64_t total, reserved, free, used;
};

static const unsigned nvml_memory_v2_version = (unsigned)sizeof(struct nvml_memory_v2) | 2u << 24;
enum { NVML_TEMPERATURE_GPU = 0, NVML_GPU_IS_LOST = 15 };

struct device {
    void *handle;
    bool lost;           /* it has fallen off the bus: nothing is asked any more */
    uint64_t first_mj;   /* its energy counter at the first reading; UINT64_MAX: none yet */
    char name[GPU_NAME]; /* string */
};

struct nvidia {
    void *library;
    unsigned len;
    struct device device[GPUS_MAX];
    struct jsonl_error trouble; /* not told yet */

    /* Of the library; each returns 0 if it could. */
    int (*init)(void);
    int (*shutdown)(void);
    const char *(*error_string)(int code);
    int (*count)(unsigned *n);
    int (*by_index)(unsigned index, void **device);
    int (*name)(void *device, char *name, unsigned size);
    int (*utilization)(void *device, struct nvml_utilization *out);
    int (*memory)(void *device, struct nvml_memory *out);
    int (*memory_v2)(void *device, struct nvml_memory_v2 *out);
    int (*power)(void *device, unsigned *mw);
    int (*temperature)(void *device, int sensor, unsigned *c);
    int (*energy)(void *device, unsigned long long *mj); /* since the driver was loaded */

    struct gpus gpus; /* as last read */
};

static const struct {
    const char *name;
    size_t at; /* of the pointer in struct nvidia */
    bool needed;
} symbols[] = {
    {"nvmlInit_v2", offsetof(struct nvidia, init), true},
    {"nvmlShutdown", offsetof(struct nvidia, shutdown), true},
    {"nvmlErrorString", offsetof(struct nvidia, error_string), true},
    {"nvmlDeviceGetCount_v2", offsetof(struct nvidia, count), true},
    {"nvmlDeviceGetHandleByIndex_v2", offsetof(struct nvidia, by_index), true},
    {"nvmlDeviceGetName", offsetof(struct nvidia, name), false},
    {"nvmlDeviceGetUtilizationRates", offsetof(struct nvidia, utilization), false},
    {"nvmlDeviceGetMemoryInfo", offsetof(struct nvidia, memory), false},
    {"nvmlDeviceGetMemoryInfo_v2", offsetof(struct nvidia, memory_v2), false},
    {"nvmlDeviceGetPowerUsage", offsetof(struct nvidia, power), false},
    {"nvmlDeviceGetTemperature", offsetof(struct nvidia, temperature), false},
    {"nvmlDeviceGetTotalEnergyConsumption", offsetof(struct nvidia, energy), false},
};

static bool nvidia_load(struct nvidia *n, struct jsonl_error *err)
{
    n->library = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!n->library)
        return false; /* most machines have none: nothing to speak of */
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        void *symbol = dlsym(n->library, symbols[i].name);
        memcpy((char *)n + symbols[i].at, &symbol, sizeof symbol);
        if (!symbol && symbols[i].needed) {
            jsonl_error_set(err, "libnvidia-ml.so.1: has no %s", symbols[i].name);
            return false;
        }
    }
    return true;
}

static void nvidia_add(struct nvidia *n, void *handle)
{
    struct device *d = &n->device[n->len];
    *d = (struct device){.handle = handle, .first_mj = UINT64_MAX};
    if (!n->name || n->name(handle, d->name, sizeof d->name) != 0)
        d->name[0] = '\0';
    n->gpus.gpu[n->len++] = gpu_unknown();
}

static bool nvidia_find(struct nvidia *n, struct jsonl_error *err)
{
    unsigned count = 0;
    int code = n->count(&count);
    for (unsigned i = 0; code == 0 && i < count && n->len < GPUS_MAX; i++) {
        void *handle;
        if (n->by_index(i, &handle) == 0)
            nvidia_add(n, handle); /* others may be taken away or broken */
    }
    if (code)
        jsonl_error_set(err, "libnvidia-ml.so.1: %s", n->error_string(code));
    n->gpus.len = n->len;
    return code == 0 && n->len > 0;
}

static void *nvidia_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct nvidia *n = calloc(1, sizeof *n);
    (void)env;
    if (!n)
        return error_no_memory(err);
    if (nvidia_load(n, err)) {
        int code = n->init();
        if (code == 0 && nvidia_find(n, err))
            return n;
        if (code == 0)
            (void)n->shutdown();
        else
            jsonl_error_set(err, "libnvidia-ml.so.1: %s", n->error_string(code));
    }
    if (n->library)
        dlclose(n->library);
    free(n);
    return NULL;
}

/* True if the call gave something; a device that the driver calls lost is not asked again. */
static bool nvidia_ok(struct nvidia *n, struct device *d, int code)
{
    if (code == NVML_GPU_IS_LOST) {
        d->lost = true;
        jsonl_error_set(&n->trouble, "%s: lost; nothing more is known of it", *d->name ? d->name : "a GPU");
    }
    return code == 0;
}

static void nvidia_read_memory(struct nvidia *n, struct device *d, struct gpu *out)
{
    struct nvml_memory_v2 v2 = {.version = nvml_memory_v2_version};
    struct nvml_memory v1;
    if (n->memory_v2 && nvidia_ok(n, d, n->memory_v2(d->handle, &v2))) {
        out->mem_used_gb = (double)v2.used / 1e9;
        out->mem_total_gb = (double)v2.total / 1e9;
    } else if (!d->lost && n->memory && nvidia_ok(n, d, n->memory(d->handle, &v1))) {
        out->mem_used_gb = (double)v1.used / 1e9;
        out->mem_total_gb = (double)v1.total / 1e9;
    }
}

static void nvidia_read_energy(struct nvidia *n, struct device *d, struct gpu *out)
{
    unsigned long long mj;
    if (d->lost || !n->energy || !nvidia_ok(n, d, n->energy(d->handle, &mj)))
        return;
    if (d->first_mj == UINT64_MAX)
        d->first_mj = mj;
    if (mj >= d->first_mj) /* it goes back if the driver is loaded anew */
        out->energy_j = (double)(mj - d->first_mj) / 1e3;
}

/* What a device does not support, as a part of one does not tell its use, or cannot tell now, stays NAN. */
static void nvidia_read_one(struct nvidia *n, struct device *d, struct gpu *out)
{
    double energy_j = out->energy_j;
    struct nvml_utilization use;
    unsigned number;
    *out = gpu_unknown();
    out->energy_j = energy_j;
    memcpy(out->name, d->name, sizeof out->name);
    if (d->lost)
        return;
    if (n->utilization && nvidia_ok(n, d, n->utilization(d->handle, &use)))
        out->util = use.gpu;
    nvidia_read_memory(n, d, out);
    if (!d->lost && n->power && nvidia_ok(n, d, n->power(d->handle, &number)))
        out->power_w = number / 1e3;
    if (!d->lost && n->temperature && nvidia_ok(n, d, n->temperature(d->handle, NVML_TEMPERATURE_GPU, &number)))
        out->temp_c = number;
    nvidia_read_energy(n, d, out);
    if (d->lost) /* meanwhile */
        nvidia_read_one(n, d, out);
}

static void nvidia_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct nvidia *n = state;
    (void)now_ns;
    (void)sample; /* the devices make the metrics */
    for (unsigned i = 0; i < n->len; i++)
        nvidia_read_one(n, &n->device[i], &n->gpus.gpu[i]);
}

static void nvidia_news(void *state, struct probe_news *news)
{
    struct nvidia *n = state;
    news->trouble = n->trouble;
    n->trouble = (struct jsonl_error){0};
}

static const struct gpus *nvidia_gpus(const void *state)
{
    const struct nvidia *n = state;
    return &n->gpus;
}

static void nvidia_close(void *state)
{
    struct nvidia *n = state;
    (void)n->shutdown();
    dlclose(n->library);
    free(n);
}

const struct probe probe_nvidia = {
    .name = "NVIDIA GPUs",
    .metrics = PROBE_METRIC(gpu_age_ms),
    .period_ns = 50000000, /* the driver's own readings are averages over 1/6 s and more */
    .place = PROBE_THREAD,
    .open = nvidia_open,
    .read = nvidia_read,
    .gpus = nvidia_gpus,
    .news = nvidia_news,
    .close = nvidia_close,
};
