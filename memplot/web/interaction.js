// SPDX-License-Identifier: Apache-2.0
// Pointer, wheel and keys: they change the view, and nothing else.

const SELECT_MIN_PX = 4;

class Interaction {
  constructor(view, hover, plot, actions) {
    Object.assign(this, { view, hover, plot, actions });
    this.stage = document.getElementById('stage');
    this.selection = document.getElementById('selection');
    this.pointers = new Map();
    const on = (type, handle, options) => this.stage.addEventListener(type, handle.bind(this), options);
    on('wheel', this.wheel, { passive: false });
    on('pointerdown', this.down);
    on('pointermove', this.move);
    on('pointerup', this.up);
    on('pointercancel', this.up);
    on('pointerleave', () => this.hover.hide());
    on('dblclick', () => view.reset());
    document.addEventListener('keydown', (event) => this.key(event));
  }
  seconds(pixels) {
    return pixels / this.plot().width * this.view.width;
  }
  wheel(event) {
    if (event.ctrlKey && event.deltaY === 0)
      return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.shiftKey || sideways)
      this.view.pan(this.seconds((sideways ? event.deltaX : event.deltaY) * unit));
    else
      this.view.zoom(Math.exp(Math.min(Math.max(event.deltaY * unit, -500), 500) * 0.002), this.hover.timeAt(event.clientX));
    this.hover.show(event.clientX, event.clientY);
  }
  down(event) {
    if (event.button !== 0)
      return;
    this.stage.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, event.clientX);
    this.start = { x: event.clientX, min: this.view.min, max: this.view.max, select: event.shiftKey };
    if (this.pointers.size === 2)
      this.pinch = { ...this.start, xs: [...this.pointers.values()], times: this.pointerTimes() };
    if (!event.shiftKey)
      this.stage.classList.add('panning');
  }
  pointerTimes() {
    return [...this.pointers.values()].map((x) => this.hover.timeAt(x));
  }
  move(event) {
    if (!this.pointers.has(event.pointerId)) {
      this.hover.show(event.clientX, event.clientY);
      return;
    }
    this.pointers.set(event.pointerId, event.clientX);
    if (this.pinch)
      this.pinchMove();
    else if (this.start.select)
      this.drawSelection(event.clientX);
    else {
      const shift = (this.start.x - event.clientX) / this.plot().width * (this.start.max - this.start.min);
      this.view.set(this.start.min + shift, this.start.max + shift);
      this.hover.hide();
    }
  }
  // Two fingers: the times under them stay under them.
  pinchMove() {
    const [a, b] = [...this.pointers.values()];
    const [ta, tb] = this.pinch.times;
    if (Math.abs(a - b) < 8)
      return;
    const { left, width } = this.plot();
    const offset = this.stage.getBoundingClientRect().left + left;
    const perPixel = (tb - ta) / (b - a);
    if (perPixel > 0)
      this.view.set(ta - (a - offset) * perPixel, ta + (width - a + offset) * perPixel);
  }
  drawSelection(x) {
    const offset = this.stage.getBoundingClientRect().left;
    const { left, width } = this.plot();
    const [a, b] = [this.start.x, x].map((v) => Math.min(Math.max(v - offset, left), left + width)).sort((p, q) => p - q);
    this.selection.hidden = false;
    this.selection.style.left = `${a}px`;
    this.selection.style.width = `${b - a}px`;
  }
  up(event) {
    if (!this.pointers.delete(event.pointerId))
      return;
    this.selection.hidden = true;
    this.pinch = null;
    if (event.type === 'pointerup' && this.start.select && Math.abs(event.clientX - this.start.x) >= SELECT_MIN_PX) {
      const [a, b] = [this.start.x, event.clientX].map((x) => this.hover.timeAt(x)).sort((p, q) => p - q);
      this.view.set(Math.max(a, this.view.min), Math.min(b, this.view.max));
    }
    // Of two fingers the one that stays goes on panning from where it is.
    const [x] = this.pointers.values();
    this.start = x === undefined ? null : { x, min: this.view.min, max: this.view.max, select: false };
    this.stage.classList.toggle('panning', this.start !== null);
  }
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
      return;
    const step = this.view.width * (event.shiftKey ? 0.5 : 0.1);
    const keys = {
      ArrowLeft: () => this.view.pan(-step),
      ArrowRight: () => this.view.pan(step),
      '+': () => this.view.zoom(0.7),
      '=': () => this.view.zoom(0.7),
      '-': () => this.view.zoom(1 / 0.7),
      0: () => this.view.reset(),
      Home: () => this.view.set(this.view.full.min, this.view.full.min + this.view.width),
      End: () => this.view.set(this.view.full.max - this.view.width, this.view.full.max),
      n: () => this.actions.nextFailed(),
      '/': () => this.actions.search(),
      Escape: () => this.hover.hide(),
    };
    if (!Object.hasOwn(keys, event.key))
      return;
    event.preventDefault();
    keys[event.key]();
  }
}
