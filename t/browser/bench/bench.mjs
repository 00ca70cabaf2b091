// SPDX-License-Identifier: Apache-2.0
// node bench.mjs CHROMIUM FOLDER MEMORY: opens and pans FOLDER's day.html and week.html, and pages of plotly and ECharts
// with eight series of the samples in MEMORY (a day); prints a line of JSON for each, as make bench wants it.  Everything is
// drawn in software, also the WebGL that plotly takes for so many points, which a machine with a display does far quicker.
import { createReadStream, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const PAN_S = 5;
const [executablePath, folder, memory] = process.argv.slice(2);
const library = (name) => createRequire(import.meta.url).resolve(name);
const keys = ['ram_free_gb', 'gpu_mem_used_gb', 'swap_used_mb', 'cpu_user', 'cpu_sys', 'load_1', 'gpu_device_util', 'gpu_power_w'];

// The peers' data is a literal of plain arrays, the quickest that they take.
async function writePeers() {
  const ts = [];
  const columns = keys.map(() => []);
  for await (const line of createInterface({ input: createReadStream(memory) })) {
    const record = JSON.parse(line);
    if (!('elapsed_s' in record))
      continue;
    ts.push(Math.round(record.ts * 1000));
    keys.forEach((key, k) => columns[k].push(record[key] ?? null));
  }
  const page = (script, draw) => `<!DOCTYPE html><meta charset="utf-8"><div id="plot" style="width:1300px;height:700px"></div>
<script src="file://${library(script)}"></script><script>const ts = ${JSON.stringify(ts)}, ys = ${JSON.stringify(columns)};
const done = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.ready = true; }));
const [from, to] = [ts[ts.length >> 2], ts[(ts.length * 3) >> 2]];
${draw}</script>`;
  writeFileSync(`${folder}/plotly.html`, page('plotly.js-dist-min', `
const axis = (i) => (i ? { ['yaxis' + (i + 1)]: { domain: [i * 0.34, i * 0.34 + 0.3] } } : { yaxis: { domain: [0, 0.3] } });
Plotly.newPlot('plot', ys.map((y, k) => ({ x: ts, y, type: 'scattergl', mode: 'lines', yaxis: 'y' + ['', 2, 3][k % 3] })),
  { dragmode: 'pan', xaxis: { type: 'date', range: [from, to] }, ...axis(0), ...axis(1), ...axis(2) }).then(done);`));
  writeFileSync(`${folder}/echarts.html`, page('echarts/dist/echarts.min.js', `
const chart = echarts.init(document.getElementById('plot'), null, { renderer: 'canvas' });
chart.on('finished', () => window.ready || done());
chart.setOption({ animation: false, grid: [0, 1, 2].map((i) => ({ top: 20 + i * 225, height: 190 })),
  xAxis: [0, 1, 2].map((gridIndex) => ({ type: 'time', gridIndex })), yAxis: [0, 1, 2].map((gridIndex) => ({ gridIndex })),
  dataZoom: [{ type: 'inside', xAxisIndex: [0, 1, 2], startValue: from, endValue: to }],
  series: ys.map((y, k) => ({ type: 'line', showSymbol: false, sampling: 'minmax', large: true, xAxisIndex: k % 3, yAxisIndex: k % 3,
    data: y.map((v, i) => [ts[i], v]) })) });`));
}

const tell = (who, name, figures) => console.log(JSON.stringify({ group: 'page', who, name, ...figures }));

async function measure(browser, who, name, file, ready) {
  const page = await browser.newPage({ viewport: { width: 1340, height: 900 } });
  const begun = performance.now();
  await page.goto(`file://${folder}/${file}`, { timeout: 120000 });
  await page.waitForFunction(ready, null, { timeout: 120000 });
  const opened = performance.now() - begun;
  const paint = await page.evaluate(() => performance.getEntriesByType('paint')[0]?.startTime ?? NaN);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const metric = async (key) => (await client.send('Performance.getMetrics')).metrics.find((m) => m.name === key).value;
  if (file.startsWith('day') || file.startsWith('week'))
    for (const key of ['+', '+'])
      await page.keyboard.press(key);
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    window.frames_ = 0;
    const tick = () => { window.frames_++; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
  });
  const [script, at] = [await metric('ScriptDuration'), performance.now()];
  const frames = await page.evaluate(() => window.frames_);
  const y = file.startsWith('day') || file.startsWith('week') ? (await page.locator('#rows').boundingBox()).y + 60 : 320;
  await page.mouse.move(670, y);
  await page.mouse.down();
  for (let k = 0; performance.now() - at < PAN_S * 1000; k++)
    await page.mouse.move(670 + 250 * Math.sin(k / 20), y);
  await page.mouse.up();
  const seconds = (performance.now() - at) / 1000;
  const drawn = await page.evaluate(() => window.frames_) - frames;
  const perFrame = (await metric('ScriptDuration') - script) / drawn * 1000;
  tell(who, name, { paint_s: paint / 1000, opened_s: opened / 1000, frames_per_s: drawn / seconds, script_ms: perFrame });
  await page.close();
}

await writePeers();
const browser = await chromium.launch({ executablePath, headless: true, args: ['--headless', '--no-sandbox', '--disable-gpu',
  '--enable-unsafe-swiftshader', '--disable-background-networking'] });
const ours = () => window.memplot?.loaded();
const theirs = () => window.ready;
const version = (name) => createRequire(import.meta.url)(`./node_modules/${name}/package.json`).version;
for (const [who, name, file, ready] of [['ours', 'memplot, a day', 'day.html', ours],
  ['peer', `plotly ${version('plotly.js-dist-min')}, a day`, 'plotly.html', theirs],
  ['peer', `ECharts ${version('echarts')}, a day`, 'echarts.html', theirs], ['ours', 'memplot, a week', 'week.html', ours]])
  await measure(browser, who, name, file, ready).catch((error) => {
    console.error(`bench: ${name}: ${error.message.split('\n')[0]}`);
    tell(who, name, { failed: true });
    if (who === 'ours') process.exitCode = 1;
  });
await browser.close();
