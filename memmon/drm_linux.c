/* SPDX-License-Identifier: Apache-2.0 */
#include "drm_linux.h"

#include "procfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

double drm_number(int dir, const char *name)
{
    char text[32], *end;
    procfile_line(dir, name, text, sizeof text);
    bool negative = *text == '-'; /* temperatures can be below 0 */
    if (text[negative] < '0' || text[negative] > '9')
        return NAN;
    errno = 0;
    double number = (double)strtoull(text + negative, &end, 10);
    return *end || errno ? (double)NAN : negative ? -number : number;
}

bool drm_sleeps(const struct drm_card *card)
{
    char state[32];
    procfile_line(card->device, "power/runtime_status", state, sizeof state);
    return strcmp(state, "suspended") == 0;
}

static int open_dir(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* N of PREFIXN; -1: it is not such a name. */
static int name_number(const char *name, const char *prefix)
{
    size_t n = strlen(prefix);
    if (strncmp(name, prefix, n) != 0 || name[n] < '0' || name[n] > '9')
        return -1;
    char *end;
    long number = strtol(name + n, &end, 10);
    return *end || number > INT_MAX ? -1 : (int)number;
}

/* The least number of which there is an entry PREFIXN in a directory; -1: none.  Takes the descriptor. */
static int least_number(int fd, const char *prefix)
{
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    int least = -1;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        int number = name_number(entry->d_name, prefix);
        if (number >= 0 && (least < 0 || number < least))
            least = number;
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    return least;
}

/* Numbers of sensors are given as drivers come, and differ from start to start. */
static int open_hwmon(int device)
{
    char name[48];
    int number = least_number(open_dir(device, "hwmon"), "hwmon");
    if (number < 0)
        return -1;
    (void)snprintf(name, sizeof name, "hwmon/hwmon%d", number);
    return open_dir(device, name);
}

static void name_card(struct drm_card *card, const char *maker)
{
    char product[GPU_NAME], id[16], vendor[16];
    procfile_line(card->device, "product_name", product, sizeof product);
    if (*product) {
        memcpy(card->name, product, sizeof product);
        return;
    }
    procfile_line(card->device, "vendor", vendor, sizeof vendor);
    procfile_line(card->device, "device", id, sizeof id);
    bool known = strncmp(vendor, "0x", 2) == 0 && strncmp(id, "0x", 2) == 0;
    if (known)
        (void)snprintf(card->name, sizeof card->name, "%s GPU %s:%s", maker, vendor + 2, id + 2);
    else
        (void)snprintf(card->name, sizeof card->name, "%s GPU", maker);
}

static bool open_card(int drm, const char *entry, const char *vendor, const char *maker, struct drm_card *card)
{
    char path[NAME_MAX + 16], is[16];
    card->number = name_number(entry, "card");
    if (card->number < 0)
        return false;
    (void)snprintf(path, sizeof path, "%s/device", entry);
    card->device = open_dir(drm, path);
    procfile_line(card->device, "vendor", is, sizeof is);
    if (strcmp(is, vendor) != 0) {
        if (card->device >= 0)
            close(card->device);
        return false;
    }
    card->hwmon = open_hwmon(card->device);
    name_card(card, maker);
    return true;
}

static int card_compare(const void *a, const void *b)
{
    const struct drm_card *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

size_t drm_open(const char *sys, const char *vendor, const char *maker, struct drm_card cards[DRM_CARDS_MAX])
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/class/drm", sys);
    DIR *drm = length > 0 && (size_t)length < sizeof path ? opendir(path) : NULL;
    size_t n = 0;
    for (struct dirent *entry; drm && n < DRM_CARDS_MAX && (entry = readdir(drm));)
        n += open_card(dirfd(drm), entry->d_name, vendor, maker, &cards[n]);
    if (drm)
        closedir(drm);
    qsort(cards, n, sizeof *cards, card_compare);
    return n;
}

void drm_close(struct drm_card *cards, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        close(cards[i].device);
        if (cards[i].hwmon >= 0)
            close(cards[i].hwmon);
    }
}
