# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# Who is measured at what: each function prints a plan for run.c.  Read by bench.sh, which sets the folders.

bytes() { wc -c "$@" | awk 'END { print $1 }'; }
count() { wc -l <"$1" | tr -d ' '; }
version() { sed -n "s/^$1 //p" "$peers/versions"; } # NAME: nothing where it is not there

# row WHO BASIS NAME FILES WANT COMMAND…: a line of the plan.  The first of the files is standard input.
row() {
    # shellcheck disable=SC2086 # words
    printf '%s' "$1$TAB$2$TAB$3$TAB$(bytes $4)$TAB${4%% *}$TAB$5"
    shift 5
    printf "$TAB%s" "$@"
    echo
}
# peer VERSION-OF BASIS NAME FILES WANT COMMAND…: the same for a peer, where it is there.
peer() {
    found=$(version "$1")
    shift
    [ -z "$found" ] || { basis=$1 name=$2 && shift 2 && row peer "$basis" "$name $found" "$@"; }
}

parse_plan() { # FILE
    n=$(count "$1")
    row ours cpu "libjsonl, line by line" "$1" "$n" "$bench/parse_jsonl"
    row ours cpu "libjsonl, block by block" "$1" "$n" "$bench/parse_jsonl" blocks
    peer parse_simdjson cpu "simdjson, DOM of each line," "$1" "$n" "$peers/bin/parse_simdjson" dom
    peer parse_simdjson cpu "simdjson, parse_many," "$1" "$n" "$peers/bin/parse_simdjson" many
    peer parse_simdjson cpu "simdjson, on demand, all values," "$1" "$n" "$peers/bin/parse_simdjson" on-demand
    peer parse_yyjson cpu "yyjson, in situ," "$1" "$n" "$peers/bin/parse_yyjson" in-situ
    peer parse_yyjson cpu yyjson "$1" "$n" "$peers/bin/parse_yyjson"
    peer parse_rapidjson cpu "RapidJSON, in situ," "$1" "$n" "$peers/bin/parse_rapidjson" in-situ
    peer parse_rapidjson cpu RapidJSON "$1" "$n" "$peers/bin/parse_rapidjson"
    peer node less "JSON.parse, Node.js" "$1" "$n" node "$perf/parse_node.mjs"
    peer python cpu "json, Python" "$1" "$n" "$peers/bin/python3" "$perf/parse_python.py"
    peer parse_jansson cpu jansson "$1" "$n" "$peers/bin/parse_jansson"
    peer jq cpu "jq empty," "$1" - jq empty
    row floor cpu "wc -l" "$1" "$n" wc -l
    row floor cpu "floor: lines by memchr" "$1" "$n" "$bench/parse_floor" lines
    row floor cpu "floor: read" "$1" - "$bench/parse_floor" read
}

validate_plan() { # SCHEMA FILE PART
    n=$(count "$2")
    row ours cpu "validate -j 1" "$2" "" "$tools/validate" -f quiet -j 1 -s "$1"
    row ours wall "validate -j 2" "$2" "" "$tools/validate" -f quiet -j 2 -s "$1"
    case $(uname -s)-$(uname -m) in
    Linux-x86_64) binary=jsonschema-linux-x86_64 ;;
    Linux-aarch64) binary=jsonschema-linux-arm64 ;;
    *) binary=jsonschema-darwin-arm64 ;;
    esac
    peer jsonschema less "sourcemeta jsonschema --fast" "$2" - \
        "$NODE_MODULES/@sourcemeta/jsonschema/build/github-releases/$binary" validate --fast "$1" "$2"
    peer ajv less ajv "$2" "$n" node "$perf/validate_node.mjs" ajv "$1"
    peer schemasafe less "@exodus/schemasafe" "$2" "$n" node "$perf/validate_node.mjs" schemasafe "$1"
    peer python-jsonschema cpu python-jsonschema "$3" "$(count "$3")" \
        "$peers/bin/python3" -W ignore "$perf/validate_python.py" "$1"
}

records_plan() { # TESTS MEMORY
    row ours cpu "validate -j 1" "$1 $2" "" "$tools/validate" -f quiet -j 1 "$1" "$2"
    row ours wall "validate -j 2" "$1 $2" "" "$tools/validate" -f quiet -j 2 "$1" "$2"
}

report_plan() { # TESTS MEMORY
    row ours wall genreport "$1 $2" - "$tools/genreport" "$1" "$2"
    peer duckdb wall "sums alone, by DuckDB" "$1 $2" - node "$perf/report_duckdb.mjs" "$1" "$2"
    case $1 in
    */week-*) ;; # minutes
    *) peer python wall "sums alone, by Python" "$1 $2" - "$peers/bin/python3" "$perf/report_python.py" "$1" "$2" ;;
    esac
}

baseline_plan() { # TESTS MEMORY OLD: OLD's samples lie beside it, and are found
    row ours wall "genreport -c" "$1 $2 $3 $(dirname "$3")/old-memory.jsonl" - "$tools/genreport" -c "$3" "$1" "$2"
}

timeline_plan() { # TESTS MEMORY
    row ours wall memplot "$1 $2" - "$tools/memplot" "$1" "$2"
    row ours wall "memplot -f svg" "$1 $2" - "$tools/memplot" -f svg "$1" "$2"
    peer plotly.js-dist-min wall "a page by Node.js with plotly" "$1 $2" - node "$perf/timeline_plotly.mjs" "$1" "$2"
}
