# SPDX-License-Identifier: Apache-2.0
# Releases and packages.  What is made for others lies in $(BUILD)/dist and $(BUILD)/deb.
NAME := mlxk-bench-$(VERSION)
DIST := $(BUILD)/dist/$(NAME).tar.gz
STATIC_DIST := $(BUILD)/dist/$(NAME)-$(OS)-$(shell uname -m).tar.gz
# Where the release will be had from; what the formula says of it.
DIST_URL ?= file://$(abspath $(DIST))
SH_FILES += $(wildcard .packaging/*.sh)

.PHONY: dist static deb test-dist test-deb
dist: $(BUILD)/gen/page.c
	@mkdir -p $(BUILD)/dist
	@sh .packaging/dist.sh $(NAME) $(DIST) $(PAGE) '$(PAGE_SUM)' $(PAGE_PARTS)
	@sh .packaging/formula.sh $(DIST) '$(DIST_URL)' >$(dir $(DIST))mlxk-bench.rb
	@echo $(DIST)

# A build of its own, as all is linked otherwise.
static:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/static STATIC_DEPS=1 all
	@MAKE='$(MAKE)' BUILD=$(BUILD)/static sh .packaging/static.sh $(NAME) $(STATIC_DIST) $(TOOLS)

deb: dist
	@sh .packaging/deb.sh $(DIST) $(BUILD)/deb

test-dist: dist
	@BUILD=$(BUILD) sh .packaging/test-dist.sh $(DIST)

test-deb: all deb
	@BUILD=$(BUILD) sh .packaging/test-deb.sh $(DIST)
