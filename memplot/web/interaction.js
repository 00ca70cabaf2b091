// SPDX-License-Identifier: Apache-2.0
// Pointer, wheel and keys: they change the view and the cursor, and nothing else.

const SELECT_MIN_PX = 4;
const TAP_PX = 8;
const CURSOR_PX = 4; // the least step of the cursor, so that a key held down gets on

// What a pointer does, for the help; the keys follow in Interaction.keys.
const GESTURES = [
  ['Wheel, two fingers', 'zoom about the pointer'],
  ['Shift + wheel, drag, one finger', 'pan'],
  ['Shift + drag', 'zoom to what is selected'],
  ['Double click', 'show all'],
];

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
    on('pointerleave', (event) => event.pointerType !== 'touch' && this.hover.hide());
    on('dblclick', () => view.reset());
    this.keys = this.keyTable();
    document.addEventListener('keydown', (event) => this.key(event));
  }
  seconds(pixels) {
    return pixels / this.plot().width * this.view.width;
  }
  wheel(event) {
    event.preventDefault();
    // A trackpad's pinch comes as a wheel with Ctrl, in small steps.
    const unit = event.ctrlKey ? 5 : event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? 400 : 1;
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
    this.start = this.startAt(event.clientX, event.shiftKey);
    if (this.pointers.size === 2)
      this.pinch = { ...this.start, xs: [...this.pointers.values()], times: this.pointerTimes() };
    if (!event.shiftKey)
      this.stage.classList.add('panning');
  }
  startAt(x, select) {
    return { x, min: this.view.min, width: this.view.width, select, moved: false };
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
      const pixels = this.start.x - event.clientX;
      this.start.moved ||= Math.abs(pixels) >= TAP_PX;
      if (event.pointerType === 'touch' && !this.start.moved)
        return;
      this.view.moveTo(this.start.min + pixels / this.plot().width * this.start.width);
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
    // A tap shows what is there.
    if (event.type === 'pointerup' && event.pointerType === 'touch' && !this.start.moved && !this.pinch)
      this.hover.show(event.clientX, event.clientY);
    this.pinch = null;
    if (event.type === 'pointerup' && this.start.select && Math.abs(event.clientX - this.start.x) >= SELECT_MIN_PX) {
      const [a, b] = [this.start.x, event.clientX].map((x) => this.hover.timeAt(x)).sort((p, q) => p - q);
      this.view.set(Math.max(a, this.view.min), Math.min(b, this.view.max));
    }
    // Of two fingers the one that stays goes on panning from where it is.
    const [x] = this.pointers.values();
    this.start = x === undefined ? null : { ...this.startAt(x, false), moved: true };
    this.stage.classList.toggle('panning', this.start !== null);
  }
  // [keys, what they do, how]: the help shows it, too.
  keyTable() {
    const { view, actions } = this;
    return [
      [['ArrowLeft', 'ArrowRight'], 'move the cursor', (event) => this.moveCursor(event.key === 'ArrowLeft' ? -1 : 1, event.shiftKey)],
      [['PageUp', 'PageDown'], 'pan by half a view', (event) => view.pan((event.key === 'PageUp' ? -0.5 : 0.5) * view.width), true],
      [['Home', 'End'], 'go to the beginning, the end', (event) => view.moveTo(event.key === 'Home' ? view.full.min : view.full.max), true],
      [['+', '=', '-'], 'zoom in, out', (event) => view.zoom(event.key === '-' ? 1 / 0.7 : 0.7, this.hover.cursor ?? undefined)],
      [['0'], 'show all', () => view.reset()],
      [['n', 'N'], 'next, previous failed test', (event) => actions.failed(event.key === 'n' ? 1 : -1)],
      [[']', '['], 'next, previous test', (event) => actions.test(event.key === ']' ? 1 : -1)],
      [['/'], 'search the tests', () => actions.search()],
      [['?'], 'this help', () => actions.help()],
      [['Escape'], 'hide the cursor', () => this.hover.hide()],
    ];
  }
  // From sample to sample, but not slower than CURSOR_PX; with Shift it is the view that moves.
  moveCursor(direction, shift) {
    const { view, hover } = this;
    if (shift) {
      view.pan(direction * 0.1 * view.width);
      return;
    }
    const { ts } = hover.run;
    const from = hover.cursor ?? (hover.at ? hover.at.t : view.min + view.width / 2);
    const step = this.seconds(CURSOR_PX);
    let to = from + direction * step;
    if (direction > 0)
      to = ts[lowerBound(ts, to)] ?? to;
    else
      to = ts[lowerBound(ts, to, true) - 1] ?? to;
    // Between recordings, and outside them, it goes by pixels.
    if (Math.abs(to - from) > view.width / 4)
      to = from + direction * step;
    to = Math.min(Math.max(to, view.full.min), view.full.max);
    if (to < view.min)
      view.moveTo(to - view.width / 4);
    else if (to > view.max)
      view.moveTo(to - view.width * 3 / 4);
    hover.showTime(to);
  }
  key(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest?.('dialog'))
      return;
    const entry = this.keys.find(([keys]) => keys.includes(event.key));
    // Keys that scroll do so, unless the timeline has the focus.
    if (!entry || (entry[3] && target !== this.stage))
      return;
    event.preventDefault();
    entry[2](event);
  }
}
