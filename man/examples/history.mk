# SPDX-License-Identifier: Apache-2.0
# A history of runs, for a Makefile: the newest is judged by those before it, and the oldest are forgotten.
#
#     HISTORY_DIR = runs
#     include history.mk
#
# HISTORY_DIR holds what nightly.sh and bench.mk leave: RUN-benchmark.jsonl and RUN-memory.jsonl, in the order of their
# names.  `make history` writes history.md there, with the trend, history.json with all its numbers, and history.prom for
# Prometheus' node exporter; it fails if a test of the newest run failed, or, once there are others, if it is slower.
# `make history-prune` keeps the newest HISTORY_KEEP runs; 30 are enough for the trend.

HISTORY_DIR ?= runs
HISTORY_KEEP ?= 30
HISTORY_GATE ?= regressed,failed
MLXK_BENCH_PREFIX ?=# before the names of the tools, as they were installed

history_runs = $(sort $(wildcard $(HISTORY_DIR)/*-benchmark.jsonl))
history_new = $(lastword $(history_runs))
history_old = $(filter-out $(history_new),$(history_runs))
history_comma := ,
history_gates = $(subst $(history_comma), ,$(HISTORY_GATE))
history_judged = $(if $(history_old),$(history_gates),$(filter-out regressed,$(history_gates))) # alone, a run is no slower
history_report = $(MLXK_BENCH_PREFIX)genreport $(history_old:%=-c %) $(history_new) $(wildcard $(history_new:%-benchmark.jsonl=%-memory.jsonl))

.PHONY: history history-prune
history:
	@test -n "$(history_new)" || { echo "no run in $(HISTORY_DIR)" >&2; exit 1; }
	$(history_report) -f json -o $(HISTORY_DIR)/history.json
	$(history_report) -f openmetrics -o $(HISTORY_DIR)/history.prom
	$(history_report) $(history_judged:%=-g %) -o $(HISTORY_DIR)/history.md

history-prune:
	@ls $(HISTORY_DIR)/*-benchmark.jsonl | sort -r | tail -n +$$(($(HISTORY_KEEP) + 1)) | sed 's/-benchmark\.jsonl$$//' | \
	while read -r run; do rm -f "$$run"-benchmark.jsonl "$$run"-memory.jsonl "$$run".*; done
