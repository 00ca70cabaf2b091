// SPDX-License-Identifier: Apache-2.0
// Columns: from text to numbers.  The format is described in memplot/pack.h.

// A column keeps its integers; a number is q[i] / scale.  A missing value is `hole`.
const INT_HOLE = -2147483648;
const SLICE_VALUES = 400_000; // decoded in a few milliseconds, after which others have a turn

class Column {
  constructor(q, scale) {
    this.q = q;
    this.scale = scale;
    this.hole = q instanceof Int32Array ? INT_HOLE : NaN;
  }
  get length() {
    return this.q.length;
  }
  has(i) {
    const v = this.q[i];
    return v === v && v !== this.hole;
  }
  at(i) {
    return this.has(i) ? this.real(this.q[i]) : NaN;
  }
  // A scale below 1 stands for numbers so large that their last digits were cut.
  real(q) {
    return this.scale >= 1 ? q / this.scale : q * Math.round(1 / this.scale);
  }
  get decimals() {
    return Math.max(0, Math.round(Math.log10(this.scale)));
  }
  // All of them, in memory of their own; missing ones are NaN.
  reals() {
    const { q, hole, length } = this;
    const list = new Float64Array(length);
    for (let i = 0; i < length; i++)
      list[i] = q[i] === hole ? NaN : this.real(q[i]);
    return list;
  }
}

// Two digits of 91 are 13 bits: see memplot/pack.h.
function bytesOf(text) {
  const codes = new TextEncoder().encode(text);
  const n = codes.length;
  const bytes = new Uint8Array(Math.floor(((n >> 1) * 13 + (n & 1) * 6) / 8));
  let bits = 0;
  let have = 0;
  let at = 0;
  for (let i = 0; i + 1 < n; i += 2) {
    const low = codes[i];
    const high = codes[i + 1];
    bits |= (low - (low > 60 ? 36 : 35) + 91 * (high - (high > 60 ? 36 : 35))) << have;
    have += 13;
    bytes[at++] = bits;
    bits >>>= 8;
    have -= 8;
    if (have >= 8) {
      bytes[at++] = bits;
      bits >>>= 8;
      have -= 8;
    }
  }
  if (n & 1)
    bits |= (codes[n - 1] - (codes[n - 1] > 60 ? 36 : 35)) << have;
  if (at < bytes.length)
    bytes[at] = bits;
  return bytes;
}

// Not by a Blob, which goes through another process of the browser and its disk.
async function inflate(base64) {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const written = writer.write(bytesOf(base64)).then(() => writer.close());
  const parts = [];
  let length = 0;
  for (let reader = stream.readable.getReader(), part; !(part = await reader.read()).done;) {
    parts.push(part.value);
    length += part.value.length;
  }
  await written;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

// Lets the browser answer whoever waits, and draw.
const breathe = () => (globalThis.scheduler?.yield ? scheduler.yield() : new Promise((go) => setTimeout(go)));

// Decodes a column slice by slice.  Integers as long as they fit, else doubles.
class Decoder {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.order = this.varint();
    const e = this.varint();
    this.scale = 10 ** (e % 2 ? -(e + 1) / 2 : e / 2);
    this.n = this.varint();
    this.bitmap = this.varint() ? bytes.subarray(this.at, this.at += Math.ceil(this.n / 8)) : null;
    this.q = this.order === 2 ? new Float64Array(this.n) : new Int32Array(this.n);
    this.next = 0;
    this.last = 0;
    this.difference = 0;
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
  slice() {
    const end = Math.min(this.n, this.next + SLICE_VALUES);
    if (this.q instanceof Int32Array && !this.ints(end))
      this.q = Float64Array.from(this.q, (v, i) => (i < this.next && v === INT_HOLE ? NaN : v));
    if (this.q instanceof Float64Array)
      this.doubles(end);
    return this.next < this.n;
  }
  // false: the next one does not fit.
  ints(end) {
    const { bytes, bitmap, q, order } = this;
    let { at, last, next: i } = this;
    let fits = true;
    for (; i < end; i++) {
      if (bitmap !== null && bitmap[i >> 3] >> (i & 7) & 1) {
        q[i] = INT_HOLE;
        continue;
      }
      let u = bytes[at];
      let length = 1;
      if (u > 127) {
        u = u & 127 | (bytes[at + 1] & 127) << 7;
        length = 2;
        if (bytes[at + 1] > 127) {
          u |= (bytes[at + 2] & 127) << 14;
          length = 3;
          if (bytes[at + 2] > 127) {
            u |= (bytes[at + 3] & 127) << 21;
            length = 4;
            fits = bytes[at + 3] <= 127;
          }
        }
      }
      const value = last + (u >>> 1 ^ -(u & 1));
      fits &&= value <= 2147483647 && value > INT_HOLE;
      if (!fits)
        break;
      at += length;
      q[i] = value;
      last = order ? value : 0;
    }
    Object.assign(this, { at, last, next: i });
    return fits;
  }
  doubles(end) {
    const { q, bitmap } = this;
    for (; this.next < end; this.next++) {
      const i = this.next;
      if (bitmap !== null && bitmap[i >> 3] >> (i & 7) & 1) {
        q[i] = NaN;
        continue;
      }
      const byte = this.bytes[this.at];
      const u = byte < 128 ? (this.at++, byte) : this.varint();
      const d = u % 2 ? -(u + 1) / 2 : u / 2;
      this.difference = this.order === 2 ? this.difference + d : d;
      q[i] = this.last = this.order ? this.last + this.difference : d;
    }
  }
}

// The column of a block of the page, or null if there is none.  The text is dropped once it is read.
// One that another equals (data-same) is kept for it.
const sharedColumns = new Map();
async function loadColumn(id) {
  if (sharedColumns.has(id))
    return sharedColumns.get(id);
  const block = document.getElementById(id);
  if (!block || block.type !== 'text/plain')
    return null;
  if (block.dataset.same)
    return loadColumn(block.dataset.same);
  const text = block.textContent;
  block.remove();
  const decoder = new Decoder(await inflate(text));
  while (decoder.slice())
    await breathe();
  const column = new Column(decoder.q, decoder.scale);
  if (document.querySelector(`[data-same="${id}"]`))
    sharedColumns.set(id, column);
  return column;
}
