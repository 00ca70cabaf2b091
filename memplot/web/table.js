// SPDX-License-Identifier: Apache-2.0
// The table of tests, and the search: names that have no room in the picture are found here.

const LIST_STEP = 200; // rows that are added at a time

// The tests that have each word in a name, the model, the outcome or the modality.  Every name is looked at once.
function findTests(tests, words) {
  const { names, outcomes } = tests.meta;
  const columns = ['id', 'model', 'modality'].map((field) => tests.columns[field]).filter(Boolean);
  const hits = words.map((word) => ({
    names: Uint8Array.from(names, (name) => name.toLowerCase().includes(word)),
    outcomes: outcomes.map((outcome) => outcome.includes(word)),
  }));
  const found = [];
  for (let i = 0; i < tests.length; i++)
    if (hits.every((hit) => hit.outcomes[tests.columns.outcome.q[i]] || columns.some((column) => column.has(i) && hit.names[column.at(i)])))
      found.push(i);
  return found;
}

class TestList {
  // show(test): the caller shows it in the picture.
  constructor(run, state, show) {
    Object.assign(this, { run, state, show });
    this.details = document.getElementById('list');
    this.details.hidden = !run.tests.length;
    this.details.firstElementChild.textContent = run.tests.length === 1 ? 'The test' : `All ${run.tests.length.toLocaleString('en')} tests`;
    this.details.addEventListener('toggle', () => this.details.open && this.fill());
    this.made = false;
  }
  fill() {
    if (this.made)
      return;
    this.made = true;
    this.search = element('input');
    this.search.type = 'search';
    this.search.id = 'search';
    this.search.placeholder = 'Search tests, models, outcomes';
    this.search.setAttribute('aria-label', this.search.placeholder);
    this.search.addEventListener('input', () => this.find());
    this.status = element('p', 'found');
    this.status.setAttribute('role', 'status');
    const head = element('tr', '', ...['Start', 'Duration', 'Outcome', 'Test', 'Model'].map((text) => {
      const cell = element('th', '', text);
      cell.scope = 'col';
      return cell;
    }));
    this.body = element('tbody');
    this.more = button('more', 'More');
    this.more.addEventListener('click', () => this.extend());
    document.getElementById('list-body').append(this.search, this.status,
      element('table', '', element('caption', '', 'Tests, by their start; a name shows its test in the timeline'),
        element('thead', '', head), this.body), this.more);
    this.find();
  }
  find() {
    if (!this.made)
      return;
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    this.found = findTests(this.run.tests, words);
    this.status.textContent = words.length ? `${this.found.length.toLocaleString('en')} found` : '';
    this.body.replaceChildren();
    this.extend();
  }
  extend() {
    const from = this.body.children.length;
    this.body.append(...this.found.slice(from, from + LIST_STEP).map((i) => this.row(this.run.tests.get(i))));
    const left = this.found.length - this.body.children.length;
    this.more.hidden = left <= 0;
    this.more.textContent = `${left.toLocaleString('en')} more`;
  }
  row(test) {
    const name = button('link', clip(test.id, 300));
    name.title = 'Show it in the timeline';
    name.addEventListener('click', () => this.show(test));
    const head = element('th', '', name);
    head.scope = 'row';
    const { start, end } = this.run.meta;
    const utc = this.state.time === 'utc';
    // Where there are several days, a time of day alone says little.
    const day = this.state.time === 'elapsed' || dateText(start, utc) === dateText(end, utc) ? '' : `${dateText(test.start, utc)} `;
    return element('tr', test.outcome, element('td', '', day + momentText(test.start, this.state, start)),
      element('td', 'n', spanText(test.end - test.start)), element('td', '', test.outcome), head,
      element('td', '', clip(test.model) + (test.inferred ? ' (was loaded)' : '')));
  }
  focus() {
    this.details.open = true;
    this.fill();
    this.search.focus();
  }
}
