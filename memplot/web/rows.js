// SPDX-License-Identifier: Apache-2.0
// The rows: one uPlot each, on one time axis, fed with what is visible only.

const LEFT_PX = 58;
const RIGHT_PX = 54;
const ROW_PX = 166;
const CAPTION_PX = 20;
const DENSE = 8; // samples in a pixel, from which on lines are drawn lighter, so that one sees through them
const AXIS_PX = 40;

// A round number at or above v, so that the top of an axis is one.
function roundUp(v) {
  const unit = 10 ** Math.floor(Math.log10(v));
  return [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8, 10].find((m) => m * unit >= v * 0.9999) * unit;
}

// The range of an axis, from all that is switched on, seen or not, so that panning does not move it.  It
// starts at 0 unless the values lie far from it.
function axisRange(pyramids, unit) {
  const min = Math.min(...pyramids.map((p) => p.min).filter((v) => v === v));
  const max = Math.max(...pyramids.map((p) => p.max).filter((v) => v === v));
  if (!(max >= min))
    return [0, 1];
  if (min > 0.5 * max) {
    const room = Math.max((max - min) * 0.08, Math.abs(max) * 0.005);
    return [min - room, max + room];
  }
  const low = min < 0 ? -roundUp(-min * 1.05) : 0;
  const high = max > 0 ? roundUp(max * 1.05) : low < 0 ? 0 : 1;
  return [low, unit === '%' && max <= 100 ? Math.min(high, 100.5) : high];
}

