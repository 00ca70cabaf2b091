// SPDX-License-Identifier: Apache-2.0
// The hover: one line over all rows, and every value and every test at its time.  It follows the pointer, or the keys; for
// the keys its text is also announced.

const TESTS_SHOWN = 10;
const DEVICES_SHOWN = 16;
const DEVICE_METRICS = ['gpu_device_util', 'gpu_mem_used_gb', 'gpu_power_w', 'gpu_temp_c'];
const NEAR_PX = 3; // a test this near counts, so that the shortest can be met
const ANNOUNCE_MS = 400; // at most this often, so that a key held down does not flood

// What is known at time t; `near`: seconds that tests may be away.
function valuesAt(run, t, near) {
  const index = sampleAt(run, t);
  const values = {};
  if (index >= 0)
    for (const s of run.series)
      if (s.column?.has(index))
        values[s.key] = s.column.at(index);
  const { ts, label } = run.marks;
  return {
    t,
    ts: index >= 0 ? run.ts[index] : null,
    index,
    values,
    tests: run.tests.within(t - near, t + near),
    regions: run.regions.within(t, t),
    marks: label.slice(lowerBound(ts, t - near), lowerBound(ts, t + near, true)),
  };
}

const PRESSURES = { 1: 'normal', 2: 'warn', 4: 'critical' };

function valueText(s, value) {
  if (s.key === 'memory_pressure')
    return PRESSURES[value] ?? String(value);
  // As many digits as were written, but no more than tell something: two decimals, or three digits of what is small.
  const told = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return `${value.toFixed(Math.min(s.column.decimals, told, 6))}${s.unit ? ` ${s.unit}` : ''}`;
}

function clip(text, n = 160) {
  return text.length > n ? `${text.slice(0, n)}…` : text;
}

