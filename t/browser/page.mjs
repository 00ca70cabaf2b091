// node page.mjs CHROMIUM FOLDER MEMORY BENCH SERVER GPUS: opens the pages that page.t made in FOLDER, as a
// reader would, and prints TAP.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [executablePath, folder, memoryFile, benchFile, serverFile, gpusFile] = process.argv.slice(2);
const records = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const samples = records(memoryFile).filter((r) => 'elapsed_s' in r);
const tests = records(benchFile);
const loads = records(serverFile).filter((r) => r.event === 'model_load').map((r) => r.ts);

let count = 0;
function ok(good, title, detail) {
  count++;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${title}`);
  if (!good && detail !== undefined)
    console.log(`# ${JSON.stringify(detail)}`);
}
const equal = (got, want, title) => ok(JSON.stringify(got) === JSON.stringify(want), title, { got, want });
const near = (a, b, within) => Math.abs(a - b) <= within;

const browser = await chromium.launch({ executablePath, headless: true, args: ['--headless', '--no-sandbox', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'] });

async function open(name, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const noise = [];
  page.on('console', (m) => noise.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => noise.push(`error: ${e.message}`));
  page.on('dialog', (d) => { noise.push(`dialog: ${d.message()}`); d.dismiss(); });
  // A worker's source is a blob of the page itself.
  page.on('request', (r) => r.url().startsWith('blob:null/') || r.url().split('#')[0] === `file://${folder}/${name.split('#')[0]}` || noise.push(`request: ${r.url()}`));
  await page.goto(`file://${folder}/${name}`);
  await page.waitForFunction(() => window.memplot?.loaded?.(), null, { timeout: 20000 });
  return { page, noise };
}
const view = (page) => page.evaluate(() => window.memplot.view());
// The view is drawn in the frame after it changed.
const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const width = (v) => v.max - v.min;

// Where time t is on the screen.
async function pointAt(page, t) {
  const [x, stage] = await page.evaluate((at) => {
    const { left, width: w } = window.memplot.plot();
    const v = window.memplot.view();
    return [left + (at - v.min) / (v.max - v.min) * w, document.getElementById('stage').getBoundingClientRect().left];
  }, t);
  const box = await page.locator('#rows').boundingBox();
  return { x: stage + x, y: box.y + 60 };
}

async function run() {
  const { page, noise } = await open('run.html');
  equal(await page.evaluate(() => window.memplot.rows()), ['Memory', 'CPU', 'GPU'], 'there are three rows');
  equal(await page.locator('.uplot').count(), 3, 'and three plots');
  equal(await page.evaluate(() => window.memplot.samples()), samples.length, 'all samples are in the data');
  ok(await page.locator('#static').isHidden(), 'the static picture has made room');
  const shown = await page.evaluate(() => window.memplot.tests());
  equal(shown.length, tests.length, 'all tests are in the data');
  equal(shown.filter((t) => t.outcome === 'failed').map((t) => t.id), tests.filter((t) => t.outcome === 'failed').map((t) => t.test),
    'the failed one is marked as failed');
  const labels = await page.evaluate(() => window.memplot.labels());
  ok(labels.tests.some((l) => l.full === '✗ known_regression'), 'and has its name and cross', labels.tests.map((l) => l.full));
  const original = new Map(tests.map((t) => [t.test, t]));
  ok(shown.every((t) => near(t.end, original.get(t.id).test_end_ts, 1e-6)), 'tests are at their times');
  const ready = (await page.evaluate(() => window.memplot.regions())).map((r) => r.ready);
  ok(ready.length === loads.length && ready.every((t, i) => near(t, loads[i], 1e-5)), 'the server log gives times in RAM', ready);

  // Every value of every sample.
  const metrics = (await page.evaluate(() => window.memplot.series())).map((s) => s.key);
  const got = await page.evaluate((times) => times.map((t) => window.memplot.at(t).values), samples.map((s) => s.ts));
  ok(samples.every((s, i) => metrics.every((key) => s[key] === got[i][key])), 'every value is that of the file');

  // Hover.
  const pick = samples[700];
  const at = await pointAt(page, pick.ts);
  await page.mouse.move(at.x, at.y);
  const hover = await page.evaluate(() => window.memplot.shown());
  const origin = samples.find((s) => s.ts === hover.ts);
  ok(origin && near(hover.ts, pick.ts, 0.3), 'hover finds a sample at the pointer', hover.ts);
  const text = await page.locator('#hover').innerText();
  ok(text.includes(`${origin.ram_free_gb.toFixed(2)} GB`) && text.includes(`${origin.gpu_power_w.toFixed(1)} W`) &&
    text.includes(`${origin.cpu_user.toFixed(1)} %`), 'and shows its values of all rows', text);
  const running = tests.find((t) => t.test_start_ts <= hover.t && t.test_end_ts >= hover.t);
  ok(running && text.includes(running.test.split('::').pop()), 'and the test that ran', text);
  const failed = tests.find((t) => t.outcome === 'failed');
  const there = await pointAt(page, failed.test_start_ts);
  await page.mouse.move(there.x, there.y);
  ok((await page.locator('#hover').innerText()).includes('test_known_regression'), 'a test of a millisecond can be met');
  await page.mouse.move(there.x, 5);
  ok(await page.locator('#hover').isHidden(), 'hover goes with the pointer');

  // Wheel.
  const full = await view(page);
  const wheel = await pointAt(page, pick.ts);
  await page.mouse.move(wheel.x, wheel.y);
  await page.mouse.wheel(0, -300);
  await frame(page);
  const zoomed = await view(page);
  ok(width(zoomed) < 0.8 * width(full), 'the wheel zooms in', zoomed);
  ok(near((await pointAt(page, pick.ts)).x, wheel.x, 1), 'about the pointer');
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 120);
  await page.keyboard.up('Shift');
  await frame(page);
  const panned = await view(page);
  ok(near(width(panned), width(zoomed), 1e-3) && panned.min > zoomed.min + 0.1, 'Shift and the wheel pan', panned);

  // Drag.
  await page.mouse.move(700, wheel.y);
  await page.mouse.down();
  await page.mouse.move(800, wheel.y, { steps: 4 });
  await page.mouse.up();
  await frame(page);
  const dragged = await view(page);
  ok(near(width(dragged), width(panned), 1e-3) && dragged.min < panned.min, 'a drag pans', dragged);
  await page.mouse.dblclick(700, wheel.y);
  await frame(page);
  equal(await view(page), full, 'a double click shows all');
  const [a, b] = [await pointAt(page, samples[300].ts), await pointAt(page, samples[500].ts)];
  await page.keyboard.down('Shift');
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move(b.x, b.y, { steps: 4 });
  ok(await page.locator('#selection').isVisible(), 'Shift and a drag show the selection');
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await frame(page);
  const selected = await view(page);
  ok(near(selected.min, samples[300].ts, 0.5) && near(selected.max, samples[500].ts, 0.5), 'and select', selected);

  // Keys.
  await page.keyboard.press('Shift+ArrowRight');
  await frame(page);
  ok((await view(page)).min > selected.min, 'Shift and the right arrow pan');
  await page.keyboard.press('Shift+ArrowLeft');
  await frame(page);
  ok(near((await view(page)).min, selected.min, 1e-3), 'with the left arrow back');
  await page.keyboard.press('+');
  await frame(page);
  ok(width(await view(page)) < width(selected), '+ zooms in');
  await page.keyboard.press('-');
  await frame(page);
  ok(near(width(await view(page)), width(selected), 1e-3), '- zooms out');
  await page.keyboard.press('n');
  await frame(page);
  const onFailed = await view(page);
  ok(onFailed.min < failed.test_start_ts && onFailed.max > failed.test_start_ts && width(onFailed) < 1, 'n goes to the failed test');
  await page.keyboard.press('0');
  await frame(page);
  equal(await view(page), full, '0 shows all');
  await page.locator('#overview').scrollIntoViewIfNeeded();
  const overview = await page.locator('#overview').boundingBox();
  await page.mouse.move(overview.x + 62, overview.y + 20);
  await page.mouse.down();
  await page.mouse.move(overview.x + 400, overview.y + 20, { steps: 4 });
  await page.mouse.up();
  await frame(page);
  const narrowed = await view(page);
  ok(narrowed.min > full.min + 1 && near(narrowed.max, full.max, 1e-3), 'the overview\'s edge narrows the view', narrowed);
  await page.keyboard.press('0');

  // Legend.
  const visible = async (key) => (await page.evaluate(() => window.memplot.series())).find((s) => s.key === key).visible;
  await page.locator('#legend button[data-key=gpu_device_util]').click();
  ok(!await visible('gpu_device_util'), 'the legend hides a series');
  equal(await page.evaluate(() => window.memplot.drawn(2).slice(1).filter((y) => y.some((v) => v !== null)).length), 1,
    'which is drawn no more');
  await page.locator('#legend button[data-key=gpu_device_util]').click();
  ok(await visible('gpu_device_util'), 'and shows it again');
  await page.locator('#legend button[data-key=infra]').click();
  const names = (await page.evaluate(() => window.memplot.labels())).tests.map((l) => l.full);
  ok(names.length > 0 && !names.includes('memory_leak_like_growth'), 'infrastructure tests can be hidden', names);
  await page.locator('#legend button[data-key=infra]').click();
  await page.locator('#legend button[data-key=labels]').click();
  ok(await page.locator('#tests').isHidden(), 'names can be hidden');
  await page.locator('#legend button[data-key=labels]').click();
  await page.locator('#legend button[data-key=safe]').click();

  // Names never overlap, and more of them fit as one zooms in.
  let apart = true;
  const share = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('0');
    for (let k = 0; k < i; k++)
      await page.keyboard.press('+');
    await frame(page);
    const { tests: below, models: above } = await page.evaluate(() => window.memplot.labels());
    const v = await view(page);
    share.push(below.length / tests.filter((t) => t.test_end_ts >= v.min && t.test_start_ts <= v.max).length);
    for (const boxes of [below, above])
      apart &&= boxes.every((box, k) => k === 0 || box.x0 >= boxes[k - 1].x1 - 1e-6);
  }
  ok(apart, 'no two names overlap at six zoom levels');
  ok(share[5] > share[0], 'zooming in shows a larger share of the names', share);

  // The list.
  await page.keyboard.press('/');
  await page.keyboard.type('transcribe failed');
  equal(await page.locator('#list tbody tr').count(), 0, 'the search needs all words');
  await page.locator('#list input').fill('Whisper');
  equal(await page.locator('#list tbody tr').count(), tests.filter((t) => /whisper/.test(t.model?.id)).length, 'the search finds by model');
  await page.locator('#list tbody button').first().click();
  await frame(page);
  ok(width(await view(page)) < 12, 'a row of the list shows its test');
  equal(noise, [], 'no message, no request');
  await page.close();
}

// What the keys' cursor shows and says, and what an address holds.
async function keysAndAddress() {
  const { page, noise } = await open('run.html');
  await page.locator('#stage').focus();
  await page.keyboard.press('ArrowRight');
  const first = await page.evaluate(() => window.memplot.shown());
  await page.keyboard.press('ArrowRight');
  const second = await page.evaluate(() => window.memplot.shown());
  ok(samples.some((s) => s.ts === second.ts) && second.ts > first.ts, 'the right arrow moves the cursor to a later sample', [first.ts, second.ts]);
  await page.waitForFunction(() => document.getElementById('live').textContent !== '');
  await page.waitForTimeout(500);
  const spoken = await page.locator('#live').textContent();
  const there = samples.find((s) => s.ts === second.ts);
  ok(spoken.includes(`RAM free ${there.ram_free_gb.toFixed(2)} GB`), 'and its values are announced', spoken);
  equal(await page.locator('#live').getAttribute('aria-live'), 'polite', 'politely');
  for (let i = 0; i < 5; i++)
    await page.keyboard.press('ArrowLeft');
  ok((await page.evaluate(() => window.memplot.shown())).t < first.t, 'the left arrow moves it back');
  await page.keyboard.press('Escape');
  ok(await page.locator('#hover').isHidden(), 'Escape hides it');
  await page.keyboard.press('?');
  ok(await page.locator('#help').isVisible(), '? lists the keys');
  ok((await page.locator('#help').innerText()).includes('next, previous failed test'), 'with what they do');
  await page.keyboard.press('Escape');
  ok(await page.locator('#help').isHidden(), 'Escape closes the list');

  await page.keyboard.press('+');
  await page.locator('#legend button[data-key=load_1]').click();
  await page.locator('#legend button[data-key=gpu_temp_c]').click();
  await page.locator('#legend button[data-key=safe]').click();
  await page.locator('#legend button[data-key=infra]').click();
  await page.locator('#legend select').selectOption('elapsed');
  await page.waitForFunction(() => location.hash.includes('elapsed'), null, { timeout: 5000 });
  const shared = await page.evaluate(() => location.hash);
  const seen = await view(page);
  equal(await page.evaluate(() => history.length), 2, 'the state in the address makes no entry in the history');
  const other = await open(`run.html${shared}`);
  const again = await view(other.page);
  ok(near(again.min, seen.min, 1e-4) && near(again.max, seen.max, 1e-4), 'an address restores the view', [again, seen]);
  const list = await other.page.evaluate(() => window.memplot.series());
  equal(['load_1', 'gpu_temp_c'].map((key) => list.find((s) => s.key === key).visible), [false, true], 'the series');
  equal(await other.page.locator('#legend [data-key=safe]').getAttribute('aria-pressed'), 'true', 'the palette');
  equal(await other.page.locator('#legend [data-key=infra]').getAttribute('aria-pressed'), 'false', 'what else is off');
  equal(await other.page.locator('#legend select').inputValue(), 'elapsed', 'and how times are shown');
  // An address that is given just before the page would write its own is read, not written over.
  await other.page.evaluate(() => {
    const set = window.setTimeout;
    window.setTimeout = (call, ms, ...rest) => {
      window.writes = call;
      return set(call, ms, ...rest);
    };
  });
  await other.page.keyboard.press('0');
  await other.page.waitForFunction(() => !location.hash.includes('t='));
  await other.page.keyboard.press('+');
  await frame(other.page);
  await other.page.evaluate((hash) => {
    location.hash = hash;
    window.writes();
  }, shared);
  await frame(other.page);
  await frame(other.page);
  const given = await view(other.page);
  ok(near(given.min, seen.min, 1e-4) && near(given.max, seen.max, 1e-4), 'an address that is given is not written over', given);
  equal(noise.concat(other.noise), [], 'no message, no request by an address');
  await other.page.close();
  await page.close();
}

// Contrast of what is drawn against the page, as WCAG 2.1 has it.
function contrast(a, b) {
  const light = (rgb) => rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const [high, low] = [light(a), light(b)].sort((p, q) => q - p);
  return (high + 0.05) / (low + 0.05);
}
const rgb = (text) => (text.startsWith('#') ? [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16)) : text.match(/[\d.]+/g).slice(0, 3).map(Number));

