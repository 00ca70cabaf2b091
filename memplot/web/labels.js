// SPDX-License-Identifier: Apache-2.0
// Names: models above the rows with the bars of their time in RAM, tests below, rotated by 90 degrees.  No
// two overlap: where there is no room the failed ones come first, then the longer ones.

const LABEL_PX = 13; // across a rotated name
const BAR_PX = 16; // height of the bars

// Chooses from candidates {x, weight} at most one per place, `room` pixels apart: the heavier first.
function placeLabels(candidates, room) {
  const best = new Map();
  for (const c of candidates) {
    const cell = Math.floor(c.x / room);
    const other = best.get(cell);
    if (!other || other.weight < c.weight)
      best.set(cell, c);
  }
  const taken = new Map();
  const placed = [];
  for (const c of [...best.values()].sort((a, b) => b.weight - a.weight || a.x - b.x)) {
    const cell = Math.floor(c.x / room);
    const near = [taken.get(cell - 1), taken.get(cell), taken.get(cell + 1)];
    if (near.some((x) => x !== undefined && Math.abs(x - c.x) < room))
      continue;
    taken.set(cell, c.x);
    placed.push(c);
  }
  return placed.sort((a, b) => a.x - b.x);
}

// The text without control characters, and not longer than anyone can read.
function plainText(text) {
  return (text.length > 200 ? `${text.slice(0, 120)}…${text.slice(-60)}` : text).replace(/[\u0000-\u001f\u007f]/g, ' ');
}

// The text with … in its middle, so that it fits: beginning and end, where parameters stand, remain.
function fitText(ctx, whole, width) {
  const text = plainText(whole);
  if (ctx.measureText(text).width <= width)
    return text;
  const cut = (n) => `${text.slice(0, Math.ceil(n * 0.6))}…${text.slice(text.length - Math.floor(n * 0.4))}`;
  let lo = 0;
  let hi = text.length - 1;
  while (lo < hi) {
    const mid = (lo + hi + 1) >> 1;
    if (ctx.measureText(cut(mid)).width <= width)
      lo = mid;
    else
      hi = mid - 1;
  }
  return lo > 3 ? cut(lo) : '';
}

// Room that the longest of some texts needs, between two bounds; of very many those with the most letters decide.
function roomFor(texts, least, most) {
  const ctx = document.createElement('canvas').getContext('2d');
  ctx.font = theme.font;
  const some = texts.length > 1000 ? [...texts].sort((a, b) => b.length - a.length).slice(0, 1000) : texts;
  const longest = Math.max(0, ...some.map((t) => ctx.measureText(plainText(t)).width));
  return Math.round(Math.min(Math.max(longest + 14, least), most));
}

function sizeCanvas(canvas, width, height) {
  const dpr = devicePixelRatio;
  canvas.width = Math.round(width * dpr);
  canvas.height = Math.round(height * dpr);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext('2d');
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.font = theme.font;
  return ctx;
}

const TEST_COLOURS = { failed: 'failed', skipped: 'faint', infra: 'faint', test: 'text' };
const TEST_SIGNS = { failed: '✗ ', skipped: '– ', infra: '', test: '' };
const shortLabel = (label) => (/^test_./.test(label) ? label.slice(5) : label);

