/* SPDX-License-Identifier: Apache-2.0
 * NVIDIA's graphics processors, through its management library (NVML), which is loaded if it is there and never
 * linked.  Facts of its interface: NVML API reference; the names with _v2 are those that nvml.h calls by the
 * short ones. */
#include "gpu.h"
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
enum { NVML_TEMPERATURE_GPU = 0 };

struct nvidia {
    void *library;
    unsigned len;
    void *device[GPUS_MAX];

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

static bool nvidia_find(struct nvidia *n, struct jsonl_error *err)
{
    unsigned count = 0;
    int code = n->count(&count);
    for (unsigned i = 0; code == 0 && i < count && n->len < GPUS_MAX; i++)
        if (n->by_index(i, &n->device[n->len]) == 0)
            n->len++; /* others may be taken away or broken */
    if (code)
        jsonl_error_set(err, "libnvidia-ml.so.1: %s", n->error_string(code));
    return code == 0 && n->len > 0;
}

static void *nvidia_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct nvidia *n = calloc(1, sizeof *n);
    (void)env;
    if (!n) {
        jsonl_error_set(err, "out of memory");
        return NULL;
    }
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

static void nvidia_read_memory(const struct nvidia *n, void *device, struct gpu *out)
{
    struct nvml_memory_v2 v2 = {.version = nvml_memory_v2_version};
    struct nvml_memory v1;
    if (n->memory_v2 && n->memory_v2(device, &v2) == 0) {
        out->mem_used_gb = (double)v2.used / 1e9;
        out->mem_total_gb = (double)v2.total / 1e9;
    } else if (n->memory && n->memory(device, &v1) == 0) {
        out->mem_used_gb = (double)v1.used / 1e9;
        out->mem_total_gb = (double)v1.total / 1e9;
    }
}

/* What a device does not support, as a part of one does not tell its use, or cannot tell now, stays NAN. */
static void nvidia_read_one(const struct nvidia *n, void *device, struct gpu *out)
{
    *out = (struct gpu){.util = NAN, .mem_used_gb = NAN, .mem_total_gb = NAN, .power_w = NAN, .temp_c = NAN};
    struct nvml_utilization use;
    unsigned number;
    if (!n->name || n->name(device, out->name, sizeof out->name) != 0)
        out->name[0] = '\0';
    if (n->utilization && n->utilization(device, &use) == 0)
        out->util = use.gpu;
    nvidia_read_memory(n, device, out);
    if (n->power && n->power(device, &number) == 0)
        out->power_w = number / 1e3;
    if (n->temperature && n->temperature(device, NVML_TEMPERATURE_GPU, &number) == 0)
        out->temp_c = number;
}

static void nvidia_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct nvidia *n = state;
    (void)now_ns;
    for (unsigned i = 0; i < n->len; i++)
        nvidia_read_one(n, n->device[i], &n->gpus.gpu[i]);
    n->gpus.len = n->len;
    gpus_join(&n->gpus, sample);
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
    .metrics = PROBE_METRIC(gpu_device_util) | PROBE_METRIC(gpu_mem_used_gb) | PROBE_METRIC(gpu_mem_total_gb) |
               PROBE_METRIC(gpu_power_w) | PROBE_METRIC(gpu_temp_c) | PROBE_METRIC(gpu_age_ms),
    .period_ns = 50000000, /* the driver's own readings are averages over 1/6 s and more */
    .place = PROBE_THREAD,
    .open = nvidia_open,
    .read = nvidia_read,
    .gpus = nvidia_gpus,
    .close = nvidia_close,
};