class Row {
  constructor(index, run, view, state, last) {
    Object.assign(this, { index, run, view, state, last });
    this.series = run.series.filter((s) => s.row === index && s.drawn);
    this.name = this.series.length ? run.meta.rows[index] : 'Tests';
    for (const s of this.series)
      s.pyramid = new Pyramid(s.column);
    this.stackedOn = this.series.find((s) => s.style === 'stack');
    this.element = document.createElement('div');
    this.element.className = 'row';
    this.caption = document.createElement('div');
    this.caption.className = 'caption';
    this.note = document.createElement('div');
    this.note.className = 'caption right';
    this.element.append(this.caption, this.note);
    this.firstRow = false;
  }
  side(right) {
    return this.series.filter((s) => s.right === right && s.visible);
  }
  // System on top of user, as long as both are shown.
  stackPyramid() {
    if (!this.sum) {
      const [below, above] = ['cpu_user', 'cpu_sys'].map((key) => this.run.byKey[key].column);
      const q = Float64Array.from({ length: below.length }, (_, i) => Math.round((below.at(i) + above.at(i)) * 1e6));
      this.sum = new Pyramid(new Column(q, 1e6));
    }
    return this.sum;
  }
  pyramidOf(s) {
    const stacked = s.style === 'stack' && this.run.byKey.cpu_user?.visible;
    return stacked ? this.stackPyramid() : s.pyramid;
  }
  // The order of drawing: fills first, the taller (stacked) one behind.
  drawOrder() {
    const rank = { stack: 0, fill: 1 };
    return [...this.series].sort((a, b) => (rank[a.style] ?? 2) - (rank[b.style] ?? 2));
  }
  build(width) {
    this.plot?.destroy();
    this.order = this.drawOrder();
    this.ranges = [false, true].map((right) => {
      const shown = this.side(right);
      return axisRange(shown.map((s) => this.pyramidOf(s)), shown[0]?.unit);
    });
    this.plot = new uPlot(this.options(width), this.data(width), this.element);
    this.captions();
  }
  captions() {
    const units = (right) => [...new Set(this.side(right).map((s) => s.unit || s.label))].join(', ');
    this.caption.textContent = [this.name, units(false)].filter(Boolean).join(' · ');
    this.note.textContent = units(true);
  }
  options(width) {
    const { view, run } = this;
    const right = this.side(true);
    const axis = (scale, side, size) => ({
      scale, side, size, stroke: () => theme.text, font: theme.font, gap: 4, ticks: { show: false },
      grid: { show: side === 3, stroke: () => theme.grid, width: 1 }, space: 34,
    });
    const axes = [{
      ...axis('x', 2, this.last ? AXIS_PX : 8), space: 90, grid: { stroke: () => theme.grid, width: 1 },
      values: (u, ticks, i, space, step) => (this.last ? tickTexts(ticks, step, this.state.utc) : ticks.map(() => '')),
    }, axis('left', 3, LEFT_PX)];
    if (!this.side(false).length) // an axis of nothing has no numbers
      axes[1].values = (u, ticks) => ticks.map(() => '');
    if (right.length)
      axes.push({ ...axis('right', 1, RIGHT_PX), grid: { show: false },
        stroke: () => (right.length === 1 ? colourOf(right[0]) : theme.text) });
    return {
      width, height: ROW_PX + (this.last ? AXIS_PX : 8),
      padding: [CAPTION_PX, right.length ? 0 : RIGHT_PX, 0, this.side(false).length ? 0 : null],
      pxAlign: 0,
      tzDate: (t) => (this.state.utc ? uPlot.tzDate(new Date(t * 1e3), 'Etc/UTC') : new Date(t * 1e3)),
      legend: { show: false }, cursor: { show: false }, select: { show: false },
      scales: {
        x: { time: true, range: () => [view.min, view.max] },
        left: { range: () => this.ranges[0] },
        right: { range: () => this.ranges[1] },
      },
      axes,
      bands: this.bands(),
      series: [{}, ...this.order.map((s) => this.seriesOptions(s))],
      hooks: {
        drawClear: [(u) => drawBehind(u, run, view, this.state, this.firstRow)],
        draw: [(u) => this.drawPoints(u)],
      },
    };
  }
  // A stacked fill ends where the one below it begins.
  bands() {
    const above = this.order.findIndex((s) => s.style === 'stack' && s.visible);
    const below = this.order.findIndex((s) => s.key === 'cpu_user' && s.visible);
    return above < 0 || below < 0 ? [] : [{ series: [above + 1, below + 1], fill: () => withAlpha(colourOf(this.order[above]), 0.35) }];
  }
  seriesOptions(s) {
    const filled = s.style === 'fill' || s.style === 'stack';
    return {
      label: s.label, scale: s.right ? 'right' : 'left', show: s.visible, points: { show: false },
      stroke: () => (this.dense ? withAlpha(colourOf(s), 0.55) : colourOf(s)), width: filled ? 1 : 1.5, dash: s.style === 'dashed' ? [6, 4] : undefined,
      fill: filled ? () => withAlpha(colourOf(s), 0.35) : undefined, fillTo: 0,
    };
  }
  data(width) {
    const { view, run } = this;
    const seen = lowerBound(run.ts, view.max, true) - lowerBound(run.ts, view.min);
    this.dense = seen > DENSE * width;
    const shown = this.order.map((s) => (s.visible ? this.pyramidOf(s) : null));
    const [x, ...ys] = reduce(this.run, shown.filter(Boolean), view.min, view.max,
      Math.max(1, width - LEFT_PX - RIGHT_PX));
    let next = 0;
    return [x, ...shown.map((p) => (p ? ys[next++] : x.map(() => null)))];
  }
  draw(width) {
    this.plot.batch(() => {
      this.plot.setData(this.data(width), false);
      this.plot.setScale('x', { min: this.view.min, max: this.view.max });
    });
  }
  drawPoints(u) {
    const { ctx, bbox: box } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.width, box.height);
    ctx.clip();
    this.order.forEach((s, k) => {
      if (!s.visible)
        return;
      const scale = s.right ? 'right' : 'left';
      const place = (i) => [u.valToPos(u.data[0][i], 'x', true), u.valToPos(u.data[k + 1][i], scale, true)];
      this.drawLonely(ctx, u.data[k + 1], place, colourOf(s));
      if (s.style === 'bands')
        this.drawBandPoints(ctx, u.data[0], u.data[k + 1], place);
    });
    ctx.restore();
  }
  // Single values between gaps, which have no line.
  drawLonely(ctx, y, place, colour) {
    const side = 3 * devicePixelRatio;
    ctx.fillStyle = colour;
    for (let i = 0; i < y.length; i++) {
      if (y[i] == null || y[i - 1] != null || y[i + 1] != null)
        continue;
      const [px, py] = place(i);
      ctx.fillRect(px - side / 2, py - side / 2, side, side);
    }
  }
  // Points in the colour of the RAM band, so far apart that the line is seen between them: of those too near
  // to each other the lowest.
  drawBandPoints(ctx, x, y, place) {
    const room = 7 * devicePixelRatio;
    const size = 2 * devicePixelRatio;
    let cell = NaN;
    let lowest = -1;
    const flush = () => {
      if (lowest < 0)
        return;
      const [px, py] = place(lowest);
      ctx.fillStyle = this.bandAt(x[lowest], y[lowest]);
      ctx.beginPath();
      ctx.arc(px, py, size, 0, 2 * Math.PI);
      ctx.fill();
      lowest = -1;
    };
    for (let i = 0; i < x.length; i++) {
      if (y[i] == null)
        continue;
      const at = Math.floor(place(i)[0] / room);
      if (at !== cell)
        flush();
      cell = at;
      if (lowest < 0 || y[i] < y[lowest])
        lowest = i;
    }
    flush();
  }
  bandAt(t, free) {
    const { ts, byKey, meta } = this.run;
    const total = byKey.ram_total_gb?.column;
    let known = NaN;
    if (total)
      known = total.at(Math.min(lowerBound(ts, t), ts.length - 1));
    return bandColour(ramBand(meta.bands, free, known > 0 ? known : meta.ram_total_gb ?? NaN));
  }
}
