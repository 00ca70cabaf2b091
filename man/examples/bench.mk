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
ifndef BENCH_DAY
BENCH_DAY := $(shell date +%Y-%m-%d)# once: tests may run past midnight
endif
BENCH_RUN = $(BENCH_DIR)/$(BENCH_DAY)

# Not rules for the two files: what they are made of is not all in files, BENCH_OLD for one.
define bench_report
@test -s $(BENCH_RUN)-benchmark.jsonl || { echo "$(BENCH_RUN)-benchmark.jsonl: there are no records" >&2; exit 1; }
genreport $(BENCH_OLD:%=-c %) -o $(BENCH_RUN).md $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
memplot -o $(BENCH_RUN).html $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl
endef

.PHONY: bench bench-record bench-report
bench: bench-record
	$(bench_report)
	@exit $$(cat $(BENCH_RUN).status)

bench-record:
	@mkdir -p $(BENCH_DIR)
	@rm -f $(BENCH_RUN)-benchmark.jsonl $(BENCH_RUN)-memory.jsonl $(BENCH_RUN).status
	export BENCHMARK_RECORDS=$(BENCH_RUN)-benchmark.jsonl; \
	memmon -o $(BENCH_RUN)-memory.jsonl -- $(BENCH_COMMAND); echo $$? >$(BENCH_RUN).status

bench-report:
	$(bench_report)
