// node page.mjs CHROMIUM FOLDER MEMORY BENCH SERVER: opens the pages that page.t made in FOLDER, as a
// reader would, and prints TAP.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [executablePath, folder, memoryFile, benchFile, serverFile] = process.argv.slice(2);
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
  page.on('request', (r) => r.url() === `file://${folder}/${name}` || noise.push(`request: ${r.url()}`));
  await page.goto(`file://${folder}/${name}`);
  await page.waitForFunction(() => window.memplot, null, { timeout: 20000 });
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
  await page.keyboard.press('ArrowRight');
  await frame(page);
  ok((await view(page)).min > selected.min, 'the right arrow pans');
  await page.keyboard.press('ArrowLeft');
  await frame(page);
  ok(near((await view(page)).min, selected.min, 1e-3), 'the left arrow pans back');
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
        plot: document.querySelector('.uplot').getBoundingClientRect().right,
        text: getComputedStyle(document.body).color,
      };
  }));
  await page.pdf({ format: 'A4' });
  const printed = await page.evaluate(() => window.printed);
  ok(printed.plot <= printed.paper, 'the rows are as wide as the paper', printed);
  equal(printed.text, 'rgb(29, 29, 31)', 'text is dark on paper');
  await frame(page);
  equal(await page.evaluate(() => document.querySelector('.uplot').clientWidth === document.getElementById('rows').clientWidth),
    true, 'and as wide as the window again on the screen');
  equal(noise, [], 'no message when printing');
  await page.close();
}

async function others() {
  const peak = await open('peak.html');
  const drawn = await peak.page.evaluate(() => window.memplot.drawn(0));
  ok(drawn[0].length < 8000 && drawn[1].includes(3), 'of 50 000 samples few are drawn, but every peak', drawn[0].length);
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
  await context.close();
}

try {
  await run();
  await odd();
  await fingers();
  await paper();
  await others();
} finally {
  await browser.close();
}
