// SPDX-License-Identifier: Apache-2.0
// What lies behind the rows: tests, memory pressure, marks, borders of recordings.

const CROWDED_PX = 12;
const CROWDED_SHARE = 0.2; // of the width, from which on what is thinner than a pixel is a strip along the edge
const STRIP_PX = [6, 7]; // where that of failed tests begins, below the ticks of marks, and its height
const PRESSURE_PX = 4; // height of that of memory pressure, at the bottom
const MARK_MIN_PX = 3; // a failed test is at least this wide

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

// Failed tests lie over all others.
const PAINT_ORDER = [TEST, INFRA, SKIPPED, FAILED];

function drawTests(ctx, box, runs, dpr) {
  for (const kind of PAINT_ORDER)
    drawTestKind(ctx, box, runs.filter((run) => run.kind === kind), kind, dpr);
}

// Do those that are thinner than a pixel cover so much that over the whole height they would hide the rest?
function areCrowded(runs, width, least) {
  return runs.reduce((sum, { thin, x0, x1 }) => sum + (thin ? Math.max(x1 - x0, least) : 0), 0) > CROWDED_SHARE * width;
}

// Tests that ran at once lie one below the other.
function drawTestKind(ctx, box, runs, kind, dpr) {
  const part = ({ lane, lanes }) => [box.top + lane / lanes * box.height, box.height / lanes];
  const paint = (style, left, width, run) => {
    ctx.fillStyle = style;
    ctx.fillRect(left, part(run)[0], width, part(run)[1]);
  };
  const crowded = kind === FAILED && areCrowded(runs, box.width, MARK_MIN_PX * dpr);
  for (const run of runs) {
    const { x0, x1, thin } = run;
    const left = box.left + x0;
    if (crowded && thin) {
      ctx.fillStyle = theme.failed;
      ctx.fillRect(left, box.top + STRIP_PX[0] * dpr, Math.max(x1 - x0, dpr), STRIP_PX[1] * dpr);
    } else if (kind === SKIPPED) {
      ctx.fillStyle = theme.faint;
      ctx.fillRect(left - dpr / 2, box.top + box.height - 6 * dpr, Math.max(dpr, x1 - x0 - 1), 6 * dpr);
    } else if (kind === FAILED) {
      const wide = Math.max(x1 - x0, MARK_MIN_PX * dpr);
      paint(withAlpha(theme.failed, 0.12), left + (x1 - x0 - wide) / 2, wide, run);
      paint(hatchPattern(ctx, dpr), left + (x1 - x0 - wide) / 2, wide, run);
    } else {
      paint(kind === INFRA ? theme.infra : theme.test, left, Math.max(x1 - x0, 1), run);
      if (!thin && x1 - x0 > 3 * dpr)
        paint(theme.edge, left, dpr, run);
    }
  }
}

// The ✗ of failed tests, kept inside the row and apart from each other.  In a run of many there is one wherever there is
// room.
function drawCrosses(ctx, box, runs, dpr) {
  const room = 14 * dpr;
  let free = -Infinity;
  ctx.save();
  ctx.fillStyle = theme.failed;
  ctx.font = `bold ${13 * dpr}px system-ui, sans-serif`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  for (const { x0, x1, thin } of runs) {
    const end = thin ? Math.max(x1 - room / 2, (x0 + x1) / 2) : (x0 + x1) / 2;
    for (let at = Math.min(thin ? x0 + room / 2 : end, end); at <= end; at += room) {
      const x = Math.min(Math.max(at, room / 2), box.width - room / 2);
      if (x < free)
        continue;
      ctx.fillText('✗', box.left + x, box.top + 3 * dpr);
      free = x + room;
    }
  }
  ctx.restore();
}

function drawPressure(ctx, box, runs, dpr) {
  for (const level of [2, 4]) {
    const own = runs.filter((run) => run.kind === level);
    const crowded = areCrowded(own, box.width, dpr);
    for (const { x0, x1, thin } of own) {
      const strip = crowded && thin;
      ctx.fillStyle = theme[(level === 4 ? 'critical' : 'warn') + (strip ? '-strip' : '')];
      const height = strip ? PRESSURE_PX * dpr : box.height;
      ctx.fillRect(x0, box.height - height, Math.max(x1 - x0, dpr), height);
    }
  }
}

// Lines over the whole height where they are apart; where they crowd, ticks at the top.
function drawLines(ctx, box, times, xOf, colour, dash, dpr) {
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = dpr;
  ctx.setLineDash(dash.map((d) => d * dpr));
  ctx.beginPath();
  const crowded = times.length * CROWDED_PX * dpr > box.width;
  for (const t of times) {
    const x = Math.round(xOf(t)) + 0.5;
    ctx.moveTo(x, box.top);
    ctx.lineTo(x, box.top + (crowded ? 5 * dpr : box.height));
  }
  ctx.stroke();
  ctx.restore();
}

// The tests of the view, the same for all rows, so found once a frame.
let testRuns = { key: '' };
function visibleTests(run, view, state, box) {
  const key = [view.min, view.max, box.width, state.infra].join();
  if (testRuns.key !== key)
    testRuns = { key, runs: run.tests.runs(view.min, view.max, box.width, (kind) => kind !== INFRA || state.infra) };
  return testRuns.runs;
}

// Those of ascending times that are seen, one a pixel.
function visibleTimes(times, view, box) {
  const seen = [];
  const end = lowerBound(times, view.max, true);
  for (let i = lowerBound(times, view.min); i < end;) {
    seen.push(times[i]);
    i = lowerBound(times, times[i] + view.width / box.width, false, i + 1, end);
  }
  return seen;
}

// The same lies behind all rows, so it is drawn once, on a canvas of its own, and copied.
const behind = { canvas: null, key: '' };
function behindPicture(run, view, state, width, height) {
  const key = [view.min, view.width, width, height, state.infra, theme.back, devicePixelRatio].join();
  if (behind.key === key)
    return behind.canvas;
  behind.canvas ??= document.createElement('canvas');
  behind.key = key;
  const ctx = behind.canvas.getContext('2d');
  if (behind.canvas.width !== width || behind.canvas.height !== height)
    Object.assign(behind.canvas, { width, height });
  ctx.clearRect(0, 0, width, height);
  const box = { left: 0, top: 0, width, height };
  const dpr = devicePixelRatio;
  const xOf = (t) => (t - view.min) / view.width * width;
  drawTests(ctx, box, visibleTests(run, view, state, box), dpr);
  drawPressure(ctx, box, run.pressure.runs(view.min, view.max, width, () => true), dpr);
  drawLines(ctx, box, visibleTimes(run.breaks, view, box), xOf, theme.faint, [2, 4], dpr);
  drawLines(ctx, box, visibleTimes(run.marks.ts, view, box), xOf, theme.accent, [6, 3], dpr);
  return behind.canvas;
}

function crossed(runs, width) {
  const failed = runs.filter((run) => run.kind === FAILED);
  return areCrowded(failed, width, MARK_MIN_PX * devicePixelRatio) ? failed.filter((run) => !run.thin) : failed;
}

// Draws behind the row of uPlot u.  state: what is switched on.  first: it is the topmost row.
function drawBehind(u, run, view, state, first) {
  const { ctx } = u;
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((side) => Math.round(u.bbox[side]));
  if (width < 1 || height < 1)
    return;
  ctx.drawImage(behindPicture(run, view, state, width, height), left, top);
  if (first)
    drawCrosses(ctx, { left, top, width, height }, crossed(visibleTests(run, view, state, { width }), width), devicePixelRatio);
}
