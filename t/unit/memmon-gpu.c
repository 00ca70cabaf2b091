/* SPDX-License-Identifier: Apache-2.0
 * GPUs that Linux shows in /sys, on trees of files shaped as amdgpu, i915 and xe make them. */
#include "unit.h"

#ifdef __linux__

#include "tree.h"

#include "../../memmon/probes_linux.h"
#include "../../memmon/record.h"
#include "../../memmon/summary.h"

#include <math.h>

static const int64_t s = 1000000000;
static const struct probe_env env = {.proc = root, .sys = root};
static struct jsonl_sample sample;
static struct jsonl_error err;

static void put_card(int number, const char *vendor, const char *device)
{
    char name[64];
    (void)snprintf(name, sizeof name, "class/drm/card%d/device/vendor", number);
    put(name, "%s\n", vendor);
    (void)snprintf(name, sizeof name, "class/drm/card%d/device/device", number);
    put(name, "%s\n", device);
}

JSONL_PRINTF(3, 4) static void put_file(int card, const char *file, const char *format, ...)
{
    char name[128], text[128];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    (void)snprintf(name, sizeof name, "class/drm/card%d/device/%s", card, file);
    put(name, "%s", text);
}

/* A card with all that amdgpu can show. */
static void put_amd(int card, int hwmon, const char *busy, double used_gb, double watts, int celsius)
{
    char name[64];
    put_card(card, "0x1002", "0x744c");
    put_file(card, "gpu_busy_percent", "%s\n", busy);
    put_file(card, "mem_info_vram_total", "%.0f\n", 24e9);
    put_file(card, "mem_info_vram_used", "%.0f\n", used_gb * 1e9);
    (void)snprintf(name, sizeof name, "hwmon/hwmon%d/power1_average", hwmon);
    put_file(card, name, "%.0f\n", watts * 1e6);
    (void)snprintf(name, sizeof name, "hwmon/hwmon%d/temp1_input", hwmon);
    put_file(card, name, "%d\n", celsius * 1000);
}

START_TEST(amd_in_our_units)
    {
        tree_begin();
        put_amd(0, 7, "37", 6, 250.5, 61);
        void *p = probe_amd.open(&env, &err);
        ck_assert_ptr_nonnull(p);
        probe_amd.read(p, 0, &sample);
        const struct gpus *gpus = probe_amd.gpus(p);
        ck_assert_uint_eq(gpus->len, 1);
        ck_assert_str_eq(gpus->gpu[0].name, "AMD GPU 1002:744c");
        ck_assert_double_eq(gpus->gpu[0].util, 37);
        ck_assert_double_eq_tol(gpus->gpu[0].mem_used_gb, 6, 1e-9);
        ck_assert_double_eq_tol(gpus->gpu[0].mem_total_gb, 24, 1e-9);
        ck_assert_double_eq_tol(gpus->gpu[0].power_w, 250.5, 1e-9);
        ck_assert_double_eq_tol(gpus->gpu[0].temp_c, 61, 1e-9);
        ck_assert(isnan(gpus->gpu[0].energy_j));
        probe_amd.close(p);
        tree_end();
    }
END_TEST

START_TEST(cards_are_those_of_the_maker_in_order_of_their_numbers)
    {
        tree_begin();
        put_amd(10, 3, "10", 1, 1, 1);
        put_amd(2, 4, "2", 1, 1, 1);
        put_amd(0, 12, "0", 1, 1, 1);
        put_file(2, "product_name", "Instinct MI210  \n");
        put_card(1, "0x10de", "0x2330"); /* NVIDIA's: theirs is another probe */
        put_card(3, "0x8086", "0x56a0");
        put("class/drm/card0-DP-1/device/vendor", "0x1002\n"); /* a connector */
        put("class/drm/card0-HDMI-A-1/status", "connected\n");
        put("class/drm/renderD128/device/vendor", "0x1002\n");
        put("class/drm/version", "drm 1.1.0 20060810\n");
        put("class/drm/card5/uevent", "%s", ""); /* without a device, as vgem's */
        put("class/drm/card99999999999/device/vendor", "0x1002\n");
        void *p = probe_amd.open(&env, &err);
        probe_amd.read(p, 0, &sample);
        const struct gpus *gpus = probe_amd.gpus(p);
        ck_assert_uint_eq(gpus->len, 3);
        ck_assert_double_eq(gpus->gpu[0].util, 0);
        ck_assert_double_eq(gpus->gpu[1].util, 2);
        ck_assert_str_eq(gpus->gpu[1].name, "Instinct MI210");
        ck_assert_double_eq(gpus->gpu[2].util, 10);
        probe_amd.close(p);
        tree_end();
    }
