/* SPDX-License-Identifier: Apache-2.0
 * libjsonl - JSON Lines for benchmark tools: lines in, typed records out, checked text written.
 *
 *     file, pipe --jsonl_reader--> line --jsonl_parse--> values --jsonl_kind--> record --> your fold
 *
 * Conventions
 * - Text is (pointer, length) and need not end in NUL, unless a comment says "string".
 * - Nothing here prints, exits or aborts, but for the jsonl_warn family and jsonl_input_next, _fold and _close,
 *   which report on stderr.  Out of memory is an error like any other.
 * - Objects made by jsonl_X_new/open/load are freed by jsonl_X_free/close, which accept NULL.  No
 *   object may be used by two threads at once; different objects may.
 * - Times are seconds since 1970-01-01T00:00:00Z as a double, or whole microseconds as int64_t.  1 GB
 *   is 10^9 bytes, 1 MB 10^6.  A number that a record lacks is NAN, a text that it lacks has s == NULL.
 */
#ifndef JSONL_H
#define JSONL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define JSONL_API          __attribute__((visibility("default")))
#define JSONL_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define JSONL_API
#define JSONL_PRINTF(f, a)
#endif

#define JSONL_VERSION "0.1.0"

enum { JSONL_DEPTH_MAX = 512 };                /* arrays and objects inside one another */
#define JSONL_LINE_MAX     ((size_t)64 << 20)  /* default longest line, bytes */
#define JSONL_DOCUMENT_MAX ((size_t)256 << 20) /* longest schema or configuration file, bytes */

/* Exit statuses that all four tools share. */
enum jsonl_exit {
    JSONL_EXIT_OK = 0,
    JSONL_EXIT_FOUND = 1, /* the input was read, and something in it is wrong */
    JSONL_EXIT_USAGE = 2, /* options, schema or configuration */
    JSONL_EXIT_IO = 3,    /* a read or a write failed */
};

/* Text inside a line, an arena or a literal; s == NULL: absent. */
struct jsonl_text {
    const char *s;
    size_t n; /* bytes */
};

/* What went wrong, in one sentence without a final stop, and where. */
struct jsonl_error {
    char message[232]; /* string */
    size_t line;       /* from 1; 0: not known, or the caller knows */
    size_t column;     /* in characters, from 1; 0: not known */
    size_t byte;       /* in bytes, from 1; 0: not known */
};

/* Sets the message, with printf's format, and clears the place.  err may be NULL. */
JSONL_API void jsonl_error_set(struct jsonl_error *err, const char *format, ...) JSONL_PRINTF(2, 3);

/* ---------------------------------------------------------------------------------------- Values
 *
 * A parsed line is a flat array of values in document order: an object is followed by key, value,
 * key, value, …, an array by its elements.  `span` counts the values of a subtree, itself included, so
 * `v + v->span` is the next sibling.  Strings without escapes point into the line, others into the
 * parser's arena; numbers keep their text at `line + at`.
 *
 * Of members of the same name only the last is kept (JSONL_DUPLICATE is then set on the object). */

enum jsonl_type {
    JSONL_NULL,
    JSONL_FALSE,
    JSONL_TRUE,
    JSONL_NUMBER,
    JSONL_STRING,
    JSONL_ARRAY,
    JSONL_OBJECT,
};

enum jsonl_flag {
    JSONL_ESCAPED = 1,   /* string: its text in the line has a backslash; `u.str` is decoded */
    JSONL_INTEGER = 2,   /* number: written without fraction and exponent */
    JSONL_DUPLICATE = 4, /* object: a member came more than once */
};

struct jsonl_value {
    uint8_t type;  /* enum jsonl_type */
    uint8_t flags; /* enum jsonl_flag, or-ed */
    uint16_t name; /* of a key: its number among the parser's names, see below */
    uint32_t span; /* values in this subtree, this one included */
    uint32_t at;   /* where it starts in the line, bytes from 0; for a string its opening quote */
    uint32_t len;  /* string: decoded bytes; number: bytes of text; array: elements; object: members */
    union {
        double num;      /* number: the nearest double, +-HUGE_VAL beyond the range */
        const char *str; /* string: decoded UTF-8, may hold NUL, is not ended by one */
    } u;
};

struct jsonl_parser;

/* A parser with an arena of its own, which grows to the largest line and is used again for each.
 * NULL: out of memory. */
JSONL_API struct jsonl_parser *jsonl_parser_new(void);
JSONL_API void jsonl_parser_free(struct jsonl_parser *p);

/* Parses one JSON text of n < 2^32 bytes, exactly as RFC 8259 has it, in UTF-8 without surrogates or
 * overlong forms, nested at most JSONL_DEPTH_MAX deep.  White space around it may hold line ends, so a
 * whole document can be parsed too.  Returns its root, valid until the next call, with `at` counting in
 * `text`; NULL with *err set (byte and column, and line within the text) if it is refused.  Without a place it is not
 * the text's fault: out of memory. */
