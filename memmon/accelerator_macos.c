/* SPDX-License-Identifier: Apache-2.0
 * The graphics processor, from the statistics that its driver keeps in the IO registry.
 *
 * IOKit and CoreFoundation are loaded and never linked; facts of their interfaces: Apple's documentation of IOKitLib,
 * CFDictionary, CFNumber and CFString.  What a function called Create or Copy gives is released here. */
#include "gpu.h"
#include "mach.h"
#include "no_memory.h"
#include "probes_macos.h"

#include <dlfcn.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { UTF8 = 0x08000100, SINT64 = 4 }; /* kCFStringEncodingUTF8, kCFNumberSInt64Type */
enum { STATISTICS, MODEL, CORES, DEVICE, RENDERER, TILER, MEMORY, KEYS };

static const char *const keys[KEYS] = {
    [STATISTICS] = "PerformanceStatistics",
    [MODEL] = "model",
    [CORES] = "gpu-core-count",
    [DEVICE] = "Device Utilization %",
    [RENDERER] = "Renderer Utilization %",
    [TILER] = "Tiler Utilization %",
    [MEMORY] = "In use system memory",
};

/* Of readings that follow each other faster than this, the second may say 0, whatever the processor does. */
static const int64_t least_ns = 100000000;

struct accelerator {
    void *iokit, *foundation; /* the libraries */
    unsigned service;         /* io_service_t; 0: none */
    const void *key[KEYS];    /* CFStringRef */
    int64_t read_ns;          /* when last; INT64_MIN: never */
    struct gpus gpus;         /* as last read */

    /* IOKit's */
    void *(*matching)(const char *name);
    unsigned (*matching_service)(unsigned port, const void *dictionary); /* releases the dictionary */
    const void *(*create_property)(unsigned service, const void *key, const void *allocator, unsigned options);
    int (*release_object)(unsigned object);

    /* CoreFoundation's */
    const void *(*create_string)(const void *allocator, const char *s, unsigned encoding);
    const void *(*value)(const void *dictionary, const void *key);
    unsigned long (*type)(const void *object);
    unsigned long (*dictionary_type)(void);
    unsigned long (*number_type)(void);
    unsigned long (*string_type)(void);
    unsigned char (*number_value)(const void *number, long type, void *out);
    unsigned char (*string_value)(const void *string, char *out, long size, unsigned encoding);
    void (*release)(const void *object);
};

#define FRAMEWORK(name) "/System/Library/Frameworks/" name ".framework/" name

static const struct {
    size_t library; /* of the pointers in struct accelerator */
    const char *name;
    size_t at;
} symbols[] = {
    {offsetof(struct accelerator, iokit), "IOServiceMatching", offsetof(struct accelerator, matching)},
    {offsetof(struct accelerator, iokit), "IOServiceGetMatchingService",
     offsetof(struct accelerator, matching_service)},
    {offsetof(struct accelerator, iokit), "IORegistryEntryCreateCFProperty",
     offsetof(struct accelerator, create_property)},
    {offsetof(struct accelerator, iokit), "IOObjectRelease", offsetof(struct accelerator, release_object)},
    {offsetof(struct accelerator, foundation), "CFStringCreateWithCString",
     offsetof(struct accelerator, create_string)},
    {offsetof(struct accelerator, foundation), "CFDictionaryGetValue", offsetof(struct accelerator, value)},
    {offsetof(struct accelerator, foundation), "CFGetTypeID", offsetof(struct accelerator, type)},
    {offsetof(struct accelerator, foundation), "CFDictionaryGetTypeID", offsetof(struct accelerator, dictionary_type)},
    {offsetof(struct accelerator, foundation), "CFNumberGetTypeID", offsetof(struct accelerator, number_type)},
    {offsetof(struct accelerator, foundation), "CFStringGetTypeID", offsetof(struct accelerator, string_type)},
    {offsetof(struct accelerator, foundation), "CFNumberGetValue", offsetof(struct accelerator, number_value)},
    {offsetof(struct accelerator, foundation), "CFStringGetCString", offsetof(struct accelerator, string_value)},
    {offsetof(struct accelerator, foundation), "CFRelease", offsetof(struct accelerator, release)},
};

static bool accelerator_load(struct accelerator *a, struct jsonl_error *err)
{
    a->foundation = dlopen(FRAMEWORK("CoreFoundation"), RTLD_NOW | RTLD_LOCAL);
    a->iokit = dlopen(FRAMEWORK("IOKit"), RTLD_NOW | RTLD_LOCAL);
    if (!a->foundation || !a->iokit) {
        jsonl_error_set(err, "IOKit cannot be loaded");
        return false;
    }
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        void *library;
        memcpy(&library, (char *)a + symbols[i].library, sizeof library);
        void *symbol = dlsym(library, symbols[i].name);
        memcpy((char *)a + symbols[i].at, &symbol, sizeof symbol);
        if (!symbol) {
            jsonl_error_set(err, "there is no %s", symbols[i].name);
            return false;
        }
    }
    return true;
}

