// SPDX-License-Identifier: Apache-2.0
// What lies behind the rows: tests, memory pressure, marks, borders of recordings.

const MARK_MIN_PX = 3; // a failed test is at least this wide

// The class of a test decides its colour and what the legend can switch off.
function testClass(test) {
  return test.outcome === 'failed' ? 'failed' : test.outcome === 'skipped' ? 'skipped' : test.model ? 'test' : 'infra';
}

// Items as pixel rectangles [x0, x1, item]; of those thinner than a pixel one per class and pixel is kept.
function pixelRuns(items, xOf, classOf) {
  const runs = [];
  const lastAt = {};
  for (const item of items) {
    const x0 = xOf(item.start);
    const x1 = xOf(item.end);
    const kind = classOf(item);
    const pixel = Math.floor(x0);
    if (x1 - x0 < 1 && lastAt[kind] === pixel)
      continue;
    if (x1 - x0 < 1)
      lastAt[kind] = pixel;
    runs.push([x0, x1, kind, item]);
  }
  return runs;
}

function hatch(ctx, x0, x1, box, colour, step) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x0, box.top, x1 - x0, box.height);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = step / 5;
  ctx.beginPath();
  for (let x = x0 - box.height; x < x1; x += step) {
    ctx.moveTo(x, box.top + box.height);
    ctx.lineTo(x + box.height, box.top);
  }
  ctx.stroke();
  ctx.restore();
}

function drawTests(ctx, box, runs, dpr, first) {
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
      ctx.fillStyle = withAlpha(theme.failed, 0.12);
      ctx.fillRect(left, box.top, wide, box.height);
      hatch(ctx, left, left + wide, box, withAlpha(theme.failed, 0.7), 6 * dpr);
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

// Draws behind the row of uPlot u.  state: what is switched on.
function drawBehind(u, run, view, state, first) {
  const { ctx, bbox: box } = u;
  const dpr = devicePixelRatio;
  const xOf = (t) => box.left + (t - view.min) / view.width * box.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.left, box.top, box.width, box.height);
  ctx.clip();
  const slack = view.width * 0.01;
  const tests = itemsWithin(run.tests, run.testEnds, view.min - slack, view.max + slack)
    .filter((test) => state.infra || testClass(test) !== 'infra');
  drawTests(ctx, box, pixelRuns(tests, xOf, testClass), dpr, first);
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
