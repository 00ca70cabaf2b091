/* SPDX-License-Identifier: Apache-2.0
 * What a person sees of a recording: the live line, and the lines at its end. */
#include "unit.h"

#include "../../memmon/record.h"
#include "../../memmon/status.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct jsonl_config config = {.ram_green = 0.5, .ram_orange = 0.25};
static struct jsonl_sample sample;
static struct jsonl_writer *w;

static const char *draw(const char *event, unsigned columns, bool colour)
{
    const struct live_view view = {
        .sample = &sample, .elapsed_s = 3725.9, .event = event, .config = &config, .colour = colour};
    jsonl_writer_clear(w);
    status_live(&view, columns, w);
    return jsonl_writer_text(w).s;
}

static void setup(void)
{
    w = jsonl_writer_new(-1);
    sample_init(&sample);
    sample.metric[JSONL_METRIC_ram_free_gb] = 16;
    sample.metric[JSONL_METRIC_ram_total_gb] = 64;
    sample.metric[JSONL_METRIC_memory_pressure] = 2;
    sample.metric[JSONL_METRIC_swap_used_mb] = 120;
    sample.metric[JSONL_METRIC_cpu_user] = 30;
    sample.metric[JSONL_METRIC_cpu_sys] = 5;
    sample.metric[JSONL_METRIC_gpu_device_util] = 80;
    sample.metric[JSONL_METRIC_gpu_mem_used_gb] = 12.5;
    sample.metric[JSONL_METRIC_proc_rss_gb] = 0.25;
}

