// SPDX-License-Identifier: Apache-2.0
// node page.mjs CHROMIUM FOLDER MEMORY BENCH SERVER: a recorded run in the page, as a reader would use it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { becomes, browser, equal, files, folder, frame, make, near, ok, open, pointAt, records, runAll, view, width } from './harness.mjs';

const [memoryFile, benchFile, serverFile] = files;
const samples = records(memoryFile).filter((r) => 'elapsed_s' in r);
const tests = records(benchFile);
const loads = records(serverFile).filter((r) => r.event === 'model_load').map((r) => r.ts);

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
  const began = (v) => { const { min, max } = window.memplot.view(); return min !== v.min || max !== v.max; };
  await page.mouse.wheel(0, -300);
  await becomes(page, began, full);
  await frame(page);
  const zoomed = await view(page);
  ok(width(zoomed) < 0.8 * width(full), 'the wheel zooms in', zoomed);
  ok(near((await pointAt(page, pick.ts)).x, wheel.x, 1), 'about the pointer');
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 120);
  await becomes(page, began, zoomed);
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
  const there = samples.find((s) => s.ts === second.ts);
  ok(await becomes(page, (text) => document.getElementById('live').textContent.includes(text), `RAM free ${there.ram_free_gb.toFixed(2)} GB`),
    'and its values are announced', await page.locator('#live').textContent());
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
  await page.waitForFunction(() => location.hash.includes('elapsed'));
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
  await becomes(other.page, (v) => Math.abs(window.memplot.view().min - v.min) < 1e-4, seen);
  await frame(other.page);
  const given = await view(other.page);
  ok(near(given.min, seen.min, 1e-4) && near(given.max, seen.max, 1e-4), 'an address that is given is not written over', given);
  equal(noise.concat(other.noise), [], 'no message, no request by an address');
  await other.page.close();
  await page.close();
}

