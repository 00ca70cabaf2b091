/* SPDX-License-Identifier: Apache-2.0
 * run - times programs against one another and prints a line of JSON for each
 *
 *     run [-r ROUNDS] GROUP <PLAN
 *
 * The plan has a contestant on each line, its fields apart by tabs:
 *
 *     ours|peer|floor  cpu|wall|less  NAME  BYTES  INPUT  WANT  PROGRAM  [ARGUMENT]...
 *
 * Each round runs all of them once, in another order each time, so that what else the machine does hits all alike; one
 * that takes longer than SLOW_S runs in the first two only.  A contestant's standard input is the file INPUT; BYTES is
 * how much of the work a run does.  Its standard output is a file, and must say WANT unless that is `-`.  It must exit
 * with 0.  One of ours that fails ends all, with status 1; another is told.
 *
 *     {"group": GROUP, "who": "ours", "name": NAME, "basis": "cpu", "bytes": BYTES, "runs": 5, "cpu_s": 0.05,
 *      "wall_s": 0.05, "peak_mb": 2.1, "out_bytes": 7}            and, of one that failed, "failed": true in place of
 * figures
 *
 * Of times the least of all rounds is told: user and system time together (cpu_s), and the clock on the wall (wall_s).
 * Of memory it is the most.  `basis` says which time counts: `less` for peers that may have threads of their own. */
#include "jsonl.h"
#include "random.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SLOW_S 2.0 /* seconds on the wall */

#ifdef __APPLE__
#define RSS_UNIT 1 /* bytes, of ru_maxrss */
#else
#define RSS_UNIT 1024
#endif

enum { ROUNDS = 5, ARGS_MAX = 32, CONTESTANTS_MAX = 64, LINE_SIZE = 4096 };

struct contestant {
    char line[LINE_SIZE]; /* of the plan, cut into the strings below */
    const char *who, *basis, *name, *input, *want;
    char *argv[ARGS_MAX + 1];
    int64_t bytes;
    bool failed;
    int runs;
    double cpu, wall; /* seconds, the least */
    double rss;       /* bytes, the most */
    int64_t out;      /* bytes that it wrote, the last time */
};

static void die(const char *what)
{
    fprintf(stderr, "run: %s\n", what);
    exit(2);
}

/* ---- Plan -------------------------------------------------------------------------------------------- */
static char *field(char **rest)
{
    char *start = *rest;
    if (!start)
        return NULL;
    char *tab = strchr(start, '\t');
    if (tab)
        *tab++ = '\0';
    *rest = tab;
    return start;
}

static bool plan_next(struct contestant *c)
{
    if (!fgets(c->line, sizeof c->line, stdin))
        return false;
    char *rest = c->line;
    rest[strcspn(rest, "\n")] = '\0';
    c->who = field(&rest);
    c->basis = field(&rest);
    c->name = field(&rest);
    const char *bytes = field(&rest);
    c->input = field(&rest);
    c->want = field(&rest);
    size_t n = 0;
    while (n < ARGS_MAX && (c->argv[n] = field(&rest)))
        n++;
    if (n == 0 || rest)
        die("a line of the plan has too few fields, or too many");
    c->bytes = strtoll(bytes, NULL, 10);
    return true;
}