END_TEST

START_TEST(more_cards_than_there_is_room_for)
    {
        tree_begin();
        for (int i = 0; i < 40; i++)
            put_card(i, "0x1002", "0x744c");
        void *p = probe_amd.open(&env, &err);
        probe_amd.read(p, 0, &sample);
        ck_assert_uint_eq(probe_amd.gpus(p)->len, 16);
        probe_amd.close(p);
        tree_end();
    }
END_TEST

/* What a card does not have, or does not tell, is not 0. */
START_TEST(what_is_missing_or_garbage_is_absent)
    {
        static const char *const garbage[] = {"",       "\n",    "n/a\n", "-\n",     "12x\n",
                                              "0x10\n", "nan\n", "inf\n", "\xff\xfe"};
        tree_begin();
        put_card(0, "0x1002", "0x15bf"); /* an APU of which only power is known, by its newer name */
        put_file(0, "hwmon/hwmon2/power1_input", "15000000\n");
        void *p = probe_amd.open(&env, &err);
        probe_amd.read(p, 0, &sample);
        const struct gpu *one = &probe_amd.gpus(p)->gpu[0];
        ck_assert(isnan(one->util) && isnan(one->mem_used_gb) && isnan(one->mem_total_gb) && isnan(one->temp_c));
        ck_assert_double_eq_tol(one->power_w, 15, 1e-9);
        for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
            put_file(0, "gpu_busy_percent", "%s", garbage[i]);
            put_file(0, "mem_info_vram_used", "%s", garbage[i]);
            put_file(0, "hwmon/hwmon2/power1_input", "%s", garbage[i]);
            put_file(0, "hwmon/hwmon2/temp1_input", "%s", garbage[i]);
            probe_amd.read(p, 0, &sample);
            ck_assert_msg(isnan(one->util) && isnan(one->mem_used_gb) && isnan(one->power_w) && isnan(one->temp_c),
                          "%s", garbage[i]);
        }
        put_file(0, "gpu_busy_percent", "65535\n");
        probe_amd.read(p, 0, &sample);
        ck_assert(isnan(one->util));
        put_file(0, "hwmon/hwmon2/temp1_input", "-5000\n"); /* it is a cold night */
        probe_amd.read(p, 0, &sample);
        ck_assert_double_eq_tol(one->temp_c, -5, 1e-9);
        take("class/drm"); /* and now it is unplugged */
        probe_amd.read(p, 0, &sample);
        ck_assert(isnan(one->temp_c));
        probe_amd.close(p);
        tree_end();
    }
END_TEST

START_TEST(no_card_is_no_trouble)
    {
        tree_begin();
        err = (struct jsonl_error){0};
        ck_assert_ptr_null(probe_amd.open(&env, &err));
        put("class/drm/version", "drm 1.1.0 20060810\n");
        ck_assert_ptr_null(probe_intel.open(&env, &err));
        put_card(0, "garbage", "");
        ck_assert_ptr_null(probe_intel.open(&env, &err));
        ck_assert_str_eq(err.message, "");
        tree_end();
    }
END_TEST

