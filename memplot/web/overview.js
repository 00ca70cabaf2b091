// SPDX-License-Identifier: Apache-2.0
// The overview: the whole run in a strip, with a window that can be moved and stretched.

const OVERVIEW_PX = 40;
const HANDLE_PX = 8;
const LEAST_SPAN = 0.1; // of the greatest value: as high as the strip at least

class Overview {
  constructor(run, view, plot) {
    Object.assign(this, { run, view, plot });
    this.canvas = document.getElementById('overview');
    this.series = run.series.find((s) => s.visible && s.column) ?? null;
    this.canvas.addEventListener('pointerdown', (event) => this.down(event));
    this.canvas.addEventListener('pointermove', (event) => this.move(event));
    for (const type of ['pointerup', 'pointercancel'])
      this.canvas.addEventListener(type, () => {
        this.grip = null;
      });
  }
  xOf(t) {
    const { left, width } = this.plot();
    const { full } = this.view;
    return left + (t - full.min) / (full.max - full.min) * width;
  }
  // What does not change with the view is drawn once, and copied.
  still(width) {
    const key = [width, devicePixelRatio, theme.grid, theme.safe].join();
    if (this.picture?.key === key)
      return this.picture.canvas;
    const canvas = document.createElement('canvas');
    const ctx = sizeCanvas(canvas, width, OVERVIEW_PX);
    const { left, width: inner } = this.plot();
    ctx.fillStyle = theme.grid;
    ctx.fillRect(left, 0, inner, OVERVIEW_PX);
    if (this.series)
      this.drawLine(ctx, inner);
    const { full } = this.view;
    ctx.fillStyle = theme.test;
    for (const { x0, x1 } of this.series ? [] : this.run.tests.runs(full.min, full.max, inner, (kind) => kind !== SKIPPED))
      ctx.fillRect(left + x0, 10, Math.max(1, x1 - x0 - 0.5), OVERVIEW_PX - 20);
    ctx.fillStyle = theme.failed;
    for (const { x0, x1 } of this.run.tests.runs(full.min, full.max, inner, (kind) => kind === FAILED))
      ctx.fillRect(left + x0 - 1, 0, Math.max(2, x1 - x0), 6);
    this.picture = { key, canvas };
    return canvas;
  }
  draw(width) {
    const ctx = sizeCanvas(this.canvas, width, OVERVIEW_PX);
    ctx.drawImage(this.still(width), 0, 0, width, OVERVIEW_PX);
    const [x0, x1] = [this.xOf(this.view.min), this.xOf(this.view.max)];
    ctx.fillStyle = withAlpha(theme.accent, 0.14);
    ctx.fillRect(x0, 0, x1 - x0, OVERVIEW_PX);
    ctx.fillStyle = theme.accent;
    for (const x of [x0, x1 - 3])
      ctx.fillRect(x, 0, 3, OVERVIEW_PX);
  }
  drawLine(ctx, inner) {
    const { run, series: { column } } = this;
    const { left } = this.plot();
    const { full } = this.view;
    const columns = new PixelColumns(run, full.min, full.max - full.min, inner, full.min);
    const pyramid = column.pyramid ??= new Pyramid(column);
    // From the least to the greatest, but what hardly moves stays flat.
    const span = Math.max(pyramid.max - pyramid.min, LEAST_SPAN * Math.max(Math.abs(pyramid.max), Math.abs(pyramid.min))) || 1;
    const low = (pyramid.max + pyramid.min - span) / 2;
    const yOf = (v) => OVERVIEW_PX - 4 - (v - low) / span * (OVERVIEW_PX - 8);
    ctx.strokeStyle = ctx.fillStyle = colourOf(this.series);
    if (!columns.exact) {
      const data = columns.reduce(pyramid);
      const { top, bottom } = bandEdges(columns, data, yOf);
      const wide = inner / columns.n;
      ctx.fillStyle = withAlpha(colourOf(this.series), 0.3);
      top.forEach((y, c) => y === y && ctx.fillRect(left + c * wide, y - 0.5, wide, bottom[c] - y + 1));
      ctx.fillStyle = colourOf(this.series);
      data.mean.forEach((v, c, mean) => {
        const [y0, y1] = [yOf(v), c && mean[c - 1] === mean[c - 1] && !columns.gapBefore[c] ? yOf(mean[c - 1]) : yOf(v)];
        if (v === v)
          ctx.fillRect(left + c * wide, Math.min(y0, y1) - 0.5, wide, Math.abs(y1 - y0) + 1);
      });
      return;
    }
    const [x, y] = columns.samples(run, [column]);
    ctx.beginPath();
    y.forEach((v, i) => v !== null && ctx[i && y[i - 1] !== null ? 'lineTo' : 'moveTo'](this.xOf(x[i]), yOf(v)));
    ctx.stroke();
  }
  down(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const [x0, x1] = [this.xOf(this.view.min), this.xOf(this.view.max)];
    const edge = Math.abs(x - x0) < HANDLE_PX ? 'min' : Math.abs(x - x1) < HANDLE_PX ? 'max' : 'both';
    this.canvas.setPointerCapture(event.pointerId);
    this.grip = { edge, x, min: this.view.min, max: this.view.max };
    if (edge === 'both' && (x < x0 || x > x1)) {
      const { full, width, whole } = this.view;
      const { left, width: inner } = this.plot();
      this.view.moveTo(full.min + (x - left) / inner * whole - width / 2);
      Object.assign(this.grip, { min: this.view.min, max: this.view.max });
    }
  }
  move(event) {
    if (!this.grip)
      return;
    const { view } = this;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const shift = (x - this.grip.x) / this.plot().width * view.whole;
    const { edge, min, max } = this.grip;
    if (edge === 'both')
      view.moveTo(min + shift);
    else if (edge === 'min')
      view.set(Math.max(view.full.min, Math.min(min + shift, max - view.least)), max);
    else
      view.set(min, Math.min(view.full.max, Math.max(max + shift, min + view.least)));
  }
}