START_TEST(it_shows_what_is_known_in_this_order)
    {
        setup();
        ck_assert_str_eq(
            draw("mark begin", 1000, false),
            "1:02:05  RAM [||||||||  ] 16.00 of 64.00 GB free  pressure warn  swap 120 MB  CPU 35 %  GPU 80 %  "
            "GPU memory 12.50 GB  command 250 MB  mark begin");
        sample_init(&sample);
        ck_assert_str_eq(draw("", 1000, false), "1:02:05  ");
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(colours_are_of_the_bands)
    {
        setup();
        ck_assert_ptr_nonnull(strstr(draw("", 200, true), "\033[33mRAM ["));
        ck_assert_ptr_nonnull(strstr(draw("", 200, true), "\033[33mpressure warn\033[m"));
        sample.metric[JSONL_METRIC_ram_free_gb] = 15.9;
        sample.metric[JSONL_METRIC_memory_pressure] = 4;
        ck_assert_ptr_nonnull(strstr(draw("", 200, true), "\033[31mRAM ["));
        ck_assert_ptr_nonnull(strstr(draw("", 200, true), "\033[31mpressure critical\033[m"));
        sample.metric[JSONL_METRIC_ram_free_gb] = 70; /* more than there is, as kernels may say */
        sample.metric[JSONL_METRIC_memory_pressure] = 1;
        ck_assert_ptr_nonnull(strstr(draw("", 200, true), "\033[32mRAM [          ]"));
        ck_assert_ptr_null(strchr(draw("", 200, false), '\033'));
        jsonl_writer_free(w);
    }
END_TEST

/* Parts are whole or not there; only the event is cut, and its wide characters count as such. */
START_TEST(it_never_takes_more_columns_than_there_are)
    {
        setup();
        char whole[512];
        (void)snprintf(whole, sizeof whole, "%s", draw("mark \xe6\xa8\xa1\xe5\x9e\x8b\033[2J end", 1000, false));
        ck_assert_ptr_null(strchr(whole, '\033'));
        for (unsigned columns = 0; columns < 200; columns++) {
            const char *line = draw("mark \xe6\xa8\xa1\xe5\x9e\x8b\033[2J end", columns, false);
            size_t n = strlen(line), wide = 0;
            const char *narrow = "1:02:05  RAM 16.00 GB free  pressure warn  "; /* without a bar */
            ensure(strncmp(line, whole, n) == 0 || strncmp(line, narrow, n) == 0, "%u: %s", columns, line);
            ensure((strstr(line, "RAM [") != NULL) == (columns >= 48), "%u: %s", columns, line);
            ensure((strstr(line, "RAM 16") != NULL) == (columns >= 26 && columns < 48), "%u: %s", columns, line);
            while (n && line[n - 1] == ' ')
                n--;
            for (size_t i = 0; i < n; i++)
                wide += (unsigned char)line[i] < 0x80 ? 1 : (unsigned char)line[i] >= 0xc0 ? 2 : 0;
            ensure(wide <= columns, "%u: %s", columns, line);
        }
        jsonl_writer_free(w);
    }
END_TEST

static const char *conclude(const struct summary_end *end)
{
    static const struct summary none;
    jsonl_writer_clear(w);
    status_summary(&none, end, w);
    const char *last = strstr(jsonl_writer_text(w).s, "memmon: command");
    ensure(last != NULL, "%s", jsonl_writer_text(w).s);
    return last;
}

START_TEST(the_end_tells_what_is_known_of_the_command)
    {
        setup();
        struct summary_end end = {
            .command = "x", .exit_code = 3, .left = true, .proc_peak_gb = 0.25, .cgroup_peak_gb = (double)NAN};
        ck_assert_str_eq(conclude(&end),
                         "memmon: command exited with 3, its processes took up to 250 MB; some of them still run\n");
        end.proc_peak_gb = (double)NAN; /* over before the first sample */
        ck_assert_str_eq(conclude(&end), "memmon: command exited with 3; some of its processes still run\n");
        end.left = false;
        ck_assert_str_eq(conclude(&end), "memmon: command exited with 3\n");
        end.signal = 9;
        ck_assert_str_eq(conclude(&end), "memmon: command ended by signal 9\n");
        jsonl_writer_free(w);
    }
END_TEST

static const char *recorded(const struct summary *s)
{
    const struct summary_end end = {.duration_s = 1, .interval_ms = 10, .proc_peak_gb = (double)NAN};
    jsonl_writer_clear(w);
    status_summary(s, &end, w);
    return jsonl_writer_text(w).s;
}

START_TEST(the_end_tells_how_late_samples_were_and_how_much_was_free)
    {
        static struct summary s;
        setup();
        for (int i = 1; i <= 99; i++)
            summary_add(&s, &sample, (double)NAN, 0);
        ck_assert_ptr_nonnull(
            strstr(recorded(&s), "memmon: 1.0 s: 99 samples, one every 10 ms, none more than 0.00 ms"));
        ck_assert_ptr_nonnull(strstr(recorded(&s), "memmon: RAM free 16.00 GB, swap up to 120 MB, pressure warn,"));
        sample.metric[JSONL_METRIC_ram_free_gb] = 16.004;
        summary_add(&s, &sample, (double)NAN, 0);
        ck_assert_ptr_nonnull(strstr(recorded(&s), "100 samples, one every 10 ms, 99 % of them no more than 0.00 ms"));
        ck_assert_ptr_nonnull(strstr(recorded(&s), "RAM free 16.00 GB, swap"));
        sample.metric[JSONL_METRIC_ram_free_gb] = 16.006;
        summary_add(&s, &sample, (double)NAN, 0);
        ck_assert_ptr_nonnull(strstr(recorded(&s), "RAM free 16.00 to 16.01 GB, swap"));
        jsonl_writer_free(w);
    }
END_TEST

START_TEST(sizes_have_a_figure_before_the_point)
    {
        setup();
        struct summary_end end = {.command = "x", .proc_peak_gb = 0.9994, .cgroup_peak_gb = (double)NAN};
        ck_assert_ptr_nonnull(strstr(conclude(&end), "up to 999 MB\n"));
        end.proc_peak_gb = 0.9996;
        ck_assert_ptr_nonnull(strstr(conclude(&end), "up to 1.00 GB\n"));
        sample.metric[JSONL_METRIC_proc_rss_gb] = 0.9996;
        ck_assert_ptr_nonnull(strstr(draw("", 200, false), "command 1.00 GB"));
        jsonl_writer_free(w);
    }
END_TEST

UNIT_MAIN("live", it_shows_what_is_known_in_this_order, colours_are_of_the_bands,
          it_never_takes_more_columns_than_there_are, the_end_tells_what_is_known_of_the_command,
          the_end_tells_how_late_samples_were_and_how_much_was_free, sizes_have_a_figure_before_the_point)
