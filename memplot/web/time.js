// SPDX-License-Identifier: Apache-2.0
// Times as text, in UTC or in the reader's time zone.

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

function spanText(s) {
  if (!(s >= 0))
    return '–';
  if (s < 0.01)
    return `${(s * 1000).toFixed(2)} ms`;
  if (s < 1)
    return `${(s * 1000).toFixed(0)} ms`;
  if (s < 60)
    return `${s.toFixed(s < 10 ? 2 : 1)} s`;
  const whole = Math.round(s);
  const [d, h, m] = [Math.floor(whole / 86400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60];
  return d ? `${d} d ${h} h` : h ? `${h} h ${m} min` : `${m} min ${whole % 60} s`;
}
