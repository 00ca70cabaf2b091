// SPDX-License-Identifier: Apache-2.0
// Spans of time in columns, ascending by start: tests, models in RAM, memory pressure.

// Index of the first element of ascending `list`, between lo and hi, that is >= value; `above`: > value.
function lowerBound(list, value, above = false, lo = 0, hi = list.length) {
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (list[mid] < value || (above && list[mid] === value))
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo;
}

class Intervals {
  // starts, ends: s; kinds: small integers, what the caller makes of them.
  constructor(starts, ends, kinds = new Uint8Array(starts.length)) {
    Object.assign(this, { starts, ends, kinds, lanes: null, laneCount: 1 });
    this.latest = new Float64Array(Math.ceil(starts.length / 64)).fill(-Infinity); // the latest end of each 64
    for (let i = 0; i < ends.length; i++)
      if (ends[i] > this.latest[i >> 6])
        this.latest[i >> 6] = ends[i];
  }
  get length() {
    return this.starts.length;
  }
  // Calls visit(i) for those that touch [from, to], in their order.
  each(from, to, visit) {
    const { starts, ends, latest } = this;
    const begun = lowerBound(starts, from);
    const end = lowerBound(starts, to, true);
    for (let block = 0; block << 6 < begun; block++)
      if (latest[block] >= from)
        for (let i = block << 6; i < Math.min(begun, (block + 1) << 6); i++)
          if (ends[i] >= from)
            visit(i);
    for (let i = begun; i < end; i++)
      visit(i);
  }
  within(from, to) {
    const found = [];
    this.each(from, to, (i) => found.push(i));
    return found;
  }
  // As pixels of [min, max], which is `width` of them: {x0, x1, kind, thin, lane, lanes}.  Of those thinner than a pixel one for each
  // kind and pixel is kept, and neighbours become one.
  runs(min, max, width, shown) {
    const { starts, ends, kinds, lanes, laneCount } = this;
    const perSecond = width / (max - min);
    const lastPixel = new Float64Array(256).fill(-Infinity);
    const thinRun = [];
    const runs = [];
    this.each(min, max, (i) => {
      const kind = kinds[i];
      const lane = lanes ? lanes[i] : 0;
      const track = kind + 8 * lane;
      const x0 = (starts[i] - min) * perSecond;
      const x1 = (ends[i] - min) * perSecond;
      if (x1 - x0 < 1) {
        const pixel = Math.floor(x0);
        if (lastPixel[track] === pixel || !shown(kind))
          return;
        if (lastPixel[track] === pixel - 1 && thinRun[track]) {
          thinRun[track].x1 = pixel + 1;
        } else {
          thinRun[track] = { x0: pixel, x1: pixel + 1, kind, thin: true, lane, lanes: laneCount };
          runs.push(thinRun[track]);
        }
        lastPixel[track] = pixel;
      } else if (shown(kind)) {
        runs.push({ x0: Math.max(x0, -9), x1: Math.min(x1, width + 9), kind, thin: false, lane,
          lanes: laneCount });
      }
    });
    return runs;
  }
}
