/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel.h"

#include <errno.h>
#include <libproc.h>
#include <mach/mach_time.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/proc.h>
#include <time.h>

struct kernel kernel;

enum { BY_NAME = 1000, PORT_HOST = 7, PORT_TASK = 8, PORT_THREAD = 9 };
static const struct mach_timebase_info base = {125, 3};

/* An M4 with 16 GB, of which 4 are free; two processors; init, and a shell. */
void kernel_start(void)
{
    kernel = (struct kernel){
        .values = {{"vm.page_free_count", 100000, 4, NULL},
                   {"vm.page_speculative_count", 5000, 4, NULL},
                   {"vm.page_pageable_external_count", 140000, 4, NULL},
                   {"vm.page_purgeable_count", 4140, 8, NULL}, /* some kernels have grown it to 64 bits */
                   {"hw.pagesize", 16384, 8, NULL},
                   {"hw.memsize", UINT64_C(17179869184), 8, NULL},
                   {"kern.memorystatus_vm_pressure_level", 1, 4, NULL},
                   {"vm.memory_pressure", 0, 4, NULL},
                   {"hw.physicalcpu", 10, 4, NULL},
                   {"hw.logicalcpu", 10, 4, NULL},
                   {"hw.perflevel0.physicalcpu", 4, 4, NULL},
                   {"hw.perflevel1.physicalcpu", 6, 4, NULL},
                   {"hw.model", 0, 0, "Mac16,10"},
                   {"machdep.cpu.brand_string", 0, 0, "Apple M4"},
                   {"kern.osproductversion", 0, 0, "15.5"}},
        .load = {{2048, 4096, 1024}, 2048},
        .vm = {.free_count = 105000, .inactive_count = 200000, .speculative_count = 5000},
        .cpus = 2,
        .processes = {{.pid = 1, .status = SRUN}, {.pid = 300, .ppid = 1, .status = SSLEEP}},
        .processes_len = 2,
        .gpu = {.model = "Apple M4", .cores = 10, .device = 17, .renderer = 15, .tiler = 14, .memory = 430571520},
    };
}

struct kernel_value *kernel_value(const char *name)
{
    for (size_t i = 0; i < KERNEL_VALUES; i++)
        if (kernel.values[i].name && strcmp(kernel.values[i].name, name) == 0)
            return &kernel.values[i];
    return NULL;
}

/* ---- sysctl ---- */

static int answer(const void *value, size_t n, void *old, size_t *old_size)
{
    if (*old_size < n) {
        errno = ENOMEM;
        return -1;
    }
    memcpy(old, value, n);
    *old_size = n;
    return 0;
}

static int refuse(int error)
{
    errno = error;
    return -1;
}

int sysctlnametomib(const char *name, int *mib, size_t *len)
{
    const struct kernel_value *value = kernel_value(name);
    if (!value || *len < 2)
        return refuse(ENOENT);
    mib[0] = BY_NAME;
    mib[1] = (int)(value - kernel.values);
    *len = 2;
    return 0;
}

int sysctl(int *mib, unsigned len, void *old, size_t *old_size, void *new_value, size_t new_size)
{
    if (len != 2 || new_value || new_size)
        return refuse(EINVAL);
    if (mib[0] == CTL_VM && mib[1] == VM_SWAPUSAGE)
        return kernel.no_swap ? refuse(ENOENT) : answer(&kernel.swap, sizeof kernel.swap, old, old_size);
    if (mib[0] == CTL_VM && mib[1] == VM_LOADAVG)
        return kernel.no_load ? refuse(ENOENT) : answer(&kernel.load, sizeof kernel.load, old, old_size);
    if (mib[0] != BY_NAME)
        return refuse(ENOENT);
    const struct kernel_value *value = &kernel.values[mib[1]];
    if (value->text)
        return answer(value->text, strlen(value->text) + 1, old, old_size);
    return value->size ? answer(&value->number, value->size, old, old_size) : refuse(EPERM);
}

int sysctlbyname(const char *name, void *old, size_t *old_size, void *new_value, size_t new_size)
{
    int mib[CTL_MAXNAME];
    size_t len = CTL_MAXNAME;
    if (sysctlnametomib(name, mib, &len) != 0)
        return -1;
    return sysctl(mib, (unsigned)len, old, old_size, new_value, new_size);
}

/* ---- Mach ---- */

mach_port_t mach_host_self(void)
{
    kernel.ports++;
    return PORT_HOST;
}

mach_port_t mach_task_self(void)
{
    return PORT_TASK;
}

kern_return_t mach_port_deallocate(mach_port_t task, mach_port_t port)
{
    if (task != PORT_TASK || port != PORT_HOST)
        return KERN_INVALID_ARGUMENT;
    kernel.ports--;
    return KERN_SUCCESS;
}