JSONL_API const struct jsonl_value *jsonl_parse(struct jsonl_parser *p, const char *text, size_t n,
                                                struct jsonl_error *err);

/* The same for a line as jsonl_reader_line or jsonl_block_line gave it, which is not copied: the values
 * point into it, and live no longer than it. */
struct jsonl_line;
JSONL_API const struct jsonl_value *jsonl_parse_line(struct jsonl_parser *p, const struct jsonl_line *line,
                                                     struct jsonl_error *err);

/* The value of member `name` (string) of object v; NULL if v is not an object or has no such member,
 * also when v is NULL, so that calls nest. */
JSONL_API const struct jsonl_value *jsonl_get(const struct jsonl_value *v, const char *name);

/* The same for a name that is a text; NULL too if that is absent. */
JSONL_API const struct jsonl_value *jsonl_member(const struct jsonl_value *v, struct jsonl_text name);

/* Text of a string value, number of a number value; absent (s == NULL, NAN) for any other and for NULL. */
JSONL_API struct jsonl_text jsonl_text(const struct jsonl_value *v);
JSONL_API double jsonl_number(const struct jsonl_value *v);

JSONL_API bool jsonl_text_is(struct jsonl_text t, const char *string);
JSONL_API int jsonl_text_compare(struct jsonl_text a, struct jsonl_text b);        /* as strcmp, by bytes */
JSONL_API int jsonl_text_compare_nocase(struct jsonl_text a, struct jsonl_text b); /* ASCII case ignored */

/* ----------------------------------------------------------------------------------------- Names
 *
 * Which member is this?  Whoever asks that of every key of every line tells the parser the names that matter,
 * and finds the answer in the value, as a number.  The parser for its part expects after each name the one
 * that followed it last, so a line like the one before costs one comparison a key, and no search.
 *
 * Paths go one step further: `model.id` and its like are all found in one walk over the line. */

enum {
    JSONL_NAMES_MAX = 60000,
    JSONL_NAME_OTHER = 0xffff, /* of a key: none of the names */
};

/* A table of n <= JSONL_NAMES_MAX names, which are copied and numbered from 1 in their order, the same text once.  It
 * never changes, so any number of parsers and threads may share it.  NULL: too many, or out of memory. */
struct jsonl_names;
JSONL_API struct jsonl_names *jsonl_names_new(const struct jsonl_text *names, size_t n);
JSONL_API void jsonl_names_free(struct jsonl_names *t);

/* The number of a name, from 1; JSONL_NAME_OTHER: it is not in the table. */
JSONL_API uint16_t jsonl_names_number(const struct jsonl_names *t, struct jsonl_text name);

/* From now on keys get their `name` from this table, which must outlive the parser.  At first a parser has the names of
 * the record kinds below.  NULL: no table, every key is JSONL_NAME_OTHER.  false: out of memory, nothing is changed. */
JSONL_API bool jsonl_parser_use(struct jsonl_parser *p, const struct jsonl_names *names);

/* True if the keys under this root have their numbers from this table; else they say nothing about it. */
JSONL_API bool jsonl_names_known(const struct jsonl_names *t, const struct jsonl_value *root);

/* n paths (strings that differ), each the names of members from the root down, with a point between them.  names NULL:
 * a table of all their parts is made, for jsonl_parser_use; else that table, which must outlive the paths, has to hold
 * all of them.  NULL: it does not, or out of memory. */
struct jsonl_paths;
JSONL_API struct jsonl_paths *jsonl_paths_new(const char *const *paths, size_t n, const struct jsonl_names *names);
JSONL_API void jsonl_paths_free(struct jsonl_paths *p);
JSONL_API const struct jsonl_names *jsonl_paths_names(const struct jsonl_paths *p);

/* Sets values[i] to what stands at path i, or NULL, for all n of them.  Works for any root, fast for those that
 * jsonl_names_known says yes to. */
JSONL_API void jsonl_paths_find(const struct jsonl_paths *p, const struct jsonl_value *root,
                                const struct jsonl_value **values);

/* ---------------------------------------------------------------------------------------- Memory
 *
 * An arena hands out zeroed memory, aligned for anything, that stays where it is until all of it is freed at once.
 * One of zeros is empty, and ready. */

struct jsonl_arena {
    struct jsonl_chunk *chunks; /* the newest first */
    size_t left;                /* bytes free in the newest */
};

/* n things of `size` bytes; NULL: out of memory, also if the product overflows.  n == 0 gives a valid pointer. */
JSONL_API void *jsonl_arena_alloc(struct jsonl_arena *a, size_t n, size_t size);

/* A copy of n bytes with a NUL behind it; NULL: out of memory. */
JSONL_API char *jsonl_arena_copy(struct jsonl_arena *a, const char *s, size_t n);

