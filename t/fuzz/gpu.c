/* SPDX-License-Identifier: Apache-2.0
 * Any bytes in the files by which Linux' drivers show a GPU of AMD's or Intel's.
 *
 * The input is the texts of the files below, with a byte 0xff between them.  Of what the probes read holds:
 * - A name is UTF-8 without control characters, or nothing; numbers are finite or not known, and use is no more than
 *   100 per cent.
 * - What is written of it for a sample and a session is JSON. */
#include "../../memmon/gpu.h"
#include "../../memmon/probes_linux.h"
#include "support/fuzz.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const files[] = {
    "vendor",
    "device",
    "product_name",
    "gpu_busy_percent",
    "mem_info_vram_total",
    "mem_info_vram_used",
    "power/runtime_status",
    "hwmon/hwmon3/power1_average",
    "hwmon/hwmon3/power1_input",
    "hwmon/hwmon3/temp1_input",
    "hwmon/hwmon3/energy1_input",
    "hwmon/hwmon3/energy2_input",
    "hwmon/hwmon3/temp2_input",
};
enum { FILES = sizeof files / sizeof *files };

static char root[64];
static int fds[FILES];
static struct jsonl_parser *parser;

static void end(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", root);
    (void)!system(command);
}

static void begin(void)
{
    bool memory = access("/dev/shm", W_OK) == 0;
    snprintf(root, sizeof root, "%s/fuzz-gpu.XXXXXX", memory ? "/dev/shm" : "/tmp");
    fuzz_need(mkdtemp(root));
    atexit(end);
    for (size_t i = 0; i < FILES; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/class/drm/card0/device/%s", root, files[i]);
        for (char *slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
            *slash = '\0';
            mkdir(path, 0700);
            *slash = '/';
        }
        fds[i] = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        MUST(fds[i] >= 0, "no file %s", path);
    }
    parser = fuzz_need(jsonl_parser_new());
}

static void check_number(double v, const char *what)
{
    MUST(isnan(v) || isfinite(v), "%s is %g", what, v);
}

static void check_gpus(const struct gpus *gpus)
{
    struct jsonl_sample sample;
    struct jsonl_error err;
    for (size_t i = 0; i < gpus->len; i++) {
        const struct gpu *g = &gpus->gpu[i];
        MUST(memchr(g->name, '\0', sizeof g->name), "a name without an end");
        MUST(isnan(g->util) || (g->util >= 0 && g->util <= 100), "%g per cent", g->util);
        check_number(g->mem_used_gb, "memory");
        check_number(g->mem_total_gb, "memory in all");
        check_number(g->power_w, "power");
        check_number(g->temp_c, "temperature");
        check_number(g->energy_j, "energy");
    }
    gpus_join(gpus, &sample);
    struct jsonl_writer *w = fuzz_need(jsonl_writer_new(-1));
    jsonl_begin_object(w);
    gpus_write(gpus, w);
    gpus_write_session(gpus, w);
    jsonl_end_object(w);
    struct jsonl_text t = jsonl_writer_text(w);
    MUST(jsonl_parse(parser, t.s, t.n, &err), "%s: %.*s", err.message, (int)t.n, t.s);
    jsonl_writer_free(w);
}

static void probe_run(const struct probe *probe)
{
    const struct probe_env env = {.proc = root, .sys = root};
    struct jsonl_error err = {0};
    struct jsonl_sample sample;
    void *state = probe->open(&env, &err);
    for (int64_t now_s = 0; state && now_s < 3; now_s++) {
        probe->read(state, now_s * 1000000000, &sample);
        check_gpus(probe->gpus(state));
    }
    if (state)
        probe->close(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!parser)
        begin();
    for (size_t i = 0; i < FILES; i++) {
        const uint8_t *mark = size ? memchr(data, 0xff, size) : NULL;
        size_t n = mark ? (size_t)(mark - data) : size;
        MUST(ftruncate(fds[i], 0) == 0 && pwrite(fds[i], data, n, 0) == (ssize_t)n, "a file cannot be written");
        data += n + (mark != NULL);
        size -= n + (mark != NULL);
    }
    probe_run(&probe_amd);
    probe_run(&probe_intel);
    return 0;
}
