// SPDX-License-Identifier: Apache-2.0
// Times as text: in the reader's time zone, in UTC, or since the run began.

const TIME_MODES = ['local', 'utc', 'elapsed'];
const TIME_NAMES = { local: 'Local time', utc: 'UTC', elapsed: 'Elapsed' };
const pad = (n, width = 2) => String(n).padStart(width, '0');

function timeParts(t, utc) {
  const ms = Math.floor(t * 1000 + 1e-4);
  const d = new Date(ms);
  return utc
    ? { y: d.getUTCFullYear(), mo: d.getUTCMonth() + 1, d: d.getUTCDate(), h: d.getUTCHours(), mi: d.getUTCMinutes(),
      s: d.getUTCSeconds(), ms: d.getUTCMilliseconds() }
    : { y: d.getFullYear(), mo: d.getMonth() + 1, d: d.getDate(), h: d.getHours(), mi: d.getMinutes(),
      s: d.getSeconds(), ms: d.getMilliseconds() };
}

function dateText(t, utc) {
  const p = timeParts(t, utc);
  return `${pad(p.y, 4)}-${pad(p.mo)}-${pad(p.d)}`;
}

// decimals: of the seconds, 0 or 3.
function clockText(t, utc, decimals = 0) {
  const p = timeParts(t, utc);
  return `${pad(p.h)}:${pad(p.mi)}:${pad(p.s)}${decimals ? `.${pad(p.ms, 3)}` : ''}`;
}

// 1:02:03.5, 2 d 1:02:03
function elapsedText(s, decimals = 0) {
  const unit = 10 ** decimals;
  const whole = Math.floor(Math.abs(s) * unit + 1e-4);
  const seconds = Math.floor(whole / unit);
  const [d, h, m] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const clock = `${h || d ? `${h}:${pad(m)}` : m}:${pad(seconds % 60)}`;
  return `${s < 0 && whole ? '−' : ''}${d ? `${d} d ` : ''}${clock}${decimals ? `.${pad(whole % unit, decimals)}` : ''}`;
}

// Times that texts are made of, by the mode that is on: state.time.
const momentText = (t, state, start, decimals = 0) => (state.time === 'elapsed' ? elapsedText(t - start, decimals)
  : clockText(t, state.time === 'utc', decimals));

// Labels of an axis whose ticks are `step` seconds apart: the day stands below where it is new.
function tickTexts(ticks, step, utc) {
  let day = '';
  return ticks.map((t) => {
    const p = timeParts(t, utc);
    const date = dateText(t, utc);
    const time = step >= 86400 ? ''
      : step >= 60 ? `${pad(p.h)}:${pad(p.mi)}` : clockText(t, utc, step < 1 ? 3 : 0);
    const text = date === day ? time : time ? `${time}\n${date}` : date;
    day = date;
    return text;
  });
}

const ELAPSED_STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 14400, 21600, 43200, 86400, 172800, 345600, 604800, 1209600, 2419200];
const elapsedStep = (least) => ELAPSED_STEPS.find((s) => s >= least) ?? Math.ceil(least / 2419200) * 2419200;

// uPlot's time axis of a row; only the lowest one has texts.
function timeAxis(size, texts, run, state, axis) {
  const { start } = run.meta;
  const options = {
    ...axis('x', 2, size), gap: 9, space: 90, grid: { stroke: () => theme.grid, width: 1 },
    values: (u, ticks, i, space, step) => {
      if (!texts)
        return ticks.map(() => '');
      if (state.time !== 'elapsed')
        return tickTexts(ticks, step, state.time === 'utc');
      const gap = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
      return ticks.map((t) => elapsedText(t - start, gap < 0.999 ? 3 : 0));
    },
  };
  if (state.time === 'elapsed')
    options.splits = (u, i, min, max) => {
      const step = elapsedStep((max - min) / Math.max(1, u.bbox.width / devicePixelRatio / 90));
      const ticks = [];
      for (let k = Math.ceil((min - start) / step); start + k * step <= max && ticks.length < 100; k++)
        ticks.push(start + k * step);
      return ticks;
    };
  return options;
}

// The very rule of memplot/axis.c but for digits: units that are 0 are left out, and no number is rounded up to a whole unit more.
function spanText(s) {
  if (!(s >= 0))
    return '–';
  if (s < 0.9995)
    return `${Number((s * 1000).toFixed(s < 0.00995 ? 2 : 0))} ms`;
  if (s < 59.95)
    return `${s.toFixed(s < 9.995 ? 2 : 1)} s`;
  const [unit, part, name, partName] = [[86400, 3600, 'd', 'h'], [3600, 60, 'h', 'min'], [60, 1, 'min', 's']]
    .find(([whole, one]) => Math.round(s / one) >= whole / one) ?? [60, 1, 'min', 's'];
  const parts = Math.round(s / part);
  const per = unit / part;
  return `${Math.floor(parts / per)} ${name}${parts % per ? ` ${parts % per} ${partName}` : ''}`;
}
