# memplot's page, opened and panned, beside pages of plotly and ECharts.
.PHONY: bench-page
bench-page: all $(BENCH_DATA_timeline)
	@sh t/browser/bench/bench.sh $(BUILD)
