// SPDX-License-Identifier: Apache-2.0
// node data.mjs CHROMIUM FOLDER GPUS: made-up recordings in the page, each of which is odd in its own way.
import { equal, files, folder, frame, go, make, near, ok, open, pointAt, records, runAll, view, width } from './harness.mjs';

const [gpusFile] = files;

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
    await go(page, `t=${values[0][0] + from},${values[0][0] + from + span}`);
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
      await go(page, `t=${r.ts - 1},${r.ts + 1}`);
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
}

// Names that would like to be more than names, everywhere where a name can stand.
const EVIL = ['</script><script>alert(1)</script>', '<img src=x onerror=alert(2)>', '"\'><svg onload=alert(3)>', '\u202egnp.exe', 'two\nlines\ttab\0nul',
  '${alert(4)}', '<!--<script>', 'javascript:alert(5)', '\u2028\u2029', ' '];
const LONG = 'n'.repeat(10000);
async function hostile() {
  const evil = (k) => EVIL[k % EVIL.length];
  const sample = (i, more = {}) => ({ ts: 1000 + i, elapsed_s: i, ram_free_gb: 40 - i / 10, gpu_device_util: i, ...more });
  const session = { hostname: evil(0), chip: evil(1), model: evil(2), platform: evil(3), command: `${evil(1)} ${LONG}`, gpus: [{ name: evil(2) }] };
  const list = [sample(0, { session }), ...Array.from({ length: 60 }, (_, i) => sample(i + 1))];
  // Three lanes of tests, two of them with names of 10 kB.
  for (let i = 0; i < 30; i++)
    list.push({ schema_version: '0.2.2', timestamp: '1970-01-01T00:20:00Z', mlx_knife_version: '2.0.0', test: i % 15 === 7 ? `${evil(0)}${LONG}${i}` : `t.py::${evil(i)}[${i}]`,
      outcome: ['passed', 'failed', 'skipped'][i % 3], test_start_ts: 1000 + i * 2, test_end_ts: 1005 + i * 2, model: { id: `org/${evil(i + 3)}` },
      metadata: { skip_reason: evil(i), inference_modality: 'text' } });
  for (let i = 0; i < EVIL.length; i++)
    list.push({ ts: 1003 + i * 5, event: 'mark', label: evil(i) }, { ts: 1004 + i * 5, event: 'model_load', model: evil(i) },
      { ts: 1006 + i * 5, event: evil(i), model: evil(i + 1) });
  make('hostile', list, '-t', evil(0) + evil(3));
  const { page, noise } = await open('hostile.html');
  equal(await page.locator('#page script, #page img, #page svg, #page iframe, #page [onload], #page [onerror]').count(), 0, 'hostile names make no element');
  equal(await page.locator('h1').first().textContent(), (evil(0) + evil(3)).replace('\u202e', '\ufffd'), 'a title is what it is, but does not turn the line');
  const facts = await page.locator('#facts').textContent();
  ok([evil(0), evil(1), evil(2)].every((name) => facts.includes(name)), 'the machine has its names', facts.slice(0, 300));
  ok(facts.length < 1000 && !facts.includes('\u202e'), 'cut where they are long, and none turns the line', facts.length);
  const shown = await page.evaluate(() => window.memplot.tests());
  equal(shown.map((t) => t.id).sort(), list.filter((r) => r.test).map((r) => r.test.replace(/\u202e/g, '\ufffd')).sort(), 'every test has its name');
  equal(new Set(shown.map((t) => t.start)).size, 30, 'each at its time');
  for (let i = 0; i < EVIL.length; i++) {
    const at = await pointAt(page, 1003 + i * 5);
    await page.mouse.move(at.x, at.y);
    const text = await page.locator('#hover').textContent();
    ok(text.includes(`◆ ${evil(i).replace('\u202e', '\ufffd')}`), `the hover has mark ${i}`, text.slice(0, 400));
  }
  const box = await page.locator('#hover').boundingBox();
  ok(box.width <= 400 && box.height <= 900, 'and stays small', box);
  await page.keyboard.press('/');
  await page.locator('#list input').fill('onerror');
  ok(await page.locator('#list tbody tr').count() > 0, 'the search finds them');
  ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the window');
  equal(await page.locator('#page script, #page img, #page svg, #page iframe').count(), 0, 'and still no element');
  equal(await page.title(), (evil(0) + evil(3)).replace('\u202e', '\ufffd'), 'the tab has the title');
  equal(noise, [], 'no message, no dialog, no request');
  await page.close();
}

