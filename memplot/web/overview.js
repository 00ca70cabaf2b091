// SPDX-License-Identifier: Apache-2.0
// The overview: the whole run in a strip, with a window that can be moved and stretched.

const OVERVIEW_PX = 40;
const HANDLE_PX = 8;

class Overview {
  constructor(run, view, plot) {
    Object.assign(this, { run, view, plot });
    this.canvas = document.getElementById('overview');
    this.series = run.series.find((s) => s.drawn && s.pyramid);
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
    ctx.fillStyle = theme.failed;
    const failed = this.run.tests.filter((test) => test.outcome === 'failed');
    for (const [x0] of pixelRuns(failed, (t) => this.xOf(t), () => '', 2))
      ctx.fillRect(x0 - 1, 0, 2, 6);
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
    const { full } = this.view;
    const { pyramid } = this.series;
    const [x, y] = reduce(this.run, [pyramid], full.min, full.max, inner);
    const [low, high] = [pyramid.min, pyramid.max];
    ctx.strokeStyle = colourOf(this.series);
    ctx.beginPath();
    let pen = false;
    for (let i = 0; i < x.length; i++) {
      if (y[i] !== null) {
        const py = OVERVIEW_PX - 4 - (high > low ? (y[i] - low) / (high - low) : 0.5) * (OVERVIEW_PX - 8);
        ctx[pen ? 'lineTo' : 'moveTo'](this.xOf(x[i]), py);
      }
      pen = y[i] !== null;
    }
    ctx.stroke();
  }
  down(event) {
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const [x0, x1] = [this.xOf(this.view.min), this.xOf(this.view.max)];
    const edge = Math.abs(x - x0) < HANDLE_PX ? 'min' : Math.abs(x - x1) < HANDLE_PX ? 'max' : 'both';
    this.canvas.setPointerCapture(event.pointerId);
    this.grip = { edge, x, min: this.view.min, max: this.view.max };
    if (edge === 'both' && (x < x0 || x > x1)) {
      const { full, width } = this.view;
      const { left, width: inner } = this.plot();
      const t = full.min + (x - left) / inner * (full.max - full.min);
      this.view.set(t - width / 2, t + width / 2);
      Object.assign(this.grip, { min: this.view.min, max: this.view.max });
    }
  }
  move(event) {
    if (!this.grip)
      return;
    const { full } = this.view;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    const shift = (x - this.grip.x) / this.plot().width * (full.max - full.min);
    const { edge, min, max } = this.grip;
    this.view.set(edge === 'max' ? min : Math.min(min + shift, edge === 'min' ? max - this.view.least : Infinity),
      edge === 'min' ? max : Math.max(max + shift, edge === 'max' ? min + this.view.least : -Infinity));
  }
}