async function accessible() {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const colorScheme of ['light', 'dark'])
    for (const palette of ['', '#palette=safe']) {
      const { page } = await open(`run.html${palette}`, { colorScheme, bypassCSP: true });
      const back = rgb(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      const low = (await page.evaluate(() => window.memplot.series().filter((s) => s.drawn).map((s) => [s.key, s.colour])))
        .filter(([, colour]) => contrast(rgb(colour), back) < 3);
      equal(low, [], `series stand out from the page, ${colorScheme} ${palette}`);
      await page.keyboard.press('/');
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      ok(found.passes.length > 15, `axe has looked, ${colorScheme} ${palette}`, found.passes.length);
      equal(found.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120))]), [], `axe finds nothing, ${colorScheme} ${palette}`);
      await page.close();
    }
}

// Names keep their places while the view is panned.
async function still() {
  const { page } = await open('run.html');
  for (let i = 0; i < 3; i++)
    await page.keyboard.press('+');
  await frame(page);
  const look = async () => {
    const { tests: labels } = await page.evaluate(() => window.memplot.labels());
    const v = await view(page);
    const { left, width: w } = await page.evaluate(() => window.memplot.plot());
    return { v, labels: labels.map((l) => ({ text: l.text, t: v.min + ((l.x0 + l.x1) / 2 - left) / w * width(v), x: l.x0 })) };
  };
  const before = await look();
  const box = await page.locator('#rows').boundingBox();
  await page.mouse.move(600, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(563, box.y + 50, { steps: 3 });
  await page.mouse.up();
  await frame(page);
  const after = await look();
  const pixel = width(after.v) / 1100;
  const inner = before.labels.filter((l) => l.t > after.v.min + 40 * pixel && l.t < before.v.max - 40 * pixel);
  ok(inner.length > 5 && inner.every((l) => after.labels.some((m) => m.text === l.text && near(m.t, l.t, 1.01 * pixel))),
    'names stay with their tests while the view is panned', inner.length);
  await page.close();
}

// In windows of a long recording each column of pixels shows its true extremes.
async function peaks() {
  const { page, noise } = await open('long.html');
  const values = records(`${folder}/long.jsonl`).map((r) => [r.ts, r.ram_free_gb]);
  let [wrong, seen] = [0, 0];
  let seed = 7;
  const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
  for (let k = 0; k < 12; k++) {
    const from = random() * 60000;
    const span = 5000 + random() * 80000;
    await page.evaluate((hash) => { location.hash = hash; }, `t=${values[0][0] + from},${values[0][0] + from + span}`);
    await page.waitForFunction((at) => Math.abs(window.memplot.view().min - at) < 1e-3, Math.max(values[0][0] + from, 0));
    await frame(page);
    const { bounds, series: [ram] } = await page.evaluate(() => {
      const { bounds: edges, series } = window.memplot.painted(0);
      return { bounds: edges, series: series.map((s) => ({ least: [...s.least], greatest: [...s.greatest] })) };
    });
    const extremes = bounds.slice(1).map(() => [Infinity, -Infinity]);
    let c = 0;
    for (const [t, v] of values) {
      while (c < extremes.length && t >= bounds[c + 1])
        c++;
      if (t < bounds[0] || c === extremes.length)
        continue;
      extremes[c][0] = Math.min(extremes[c][0], v);
      extremes[c][1] = Math.max(extremes[c][1], v);
    }
    extremes.forEach(([low, high], i) => {
      seen++;
      wrong += low === Infinity ? ram.least[i] === ram.least[i] && ram.least[i] !== null : low !== ram.least[i] || high !== ram.greatest[i];
    });
  }
  ok(seen > 10000 && wrong === 0, 'in twelve windows each pixel column has its true extremes', [seen, wrong]);
  equal(noise, [], 'no message with a long recording');
  await page.close();
}

// Where no worker may start the page decodes by itself, and shows the same.
async function workers() {
  const look = (page) => page.evaluate(() => [0, 1, 2].map((row) => window.memplot.painted(row).series.map((s) => [s.key, [...s.least ?? []], [...s.greatest ?? []]])));
  const [long, alone] = [await open('long.html'), await open('alone.html')];
  const [first, second] = [await look(long.page), await look(alone.page)];
  ok(JSON.stringify(first) === JSON.stringify(second) && first[2].some(([, , greatest]) => greatest.some((v) => v > 200)), 'the same is painted with workers and without');
  equal(alone.noise.filter((line) => !/worker/i.test(line)), [], 'which the browser alone remarks on');
  ok(alone.noise.length > 0, 'and it did forbid them');
  const list = records(`${folder}/long.jsonl`);
  const times = Array.from({ length: 200 }, (_, k) => k * 500 + 1);
  for (const { page } of [long, alone]) {
    const got = await page.evaluate((ts) => ts.map((t) => window.memplot.at(t).values), times.map((i) => list[i].ts));
    ok(times.every((i, k) => Object.entries(got[k]).every(([key, v]) => list[i][key] === v) && Object.keys(got[k]).length === Object.keys(list[i]).length - 2),
      'every value is that of the file');
    await page.close();
  }
}

// Several GPUs: each a thin line, their mean the thick one, and what memmon says of all only where it differs.
async function gpus() {
  for (const [name, file, devices] of [['gpus2.html', gpusFile, 2], ['gpus8.html', `${folder}/gpus8.jsonl`, 8]]) {
    const { page, noise } = await open(name);
    const list = records(file).filter((r) => r.gpus);
    const drawn = (await page.evaluate(() => window.memplot.series())).filter((s) => s.row === 2 && s.drawn);
    const lines = Array.from({ length: devices }, (_, d) => `gpu.${d}.gpu_device_util`);
    equal(drawn.filter((s) => s.visible && s.style === 'thin').map((s) => s.key), lines, `${devices} GPUs are thin lines`);
    ok(drawn.some((s) => s.key === 'gpu_mean' && s.style === 'line') && !drawn.some((s) => s.key === 'gpu_device_util'), 'their mean is the thick one');
    const got = await page.evaluate((ts) => ts.map((t) => window.memplot.at(t).values), list.map((r) => r.ts));
    const metrics = ['gpu_device_util', 'gpu_mem_used_gb', 'gpu_power_w', 'gpu_temp_c'];
    ok(list.every((r, i) => r.gpus.every((gpu, d) => metrics.every((m) => gpu[m] === got[i][`gpu.${d}.${m}`]))), 'each has its values');
    ok(list.every((r, i) => r.gpu_device_util === got[i].gpu_device_util), 'and so have all together');
    const mean = (r) => {
      const has = r.gpus.map((gpu) => gpu.gpu_device_util).filter((v) => v !== undefined);
      return has.reduce((a, b) => a + b, 0) / has.length;
    };
    ok(list.every((r, i) => near(got[i].gpu_mean, mean(r), 1e-9)), 'the mean is that of those that have a value');

    const decimals = Math.max(...list.flatMap((r) => r.gpus.map((gpu) => (String(gpu.gpu_device_util ?? 0).split('.')[1] ?? '').length)));
    const unlike = list.find((r) => mean(r).toFixed(decimals) !== r.gpu_device_util.toFixed(decimals));
    const alike = list.find((r) => mean(r) === r.gpu_device_util);
    for (const [r, says] of [[unlike, true], [alike, false]].filter(([one]) => one)) {
      const at = await pointAt(page, r.ts);
      await page.evaluate((hash) => { location.hash = hash; }, `t=${r.ts - 1},${r.ts + 1}`);
      await frame(page);
      await frame(page);
      const there = await pointAt(page, r.ts);
      await page.mouse.move(there.x, at.y);
      const text = await page.locator('#hover').innerText();
      const cells = await page.locator('#hover .gpus tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((c) => c.textContent)));
      equal(cells.length, devices, 'the hover has a line for each');
      ok(cells.every((row, d) => row[0] === `GPU ${d}` && parseFloat(row[1]) === (r.gpus[d].gpu_device_util ?? NaN) || (row[1] === '' && r.gpus[d].gpu_device_util === undefined)),
        'with its load', cells);
      ok(text.includes('Mean') && text.includes(`${mean(r).toFixed(decimals)} %`), 'and the mean', text);
      equal(/Greatest/.test(text), says, `the greatest ${says ? 'where it is another' : 'is left out where all are alike'}`);
    }
    await page.locator(`#legend button[data-key="${lines[1]}"]`).click();
    const after = await page.evaluate(() => window.memplot.series().filter((s) => s.drawn && s.visible).map((s) => s.key));
    ok(!after.includes(lines[1]) && after.includes(lines[0]) && after.includes('gpu_mean'), 'the legend hides one of them', after);
    await page.locator('#legend button[data-key=gpu_mean]').click();
    ok((await page.evaluate(() => location.hash, await page.waitForFunction(() => location.hash.includes('gpu_mean')))).includes(lines[1]), 'and the mean, and the address knows');
    equal(noise, [], `no message with ${devices} GPUs`);
    await page.close();
  }
}

async function odd() {
  const { page, noise } = await open('odd.html');
  equal(await page.title(), '<script>alert(1)</script>', 'a hostile title stays text');
  equal(await page.locator('h1').first().textContent(), '<script>alert(1)</script>', 'in the head, too');
  equal(await page.evaluate(() => window.memplot.rows()), ['Memory', 'GPU'], 'a row without data is left out');
  const at = await pointAt(page, 18);
  await page.mouse.move(at.x, at.y);
  const text = await page.locator('#hover').innerText();
  ok(text.includes('</script><img src=x onerror=alert(1)>') && text.includes('<b onclick=alert(1)>&amp;'), 'hostile names stay text', text);
  ok(text.includes('no sample here'), 'a gap is said');
  await page.keyboard.press('/');
  equal(await page.locator('#page img, #page b[onclick], #page script').count(), 0, 'and make no element');
  const series = await page.evaluate(() => window.memplot.series());
  ok(series.find((s) => s.key === 'swap_used_mb').drawn, 'swap is drawn where there was some');
  ok(series.find((s) => s.key === 'gpu_tiler_util').drawn, 'the tiler where it differs');
  const [x, ram] = await page.evaluate(() => { const d = window.memplot.drawn(0); return [d[0], d[1]]; });
  equal(ram[x.indexOf(13)], null, 'a missing value is a gap');
  ok(x.some((t, i) => t > 14 && t < 34 && ram[i] === null), 'and so is a long time without samples', x);
  ok(!ram.includes(0), 'neither is 0');
  equal(noise, [], 'no message, no request with hostile names');
  await page.close();
}

// Two fingers, one of which is lifted first.
async function fingers() {
  const { page, noise } = await open('run.html');
  const full = await view(page);
  const [pinched, moved] = await page.evaluate(() => {
    const stage = document.getElementById('stage');
    stage.setPointerCapture = () => {}; // made events have no pointer to capture
    const send = (type, pointerId, clientX) =>
      stage.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 300, bubbles: true }));
    send('pointerdown', 1, 500);
    send('pointerdown', 2, 600);
    send('pointermove', 1, 400);
    send('pointermove', 2, 700);
    send('pointerup', 1, 400);
    const before = window.memplot.view();
    send('pointermove', 2, 650);
    send('pointerup', 2, 650);
    return [before, window.memplot.view()];
  });
  ok(width(pinched) < 0.5 * width(full), 'two fingers zoom', pinched);
  ok(near(width(moved), width(pinched), 1e-3) && moved.min > pinched.min, 'the one that stays pans', moved);
  // A trackpad's pinch is a wheel with Ctrl.
  const before = await view(page);
  await page.evaluate(() => document.getElementById('stage').dispatchEvent(
    new WheelEvent('wheel', { deltaY: -20, ctrlKey: true, clientX: 600, clientY: 300, bubbles: true, cancelable: true })));
  const squeezed = await view(page);
  ok(width(squeezed) < 0.9 * width(before), 'a pinch on a trackpad zooms', [before, squeezed]);
  // A tap shows what is there, and does not pan.
  await page.evaluate(() => {
    const stage = document.getElementById('stage');
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointerleave'])
      stage.dispatchEvent(new PointerEvent(type, { pointerId: 3, pointerType: 'touch', clientX: 600, clientY: 300, bubbles: true }));
  });
  ok(await page.locator('#hover').isVisible(), 'a tap shows the values');
  equal(await view(page), squeezed, 'and leaves the view');
  equal(await page.evaluate(() => document.getAnimations().length), 0, 'nothing moves by itself');
  equal(noise, [], 'no message when a finger is lifted');
  await page.close();
}

