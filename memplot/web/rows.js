// SPDX-License-Identifier: Apache-2.0
// The rows: one uPlot each, on one time axis, fed with what is visible only.  Where there are more than a few samples in
// a pixel uPlot draws the axes, and paint.js the series.

const LEFT_PX = 58;
const RIGHT_PX = 54;
const ROW_PX = 166;
const CAPTION_PX = 20;
const AXIS_PX = 40;

// A mean stands out from what it is the mean of.
const lineWidth = (s) => (s.of ? 2.5 : ['fill', 'stack', 'thin'].includes(s.style) ? 1 : LINE_PX);

class Row {
  constructor(index, run, view, state, place) {
    Object.assign(this, { index, run, view, state }, place); // first, last: is it the topmost, the lowest?
    this.series = run.series.filter((s) => s.row === index && s.drawn);
    this.name = this.series.length ? run.meta.rows[index] : 'Tests';
    this.element = element('div', 'row');
    this.caption = element('div', 'caption');
    this.note = element('div', 'caption right');
    this.element.append(this.caption, this.note);
  }
  side(right) {
    return this.series.filter((s) => s.right === right && s.visible && s.column);
  }
  // System on top of user, as long as both are shown.
  columnOf(s) {
    const below = this.run.byKey.cpu_user;
    return s.stacked && below.visible ? s.stacked : s.column;
  }
  pyramidOf(s) {
    const column = this.columnOf(s);
    return column ? column.pyramid ??= new Pyramid(column) : null;
  }
  // The order of drawing: fills first, the taller (stacked) one behind; the lines of single devices before all.
  drawOrder() {
    const rank = { stack: 0, fill: 1, thin: 2 };
    return [...this.series].sort((a, b) => (rank[a.style] ?? 3) - (rank[b.style] ?? 3));
  }
  build(width) {
    this.plot?.destroy();
    this.order = this.drawOrder();
    // Of all that is switched on, seen or not, so that panning does not move it.
    this.axes = [false, true].map((right) => {
      const shown = this.side(right);
      return valueAxis(shown.map((s) => this.pyramidOf(s)).map(({ min, max }) => [min, max]), shown.some((s) => s.unit === '%'));
    });
    this.ranges = this.axes.map(({ least, most }) => [least, most]);
    this.plot = new uPlot(this.options(width), this.empty(), this.element);
    this.plot.root.setAttribute('aria-hidden', 'true');
    this.captions();
  }
  captions() {
    const units = [...new Set(this.side(false).map((s) => s.unit || s.label))].join(', ');
    this.caption.textContent = [this.name, units].filter(Boolean).join(' · ');
    this.note.textContent = this.side(true).map((s) => [s.label, s.unit].filter(Boolean).join(' · ')).join(', ');
  }
  options(width) {
    const { view, run } = this;
    const right = this.side(true);
    const axis = (scale, side, size) => ({
      scale, side, size, stroke: () => theme.text, font: theme.font, gap: 4, ticks: { show: false },
      grid: { show: side === 3 && this.side(false).length > 0, stroke: () => theme.grid, width: 1 }, space: 34,
    });
    const values = (side, { ticks, labels }) => ({ splits: () => ticks, values: () => (side.length ? labels : ticks.map(() => '')) });
    // An axis of nothing has no numbers.
    const axes = [timeAxis(this.last ? AXIS_PX : 8, this.last, run, this.state, axis),
      { ...axis('left', 3, LEFT_PX), ...values(this.side(false), this.axes[0]) }];
    if (right.length)
      axes.push({ ...axis('right', 1, RIGHT_PX), ...values(right, this.axes[1]), grid: { show: false },
        stroke: () => (right.length === 1 ? textColourOf(right[0]) : theme.text) });
    return {
      width, height: ROW_PX + (this.last ? AXIS_PX : 8),
      padding: [CAPTION_PX, right.length ? 0 : RIGHT_PX, 0, this.side(false).length ? 0 : null],
      pxAlign: 0,
      tzDate: (t) => (this.state.time === 'utc' ? uPlot.tzDate(new Date(t * 1e3), 'Etc/UTC') : new Date(t * 1e3)),
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
        drawClear: [(u) => drawBehind(u, run, view, this.state, this.first)],
        draw: [(u) => this.drawOver(u)],
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
      stroke: () => colourOf(s), width: lineWidth(s), dash: s.style === 'dashed' ? [6, 4] : undefined,
      fill: filled ? () => withAlpha(colourOf(s), 0.35) : undefined, fillTo: 0,
    };
  }
  empty() {
    const { min, max } = this.view;
    return [[min, max], ...this.order.map(() => [null, null])];
  }
  // columns: the pixel columns of the view, the same for all rows.
  draw(columns) {
    this.columns = columns;
    const shown = this.order.map((s) => (s.visible ? this.columnOf(s) : null));
    this.dense = columns.exact ? null
      : this.order.map((s) => (s.visible && s.column ? columns.reduce(this.pyramidOf(s)) : null));
    const data = columns.exact ? columns.samples(this.run, shown) : this.empty();
    this.plot.batch(() => {
      this.plot.setData(data[0].length ? data : this.empty(), false);
      this.plot.setScale('x', { min: this.view.min, max: this.view.max });
    });
  }
  drawOver(u) {
    const { ctx, bbox: box } = u;
    if (!this.columns)
      return;
    ctx.save();
    ctx.beginPath();
    const edge = 2 * devicePixelRatio; // what lies on the upper edge, 100 %, is seen whole
    ctx.rect(box.left, box.top - edge, box.width, box.height + 2 * edge);
    ctx.clip();
    if (this.dense)
      this.drawDense(u);
    else
      this.order.forEach((s, k) => s.visible && s.column && this.drawExact(u, s, k));
    ctx.restore();
  }
  drawDense(u) {
    const { ctx, bbox: box } = u;
    const { columns } = this;
    const [left, top, width, height] = [box.left, box.top, box.width, box.height].map(Math.round);
    const user = this.order.findIndex((s) => s.key === 'cpu_user' && s.visible);
    const shown = this.order.map((s, k) => [s, this.dense[k]]).filter(([, data]) => data);
    const yOf = (s) => {
      const [low, high] = this.ranges[s.right ? 1 : 0];
      return (v) => (high - v) / (high - low) * height;
    };
    this.raster ??= new Raster();
    this.raster.begin(width, height);
    for (const [s, data] of shown)
      paintDense(this.raster, columns, data, yOf(s), {
        colour: colourOf(s), width: lineWidth(s), dashed: s.style === 'dashed', filled: s.style === 'fill' || s.style === 'stack',
        floor: s.style === 'stack' && user >= 0 ? this.dense[user] : null,
      });
    this.raster.draw(ctx, left, top);
    for (const [s, { least }] of shown.filter(([one]) => one.style === 'bands')) {
      const xs = least.map((v, c) => left + (c + 0.5) / columns.n * width);
      const y = yOf(s);
      const time = (c) => columns.time(c + 0.5);
      paintPoints(ctx, xs, least.map((v) => top + y(v)), 7 * devicePixelRatio, 2 * devicePixelRatio, (c) => this.bandAt(time(c), least[c]));
    }
  }
  drawExact(u, s, k) {
    const { ctx } = u;
    const [x, y] = [u.data[0], u.data[k + 1]];
    const scale = s.right ? 'right' : 'left';
    const place = (i) => [u.valToPos(x[i], 'x', true), u.valToPos(y[i], scale, true)];
    this.drawLonely(ctx, y, place, colourOf(s));
    if (s.style === 'bands')
      paintPoints(ctx, x.map((t) => u.valToPos(t, 'x', true)), y.map((v) => (v === null ? NaN : u.valToPos(v, scale, true))),
        7 * devicePixelRatio, 2 * devicePixelRatio, (i) => this.bandAt(x[i], y[i]));
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
  bandAt(t, free) {
    const { ts, byKey, meta } = this.run;
    const total = byKey.ram_total_gb?.column;
    let known = NaN;
    if (total)
      known = total.at(Math.min(lowerBound(ts, t), ts.length - 1));
    return bandColour(meta.bands, ramBand(meta.bands, free, known > 0 ? known : meta.ram_total_gb ?? NaN));
  }
}
