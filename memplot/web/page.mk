# SPDX-License-Identifier: Apache-2.0
# The page of memplot: uPlot from npm, the sources beside this file, made into C.
PAGE := $(BUILD)/gen/page
PAGE_SRC := $(wildcard memplot/web/*.js memplot/web/*.mjs memplot/web/*.css memplot/web/*.html)
PAGE_NPM := memplot/web/package.json memplot/web/package-lock.json memplot/web/.npmrc
PAGE_PARTS := head body script tail
NPM ?= npm
NODE ?= node

# A release brings the page made, which is taken for as long as its sources are those that it was made of.
PAGE_SUM = $(shell cat $(sort $(PAGE_SRC)) $(PAGE_NPM) | cksum)
PAGE_MADE := $(wildcard memplot/web/made/sum)
ifneq ($(PAGE_MADE),)
PAGE_MADE := $(if $(filter-out $(shell cat $(PAGE_MADE)),$(PAGE_SUM)),,$(PAGE_MADE))
endif

$(PAGE)/npm: $(PAGE_NPM)
	@mkdir -p $(@D)
	$(call say,NPM)
	$(Q)cp $(PAGE_NPM) $(@D)/
	$(Q)cd $(@D) && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD)/gen/page.c: $(PAGE_SRC) $(or $(PAGE_MADE),$(PAGE)/npm) lib/embed.sh
	@mkdir -p $(PAGE)
	$(call say,EMBED)
	$(Q)cp $(if $(PAGE_MADE),memplot/web/made/LICENSE.uPlot,$(PAGE)/node_modules/uplot/LICENSE) $(PAGE)/LICENSE.uPlot
	$(Q)$(if $(PAGE_MADE),cp $(PAGE_PARTS:%=memplot/web/made/%.html) $(PAGE)/,$(NODE) memplot/web/build.mjs memplot/web $(PAGE))
	$(Q)sh lib/embed.sh page_files $(PAGE_PARTS:%=$(PAGE)/%.html) memplot/web/svg.css >$@
