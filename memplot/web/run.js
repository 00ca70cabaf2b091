// SPDX-License-Identifier: Apache-2.0
// The run: what the page shows.  Read once, never changed.

// Index of the first element of ascending `list` that is >= value; `above`: > value.
function lowerBound(list, value, above = false) {
  let lo = 0;
  let hi = list.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (list[mid] < value || (above && list[mid] === value))
      lo = mid + 1;
    else
      hi = mid;
  }
  return lo;
}

async function loadTable(kind, fields) {
  const columns = {};
  for (const field of fields)
    columns[field] = await loadColumn(`${kind}.${field}`);
  const n = columns[fields[0]]?.length ?? 0;
  return Array.from({ length: n }, (_, i) =>
    Object.fromEntries(fields.map((field) => [field, columns[field] ? columns[field].at(i) : NaN])));
}

async function loadTests(meta) {
  const fields = ['start', 'end', 'id', 'label', 'model', 'modality', 'reason', 'outcome', 'inferred',
    'tokens_per_sec', 'ttft_s'];
  const rows = await loadTable('test', fields);
  const name = (i) => (i >= 0 ? meta.names[i] : '');
  return rows.map((row, index) => ({
    index,
    start: row.start,
    end: row.end,
    id: name(row.id),
    label: name(row.label),
    model: name(row.model),
    modelLabel: meta.model_labels[row.model] ?? '',
    modality: name(row.modality),
    reason: name(row.reason),
    outcome: meta.outcomes[row.outcome],
    inferred: row.inferred === 1,
    tokens: row.tokens_per_sec,
    ttft: row.ttft_s,
  }));
}

// Runs of samples under pressure: level 2 warns, 4 is critical.  One lasts to the next sample.
function pressureRuns(ts, column, gap) {
  const runs = [];
  for (let i = 0; column && i < column.length; i++) {
    const level = column.at(i) >= 4 ? 4 : column.at(i) >= 2 ? 2 : 0;
    if (!level)
      continue;
    const next = i + 1 < ts.length && ts[i + 1] - ts[i] <= gap ? ts[i + 1] : ts[i];
    const before = runs[runs.length - 1];
    if (before && before.level === level && before.end >= ts[i])
      before.end = next;
    else
      runs.push({ start: ts[i], end: next, level });
  }
  return runs;
}

// Neighbouring tests of one model.
function modelSpans(tests) {
  const spans = [];
  let last = null;
  for (const test of tests) {
    if (!test.model) {
      if (test.outcome !== 'skipped')
        last = null;
    } else if (last && last.model === test.model) {
      last.end = Math.max(last.end, test.end);
    } else {
      last = { start: test.start, end: test.end, model: test.model, label: test.modelLabel };
      spans.push(last);
    }
  }
  return spans;
}

// Indices of the samples before which there is a gap: too long a step, or another recording.
function findGaps(ts, gap, breaks) {
  const gaps = [];
  for (let i = 1, b = 0; i < ts.length; i++) {
    while (b < breaks.length && breaks[b] < ts[i])
      b++;
    if (ts[i] - ts[i - 1] > gap || (breaks[b] === ts[i] && ts[i] > ts[i - 1]))
      gaps.push(i);
  }
  return gaps;
}

async function loadRun() {
  const meta = JSON.parse(document.getElementById('meta').textContent);
  const time = await loadColumn('ts');
  const ts = time ? Float64Array.from(time.q, (q) => time.real(q)) : new Float64Array(0);
  const gap = meta.gap ?? Infinity;
  const breakColumn = await loadColumn('breaks');
  const breaks = breakColumn ? Array.from(breakColumn.q, (q) => breakColumn.real(q)) : [];
  const series = [];
  for (const spec of meta.series)
    series.push({ ...spec, column: await loadColumn(spec.key), visible: spec.drawn && spec.on });
  const byKey = Object.fromEntries(series.map((s) => [s.key, s]));
  const tests = await loadTests(meta);
  const regions = (await loadTable('region', ['start', 'ready', 'end', 'model'])).map((r) =>
    ({ ...r, model: meta.names[r.model], label: meta.model_labels[r.model] ?? '' }));
  const marks = (await loadTable('mark', ['ts', 'label'])).filter((m) => m.ts >= 0)
    .map((m) => ({ ts: m.ts, label: meta.names[m.label] ?? '' }));
  return {
    meta, ts, gap, breaks, series, byKey, tests, regions, marks,
    gaps: findGaps(ts, gap, breaks),
    pressure: pressureRuns(ts, byKey.memory_pressure?.column, gap),
    spans: modelSpans(tests),
    testEnds: latestEnds(tests),
    regionEnds: latestEnds(regions),
  };
}

// latest[i]: the latest end of items 0..i, so that a search backwards knows when to stop.
function latestEnds(items) {
  const latest = new Float64Array(items.length);
  items.forEach((item, i) => {
    latest[i] = Math.max(item.end, i ? latest[i - 1] : -Infinity);
  });
  return latest;
}

// Those of `items` (by start) that touch [from, to], in their order.
function itemsWithin(items, latest, from, to) {
  let lo = 0;
  let hi = items.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (items[mid].start <= to)
      lo = mid + 1;
    else
      hi = mid;
  }
  const found = [];
  for (let i = lo - 1; i >= 0 && latest[i] >= from; i--)
    if (items[i].end >= from)
      found.push(items[i]);
  return found.reverse();
}

// The sample nearest to time t, or -1 if none is near: within half a gap.
function sampleAt(run, t) {
  const { ts } = run;
  if (!ts.length)
    return -1;
  let i = lowerBound(ts, t);
  if (i === ts.length || (i > 0 && t - ts[i - 1] <= ts[i] - t))
    i--;
  return Math.abs(ts[i] - t) <= (Number.isFinite(run.gap) ? run.gap / 2 : 1) ? i : -1;
}
