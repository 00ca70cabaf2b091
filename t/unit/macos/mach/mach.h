/* SPDX-License-Identifier: Apache-2.0
 * Stands in for macOS' <mach/mach.h>, see ../kernel.h. */
#ifndef KERNEL_MACH_MACH_H
#define KERNEL_MACH_MACH_H

#include <pthread.h>
#include <stdint.h>

typedef int kern_return_t;
typedef int integer_t;
typedef unsigned natural_t;
typedef unsigned mach_port_t;
typedef mach_port_t host_t;
typedef unsigned mach_msg_type_number_t;
typedef integer_t *processor_info_array_t;
typedef integer_t *host_info64_t;
typedef integer_t *thread_policy_t;
typedef uintptr_t vm_address_t;
typedef uintptr_t vm_size_t;

enum { KERN_SUCCESS = 0, KERN_INVALID_ARGUMENT = 4, KERN_FAILURE = 5, KERN_ABORTED = 14 };
enum { MACH_PORT_NULL = 0 };
enum { CPU_STATE_USER, CPU_STATE_SYSTEM, CPU_STATE_IDLE, CPU_STATE_NICE, CPU_STATE_MAX };
enum { PROCESSOR_CPU_LOAD_INFO = 2, HOST_VM_INFO64 = 4, HOST_VM_INFO64_COUNT = 38 };

typedef struct vm_statistics64 {
    natural_t free_count, active_count, inactive_count, wire_count;
    natural_t before[19];
    natural_t speculative_count;
    natural_t after[14];
} vm_statistics64_data_t;
_Static_assert(sizeof(vm_statistics64_data_t) == HOST_VM_INFO64_COUNT * sizeof(integer_t), "as long as macOS' own");

enum { THREAD_LATENCY_QOS_POLICY = 7, THREAD_LATENCY_QOS_POLICY_COUNT = 1, LATENCY_QOS_TIER_0 = 0xff0001 };
typedef struct thread_latency_qos_policy {
    integer_t thread_latency_qos_tier;
} thread_latency_qos_policy_data_t;

mach_port_t mach_host_self(void);
mach_port_t mach_task_self(void);
kern_return_t mach_port_deallocate(mach_port_t task, mach_port_t port);
kern_return_t host_statistics64(host_t host, int flavor, host_info64_t out, mach_msg_type_number_t *len);
kern_return_t host_processor_info(host_t host, int flavor, natural_t *n, processor_info_array_t *out,
                                  mach_msg_type_number_t *len);
kern_return_t vm_deallocate(mach_port_t task, vm_address_t address, vm_size_t size);
mach_port_t pthread_mach_thread_np(pthread_t thread);
kern_return_t thread_policy_set(mach_port_t thread, int flavor, thread_policy_t policy, mach_msg_type_number_t len);

#endif
