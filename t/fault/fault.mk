# SPDX-License-Identifier: Apache-2.0
# Fault injection: t/fault/inject.c lets calls of the system fail, t/fault/run tries it everywhere.
INJECT := $(BUILD)/t/inject.so
$(INJECT): $(BUILD)/obj/t/fault/inject.o $(BUILD)/links
	@mkdir -p $(@D)
	$(call say,LINK)
	$(Q)$(CC) -shared $(ALL_LDFLAGS) -o $@ $< -ldl
ifneq ($(OS),Darwin)
units: $(INJECT)
endif

C_FILES += t/fault/inject.c

# Each call that the tools make fails once, in every way: some 100000 runs.  FAULT="-c malloc memplot" for some.
.PHONY: fault
fault: all $(INJECT)
	@BUILD=$(BUILD) perl t/fault/run $(FAULT)
