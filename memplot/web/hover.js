// SPDX-License-Identifier: Apache-2.0
// The hover: one line over all rows, and every value and every test at its time.

const TESTS_SHOWN = 10;
const NEAR_PX = 3; // a test this near counts, so that the shortest can be met

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className)
    made.className = className;
  made.append(...content);
  return made;
}

// What is known at time t; `near`: seconds that tests may be away.
function valuesAt(run, t, near) {
  const index = sampleAt(run, t);
  const values = {};
  if (index >= 0)
    for (const s of run.series)
      if (s.column.has(index))
        values[s.key] = s.column.at(index);
  return {
    t,
    ts: index >= 0 ? run.ts[index] : null,
    index,
    values,
    tests: itemsWithin(run.tests, run.testEnds, t - near, t + near),
    regions: itemsWithin(run.regions, run.regionEnds, t, t),
    marks: run.marks.filter((m) => Math.abs(m.ts - t) <= near),
  };
}

const PRESSURES = { 1: 'normal', 2: 'warn', 4: 'critical' };

function valueText(s, value) {
  if (s.key === 'memory_pressure')
    return PRESSURES[value] ?? String(value);
  const decimals = Math.max(0, Math.round(Math.log10(s.column.scale)));
  return `${value.toFixed(Math.min(decimals, 6))}${s.unit ? ` ${s.unit}` : ''}`;
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
    this.at = null;
  }
  timeAt(clientX) {
    const { left, width } = this.plot();
    const x = clientX - this.stage.getBoundingClientRect().left - left;
    return this.view.min + x / width * this.view.width;
  }
  show(clientX, clientY) {
    const { left, width } = this.plot();
    const x = clientX - this.stage.getBoundingClientRect().left;
    if (x < left - 1 || x > left + width + 1) {
      this.hide();
      return;
    }
    this.at = valuesAt(this.run, this.timeAt(clientX), NEAR_PX / width * this.view.width);
    this.line.hidden = false;
    this.line.style.transform = `translateX(${x}px)`;
    this.box.replaceChildren(...this.content());
    this.box.hidden = false;
    this.place(clientX, clientY);
  }
  hide() {
    this.at = null;
    this.line.hidden = true;
    this.box.hidden = true;
  }
  place(clientX, clientY) {
    const { offsetWidth: w, offsetHeight: h } = this.box;
    const right = clientX + 18 + w < document.documentElement.clientWidth;
    const x = right ? clientX + 18 : Math.max(4, clientX - 18 - w);
    const y = Math.max(4, Math.min(clientY + 14, innerHeight - h - 8));
    this.box.style.transform = `translate(${x}px, ${y}px)`;
  }
  content() {
    const { run, at, state } = this;
    const shown = at.ts ?? at.t;
    const parts = [element('div', 'when', `${dateText(shown, state.utc)} `,
      element('b', '', clockText(shown, state.utc, 3)), element('span', 'since', `+${spanText(shown - run.meta.start)}`))];
    if (run.ts.length && at.index < 0)
      parts.push(element('div', 'none', 'no sample here'));
    run.meta.rows.forEach((name, row) => {
      const lines = run.series.filter((s) => s.row === row && at.values[s.key] !== undefined &&
        (s.drawn ? s.visible : s.style === 'value' || at.values[s.key] !== 0)).map((s) => this.valueLine(s));
      if (lines.length)
        parts.push(element('div', 'group', element('h2', '', name), ...lines));
    });
    if (at.regions.length)
      parts.push(element('div', 'group', element('h2', '', 'In RAM'),
        ...at.regions.slice(0, TESTS_SHOWN).map((r) => element('div', 'test', clip(r.model)))));
    if (at.tests.length)
      parts.push(this.testsPart());
    for (const mark of at.marks.slice(0, TESTS_SHOWN))
      parts.push(element('div', 'test', `◆ ${clip(mark.label)}`));
    return parts;
  }
  valueLine(s) {
    const swatch = element('i', s.drawn ? 'swatch' : 'swatch none');
    swatch.style.background = s.style === 'value' ? 'none' : colourOf(s);
    return element('div', 'value', swatch, element('span', '', s.label), element('b', '', valueText(s, this.at.values[s.key])));
  }
  testsPart() {
    const { tests } = this.at;
    const rank = { failed: 0, passed: 1, skipped: 2 };
    const sorted = [...tests].sort((a, b) => rank[a.outcome] - rank[b.outcome] || a.start - b.start);
    const lines = sorted.slice(0, TESTS_SHOWN).map((test) => {
      const facts = [spanText(test.end - test.start), test.modality,
        test.tokens >= 0 ? `${test.tokens.toFixed(1)} tokens/s` : '',
        test.ttft >= 0 ? `first token ${spanText(test.ttft)}` : '', clip(test.reason, 90)];
      return element('div', `test ${test.outcome}`, element('b', '', clip(test.label)),
        element('div', '', clip(test.model), test.inferred ? ' (was loaded)' : ''),
        element('div', 'facts', [test.outcome, ...facts].filter(Boolean).join(' · ')));
    });
    if (sorted.length > TESTS_SHOWN)
      lines.push(element('div', 'facts', `and ${sorted.length - TESTS_SHOWN} more`));
    return element('div', 'group', element('h2', '', tests.length === 1 ? 'Test' : `${tests.length} tests`), ...lines);
  }
}
