/* SPDX-License-Identifier: Apache-2.0
 * What libjsonl says of each file, for t/json-suite.t: one line a file, its columns ended by tabs.
 *
 *     NAME accepted VALUE                 VALUE: the number, if the text is one or an array of one, else "-"
 *     NAME refused LINE:COLUMN:BYTE MESSAGE
 */
#include "jsonl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The file's bytes and nothing behind them, so that a read beyond is seen by sanitizers.  NULL: said why. */
static char *file_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    long size = -1;
    if (f && fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0)
        bytes = malloc(size ? (size_t)size : 1);
    *n = (size_t)size;
    if (!bytes || fread(bytes, 1, *n, f) != *n) {
        fprintf(stderr, "verdicts: %s: %s\n", path, strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (f)
        fclose(f);
    return bytes;
}

static void verdict_print(const char *path, const struct jsonl_value *v, const struct jsonl_error *err)
{
    const char *slash = strrchr(path, '/');
    printf("%s\t", slash ? slash + 1 : path);
    if (!v) {
        printf("refused\t%zu:%zu:%zu\t%s\n", err->line, err->column, err->byte, err->message);
        return;
    }
    if (v->type == JSONL_ARRAY && v->len == 1)
        v++;
    if (v->type == JSONL_NUMBER)
        printf("accepted\t%.17g\n", v->u.num);
    else
        printf("accepted\t-\n");
}

int main(int argc, char **argv)
{
    struct jsonl_parser *parser = jsonl_parser_new();
    int status = parser ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 1; i < argc && parser; i++) {
        struct jsonl_error err = {"", 0, 0, 0};
        size_t n;
        char *bytes = file_read(argv[i], &n);
        if (bytes)
            verdict_print(argv[i], jsonl_parse(parser, bytes, n, &err), &err);
        else
            status = EXIT_FAILURE;
        free(bytes);
    }
    jsonl_parser_free(parser);
    return fflush(stdout) == 0 && !ferror(stdout) ? status : EXIT_FAILURE;
}
