#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The page on standard input with its pictures drawn anew by the memplot on PATH: pictures.sh <man/mlxk-bench.7
# A block below a comment `picture: NAME` is what memplot says of data/handbook/NAME.jsonl, without the title.
set -eu
data=$(cd "$(dirname "$0")" && pwd)/data/handbook
awk -v data="$data" '
    function draw(name,    command, line, n) {
        command = "COLUMNS=70 memplot -f text --ascii " data "/" name ".jsonl"
        while ((command | getline line) > 0)
            if (++n > 3) { gsub(/\\/, "\\e", line); sub(/^[.\047]/, "\\\\\\&&", line); print line }
        if (close(command) != 0 || n < 4) exit failed = 1
    }
    /^\.\\" picture: / { name = $3 }
    /^\.Ed/ && name { draw(name); name = ""; inside = 0 }
    !inside { print }
    /^\.Bd/ && name { inside = 1 }
    END { exit failed }'
