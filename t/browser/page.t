#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memplot's page in a browser: what is seen, pointer and keys, the address, paper, no network, no message.
. "${0%/*}/../tap.sh"
. "${0%/*}/browser.sh"
find_browser 'the page in a browser'

run=$top/reports/2026-11-23-v2.0.4
memplot -o "$tmp/run.html" "$run-memory.jsonl" "$run-benchmark.jsonl" "$run-server.jsonl"
memplot -o "$tmp/utc.html" --utc "$run-memory.jsonl"
memplot -o "$tmp/tests.html" "$run-benchmark.jsonl"
run_browser page "$run-memory.jsonl" "$run-benchmark.jsonl" "$run-server.jsonl"
finish
