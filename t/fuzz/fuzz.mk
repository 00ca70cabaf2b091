# SPDX-License-Identifier: Apache-2.0
# Fuzzing: libFuzzer runs each t/fuzz/NAME.c, which says in its first comment what must hold for any input.
#
#   make fuzz                 all targets, about ten minutes
#   make fuzz F=line T=60     some of them, each for T seconds
#   make fuzz-kit KIT=DIR     what a machine without a compiler needs to run them: DIR/run-fuzz.sh SECONDS JOBS
#   make fuzz-seeds           the seeds and RUNS=500 runs of what becomes of them, always the same: for CI
#
# The library is compiled anew under $(BUILD)/fuzz, by clang, with coverage and sanitizers.  What was found to lead
# anywhere stays in $(BUILD)/fuzz/corpus for the next run, findings in $(BUILD)/fuzz/findings.

FUZZ_CC ?= clang
FUZZ_CFLAGS ?= -O2 -g -DJSONL_READ_SIZE=64
FUZZ_SAN := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FUZZ_TARGETS := $(patsubst t/fuzz/%.c,%,$(wildcard t/fuzz/*.c))
FUZZ_SUPPORT := $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard t/fuzz/support/*.c))
F ?= $(FUZZ_TARGETS)
# T is also the list of tests of `make check`; only who sets it here means seconds.
FUZZ_T = $(if $(filter command environment,$(origin T)),$(T))

# Targets that test a tool, not the library: NAME_PART is what they are linked with besides.
schema_PART := validate
events_PART := memmon
procfs_PART := memmon
format_PART := validate
table_PART := validate
upgrade_PART := validate
report_PART := genreport
timeline_PART := memplot
queue_PART := memmon
gpu_PART := memmon
# NAME_LINK: flags for its link alone.
reader_LINK := -Wl,--wrap=read
schema_LINK := $(idn_libs)
format_LINK := $(idn_libs)
table_LINK := $(idn_libs)
upgrade_LINK := $(idn_libs)
report_LINK := -Wl,--wrap=jsonl_warn,--wrap=jsonl_warn_at
timeline_LINK := $(deflate_libs) -Wl,--wrap=jsonl_warn,--wrap=jsonl_warn_at

define fuzz_target
$(BUILD)/t/fuzz/$(1): $(BUILD)/obj/t/fuzz/$(1).o $(FUZZ_SUPPORT) $(LIB_A) \
		$(if $($(1)_PART),$(filter-out %/main.o,$($($(1)_PART)_OBJ)))
	@mkdir -p $$(@D)
	$$(call say,LINK)
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -fsanitize=fuzzer -o $$@ $$(filter %.o,$$^) $(LIB_A) $$(pkg_libs) -lm $($(1)_LINK)
endef
$(foreach t,$(FUZZ_TARGETS),$(eval $(call fuzz_target,$(t))))

C_FILES += $(wildcard t/fuzz/*.[ch] t/fuzz/support/*.[ch])
SH_FILES += t/fuzz/run.sh t/fuzz/run-fuzz.sh

.PHONY: fuzz fuzz-seeds fuzz-kit fuzz-targets
fuzz-targets: $(F:%=$(BUILD)/t/fuzz/%)

fuzz_build = $(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=$(FUZZ_CC) CFLAGS='$(FUZZ_CFLAGS)' SANITIZE='$(FUZZ_SAN)' \
	F='$(F)' fuzz-targets

fuzz:
	@sh t/fuzz/run.sh --check $(FUZZ_CC)
	@$(fuzz_build)
	@BUILD=$(BUILD)/fuzz T=$(FUZZ_T) sh t/fuzz/run.sh $(F)

RUNS ?= 500
fuzz-seeds:
	@sh t/fuzz/run.sh --check $(FUZZ_CC)
	@$(fuzz_build)
	@BUILD=$(BUILD)/fuzz RUNS=$(RUNS) T=0 sh t/fuzz/run.sh $(F)

# Programs that need libc alone, stripped; their seeds and dictionaries.  Linux.
KIT ?= $(BUILD)/fuzzkit
fuzz-kit:
	@sh t/fuzz/run.sh --check $(FUZZ_CC)
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/kit CC=$(FUZZ_CC) STATIC_DEPS=1 SANITIZE='$(FUZZ_SAN)' \
		CFLAGS='$(subst -g,-gline-tables-only,$(FUZZ_CFLAGS))' LDFLAGS='-static-libgcc -static-libstdc++' fuzz-targets
	@mkdir -p $(KIT) $(BUILD)/kit/bin
	@for t in $(FUZZ_TARGETS); do strip -o $(BUILD)/kit/bin/$$t $(BUILD)/kit/t/fuzz/$$t || exit 1; done
	@BUILD=$(BUILD)/kit sh t/fuzz/run.sh --seeds $(FUZZ_TARGETS)
	@tar -C $(BUILD)/kit -czf $(KIT)/bin.tar.gz bin
	@tar -C $(BUILD)/kit -czf $(KIT)/seeds.tar.gz seeds
	@cp t/fuzz/run-fuzz.sh $(KIT)/
	@ls -l $(KIT)
