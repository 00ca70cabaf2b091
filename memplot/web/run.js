// SPDX-License-Identifier: Apache-2.0
// The run: what the page shows.  Read once, never changed, and kept in columns: a week has millions of samples.

// The class of a test decides its colour, its rank and what the legend can switch off.
const TEST = 0;
const INFRA = 1; // no model
const FAILED = 2;
const SKIPPED = 3;
const LANES_MAX = 31; // tests at once that are told apart; more share the last lane

// Where a name of the page's list is missing the column has no value.
const nameIndex = (column, i) => (column?.has(i) ? column.at(i) : -1);

class Tests extends Intervals {
  static async load(meta, page) {
    const times = [page.reals('test.start'), page.reals('test.end')];
    const fields = ['id', 'model', 'modality', 'reason', 'outcome', 'inferred', 'lane', 'tokens_per_sec', 'ttft_s'];
    const columns = await Promise.all(fields.map((field) => page.load(`test.${field}`)));
    return new Tests(meta, ...await Promise.all(times), Object.fromEntries(fields.map((field, k) => [field, columns[k]])));
  }
  constructor(meta, starts, ends, columns) {
    const n = starts.length;
    const kinds = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const outcome = meta.outcomes[columns.outcome.q[i]];
      kinds[i] = outcome === 'failed' ? FAILED : outcome === 'skipped' ? SKIPPED : columns.model?.has(i) ? TEST : INFRA;
    }
    super(starts, ends, kinds);
    Object.assign(this, { meta, columns });
    if (columns.lane) {
      this.lanes = Uint8Array.from(columns.lane.q, (lane) => Math.min(Math.max(lane, 0), LANES_MAX - 1));
      this.laneCount = this.lanes.reduce((n, lane) => Math.max(n, lane + 1), 1);
    }
  }
  name(field, i) {
    return this.meta.names[nameIndex(this.columns[field], i)] ?? '';
  }
  label(i) {
    return this.meta.names[this.meta.test_labels[nameIndex(this.columns.id, i)]] ?? '';
  }
  model(i) {
    return nameIndex(this.columns.model, i);
  }
  count(kind) {
    let n = 0;
    for (const k of this.kinds)
      n += k === kind;
    return n;
  }
  // All of one test.
  get(index) {
    const { meta, columns } = this;
    return {
      index,
      start: this.starts[index],
      end: this.ends[index],
      kind: this.kinds[index],
      id: this.name('id', index),
      label: this.label(index),
      model: this.name('model', index),
      modality: this.name('modality', index),
      reason: this.name('reason', index),
      outcome: meta.outcomes[columns.outcome.at(index)],
      inferred: columns.inferred?.at(index) === 1,
      tokens: columns.tokens_per_sec?.at(index) ?? NaN,
      ttft: columns.ttft_s?.at(index) ?? NaN,
    };
  }
}

// Times with a model, as intervals whose `models` are indices of names.
class ModelSpans extends Intervals {
  constructor(meta, starts, ends, models) {
    super(Float64Array.from(starts), Float64Array.from(ends));
    Object.assign(this, { meta, models });
  }
  label(i) {
    return this.meta.model_labels[this.models[i]] ?? '';
  }
}

// A model in RAM: loading from start, ready from ready.
class Regions extends ModelSpans {
  static async load(meta, page) {
    const [start, ready, end, model] = await Promise.all(['start', 'ready', 'end', 'model'].map((f) => page.reals(`region.${f}`)));
    return Object.assign(new Regions(meta, start, end, model), { ready });
  }
  get(i) {
    return { start: this.starts[i], ready: this.ready[i], end: this.ends[i], model: this.meta.names[this.models[i]],
      label: this.label(i) };
  }
}

// Neighbouring tests of one model.
function modelSpans(meta, tests) {
  const [starts, ends, models] = [[], [], []];
  let open = false;
  for (let i = 0; i < tests.length; i++) {
    const model = tests.model(i);
    const last = models.length - 1;
    if (model < 0) {
      open &&= tests.kinds[i] === SKIPPED;
    } else if (open && models[last] === model) {
      ends[last] = Math.max(ends[last], tests.ends[i]);
    } else {
      starts.push(tests.starts[i]);
      ends.push(tests.ends[i]);
      models.push(model);
      open = true;
    }
  }
  return new ModelSpans(meta, starts, ends, models);
}

