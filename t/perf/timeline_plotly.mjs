// SPDX-License-Identifier: Apache-2.0
// A timeline as a page of plotly: what memplot is for, made the usual way.
//
//     node timeline_plotly.mjs TESTS MEMORY >PAGE
//
// Three rows of the series that a sample has, tests as rectangles behind them with their names on hover, and plotly itself
// in the page, so that it opens without a network.  Data are plain arrays.  NODE_MODULES says where the package is.
import { openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { lines } from './lines.mjs';

const require = createRequire(`${process.env.NODE_MODULES}/`);
const [, , tests, memory] = process.argv;
const rows = [
  ['ram_free_gb', 'swap_used_mb', 'gpu_mem_used_gb'],
  ['load_1', 'cpu_user', 'cpu_sys'],
  ['gpu_device_util', 'gpu_power_w'],
];
const series = rows.flatMap((names, row) => names.map((name) => ({ name, row, values: [] })));

function* records(file) {
  for (const block of lines(openSync(file)))
    for (const line of block) yield JSON.parse(line);
}

function write(text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

const ts = [];
for (const sample of records(memory)) {
  if (!('elapsed_s' in sample)) continue;
  ts.push(Math.round(sample.ts * 1000));
  for (const { name, values } of series) values.push(sample[name] ?? null);
}

const shapes = [];
const middles = { x: [], text: [] };
for (const test of records(tests)) {
  const [x0, x1] = [test.test_start_ts * 1000, test.test_end_ts * 1000];
  const fillcolor = test.model ? 'rgba(200,200,200,.3)' : 'rgba(173,216,230,.2)';
  shapes.push({ type: 'rect', xref: 'x', yref: 'paper', x0, x1, y0: 0, y1: 1, line: { width: 0 }, layer: 'below', fillcolor });
  middles.x.push((x0 + x1) / 2);
  middles.text.push(`${test.test} ${test.model?.id ?? ''}`);
}

const axis = (row) => (row ? `yaxis${row + 1}` : 'yaxis');
const layout = { hovermode: 'x unified', shapes, xaxis: { type: 'date', anchor: 'y3' } };
for (const row of rows.keys()) layout[axis(row)] = { domain: [1 - (row + 1) / 3 + 0.02, 1 - row / 3 - 0.02] };

write(`<!DOCTYPE html><meta charset="utf-8"><title>Timeline</title><div id="plot" style="height:95vh"></div><script>`);
write(readFileSync(require.resolve('plotly.js-dist-min'), 'utf8'));
write(`</script><script>const ts = ${JSON.stringify(ts)}, traces = [];\n`);
for (const { name, row, values } of series)
  if (values.some((value) => value !== null))
    write(`traces.push({x: ts, y: ${JSON.stringify(values)}, name: '${name}', type: 'scattergl', yaxis: '${axis(row).replace('axis', '')}'});\n`);
write(`traces.push({...${JSON.stringify(middles).replaceAll('<', '\\u003c')}, y: Array(${middles.x.length}).fill(0), name: 'tests', mode: 'markers'});\n`);
write(`Plotly.newPlot('plot', traces, ${JSON.stringify(layout)});</script>\n`);
