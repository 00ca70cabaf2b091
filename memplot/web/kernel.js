// SPDX-License-Identifier: Apache-2.0
// What takes time with millions of samples: from the text of a column to numbers, and to the levels of a pyramid.  It works
// on bytes and numbers alone, since it is also the source of the workers: see blocks.js.

function kernel() {
  const INT_HOLE = -2147483648;
  const FAN = 32; // samples in a block, blocks in a block above
  const GROUP_PAIRS = 8; // pairs of digits in 13 bytes

  // Both digits of a pair at once: 13 bits for the 16 of two characters, however this machine orders them.
  const pairValues = (() => {
    const values = new Uint16Array(65536);
    const two = new Uint8Array(2);
    const pair = new Uint16Array(two.buffer);
    const digit = (code) => code - (code > 60 ? 36 : 35);
    for (two[0] = 35; two[0] < 127; two[0]++)
      for (two[1] = 35; two[1] < 127; two[1]++)
        values[pair[0]] = digit(two[0]) + 91 * digit(two[1]);
    return values;
  })();

  // The text is that of memplot/pack.h.
  function bytesOf(text) {
    const codes = new TextEncoder().encode(text);
    const n = codes.length >> 1;
    const pairs = new Uint16Array(codes.buffer, 0, n);
    const bytes = new Uint8Array(Math.floor((n * 13 + (codes.length & 1) * 6) / 8));
    let at = 0;
    let i = 0;
    for (const whole = n - n % GROUP_PAIRS; i < whole; i += GROUP_PAIRS, at += 13) {
      const a = pairValues[pairs[i]];
      const b = pairValues[pairs[i + 1]];
      const c = pairValues[pairs[i + 2]];
      const d = pairValues[pairs[i + 3]];
      const e = pairValues[pairs[i + 4]];
      const f = pairValues[pairs[i + 5]];
      const g = pairValues[pairs[i + 6]];
      const h = pairValues[pairs[i + 7]];
      bytes[at] = a;
      bytes[at + 1] = a >> 8 | b << 5;
      bytes[at + 2] = b >> 3;
      bytes[at + 3] = b >> 11 | c << 2;
      bytes[at + 4] = c >> 6 | d << 7;
      bytes[at + 5] = d >> 1;
      bytes[at + 6] = d >> 9 | e << 4;
      bytes[at + 7] = e >> 4;
      bytes[at + 8] = e >> 12 | f << 1;
      bytes[at + 9] = f >> 7 | g << 6;
      bytes[at + 10] = g >> 2;
      bytes[at + 11] = g >> 10 | h << 3;
      bytes[at + 12] = h >> 5;
    }
    let bits = 0;
    let have = 0;
    const put = (value, width) => {
      bits |= value << have;
      for (have += width; have >= 8 && at < bytes.length; have -= 8, bits >>>= 8)
        bytes[at++] = bits;
    };
    for (; i < n; i++)
      put(pairValues[pairs[i]], 13);
    if (codes.length & 1)
      put(codes.at(-1) - (codes.at(-1) > 60 ? 36 : 35), 6);
    return bytes;
  }

  // Not by a Blob, which goes through another process of the browser and its disk.
  async function inflate(bytes) {
    const stream = new DecompressionStream('deflate-raw');
    const writer = stream.writable.getWriter();
    const written = writer.write(bytes).then(() => writer.close());
    const parts = [];
    let length = 0;
    for (let reader = stream.readable.getReader(), part; !(part = await reader.read()).done;) {
      parts.push(part.value);
      length += part.value.length;
    }
    await written;
    if (parts.length === 1)
      return parts[0];
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  // The values of a column, read one after the other.
  class Reader {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
      this.order = this.varint();
      const e = this.varint();
      this.scale = 10 ** (e % 2 ? -(e + 1) / 2 : e / 2);
      this.n = this.varint();
      this.bitmap = this.varint() ? bytes.subarray(this.at, this.at += Math.ceil(this.n / 8)) : null;
    }
    // Multiplied, not shifted: a number may have 53 bits.
    varint() {
      let value = 0;
      let unit = 1;
      let byte;
      do {
        byte = this.bytes[this.at++];
        value += (byte & 127) * unit;
        unit *= 128;
      } while (byte >= 128);
      return value;
    }
    // As integers of 32 bits; null: they do not fit.
    ints() {
      const { bytes, bitmap, n } = this;
      const q = new Int32Array(n);
      const keep = this.order ? -1 : 0; // a difference is added to the last one, or to 0
      let { at } = this;
      let last = 0;
      for (let i = 0; i < n; i++) {
        if (bitmap !== null && bitmap[i >> 3] >> (i & 7) & 1) {
          q[i] = INT_HOLE;
          continue;
        }
        let u = bytes[at++];
        if (u > 127) {
          let byte = bytes[at++];
          u = u & 127 | (byte & 127) << 7;
          if (byte > 127) {
            byte = bytes[at++];
            u |= (byte & 127) << 14;
            if (byte > 127) {
              byte = bytes[at++];
              u |= byte << 21;
              if (byte > 127)
                return null;
            }
          }
        }
        const before = last & keep;
        const d = u >>> 1 ^ -(u & 1);
        last = (before + d) | 0;
        if (((before ^ last) & (d ^ last)) < 0 || last === INT_HOLE)
          return null;
        q[i] = last;
      }
      return q;
    }
    // reals: the numbers themselves, not times the scale.
    doubles(reals) {
      const { bytes, bitmap, order, n } = this;
      const over = reals && this.scale > 1 ? this.scale : 1;
      const times = reals && this.scale < 1 ? Math.round(1 / this.scale) : 1;
      const q = new Float64Array(n);
      let { at } = this;
      let last = 0;
      let difference = 0;
      for (let i = 0; i < n; i++) {
        if (bitmap !== null && bitmap[i >> 3] >> (i & 7) & 1) {
          q[i] = NaN;
          continue;
        }
        let d;
        if (bytes[at] < 128) {
          d = bytes[at] >> 1 ^ -(bytes[at] & 1);
          at++;
        } else {
          this.at = at;
          const u = this.varint();
          at = this.at;
          d = u % 2 ? -(u + 1) / 2 : u / 2;
        }
        difference = order === 2 ? difference + d : d;
        last = order ? last + difference : d;
        q[i] = last / over * times;
      }
      return q;
    }
  }

  function emptyLevel(q, length) {
    const n = Math.ceil(length / FAN);
    return { least: new q.constructor(n), greatest: new q.constructor(n), sum: new Float64Array(n), count: new Int32Array(n) };
  }

  // What is known of each FAN values: least, greatest, sum and count.
  function levelOf(q, hole) {
    const level = emptyLevel(q, q.length);
    const { least, greatest, sum, count } = level;
    for (let b = 0; b < least.length; b++) {
      const end = Math.min(q.length, (b + 1) * FAN);
      let min = hole;
      let max = hole;
      let total = 0;
      let held = 0;
      for (let i = b * FAN; i < end; i++) {
        const v = q[i];
        if (v === hole || v !== v)
          continue;
        if (held === 0) {
          min = v;
          max = v;
        } else if (v < min) {
          min = v;
        } else if (v > max) {
          max = v;
        }
        total += v;
        held++;
      }
      least[b] = min;
      greatest[b] = max;
      sum[b] = total;
      count[b] = held;
    }
    return level;
  }

  // And of each FAN of these.
  function levelAbove(below, hole) {
    const level = emptyLevel(below.least, below.least.length);
    for (let b = 0; b < level.least.length; b++) {
      const end = Math.min(below.least.length, (b + 1) * FAN);
      level.least[b] = level.greatest[b] = hole;
      for (let i = b * FAN; i < end; i++) {
        if (!below.count[i])
          continue;
        if (!level.count[b] || below.least[i] < level.least[b])
          level.least[b] = below.least[i];
        if (!level.count[b] || below.greatest[i] > level.greatest[b])
          level.greatest[b] = below.greatest[i];
        level.sum[b] += below.sum[i];
        level.count[b] += below.count[i];
      }
    }
    return level;
  }

  const holeOf = (q) => (q instanceof Int32Array ? INT_HOLE : NaN);

  function levelsOf(q) {
    const levels = [];
    if (q.length > FAN)
      levels.push(levelOf(q, holeOf(q)));
    while (levels.length && levels.at(-1).least.length > FAN)
      levels.push(levelAbove(levels.at(-1), holeOf(q)));
    return levels;
  }

  // A scale below 1 stands for numbers so large that their last digits were cut.
  const realOf = (q, scale) => (scale >= 1 ? q / scale : q * Math.round(1 / scale));

  // Integers of one scale added; null: a sum does not fit.
  function intSum(a, b) {
    const q = new Int32Array(a.length);
    for (let i = 0; i < q.length; i++) {
      const v = a[i];
      const w = b[i];
      const sum = (v + w) | 0;
      if (v === INT_HOLE || w === INT_HOLE)
        q[i] = INT_HOLE;
      else if (((v ^ sum) & (w ^ sum)) < 0 || sum === INT_HOLE)
        return null;
      else
        q[i] = sum;
    }
    return q;
  }

  // Two columns added, value by value, at the finer of both scales; missing where either is.
  function sumOf(a, b) {
    const scale = Math.max(a.scale, b.scale);
    let q = a.scale === b.scale && a.q instanceof Int32Array && b.q instanceof Int32Array ? intSum(a.q, b.q) : null;
    if (!q) {
      const [ka, kb] = [scale / a.scale, scale / b.scale];
      const [ha, hb] = [holeOf(a.q), holeOf(b.q)];
      q = new Float64Array(a.q.length);
      for (let i = 0; i < q.length; i++)
        q[i] = a.q[i] === ha || b.q[i] === hb ? NaN : a.q[i] * ka + b.q[i] * kb;
    }
    return { q, scale };
  }

  // The mean of some columns, value by value, of those that are not missing.
  function meanOf(columns) {
    const scale = Math.max(...columns.map((column) => column.scale));
    const n = Math.max(...columns.map((column) => column.q.length));
    const q = new Float64Array(n);
    const count = new Uint8Array(n);
    for (const column of columns) {
      const times = scale / column.scale;
      const hole = holeOf(column.q);
      for (let i = 0; i < n; i++)
        if (column.q[i] !== hole && column.q[i] === column.q[i]) {
          q[i] += column.q[i] * times;
          count[i]++;
        }
    }
    for (let i = 0; i < n; i++)
      q[i] = count[i] ? q[i] / count[i] : NaN;
    return { q, scale };
  }

  // {q, scale, levels}: a number is q[i] / scale.  want.reals: numbers as they are, of scale 1; want.levels: the levels, too.
  async function readColumn(text, want) {
    const reader = new Reader(await inflate(bytesOf(text)));
    const { at } = reader;
    let q = reader.order === 2 || want.reals ? null : reader.ints();
    if (!q) {
      reader.at = at;
      q = reader.doubles(want.reals);
    }
    return { q, scale: want.reals ? 1 : reader.scale, levels: want.levels ? levelsOf(q) : null };
  }

  return { INT_HOLE, FAN, levelsOf, realOf, sumOf, meanOf, readColumn };
}
const { INT_HOLE, FAN, levelsOf, realOf, sumOf, meanOf, readColumn } = kernel();
