// SPDX-License-Identifier: Apache-2.0
// The view: which part of the time axis is seen.  Everything that draws listens to it.

class View {
  constructor(start, end) {
    const room = end > start ? (end - start) * 0.01 : 0.5;
    this.full = { min: start - room, max: end + room };
    // Below a millisecond there is nothing to see, and doubles of epoch seconds end at a quarter of a microsecond.
    this.least = Math.min(0.005, this.whole);
    this.min = this.full.min;
    this.width = this.whole; // exactly the same while the view is panned: names lie in slots made from it
    this.listeners = [];
    this.pending = false;
  }
  get whole() {
    return this.full.max - this.full.min;
  }
  get max() {
    return this.min + this.width;
  }
  get isFull() {
    return this.width >= this.whole;
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
  moveTo(min) {
    this.min = Math.max(this.full.min, Math.min(min, this.full.max - this.width));
    this.changed();
  }
  resize(width) {
    this.width = Math.min(Math.max(width, this.least), this.whole);
  }
  set(min, max) {
    this.resize(max - min);
    this.moveTo((min + max) / 2 - this.width / 2);
  }
  reset() {
    this.resize(this.whole);
    this.moveTo(this.full.min);
  }
  pan(seconds) {
    this.moveTo(this.min + seconds);
  }
  // Makes the view `factor` times as wide; the time `about` stays where it is.
  zoom(factor, about = this.min + this.width / 2) {
    const share = (about - this.min) / this.width;
    this.resize(this.width * factor);
    this.moveTo(about - share * this.width);
  }
  show(start, end) {
    const room = Math.max((end - start) * 0.25, this.least);
    this.set(start - room, end + room);
  }
}