// The page and the static picture in it tell one story: the same axes, the numbers at them included.
async function axes() {
  const many = (make) => Array.from({ length: 60 }, (_, i) => ({ ts: 1795398543 + i, elapsed_s: i, ...make(i) }));
  const recordings = {
    still: many((i) => ({ ram_free_gb: 10, swap_used_mb: 500 + i % 5, cpu_user: 10, cpu_sys: 1, load_1: 2.5, gpu_device_util: 50, gpu_power_w: 800 + i % 9 })),
    odd: many((i) => ({ ram_free_gb: i / 1e4, proc_rss_gb: -0.0021, swap_used_mb: 2.5e7 + i, cpu_user: 90, cpu_sys: i, load_1: 0, gpu_device_util: 100, gpu_power_w: 1e-9 * i })),
    many: many((i) => ({ ram_free_gb: 500 - i, gpu_device_util: 99, gpus: [0, 1, 2].map((d) => ({ gpu_device_util: 33 * d + i % 34, gpu_power_w: 700 })), gpu_power_w: 824 + i % 9 })),
    dense: Array.from({ length: 20000 }, (_, i) => ({ ts: 1795398543 + i / 5, elapsed_s: i / 5, ram_free_gb: 117.3 + i % 7, cpu_user: 100, load_1: 0.9 + i / 1e5 })),
  };
  for (const [name, list] of Object.entries(recordings))
    make(name, list);
  for (const name of ['run', ...Object.keys(recordings)]) {
    const { page, noise } = await open(`${name}.html`);
    const look = () => page.evaluate(() => window.memplot.rows().map((_, row) => window.memplot.axes(row)));
    // Of a row the SVG has the left numbers, then the right ones, if there are any; each from its lower end up.
    const svg = await page.evaluate(() => [...document.querySelectorAll('#static svg g.faint')]
      .filter((g) => ['47', '1157'].includes(g.querySelector('text')?.getAttribute('x')))
      .map((g) => ({ right: g.getAttribute('text-anchor') === 'start', ticks: [...g.querySelectorAll('text')].map((t) => t.textContent) })));
    const rows = [];
    for (const { right, ticks } of svg)
      if (right)
        rows.at(-1)[1] = ticks;
      else
        rows.push([ticks, null]);
    const shown = await look();
    equal(shown.map((row) => row.map((axis) => axis && axis.ticks)), rows, `the page's axes have the numbers of the picture, ${name}`);
    const value = (text) => parseFloat(text) * ({ M: 1e6, G: 1e9, T: 1e12 }[text.at(-1)] ?? 1);
    ok(rows.length > 0 && shown.flat().filter(Boolean).every(({ min, max, ticks }) =>
      near(min, value(ticks[0]), 1e-6 * (max - min)) && near(max, value(ticks.at(-1)), 1e-6 * (max - min)) && min <= 0),
    `which are its ends, and 0 is there, ${name}`, shown);
    for (let i = 0; i < 4; i++)
      await page.keyboard.press('+');
    await frame(page);
    equal(await look(), shown, `and zooming leaves them, ${name}`);
    equal(noise, [], `no message, ${name}`);
    await page.close();
  }
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

// Single GPUs are told apart: shades of one colour, in the legend, too.
async function shades() {
  const n = 8;
  make('eight', Array.from({ length: 60 }, (_, i) => ({ ts: 1795398543 + i, elapsed_s: i, ram_free_gb: 400, gpu_device_util: 99,
    gpus: Array.from({ length: n }, (_, d) => ({ gpu_device_util: 10 * d + i % 20, gpu_mem_used_gb: d })) })));
  for (const colorScheme of ['light', 'dark'])
    for (const palette of ['', '#palette=safe']) {
      const { page, noise } = await open(`eight.html${palette}`, { colorScheme });
      const where = `${colorScheme} ${palette}`;
      const back = rgb(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      const series = (await page.evaluate(() => window.memplot.series())).filter((s) => s.style === 'thin');
      const stand = series.map((s) => contrast(rgb(s.colour), back));
      ok(series.length === n && stand.every((c) => c >= 3), `each GPU stands out from the page, ${where}`, stand);
      const steps = series.slice(1).map((s, k) => contrast(rgb(s.colour), rgb(series[k].colour)));
      const rising = stand.slice(1).map((c, k) => (c > stand[k]) === (colorScheme === 'light'));
      ok(steps.every((c) => c > 1.15) && rising.every(Boolean), `and from its neighbours, from light to dark, ${where}`, steps);
      const swatches = await page.evaluate((keys) => keys.map((key) =>
        getComputedStyle(document.querySelector(`#legend [data-key="${key}"] .swatch`)).borderTopColor), series.map((s) => s.key));
      equal(swatches.map(rgb), series.map((s) => rgb(s.colour)), `the legend has its shade, ${where}`);
      const at = await pointAt(page, 1795398573);
      await page.mouse.move(at.x, at.y);
      const hover = await page.evaluate(() => [...document.querySelectorAll('#hover .gpus .swatch')].map((s) => getComputedStyle(s).backgroundColor));
      equal(hover.map(rgb), series.map((s) => rgb(s.colour)), `and so has the hover, ${where}`);
      if (!palette) {
        const still = await page.evaluate(() => [...document.querySelectorAll('#static [class^=s] path')].map((line) => getComputedStyle(line).stroke));
        equal(still.map(rgb), [...series, ...series].map((s) => rgb(s.colour)), `and the static picture, in its legend and its row, ${where}`);
      }
      equal(noise, [], `no message, ${where}`);
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

async function alone() {
  const only = await open('tests.html', { colorScheme: 'dark' });
  equal(await only.page.evaluate(() => window.memplot.tests().length), tests.length, 'tests alone are drawn');
  equal(await only.page.evaluate(() => window.memplot.rows()), ['Tests'], 'in a row of their own');
  equal(await only.page.evaluate(() => window.memplot.ticks(0).join('')), '', 'which has no scale');
  equal(only.noise, [], 'no message with tests alone, in the dark');
  await only.page.close();
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

await runAll(run, keysAndAddress, axes, accessible, shades, still, fingers, paper, alone);