/* Gives everything back; the arena can be used again. */
JSONL_API void jsonl_arena_free(struct jsonl_arena *a);

/* Texts, each kept once: equal texts have equal numbers, so that a run of a million tests holds each name once and
 * compares names as integers.  Number 0 is the absent text. */
struct jsonl_intern {
    struct jsonl_arena arena;
    struct jsonl_text *texts; /* by number, each with a NUL behind it */
    uint64_t *hashes;         /* by number */
    uint32_t *slots;          /* numbers by hash, 0: free; slots_len is a power of two */
    size_t len, room, slots_len;
};

JSONL_API bool jsonl_intern_init(struct jsonl_intern *in); /* false: out of memory */
JSONL_API void jsonl_intern_free(struct jsonl_intern *in);

/* The number of a text, which is copied if it is new.  false: out of memory, or 2^32 texts. */
JSONL_API bool jsonl_intern_add(struct jsonl_intern *in, struct jsonl_text text, uint32_t *number);

/* ---------------------------------------------------------------------------------------- Reading
 *
 * Files and pipes are read in blocks of whole lines.  A pipe's lines come as soon as they are there. */

struct jsonl_line {
    const char *text; /* without the line end (LF or CRLF) and without a byte order mark before it */
    size_t len;       /* bytes of text */
    const char *raw;  /* as read: with line end and byte order mark */
    size_t raw_len;
    size_t number; /* from 1 */
    bool unended;  /* the last line of the input, without a line end: perhaps cut off */
    bool too_long; /* longer than the limit: text and raw are empty, the line was passed over */
};

struct jsonl_reader;

/* Opens a file, or standard input for "-" and NULL.  line_max 0: JSONL_LINE_MAX.  NULL with *err set. */
JSONL_API struct jsonl_reader *jsonl_reader_open(const char *path, size_t line_max, struct jsonl_error *err);
JSONL_API void jsonl_reader_close(struct jsonl_reader *r);

/* From now on input ends where the reader would have to wait for it once another descriptor is readable (a pipe, say,
 * by which another thread can stop it); -1: it waits, as at first. */
JSONL_API void jsonl_reader_until(struct jsonl_reader *r, int fd);

/* The name for messages: the path, or "(standard input)". */
JSONL_API const char *jsonl_reader_name(const struct jsonl_reader *r);

/* The next line, blank ones too, valid until the next call.  1: a line, 0: the end, -1: *err is set
 * and the reader stays at its end. */
JSONL_API int jsonl_reader_line(struct jsonl_reader *r, struct jsonl_line *line, struct jsonl_error *err);

/* The next block of whole lines, for those who share the work among threads: 1, 0, -1 as above.  The
 * block belongs to the caller, who frees it, from any thread.  Do not mix with jsonl_reader_line. */
struct jsonl_block {
    const char *data; /* whole lines, with line ends; a too long line stands as an empty one */
    size_t len;       /* bytes */
    size_t order;     /* of this block in the input, from 0 */
    size_t line;      /* number of its first line, from 1 */
    bool last;        /* nothing follows, and that was known already; else the next call says it */
    size_t *too_long; /* numbers of the lines that were too long, ascending */
    size_t too_long_len;
};
JSONL_API int jsonl_reader_block(struct jsonl_reader *r, struct jsonl_block **block, struct jsonl_error *err);
JSONL_API void jsonl_block_free(struct jsonl_block *b);

/* Goes through the lines of a block.  `*cursor` starts at 0, *line stays as the call before left it.  false: no
 * more. */
JSONL_API bool jsonl_block_line(const struct jsonl_block *b, size_t *cursor, struct jsonl_line *line);

/* True for a line of nothing but white space: readers pass over it. */
JSONL_API bool jsonl_line_blank(const struct jsonl_line *line);

/* Whether a line that was refused with this error is likely to be the beginning of a good one, whose producer was
 * stopped: it has no line end, and nothing is wrong before that end. */
JSONL_API bool jsonl_line_cut(const struct jsonl_line *line, const struct jsonl_error *err);

/* ---------------------------------------------------------------------------------------- Messages
 *
 * On stderr, one line each: "tool: file:line:column: what happened".  Control characters in it are
 * shown as \n, \x1b and so on, so that no input can drive the terminal. */

/* Names the program (a string that lives on) for messages, and has SIGPIPE and SIGXFSZ ignored, so that a
 * closed pipe and a file that may not grow are failed writes like any other.  A standard descriptor that is closed is
 * kept from becoming some other file.  Call it first in main. */
JSONL_API void jsonl_tool(const char *name);
JSONL_API void jsonl_warn(const char *format, ...) JSONL_PRINTF(1, 2);
JSONL_API void jsonl_warn_at(const char *file, size_t line, size_t column, const char *format, ...)
    JSONL_PRINTF(4, 5); /* line or column 0: left out */