// Runs of samples under pressure: kind 2 warns, 4 is critical.  One lasts to the next sample.
function pressureRuns(ts, column, gap) {
  const [starts, ends, kinds] = [[], [], []];
  const { q = [], hole = NaN } = column ?? {};
  const [warn, critical] = [2, 4].map((level) => level * (column?.scale ?? 1));
  for (let i = 0; i < q.length; i++) {
    if (!(q[i] >= warn) || q[i] === hole)
      continue;
    const level = q[i] >= critical ? 4 : 2;
    const next = i + 1 < ts.length && ts[i + 1] - ts[i] <= gap ? ts[i + 1] : ts[i];
    const last = kinds.length - 1;
    if (kinds[last] === level && ends[last] >= ts[i]) {
      ends[last] = next;
    } else {
      starts.push(ts[i]);
      ends.push(next);
      kinds.push(level);
    }
  }
  return new Intervals(Float64Array.from(starts), Float64Array.from(ends), Uint8Array.from(kinds));
}

// Indices of the samples before which there is a gap: too long a step, or another recording.
function findGaps(ts, gap, breaks) {
  const gaps = [];
  const breakAt = (b) => (b < breaks.length ? breaks[b] : Infinity);
  let b = 0;
  let next = breakAt(0);
  for (let i = 1; i < ts.length; i++) {
    while (next < ts[i])
      next = breakAt(++b);
    if (ts[i] - ts[i - 1] > gap || (next === ts[i] && ts[i] > ts[i - 1]))
      gaps.push(i);
  }
  return gaps;
}

// Ascending; label: what each says; kill: was a process killed for want of memory?
async function loadMarks(meta, page) {
  const [ts, label, kill] = await Promise.all(['mark.ts', 'mark.label', 'mark.kill'].map((id) => page.load(id)));
  const marks = { ts: [], label: [], kill: [] };
  for (let i = 0; ts && i < ts.length; i++) {
    if (!ts.has(i))
      continue;
    marks.ts.push(ts.at(i));
    marks.label.push(meta.names[nameIndex(label, i)] ?? '');
    marks.kill.push(Boolean(kill?.has(i)));
  }
  return marks;
}

// Of several GPUs the load of each is a thin line in a shade of its own, and their mean the thick one: what the samples
// say of them together is the greatest, and stands in the hover, as do the other values of each.
const MEAN_KEY = 'gpu_mean';
function withDevices(meta) {
  return meta.series.flatMap((whole) => {
    const line = whole.key === 'gpu_device_util';
    const each = meta.gpus.flatMap(({ shades, columns: { [whole.key]: key } }, device) => (key ? [{ ...whole, key, metric: whole.key, device,
      shades, label: `GPU ${device}`, style: line ? 'thin' : 'value', drawn: line, on: line }] : []));
    if (!line || !each.length)
      return [whole, ...each];
    return [{ ...whole, key: MEAN_KEY, label: 'Mean', of: each.map((s) => s.key), drawn: true, on: true }, ...each,
      { ...whole, label: 'Greatest', style: 'value', drawn: false, on: false, unlike: MEAN_KEY }];
  });
}

// Characters that turn the direction of writing would turn what stands beside them, too.
const TURNING = /[\u061c\u202a-\u202e\u2066-\u2069]/g;

// All that is drawn at first.  What only the hover shows may come later: run.rest.
async function loadRun() {
  const meta = JSON.parse(document.getElementById('meta').textContent.replace(TURNING, '\ufffd'));
  const series = withDevices(meta).map((spec) => ({ ...spec, column: null, visible: spec.drawn && spec.on }));
  const byKey = Object.fromEntries(series.map((s) => [s.key, s]));
  const page = new Columns(meta.samples * series.length);
  const load = async (s) => {
    if (s.of)
      s.column = new Column(meanOf((await Promise.all(s.of.map((key) => page.load(key, { levels: true })))).filter(Boolean)));
    else
      s.column = await page.load(s.key, { levels: s.drawn });
    const below = s.style === 'stack' && byKey.cpu_user && await page.load('cpu_user', { levels: true });
    if (below && s.column)
      s.stacked = new Column(sumOf(below, s.column));
    // While others are still read there is time for their pyramids.
    for (const column of [s.column, s.stacked].filter((one) => one && s.drawn))
      column.pyramid ??= new Pyramid(column);
  };
  const all = series.map(load);
  const first = all.filter((_, k) => series[k].visible || ['memory_pressure', 'ram_total_gb'].includes(series[k].key));
  const gap = meta.gap ?? Infinity;
  const times = Promise.all([page.reals('ts'), page.reals('breaks')]).then(([ts, breaks]) => ({ ts, breaks, gaps: findGaps(ts, gap, breaks) }));
  const pressure = Promise.all([times, page.load('memory_pressure')]).then(([{ ts }, column]) => pressureRuns(ts, column, gap));
  const tests = Tests.load(meta, page).then((list) => ({ tests: list, spans: modelSpans(meta, list) }));
  const [timed, tested, regions, marks, pressed] = await Promise.all([times, tests, Regions.load(meta, page), loadMarks(meta, page),
    pressure, ...first]);
  return {
    meta, gap, series, byKey, regions, marks, ...timed, ...tested, pressure: pressed,
    async rest() {
      await Promise.all(all);
      page.close();
    },
  };
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
