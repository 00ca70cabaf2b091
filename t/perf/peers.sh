#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Brings the peers of `make bench` and builds the programs that drive them.  peers.sh DIR: they go to DIR/bin.
#
# What cannot be had is told on standard error and left out.  DIR/versions gets a line `NAME VERSION` for each peer
# that is there.
set -u
perf=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/bin" "$1/npm" "$1/stub/duckdb/common"
dir=$(cd "$1" && pwd)
log=$dir/log
CC=${CC:-cc} CXX=${CXX:-c++}
: >"$dir/versions"

has() { command -v "$1" >/dev/null 2>&1; }
there() { echo "$1 $2" >>"$dir/versions"; } # NAME VERSION
without() { echo "bench: without $1: $2" >&2; } # NAME WHY

# program NAME SOURCE COMMAND…: builds it once; it tells its version by -v.
program() {
    name=$1 source=$2
    shift 2
    if [ ! -e "$dir/bin/$name" ] || [ -n "$(find "$source" "$perf/lines.h" -newer "$dir/bin/$name")" ]; then
        "$@" -I "$perf" -o "$dir/bin/$name" >"$log" 2>&1 || {
            without "${name#parse_}" "$(grep -m 1 -i error "$log" || echo "it does not build")"
            return 1
        }
    fi
    there "$name" "$("$dir/bin/$name" -v | tr -d '"')"
}

# ---- npm: validators, DuckDB, plotly, a simdjson that is newer than Debian's, and yyjson out of DuckDB's sources
cd "$dir/npm" || exit 1
if ! has npm || ! has node; then
    without "npm's" "no npm"
else
    if ! cmp -s "$perf/package-lock.json" package-lock.json || [ ! -d node_modules ]; then
        cp "$perf/package.json" "$perf/package-lock.json" "$perf/.npmrc" .
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$log" 2>&1 || {
            rm -f package-lock.json
            without "npm's" "npm ci failed: $(head -n 1 "$log")"
        }
    fi
    for package in ajv @exodus/schemasafe @sourcemeta/jsonschema plotly.js-dist-min; do
        [ -f "node_modules/$package/package.json" ] &&
            there "${package##*/}" "$(node -p "require('./node_modules/$package/package.json').version")"
    done
    if duckdb=$(node -p "require('@duckdb/node-api').version()" 2>/dev/null); then
        there duckdb "${duckdb#v}"
    else
        without DuckDB "npm has no binary of it for this machine"
    fi
    there node "$(node -p process.versions.node)"
    if [ ! -d package/src/duckdb/third_party/yyjson ]; then
        npm pack --loglevel=error duckdb@1.4.4 >"$log" 2>&1 &&
            tar xzf duckdb-1.4.4.tgz package/src/duckdb/third_party/yyjson >>"$log" 2>&1
        rm -f duckdb-*.tgz
    fi
fi

# ---- Parsers in C and C++
jansson=$(pkg-config --cflags --libs jansson 2>/dev/null)
# shellcheck disable=SC2086 # words
program parse_jansson "$perf/parse_jansson.c" $CC -O3 -DNDEBUG "$perf/parse_jansson.c" $jansson

yyjson=$dir/npm/package/src/duckdb/third_party/yyjson
if [ -d "$yyjson" ]; then
    : >"$dir/stub/duckdb/common/fast_mem.hpp" # of DuckDB; yyjson includes it and needs nothing of it
    program parse_yyjson "$perf/parse_yyjson.cpp" "$CXX" -O3 -DNDEBUG -I "$dir/stub" -I "$yyjson/include" \
        "$perf/parse_yyjson.cpp" "$yyjson/yyjson.cpp"
else
    without yyjson "DuckDB's package is not to be had"
fi

case $(uname -m) in
x86_64) sse42=-msse4.2 ;;
*) sse42= ;;
esac
program parse_rapidjson "$perf/parse_rapidjson.cpp" "$CXX" -O3 -DNDEBUG $sse42 "$perf/parse_rapidjson.cpp"

simdjson=$dir/npm/node_modules/@nozbe/simdjson/src
if [ -f "$simdjson/simdjson.cpp" ]; then
    program parse_simdjson "$perf/parse_simdjson.cpp" "$CXX" -O3 -DNDEBUG -std=c++17 -I "$simdjson" \
        "$perf/parse_simdjson.cpp" "$simdjson/simdjson.cpp"
else
    program parse_simdjson "$perf/parse_simdjson.cpp" "$CXX" -O3 -DNDEBUG -std=c++17 "$perf/parse_simdjson.cpp" -lsimdjson
fi

# ---- Programs
# The first Python that has jsonschema, else the first; by its own name, as `python3` may be a script that looks for it.
python=
for candidate in python3 /usr/bin/python3; do
    path=$("$candidate" -c 'import sys; print(sys.executable)' 2>/dev/null) || continue
    python=${python:-$path}
    version=$("$path" -W ignore -c 'import jsonschema; print(jsonschema.__version__)' 2>/dev/null) || continue
    python=$path
    there python-jsonschema "$version"
    break
done
if [ -n "$python" ]; then
    ln -sf "$python" "$dir/bin/python3"
    there python "$("$python" -c 'import platform; print(platform.python_version())')"
else
    without Python "no python3"
fi
grep -q ^python-jsonschema "$dir/versions" || without python-jsonschema "no such module"
if has jq; then there jq "$(jq --version | sed 's/^jq-//')"; else without jq "it is not installed"; fi
if has collectl; then there collectl "$(collectl --version | sed -n 's/^collectl V\([0-9.-]*\).*/\1/p')"; else without collectl "it is not installed"; fi
if has dstat; then there dstat "$(dstat --version | sed -n 's/^[^0-9]*\([0-9.]*\).*/\1/p' | head -n 1)"; else without dstat "it is not installed"; fi
if has pidstat; then there pidstat "$(pidstat -V 2>&1 | sed -n 's/.*version //p')"; else without pidstat "it is not installed"; fi
# Debian names the program python3-mprof, others mprof.
mprof=$(command -v python3-mprof || command -v mprof)
if [ -n "$mprof" ]; then
    ln -sf "$mprof" "$dir/bin/mprof"
    there mprof "$(/usr/bin/python3 -c 'import memory_profiler; print(memory_profiler.__version__)' 2>/dev/null || echo ?)"
else
    without mprof "it is not installed"
fi
exit 0