START_TEST(a_card_that_sleeps_is_not_woken)
    {
        tree_begin();
        put_amd(0, 1, "37", 6, 250, 61);
        put_file(0, "power/runtime_status", "suspended\n");
        void *p = probe_amd.open(&env, &err);
        probe_amd.read(p, 0, &sample);
        const struct gpu *one = &probe_amd.gpus(p)->gpu[0];
        ck_assert(isnan(one->util) && isnan(one->mem_used_gb) && isnan(one->power_w) && isnan(one->temp_c));
        put_file(0, "power/runtime_status", "active\n");
        probe_amd.read(p, 0, &sample);
        ck_assert_double_eq(one->util, 37);
        probe_amd.close(p);
        tree_end();
    }
END_TEST

START_TEST(intels_power_is_the_rise_of_its_energy)
    {
        tree_begin();
        put_card(0, "0x8086", "0x56a0");
        put_file(0, "hwmon/hwmon4/energy1_input", "5000000000\n");
        put_file(0, "hwmon/hwmon4/temp1_input", "48000\n");
        void *p = probe_intel.open(&env, &err);
        const struct gpu *one = &probe_intel.gpus(p)->gpu[0];
        probe_intel.read(p, 10 * s, &sample);
        ck_assert_str_eq(one->name, "Intel GPU 8086:56a0");
        ck_assert(isnan(one->power_w) && isnan(one->util)); /* there is no rise yet, and no use ever */
        ck_assert_double_eq(one->energy_j, 0);
        ck_assert_double_eq(one->temp_c, 48);
        put_file(0, "hwmon/hwmon4/energy1_input", "5030000000\n");
        probe_intel.read(p, 12 * s, &sample);
        ck_assert_double_eq_tol(one->power_w, 15, 1e-9);
        ck_assert_double_eq_tol(one->energy_j, 30, 1e-9);
        put_file(0, "hwmon/hwmon4/energy1_input", "1000000\n"); /* the driver was loaded anew */
        probe_intel.read(p, 13 * s, &sample);
        ck_assert(isnan(one->power_w));
        ck_assert_double_eq_tol(one->energy_j, 30, 1e-9);
        put_file(0, "hwmon/hwmon4/energy1_input", "3000000\n");
        probe_intel.read(p, 14 * s, &sample);
        ck_assert_double_eq_tol(one->power_w, 2, 1e-9);
        ck_assert_double_eq_tol(one->energy_j, 32, 1e-9);
        put_file(0, "hwmon/hwmon4/energy1_input", "x\n"); /* for once it cannot be read */
        probe_intel.read(p, 15 * s, &sample);
        ck_assert(isnan(one->power_w));
        put_file(0, "hwmon/hwmon4/energy1_input", "9000000\n");
        probe_intel.read(p, 16 * s, &sample);
        ck_assert(isnan(one->power_w));
        ck_assert_double_eq_tol(one->energy_j, 32, 1e-9);
        probe_intel.close(p);
        tree_end();
    }
END_TEST

START_TEST(intels_sensors_of_the_chip_serve_where_the_card_has_none)
    {
        tree_begin();
        put_card(1, "0x8086", "0xe20b");
        put_file(1, "hwmon/hwmon3/energy2_input", "1000000\n");
        put_file(1, "hwmon/hwmon3/temp2_input", "52000\n");
        void *p = probe_intel.open(&env, &err);
        const struct gpu *one = &probe_intel.gpus(p)->gpu[0];
        probe_intel.read(p, s, &sample);
        put_file(1, "hwmon/hwmon3/energy2_input", "41000000\n");
        probe_intel.read(p, 2 * s, &sample);
        ck_assert_double_eq_tol(one->power_w, 40, 1e-9);
        ck_assert_double_eq(one->temp_c, 52);
        probe_intel.close(p);
        tree_end();
    }
END_TEST

