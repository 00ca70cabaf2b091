// SPDX-License-Identifier: Apache-2.0
// What lies behind the rows: tests, memory pressure, marks, borders of recordings.

const MARK_MIN_PX = 3; // a failed test is at least this wide

// The class of a test decides its colour and what the legend can switch off.
function testClass(test) {
  return test.outcome === 'failed' ? 'failed' : test.outcome === 'skipped' ? 'skipped' : test.model ? 'test' : 'infra';
}

// Items as pixel rectangles [x0, x1, class]; of those thinner than a pixel one per class and `cell` pixels is
// kept.
function pixelRuns(items, xOf, classOf, cell = 1) {
  const runs = [];
  const lastAt = {};
  for (const item of items) {
    const x0 = xOf(item.start);
    const x1 = xOf(item.end);
    const kind = classOf(item);
    const pixel = Math.floor(x0 / cell);
    if (x1 - x0 < 1 && lastAt[kind] === pixel)
      continue;
    if (x1 - x0 < 1)
      lastAt[kind] = pixel;
    runs.push([x0, x1, kind]);
  }
  return runs;
}

// Diagonal lines as a pattern, which costs no more than a colour.
let hatching = null;
function hatchPattern(ctx, dpr) {
  const key = `${theme.failed} ${dpr}`;
  if (hatching?.key !== key) {
    const side = Math.round(6 * dpr);
    const tile = document.createElement('canvas');
    tile.width = tile.height = side;
    const pen = tile.getContext('2d');
    pen.strokeStyle = withAlpha(theme.failed, 0.7);
    pen.lineWidth = 1.2 * dpr;
    pen.beginPath();
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift - 1, side + 1);
      pen.lineTo(shift + side + 1, -1);
    }
    pen.stroke();
    hatching = { key, pattern: ctx.createPattern(tile, 'repeat') };
  }
  return hatching.pattern;
}

function drawTests(ctx, box, runs, dpr, first) {
  let failedTo = -Infinity;
  for (const [x0, x1, kind] of runs) {
    const width = Math.max(x1 - x0, 1);
    if (kind === 'skipped') {
      ctx.fillStyle = theme.faint;
      ctx.fillRect(x0 - dpr / 2, box.top + box.height - 6 * dpr, dpr, 6 * dpr);
      continue;
    }
    if (kind === 'failed') {
      const wide = Math.max(width, MARK_MIN_PX * dpr);
      const left = x0 + (width - wide) / 2;
      if (left + wide <= failedTo + dpr)
        continue; // it lies within the one before
      failedTo = left + wide;
      ctx.fillStyle = withAlpha(theme.failed, 0.12);
      ctx.fillRect(left, box.top, wide, box.height);
      ctx.fillStyle = hatchPattern(ctx, dpr);
      ctx.fillRect(left, box.top, wide, box.height);
      continue;
    }
    ctx.fillStyle = theme[kind];
    ctx.fillRect(x0, box.top, width, box.height);
    if (width > 3 * dpr) {
      ctx.fillStyle = theme.edge;
      ctx.fillRect(x0, box.top, dpr, box.height);
    }
  }
  if (first)
    drawCrosses(ctx, box, runs, dpr);
}

// The ✗ of failed tests, kept inside the row and apart from each other.
function drawCrosses(ctx, box, runs, dpr) {
  let free = -Infinity;
  ctx.fillStyle = theme.failed;
  ctx.font = `bold ${13 * dpr}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  for (const [x0, x1, kind] of runs) {
    const x = Math.min(Math.max((x0 + x1) / 2, box.left + 7 * dpr), box.left + box.width - 7 * dpr);
    if (kind !== 'failed' || x < free)
      continue;
    ctx.fillText('✗', x, box.top + 3 * dpr);
    free = x + 14 * dpr;
  }
}

function drawLines(ctx, box, times, xOf, colour, dash, dpr) {
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = dpr;
  ctx.setLineDash(dash.map((d) => d * dpr));
  ctx.beginPath();
  for (const t of times) {
    const x = Math.round(xOf(t)) + 0.5;
    ctx.moveTo(x, box.top);
    ctx.lineTo(x, box.top + box.height);
  }
  ctx.stroke();
  ctx.restore();
}

// The tests of the view, the same for all rows, so found once a frame.
let testRuns = { key: '' };
function visibleTests(run, view, state, box, xOf) {
  const key = [view.min, view.max, box.left, box.width, state.infra].join();
  if (testRuns.key !== key) {
    const slack = view.width * 0.01;
    const tests = itemsWithin(run.tests, run.testEnds, view.min - slack, view.max + slack)
      .filter((test) => state.infra || testClass(test) !== 'infra');
    testRuns = { key, runs: pixelRuns(tests, xOf, testClass) };
  }
  return testRuns.runs;
}

// Draws behind the row of uPlot u.  state: what is switched on.
function drawBehind(u, run, view, state, first) {
  const { ctx, bbox: box } = u;
  const dpr = devicePixelRatio;
  const xOf = (t) => box.left + (t - view.min) / view.width * box.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  drawTests(ctx, box, visibleTests(run, view, state, box, xOf), dpr, first);
  for (const [x0, x1, level] of pixelRuns(run.pressure.filter((p) => p.end >= view.min && p.start <= view.max), xOf,
    (p) => (p.level === 4 ? 'critical' : 'warn'))) {
    ctx.fillStyle = theme[level];
    ctx.fillRect(x0, box.top, Math.max(x1 - x0, dpr), box.height);
  }
  const inside = (t) => t >= view.min && t <= view.max;
  drawLines(ctx, box, run.breaks.filter(inside), xOf, theme.faint, [2, 4], dpr);
  drawLines(ctx, box, run.marks.map((m) => m.ts).filter(inside), xOf, theme.accent, [6, 3], dpr);
  ctx.restore();
}
