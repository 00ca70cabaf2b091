// SPDX-License-Identifier: Apache-2.0
// The axis of a row's values: the very rule of the static picture, memplot/svg_scale.c, so that both tell one story.
// Amounts stand on 0, per cent reach 100 at least, both ends are round; zooming changes nothing.

const AXIS_TICKS = 5;
const AXIS_LEAST_SPAN = 1e-6; // less is nothing: a step must not vanish
const AXIS_MULTIPLES = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M']]; // what large numbers are told in

// The least round step (1, 2 or 5 times a power of ten) of which at most AXIS_TICKS cover span > 0.
function axisStep(span) {
  const least = span / AXIS_TICKS;
  const unit = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((round) => round * unit * (1 + 1e-9) >= least) ?? 10) * unit;
}

// extremes: [least, greatest] of each series on it, NaN for one without values; percent: is one of them in per cent?
function valueAxis(extremes, percent) {
  let [least, most] = [0, percent ? 100 : 0];
  for (const [low, high] of extremes) {
    least = low < least ? low : least;
    most = high > most ? high : most;
  }
  if (most - least < AXIS_LEAST_SPAN)
    most = least + 1;
  const step = axisStep(most - least);
  most = Math.ceil(most / step - 1e-9) * step;
  least = Math.floor(least / step + 1e-9) * step;
  const ticks = Array.from({ length: Math.round((most - least) / step) + 1 }, (_, i) => least + i * step);
  return { least, most, ticks, labels: axisLabels(least, most, step, ticks.length) };
}

function axisLabels(least, most, step, n) {
  const greatest = Math.max(Math.abs(least), Math.abs(most));
  const [of, sign] = (greatest >= 1e7 && AXIS_MULTIPLES.find(([multiple]) => greatest >= multiple)) || [1, ''];
  const told = step / of;
  const decimals = told >= 1 ? 0 : Math.min(Math.ceil(-Math.log10(told) - 1e-9), 9);
  return Array.from({ length: n }, (_, i) => (least / of + i * told).toFixed(decimals).replace(/^-(?=[0.]*$)/, '') + sign);
}
