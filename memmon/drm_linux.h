/* SPDX-License-Identifier: Apache-2.0
 * Graphics processors as Linux's drivers show them in /sys/class/drm, each a directory of small files.
 *
 * Formats: Documentation/ABI/testing/sysfs-driver-{i915,xe}-hwmon, Documentation/gpu/amdgpu, hwmon's sysfs-interface.
 */
#ifndef MEMMON_DRM_LINUX_H
#define MEMMON_DRM_LINUX_H

#include "gpu.h"

#include <stdbool.h>
#include <stddef.h>

enum { DRM_CARDS_MAX = 16 };

struct drm_card {
    int number;          /* of cardN */
    int device;          /* its directory `device`, open */
    int hwmon;           /* its sensors' directory, open; -1: none */
    char name[GPU_NAME]; /* string: the product's if the driver tells, else maker and PCI id */
};

/* The cards of a PCI vendor ("0x1002"), by their numbers; connectors (card0-DP-1) and cards without a device are none.
 * maker: a string for their names.  sys: as in struct probe_env.  Returns how many there are. */
size_t drm_open(const char *sys, const char *vendor, const char *maker, struct drm_card cards[DRM_CARDS_MAX]);
void drm_close(struct drm_card *cards, size_t n);

/* The number that a file of an open directory holds; NAN: no such file, or no number in it, or the directory is -1. */
double drm_number(int dir, const char *name);

/* A card that its driver has put to sleep is not woken by being asked. */
bool drm_sleeps(const struct drm_card *card);

#endif
