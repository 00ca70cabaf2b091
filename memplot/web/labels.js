// SPDX-License-Identifier: Apache-2.0
// Names: models above the rows with the bars of their time in RAM and the words of marks, tests below, rotated by 90 degrees.
//
// A name stands in a slot.  Slots are as wide as a line of text and lie fixed in time, so while the view is panned each
// name stays with its test, and none comes or goes but at the edges.  In a slot the first in rank is named: failed tests
// and processes that were killed, then those where the model changes, then the longer ones; "+3" tells how many more there are, if they are too narrow to
// be seen one by one.

const LABEL_PX = 13; // across a rotated name
const SLOT_PX = 14;
const NARROW_PX = 3;
const COUNT_PX = 28; // along a name, of " +99"
const BAR_PX = 16; // height of the bars
const CHANGE_RANK = 1e9;
const FAILED_RANK = 1e12;

// What can be named, by the middle of each: ranks are numbers, at most one item a slot is named.
class Slots {
  constructor(intervals, rankOf) {
    const { starts, ends, length: n } = intervals;
    this.intervals = intervals;
    this.order = new Uint32Array(n);
    this.middles = new Float64Array(n);
    this.ranks = new Float64Array(n);
    const middle = (i) => (starts[i] + ends[i]) / 2;
    let sorted = true;
    for (let i = 0; i < n; i++) {
      this.order[i] = i;
      sorted &&= i === 0 || middle(i) >= middle(i - 1);
    }
    if (!sorted)
      this.order.sort((a, b) => middle(a) - middle(b) || a - b);
    for (let k = 0; k < n; k++) {
      this.middles[k] = middle(this.order[k]);
      this.ranks[k] = rankOf(this.order[k]);
    }
  }
  // {item, x, more} of the view, x in pixels of `width`; shown(item): may it be named?
  place(view, width, shown) {
    const perPixel = view.width / width;
    const slot = SLOT_PX * perPixel;
    const { min: zero } = view.full;
    const best = new Map();
    const offer = (number, item, rank, narrow) => {
      const held = best.get(number);
      if (!held)
        best.set(number, { number, item, rank, more: 0, narrow });
      else {
        held.more++;
        held.narrow &&= narrow;
        if (rank > held.rank)
          Object.assign(held, { item, rank });
      }
    };
    const { starts, ends } = this.intervals;
    const firstSlot = Math.ceil((view.min - zero) / slot - 0.01);
    const lastSlot = Math.floor((view.max - zero) / slot + 0.01) - 1;
    // A slot that the edge cuts has no room for a name; a failed test there is named beside it.
    const end = lowerBound(this.middles, view.max, true);
    for (let k = lowerBound(this.middles, view.min); k < end; k++) {
      const item = this.order[k];
      const own = Math.floor((this.middles[k] - zero) / slot);
      const number = Math.max(firstSlot, Math.min(own, lastSlot));
      if ((number === own || this.ranks[k] >= FAILED_RANK) && shown(item))
        offer(number, item, this.ranks[k], ends[item] - starts[item] < NARROW_PX * perPixel);
    }
    // What is cut by an edge of the view, with its middle beyond it, is named at that edge.
    for (const [at, number] of [[view.min, firstSlot], [view.max, lastSlot]])
      this.intervals.each(at, at, (item) => {
        const middle = (starts[item] + ends[item]) / 2;
        const seen = Math.min(ends[item], view.max) - Math.max(starts[item], view.min);
        if (shown(item) && (middle < zero + firstSlot * slot || middle >= zero + (lastSlot + 1) * slot) && seen >= 1.5 * slot &&
            !best.has(number) && (number === firstSlot || starts[item] > view.min || lastSlot === firstSlot))
          best.set(number, { number, item, rank: 0, more: 0, narrow: false });
      });
    return [...best.values()].sort((a, b) => a.number - b.number).map(({ number, item, more, narrow }) =>
      ({ item, x: (zero + (number + 0.5) * slot - view.min) / perPixel, more: narrow ? more : 0 }));
  }
}

// The text without control characters, and not longer than anyone can read.
function plainText(text) {
  return (text.length > 200 ? `${text.slice(0, 120)}…${text.slice(-60)}` : text).replace(/[\u0000-\u001f\u007f]/g, ' ');
}

