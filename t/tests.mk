# SPDX-License-Identifier: Apache-2.0
# Test programs besides those that the Makefile makes of each t/unit/PART-*.c.

# What libjsonl says of files, for t/json-suite.t.
VERDICTS := $(BUILD)/t/verdicts
$(VERDICTS): $(BUILD)/obj/t/unit/verdicts.o $(LIB_A)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(pkg_libs) -lm

# The groups of JSON Schema's test suite, for t/conformance.sh.
SUITE_LIST := $(BUILD)/t/suite-list
$(SUITE_LIST): $(BUILD)/obj/t/unit/suite-list.o $(LIB_A)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(pkg_libs) -lm

# The parser and its tests again with the scanner for machines that have neither SSE2 nor NEON.
PORTABLE := lib-parse lib-scan
PORTABLE_PROGRAMS := $(PORTABLE:%=$(BUILD)/t/%-portable)
PORTABLE_OBJ := $(lib_OBJ:$(BUILD)/obj/%=$(BUILD)/obj/portable/%)
$(BUILD)/obj/portable/%.o: %.c Makefile $(BUILD)/flags | $(BUILD)/checked
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(ALL_CFLAGS) -DJSONL_PORTABLE -c -o $@ $<
$(PORTABLE_PROGRAMS): $(BUILD)/t/%-portable: $(BUILD)/obj/portable/t/unit/%.o $(BUILD)/obj/t/unit/unit.o $(PORTABLE_OBJ)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(pkg_libs) $(check_libs) -lm
UNIT_PROGRAMS += $(PORTABLE_PROGRAMS)

# macOS' probes on a stand-in for its kernel, whose headers come before this system's.
ifneq ($(OS),Darwin)
MACOS_PROBES := $(BUILD)/t/macos-probes
MACOS_OBJ := $(patsubst %.c,$(BUILD)/obj/macos/%.o,$(wildcard memmon/*_macos.c t/unit/macos/*.c) t/unit/macos-probes.c)
$(BUILD)/obj/macos/%.o: %.c Makefile $(BUILD)/flags | $(BUILD)/checked
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -It/unit/macos $(ALL_CFLAGS) -c -o $@ $<
$(MACOS_PROBES): $(MACOS_OBJ) $(filter-out %_linux.o %/main.o,$(memmon_OBJ)) $(BUILD)/obj/t/unit/unit.o $(LIB_A)
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(pkg_libs) $(check_libs) -lm
UNIT_PROGRAMS += $(MACOS_PROBES)
endif
units: $(VERDICTS) $(SUITE_LIST)
include t/fault/fault.mk
