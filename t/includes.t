#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Who includes whom: every tool stands on the library alone, and nothing goes in a circle.
#
# A module is a file without its ending: x.c and x.h are one.  `sh t/includes.t --picture` prints the modules of each
# part by height, the lowest first: a module includes those of lines before its own only.
cd "$(dirname "$0")/.." || exit

PARTS="lib memmon validate genreport memplot"

# What of the library tools may include besides jsonl.h: all of it lies in the header, but for progress.h and tool.h, whose
# code the library exports to them alone.
SHARED="ascii.h clip.h edits.h embed.h grow.h hash.h match_steps.h no_memory.h progress.h tool.h utf8.h"

# Lines "PART FROM TO KIND": a module includes another, of its own part, of the library, or none that is there.
edges() {
    for part in $PARTS; do
        for file in "$part"/*.[ch]; do
            sed -n "s|^ *# *include *\"\([^\"]*\)\".*|$file \1|p; s|^ *# *include *<\(jsonl.h\)>.*|$file \1|p" "$file"
        done
    done | while read -r file header; do
        part=${file%%/*} from=${file#*/}
        if [ -f "$part/$header" ]; then kind=own; elif [ -f "lib/$header" ]; then kind=lib; else kind=nowhere; fi
        echo "$part ${from%.?} ${header%.?} $kind $file $header"
    done
}

# The modules of a part by height: takes away, again and again, those that include none of those left.  What cannot be
# taken away stands on a circle, or above one.
heights() { # PART, edges on standard input
    awk -v part="$1" '
        $1 == part { seen[$2] = 1 }
        $1 == part && $4 == "own" && $2 != $3 { seen[$3] = 1; needs[$2] = needs[$2] " " $3 }
        END {
            for (left = 1; left > 0; height++) {
                left = taken = 0
                for (m in seen) {
                    if (m in done)
                        continue
                    left++
                    free = 1
                    n = split(needs[m], below, " ")
                    for (i = 1; i <= n; i++)
                        if (!(below[i] in done))
                            free = 0
                    if (free)
                        row[++taken] = m
                }
                for (i = 1; i <= taken; i++) {
                    done[row[i]] = 1
                    print height + 0, row[i]
                }
                if (left > 0 && taken == 0) {
                    for (m in seen)
                        if (!(m in done))
                            print "circle", m
                    left = 0
                }
            }
        }' | sort -k1,1n -k2
}

if [ "${1-}" = --picture ]; then
    edges >"${TMPDIR:-/tmp}/includes.$$" && trap 'rm -f "${TMPDIR:-/tmp}/includes.$$"' EXIT
    for part in $PARTS; do
        echo "$part/"
        heights "$part" <"${TMPDIR:-/tmp}/includes.$$" | awk '
            NR == 1 || $1 != last { printf "%s%5s  ", (NR > 1 ? "\n" : ""), $1; last = $1; width = 7 }
            width + length($2) + 1 > 100 { printf "\n%7s", ""; width = 7 }
            { printf "%s ", $2; width += length($2) + 1 }
            END { print "" }' | sed 's/ *$//'
    done
    exit
fi

. t/tap.sh
edges >"$tmp/edges"

ok "there are includes to look at" test "$(wc -l <"$tmp/edges")" -gt 500
is "every file that is included is there, in the part or in the library" \
    "$(awk '$4 == "nowhere" { print $5, $6 }' "$tmp/edges")" ""
is "tools include jsonl.h of the library, and what it shares" \
    "$(awk -v shared=" jsonl.h $SHARED " '$1 != "lib" && $4 == "lib" && !index(shared, " " $6 " ") { print $5, $6 }' \
        "$tmp/edges")" ""
is "no file is included as a source, and main by none" \
    "$(awk '$6 !~ /[.]h$/ || $3 == "main" { print $5, $6 }' "$tmp/edges")" ""
for part in $PARTS; do
    heights "$part" <"$tmp/edges" >"$tmp/heights"
    is "$part: nothing goes in a circle" "$(awk '$1 == "circle" { print $2 }' "$tmp/heights")" ""
done

# The test itself: a circle is found, and all that stands above it; a module that includes itself is none.
printf '%s\n' "p a b own" "p b c own" "p c b own" "p d d own" "p e jsonl lib" | heights p >"$tmp/heights"
is "a circle is found" "$(tr '\n' ' ' <"$tmp/heights")" "circle a circle b circle c 0 d 0 e "
finish