class Labels {
  constructor(run, view, state, plot) {
    Object.assign(this, { run, view, state, plot });
    this.models = document.getElementById('models');
    this.tests = document.getElementById('tests');
    this.boxes = { models: [], tests: [], bars: [] };
    this.spans = run.spans.length ? run.spans : run.regions;
    this.modelRoom = roomFor(this.spans.map((s) => s.label), 40, 130);
    this.testRoom = roomFor(run.tests.map((test) => `✗ ${shortLabel(test.label)}`), 60, 180);
  }
  // The middle of what is seen of an item, in pixels of the stage.
  middle(item) {
    const { left, width } = this.plot();
    const { view } = this;
    const from = Math.max(item.start, view.min);
    const to = Math.min(item.end, view.max);
    return left + ((from + to) / 2 - view.min) / view.width * width;
  }
  seen(items, latest) {
    const found = latest ? itemsWithin(items, latest, this.view.min, this.view.max)
      : items.filter((s) => s.end >= this.view.min && s.start <= this.view.max);
    return found;
  }
  // Rotated names; `up`: they begin at the lower edge, else they end at the upper one.
  drawRotated(ctx, placed, height, up) {
    const boxes = [];
    ctx.textBaseline = 'middle';
    ctx.textAlign = up ? 'left' : 'right';
    for (const c of placed) {
      const text = fitText(ctx, c.text, height - 10);
      ctx.save();
      ctx.translate(c.x, up ? height - 5 : 7);
      ctx.rotate(-Math.PI / 2);
      ctx.fillStyle = theme[c.colour];
      ctx.fillText(text, 0, 0);
      ctx.restore();
      boxes.push({ x0: c.x - LABEL_PX / 2, x1: c.x + LABEL_PX / 2, text, full: c.text });
    }
    return boxes;
  }
  drawBars(ctx, top) {
    const { run, view } = this;
    const { left, width } = this.plot();
    const xOf = (t) => left + (Math.min(Math.max(t, view.min), view.max) - view.min) / view.width * width;
    const seen = this.seen(run.regions, run.regionEnds);
    this.boxes.bars = [];
    seen.forEach((region, i) => {
      const [x0, x1, x2] = [xOf(region.start), xOf(region.ready), xOf(region.end)];
      ctx.fillStyle = theme.loading;
      ctx.fillRect(x0, top, Math.max(x1 - x0, 0), BAR_PX - 4);
      ctx.fillStyle = theme.model;
      ctx.fillRect(x1, top, Math.max(x2 - x1, 1), BAR_PX - 4);
      ctx.fillStyle = theme.back;
      ctx.fillRect(x2 - 0.5, top, 1, BAR_PX - 4);
      // The next model may have come before this one went.
      const room = Math.min(x2, i + 1 < seen.length ? xOf(seen[i + 1].start) : x2) - x0;
      const text = this.state.labels && room > 24 ? fitText(ctx, region.label, room - 8) : '';
      if (text !== region.label && text.length <= 8)
        return;
      ctx.fillStyle = theme.text;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      ctx.fillText(text, x0 + 4, top + (BAR_PX - 4) / 2 + 0.5);
      this.boxes.bars.push({ x0: x0 + 4, x1: x0 + 4 + ctx.measureText(text).width, text, full: region.label });
    });
  }
  drawModels(width) {
    const { run, state, spans } = this;
    const names = state.labels && spans.length ? this.modelRoom : 0;
    const bars = run.regions.length ? BAR_PX : 0;
    this.models.hidden = !names && !bars;
    if (this.models.hidden)
      return;
    const ctx = sizeCanvas(this.models, width, names + bars);
    this.boxes.models = [];
    if (names) {
      const candidates = this.seen(spans).map((s) =>
        ({ x: this.middle(s), weight: s.end - s.start, text: s.label, colour: 'text' }));
      this.boxes.models = this.drawRotated(ctx, placeLabels(candidates, LABEL_PX), names, true);
    }
    if (bars)
      this.drawBars(ctx, names + 1);
  }
  drawTests(width) {
    const { run, state } = this;
    this.tests.hidden = !state.labels || !run.tests.length;
    this.boxes.tests = [];
    if (this.tests.hidden)
      return;
    const height = this.testRoom;
    const ctx = sizeCanvas(this.tests, width, height);
    const candidates = [];
    for (const test of this.seen(run.tests, run.testEnds)) {
      const kind = testClass(test);
      if (kind === 'infra' && !state.infra)
        continue;
      const weight = (kind === 'failed' ? 1e9 : kind === 'skipped' ? 1e-9 : 0) + test.end - test.start;
      candidates.push({ x: this.middle(test), weight, text: TEST_SIGNS[kind] + shortLabel(test.label),
        colour: TEST_COLOURS[kind] });
    }
    this.boxes.tests = this.drawRotated(ctx, placeLabels(candidates, LABEL_PX), height, false);
  }
  draw(width) {
    this.drawModels(width);
    this.drawTests(width);
  }
}
