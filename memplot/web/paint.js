// SPDX-License-Identifier: Apache-2.0
// Painting series that have many samples in a pixel: a band from the least to the greatest value of each pixel column,
// and their mean as a line.  Written into pixels at once: thousands of rectangles through a canvas cost ten times as much.

const LINE_PX = 1.5;

// A picture of whole pixels, transparent at first.
class Raster {
  constructor() {
    this.canvas = document.createElement('canvas');
  }
  begin(width, height) {
    if (this.image?.width !== width || this.image.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else {
      this.pixels.fill(0);
    }
  }
  // What is painted next, "#rrggbb" and an alpha of 0 to 1.
  pen(hex, alpha) {
    this.ink = [...rgbOf(hex), Math.round(alpha * 255)];
    this.bytes = new Uint8Array(4);
    this.packed = new Uint32Array(this.bytes.buffer);
    this.under = -1; // no pixel
    this.result = 0;
  }
  // The pen over a pixel, as a pixel.
  over(pixel) {
    const { bytes, packed, ink } = this;
    packed[0] = pixel;
    const alpha = ink[3] + bytes[3] * (255 - ink[3]) / 255;
    const share = ink[3] / alpha;
    for (let i = 0; i < 3; i++)
      bytes[i] = Math.round(bytes[i] + (ink[i] - bytes[i]) * share);
    bytes[3] = Math.round(alpha);
    return packed[0];
  }
  // [x0, x1) by [y0, y1), as far as they are in the picture.  The last mixture is kept, since neighbours are mostly alike.
  rect(x0, y0, x1, y1) {
    const { pixels, image: { width, height } } = this;
    const first = Math.max(y0, 0) * width;
    const end = Math.min(y1, height) * width;
    const right = Math.min(x1, width);
    let { under, result } = this;
    for (let x = Math.max(x0, 0); x < right; x++)
      for (let p = first + x; p < end; p += width) {
        const pixel = pixels[p];
        if (pixel !== under) {
          under = pixel;
          result = this.over(pixel);
        }
        pixels[p] = result;
      }
    this.under = under;
    this.result = result;
  }
  draw(ctx, x, y) {
    this.canvas.getContext('2d').putImageData(this.image, 0, 0);
    ctx.drawImage(this.canvas, x, y);
  }
}

// What a band has between pixel columns: neighbours meet half-way, unless there is a gap or nothing.
function bandEdges(columns, data, yOf) {
  const { n, gapBefore } = columns;
  const { first, least, greatest, last } = data;
  const top = new Float64Array(n).fill(NaN);
  const bottom = new Float64Array(n).fill(NaN);
  for (let c = 0, before = -1; c < n; c++) {
    if (least[c] !== least[c]) {
      if (gapBefore[c])
        before = -1;
      continue;
    }
    top[c] = yOf(greatest[c]);
    bottom[c] = yOf(least[c]);
    if (before >= 0 && before === c - 1 && !gapBefore[c]) {
      const middle = (yOf(last[before]) + yOf(first[c])) / 2;
      top[c] = Math.min(top[c], middle);
      bottom[c] = Math.max(bottom[c], middle);
      top[before] = Math.min(top[before], middle);
      bottom[before] = Math.max(bottom[before], middle);
    }
    before = c;
  }
  return { top, bottom };
}

// The mean as a line: in each pixel column from half-way to its left neighbour to half-way to its right one.
function paintMeans(raster, columns, { mean }, edgeOf, yOf, thick, dashed) {
  const { n, gapBefore, starts } = columns;
  let before = NaN;
  for (let c = 0; c < n; c++) {
    if (gapBefore[c] || (mean[c] !== mean[c] && starts[c] < starts[c + 1]))
      before = NaN;
    if (mean[c] !== mean[c])
      continue;
    const y = yOf(mean[c]);
    const after = c + 1 < n && !gapBefore[c + 1] && mean[c + 1] === mean[c + 1] ? (y + yOf(mean[c + 1])) / 2 : y;
    const from = before === before ? before : y;
    const top = Math.round(Math.min(from, y, after) - thick / 2);
    const bottom = Math.round(Math.max(from, y, after) + thick / 2);
    before = after;
    if (!dashed || c % 10 < 6)
      raster.rect(edgeOf(c), top, edgeOf(c + 1), Math.max(bottom, top + thick));
  }
}

// A band that is low stands out as a peak does; one that fills its row lets what lies behind be seen.
const BAND_ALPHA = [0.5, 0.14];
function bandAlpha(top, bottom, height) {
  let area = 0;
  let n = 0;
  for (let c = 0; c < top.length; c++)
    if (top[c] === top[c]) {
      area += bottom[c] - top[c];
      n++;
    }
  const share = n ? Math.min(area / n / height, 1) : 0;
  return Math.max(BAND_ALPHA[1], BAND_ALPHA[0] - share);
}

// style: {colour, width, dashed, filled, floor}; floor: the data of the series that a fill stands on.  yOf: value to
// pixel.
function paintDense(raster, columns, data, yOf, style) {
  const thick = Math.max(1, Math.round(style.width * devicePixelRatio));
  const wide = raster.image.width / columns.n;
  const edgeOf = (c) => Math.round(c * wide);
  const { top, bottom } = bandEdges(columns, data, yOf);
  const base = Math.round(yOf(0));
  raster.pen(style.colour, bandAlpha(top, bottom, raster.image.height));
  for (let c = 0; c < columns.n; c++) {
    const y = Math.floor(top[c]);
    if (y === y)
      raster.rect(edgeOf(c), y, edgeOf(c + 1), Math.max(y + 1, Math.ceil(bottom[c])));
  }
  raster.pen(style.colour, 0.35);
  for (let c = 0; style.filled && c < columns.n; c++) {
    if (top[c] !== top[c])
      continue;
    const floor = style.floor && style.floor.mean[c] === style.floor.mean[c] ? Math.round(yOf(style.floor.mean[c])) : base;
    raster.rect(edgeOf(c), Math.round(yOf(data.mean[c])), edgeOf(c + 1), floor);
  }
  raster.pen(style.colour, 1);
  paintMeans(raster, columns, data, edgeOf, yOf, thick, style.dashed);
}

// Points in the colour of their RAM band, `room` pixels apart so that the line is seen between them: of those too near to
// each other the lowest.  xs, ys: pixels; ys NaN: nothing.
function paintPoints(ctx, xs, ys, room, size, colourAt) {
  let cell = NaN;
  let lowest = -1;
  const flush = () => {
    if (lowest < 0)
      return;
    ctx.fillStyle = colourAt(lowest);
    ctx.beginPath();
    ctx.arc(xs[lowest], ys[lowest], size, 0, 2 * Math.PI);
    ctx.fill();
    lowest = -1;
  };
  for (let i = 0; i < xs.length; i++) {
    if (ys[i] !== ys[i])
      continue;
    const at = Math.floor(xs[i] / room);
    if (at !== cell)
      flush();
    cell = at;
    if (lowest < 0 || ys[i] > ys[lowest]) // lower on the screen is greater
      lowest = i;
  }
  flush();
}