kern_return_t host_statistics64(host_t host, int flavor, host_info64_t out, mach_msg_type_number_t *len)
{
    kernel.statistics_calls++;
    if (kernel.no_statistics || host != PORT_HOST || flavor != HOST_VM_INFO64 || *len < HOST_VM_INFO64_COUNT)
        return KERN_FAILURE;
    memcpy(out, &kernel.vm, sizeof kernel.vm);
    *len = HOST_VM_INFO64_COUNT;
    return KERN_SUCCESS;
}

kern_return_t host_processor_info(host_t host, int flavor, natural_t *n, processor_info_array_t *out,
                                  mach_msg_type_number_t *len)
{
    size_t size = kernel.cpus * sizeof kernel.ticks[0];
    if (kernel.no_cpus || host != PORT_HOST || flavor != PROCESSOR_CPU_LOAD_INFO || !(*out = malloc(size)))
        return KERN_FAILURE;
    memcpy(*out, kernel.ticks, size);
    *n = kernel.cpus;
    *len = kernel.cpus * CPU_STATE_MAX - kernel.cpus_cut;
    kernel.mappings++;
    return KERN_SUCCESS;
}

kern_return_t vm_deallocate(mach_port_t task, vm_address_t address, vm_size_t size)
{
    if (task != PORT_TASK || size != (kernel.cpus * CPU_STATE_MAX - kernel.cpus_cut) * sizeof(integer_t))
        return KERN_INVALID_ARGUMENT;
    free((void *)address);
    kernel.mappings--;
    return KERN_SUCCESS;
}

mach_port_t pthread_mach_thread_np(pthread_t thread)
{
    (void)thread;
    return PORT_THREAD;
}

kern_return_t thread_policy_set(mach_port_t thread, int flavor, thread_policy_t policy, mach_msg_type_number_t len)
{
    bool right = thread == PORT_THREAD && flavor == THREAD_LATENCY_QOS_POLICY &&
                 len == THREAD_LATENCY_QOS_POLICY_COUNT && *policy == LATENCY_QOS_TIER_0;
    return right ? KERN_SUCCESS : KERN_INVALID_ARGUMENT;
}

/* ---- Time: this system's, in ticks of 24 MHz ---- */

kern_return_t mach_timebase_info(struct mach_timebase_info *out)
{
    *out = base;
    return KERN_SUCCESS;
}

uint64_t mach_absolute_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 24000000 + (uint64_t)t.tv_nsec * 3 / 125;
}

kern_return_t mach_wait_until(uint64_t deadline)
{
    uint64_t ns = deadline % 24000000 * 125 / 3;
    const struct timespec t = {.tv_sec = (time_t)(deadline / 24000000), .tv_nsec = (long)ns};
    return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR ? KERN_ABORTED : KERN_SUCCESS;
}

/* ---- libproc ---- */

int proc_listallpids(void *pids, int size)
{
    int n = size / (int)sizeof(int);
    if (kernel.no_processes)
        return refuse(EPERM);
    n = n < kernel.processes_len ? n : kernel.processes_len;
    for (int i = 0; i < n; i++)
        ((int *)pids)[i] = kernel.processes[i].pid;
    return n;
}

static const struct kernel_process *find_process(int pid)
{
    for (int i = 0; i < kernel.processes_len; i++)
        if (kernel.processes[i].pid == pid)
            return &kernel.processes[i];
    errno = ESRCH;
    return NULL;
}

/* A zombie is found only if it is asked for. */
int proc_pidinfo(int pid, int flavor, uint64_t arg, void *out, int size)
{
    const struct kernel_process *p = find_process(pid);
    if (!p || flavor != PROC_PIDT_SHORTBSDINFO || (p->status == SZOMB && !arg))
        return 0;
    const struct proc_bsdshortinfo info = {
        .pbsi_pid = (uint32_t)pid, .pbsi_ppid = (uint32_t)p->ppid, .pbsi_status = p->status};
    if (size < (int)sizeof info)
        return 0;
    memcpy(out, &info, sizeof info);
    return sizeof info;
}

int proc_pid_rusage(int pid, int flavor, rusage_info_t *out)
{
    const struct kernel_process *p = find_process(pid);
    if (!p || flavor != RUSAGE_INFO_V4)
        return -1;
    if (p->usage_errno)
        return refuse(p->usage_errno);
    const struct rusage_info_v4 usage = {
        .ri_user_time = p->user,
        .ri_system_time = p->system,
        .ri_child_user_time = p->child_user,
        .ri_child_system_time = p->child_system,
        .ri_phys_footprint = p->footprint,
        .ri_lifetime_max_phys_footprint = p->peak,
    };
    memcpy(out, &usage, sizeof usage);
    return 0;
}
