/* SPDX-License-Identifier: Apache-2.0
 * Numbers: the Main ID Register, of which the kernel shows implementer and part; Arm's and the makers' manuals. */
#include "armchip.h"

#include "procfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARM = 0x41, CAVIUM = 0x43, FUJITSU = 0x46, HISILICON = 0x48, NVIDIA = 0x4e, QUALCOMM = 0x51, APPLE = 0x61 };
enum { AMPERE = 0xc0, KINDS_MAX = 8 };

static const struct {
    unsigned implementer, part;
    const char *name;
} chips[] = {
    {ARM, 0xd03, "Cortex-A53"},         {ARM, 0xd04, "Cortex-A35"},        {ARM, 0xd05, "Cortex-A55"},
    {ARM, 0xd07, "Cortex-A57"},         {ARM, 0xd08, "Cortex-A72"},        {ARM, 0xd09, "Cortex-A73"},
    {ARM, 0xd0a, "Cortex-A75"},         {ARM, 0xd0b, "Cortex-A76"},        {ARM, 0xd0c, "Neoverse-N1"},
    {ARM, 0xd0d, "Cortex-A77"},         {ARM, 0xd0e, "Cortex-A76AE"},      {ARM, 0xd40, "Neoverse-V1"},
    {ARM, 0xd41, "Cortex-A78"},         {ARM, 0xd42, "Cortex-A78AE"},      {ARM, 0xd44, "Cortex-X1"},
    {ARM, 0xd46, "Cortex-A510"},        {ARM, 0xd47, "Cortex-A710"},       {ARM, 0xd48, "Cortex-X2"},
    {ARM, 0xd49, "Neoverse-N2"},        {ARM, 0xd4a, "Neoverse-E1"},       {ARM, 0xd4b, "Cortex-A78C"},
    {ARM, 0xd4c, "Cortex-X1C"},         {ARM, 0xd4d, "Cortex-A715"},       {ARM, 0xd4e, "Cortex-X3"},
    {ARM, 0xd4f, "Neoverse-V2"},        {ARM, 0xd80, "Cortex-A520"},       {ARM, 0xd81, "Cortex-A720"},
    {ARM, 0xd82, "Cortex-X4"},          {ARM, 0xd84, "Neoverse-V3"},       {ARM, 0xd85, "Cortex-X925"},
    {ARM, 0xd87, "Cortex-A725"},        {ARM, 0xd8e, "Neoverse-N3"},       {CAVIUM, 0x0a1, "ThunderX"},
    {CAVIUM, 0x0af, "ThunderX2"},       {FUJITSU, 0x001, "A64FX"},         {HISILICON, 0xd01, "TaiShan-v110"},
    {NVIDIA, 0x003, "Denver 2"},        {NVIDIA, 0x004, "Carmel"},         {QUALCOMM, 0x001, "Oryon"},
    {APPLE, 0x022, "Icestorm-M1"},      {APPLE, 0x023, "Firestorm-M1"},    {APPLE, 0x024, "Icestorm-M1-Pro"},
    {APPLE, 0x025, "Firestorm-M1-Pro"}, {APPLE, 0x028, "Icestorm-M1-Max"}, {APPLE, 0x029, "Firestorm-M1-Max"},
    {APPLE, 0x032, "Blizzard-M2"},      {APPLE, 0x033, "Avalanche-M2"},    {APPLE, 0x034, "Blizzard-M2-Pro"},
    {APPLE, 0x035, "Avalanche-M2-Pro"}, {APPLE, 0x038, "Blizzard-M2-Max"}, {APPLE, 0x039, "Avalanche-M2-Max"},
    {AMPERE, 0xac3, "AmpereOne"},       {AMPERE, 0xac4, "AmpereOne A"},
};

struct kind {
    unsigned implementer, part;
};

static void name_kind(const struct kind *kind, char name[32])
{
    for (size_t i = 0; i < sizeof chips / sizeof chips[0]; i++)
        if (chips[i].implementer == kind->implementer && chips[i].part == kind->part) {
            (void)snprintf(name, 32, "%s", chips[i].name);
            return;
        }
    (void)snprintf(name, 32, "0x%02x:0x%03x", kind->implementer, kind->part);
}

static size_t add_kind(struct kind kinds[KINDS_MAX], size_t n, struct kind kind)
{
    for (size_t i = 0; i < n; i++)
        if (kinds[i].implementer == kind.implementer && kinds[i].part == kind.part)
            return n;
    if (n < KINDS_MAX)
        kinds[n++] = kind;
    return n;
}

/* Each processor's paragraph has its implementer before its part. */
static size_t find_kinds(const char *text, size_t n, struct kind kinds[KINDS_MAX])
{
    struct kind kind = {0};
    size_t len = 0;
    for (const char *at = text, *end = text + n; at < end;) {
        const char *lf = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((lf ? lf : end) - at);
        char number[16];
        if (cpuinfo_find(at, line, "CPU implementer", number, sizeof number))
            kind.implementer = (unsigned)strtoul(number, NULL, 16);
        else if (cpuinfo_find(at, line, "CPU part", number, sizeof number)) {
            kind.part = (unsigned)strtoul(number, NULL, 16);
            len = add_kind(kinds, len, kind);
        }
        at += line + 1;
    }
    return len;
}

bool armchip_name(const char *text, size_t n, char *buf, size_t size)
{
    struct kind kinds[KINDS_MAX];
    size_t len = find_kinds(text, n, kinds), at = 0;
    for (size_t i = 0; i < len && at < size; i++) {
        char name[32];
        name_kind(&kinds[i], name);
        at += (size_t)snprintf(buf + at, size - at, "%s%s", i ? " + " : "", name);
    }
    return len > 0;
}
