# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# TAP for shell scripts: `. "${0%/*}/tap.sh"`, then is, like, ok, …, and `finish` at the end.
#
#   run CMD…             runs CMD; its stdout is in $out_file, stderr in $err_file, exit status in $status
#   is TITLE GOT WANT    equal strings         ok TITLE CMD…         CMD succeeds
#   like TITLE TEXT RE   TEXT matches ERE      unlike TITLE TEXT RE
#   exits TITLE WANT CMD…  CMD's exit status   same TITLE FILE FILE  equal bytes
#   await CMD…           waits until CMD succeeds, for half a minute or longer
#   recorded FILE FILTER has a line of the file, which may still be written to, what jq's FILTER asks for?
#   skip TITLE WHY       sanitized: are the programs built with a sanitizer, which takes much memory?
#
# $BUILD is the build directory, $top the repository, $tmp a directory that is removed at the end; the
# programs are on PATH.
set -u
LC_ALL=C
export LC_ALL
top=$(cd "$(dirname "$0")" && while [ ! -f config.mk ]; do cd .. || exit; done && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
export PATH BUILD
unset MLXK_BENCH_CONFIG
# make, pkg-config, fish and LD_PRELOAD, which are tried there, do not take any name.
case ${TMPDIR:=/tmp} in *[!A-Za-z0-9/._-]*) TMPDIR=/tmp ;; esac
export TMPDIR
umask 022
tmp=$(mktemp -d "$TMPDIR/tap.XXXXXX") || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM HUP
out_file=$tmp/.out err_file=$tmp/.err status=0
tests=0 failures=0

result() { # PASSED TITLE
    tests=$((tests + 1))
    if [ "$1" = 0 ]; then
        printf 'ok %d - %s\n' "$tests" "$2"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n' "$tests" "$2"
    fi
}
note() { printf '%s\n' "$@" | head -n 40 | sed 's/^/# /'; }
run() {
    "$@" >"$out_file" 2>"$err_file"
    status=$?
}
ok() {
    title=$1
    shift
    if "$@" >"$tmp/.ok" 2>&1; then result 0 "$title"; else
        result 1 "$title"
        note "failed: $*" "$(cat "$tmp/.ok")"
    fi
}
is() {
    if [ "$2" = "$3" ]; then result 0 "$1"; else
        result 1 "$1"
        note "got:  $2" "want: $3"
    fi
}
like() {
    if printf '%s\n' "$2" | grep -Eq -e "$3"; then result 0 "$1"; else
        result 1 "$1"
        note "got:     $2" "pattern: $3"
    fi
}
unlike() {
    if printf '%s\n' "$2" | grep -Eq -e "$3"; then
        result 1 "$1"
        note "got:     $2" "pattern: $3"
    else result 0 "$1"; fi
}
exits() {
    title=$1 want=$2
    shift 2
    run "$@"
    is "$title" "$status" "$want"
    [ "$status" = "$want" ] || note "stderr: $(cat "$err_file")"
}
same() {
    if cmp -s "$2" "$3"; then result 0 "$1"; else
        result 1 "$1"
        note "$(diff -u "$2" "$3" | head -n 30)"
    fi
}
skip() {
    tests=$((tests + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tests" "$1" "$2"
}
# await and recorded as text, for the shells that tests run: `sh -c "$await; await test -e there"`.
# shellcheck disable=SC2016 # for whoever evaluates it
await='await() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || return 1
        sleep 0.05
    done
}
recorded() { jq -en "any(inputs; $2)" "$1"; }'
eval "$await"
in_time() { # CMD…: tried twenty times, as the machine may be too busy for what has only so much time
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 20 ] || return 1
    done
}
lines() { # FILE
    wc -l <"$1" | tr -d ' '
}
is_json() { # FILE: each of its lines
    [ "$(jq -c . "$1" 2>/dev/null | wc -l)" = "$(wc -l <"$1")" ]
}
# What a recording was told, an event a line; not what memmon has seen of memory, as that may be another's kill.
events_of() { # FILE
    jq -c '.events[]? | select(.scope == null)' "$1"
}
sanitized() { grep -q __asan_init "$BUILD/bin/memmon"; }
finish() {
    echo "1..$tests"
    [ "$failures" = 0 ]
    exit
}
