// SPDX-License-Identifier: Apache-2.0
// The view: which part of the time axis is seen.  Everything that draws listens to it.

class View {
  constructor(start, end) {
    const room = end > start ? (end - start) * 0.01 : 0.5;
    this.full = { min: start - room, max: end + room };
    // Below a millisecond there is nothing to see, and doubles of epoch seconds end at a quarter of a microsecond.
    this.least = Math.min(0.005, this.full.max - this.full.min);
    this.min = this.full.min;
    this.max = this.full.max;
    this.listeners = [];
    this.pending = false;
  }
  get width() {
    return this.max - this.min;
  }
  listen(draw) {
    this.listeners.push(draw);
  }
  // Everything is drawn once a frame, however often the view changes.
  changed() {
    if (this.pending)
      return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.listeners.forEach((draw) => draw());
    });
  }
  set(min, max) {
    const whole = this.full.max - this.full.min;
    const width = Math.min(Math.max(max - min, this.least), whole);
    const middle = (min + max) / 2;
    const left = Math.min(Math.max(middle - width / 2, this.full.min), this.full.max - width);
    this.min = left;
    this.max = left + width;
    this.changed();
  }
  reset() {
    this.set(this.full.min, this.full.max);
  }
  pan(seconds) {
    this.set(this.min + seconds, this.max + seconds);
  }
  // Makes the view `factor` times as wide; the time `about` stays where it is.
  zoom(factor, about = (this.min + this.max) / 2) {
    const whole = this.full.max - this.full.min;
    const width = Math.min(Math.max(this.width * factor, this.least), whole);
    const left = about - (about - this.min) / this.width * width;
    this.set(left, left + width);
  }
  show(start, end) {
    const room = Math.max((end - start) * 0.25, this.least);
    this.set(start - room, end + room);
  }
}
