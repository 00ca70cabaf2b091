# memplot's page, opened and panned, beside pages of plotly and ECharts.
.PHONY: bench-page
bench-page:
	@$(MAKE) --no-print-directory bench W=page