/* What a person sees: of the terminal behind a descriptor.  Live: one that knows how to take a line away (TERM is set,
 * and not "dumb").  Colours: a live one whose owner has not asked for text without them (NO_COLOR, if not empty). */
JSONL_API bool jsonl_terminal_live(int fd);
JSONL_API bool jsonl_terminal_colours(int fd);

/* Characters in a row; 0: not known, or no terminal. */
JSONL_API unsigned jsonl_terminal_columns(int fd);

/* Whether this process may write there now; one that was sent to the background should leave it alone. */
JSONL_API bool jsonl_terminal_ours(int fd);

/* ---------------------------------------------------------------------------------------- Records */

enum jsonl_kind {
    JSONL_KIND_SUMMARY,
    JSONL_KIND_TEST,
    JSONL_KIND_SAMPLE,
    JSONL_KIND_EVENT,
    JSONL_KIND_LOG,
    JSONL_KIND_OTHER,
    JSONL_KINDS, /* how many */
};

/* The kind follows from the members, as jsonl(5) has it; anything but an object is OTHER. */
JSONL_API enum jsonl_kind jsonl_kind(const struct jsonl_value *root);
JSONL_API const char *jsonl_kind_name(enum jsonl_kind kind);

/* The members that tell it, and the kind by their values (NULL: it is not there), for those who find them with names of
 * their own: jsonl_paths_new(jsonl_marks, JSONL_MARKS, …). */
enum jsonl_mark {
    JSONL_MARK_SUMMARY,
    JSONL_MARK_OUTCOME,
    JSONL_MARK_SCHEMA_VERSION,
    JSONL_MARK_TEST,
    JSONL_MARK_TS,
    JSONL_MARK_ELAPSED_S,
    JSONL_MARK_EVENT,
    JSONL_MARK_LEVEL,
    JSONL_MARK_MSG,
    JSONL_MARKS, /* how many */
};
JSONL_API extern const char *const jsonl_marks[JSONL_MARKS];
JSONL_API enum jsonl_kind jsonl_kind_by_marks(const struct jsonl_value *const values[JSONL_MARKS]);

/* Each metric of a sample: X(member name, decimals that are written, unit).  One list, from which
 * memmon writes, the renderers read, and the manual is checked. */
#define JSONL_SAMPLE_METRICS(X)    \
    X(ram_free_gb, 2, "GB")        \
    X(ram_used_gb, 2, "GB")        \
    X(ram_total_gb, 2, "GB")       \
    X(ram_percent, 1, "%")         \
    X(swap_used_mb, 1, "MB")       \
    X(swap_percent, 1, "%")        \
    X(memory_pressure, 0, "level") \
    X(vm_pressure, 0, "pages")     \
    X(psi_some, 2, "%")            \
    X(psi_full, 2, "%")            \
    X(load_1, 2, "")               \
    X(load_5, 2, "")               \
    X(load_15, 2, "")              \
    X(cpu_user, 1, "%")            \
    X(cpu_sys, 1, "%")             \
    X(cpu_idle, 1, "%")            \
    X(gpu_device_util, 1, "%")     \
    X(gpu_renderer_util, 1, "%")   \
    X(gpu_tiler_util, 1, "%")      \
    X(gpu_mem_used_gb, 2, "GB")    \
    X(gpu_mem_total_gb, 2, "GB")   \
    X(gpu_power_w, 1, "W")         \
    X(gpu_temp_c, 1, "C")          \
    X(gpu_age_ms, 0, "ms")         \
    X(proc_count, 0, "")           \
    X(proc_rss_gb, 3, "GB")        \
    X(proc_cpu, 1, "%")            \
    X(proc_age_ms, 0, "ms")        \
    X(cgroup_used_gb, 3, "GB")     \
    X(cgroup_limit_gb, 3, "GB")    \
    X(zombies, 0, "")

enum jsonl_metric {
#define JSONL_METRIC_ENUM(name, decimals, unit) JSONL_METRIC_##name,
    JSONL_SAMPLE_METRICS(JSONL_METRIC_ENUM)
#undef JSONL_METRIC_ENUM
        JSONL_METRICS, /* how many */
};

struct jsonl_metric_info {
    const char *name; /* string: the member */
    const char *unit; /* string */
    int decimals;     /* written */
};
JSONL_API extern const struct jsonl_metric_info jsonl_metrics[JSONL_METRICS];

/* What a record can say, for all readers alike; the rest counts as absent: a negative amount or one of 10^12 and more
 * (no test takes 30 000 years), and of a metric in per cent more than 100, but for proc_cpu, which is of one core; a
 * memory_pressure that is no level.  A temperature may be negative.  NAN: absent. */
JSONL_API double jsonl_amount(double value);
JSONL_API double jsonl_metric_amount(enum jsonl_metric metric, double value);

/* Epoch seconds within the years 1970 to 9999; false for NAN. */
JSONL_API bool jsonl_time_usable(double ts);

