# SPDX-License-Identifier: Apache-2.0
# Checks that take longer than `make test` should; each is a target of its own.

SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
C_FILES = $(wildcard lib/*.[ch] memmon/*.[ch] validate/*.[ch] genreport/*.[ch] memplot/*.[ch] t/unit/*.[ch] t/unit/macos/*.[ch] t/unit/macos/*/*.h t/perf/*.[ch] t/fake/*.[ch])
SH_FILES = $(wildcard t/*.sh t/*.t t/browser/*.t t/perf/*.sh t/browser/*.sh t/browser/*/*.sh t/harness/start .ci/run .ci/deps lib/embed.sh memplot/web/*.sh man/examples/*.sh)

.PHONY: sanitize valgrind lint clang conformance test-arm64 check-macos torture

# The tests under AddressSanitizer and UBSan.  A leak is an error, too.
sanitize:
	$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize CFLAGS='-O1 -g' SANITIZE='$(SAN)' all units
	ASAN_OPTIONS=detect_leaks=1 BUILD=$(BUILD)/sanitize sh t/run.sh \
		$(UNITS:%=$(BUILD)/sanitize/t/%) $(PORTABLE:%=$(BUILD)/sanitize/t/%-portable) $(MACOS_PROBES:$(BUILD)/%=$(BUILD)/sanitize/%) \
		$(TOOLS:%=t/%.t) t/golden.t t/json-suite.t

# Everything builds without a warning under clang, too.
clang:
	$(MAKE) --no-print-directory BUILD=$(BUILD)/clang CC=clang all units

# Uninitialised memory and leaks: the unit tests, side by side with make -j, and each tool.
VALGRIND = valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,possible
RUN = reports/2026-11-23-v2.0.4
# Not memmon-sources, whose probes answer in time or too late by the clock, and all too late in valgrind.
UNITS_VALGRIND := $(patsubst %,%.valgrind,$(filter-out %/memmon-sources,$(UNIT_PROGRAMS)))
.PHONY: $(UNITS_VALGRIND)
$(UNITS_VALGRIND): %.valgrind: %
	@echo "  VALGRIND  $(<F)"
	@CK_FORK=no CK_DEFAULT_TIMEOUT=600 $(VALGRIND) $< >$@.log 2>&1 || { cat $@.log; exit 1; }
valgrind: all $(UNITS_VALGRIND)
	$(VALGRIND) $(BUILD)/bin/memmon -q -i 100 -d 2 >$(BUILD)/valgrind.out
	$(VALGRIND) $(BUILD)/bin/memmon -q -i 100 -- sleep 1 >$(BUILD)/valgrind.out
	cat $(RUN)*.jsonl | $(VALGRIND) $(BUILD)/bin/validate >$(BUILD)/valgrind.out
	cat $(RUN)*.jsonl | $(VALGRIND) $(BUILD)/bin/genreport >$(BUILD)/valgrind.out
	cat $(RUN)*.jsonl | $(VALGRIND) $(BUILD)/bin/memplot >$(BUILD)/valgrind.out

# Versions of clang-format differ in what they take for layout; ours is Debian 12's.
lint:
	@if clang-format --version | grep -q 'version 14\.'; then \
		echo "clang-format: $(words $(C_FILES)) files" && clang-format --dry-run -Werror $(C_FILES); \
	else echo "lint: layout is not looked at: that takes clang-format 14"; fi
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,portability,performance --inline-suppr \
		--suppress=missingIncludeSystem -I lib lib memmon validate genreport memplot
	shellcheck $(SH_FILES)
	sh t/house.sh
	mandoc -T lint -W warning man/*.[1-9]

# JSON Schema's official test suite, of which SUITE is a copy, through validate.
conformance: all $(SUITE_LIST)
	BUILD=$(BUILD) sh t/conformance.sh $(SUITE)

# memmon killed KILLS times at any moment, and a command of CHILDREN processes.
KILLS ?= 200
CHILDREN ?= 10000
torture: all
	@PATH="$(abspath $(BUILD))/bin:$$PATH" sh t/torture.sh $(KILLS) $(CHILDREN)
	@PATH="$(abspath $(BUILD))/bin:$$PATH" sh t/torture-limits.sh

# The library and two tools on an emulated arm64, which has NEON where this machine may have SSE2.
test-arm64: all $(VERDICTS)
	@BUILD=$(BUILD) sh t/arm64.sh $(filter lib-%,$(UNITS)) $(PORTABLE:%=%-portable)

# All compiled, and memmon, genreport, memplot and the library linked, for macOS on Apple silicon.
check-macos:
	@BUILD=$(BUILD) sh t/macos.sh

-include t/fuzz/fuzz.mk

# What needs a kernel of its own: control groups of version 2, and a command that is killed for want of memory.
.PHONY: test-uml
test-uml: all
	@BUILD=$(BUILD) sh t/uml.sh t/memmon-oom.t
