// SPDX-License-Identifier: Apache-2.0
// Wiring.

const byId = (id) => document.getElementById(id);

function exitText({ commands, commands_failed: failed, exit_code: code }) {
  if (commands > 1)
    return `${failed || 'none'} of ${commands} commands failed`;
  return code !== null ? `exit status ${code}` : failed ? 'ended by a signal' : '';
}
function showHead(run, state, actions) {
  const { meta, tests, ts } = run;
  const utc = state.time === 'utc';
  byId('title').textContent = meta.title;
  const ram = meta.ram_total_gb ?? run.byKey.ram_total_gb?.column?.at(0);
  const fact = (key, text = meta[key]) => text && text !== 'unknown' && (meta.others.includes(key) ? `${text} and others` : text);
  byId('facts').textContent = [fact('hostname'), fact('hw_model'), fact('chip'), fact('platform'), fact('gpu'),
    fact('ram_total_gb', ram > 0 ? `${ram} GB RAM` : ''), fact('command', meta.command && clip(meta.command)),
    exitText(meta)].filter(Boolean).join(' · ');
  const chips = [`${dateText(meta.start, utc)} ${clockText(meta.start, utc)}${utc ? ' UTC' : ''}`];
  if (meta.end > meta.start)
    chips.push(spanText(meta.end - meta.start));
  if (ts.length)
    chips.push(`${ts.length.toLocaleString('en')} sample${ts.length === 1 ? '' : 's'}${meta.step ? `, every ${spanText(meta.step)}` : ''}`);
  byId('counts').replaceChildren(...chips.map((text) => element('span', 'chip', text)));
  meta.outcomes.forEach((outcome, index) => {
    const n = tests.columns.outcome?.q.reduce((sum, q) => sum + (q === index), 0) ?? 0;
    if (!n)
      return;
    const chip = (outcome === 'failed' ? button : element.bind(null, 'span'))(`chip ${outcome}`, `${n.toLocaleString('en')} ${outcome}`);
    if (outcome === 'failed') {
      chip.title = 'Go to the next failed test';
      chip.addEventListener('click', () => actions.failed(1));
    }
    byId('counts').append(chip);
  });
  const zones = { utc: 'times in UTC', elapsed: 'times since the beginning', local: `times in ${Intl.DateTimeFormat().resolvedOptions().timeZone}` };
  byId('footer').textContent = `${meta.generator} · ${zones[state.time]} · what was not measured is not drawn; of many samples in ` +
    'a pixel the band shows the least and greatest, the line their mean';
}

function makeRows(run, view, state) {
  const filled = run.meta.rows.map((_, i) => i).filter((i) => run.series.some((s) => s.row === i && s.drawn));
  // Tests without samples still need a time axis.
  const shown = filled.length ? filled : [0];
  return shown.map((i, k) => new Row(i, run, view, state, { first: k === 0, last: k === shown.length - 1 }));
}

// What buttons and keys do beyond moving the view.
function makeActions(run, view, hover, parts) {
  const { tests } = run;
  let at = -1;
  const go = (i) => {
    at = i;
    view.show(tests.starts[i], tests.ends[i]);
    hover.showTime((tests.starts[i] + tests.ends[i]) / 2);
    byId('stage').scrollIntoView({ block: 'nearest' });
  };
  // The next test in a direction that will do, round and round.
  const step = (direction, good) => {
    for (let k = 1, n = tests.length; k <= n; k++) {
      const i = ((at < 0 && direction < 0 ? 0 : at) + direction * k + n * 2) % n;
      if (good(i))
        return go(i);
    }
    return undefined;
  };
  return {
    failed: (direction) => step(direction, (i) => tests.kinds[i] === FAILED),
    test: (direction) => step(direction, () => true),
    show: (test) => go(test.index),
    search: () => parts.list.focus(),
    help: () => parts.help.show(),
  };
}