/* Members are those of the record; amounts and metrics that cannot be are NAN, and so are times beyond their range. */
struct jsonl_sample {
    double ts;                         /* epoch seconds */
    double elapsed_s;                  /* seconds since the recording's start */
    double metric[JSONL_METRICS];      /* by enum jsonl_metric */
    int gpu_active;                    /* 0, 1; -1: absent */
    const struct jsonl_value *gpus;    /* array, one object a device, or NULL */
    const struct jsonl_value *session; /* object, first sample of a recording only, or NULL */
    const struct jsonl_value *events;  /* array of event objects, or NULL */
};

enum jsonl_outcome { JSONL_PASSED, JSONL_FAILED, JSONL_SKIPPED, JSONL_OUTCOMES };
JSONL_API extern const char *const jsonl_outcome_names[JSONL_OUTCOMES];

enum jsonl_quality {
    JSONL_CLEAN = 1,
    JSONL_DEGRADED_SWAP = 2,
    JSONL_DEGRADED_ZOMBIES = 4,
    JSONL_DEGRADED_MEMORY = 8,
};

/* A test record.  Texts live as long as the line and the parser's next call. */
struct jsonl_test {
    struct jsonl_text id; /* pytest node id, with parameters */
    struct jsonl_text schema_version;
    struct jsonl_text suite_version; /* mlx_knife_version */
    enum jsonl_outcome outcome;
    double start, end;       /* epoch seconds: when it ran; NAN: not known */
    double duration;         /* seconds */
    struct jsonl_text model; /* model.id, without slashes at its end */
    struct jsonl_text family, variant, framework, quantization;
    double size_gb;
    struct jsonl_text modality;    /* metadata.inference_modality */
    struct jsonl_text skip_reason; /* metadata.skip_reason */
    double tokens_per_sec, prompt_tokens, completion_tokens;
    double inference_s;                /* performance.duration_s */
    double load_s, ttft_s, cleanup_s;  /* model_load_time_s, time_to_first_token_s, cleanup_time_s */
    double peak_ram_gb, stable_ram_gb; /* peak_ram_gb, else ram_peak_mb / 1000 */
    bool has_health;                   /* has system_health */
    double swap_mb;                    /* system_health: swap_used_mb, else swap_gb * 1000 */
    double ram_free_gb;
    double zombies;   /* zombie_processes, else zombies_detected */
    unsigned quality; /* enum jsonl_quality, or-ed, as the suite flagged it */
    struct jsonl_text platform, platform_version, python_version, hardware; /* system */
    double ram_total_gb;                                                    /* system */
    struct jsonl_text hw_model, chip; /* system.hardware_profile: model or model_identifier, chip */
    double cores_physical, cores_logical, gpu_cores;
};

struct jsonl_event {
    double ts;                             /* epoch seconds */
    struct jsonl_text name;                /* model_load_start, model_load, model_unload, mark, or any other */
    struct jsonl_text model, label, scope; /* or absent */
    double count;                          /* how many times, where it does not stand for one; NAN */
};

/* false with *err set if what makes the record useful is missing or of the wrong type: a sample's ts, a
 * test's id or a known outcome, an event's ts.  Other members of a wrong type count as absent, and so do numbers
 * beyond the doubles. */
JSONL_API bool jsonl_sample_read(const struct jsonl_value *root, struct jsonl_sample *out, struct jsonl_error *err);
JSONL_API bool jsonl_test_read(const struct jsonl_value *root, struct jsonl_test *out, struct jsonl_error *err);
JSONL_API bool jsonl_event_read(const struct jsonl_value *root, struct jsonl_event *out, struct jsonl_error *err);

/* Names for people.  Both return a part of their argument.
 * Test: "pkg/test_x.py::TestY::test_z[p-1]" -> "test_z".  Model: without the first of the configured prefixes that it
 * starts with, else without its organisation ("org/name" -> "name"); a path ("/…", "./…", "~/…", "$HOME/…") by its last
 * component. */
JSONL_API struct jsonl_text jsonl_test_name(struct jsonl_text id);

/* A model's id without slashes at its end: they make no other directory, and so no other model. */
JSONL_API struct jsonl_text jsonl_model_id(struct jsonl_text model);
struct jsonl_config;
JSONL_API struct jsonl_text jsonl_model_name(const struct jsonl_config *config, struct jsonl_text model);

/* ---------------------------------------------------------------------------------------- Input
 *
 * What a renderer reads: all records of some files, one after the other, with what is wrong said on
 * stderr (the first ten lines of it, then a count) and passed over. */

struct jsonl_record {
    const char *file;               /* name for messages */
    size_t line;                    /* from 1 */
    const char *text;               /* the line, without its end */
    size_t len;                     /* bytes */
    const struct jsonl_value *root; /* an object */
    enum jsonl_kind kind;
};

struct jsonl_input;

