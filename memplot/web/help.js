// SPDX-License-Identifier: Apache-2.0
// The help: what pointer and keys do.

const KEY_SIGNS = { ArrowLeft: '←', ArrowRight: '→', PageUp: 'Page up', PageDown: 'Page down', '-': '−', Escape: 'Esc' };

class Help {
  constructor(keys) {
    this.dialog = document.getElementById('help');
    const line = (signs, text) => element('tr', '', element('td', '', ...signs), element('td', '', text));
    const rows = GESTURES.map(([gesture, text]) => line([gesture], text));
    for (const [names, text] of keys)
      rows.push(line(names.filter((name) => name !== '=').flatMap((name) => [element('kbd', '', KEY_SIGNS[name] ?? name), ' ']), text));
    rows.splice(GESTURES.length + 1, 0, line([element('kbd', '', 'Shift'), ' + ', element('kbd', '', '←'), ' ', element('kbd', '', '→')], 'pan'));
    const head = element('tr', '', ...['Keys', 'do this'].map((text) => {
      const cell = element('th', '', text);
      cell.scope = 'col';
      return cell;
    }));
    const close = button('more', 'Close');
    close.addEventListener('click', () => this.dialog.close());
    this.dialog.append(element('table', '', element('caption', '', 'Pointer and keys'), element('thead', '', head),
      element('tbody', '', ...rows)), close);
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
  }
  show() {
    this.dialog.showModal();
  }
}
