# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# What golden.t and regen.sh share.

# golden_run CASE DIR: runs CASE/cmd; DIR/out, DIR/err and DIR/status are what it did.
golden_run() {
    golden_status=0
    (
        cd "$1" || exit
        TZ=UTC LC_ALL=C SOURCE_DATE_EPOCH=1795400000 COLUMNS=80 NO_COLOR=1
        export TZ LC_ALL SOURCE_DATE_EPOCH COLUMNS NO_COLOR
        sh ./cmd
    ) >"$2/out" 2>"$2/err" </dev/null || golden_status=$?
    echo "$golden_status" >"$2/status"
}

# golden_want CASE PART: what is expected; an err or status that is not there means none and 0.
golden_want() {
    if [ -f "$1/$2" ]; then
        cat "$1/$2"
    elif [ "$2" = status ]; then
        echo 0
    fi
}