/* A number, or NAN if there is none. */
static double accelerator_number(const struct accelerator *a, const void *object)
{
    int64_t number;
    if (!object || a->type(object) != a->number_type() || !a->number_value(object, SINT64, &number))
        return NAN;
    return (double)number;
}

/* The name that the session tells. */
static void accelerator_name(const struct accelerator *a, char name[GPU_NAME])
{
    char model[GPU_NAME - 24] = "";
    const void *text = a->create_property(a->service, a->key[MODEL], NULL, 0);
    const void *cores = a->create_property(a->service, a->key[CORES], NULL, 0);
    if (text && a->type(text) == a->string_type() && !a->string_value(text, model, sizeof model, UTF8))
        model[0] = '\0';
    double n = accelerator_number(a, cores);
    mach_gpu_name(*model ? model : "GPU", n > 0 ? (int64_t)n : 0, name, GPU_NAME);
    if (text)
        a->release(text);
    if (cores)
        a->release(cores);
}

static void accelerator_close(void *state)
{
    struct accelerator *a = state;
    for (size_t i = 0; i < KEYS; i++)
        if (a->key[i])
            a->release(a->key[i]);
    if (a->service)
        (void)a->release_object(a->service);
    if (a->iokit)
        dlclose(a->iokit);
    if (a->foundation)
        dlclose(a->foundation);
    free(a);
}

/* A computer without one, as a virtual machine may be, is nothing to speak of. */
static bool accelerator_find(struct accelerator *a, struct jsonl_error *err)
{
    for (size_t i = 0; i < KEYS; i++) {
        a->key[i] = a->create_string(NULL, keys[i], UTF8);
        if (!a->key[i])
            return error_no_memory(err);
    }
    void *dictionary = a->matching("IOAccelerator");
    a->service = dictionary ? a->matching_service(0, dictionary) : 0;
    return a->service != 0;
}

static void *accelerator_open(const struct probe_env *env, struct jsonl_error *err)
{
    struct accelerator *a = calloc(1, sizeof *a);
    (void)env;
    if (!a)
        return error_no_memory(err);
    a->read_ns = INT64_MIN;
    if (!accelerator_load(a, err) || !accelerator_find(a, err)) {
        accelerator_close(a);
        return NULL;
    }
    a->gpus.len = 1;
    a->gpus.gpu[0] = gpu_unknown();
    accelerator_name(a, a->gpus.gpu[0].name);
    return a;
}

static struct mach_gpu accelerator_statistics(const struct accelerator *a)
{
    struct mach_gpu gpu = {NAN, NAN, NAN, NAN};
    const void *statistics = a->create_property(a->service, a->key[STATISTICS], NULL, 0);
    if (statistics && a->type(statistics) == a->dictionary_type()) {
        gpu.device = accelerator_number(a, a->value(statistics, a->key[DEVICE]));
        gpu.renderer = accelerator_number(a, a->value(statistics, a->key[RENDERER]));
        gpu.tiler = accelerator_number(a, a->value(statistics, a->key[TILER]));
        gpu.memory = accelerator_number(a, a->value(statistics, a->key[MEMORY]));
    }
    if (statistics)
        a->release(statistics);
    return gpu;
}

static void accelerator_read(void *state, int64_t now_ns, struct jsonl_sample *sample)
{
    struct accelerator *a = state;
    if (a->read_ns != INT64_MIN && now_ns - a->read_ns < least_ns)
        return; /* the sample keeps what it has */
    a->read_ns = now_ns;
    const struct mach_gpu gpu = accelerator_statistics(a);
    mach_gpu_put(&gpu, sample);
    struct gpu *one = &a->gpus.gpu[0];
    one->util = gpu.device;
    one->mem_used_gb = gpu.memory / 1e9;
}

static const struct gpus *accelerator_gpus(const void *state)
{
    const struct accelerator *a = state;
    return &a->gpus;
}

const struct probe probe_accelerator = {
    .name = "the GPU",
    .metrics = PROBE_METRIC(gpu_device_util) | PROBE_METRIC(gpu_renderer_util) | PROBE_METRIC(gpu_tiler_util) |
               PROBE_METRIC(gpu_mem_used_gb) | PROBE_METRIC(gpu_age_ms),
    .period_ns = 125000000, /* least_ns, and time for a thread that wakes late */
    .place = PROBE_THREAD,
    .open = accelerator_open,
    .read = accelerator_read,
    .gpus = accelerator_gpus,
    .close = accelerator_close,
};
