/* SPDX-License-Identifier: Apache-2.0
 * Stands in for NVIDIA's management library, for t/memmon-gpu.t: compiled to a libnvidia-ml.so.1, found by
 * LD_LIBRARY_PATH.  Variables of the environment say how the driver behaves.
 *
 *     NVML_GPUS=4         so many devices; 1 if not given
 *     NVML_INIT=18        starting fails with that code
 *     NVML_INIT_MS=500    starting takes so long
 *     NVML_INIT_TILL=go   starting takes until there is a file of that name
 *     NVML_READ_TILL=go   and so does each reading from the fourth on
 *     NVML_PART=1         devices are parts of one, which do not tell their use, power and energy
 *     NVML_LOST=gone      the second device is lost once there is a file of that name
 *     NVML_ENERGY=1       devices count the energy that they use; 2: but for the last
 *
 * Compiled with -DV2 it also has the newer question for memory.  Device n is at work for 10 n per cent of the time and
 * draws 100 W; but by its counter it uses 7 kJ from one reading to the next. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { OK = 0, NOT_SUPPORTED = 3, GPU_IS_LOST = 15, DRIVER_MISMATCH = 18, VERSION_MISMATCH = 25, FEW = 3 };

static int readings[64];

static int setting(const char *name, int otherwise)
{
    const char *value = getenv(name);
    return value ? atoi(value) : otherwise;
}

/* Deaf to signals, as a driver is. */
static void work(int ms)
{
    struct timespec now, end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_nsec += ms % 1000 * 1000000L;
    end.tv_sec += ms / 1000 + end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    do {
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (now.tv_sec < end.tv_sec || (now.tv_sec == end.tv_sec && now.tv_nsec < end.tv_nsec));
}

static void wait_for(const char *variable)
{
    const char *file = getenv(variable);
    while (file && access(file, F_OK) != 0)
        work(5);
}

static int number(void *device)
{
    return (int)((char *)device - (char *)0);
}

static int lost(void *device)
{
    const char *file = getenv("NVML_LOST");
    return number(device) == 2 && file && access(file, F_OK) == 0;
}

static int part(void)
{
    return setting("NVML_PART", 0);
}

int nvmlInit_v2(void)
{
    work(setting("NVML_INIT_MS", 0));
    wait_for("NVML_INIT_TILL");
    return setting("NVML_INIT", OK);
}

int nvmlShutdown(void)
{
    FILE *f = fopen("nvml.shutdown", "w");
    return f ? fclose(f) : 1;
}

const char *nvmlErrorString(int code)
{
    return code == DRIVER_MISMATCH ? "Driver/library version mismatch" : "Unknown Error";
}

int nvmlDeviceGetCount_v2(unsigned *n)
{
    *n = (unsigned)setting("NVML_GPUS", 1);
    return OK;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **device)
{
    *device = (char *)0 + i + 1;
    return OK;
}

int nvmlDeviceGetName(void *device, char *name, unsigned size)
{
    return snprintf(name, size, "Fake %d", number(device)) < 0;
}

/* The first question of each reading. */
int nvmlDeviceGetUtilizationRates(void *device, unsigned out[2])
{
    if (readings[number(device)]++ > FEW)
        wait_for("NVML_READ_TILL");
    out[0] = 10 * (unsigned)number(device);
    return lost(device) ? GPU_IS_LOST : part() ? NOT_SUPPORTED : OK;
}

int nvmlDeviceGetMemoryInfo(void *device, uint64_t out[3])
{
    out[0] = 80000000000, out[1] = 70000000000, out[2] = 10000000000;
    return lost(device) ? GPU_IS_LOST : OK;
}

#ifdef V2
struct memory_v2 {
    unsigned version;
    uint64_t total, reserved, free, used;
};

int nvmlDeviceGetMemoryInfo_v2(void *device, struct memory_v2 *out)
{
    if (out->version != (sizeof *out | 2u << 24))
        return VERSION_MISMATCH;
    out->total = 80000000000, out->used = 9000000000;
    return lost(device) ? GPU_IS_LOST : OK;
}
#endif

int nvmlDeviceGetPowerUsage(void *device, unsigned *mw)
{
    *mw = 100000;
    return lost(device) ? GPU_IS_LOST : part() ? NOT_SUPPORTED : OK;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *c)
{
    *c = 40 + (unsigned)sensor;
    return lost(device) ? GPU_IS_LOST : OK;
}

int nvmlDeviceGetTotalEnergyConsumption(void *device, unsigned long long *mj)
{
    int counts = setting("NVML_ENERGY", 0);
    *mj = 7000000ULL * (unsigned)readings[number(device)];
    if (!counts || part() || (counts == 2 && number(device) == setting("NVML_GPUS", 1)))
        return NOT_SUPPORTED;
    return lost(device) ? GPU_IS_LOST : OK;
}
