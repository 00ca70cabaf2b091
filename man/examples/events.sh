# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# Events for memmon's recording, from a shell script:
#
#     . events.sh
#     memmon_event model_load model org/model-7b
#     memmon_event mark label "warm-up is over"
#
#     $ memmon -e events.fifo -o mem.jsonl -- sh job.sh
#
# Without memmon, or once it is gone, nothing happens; a script never waits for it: <> opens a FIFO for reading, too,
# which waits for nobody.  One write of less than 4096 bytes does not mix with those of other processes.
memmon_event() { # EVENT [MEMBER VALUE]...
    [ -p "${MEMMON_EVENTS:-}" ] || return 0
    _event="{\"event\":\"$(memmon_quote "$1")\""
    shift
    while [ $# -ge 2 ]; do
        _event="$_event,\"$1\":\"$(memmon_quote "$2")\""
        shift 2
    done
    printf '%s}\n' "$_event" 1<>"$MEMMON_EVENTS"
}
memmon_quote() { # TEXT: as it stands in a JSON string
    printf '%s.' "$1" | LC_ALL=C awk '
        BEGIN { for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\u%04x", i) }
        {
            if (NR > 1) printf "\\n"
            gsub(/["\\]/, "\\\\&")
            for (i = 1; i <= length; i++) { c = substr($0, i, 1); printf "%s", c in escape ? escape[c] : c }
        }' | sed '$s/\.$//'
}
