#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs test programs by prove: run.sh PROGRAM...  Each line of TAP becomes a test record in
# $BENCHMARK_RECORDS (default: $BUILD/tests.jsonl), so that every run of the tests can be reported on.
set -eu
cd "$(dirname "$0")/.."
: "${BUILD:=build}"
BENCHMARK_RECORDS=${BENCHMARK_RECORDS:-$BUILD/tests.jsonl}
LC_ALL=C # perl complains of any other that is not there
export BUILD BENCHMARK_RECORDS LC_ALL
exec </dev/null # whatever it was, or none
umask 022
rm -f "$BENCHMARK_RECORDS"
# t/harness/start takes scripts without the x bit, too.
exec perl -I t/harness "$(command -v prove)" --formatter BenchmarkRecords --jobs "${JOBS:-1}" --exec 'sh t/harness/start' "$@"