class Hover {
  constructor(run, view, state, plot) {
    Object.assign(this, { run, view, state, plot });
    this.stage = document.getElementById('stage');
    this.line = document.getElementById('crosshair');
    this.box = document.getElementById('hover');
    this.live = document.getElementById('live');
    this.at = null;
    this.cursor = null; // time under the keys' cursor
    this.announced = 0;
  }
  timeAt(clientX) {
    const { left, width } = this.plot();
    const x = clientX - this.stage.getBoundingClientRect().left - left;
    return this.view.min + x / width * this.view.width;
  }
  show(clientX, clientY) {
    const { left, width } = this.plot();
    const x = clientX - this.stage.getBoundingClientRect().left;
    this.cursor = null;
    if (x < left - 1 || x > left + width + 1) {
      this.hide();
      return;
    }
    this.open(this.timeAt(clientX), x, clientX, clientY);
  }
  // At time t, which is in the view; what is there is announced.
  showTime(t) {
    const { left, width } = this.plot();
    const stage = this.stage.getBoundingClientRect();
    const x = left + (t - this.view.min) / this.view.width * width;
    this.cursor = t;
    this.open(t, x, stage.left + x, Math.max(stage.top, 0) + 30);
    this.announce();
  }
  open(t, x, clientX, clientY) {
    this.at = valuesAt(this.run, t, NEAR_PX / this.plot().width * this.view.width);
    this.line.hidden = false;
    this.line.style.transform = `translateX(${x}px)`;
    this.box.replaceChildren(...this.content());
    this.box.hidden = false;
    this.place(clientX, clientY);
  }
  hide() {
    this.at = null;
    this.cursor = null;
    this.line.hidden = true;
    this.box.hidden = true;
  }
  // The view has moved under the cursor.
  follow() {
    if (this.cursor === null)
      return;
    if (this.cursor >= this.view.min && this.cursor <= this.view.max)
      this.showTime(this.cursor);
    else
      this.hide();
  }
  announce() {
    clearTimeout(this.timer);
    const wait = Math.max(0, this.announced + ANNOUNCE_MS - performance.now());
    this.timer = setTimeout(() => {
      this.announced = performance.now();
      if (this.at)
        this.live.textContent = this.spoken();
    }, wait);
  }
  spoken() {
    const { run, at, state } = this;
    const values = this.shownSeries().map((s) => `${s.label} ${valueText(s, at.values[s.key])}`);
    const tests = at.tests.slice(0, 3).map((i) => run.tests.get(i)).map((test) => `${test.outcome} ${clip(test.label, 80)}`);
    return [momentText(at.ts ?? at.t, state, run.meta.start), ...(run.ts.length && at.index < 0 ? ['no sample here'] : values), ...tests,
      at.tests.length > 3 ? `and ${at.tests.length - 3} more tests` : ''].filter(Boolean).join(', ');
  }
  place(clientX, clientY) {
    const { offsetWidth: w, offsetHeight: h } = this.box;
    const wide = document.documentElement.clientWidth;
    const right = clientX + 18 + w < wide;
    const x = right ? clientX + 18 : Math.max(4, Math.min(clientX - 18 - w, wide - w - 4));
    const y = Math.max(4, Math.min(clientY + 14, innerHeight - h - 8));
    this.box.style.transform = `translate(${x}px, ${y}px)`;
  }
  // Those that have a value here and are switched on; what is not drawn counts if it says something.  Single GPUs have a
  // table of their own.
  shownSeries(row) {
    const { values } = this.at;
    const says = (s) => (s.style === 'value' ? s.unlike === undefined || valueText(s, values[s.key]) !== valueText(s, values[s.unlike] ?? NaN)
      : values[s.key] !== 0);
    return this.run.series.filter((s) => (row === undefined || s.row === row) && s.device === undefined && values[s.key] !== undefined &&
      (s.drawn ? s.visible : says(s)));
  }
  content() {
    const { run, at, state } = this;
    const shown = at.ts ?? at.t;
    const utc = state.time === 'utc';
    const parts = [element('div', 'when', `${dateText(shown, utc)} `, element('b', '', clockText(shown, utc, 3)),
      utc ? ' UTC' : '', element('span', 'since', `+${elapsedText(shown - run.meta.start, 1)}`))];
    if (run.ts.length && at.index < 0)
      parts.push(element('div', 'none', 'no sample here'));
    run.meta.rows.forEach((name, row) => {
      const lines = this.shownSeries(row).map((s) => this.valueLine(s));
      if (lines.length)
        parts.push(element('div', 'group', element('h2', '', name), ...lines));
    });
    parts.push(...this.devicesPart());
    if (at.regions.length)
      parts.push(element('div', 'group', element('h2', '', 'In RAM'),
        ...at.regions.slice(0, TESTS_SHOWN).map((i) => element('div', 'test', clip(run.regions.get(i).model ?? '')))));
    if (at.tests.length)
      parts.push(this.testsPart());
    for (const mark of at.marks.slice(0, TESTS_SHOWN))
      parts.push(element('div', 'test', `◆ ${clip(mark)}`));
    return parts;
  }
  valueLine(s) {
    const swatch = element('i', s.drawn ? 'swatch' : 'swatch none');
    swatch.style.background = s.style === 'value' ? 'none' : colourOf(s);
    return element('div', 'value', swatch, element('span', '', s.label), element('b', '', valueText(s, this.at.values[s.key])));
  }
  // Several GPUs: one line each, and a column for each metric that any of them has.
  devicesPart() {
    const { values } = this.at;
    const here = this.run.series.filter((s) => s.device !== undefined && values[s.key] !== undefined);
    const metrics = DEVICE_METRICS.filter((metric) => here.some((s) => s.metric === metric));
    const devices = [...new Set(here.map((s) => s.device))].sort((a, b) => a - b);
    if (!devices.length)
      return [];
    const swatch = (device) => {
      const drawn = this.run.series.find((s) => s.device === device && s.drawn);
      const made = element('i', drawn ? 'swatch' : 'swatch none');
      made.style.background = drawn ? colourOf(drawn) : 'none';
      return made;
    };
    const line = (device) => element('tr', '', element('td', '', swatch(device), `GPU ${device}`), ...metrics.map((metric) => {
      const s = here.find((one) => one.device === device && one.metric === metric);
      return element('td', 'n', s ? valueText(s, values[s.key]) : '');
    }));
    const more = devices.length - DEVICES_SHOWN;
    return [element('div', 'group', element('table', 'gpus', element('tbody', '', ...devices.slice(0, DEVICES_SHOWN).map(line))),
      ...(more > 0 ? [element('div', 'facts', `and ${more} more`)] : []))];
  }
  testsPart() {
    const { run, at } = this;
    const rank = { [FAILED]: 0, [SKIPPED]: 2 };
    const rankOf = (i) => rank[run.tests.kinds[i]] ?? 1;
    const sorted = [...at.tests].sort((a, b) => rankOf(a) - rankOf(b) || a - b);
    const lines = sorted.slice(0, TESTS_SHOWN).map((i) => run.tests.get(i)).map((test) => {
      const facts = [spanText(test.end - test.start), test.modality,
        test.tokens >= 0 ? `${test.tokens.toFixed(Math.min(2, run.tests.columns.tokens_per_sec.decimals))} tokens/s` : '',
        test.ttft >= 0 ? `first token ${spanText(test.ttft)}` : '', clip(test.reason, 90)];
      return element('div', `test ${test.outcome}`, element('b', '', clip(test.label)),
        element('div', '', clip(test.model), test.inferred ? ' (was loaded)' : ''),
        element('div', 'facts', [test.outcome, ...facts].filter(Boolean).join(' · ')));
    });
    if (sorted.length > TESTS_SHOWN)
      lines.push(element('div', 'facts', `and ${sorted.length - TESTS_SHOWN} more`));
    return element('div', 'group', element('h2', '', sorted.length === 1 ? 'Test' : `${sorted.length} tests`), ...lines);
  }
}
