# memplot's page, opened and panned, beside pages of plotly and ECharts.
.PHONY: bench-page
bench-page: all $(BENCH_DATA_tools) $(BENCH_DATA_week)
	@sh t/browser/bench/bench.sh $(BUILD)
