// SPDX-License-Identifier: Apache-2.0
// Reducing: of the samples in a pixel column the first, the least, the greatest and the last are known (M4), so that the
// picture is that of all samples.  Blocks of samples know their extremes, and blocks of blocks theirs, so a column of
// a million samples costs as little as one of a hundred.

const COLUMNS_MAX = 2048;
const REDUCED = ['first', 'least', 'greatest', 'last', 'mean'];
const EXACT = 2; // samples in a column, up to which all are drawn

class Pyramid {
  constructor(column) {
    this.column = column;
    this.levels = [{ least: column.q, greatest: column.q, sum: null, count: null }, ...column.levels ?? levelsOf(column.q)];
    const some = this.look(0, column.length);
    this.min = some ? column.real(this.least) : NaN;
    this.max = some ? column.real(this.greatest) : NaN;
  }
  scan({ least, greatest, sum, count }, from, to) {
    const { hole } = this.column;
    for (let i = from; i < to; i++) {
      const low = least[i];
      if (low === hole || low !== low)
        continue;
      if (low < this.least)
        this.least = low;
      if (greatest[i] > this.greatest)
        this.greatest = greatest[i];
      this.sum += sum ? sum[i] : low;
      this.count += count ? count[i] : 1;
    }
  }
  // Sets least, greatest, sum and count of samples [from, to), as the column's integers.  false: there are none.
  look(from, to) {
    this.least = Infinity;
    this.greatest = -Infinity;
    this.sum = 0;
    this.count = 0;
    for (const level of this.levels) {
      const head = Math.ceil(from / FAN) * FAN;
      const tail = Math.floor(to / FAN) * FAN;
      if (level === this.levels.at(-1) || head >= tail) {
        this.scan(level, from, to);
        break;
      }
      this.scan(level, from, head);
      this.scan(level, tail, to);
      from = head / FAN;
      to = tail / FAN;
    }
    return this.count > 0;
  }
}

// The samples of each pixel column of a view: column c has samples [starts[c], starts[c + 1]).  Columns lie fixed in time,
// from `zero` on, so that while the view is panned they stay the same, and only those that come into view are looked at.
// The view begins less than a column off the first one.
class PixelColumns {
  constructor(run, min, width, pixels, zero) {
    const { ts, gaps } = run;
    this.n = Math.max(1, Math.min(Math.round(pixels), COLUMNS_MAX));
    this.wide = width / this.n; // s
    this.number = Math.round((min - zero) / this.wide); // of the first column
    this.zero = zero;
    this.from = lowerBound(ts, min);
    this.to = lowerBound(ts, min + width, true);
    this.exact = this.to - this.from <= EXACT * this.n;
    if (this.exact)
      return;
    this.starts = new Int32Array(this.n + 1);
    let end = lowerBound(ts, this.time(this.n));
    this.starts[this.n] = end;
    for (let c = this.n - 1; c >= 0; c--)
      this.starts[c] = end = lowerBound(ts, this.time(c), false, 0, end);
    // Is there a gap between the last sample before this column and its first?
    this.gapBefore = new Uint8Array(this.n);
    for (let g = lowerBound(gaps, this.starts[0]), c = 0; g < gaps.length && gaps[g] < this.starts[this.n]; g++) {
      while (this.starts[c + 1] <= gaps[g])
        c++;
      if (this.starts[c] === gaps[g])
        this.gapBefore[c] = 1;
    }
  }
  // Where a column begins.
  time(c) {
    return this.zero + (this.number + c) * this.wide;
  }
  // First, least, greatest, last and mean of each column; NaN where it has none.
  reduce(pyramid) {
    const { n } = this;
    const made = { columns: this, first: null, least: null, greatest: null, last: null, mean: null };
    for (const key of REDUCED)
      made[key] = new Float64Array(n).fill(NaN);
    // What the last view had, too, is taken from there.
    const known = pyramid.reduced;
    const same = known && known.columns.wide === this.wide && known.columns.n === n && known.columns.zero === this.zero;
    const shift = same ? this.number - known.columns.number : n;
    const [keepFrom, keepTo] = Math.abs(shift) < n ? [Math.max(0, -shift), Math.min(n, n - shift)] : [0, 0];
    for (const key of keepTo ? REDUCED : [])
      made[key].set(known[key].subarray(keepFrom + shift, keepTo + shift), keepFrom);
    for (let c = 0; c < n; c++)
      if (c < keepFrom || c >= keepTo)
        this.look(pyramid, made, c);
    pyramid.reduced = made;
    return made;
  }
  look(pyramid, made, c) {
    const { column } = pyramid;
    let a = this.starts[c];
    let b = this.starts[c + 1] - 1;
    if (a > b || !pyramid.look(a, b + 1))
      return;
    while (!column.has(a))
      a++;
    while (!column.has(b))
      b--;
    made.first[c] = column.real(column.q[a]);
    made.least[c] = column.real(pyramid.least);
    made.greatest[c] = column.real(pyramid.greatest);
    made.mean[c] = column.real(pyramid.sum / pyramid.count);
    made.last[c] = column.real(column.q[b]);
  }
  // All samples seen, and one beyond either edge, for uPlot: x first.  Nulls are gaps; so is what is missing.
  samples(run, columns) {
    const { ts, gaps } = run;
    const from = Math.max(0, this.from - 1);
    const to = Math.min(ts.length, this.to + 1);
    const x = [];
    const ys = columns.map(() => []);
    let g = lowerBound(gaps, from, true);
    for (let i = from; i < to; i++) {
      if (gaps[g] === i) {
        x.push((ts[i - 1] + ts[i]) / 2);
        ys.forEach((y) => y.push(null));
        g++;
      }
      x.push(ts[i]);
      columns.forEach((column, k) => ys[k].push(column?.has(i) ? column.at(i) : null));
    }
    return [x, ...ys];
  }
}
