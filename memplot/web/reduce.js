// SPDX-License-Identifier: Apache-2.0
// Reducing: of the samples in a pixel column the first, the least, the greatest and the last are drawn (M4),
// so that the picture is that of all samples.  A block of BLOCK samples knows where its extremes are, so a
// column of a million samples costs as little as one of a hundred.

const BLOCK = 64;

class Pyramid {
  constructor(column) {
    this.column = column;
    const blocks = Math.ceil(column.length / BLOCK);
    this.least = new Int32Array(blocks);
    this.greatest = new Int32Array(blocks);
    for (let b = 0; b < blocks; b++) {
      const range = this.scan(b * BLOCK, Math.min(column.length, (b + 1) * BLOCK), -1, -1);
      [this.least[b], this.greatest[b]] = range;
    }
    [this.minAt, this.maxAt] = this.extremes(0, column.length);
  }
  get min() {
    return this.minAt < 0 ? NaN : this.column.at(this.minAt);
  }
  get max() {
    return this.maxAt < 0 ? NaN : this.column.at(this.maxAt);
  }
  // Where the least and the greatest of [from, to) and of the given places are; -1: nowhere.
  scan(from, to, minAt, maxAt) {
    const { q, hole } = this.column;
    for (let i = from; i < to; i++) {
      const v = q[i];
      if (v === hole || v !== v)
        continue;
      if (minAt < 0 || v < q[minAt])
        minAt = i;
      if (maxAt < 0 || v > q[maxAt])
        maxAt = i;
    }
    return [minAt, maxAt];
  }
  extremes(from, to) {
    const { q } = this.column;
    const first = Math.ceil(from / BLOCK);
    const last = Math.floor(to / BLOCK);
    if (first >= last)
      return this.scan(from, to, -1, -1);
    let [minAt, maxAt] = this.scan(from, first * BLOCK, -1, -1);
    for (let b = first; b < last; b++) {
      const lo = this.least[b];
      const hi = this.greatest[b];
      if (lo >= 0 && (minAt < 0 || q[lo] < q[minAt]))
        minAt = lo;
      if (hi >= 0 && (maxAt < 0 || q[hi] > q[maxAt]))
        maxAt = hi;
    }
    return this.scan(last * BLOCK, to, minAt, maxAt);
  }
  // First and last value of [from, to), given that it has some.
  edges(from, to) {
    while (!this.column.has(from))
      from++;
    while (!this.column.has(to - 1))
      to--;
    return [from, to - 1];
  }
}

// What of each pyramid is to be drawn of [min, max] in `width` pixels: uPlot's data, x first.  Nulls are
// gaps.  With few samples all of them are there.
function reduce(run, pyramids, min, max, width) {
  const { ts, gaps } = run;
  const from = Math.max(0, lowerBound(ts, min) - 1);
  const to = Math.min(ts.length, lowerBound(ts, max, true) + 1);
  const x = [];
  const ys = pyramids.map(() => []);
  const gap = (at) => {
    x.push(at);
    ys.forEach((y) => y.push(null));
  };
  const one = (i) => {
    x.push(ts[i]);
    pyramids.forEach(({ column }, s) => ys[s].push(column.has(i) ? column.at(i) : null));
  };
  const four = (a, b) => {
    const step = (ts[b - 1] - ts[a]) / 3;
    x.push(ts[a], ts[a] + step, ts[a] + 2 * step, ts[b - 1]);
    pyramids.forEach((p, s) => {
      const [lo, hi] = p.extremes(a, b);
      if (lo < 0) {
        ys[s].push(null, null, null, null);
        return;
      }
      const [first, last] = p.edges(a, b);
      for (const i of [first, Math.min(lo, hi), Math.max(lo, hi), last])
        ys[s].push(p.column.at(i));
    });
  };
  const all = to - from <= 2 * width;
  // A gap of less than a pixel is not seen, and there may be a million of them.
  const seen = all ? 0 : (max - min) / width;
  let nextGap = lowerBound(gaps, from, true);
  const skipGaps = () => {
    while (nextGap < gaps.length && gaps[nextGap] < to && ts[gaps[nextGap]] - ts[gaps[nextGap] - 1] < seen)
      nextGap++;
  };
  skipGaps();
  for (let a = from; a < to;) {
    const column = Math.floor((ts[a] - min) / (max - min) * width);
    let b = all ? a + 1 : lowerBound(ts, min + (column + 1) / width * (max - min));
    b = Math.min(Math.max(b, a + 1), to);
    if (nextGap < gaps.length && gaps[nextGap] < b)
      b = Math.max(gaps[nextGap], a + 1);
    if (b - a < 4)
      for (let i = a; i < b; i++)
        one(i);
    else
      four(a, b);
    if (b < to && gaps[nextGap] === b) {
      gap((ts[b - 1] + ts[b]) / 2);
      nextGap++;
      skipGaps();
    }
    a = b;
  }
  return [x, ...ys];
}
