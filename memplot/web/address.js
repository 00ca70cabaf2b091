// SPDX-License-Identifier: Apache-2.0
// The state in the address: what is seen can be shared as a link, and is there again after a reload.
//
//     #t=1700000000.000,1700000060.500&hide=swap_used_mb&show=gpu_temp_c&off=infra,labels&palette=safe&time=utc
//
// t: the view, epoch seconds; hide, show: series that are not as they were at first; off: what else is switched off.

const WRITE_MS = 250;

class Address {
  constructor(run, view, state) {
    Object.assign(this, { run, view, state });
    this.firstTime = state.time;
  }
  read() {
    const { run, view, state } = this;
    this.known = location.hash;
    const given = new URLSearchParams(location.hash.slice(1));
    const list = (key) => (given.get(key) ?? '').split(',');
    for (const s of run.series.filter((one) => one.drawn))
      s.visible = s.on ? !list('hide').includes(s.key) : list('show').includes(s.key);
    state.infra = !list('off').includes('infra');
    state.labels = !list('off').includes('labels');
    state.time = TIME_MODES.includes(given.get('time')) ? given.get('time') : this.firstTime;
    theme.safe = given.get('palette') === 'safe';
    const [min, max] = list('t').map(Number);
    if (max > min && max > view.full.min && min < view.full.max)
      view.set(Math.max(min, view.full.min), Math.min(max, view.full.max));
    else
      view.reset();
  }
  text() {
    const { run, view, state } = this;
    const drawn = run.series.filter((s) => s.drawn && s.visible !== s.on);
    const parts = [
      ['t', view.isFull ? '' : `${view.min.toFixed(6)},${view.max.toFixed(6)}`],
      ['hide', drawn.filter((s) => s.on).map((s) => s.key).join()],
      ['show', drawn.filter((s) => !s.on).map((s) => s.key).join()],
      ['off', ['infra', 'labels'].filter((key) => !state[key]).join()],
      ['palette', theme.safe ? 'safe' : ''],
      ['time', state.time === this.firstTime ? '' : state.time],
    ];
    return parts.filter(([, value]) => value).map((part) => part.join('=')).join('&');
  }
  // The state is written when it has been still for a moment, and leaves no entry in the history.
  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const text = this.text();
      // Another address that was given a moment ago is not written over: it will be read.
      if (text === location.hash.slice(1) || location.hash !== this.known)
        return;
      try {
        history.replaceState(null, '', text ? `#${text}` : location.pathname + location.search);
        this.known = location.hash;
      } catch {
        // In a frame without an address of its own there is nothing to share.
      }
    }, WRITE_MS);
  }
}
