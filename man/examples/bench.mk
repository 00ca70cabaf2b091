# SPDX-License-Identifier: Apache-2.0
# For the Makefile of a repository of tests:
#
#     BENCH_COMMAND = pytest -m live_e2e tests/live --report-output "$$BENCHMARK_RECORDS"
#     include bench.mk
#
# `make bench` records the tests and leaves benchmarks/RUN-benchmark.jsonl, RUN-memory.jsonl, RUN.md and RUN.html, where RUN
# is the time that it began; it fails as the tests did, but only after that.  `make bench-report` makes the report and the
# page of the newest run again; BENCH_RUN=benchmarks/2026-11-23T020000 names another.  BENCH_OLD names records to compare
# with, the oldest first: BENCH_OLD=benchmarks/2026-11-01T020000-benchmark.jsonl.

BENCH_COMMAND ?= pytest --report-output "$$BENCHMARK_RECORDS"
BENCH_DIR ?= benchmarks
BENCH_OLD ?=
MLXK_BENCH_PREFIX ?=# before the names of the tools, as they were installed
BENCH_RUN ?= $(patsubst %-benchmark.jsonl,%,$(lastword $(sort $(wildcard $(BENCH_DIR)/*-benchmark.jsonl))))
bench_now := $(BENCH_DIR)/$(shell date +%Y-%m-%dT%H%M%S)# once: tests may run past midnight

# Not rules for the two files: what they are made of is not all in files, BENCH_OLD for one.
define bench_report
@test -s "$(BENCH_RUN)-benchmark.jsonl" || { echo "$(or $(BENCH_RUN),$(BENCH_DIR)): there are no records" >&2; exit 1; }
$(MLXK_BENCH_PREFIX)genreport $(BENCH_OLD:%=-c %) -o $(BENCH_RUN).md $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
$(MLXK_BENCH_PREFIX)memplot -o $(BENCH_RUN).html $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
endef

.PHONY: bench bench-record bench-report
bench bench-record: BENCH_RUN = $(bench_now)
bench: bench-record
	$(bench_report)
	@exit $$(cat $(BENCH_RUN).status)

# What was recorded before stays, whatever becomes of this run.
bench-record:
	@mkdir -p $(BENCH_DIR)
	@test ! -e $(BENCH_RUN)-memory.jsonl || { echo "$(BENCH_RUN) is there already" >&2; exit 1; }
	export BENCHMARK_RECORDS=$(BENCH_RUN)-benchmark.jsonl; \
	$(MLXK_BENCH_PREFIX)memmon -o $(BENCH_RUN)-memory.jsonl -- $(BENCH_COMMAND); echo $$? >$(BENCH_RUN).status

bench-report:
	$(bench_report)
