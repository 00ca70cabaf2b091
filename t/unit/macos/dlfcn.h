/* SPDX-License-Identifier: Apache-2.0
 * Stands in for <dlfcn.h>, see kernel.h. */
#ifndef KERNEL_DLFCN_H
#define KERNEL_DLFCN_H

enum { RTLD_NOW = 2, RTLD_LOCAL = 4 };

#define dlopen  kernel_dlopen
#define dlsym   kernel_dlsym
#define dlclose kernel_dlclose

void *dlopen(const char *path, int mode);
void *dlsym(void *library, const char *name);
int dlclose(void *library);

#endif