START_TEST(integrated_and_discrete_are_two)
    {
        struct gpus all = {0};
        tree_begin();
        put_card(0, "0x8086", "0x46a6"); /* without sensors, as integrated ones are */
        put_amd(1, 5, "80", 8, 200, 70);
        void *intel = probe_intel.open(&env, &err), *amd = probe_amd.open(&env, &err);
        probe_intel.read(intel, s, &sample);
        probe_amd.read(amd, s, &sample);
        sample_init(&sample);
        gpus_add(&all, probe_intel.gpus(intel));
        gpus_add(&all, probe_amd.gpus(amd));
        gpus_join(&all, &sample);
        ck_assert_uint_eq(all.len, 2);
        ck_assert_int_eq(sample.gpu_active, 1);
        ck_assert_double_eq(sample.metric[JSONL_METRIC_gpu_device_util], 80);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_gpu_power_w], 200, 1e-9);
        ck_assert_double_eq_tol(sample.metric[JSONL_METRIC_gpu_mem_used_gb], 8, 1e-9);
        probe_intel.close(intel);
        probe_amd.close(amd);
        tree_end();
    }
END_TEST

static struct gpu gpu_of(double power_w, double energy_j)
{
    struct gpu gpu = gpu_unknown();
    gpu.power_w = power_w;
    gpu.energy_j = energy_j;
    return gpu;
}

START_TEST(energy_is_that_of_all_counters_or_not_known)
    {
        struct gpus gpus = {.len = 2};
        gpus.gpu[0] = gpu_of(100, 50);
        gpus.gpu[1] = gpu_of(200, 70);
        ck_assert_double_eq(gpus_energy(&gpus), 120);
        gpus.gpu[1] = gpu_of(200, NAN); /* one without a counter spoils the sum */
        ck_assert(isnan(gpus_energy(&gpus)));
        gpus.gpu[1] = gpu_of(NAN, 70); /* lost: what it has used stays */
        ck_assert_double_eq(gpus_energy(&gpus), 120);
        gpus.gpu[1] = gpu_of(NAN, NAN); /* one that never tells anything */
        ck_assert_double_eq(gpus_energy(&gpus), 50);
        gpus.len = 0;
        ck_assert(isnan(gpus_energy(&gpus)));
    }
END_TEST

static struct summary summary;

static void add(double elapsed_s, double power_w, double counted_j)
{
    sample_init(&sample);
    sample.elapsed_s = elapsed_s;
    sample.metric[JSONL_METRIC_gpu_power_w] = power_w;
    summary_add(&summary, &sample, counted_j, 0);
}

static void check_energy(const char *want)
{
    const struct summary_end end = {.proc_peak_gb = NAN, .cgroup_peak_gb = NAN};
    struct jsonl_writer *w = jsonl_writer_new(-1);
    summary_write(&summary, &end, w);
    const char *got = strstr(jsonl_writer_text(w).s, "\"gpu_energy_j\":");
    ck_assert_msg(got ? strncmp(got + 15, want, strlen(want)) == 0 : !*want, "%s", jsonl_writer_text(w).s);
    jsonl_writer_free(w);
    summary = (struct summary){0};
}

START_TEST(the_summarys_energy_is_counted_or_power_by_time_never_both)
    {
        add(0, NAN, NAN); /* before the driver is up */
        add(1, 100, 1000);
        add(2, 100, 1130);
        add(3, NAN, 1150); /* lost */
        check_energy("150.0,");
        add(0, 100, NAN);
        add(1, 200, NAN);
        add(3, 100, NAN);
        check_energy("450.0,");
        add(0, 100, 0);
        add(1, 100, NAN); /* one more device, which has no counter */
        add(2, 100, 500);
        check_energy("200.0,");
        add(0, 100, 0);
        check_energy(""); /* one reading makes no energy */
    }
END_TEST

UNIT_MAIN("gpu", amd_in_our_units, cards_are_those_of_the_maker_in_order_of_their_numbers,
          more_cards_than_there_is_room_for, what_is_missing_or_garbage_is_absent, no_card_is_no_trouble,
          a_card_that_sleeps_is_not_woken, intels_power_is_the_rise_of_its_energy,
          intels_sensors_of_the_chip_serve_where_the_card_has_none, integrated_and_discrete_are_two,
          energy_is_that_of_all_counters_or_not_known, the_summarys_energy_is_counted_or_power_by_time_never_both)

#else

#include <stdio.h>

int main(void)
{
    puts("1..0 # SKIP these probes are Linux's");
    return 0;
}

#endif
