// SPDX-License-Identifier: Apache-2.0
// The legend: what each colour means, and switches for it.

class Legend {
  constructor(run, state, redraw) {
    this.element = document.getElementById('legend');
    run.meta.rows.forEach((name, row) => {
      const series = run.series.filter((s) => s.row === row && s.drawn);
      if (series.length)
        this.group(name, series.map((s) => this.seriesSwitch(s, redraw)));
    });
    const switches = [];
    if (run.tests.some((test) => testClass(test) === 'infra'))
      switches.push(this.stateSwitch('infra', 'Infrastructure tests', state, redraw, 'infra'));
    if (run.tests.length || run.regions.length)
      switches.push(this.stateSwitch('labels', 'Names', state, redraw));
    switches.push(this.toggle('safe', 'Distinct colours', theme.safe, (on) => {
      theme.safe = on;
      this.paint();
      redraw();
    }));
    this.group('Show', switches);
    this.paint();
  }
  group(name, buttons) {
    this.element.append(element('div', 'legend-group', element('span', 'legend-name', name), ...buttons));
  }
  toggle(key, label, on, change, swatch) {
    const button = element('button', '', ...(swatch ? [swatch] : []), label);
    button.type = 'button';
    button.dataset.key = key;
    button.dataset.state = '';
    button.setAttribute('aria-pressed', on);
    button.addEventListener('click', () => {
      const now = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', now);
      change(now);
    });
    return button;
  }
  seriesSwitch(s, redraw) {
    const swatch = element('i', `swatch ${s.style}`);
    (this.swatches ??= []).push([swatch, s]);
    const button = this.toggle(s.key, s.label, s.visible, (on) => {
      s.visible = on;
      redraw();
    }, swatch);
    button.dataset.series = '';
    delete button.dataset.state;
    return button;
  }
  stateSwitch(key, label, state, redraw, swatch) {
    return this.toggle(key, label, state[key], (on) => {
      state[key] = on;
      redraw();
    }, swatch ? element('i', `swatch region ${swatch}`) : undefined);
  }
  paint() {
    for (const [swatch, s] of this.swatches ?? []) {
      swatch.style.borderTopColor = colourOf(s);
      swatch.style.background = s.style === 'fill' || s.style === 'stack' ? withAlpha(colourOf(s), 0.35) : 'none';
    }
  }
}
