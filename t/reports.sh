#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the reports on the runs in reports/ to DIR: reports.sh DIR.  Version 2.0.5 is compared with the one before it.
set -eu
unset SOURCE_DATE_EPOCH # a report is of the time of its last record
cd "${0%/*}/../reports"
genreport -O "$1" 2025-12-05-v2.0.3-benchmark.jsonl
genreport -O "$1" 2026-11-23-v2.0.4*.jsonl
genreport -O "$1" -c 2026-11-23-v2.0.4-benchmark.jsonl 2026-11-23-v2.0.5*.jsonl
