# The page of memplot: uPlot from npm, the sources beside this file, made into C.
PAGE := $(BUILD)/gen/page
PAGE_SRC := $(wildcard memplot/web/*.js memplot/web/*.mjs memplot/web/*.css memplot/web/*.html)
PAGE_NPM := memplot/web/package.json memplot/web/package-lock.json memplot/web/.npmrc
NPM ?= npm
NODE ?= node

$(PAGE)/npm: $(PAGE_NPM)
	@mkdir -p $(@D)
	$(call say,NPM)
	$(Q)cp $(PAGE_NPM) $(@D)/
	$(Q)cd $(@D) && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD)/gen/page.c: $(PAGE_SRC) $(PAGE)/npm lib/embed.sh
	$(call say,EMBED)
	$(Q)$(NODE) memplot/web/build.mjs memplot/web $(PAGE)
	$(Q)sh lib/embed.sh page_files $(patsubst %,$(PAGE)/%.html,head body script tail) memplot/web/svg.css >$@
