// SPDX-License-Identifier: Apache-2.0
// Columns: from base64 text to numbers.  The format is described in memplot/pack.h.

// A column keeps its integers; a number is q[i] / scale.  A missing value is `hole`.
const INT_HOLE = -2147483648;

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
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++)
    bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function inflate(base64) {
  const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function decode(bytes) {
  let at = 0;
  // Multiplied, not shifted: a number may have 53 bits.
  const varint = () => {
    let byte = bytes[at++];
    if (byte < 128)
      return byte;
    let value = byte & 127;
    for (let unit = 128; byte >= 128; unit *= 128) {
      byte = bytes[at++];
      value += (byte & 127) * unit;
    }
    return value;
  };
  const zigzag = () => {
    const u = varint();
    return u % 2 ? -(u + 1) / 2 : u / 2;
  };
  const order = varint();
  const scale = 10 ** zigzag();
  const n = varint();
  const missing = varint();
  const bitmap = missing ? bytes.subarray(at, at += Math.ceil(n / 8)) : null;
  let q = new Int32Array(n);
  let last = 0;
  let step = 0;
  for (let i = 0; i < n; i++) {
    if (bitmap && bitmap[i >> 3] >> (i & 7) & 1) {
      q[i] = q instanceof Int32Array ? INT_HOLE : NaN;
      continue;
    }
    const d = zigzag();
    step = order === 2 ? step + d : d;
    last += step;
    if ((last > 2147483647 || last <= INT_HOLE) && q instanceof Int32Array)
      q = Float64Array.from(q, (v, k) => (k < i && v === INT_HOLE ? NaN : v));
    q[i] = last;
  }
  return new Column(q, scale);
}

// The column of a block of the page, or null if there is none.  The text is dropped once it is read.
async function loadColumn(id) {
  const block = document.getElementById(id);
  if (!block || block.type !== 'text/plain')
    return null;
  const text = block.textContent;
  block.remove();
  return decode(await inflate(text));
}
