/* SPDX-License-Identifier: Apache-2.0
 * The part of the stand-in that is IOKit's and CoreFoundation's, with objects that are counted. */
#include "kernel.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRING = 1, NUMBER, DICTIONARY, SERVICE = 77, UTF8 = 0x08000100, SINT64 = 4 };

struct object {
    unsigned long type;
    const char *text;
    int64_t number;
    struct object *members; /* of a dictionary: those that have a name */
    const char *name;
};

static const void *make(struct object object)
{
    struct object *made = malloc(sizeof *made);
    if (!made)
        abort();
    *made = object;
    kernel.objects++;
    return made;
}

static void release(const void *p)
{
    const struct object *object = p;
    if (!object)
        abort(); /* as CFRelease does */
    free(object->members);
    free((void *)(uintptr_t)p);
    kernel.objects--;
}

static const void *create_string(const void *allocator, const char *s, unsigned encoding)
{
    return allocator || encoding != UTF8 ? NULL : make((struct object){.type = STRING, .text = s});
}

static unsigned long type_of(const void *p)
{
    return ((const struct object *)p)->type;
}

static unsigned long dictionary_type(void)
{
    return DICTIONARY;
}

static unsigned long number_type(void)
{
    return NUMBER;
}

static unsigned long string_type(void)
{
    return STRING;
}

static const void *dictionary_value(const void *p, const void *key)
{
    const struct object *dictionary = p, *name = key;
    if (dictionary->type != DICTIONARY)
        abort();
    for (const struct object *member = dictionary->members; member->type; member++)
        if (strcmp(member->name, name->text) == 0)
            return member;
    return NULL;
}

static unsigned char number_value(const void *p, long type, void *out)
{
    const struct object *number = p;
    if (number->type != NUMBER || type != SINT64)
        abort();
    memcpy(out, &number->number, sizeof number->number);
    return 1;
}

static unsigned char string_value(const void *p, char *out, long size, unsigned encoding)
{
    const struct object *string = p;
    if (string->type != STRING || encoding != UTF8)
        abort();
    if (strlen(string->text) >= (size_t)size)
        return 0;
    strcpy(out, string->text);
    return 1;
}

static void *matching(const char *name)
{
    union {
        const void *made;
        void *given;
    } dictionary = {make((struct object){.type = DICTIONARY, .text = name})};
    return dictionary.given;
}

static unsigned matching_service(unsigned port, const void *dictionary)
{
    bool found = port == 0 && strcmp(((const struct object *)dictionary)->text, "IOAccelerator") == 0;
    release(dictionary);
    if (!found || kernel.gpu.none)
        return 0;
    kernel.services++;
    return SERVICE;
}

static int release_object(unsigned service)
{
    kernel.services -= service == SERVICE;
    return service != SERVICE;
}

static const void *create_statistics(void)
{
    const struct {
        const char *name;
        double value;
    } all[] = {
        {"Device Utilization %", kernel.gpu.device}, {"Renderer Utilization %", kernel.gpu.renderer},
        {"Tiler Utilization %", kernel.gpu.tiler},   {"In use system memory (driver)", 0},
        {"In use system memory", kernel.gpu.memory},
    };
    struct object *members = calloc(sizeof all / sizeof all[0] + 1, sizeof *members), *member = members;
    if (!members)
        abort();
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!isnan(all[i].value))
            *member++ = (struct object){.type = kernel.gpu.worded ? STRING : NUMBER,
                                        .text = "much",
                                        .number = (int64_t)all[i].value,
                                        .name = all[i].name};
    return make((struct object){.type = DICTIONARY, .members = members});
}

static const void *create_property(unsigned service, const void *key, const void *allocator, unsigned options)
{
    const char *name = ((const struct object *)key)->text;
    if (service != SERVICE || allocator || options)
        return NULL;
    if (strcmp(name, "model") == 0 && kernel.gpu.model)
        return make((struct object){.type = STRING, .text = kernel.gpu.model});
    if (strcmp(name, "gpu-core-count") == 0 && !isnan(kernel.gpu.cores))
        return make((struct object){.type = NUMBER, .number = (int64_t)kernel.gpu.cores});
    if (strcmp(name, "PerformanceStatistics") == 0)
        return kernel.gpu.unreadable ? make((struct object){.type = NUMBER}) : create_statistics();
    return NULL;
}

/* ---- Loading ---- */

#define ENTRY(library, name, function) \
    {                                  \
        library, name,                 \
        {                              \
            .function = function       \
        }                              \
    }

static const struct {
    const char *library, *name;
    union {
        void (*release)(const void *);
        const void *(*create_string)(const void *, const char *, unsigned);
        unsigned long (*type_of)(const void *);
        unsigned long (*dictionary_type)(void);
        unsigned long (*number_type)(void);
        unsigned long (*string_type)(void);
        const void *(*dictionary_value)(const void *, const void *);
        unsigned char (*number_value)(const void *, long, void *);
        unsigned char (*string_value)(const void *, char *, long, unsigned);
        void *(*matching)(const char *);
        unsigned (*matching_service)(unsigned, const void *);
        int (*release_object)(unsigned);
        const void *(*create_property)(unsigned, const void *, const void *, unsigned);
        void *pointer;
    } symbol;
} symbols[] = {
    ENTRY("CoreFoundation", "CFRelease", release),
    ENTRY("CoreFoundation", "CFStringCreateWithCString", create_string),
    ENTRY("CoreFoundation", "CFGetTypeID", type_of),
    ENTRY("CoreFoundation", "CFDictionaryGetTypeID", dictionary_type),
    ENTRY("CoreFoundation", "CFNumberGetTypeID", number_type),
    ENTRY("CoreFoundation", "CFStringGetTypeID", string_type),
    ENTRY("CoreFoundation", "CFDictionaryGetValue", dictionary_value),
    ENTRY("CoreFoundation", "CFNumberGetValue", number_value),
    ENTRY("CoreFoundation", "CFStringGetCString", string_value),
    ENTRY("IOKit", "IOServiceMatching", matching),
    ENTRY("IOKit", "IOServiceGetMatchingService", matching_service),
    ENTRY("IOKit", "IOObjectRelease", release_object),
    ENTRY("IOKit", "IORegistryEntryCreateCFProperty", create_property),
};

static const char *const frameworks[] = {
    "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation",
    "/System/Library/Frameworks/IOKit.framework/IOKit",
};

void *dlopen(const char *path, int mode)
{
    static char handles[2];
    for (size_t i = 0; i < 2; i++)
        if (strcmp(path, frameworks[i]) == 0 && !(kernel.no_library && strstr(path, kernel.no_library)) && mode) {
            kernel.libraries++;
            handles[i] = frameworks[i][27]; /* 'C' of CoreFoundation, 'I' of IOKit */
            return &handles[i];
        }
    return NULL;
}

void *dlsym(void *library, const char *name)
{
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++)
        if (strcmp(symbols[i].name, name) == 0 && symbols[i].library[0] == *(const char *)library)
            return kernel.no_symbol && strcmp(name, kernel.no_symbol) == 0 ? NULL : symbols[i].symbol.pointer;
    return NULL;
}

int dlclose(void *library)
{
    kernel.libraries -= library != NULL;
    return 0;
}
