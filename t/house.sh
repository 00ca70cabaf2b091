#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Rules of the house that no linter knows; prints each file that breaks one, and then exits with 1.
#
#   licence  Each source names it in its first three lines: code, scripts, makefiles, manual pages.  Data, Markdown and
#            settings do not, nor does what memplot writes out as it is, page.html and the style sheets.
#   guard    A header of a tool, memmon/child.h, is guarded by MEMMON_CHILD_H; of lib/, lib/ascii.h, by JSONL_ASCII_H.
#   mode     A file that begins with #! can be run, and no other can.
set -u
cd "$(dirname "$0")/.." || exit 1
files() {
    if [ -e .git ]; then git ls-files; else find . -type f ! -path './build*' ! -path '*/node_modules/*' | sed 's|^\./||'; fi |
        grep -Ev '^t/data/|^t/fuzz/seeds/|^\.packaging/debian/|^memplot/web/made/'
}
is_source() { # FILE
    case $1 in
    *.[ch1-9] | *.cpp | *.sh | *.t | *.mk | *.mjs | *.js | *.py | *.pm | *.awk | *.jq | *.rb | *.yml | Makefile) ;;
    *) [ "$script" = yes ] ;;
    esac
}
guard_of() { # HEADER
    case $1 in
    lib/jsonl.h) echo JSONL_H ;;
    lib/*) echo "JSONL_${1#lib/}" ;;
    *) echo "$1" ;;
    esac | tr 'a-z/.' 'A-Z__'
}
status=0
breaks() {
    echo "$*"
    status=1
}
count=0
while IFS= read -r file; do
    if [ ! -f "$file" ] || [ -L "$file" ]; then continue; fi
    count=$((count + 1)) start='' script=no
    case $file in
    *.json | *.jsonl | *.png) ;; # some are large, and hold what a shell cannot
    *) IFS= read -r start <"$file" ;;
    esac
    case $start in '#!'*) script=yes ;; esac
    [ ! -x "$file" ] || [ $script = yes ] || breaks "$file: can be run, but does not begin with #!"
    [ -x "$file" ] || [ $script = no ] || breaks "$file: begins with #!, but cannot be run (chmod +x)"
    ! is_source "$file" || head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2\.0' ||
        breaks "$file: no SPDX-License-Identifier in its first three lines"
    case $file in
    lib/*.h | validate/*.h | genreport/*.h | memmon/*.h | memplot/*.h)
        grep -q "^#define $(guard_of "$file")\$" "$file" || breaks "$file: is not guarded by $(guard_of "$file")"
        ;;
    esac
done <<END
$(files)
END
[ "$count" -gt 100 ] || breaks "house.sh: there are only $count files"
exit $status