// What marks say stands at their lines.
async function marked() {
  const list = Array.from({ length: 101 }, (_, i) => ({ ts: 1000 + i, elapsed_s: i, ram_free_gb: 40 }));
  const marks = [[1000, 'START'], [1020, 'WARMUP'], [1020.1, 'too near'], [1060, 'x'.repeat(10000)], [999, 'outside'], [1100, 'END']];
  for (let i = 0; i < 2000; i++)
    marks.push([1080 + i / 200, `step ${i}`]);
  list.push(...marks.map(([ts, label]) => ({ ts, event: 'mark', label })), { ts: 1085.5, event: 'oom_kill' });
  make('marked', list);
  const { page, noise } = await open('marked.html');
  const shown = async () => (await page.evaluate(() => window.memplot.labels())).marks;
  const all = await shown();
  equal(all.slice(0, 3).map((l) => [l.full.slice(0, 10), l.more]), [['START', 0], ['WARMUP', 1], ['xxxxxxxxxx', 0]], 'marks have words; what has no room is counted');
  ok(all.some((l) => l.full === 'killed for want of memory'), 'of very many a kill has its words', all.map((l) => l.full.slice(0, 10)));
  ok(!all.some((l) => l.full === 'outside') && all.at(-1).full === 'END', 'what is outside of the time is left out', all.at(-1));
  ok(all.slice(1).every((l, i) => l.x0 >= all[i].x1 - 0.01), 'none overlap', all.map((l) => [l.x0, l.x1]));
  ok(all[2].text.length < 60 && all[2].text.includes('…'), 'long ones are cut', all[2].text);
  const { x } = await pointAt(page, 1020);
  const { x: stage } = await page.locator('#stage').boundingBox();
  ok(near((all[1].x0 + all[1].x1) / 2 + stage, x, 0.5), 'they stand at their lines', [all[1], x]);
  await go(page, 't=1019.9,1020.3');
  equal((await shown()).map((l) => l.full), ['WARMUP', 'too near'], 'zooming in shows the others');
  await page.getByText('Names', { exact: true }).click();
  ok(await page.locator('#marks').isHidden(), 'they go with the names');
  equal(noise, [], 'no message with marks');
  await page.close();
}

// Little to draw: three samples, no test, no GPU.
async function little() {
  const sample = (i) => ({ ts: 1000 + i * 0.2, elapsed_s: i * 0.2, ram_free_gb: 50 - i, ram_total_gb: 64, cpu_user: 10 + i, cpu_sys: 2, load_1: 1.5 });
  make('three', [0, 1, 2].map(sample), '--utc');
  const { page, noise } = await open('three.html');
  equal(await page.evaluate(() => window.memplot.rows()), ['Memory', 'CPU'], 'without a GPU there is no row for it');
  equal(await page.evaluate(() => window.memplot.drawn(0).slice(0, 2).map((list) => [...list])), [[1000, 1000.2, 1000.4], [50, 49, 48]], 'three samples are three points');
  ok(await page.locator('#tests').isHidden() && await page.locator('#models').isHidden() && await page.locator('#marks').isHidden() && await page.locator('#list').isHidden(),
    'without tests and marks there is no room for names, and no list');
  equal(await page.locator('#counts .chip').allInnerTexts(), ['1970-01-01 00:16:40 UTC', '400 ms', '3 samples, every 200 ms'], 'the head says how few');
  ok((await page.evaluate(() => window.memplot.ticks(1).map(Number))).includes(0), 'filled series stand on zero');
  await page.keyboard.press('n');
  await page.keyboard.press(']');
  await page.keyboard.press('/');
  const at = await pointAt(page, 1000.2);
  await page.mouse.move(at.x, at.y);
  ok((await page.locator('#hover').innerText()).includes('49 GB'), 'the hover has the values');
  for (let i = 0; i < 30; i++)
    await page.keyboard.press('+');
  await frame(page);
  ok(width(await view(page)) >= 0.001, 'it cannot be zoomed into nothing', await view(page));
  ok(await page.locator('.of-tests').isHidden(), 'keys for tests are not spoken of where there are none');
  equal(noise, [], 'no message with three samples');
  await page.close();
}

// What stands alone is told in full, and no more digits than tell something.
async function words() {
  const day = 86400;
  make('days', [...Array.from({ length: 61 }, (_, i) => ({ ts: 1000 + i * 5, elapsed_s: i * 5, ram_free_gb: 18.123456789 - i, swap_used_mb: 0.001234, memory_pressure: 4,
    load_1: 0.5, gpu_power_w: 700, gpu_device_util: 3 })),
  ...[0, 1].map((i) => ({ test: `test_${i}`, outcome: 'passed', test_start_ts: 1000 + i * day, test_end_ts: 1010 + i * day }))], '--utc');
  make('minutes', [0, 300].map((t) => ({ ts: 1000 + t, elapsed_s: t, ram_free_gb: 4 })));
  const { page, noise } = await open('days.html');
  const meanings = await page.locator('#legend .meaning').allInnerTexts();
  ok(meanings.includes('test without a model') && meanings.includes('memory pressure: critical'), 'the legend tells what stands alone in full', meanings);
  equal(await page.locator('.caption.right').allInnerTexts(), ['Swap · MB', 'Load 1 min', 'Power · W'], 'a right axis says what it is of');
  const at = await pointAt(page, 1000);
  await page.mouse.move(at.x, at.y);
  const text = await page.locator('#hover').innerText();
  ok(/18\.12 GB/.test(text) && /0\.00123 MB/.test(text), 'values have the digits that tell something', text);
  await page.keyboard.press('/');
  equal(await page.locator('#list tbody td:first-child').allInnerTexts(), ['1970-01-01 00:16:40', '1970-01-02 00:16:40'], 'of several days the list has the day');
  equal(await page.evaluate(() => document.querySelector('#list-body').getBoundingClientRect().left <= document.getElementById('search').getBoundingClientRect().left - 3), true,
    'the ring around the search is seen whole');
  equal(noise, [], 'no message with two days');
  await page.close();
  const minutes = await open('minutes.html');
  ok((await minutes.page.locator('#counts .chip').allInnerTexts()).includes('5 min'), 'five minutes are five minutes');
  await minutes.page.close();
}