// The text with … in its middle, so that it fits: beginning and end, where parameters stand, remain.
function cutText(ctx, whole, width) {
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

// The same, remembered: measuring is slow, and the same names come frame after frame.
const fittedTexts = new Map();
function fitText(ctx, whole, width) {
  const key = `${Math.round(width)} ${whole}`;
  let text = fittedTexts.get(key);
  if (text === undefined) {
    if (fittedTexts.size > 5000)
      fittedTexts.clear();
    text = cutText(ctx, whole, width);
    fittedTexts.set(key, text);
  }
  return text;
}

// A rotated name as a picture, since the same ones come frame after frame.  `up`: it begins at the lower edge, else it ends
// at the upper one.
const labelPictures = new Map();
function labelPicture(text, colour, height, up) {
  const dpr = devicePixelRatio;
  const key = [colour, height, up, dpr, text].join(' ');
  let canvas = labelPictures.get(key);
  if (canvas)
    return canvas;
  if (labelPictures.size > 1000)
    labelPictures.clear();
  canvas = document.createElement('canvas');
  canvas.width = Math.round(LABEL_PX * dpr);
  canvas.height = Math.round(height * dpr);
  const ctx = canvas.getContext('2d');
  ctx.font = theme.font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = up ? 'left' : 'right';
  ctx.fillStyle = colour;
  ctx.setTransform(0, -dpr, dpr, 0, canvas.width / 2, (up ? height - 5 : 7) * dpr);
  ctx.fillText(text, 0, 0);
  labelPictures.set(key, canvas);
  return canvas;
}

// Room that the longest of some texts needs, between two bounds; of very many those with the most letters decide.
function roomFor(texts, least, most) {
  const ctx = document.createElement('canvas').getContext('2d');
  ctx.font = theme.font;
  const some = [...texts];
  if (some.length > 1000)
    some.sort((a, b) => b.length - a.length).length = 1000;
  const longest = some.reduce((room, t) => Math.max(room, ctx.measureText(plainText(t)).width), 0);
  return Math.round(Math.min(Math.max(longest + 14, least), most));
}

// And of the count behind a name, "+12", where there are so many that some have no room.
const countRoom = (n) => (n > 100 ? COUNT_PX : 0);

// A canvas of this size, cleared; only a new size needs new memory.
function sizeCanvas(canvas, width, height) {
  const dpr = devicePixelRatio;
  const [w, h] = [Math.round(width * dpr), Math.round(height * dpr)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const ctx = canvas.getContext('2d');
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.font = theme.font;
  return ctx;
}

const TEST_COLOURS = { [TEST]: 'text', [INFRA]: 'faint', [FAILED]: 'failed', [SKIPPED]: 'faint' };
const TEST_SIGNS = { [TEST]: '', [INFRA]: '', [FAILED]: '✗ ', [SKIPPED]: '– ' };
const shortLabel = (label) => (/^test_./.test(label) ? label.slice(5) : label);

// Failed tests first, then those where the model changes; a skipped one last of all.
function testRanks(tests) {
  let before = -1;
  const changes = new Uint8Array(tests.length);
  for (let i = 0; i < tests.length; i++) {
    const model = tests.kinds[i] === SKIPPED ? -1 : tests.model(i);
    changes[i] = model >= 0 && model !== before;
    before = model >= 0 ? model : before;
  }
  return (i) => {
    const duration = tests.ends[i] - tests.starts[i];
    return tests.kinds[i] === SKIPPED ? -1 : duration + (tests.kinds[i] === FAILED ? FAILED_RANK : changes[i] ? CHANGE_RANK : 0);
  };
}

class Labels {
  constructor(run, view, state, plot) {
    Object.assign(this, { run, view, state, plot });
    this.models = document.getElementById('models');
    this.marks = document.getElementById('marks');
    this.tests = document.getElementById('tests');
    this.boxes = { models: [], marks: [], tests: [], bars: [] };
    this.spans = run.spans.length ? run.spans : run.regions;
    this.spanSlots = new Slots(this.spans, (i) => this.spans.ends[i] - this.spans.starts[i]);
    this.testSlots = new Slots(run.tests, testRanks(run.tests));
    const markTimes = Float64Array.from(run.marks.ts);
    this.markSlots = new Slots(new Intervals(markTimes, markTimes), (i) => (run.marks.kill[i] ? FAILED_RANK : 0));
    this.markRoom = roomFor(new Set(run.marks.label), 40, 220) + countRoom(run.marks.ts.length);
    const models = new Set(this.spans.models);
    this.modelRoom = roomFor([...models].map((m) => run.meta.model_labels[m] ?? ''), 40, 130) + countRoom(this.spans.length);
    const labels = new Set(Object.values(run.meta.test_labels));
    this.testRoom = roomFor([...labels].map((i) => `✗ ${shortLabel(run.meta.names[i] ?? '')}`), 60, 180) + countRoom(run.tests.length);
  }
  // Rotated names; `up`: they begin at the lower edge, else they end at the upper one.
  drawRotated(ctx, placed, height, up) {
    const boxes = [];
    const { left, width } = this.plot();
    for (const { x: inside, text: full, colour, more } of placed) {
      const x = left + Math.min(Math.max(inside, LABEL_PX / 2), width - LABEL_PX / 2);
      const rest = more ? ` +${more}` : '';
      const text = fitText(ctx, full, height - 10 - 7 * rest.length) + rest;
      ctx.drawImage(labelPicture(text, theme[colour], height, up), x - LABEL_PX / 2, 0, LABEL_PX, height);
      boxes.push({ x0: x - LABEL_PX / 2, x1: x + LABEL_PX / 2, text, full, more });
    }
    return boxes;
  }
  drawBars(ctx, top) {
    const { run, view } = this;
    const { regions } = run;
    const { left, width } = this.plot();
    const xOf = (t) => left + (Math.min(Math.max(t, view.min), view.max) - view.min) / view.width * width;
    const seen = regions.within(view.min, view.max);
    const height = BAR_PX - 4;
    this.boxes.bars = [];
    let drawnTo = -Infinity;
    seen.forEach((region, i) => {
      const [x0, x1, x2] = [xOf(regions.starts[region]), xOf(regions.ready[region]), xOf(regions.ends[region])];
      if (x2 - x0 < 1 && x0 < drawnTo)
        return;
      drawnTo = Math.max(drawnTo, x0 + 1);
      ctx.fillStyle = theme.loading;
      ctx.fillRect(x0, top, Math.max(x1 - x0, 0), height);
      ctx.fillStyle = theme.model;
      ctx.fillRect(x1, top, Math.max(x2 - x1, 1), height);
      ctx.fillStyle = theme.back;
      ctx.fillRect(x2 - 0.5, top, 1, height);
      // The next model may have come before this one went.
      const room = Math.min(x2, i + 1 < seen.length ? xOf(regions.starts[seen[i + 1]]) : x2) - x0;
      const label = regions.label(region);
      const text = this.state.labels && room > 24 ? fitText(ctx, label, room - 8) : '';
      if (!text || (text !== label && text.length <= 8))
        return;
      ctx.fillStyle = theme.text;
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      ctx.fillText(text, x0 + 4, top + height / 2 + 0.5);
      this.boxes.bars.push({ x0: x0 + 4, x1: x0 + 4 + ctx.measureText(text).width, text, full: label });
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
      const placed = this.spanSlots.place(this.view, this.plot().width, () => true);
      this.boxes.models = this.drawRotated(ctx, placed.map(({ item, x, more }) =>
        ({ x, more, text: spans.label(item), colour: 'text' })), names, true);
    }
    if (bars)
      this.drawBars(ctx, names + 1);
  }
  drawMarks(width) {
    const { run: { marks }, state } = this;
    this.marks.hidden = !state.labels || !marks.ts.length;
    this.boxes.marks = [];
    if (this.marks.hidden)
      return;
    const ctx = sizeCanvas(this.marks, width, this.markRoom);
    const { width: wide } = this.plot();
    const slots = this.markSlots.place(this.view, wide, () => true);
    // A line is thin, so words stand as near to it as the next ones' slots leave room.
    let before = -Infinity;
    const placed = slots.map(({ item, more }, k) => {
      const x = (marks.ts[item] - this.view.min) / this.view.width * wide;
      before = Math.max(Math.min(x, (slots[k + 1]?.x ?? Infinity) - LABEL_PX), before + LABEL_PX);
      return { x: before, more, text: marks.label[item], colour: 'accent' };
    });
    this.boxes.marks = this.drawRotated(ctx, placed, this.markRoom, true);
  }
  drawTests(width) {
    const { run: { tests }, state } = this;
    this.tests.hidden = !state.labels || !tests.length;
    this.boxes.tests = [];
    if (this.tests.hidden)
      return;
    const ctx = sizeCanvas(this.tests, width, this.testRoom);
    const placed = this.testSlots.place(this.view, this.plot().width, (i) => state.infra || tests.kinds[i] !== INFRA);
    this.boxes.tests = this.drawRotated(ctx, placed.map(({ item, x, more }) => ({
      x, more, text: TEST_SIGNS[tests.kinds[item]] + shortLabel(tests.label(item)), colour: TEST_COLOURS[tests.kinds[item]],
    })), this.testRoom, false);
  }
  draw(width) {
    this.drawModels(width);
    this.drawMarks(width);
    this.drawTests(width);
  }
}
