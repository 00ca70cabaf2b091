// SPDX-License-Identifier: Apache-2.0
// Colours of what is drawn on canvases: those of the style sheet, and the palette of the series.

const theme = { safe: false };
const GRAPHIC_CONTRAST = 3; // WCAG 2.1, 1.4.11
const TEXT_CONTRAST = 4.5; // and 1.4.3

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['text', 'faint', 'grid', 'back', 'accent', 'test', 'infra', 'edge', 'failed', 'warn', 'critical', 'warn-strip', 'critical-strip',
    'green', 'orange', 'red', 'safe-green', 'safe-orange', 'safe-red', 'model', 'loading'])
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
}

const rgbOf = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
const hexOf = (rgb) => `#${rgb.map((v) => Math.round(v).toString(16).padStart(2, '0')).join('')}`;

// Relative luminance and contrast, as WCAG 2.1 defines them.
function luminance(hex) {
  const [r, g, b] = rgbOf(hex).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

// The colour, moved towards black or white as far as it takes to be told from the background.
const readable = (() => {
  const known = new Map();
  return (hex, least) => {
    const key = `${hex} ${theme.back} ${least}`;
    if (!known.has(key)) {
      const towards = luminance(theme.back) > 0.18 ? 0 : 255;
      let share = 0;
      const mixed = () => hexOf(rgbOf(hex).map((v) => v + (towards - v) * share));
      while (contrast(mixed(), theme.back) < least && share < 1)
        share += 0.02;
      known.set(key, mixed());
    }
    return known.get(key);
  };
})();

// The k-th of n shades of a colour, light to dark: of one hue, in even steps of contrast, all told from the background.
const SHADE_CONTRASTS = [3.15, 14];
const shadeOf = (() => {
  const known = new Map();
  const mixed = (hex, share) => hexOf(rgbOf(hex).map((v) => (share < 0 ? v * (1 + share) : v + (255 - v) * share)));
  return (hex, k, n) => {
    const key = `${hex} ${theme.back} ${k}/${n}`;
    if (!known.has(key)) {
      const bright = luminance(theme.back) > 0.18;
      const [least, most] = SHADE_CONTRASTS;
      const step = n > 1 ? k / (n - 1) : 0;
      const wanted = least * (most / least) ** (bright ? step : 1 - step);
      const back = luminance(theme.back) + 0.05;
      const target = (bright ? back / wanted : back * wanted) - 0.05;
      let [dark, light] = [-1, 1]; // black, white
      for (let i = 0; i < 24; i++) {
        const middle = (dark + light) / 2;
        if (luminance(mixed(hex, middle)) < target)
          dark = middle;
        else
          light = middle;
      }
      known.set(key, mixed(hex, light));
    }
    return known.get(key);
  };
})();

// Series of single devices are shades of the colour that they share.
function colourOf(series) {
  const hex = theme.safe ? series.safe : series.colour;
  return series.shades ? shadeOf(hex, series.device, series.shades) : readable(hex, GRAPHIC_CONTRAST);
}
const textColourOf = (series) => readable(theme.safe ? series.safe : series.colour, TEXT_CONTRAST);
const bandColour = (band) => readable(theme[theme.safe ? `safe-${band}` : band], GRAPHIC_CONTRAST);

// The band of an amount of free RAM, GB; total NaN where it is not known.
function ramLimits(bands, total) {
  return total > 0 ? { green: total * bands.green, orange: total * bands.orange } : { green: bands.green_gb, orange: bands.orange_gb };
}

function ramBand(bands, free, total) {
  const { green, orange } = ramLimits(bands, total);
  return free > green ? 'green' : free > orange ? 'orange' : 'red';
}

function withAlpha(hex, alpha) {
  return hex + Math.round(alpha * 255).toString(16).padStart(2, '0');
}

function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className)
    made.className = className;
  made.append(...content);
  return made;
}

function button(className, ...content) {
  const made = element('button', className, ...content);
  made.type = 'button';
  return made;
}
