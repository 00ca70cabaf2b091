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
memmon_quote() { printf '%s' "$1" | tr '\n\t' '  ' | sed 's/["\\]/\\&/g'; }