// Clocks that jump, and two recordings: where nothing was measured nothing is drawn.
async function clocks() {
  const sample = (ts, elapsed_s, free) => ({ ts, elapsed_s, ram_free_gb: free });
  const first = Array.from({ length: 100 }, (_, i) => sample(1000 + i, i, 50 + i % 3));
  make('forth', [...first, ...Array.from({ length: 100 }, (_, i) => sample(4700 + i, 100 + i, 40))]);
  make('back', [...first, ...Array.from({ length: 100 }, (_, i) => sample(500 + i, 100 + i, 40))]);
  make('two', [...first, ...Array.from({ length: 100 }, (_, i) => sample(1300 + i, i, 40))]);
  for (const [name, from, to, breaks] of [['forth', 1099, 4700, null], ['back', 599, 1000, null], ['two', 1099, 1300, 1]]) {
    const { page, noise } = await open(`${name}.html`);
    equal(await page.evaluate(() => window.memplot.samples()), 200, `${name}: all samples are there`);
    const values = await page.evaluate((ts) => ts.map((t) => window.memplot.at(t).values.ram_free_gb), [from, to]);
    ok(values.every((v) => v >= 40), 'on both sides of the jump', values);
    const at = await pointAt(page, (from + to) / 2);
    await page.mouse.move(at.x, at.y);
    ok((await page.locator('#hover').innerText()).includes('no sample here'), 'between them there is none');
    const [x, y] = await page.evaluate(() => window.memplot.drawn(0));
    ok(x.every((t, i) => i === 0 || t > x[i - 1]) && x.some((t, i) => t > from && t < to && y[i] === null), 'and no line', x.filter((t) => t >= from && t <= to));
    if (breaks !== null)
      equal(await page.locator('#legend .meaning', { hasText: 'next recording' }).count(), breaks, 'the legend tells of the next recording');
    equal(noise, [], `no message with ${name}`);
    await page.close();
  }
}

// Fingers on glass, as the browser reports them.
async function touch() {
  const { page, noise } = await open('long.html', { hasTouch: true, isMobile: true, viewport: { width: 412, height: 900 } });
  const client = await page.context().newCDPSession(page);
  const box = await page.locator('#rows').boundingBox();
  const y = box.y + 80;
  const send = (type, ...xs) => client.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x, y, id })) });
  const full = await view(page);
  const timeAt = (x, v) => page.evaluate(([at, { min, max }]) => {
    const { left, width: w } = window.memplot.plot();
    return min + (at - document.getElementById('stage').getBoundingClientRect().left - left) / w * (max - min);
  }, [x, v]);
  const [a, b] = [await timeAt(180, full), await timeAt(220, full)];
  await send('touchStart', 180, 220);
  for (let k = 1; k <= 8; k++)
    await send('touchMove', 180 - k * 10, 220 + k * 8);
  await frame(page);
  const pinched = await view(page);
  ok(width(pinched) < 0.4 * width(full), 'a pinch zooms', pinched);
  const pixel = width(pinched) / 300;
  ok(near(await timeAt(100, pinched), a, 2 * pixel) && near(await timeAt(284, pinched), b, 2 * pixel), 'and the times stay under the fingers');
  await send('touchEnd');
  await send('touchStart', 250);
  for (let k = 1; k <= 5; k++)
    await send('touchMove', 250 - k * 10);
  await send('touchEnd');
  await frame(page);
  const panned = await view(page);
  ok(near(width(panned), width(pinched), 1e-3) && panned.min > pinched.min, 'one finger pans', panned);
  ok(await page.locator('#hover').isHidden(), 'which shows no values');
  await page.touchscreen.tap(240, y);
  ok(await page.locator('#hover').isVisible(), 'a tap does');
  ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'all of it fits a narrow screen');
  equal(noise, [], 'no message with fingers');
  await page.close();
}

await runAll(peaks, workers, gpus, odd, others, hostile, marked, little, words, clocks, touch);
