/* SPDX-License-Identifier: Apache-2.0
 * A file that is not complete yet: a signal that ends the program takes it away. */
#ifndef JSONL_PARTIAL_H
#define JSONL_PARTIAL_H

/* Its own until it has been renamed or removed; then path is NULL. */
struct partial {
    char *path;           /* NULL: there is none */
    struct partial *next; /* of those that there are */
};

/* Makes a file of mkstemp's template, on the heap, which becomes p->path.  Returns its descriptor, or -1 with errno:
 * then the template is still the caller's.
 *
 * While there is any such file, SIGHUP, SIGINT, SIGTERM and SIGXCPU remove all of them, and then do what they would
 * have done: end the program.  A signal that the program ignores or handles itself is left to it, and so are the files
 * then; what was forked from it leaves them alone. */
int partial_create(struct partial *p, char *template);

/* The file takes the place of `to`.  Returns 0, or an errno: then it has been removed. */
int partial_rename(struct partial *p, const char *to);

void partial_remove(struct partial *p);

#endif
