// SPDX-License-Identifier: Apache-2.0
// The legend: what each colour means, and switches for it.

class Legend {
  // changed(): a switch was used; the caller draws.
  constructor(run, state, changed) {
    Object.assign(this, { run, state, changed });
    this.element = document.getElementById('legend');
    this.fill();
  }
  fill() {
    const { run } = this;
    this.element.replaceChildren();
    run.meta.rows.forEach((name, row) => {
      const series = run.series.filter((s) => s.row === row && s.drawn);
      if (series.length)
        this.group(name, series.map((s) => this.seriesSwitch(s)));
    });
    const meanings = this.meanings();
    if (meanings.length)
      this.group('Meaning', meanings.map(([className, text]) => element('span', 'meaning', element('i', `swatch ${className}`), text)));
    this.group('Show', this.switches());
  }
  group(name, parts) {
    const label = element('span', 'legend-name', name);
    const group = element('div', 'legend-group', label, ...parts);
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', name);
    this.element.append(group);
  }
  // What colours stand for that nobody can switch; only those that are on the page.
  meanings() {
    const { run } = this;
    const { kinds } = run.tests;
    const { green, orange } = ramLimits(run.meta.bands, run.byKey.ram_total_gb?.column?.at(0) || run.meta.ram_total_gb);
    // Of several machines each has its own limits.
    const [most, some] = run.meta.others.includes('ram_total_gb')
      ? [run.meta.bands.green, run.meta.bands.orange].map((share) => `${Number((100 * share).toPrecision(3))} %`)
      : [green, orange].map((v) => `${Number(v.toPrecision(3))} GB`);
    const bands = run.byKey.ram_free_gb?.drawn;
    const warn = run.pressure.kinds.includes(2);
    return [
      [bands, 'dot green', `over ${most} free`], [bands, 'dot orange', `over ${some}`], [bands, 'dot red', 'less'],
      [kinds.includes(TEST), 'region test', 'test with a model'], [kinds.includes(INFRA), 'region infra', kinds.includes(TEST) ? 'without' : 'test without a model'],
      [kinds.includes(FAILED), 'region hatched', '✗ failed'], [kinds.includes(SKIPPED), 'tick', 'skipped'],
      [warn, 'region warn', 'memory pressure: warn'],
      [run.pressure.kinds.includes(4), 'region critical', warn ? 'critical' : 'memory pressure: critical'],
      [run.regions.length, 'region loading', 'model loading'], [run.regions.length, 'region model', 'in RAM'],
      [run.marks.ts.length, 'rule accent', 'mark'], [run.breaks.length, 'rule faint', 'next recording'],
    ].filter(([there]) => there).map(([, className, text]) => [className, text]);
  }
  switches() {
    const { run, state } = this;
    const made = [];
    if (run.tests.kinds.includes(INFRA))
      made.push(this.toggle('infra', 'Infrastructure tests', state.infra, (on) => {
        state.infra = on;
      }));
    if (run.tests.length || run.regions.length || run.marks.ts.length)
      made.push(this.toggle('labels', 'Names', state.labels, (on) => {
        state.labels = on;
      }));
    made.push(this.toggle('safe', 'Colour-blind palette', theme.safe, (on) => {
      theme.safe = on;
    }));
    const select = element('select', '', ...TIME_MODES.map((mode) => new Option(TIME_NAMES[mode], mode, false, state.time === mode)));
    select.dataset.key = 'time';
    select.setAttribute('aria-label', 'Time axis');
    select.addEventListener('change', () => {
      state.time = select.value;
      this.changed();
    });
    return [...made, select];
  }
  toggle(key, label, on, change, swatch) {
    const made = button('', ...(swatch ? [swatch] : []), label);
    made.dataset.key = key;
    made.dataset.state = '';
    made.setAttribute('aria-pressed', on);
    made.addEventListener('click', () => {
      const now = made.getAttribute('aria-pressed') !== 'true';
      made.setAttribute('aria-pressed', now);
      change(now);
      this.paint();
      this.changed();
    });
    return made;
  }
  seriesSwitch(s) {
    const made = this.toggle(s.key, s.label, s.visible, (on) => {
      s.visible = on;
    }, element('i', `swatch ${s.of ? 'mean' : s.style}`));
    made.dataset.series = '';
    delete made.dataset.state;
    return made;
  }
  // The colours of the palette that is on.
  paint() {
    for (const made of this.element.querySelectorAll('[data-series]')) {
      const s = this.run.byKey[made.dataset.key];
      const swatch = made.firstChild;
      swatch.style.borderTopColor = colourOf(s);
      swatch.style.background = s.style === 'fill' || s.style === 'stack' ? withAlpha(colourOf(s), 0.35) : 'none';
    }
    for (const band of ['green', 'orange', 'red'])
      for (const dot of this.element.querySelectorAll(`.dot.${band}`))
        dot.style.background = bandColour(this.run.meta.bands, band);
  }
}
