#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs JSON Schema's official test suite, or one of its make, through validate: conformance.sh SUITE [DRAFT…], where
# SUITE holds tests/ and remotes/.  Prints what passed per draft and folder, and what did not; `make` and `make units`
# first.
#
# A test counts as passed if validate's verdict on it is the suite's.  Formats are asserted (-F) in optional/format.
# What conformance.misses (or $MISSES) names must fail, and nothing else may: either is status 1.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
case ${BUILD:=build} in /*) ;; *) BUILD=$top/$BUILD ;; esac
suite=$1
shift
[ $# -gt 0 ] || set -- 4 6 7 2019-09 2020-12
tmp=$(mktemp -d "${TMPDIR:-/tmp}/conformance.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
tab=$(printf '\t')
sed 's/^#.*//; /^ *$/d; s/ *| .*//' "${MISSES:-$top/t/conformance.misses}" >"$tmp/misses"
: >"$tmp/failed"

group_run() { # FILE DESCRIPTION [ARG…]: judges $tmp/data by $tmp/schema.json; wants $tmp/want
    file=$1 description=$2
    shift 2
    "$BUILD/bin/validate" -f flag -d "$draft" -r "http://localhost:1234=$suite/remotes" -s "$tmp/schema.json" "$@" \
        <"$tmp/data" 2>"$tmp/err" | sed 's/.*"valid":\([a-z]*\).*/\1/' >"$tmp/got" || true
    paste "$tmp/want" "$tmp/got" | awk -F '\t' -v file="$file" -v group="$description" -v counts="$tmp/counts" \
        -v failed="$tmp/failed" -v misses="$tmp/misses" '
        BEGIN { while ((getline line <misses) > 0) miss[line] = 1 }
        { n++; name = file ": " group ": " $2 }
        $1 == $3 { passed++ }
        $1 == $3 && name in miss { print "passes, but should not: " name >>failed; next }
        $1 == $3 { next }
        { printf "not ok %s (should be %s, is %s)%s\n", name, $1, $3 == "" ? "refused" : $3, name in miss ? " # known" : "" }
        !(name in miss) { print name >>failed }
        END { print passed + 0, n + 0 >>counts }'
}

for draft; do
    folder=$suite/tests/draft$draft
    [ -d "$folder" ] || continue
    for part in . optional optional/format; do
        : >"$tmp/counts"
        for path in "$folder/$part"/*.json; do
            [ -f "$path" ] || continue
            file=${path#"$suite/tests/"} description=
            file=$(printf '%s\n' "$file" | sed 's|/\./|/|')
            assert=
            case $part in optional/format) assert=-F ;; esac
            : >"$tmp/data"
            "$BUILD/t/suite-list" "$path" >"$tmp/list"
            echo S >>"$tmp/list"
            while IFS=$tab read -r kind first second third; do
                case $kind in
                S)
                    [ ! -s "$tmp/data" ] || group_run "$file" "$description" ${assert:+"$assert"}
                    description=$first
                    printf '%s\n' "$second" >"$tmp/schema.json"
                    : >"$tmp/data"
                    : >"$tmp/want"
                    ;;
                T)
                    printf '%s\n' "$third" >>"$tmp/data"
                    printf '%s\t%s\n' "$first" "$second" >>"$tmp/want"
                    ;;
                esac
            done <"$tmp/list"
        done
        awk -v what="draft $draft $part" '{ p += $1; n += $2 } END { if (n) printf "%s: %d of %d\n", what, p, n }' "$tmp/counts"
    done
done
[ ! -s "$tmp/failed" ] || {
    sed 's/^/unexpected: /' "$tmp/failed"
    exit 1
}