// For tests and the curious: read only, and no promise.
function exposeHandle(run, view, hover, labels, rows, plot, loaded) {
  const each = (list, get) => Array.from({ length: list.length }, (_, i) => get.call(list, i));
  Object.defineProperty(window, 'memplot', { value: Object.freeze({
    view: () => ({ min: view.min, max: view.max, full: { ...view.full } }),
    at: (t) => {
      const found = valuesAt(run, t, 0);
      return { ...found, tests: found.tests.map((i) => run.tests.get(i)), regions: found.regions.map((i) => run.regions.get(i)) };
    },
    shown: () => hover.at && { ...hover.at },
    labels: () => structuredClone(labels.boxes),
    series: () => run.series.map((s) => ({ key: s.key, row: s.row, drawn: s.drawn, visible: s.visible, colour: colourOf(s),
      style: s.style, loaded: s.column !== null })),
    rows: () => rows.map((row) => row.name),
    ticks: (row) => rows[row].plot.axes[1]._values,
    // As uPlot has them: of the left and of the right, null where there is none.
    axes: (row) => ['left', 'right'].map((scale) => {
      const { plot } = rows[row];
      const axis = plot.axes.find((one) => one.scale === scale);
      return axis ? { min: plot.scales[scale].min, max: plot.scales[scale].max, ticks: axis._values } : null;
    }),
    // uPlot's data, or per pixel column what is painted.
    drawn: (row) => rows[row].plot.data,
    painted: (row) => rows[row].dense && {
      bounds: Array.from({ length: rows[row].columns.n + 1 }, (_, c) => rows[row].columns.time(c)),
      series: rows[row].order.map((s, k) => ({ key: s.key, least: rows[row].dense[k]?.least, greatest: rows[row].dense[k]?.greatest })),
    },
    tests: () => each(run.tests, run.tests.get),
    regions: () => each(run.regions, run.regions.get),
    samples: () => run.ts.length,
    loaded: () => loaded.done,
    plot,
  }) });
}

async function start() {
  const run = await loadRun();
  const view = new View(run.meta.start, run.meta.end);
  const state = { infra: true, labels: true, time: run.meta.utc ? 'utc' : 'local' };
  const address = new Address(run, view, state);
  address.read();
  const stage = byId('rows');
  const rows = makeRows(run, view, state);
  stage.append(...rows.map((row) => row.element));
  readTheme();
  byId('page').hidden = false;
  byId('static')?.classList.add('drawn');

  // Measured when the window changes, not when it is asked for: measuring makes the browser lay out the page.
  let wide = stage.clientWidth;
  const plot = () => ({ left: LEFT_PX, width: Math.max(1, wide - LEFT_PX - RIGHT_PX) });
  const labels = new Labels(run, view, state, plot);
  const overview = new Overview(run, view, plot);
  const hover = new Hover(run, view, state, plot);
  const draw = () => {
    const columns = new PixelColumns(run, view.min, view.width, plot().width * devicePixelRatio, view.full.min);
    rows.forEach((row) => row.draw(columns));
    labels.draw(wide);
    overview.draw(wide);
    hover.follow();
    address.changed();
  };
  const rebuild = () => {
    readTheme();
    rows.forEach((row) => row.build(wide));
    draw();
  };
  const parts = {};
  document.querySelector('.of-tests').hidden = !run.tests.length;
  const actions = makeActions(run, view, hover, parts);
  parts.list = new TestList(run, state, actions.show);
  const legend = new Legend(run, state, () => changed());
  const loaded = { done: false };
  const changed = () => {
    showHead(run, state, actions);
    parts.list.find();
    legend.paint();
    rebuild();
  };
  parts.help = new Help(new Interaction(view, hover, plot, actions).keys);
  byId('help-button').addEventListener('click', actions.help);
  changed();
  view.listen(draw);
  const refit = () => {
    wide = stage.clientWidth;
    rebuild();
  };
  // On paper there is the static picture, and no room here.
  new ResizeObserver(() => stage.clientWidth && stage.clientWidth !== wide && refit()).observe(stage);
  const recolour = () => {
    readTheme();
    legend.paint();
    rebuild();
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
  addEventListener('hashchange', () => {
    address.read();
    legend.fill();
    changed();
  });
  exposeHandle(run, view, hover, labels, rows, plot, loaded);
  await run.rest();
  loaded.done = true;
  if (run.series.some((s) => s.drawn && !s.on && s.visible))
    rebuild();
}

start().catch((error) => {
  const problem = byId('problem');
  problem.hidden = false;
  problem.textContent = `The timeline cannot be drawn: ${error.message}. It needs a browser from 2023 or later.`;
});
