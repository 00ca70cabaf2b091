// SPDX-License-Identifier: Apache-2.0
// The list of tests, and the search: names that have no room in the picture are found here.

const LIST_STEP = 200; // rows that are added at a time

class TestList {
  constructor(run, view, state, show) {
    Object.assign(this, { run, view, state, show });
    this.details = document.getElementById('list');
    this.details.hidden = !run.tests.length;
    this.details.firstElementChild.textContent = `All ${run.tests.length} tests`;
    this.details.addEventListener('toggle', () => this.details.open && this.fill());
    this.made = false;
  }
  fill() {
    if (this.made)
      return;
    this.made = true;
    this.search = element('input');
    this.search.type = 'search';
    this.search.placeholder = 'Search tests, models, outcomes';
    this.search.setAttribute('aria-label', this.search.placeholder);
    this.search.addEventListener('input', () => this.find());
    const head = element('tr', '', ...['Start', 'Duration', 'Outcome', 'Test', 'Model'].map((t) => element('th', '', t)));
    this.body = element('tbody');
    this.more = element('button', 'more', 'More');
    this.more.type = 'button';
    this.more.addEventListener('click', () => this.extend());
    document.getElementById('list-body').append(this.search,
      element('table', '', element('thead', '', head), this.body), this.more);
    this.find();
  }
  find() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = this.run.tests.filter((test) => {
      const text = `${test.id} ${test.model} ${test.outcome} ${test.modality}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    this.body.replaceChildren();
    this.extend();
  }
  extend() {
    const from = this.body.children.length;
    this.body.append(...this.found.slice(from, from + LIST_STEP).map((test) => this.row(test)));
    this.more.hidden = this.body.children.length >= this.found.length;
    this.more.textContent = `${this.found.length - this.body.children.length} more`;
  }
  row(test) {
    const { utc } = this.state;
    const name = element('button', 'link', clip(test.id, 300));
    name.type = 'button';
    name.title = 'Show it in the timeline';
    name.addEventListener('click', () => this.show(test));
    const row = element('tr', test.outcome, element('td', '', clockText(test.start, utc)),
      element('td', 'n', spanText(test.end - test.start)),
      element('td', '', test.outcome), element('td', '', name),
      element('td', '', clip(test.model) + (test.inferred ? ' (was loaded)' : '')));
    return row;
  }
  focus() {
    this.details.open = true;
    this.fill();
    this.search.focus();
  }
}
