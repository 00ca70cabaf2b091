/* SPDX-License-Identifier: Apache-2.0
 *
 * run - times programs against one another and prints a Markdown table
 *
 *     run [-o] [-r ROUNDS] TITLE <PLAN
 *
 * The plan has a contestant on each line, its fields apart by tabs:
 *
 *     ours|peer  cpu|wall|less  NAME  BYTES  INPUT  WANT  PROGRAM  [ARGUMENT]...
 *
 * Each round runs all of them once, so that what else the machine does hits all alike; one that takes longer than
 * SLOW_S runs in the first two only.  A contestant's standard input is the file INPUT; BYTES is how much of the work a
 * run does (where that is less than the first one's, its times are scaled up and marked ~).  Its standard output must
 * say WANT, and with `-` is thrown away.  It must exit with 0.
 *
 * Of each figure the least of all rounds is kept.  What counts is user and system time together (cpu), the clock on the
 * wall (wall, for those of ours that share work among threads), or which of the two is less (less, for peers that have
 * threads of their own); a wall that counts is marked *.  The last column compares with the first contestant; -o leaves
 * it out.  One of ours that fails ends all, with status 1; a peer that fails is told, and has no figures. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SLOW_S 2.0 /* seconds on the wall */

enum { ROUNDS = 5, ARGS_MAX = 32, CONTESTANTS_MAX = 64, LINE_SIZE = 4096, RSS_UNIT = 1024 /* bytes; macOS: 1 */ };

struct contestant {
    char line[LINE_SIZE]; /* of the plan, cut into the strings below */
    bool ours, failed;
    enum basis { CPU, WALL, LESS } basis;
    const char *name, *input, *want;
    double bytes;
    char *argv[ARGS_MAX + 1];
    double cpu, wall; /* seconds, the least; 0: not run */
    double rss;       /* bytes, the most */
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
    char *who, *basis, *bytes;
    rest[strcspn(rest, "\n")] = '\0';
    who = field(&rest);
    basis = field(&rest);
    c->name = field(&rest);
    bytes = field(&rest);
    c->input = field(&rest);
    c->want = field(&rest);
    size_t n = 0;
    while (n < ARGS_MAX && (c->argv[n] = field(&rest)))
        n++;
    if (n == 0 || rest)
        die("a line of the plan has too few fields, or too many");
    c->ours = strcmp(who, "ours") == 0;
    c->basis = strcmp(basis, "wall") == 0 ? WALL : strcmp(basis, "less") == 0 ? LESS : CPU;
    c->bytes = strtod(bytes, NULL);
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

static void run_once(struct contestant *c)
{
    bool captured = strcmp(c->want, "-") != 0;
    FILE *out = captured ? scratch() : fopen("/dev/null", "w"), *err = scratch();
    if (!out)
        die("cannot open /dev/null");
    double start = now();
    pid_t pid = fork();
    if (pid < 0)
        die("cannot fork");
    if (pid == 0)
        child(c, fileno(out), fileno(err));
    struct rusage usage;
    int status;
    while (wait4(pid, &status, 0, &usage) < 0)
        if (errno != EINTR)
            die("cannot wait");
    double wall = now() - start, cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    char said[LINE_SIZE] = "", why[LINE_SIZE];
    if (status != 0 || (captured && strcmp(first_line(out, said), c->want) != 0)) {
        fprintf(stderr, "run: %s failed: status %d, said \"%s\" and \"%s\"\n", c->name,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), said, first_line(err, why));
        c->failed = true;
    }
    fclose(out);
    fclose(err);
    if (c->failed && c->ours)
        exit(1);
    if (c->cpu == 0 || cpu < c->cpu)
        c->cpu = cpu;
    if (c->wall == 0 || wall < c->wall)
        c->wall = wall;
    if ((double)usage.ru_maxrss * RSS_UNIT > c->rss)
        c->rss = (double)usage.ru_maxrss * RSS_UNIT;
}

/* ---- Table ------------------------------------------------------------------------------------------- */
static bool by_wall(const struct contestant *c)
{
    return c->basis == WALL || (c->basis == LESS && c->wall < c->cpu);
}

/* What so many bytes take by the figure that counts. */
static double time_of(const struct contestant *c, double bytes)
{
    return (by_wall(c) ? c->wall : c->cpu) * (bytes / c->bytes);
}

static void print_time(double s, bool part, bool mark)
{
    char text[32];
    snprintf(text, sizeof text, "%s%.3f%s", part ? "~" : "", s, mark ? "*" : "");
    printf(" %9s |", text);
}

/* first: whom to compare with, NULL for nobody. */
static void print_row(const struct contestant *c, const struct contestant *first)
{
    if (c->failed) {
        printf("| %-48s |    failed |           |         |         |%s\n", c->name, first ? "        |" : "");
        return;
    }
    double bytes = first ? first->bytes : c->bytes;
    bool part = c->bytes < bytes;
    double scale = bytes / c->bytes, s = time_of(c, bytes);
    printf("| %-48s |", c->name);
    print_time(c->cpu * scale, part, false);
    print_time(c->wall * scale, part, by_wall(c));
    printf(" %7.0f | %7.1f |", bytes / s / 1e6, c->rss / 1e6);
    if (first)
        printf(" %6.2f |", s / time_of(first, bytes));
    putchar('\n');
}

static void print_table(const char *title, const struct contestant *all, size_t n, bool compared)
{
    printf("| %-48s | CPU s     | wall s    | MB/s    | peak MB |%s\n", title, compared ? " x ours |" : "");
    printf("|--------------------------------------------------|----------:|----------:|--------:|--------:|%s\n",
           compared ? "-------:|" : "");
    for (size_t i = 0; i < n; i++)
        print_row(&all[i], compared ? all : NULL);
}

static void usage(void)
{
    die("usage: run [-o] [-r rounds] title <plan");
}

int main(int argc, char **argv)
{
    static struct contestant all[CONTESTANTS_MAX];
    size_t n = 0;
    long rounds = ROUNDS;
    bool compared = true;
    int option;
    while ((option = getopt(argc, argv, "or:")) != -1) {
        if (option == 'o')
            compared = false;
        else if (option != 'r' || (rounds = strtol(optarg, NULL, 10)) < 1)
            usage();
    }
    if (optind + 1 != argc)
        usage();
    while (n < CONTESTANTS_MAX && plan_next(&all[n]))
        n++;
    if (n == 0 || n == CONTESTANTS_MAX)
        die("the plan has no contestants, or too many");
    for (long round = 0; round < rounds; round++)
        for (size_t i = 0; i < n; i++)
            if (!all[i].failed && (round < 2 || all[i].wall < SLOW_S))
                run_once(&all[i]);
    print_table(argv[optind], all, n, compared);
    return fflush(stdout) ? 2 : 0;
}