/* n files ("-": standard input); n == 0: standard input alone.  `files` must live on.  NULL: out of
 * memory. */
JSONL_API struct jsonl_input *jsonl_input_open(const char *const *files, size_t n);

/* The next record, valid until the next call.  false: no more.  A file that cannot be opened or read is
 * reported, and the next one follows. */
JSONL_API bool jsonl_input_next(struct jsonl_input *in, struct jsonl_record *record);

/* Reports the current line as bad, under the limit of ten: for folds that find more. */
JSONL_API void jsonl_input_reject(struct jsonl_input *in, const char *format, ...) JSONL_PRINTF(2, 3);

struct jsonl_input_stats {
    size_t records;   /* good ones, of any kind, less those rejected */
    size_t bad;       /* lines that were refused */
    size_t truncated; /* last lines without an end that were refused: a warning, not in `bad` */
    size_t failed;    /* files that could not be read to their end */
    size_t kinds[JSONL_KINDS];
};

/* Says how many bad lines were not shown, and frees. */
JSONL_API struct jsonl_input_stats jsonl_input_close(struct jsonl_input *in);

/* The same by several threads.  Each folds records into parts of its own, and parts are joined to the whole one at a
 * time and in the order of their records.  Where a part ends is chance, and nothing must come of it. */
struct jsonl_fold {
    void *(*begin)(void *context); /* an empty part for one thread; NULL: out of memory */

    /* Adds a record to a part; its `file` is what `files` has, the very pointer.  false with *err set: it is bad. */
    bool (*record)(void *part, const struct jsonl_record *record, struct jsonl_error *err);

    /* Adds all of a part to the whole, which is `context`, and empties it.  false: it failed, nothing follows. */
    bool (*join)(void *context, void *part);
    void (*end)(void *part); /* frees it */
};

/* Folds all records of the files, as for jsonl_input_open, by at most so many threads (0: one for each processor);
 * small inputs are one thread's.  The messages are those of jsonl_input_next; on a terminal a line on stderr tells how
 * far it has come, from a second on.  false: out of memory, or a join failed. */
JSONL_API bool jsonl_input_fold(const char *const *files, size_t n, size_t threads, const struct jsonl_fold *fold,
                                void *context, struct jsonl_input_stats *stats);

/* ---------------------------------------------------------------------------------------- Threads */

/* How many processors this process may use. */
JSONL_API size_t jsonl_processors(void);

/* Calls work(context, i) for each i < n by at most so many threads (0: one for each processor), the calling one among
 * them, and returns when all are done.  Where no thread can be started the calling one does it all. */
JSONL_API void jsonl_share(size_t threads, size_t n, void (*work)(void *context, size_t i), void *context);

/* ---------------------------------------------------------------------------------------- Time
 *
 * In the proleptic Gregorian calendar, without the C library's time zone and locale. */

/* RFC 3339, what Python's isoformat writes ("2026-11-23 01:49:22.167747+00:00", with any of its timespecs; without an
 * offset: UTC), offsets as +hhmm and +hh, and plain dates.  Digits beyond the microsecond are cut.  A second 60 must
 * be the last of a month in UTC, the only place of leap seconds, and counts as the second after it.  false: it is
 * none of these, or such a day does not exist. */
JSONL_API bool jsonl_time_parse(struct jsonl_text t, int64_t *us);

/* Seconds as the nearest microsecond, exact both ways from 1834 to 2105: what (double)us / 1e6 is comes back as us.
 * NAN gives 0, what int64_t cannot hold its nearest end. */
JSONL_API int64_t jsonl_time_us(double seconds);

/* A number of epoch seconds, or a string as above; NAN for anything else. */
JSONL_API double jsonl_time(const struct jsonl_value *v);

enum { JSONL_TIME_SIZE = 40 };

/* "2026-11-23T01:49:22.167747Z" with 0 to 6 decimals (rounded down), years 0000 to 9999 (others are held to
 * those); returns buf, a string. */
JSONL_API const char *jsonl_time_format(char buf[JSONL_TIME_SIZE], int64_t us, int decimals);

/* ---------------------------------------------------------------------------------------- Writing
 *
 * Buffered; the first error is kept and returned at the end, and nothing is written after it.
 *
 * A full buffer is handed over up to its last line end, so that each write(2) holds whole lines (of up to 1 MiB, in as
 * far as the descriptor takes all of it): whoever reads along, or appends to the same file (O_APPEND), sees no half
 * ones.  A flush hands over everything. */

struct jsonl_writer;

/* To a file descriptor, which stays the caller's; fd -1: to memory.  NULL: out of memory. */
JSONL_API struct jsonl_writer *jsonl_writer_new(int fd);
JSONL_API void jsonl_writer_free(struct jsonl_writer *w); /* without flushing */

/* Both return 0, or the errno of the first thing that failed. */
JSONL_API int jsonl_writer_flush(struct jsonl_writer *w);
JSONL_API int jsonl_writer_error(const struct jsonl_writer *w);

