# SPDX-License-Identifier: Apache-2.0
# Measuring: how fast our tools are, beside others.  t/perf/README.md says how to read it.

BENCH := $(BUILD)/bench
BENCH_OURS := grow parse_jsonl run
BENCH_PLAIN := parse_floor $(if $(filter Linux,$(OS)),probe_raw cost)
BENCH_RUN := reports/2026-11-23-v2.0.4
W ?= parse validate report timeline page memmon
bench_lengths := $(foreach length,hour day week,$(BENCH)/$(length)-tests.jsonl $(BENCH)/$(length)-memory.jsonl)
BENCH_DATA_parse := $(BENCH)/week-tests.jsonl $(BENCH)/day-memory.jsonl
BENCH_DATA_validate := $(bench_lengths)
BENCH_DATA_report := $(bench_lengths) $(BENCH)/old-benchmark.jsonl $(BENCH)/old-memory.jsonl
BENCH_DATA_timeline := $(bench_lengths)
BENCH_DATA_page := $(bench_lengths)
BENCH_PROGRAMS := $(addprefix $(BENCH)/,$(BENCH_OURS) $(BENCH_PLAIN))

.PHONY: bench bench-run bench-readme bench-instructions bench-peers
bench:
	@sh .ci/deps build bench
	@$(MAKE) --no-print-directory bench-run

bench-run: all $(BENCH_PROGRAMS) $(foreach w,$(W),$(BENCH_DATA_$(w))) bench-peers
	@sh t/perf/bench.sh $(BUILD) $(W)

# What the last `make bench` has found, into README.md.
bench-readme:
	@sh t/perf/readme.sh $(BENCH)/results.jsonl README.md

bench-instructions: $(BENCH)/parse_jsonl $(BENCH_DATA_parse) bench-peers
	@sh t/perf/instructions.sh $(BUILD)

bench-peers:
	@sh t/perf/peers.sh $(BENCH)/peers

# What t/perf.t looks at
check: $(BENCH)/grow $(BENCH)/run

# How often genreport's comparison is wrong, and what it sees.  N: simulations a row; POWER_RUNS: recordings of one code.
N ?= 1000
POWER_RUNS ?= $(wildcard reports/2026-11-23-v2.0.[45]-benchmark.jsonl)
.PHONY: power
power: $(BENCH)/power
	@$(BENCH)/power -n $(N) $(POWER_RUNS)
check: $(BENCH)/power

$(BENCH)/power: $(BUILD)/obj/t/perf/power.o $(filter-out %/main.o,$(genreport_OBJ)) $(LIB_A)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(genreport_LIBS) -lm

# ---- Programs: those on libjsonl are linked with it as the tools are
$(BENCH)/grow: $(BUILD)/obj/t/perf/template.o
$(BENCH_OURS:%=$(BENCH)/%): $(BENCH)/%: $(BUILD)/obj/t/perf/%.o $(LIB_SO) $(LIB_A)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(link_lib) -lm

$(BENCH_PLAIN:%=$(BENCH)/%): $(BENCH)/%: $(BUILD)/obj/t/perf/%.o
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $<

# ---- Data: 22 000 tests and 432 000 samples a day; all of it is valid.  `old` is another day, to compare with.
$(BENCH)/hour-tests.jsonl: LINES := test 917
$(BENCH)/day-tests.jsonl: LINES := test 22000
$(BENCH)/week-tests.jsonl: LINES := test 154000
$(BENCH)/hour-memory.jsonl: LINES := sample 18000
$(BENCH)/day-memory.jsonl: LINES := sample 432000
$(BENCH)/week-memory.jsonl: LINES := sample 3024000
bench_tests := $(BENCH)/hour-tests.jsonl $(BENCH)/day-tests.jsonl $(BENCH)/week-tests.jsonl
bench_memory := $(BENCH)/hour-memory.jsonl $(BENCH)/day-memory.jsonl $(BENCH)/week-memory.jsonl
$(bench_tests): $(BENCH_RUN)-benchmark.jsonl
$(bench_memory): $(BENCH_RUN)-memory.jsonl
$(bench_tests) $(bench_memory): t/perf/grow.c t/perf/template.c | $(BENCH)/grow $(BUILD)/bin/validate
	$(call say,GROW)
	$(Q)$(BENCH)/grow $(LINES) <$(filter %.jsonl,$^) >$@
	$(Q)$(BUILD)/bin/validate -f quiet $@

$(BENCH)/old-benchmark.jsonl: $(BENCH)/week-tests.jsonl
	$(Q)head -n 44000 $< | tail -n 22000 >$@
$(BENCH)/old-memory.jsonl: $(BENCH)/week-memory.jsonl
	$(Q)head -n 864000 $< | tail -n 432000 >$@
