# Measuring: how fast our tools are, beside others.  t/perf/README.md says how to read it.

BENCH := $(BUILD)/bench
BENCH_OURS := grow parse_jsonl
BENCH_PLAIN := run parse_floor probe_raw cost
BENCH_RUN := reports/2026-11-23-v2.0.4
W ?= parse validate tools memmon
BENCH_DATA_parse := $(BENCH)/tests-108.jsonl $(BENCH)/memory-108.jsonl
BENCH_DATA_validate := $(BENCH)/tests-108.jsonl
BENCH_DATA_tools := $(BENCH)/day-tests.jsonl $(BENCH)/day-memory.jsonl
BENCH_DATA_week := $(BENCH)/tests-108.jsonl $(BENCH)/week-memory.jsonl
BENCH_PROGRAMS := $(BENCH_OURS:%=$(BENCH)/%) $(if $(filter Linux,$(OS)),$(BENCH_PLAIN:%=$(BENCH)/%),$(BENCH)/run $(BENCH)/parse_floor)

.PHONY: bench bench-week bench-instructions bench-peers
bench: all $(BENCH_PROGRAMS) $(foreach w,$(W),$(BENCH_DATA_$(w))) bench-peers
	@sh t/perf/bench.sh $(BUILD) $(W)

bench-week:
	@$(MAKE) --no-print-directory bench W=week R=$(or $(R),2)

bench-instructions: $(BENCH)/parse_jsonl $(BENCH_DATA_parse) bench-peers
	@sh t/perf/instructions.sh $(BUILD)

bench-peers:
	@sh .ci/deps bench || true
	@sh t/perf/peers.sh $(BENCH)/peers

# What t/perf.t looks at
check: $(BENCH)/grow $(BENCH)/run

# How often genreport's comparison is wrong, and what it sees.  N: simulations a row; POWER_RUNS: recordings of one code.
N ?= 1000
POWER_RUNS ?= $(wildcard reports/2026-11-23-v2.0.[45].jsonl)
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

# ---- Data: 22 000 tests and 432 000 samples a day; all of it is valid
$(BENCH)/tests-108.jsonl: LINES := test 154000
$(BENCH)/memory-108.jsonl: LINES := sample 320000
$(BENCH)/day-tests.jsonl: LINES := test 22000
$(BENCH)/day-memory.jsonl: LINES := sample 432000
$(BENCH)/week-memory.jsonl: LINES := sample 3024000
$(BENCH)/tests-108.jsonl $(BENCH)/day-tests.jsonl: $(BENCH_RUN).jsonl
$(BENCH)/memory-108.jsonl $(BENCH)/day-memory.jsonl $(BENCH)/week-memory.jsonl: $(BENCH_RUN)-memory.jsonl
$(addprefix $(BENCH)/,tests-108.jsonl memory-108.jsonl day-tests.jsonl day-memory.jsonl week-memory.jsonl): \
		$(BENCH)/grow $(BUILD)/bin/validate
	$(call say,GROW)
	$(Q)$(BENCH)/grow $(LINES) <$(filter %.jsonl,$^) >$@
	$(Q)$(BUILD)/bin/validate -f quiet $@