/* What a memory writer holds, with a NUL behind it, valid until the next write; and emptying it. */
JSONL_API struct jsonl_text jsonl_writer_text(struct jsonl_writer *w);
JSONL_API void jsonl_writer_clear(struct jsonl_writer *w);

JSONL_API void jsonl_write(struct jsonl_writer *w, const void *data, size_t n);
JSONL_API void jsonl_puts(struct jsonl_writer *w, const char *string);
JSONL_API void jsonl_printf(struct jsonl_writer *w, const char *format, ...) JSONL_PRINTF(2, 3);

/* Escaping, by where the text goes.  Bytes that are not UTF-8 become U+FFFD, and but in JSON and on the terminal so do
 * the characters that turn the direction of writing, which could make a line read as what it is not.  An absent text
 * writes nothing. */
enum jsonl_target {
    JSONL_TO_JSON,     /* between quotes, which are not written; also safe inside HTML: < > & U+2028 U+2029 */
    JSONL_TO_HTML,     /* element or quoted attribute, also SVG and XML; what XML cannot hold as U+FFFD */
    JSONL_TO_MARKDOWN, /* a table cell: | ` * _ ~ $ < > & [ ] \ escaped (_ not within a word), controls as spaces,
                          "@name" so that it calls nobody; addresses and #123 are left to become links */
    JSONL_TO_CSV,      /* a whole field, quoted if it must be (RFC 4180); what a spreadsheet takes for a formula, by
                          = + - @ or a tab or line end at its start, disarmed with '; NUL as U+FFFD */
    JSONL_TO_TERMINAL, /* controls as \n, \x1b, \u009b; what is invisible or turns the direction as \u200b, but for
                          joiners behind characters beyond ASCII, which need them */
};
JSONL_API void jsonl_write_escaped(struct jsonl_writer *w, enum jsonl_target target, struct jsonl_text text);

/* A number, the same in every locale: with a fixed number of decimals (0 to 9, more are held to 9), rounded as printf
 * rounds, to nearest by the exact binary value and ties to even; or with JSONL_SHORTEST, of all decimals that read back
 * equal the nearest with the fewest digits, in ECMAScript's form, which is RFC 8785's: 12.5, 1e+21, 1e-7.  Never "-0".
 * NAN and infinities are written as null. */
enum { JSONL_SHORTEST = -1 };
JSONL_API void jsonl_write_number(struct jsonl_writer *w, double number, int decimals);

/* JSON, with commas and colons set by the writer: `{"a":1,"b":[true]}`.  That ends match begins, and that an object's
 * values have keys, is up to the caller. */
JSONL_API void jsonl_begin_object(struct jsonl_writer *w);
JSONL_API void jsonl_end_object(struct jsonl_writer *w);
JSONL_API void jsonl_begin_array(struct jsonl_writer *w);
JSONL_API void jsonl_end_array(struct jsonl_writer *w);
JSONL_API void jsonl_key(struct jsonl_writer *w, const char *name);
JSONL_API void jsonl_string(struct jsonl_writer *w, struct jsonl_text text); /* absent: null */
JSONL_API void jsonl_cstring(struct jsonl_writer *w, const char *string);    /* NULL: null */
JSONL_API void jsonl_real(struct jsonl_writer *w, double number, int decimals);
JSONL_API void jsonl_int(struct jsonl_writer *w, int64_t number);
JSONL_API void jsonl_bool(struct jsonl_writer *w, bool b);
JSONL_API void jsonl_raw(struct jsonl_writer *w, struct jsonl_text json); /* a value already in JSON; absent: null */
JSONL_API void jsonl_end_line(struct jsonl_writer *w);                    /* LF, and ready for the next value */

/* ---------------------------------------------------------------------------------------- Files
 *
 * An output file is written beside its name and renamed when it is complete, so that no reader sees half of it.
 * SIGHUP, SIGINT, SIGTERM and SIGXCPU remove what there is of it before they end the program; one that the program
 * ignores or handles itself does not.  "-" or NULL is standard output.  Devices and FIFOs are written in place, and
 * what is open already (/dev/stdout, /dev/stderr, /dev/fd/N) is written on. */

struct jsonl_output;
JSONL_API struct jsonl_output *jsonl_output_open(const char *path, struct jsonl_error *err);
JSONL_API struct jsonl_writer *jsonl_output_writer(struct jsonl_output *o);

/* Flushes, checks, closes, renames, frees.  false with *err set: it is not there, or not whole; a closed
 * pipe counts too (EPIPE). */
JSONL_API bool jsonl_output_close(struct jsonl_output *o, struct jsonl_error *err);

/* Removes what was written so far, and frees. */
JSONL_API void jsonl_output_abandon(struct jsonl_output *o);

