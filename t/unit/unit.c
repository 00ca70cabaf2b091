/* SPDX-License-Identifier: Apache-2.0 */
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[32];

void unit_enter(void)
{
    strcpy(dir, "/tmp/unit.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    ck_assert_int_eq(chdir(dir), 0);
    int fd = open("err", O_WRONLY | O_CREAT, 0600);
    dup2(fd, STDERR_FILENO);
    close(fd);
}

void unit_leave(void)
{
    DIR *files = opendir(dir);
    ck_assert_ptr_nonnull(files);
    for (const struct dirent *file; (file = readdir(files));)
        unlink(file->d_name);
    closedir(files);
    rmdir(dir);
}

int unit_run(const char *suite, const TTest *const *tests)
{
    setvbuf(stdout, NULL, _IOLBF, 0); /* a line of TAP as soon as its test has ended */
    Suite *s = suite_create(suite);
    TCase *tc = tcase_create(suite);
    tcase_set_timeout(tc, 300);
    for (; *tests; tests++)
        tcase_add_test(tc, *tests);
    suite_add_tcase(s, tc);
    SRunner *sr = srunner_create(s);
    srunner_set_tap(sr, "-");
    srunner_run_all(sr, CK_SILENT);
    int failed = srunner_ntests_failed(sr);
    srunner_free(sr);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