// Printed from a dark screen.
async function paper() {
  const { page, noise } = await open('run.html', { colorScheme: 'dark' });
  await page.evaluate(() => matchMedia('print').addEventListener('change', (event) => {
    if (event.matches)
      window.printed = {
        paper: document.documentElement.clientWidth,
        picture: document.querySelector('#static svg').getBoundingClientRect().right,
        shown: ['static', 'stage', 'legend'].filter((id) => getComputedStyle(document.getElementById(id)).display !== 'none'),
        text: getComputedStyle(document.body).color,
      };
  }));
  await page.pdf({ format: 'A4' });
  const printed = await page.evaluate(() => window.printed);
  equal(printed.shown, ['static'], 'the static picture is printed, not the canvases');
  ok(printed.picture <= printed.paper + 1, 'as wide as the paper at most', printed);
  equal(printed.text, 'rgb(29, 29, 31)', 'text is dark on paper');
  await frame(page);
  equal(await page.evaluate(() => document.querySelector('.uplot').clientWidth === document.getElementById('rows').clientWidth),
    true, 'and as wide as the window again on the screen');
  equal(noise, [], 'no message when printing');
  await page.close();
}

async function others() {
  const peak = await open('peak.html');
  const drawn = await peak.page.evaluate(() => [...window.memplot.painted(0).series[0].least]);
  ok(drawn.length <= 2048 && drawn.includes(3), 'of 50 000 samples few are drawn, but every peak', drawn.length);
  equal(peak.noise, [], 'no message with many samples');
  await peak.page.close();
  const two = await open('two-models.html');
  equal((await two.page.evaluate(() => window.memplot.regions())).map((r) => [r.start, r.end]), [[1005, 1060], [1008, 1080]],
    'two models can be in RAM at once');
  for (const pixels of [400, 800, 1400, 2560]) {
    await two.page.setViewportSize({ width: pixels, height: 900 });
    await frame(two.page);
    await frame(two.page);
    const { bars } = await two.page.evaluate(() => window.memplot.labels());
    ok(bars.length > 0 && bars.every((bar, k) => k === 0 || bar.x0 >= bars[k - 1].x1), `names on bars do not overlap at ${pixels}`, bars);
  }
  await two.page.close();
  const only = await open('tests.html', { colorScheme: 'dark' });
  equal(await only.page.evaluate(() => window.memplot.tests().length), tests.length, 'tests alone are drawn');
  equal(await only.page.evaluate(() => window.memplot.rows()), ['Tests'], 'in a row of their own');
  equal(await only.page.evaluate(() => window.memplot.ticks(0).join('')), '', 'which has no scale');
  equal(only.noise, [], 'no message with tests alone, in the dark');
  await only.page.close();
  const many = await open('many.html');
  await many.page.keyboard.press('/');
  await many.page.keyboard.type('long_name');
  await many.page.locator('#list tbody button').first().click();
  await frame(many.page);
  const last = (await many.page.evaluate(() => window.memplot.labels())).tests.find((l) => l.full === 't_with_a_long_name');
  ok(last && last.text === last.full, 'of 1200 names the longest has room', last);
  await many.page.close();
  const one = await open('one.html');
  equal(await one.page.locator('#counts .chip').allInnerTexts(), ['1970-01-01 00:16:40 UTC', '1 sample'], 'one sample is one sample');
  ok((await one.page.evaluate(() => window.memplot.ticks(0).join(''))).includes('50'), 'with a scale');
  await one.page.close();
  const utc = await open('utc.html', { timezoneId: 'Asia/Tokyo' });
  ok((await utc.page.locator('#counts').innerText()).includes('2026-11-23 01:49:03 UTC'), '--utc shows UTC everywhere');
  await utc.page.close();
  const local = await open('run.html', { timezoneId: 'Asia/Tokyo' });
  ok((await local.page.locator('#counts').innerText()).includes('2026-11-23 10:49:03'), 'else the reader\'s time is shown');
  await local.page.close();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`file://${folder}/run.html`);
  equal(await plain.locator('noscript tbody tr').count(), tests.length, 'without script there is a table of the tests');
  ok(await plain.locator('#static svg').isVisible(), 'and the static picture');
  await context.close();
}

try {
  await run();
  await keysAndAddress();
  await accessible();
  await still();
  await peaks();
  await workers();
  await gpus();
  await odd();
  await fingers();
  await paper();
  await others();
} finally {
  await browser.close();
}
