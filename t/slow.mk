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

# Uninitialised memory and leaks by memcheck, data races by helgrind: the unit tests, side by side with make -j, and the
# tools (t/valgrind.sh).  Unit tests run in one process, but for memmon-sources, some of which leave a thread behind
# that hangs: each of its tests has a process of its own, and what such threads still hold is no leak.
VALGRIND = valgrind -q --error-exitcode=99
LEAKS := definite,possible
FORK := no
UNITS_MEMCHECK := $(UNIT_PROGRAMS:%=%.memcheck)
UNITS_HELGRIND := $(patsubst %,$(BUILD)/t/%.helgrind,lib-fold memmon-sources)
.PHONY: $(UNITS_MEMCHECK) $(UNITS_HELGRIND)
%/memmon-sources.memcheck %/memmon-sources.helgrind: FORK := yes
%/memmon-sources.memcheck: LEAKS := definite
unit_valgrind = CK_FORK=$(FORK) CK_DEFAULT_TIMEOUT=600 $(VALGRIND) $(1) $< >$@.log 2>&1 || { cat $@.log; exit 1; }
$(UNITS_MEMCHECK): %.memcheck: %
	@echo "  VALGRIND  memcheck: $(<F)"
	@$(call unit_valgrind,--leak-check=full --errors-for-leak-kinds=$(LEAKS))
$(UNITS_HELGRIND): %.helgrind: %
	@echo "  VALGRIND  helgrind: $(<F)"
	@$(call unit_valgrind,--tool=helgrind --suppressions=t/helgrind.supp)
valgrind: all $(UNITS_MEMCHECK) $(UNITS_HELGRIND) $(BUILD)/bench/grow
	@BUILD=$(BUILD) sh t/valgrind.sh

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