/* The first of n files that is the one which an output of this path would go to, too: a regular file, by whatever names
 * ("-": standard input; n 0: that alone).  NULL: none is.  What is read must neither be replaced by what is written of
 * it, nor grow by it for ever. */
JSONL_API const char *jsonl_output_among(const char *path, const char *const *files, size_t n);

/* The name for messages: the path, or "(standard output)". */
JSONL_API const char *jsonl_output_name(const char *path);

/* Prints two strings on standard output, as -h and --version do, and closes it.  Returns the exit status, an enum
 * jsonl_exit: a failure is reported on stderr. */
JSONL_API int jsonl_print(const char *first, const char *second);

/* ---------------------------------------------------------------------------------------- Documents
 *
 * Schemas and configurations: one JSON or YAML text.  YAML (1.2's core schema; aliases are followed, up to a
 * million values; duplicate keys and merge keys, <<, are refused) becomes the JSON that it means, so there is one kind
 * of tree. */

struct jsonl_document;
typedef struct json_t json_t; /* jansson's */

/* Reads a file ("-": standard input): JSON by the ending .json or .jsonl, YAML by .yaml or .yml, else by its first
 * character: { and [ begin JSON.  NULL with *err set, line and column as far as known. */
JSONL_API struct jsonl_document *jsonl_document_load(const char *path, struct jsonl_error *err);

/* The same for text in memory, which is copied; name: for its ending only. */
JSONL_API struct jsonl_document *jsonl_document_parse(const char *name, struct jsonl_text text,
                                                      struct jsonl_error *err);
JSONL_API void jsonl_document_free(struct jsonl_document *d);

/* Its values; their `at` counts in jsonl_document_text, which is the JSON. */
JSONL_API const struct jsonl_value *jsonl_document_root(const struct jsonl_document *d);
JSONL_API struct jsonl_text jsonl_document_text(const struct jsonl_document *d);

/* Where a value (or key) of the document stands in its file: line and column, from 1. */
JSONL_API void jsonl_document_locate(const struct jsonl_document *d, const struct jsonl_value *v, size_t *line,
                                     size_t *column);

/* A jansson tree of the same value, owned by the caller; `text` is what was parsed, for the exact text of integers.
 * Those beyond 64 bits become reals; NULL: out of memory, or a number or a NUL in a key that jansson cannot hold. */
JSONL_API json_t *jsonl_to_json(const char *text, const struct jsonl_value *v);

/* ---------------------------------------------------------------------------------------- Configuration */

/* How a log line becomes an event.  A rule applies if each given condition holds. */
struct jsonl_rule {
    char *event;  /* string: name of the event */
    char *match;  /* string: PCRE2 pattern on msg, or NULL */
    char *member; /* string: a member that must be there as a string, or NULL */
    char *equals; /* string: its value, or NULL for any */
    char *model;  /* string: "\1" to "\9" for a group of `match`, "@name" for a member, else literal; or NULL */
    char *label;  /* string: likewise, or NULL */
};

struct jsonl_config {
    double ram_green, ram_orange;   /* ram_bands: free RAM above, as a fraction of the total */
    double quality_ram_free_min_gb; /* quality.* */
    double quality_zombies_max;
    double quality_swap_growth_mb;
    double compare_alpha;  /* compare.* */
    double compare_effect; /* fraction */
    double compare_min_pairs;
    double pressure_warn_some; /* pressure.*, per cent of time stalled */
    double pressure_critical_full;
    double size_large, size_medium; /* sizes.*, GB */
    double inference_min_s;
    double gpu_high;           /* per cent */
    struct jsonl_rule *events; /* the file's, then the built-in ones */
    size_t events_len;
    char **strip_model_prefix; /* strings */
    size_t strip_model_prefix_len;
};

/* Free RAM that counts as plenty and as enough where the total is not known: the old 32 and 16 GB. */
#define JSONL_RAM_GREEN_GB  32.0
#define JSONL_RAM_ORANGE_GB 16.0

/* path NULL: $MLXK_BENCH_CONFIG, else the defaults.  false with *err set: no such file, not YAML, an
 * unknown key, a wrong type or range; *file (may be NULL) is set to the file's name for the message. */
JSONL_API bool jsonl_config_load(struct jsonl_config *config, const char *path, const char **file,
                                 struct jsonl_error *err);
JSONL_API void jsonl_config_free(struct jsonl_config *config);

/* The rules, compiled.  NULL with *err set if a pattern is wrong. */
struct jsonl_rules;
JSONL_API struct jsonl_rules *jsonl_rules_new(const struct jsonl_config *config, struct jsonl_error *err);
JSONL_API void jsonl_rules_free(struct jsonl_rules *r);

/* Applies the rules, in order, to a log record: true and *out set by the first that fits.  The texts live as
 * long as the record. */
JSONL_API bool jsonl_rules_apply(struct jsonl_rules *r, const struct jsonl_value *log, struct jsonl_event *out);

#endif
