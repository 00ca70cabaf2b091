// SPDX-License-Identifier: Apache-2.0
// Wiring.

function showHead(run, actions) {
  const { meta, tests, ts } = run;
  const byId = (id) => document.getElementById(id);
  byId('title').textContent = meta.title;
  const ram = meta.ram_total_gb ?? run.byKey.ram_total_gb?.column.at(0);
  byId('facts').textContent = [meta.hostname, meta.hw_model === 'unknown' ? '' : meta.hw_model, meta.chip, meta.platform,
    meta.gpu, ram > 0 ? `${ram} GB RAM` : '', meta.command ? clip(meta.command) : '',
    meta.exit_code !== null ? `exit status ${meta.exit_code}` : ''].filter(Boolean).join(' · ');
  const chips = [`${dateText(meta.start, meta.utc)} ${clockText(meta.start, meta.utc)}${meta.utc ? ' UTC' : ''}`];
  if (meta.end > meta.start)
    chips.push(spanText(meta.end - meta.start));
  if (ts.length)
    chips.push(`${ts.length.toLocaleString('en')} sample${ts.length === 1 ? '' : 's'}${meta.step ? `, every ${spanText(meta.step)}` : ''}`);
  byId('counts').append(...chips.map((text) => element('span', 'chip', text)));
  for (const outcome of meta.outcomes) {
    const n = tests.filter((test) => test.outcome === outcome).length;
    if (!n)
      continue;
    const chip = element(outcome === 'failed' ? 'button' : 'span', `chip ${outcome}`, `${n.toLocaleString('en')} ${outcome}`);
    if (outcome === 'failed')
      chip.addEventListener('click', actions.nextFailed);
    byId('counts').append(chip);
  }
  byId('footer').textContent = `${meta.generator} · times in ${meta.utc ? 'UTC'
    : Intl.DateTimeFormat().resolvedOptions().timeZone} · gaps are gaps: what was not measured is not drawn`;
}

async function start() {
  const run = await loadRun();
  const view = new View(run.meta.start, run.meta.end);
  const state = { infra: true, labels: true, utc: run.meta.utc };
  const page = document.getElementById('page');
  const rowsElement = document.getElementById('rows');
  const filled = run.meta.rows.map((_, i) => i).filter((i) => run.series.some((s) => s.row === i && s.drawn));
  // Tests without samples still need a time axis.
  const rows = (filled.length ? filled : [0]).map((i, k, all) => new Row(i, run, view, state, k === all.length - 1));
  rows[0].firstRow = true;
  rowsElement.append(...rows.map((row) => row.element));
  readTheme();
  page.hidden = false;

  // Measured when the window changes, not when it is asked for: measuring makes the browser lay out the page.
  let wide = rowsElement.clientWidth;
  const width = () => wide;
  const plot = () => ({ left: LEFT_PX, width: Math.max(1, wide - LEFT_PX - RIGHT_PX) });
  const labels = new Labels(run, view, state, plot);
  const overview = new Overview(run, view, plot);
  const hover = new Hover(run, view, state, plot);
  const draw = () => {
    rows.forEach((row) => row.draw(width()));
    labels.draw(width());
    overview.draw(width());
  };
  const rebuild = () => {
    readTheme();
    labels.draw(width());
    rows.forEach((row) => row.build(width()));
    overview.draw(width());
  };
  let failedAt = -1;
  const actions = {
    nextFailed() {
      const failed = run.tests.filter((test) => test.outcome === 'failed');
      if (!failed.length)
        return;
      failedAt = (failedAt + 1) % failed.length;
      view.show(failed[failedAt].start, failed[failedAt].end);
    },
    search: () => list.focus(),
  };
  const list = new TestList(run, view, state, (test) => {
    view.show(test.start, test.end);
    document.getElementById('stage').scrollIntoView({ block: 'nearest' });
  });
  showHead(run, actions);
  new Legend(run, state, rebuild);
  new Interaction(view, hover, plot, actions);
  rebuild();
  view.listen(draw);
  const refit = () => {
    wide = rowsElement.clientWidth;
    rebuild();
  };
  new ResizeObserver(() => rowsElement.clientWidth !== rows[0].plot.width && refit()).observe(rowsElement);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', rebuild);
  // Paper is narrower than the window, and white.
  matchMedia('print').addEventListener('change', refit);

  // For tests and the curious: read only.
  Object.defineProperty(window, 'memplot', { value: Object.freeze({
    view: () => ({ min: view.min, max: view.max, full: { ...view.full } }),
    at: (t) => valuesAt(run, t, 0),
    shown: () => hover.at,
    labels: () => structuredClone(labels.boxes),
    series: () => run.series.map((s) => ({ key: s.key, row: s.row, drawn: s.drawn, visible: s.visible })),
    rows: () => rows.map((row) => row.name),
    ticks: (row) => rows[row].plot.axes[1]._values,
    drawn: (row) => rows[row].plot.data,
    tests: () => structuredClone(run.tests),
    regions: () => structuredClone(run.regions),
    samples: () => run.ts.length,
    plot,
  }) });
}

start().catch((error) => {
  const problem = document.getElementById('problem');
  problem.hidden = false;
  problem.textContent = `The timeline cannot be drawn: ${error.message}. It needs a browser from 2023 or later.`;
});