/* ---- Runs -------------------------------------------------------------------------------------------- */
static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void child(const struct contestant *c, int out, int err)
{
    int in = open(c->input, O_RDONLY);
    if (in < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
        _exit(126);
    execvp(c->argv[0], c->argv);
    fprintf(stderr, "%s: %s\n", c->argv[0], strerror(errno));
    _exit(127);
}

static FILE *scratch(void)
{
    FILE *f = tmpfile();
    if (!f)
        die("no room for a temporary file");
    return f;
}

/* The first line that was written, without its end. */
static const char *first_line(FILE *f, char buf[LINE_SIZE])
{
    rewind(f);
    if (!fgets(buf, LINE_SIZE, f))
        buf[0] = '\0';
    buf[strcspn(buf, "\n")] = '\0';
    return buf;
}

static void least(double *best, double value, int runs)
{
    if (runs == 0 || value < *best)
        *best = value;
}

static void run_once(struct contestant *c)
{
    FILE *out = scratch(), *err = scratch();
    struct rusage usage;
    struct stat st;
    int status;
    double start = now();
    pid_t pid = fork();
    if (pid < 0)
        die("cannot fork");
    if (pid == 0)
        child(c, fileno(out), fileno(err));
    while (wait4(pid, &status, 0, &usage) < 0)
        if (errno != EINTR)
            die("cannot wait");
    double wall = now() - start;
    char said[LINE_SIZE], why[LINE_SIZE];
    if (status != 0 || (strcmp(c->want, "-") != 0 && strcmp(first_line(out, said), c->want) != 0)) {
        fprintf(stderr, "run: %s failed: status %d, said \"%s\" and \"%s\"\n", c->name,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), first_line(out, said),
                first_line(err, why));
        c->failed = true;
        if (strcmp(c->who, "ours") == 0)
            exit(1);
    }
    c->out = fstat(fileno(out), &st) == 0 ? (int64_t)st.st_size : 0;
    fclose(out);
    fclose(err);
    least(&c->cpu, seconds(usage.ru_utime) + seconds(usage.ru_stime), c->runs);
    least(&c->wall, wall, c->runs);
    c->rss = fmax(c->rss, (double)usage.ru_maxrss * RSS_UNIT);
    c->runs++;
}

static void shuffle(struct contestant **order, size_t n, struct random *random)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = random_below(random, i);
        struct contestant *other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

/* ---- Results ----------------------------------------------------------------------------------------- */
static void print_result(const struct contestant *c, const char *group, struct jsonl_writer *w)
{
    jsonl_begin_object(w);
    jsonl_key(w, "group");
    jsonl_cstring(w, group);
    jsonl_key(w, "who");
    jsonl_cstring(w, c->who);
    jsonl_key(w, "name");
    jsonl_cstring(w, c->name);
    if (c->failed) {
        jsonl_key(w, "failed");
        jsonl_bool(w, true);
    } else {
        jsonl_key(w, "basis");
        jsonl_cstring(w, c->basis);
        jsonl_key(w, "bytes");
        jsonl_int(w, c->bytes);
        jsonl_key(w, "runs");
        jsonl_int(w, c->runs);
        jsonl_key(w, "cpu_s");
        jsonl_real(w, c->cpu, 6);
        jsonl_key(w, "wall_s");
        jsonl_real(w, c->wall, 6);
        jsonl_key(w, "peak_mb");
        jsonl_real(w, c->rss / 1e6, 1);
        jsonl_key(w, "out_bytes");
        jsonl_int(w, c->out);
    }
    jsonl_end_object(w);
    jsonl_end_line(w);
}

int main(int argc, char **argv)
{
    static struct contestant all[CONTESTANTS_MAX];
    struct contestant *order[CONTESTANTS_MAX];
    struct random random = {3};
    size_t n = 0;
    long rounds = ROUNDS;
    int option;
    while ((option = getopt(argc, argv, "r:")) != -1)
        if (option != 'r' || (rounds = strtol(optarg, NULL, 10)) < 1)
            die("usage: run [-r rounds] group <plan");
    if (optind + 1 != argc)
        die("usage: run [-r rounds] group <plan");
    for (; n < CONTESTANTS_MAX && plan_next(&all[n]); n++)
        order[n] = &all[n];
    if (n == 0 || n == CONTESTANTS_MAX)
        die("the plan has no contestants, or too many");
    for (long round = 0; round < rounds; round++) {
        shuffle(order, n, &random);
        for (size_t i = 0; i < n; i++)
            if (!order[i]->failed && (round < 2 || order[i]->wall < SLOW_S))
                run_once(order[i]);
    }
    struct jsonl_writer *w = jsonl_writer_new(STDOUT_FILENO);
    if (!w)
        die("out of memory");
    for (size_t i = 0; i < n; i++)
        print_result(&all[i], argv[optind], w);
    int error = jsonl_writer_flush(w);
    if (error)
        die(strerror(error));
    jsonl_writer_free(w);
    return 0;
}
