# SPDX-License-Identifier: Apache-2.0
# For the Makefile of a repository of tests:
#
#     BENCH_COMMAND = pytest -m live_e2e tests/live --report-output "$$BENCHMARK_RECORDS"
#     include bench.mk
#
# `make bench` records the tests and leaves benchmarks/DAY.md and .html, fresh ones each time; it fails as the tests did,
# but only after that.  `make bench-report` makes both anew from what was recorded: BENCH_DAY=2026-11-23 says when.
# BENCH_OLD names records to compare with, the oldest first: BENCH_OLD=benchmarks/2026-11-01-benchmark.jsonl.

BENCH_COMMAND ?= pytest --report-output "$$BENCHMARK_RECORDS"
BENCH_DIR ?= benchmarks
BENCH_OLD ?=
BENCH_DAY ?= $(shell date +%Y-%m-%d)
BENCH_RUN = $(BENCH_DIR)/$(BENCH_DAY)

.PHONY: bench bench-record bench-report
bench: bench-record
	@$(MAKE) --no-print-directory bench-report BENCH_DAY=$(BENCH_DAY)
	@exit $$(cat $(BENCH_RUN).status)

bench-record:
	@mkdir -p $(BENCH_DIR)
	@rm -f $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
	export BENCHMARK_RECORDS=$(BENCH_RUN)-benchmark.jsonl; \
	memmon -o $(BENCH_RUN)-memory.jsonl -- $(BENCH_COMMAND); echo $$? >$(BENCH_RUN).status

bench-report: $(BENCH_RUN).md $(BENCH_RUN).html
$(BENCH_RUN).md: $(BENCH_RUN)-benchmark.jsonl
	genreport $(BENCH_OLD:%=-c %) -o $@ $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
$(BENCH_RUN).html: $(BENCH_RUN)-benchmark.jsonl
	memplot -o $@ $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
