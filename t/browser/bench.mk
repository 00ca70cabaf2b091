# SPDX-License-Identifier: Apache-2.0
# memplot's page, opened and panned, beside pages of plotly and ECharts.
.PHONY: bench-page
bench-page:
	@$(MAKE) --no-print-directory bench W=page

# memplot's trace, opened by a viewer of somebody else's.
.PHONY: check-trace
check-trace: all
	@sh t/browser/trace/trace.sh $(BUILD)
