// SPDX-License-Identifier: Apache-2.0
// Colours of what is drawn on canvases: those of the style sheet, and those of the series, of which memplot gives four: for
// light and for dark, in the usual palette and in the other.

const theme = { safe: false, dark: false };

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['text', 'faint', 'grid', 'back', 'accent', 'test', 'infra', 'edge', 'failed', 'warn', 'critical', 'warn-strip', 'critical-strip',
    'model', 'loading'])
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.dark = matchMedia('screen and (prefers-color-scheme: dark)').matches;
  theme.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
}

const rgbOf = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

const ofTheme = (colours) => colours[(theme.safe ? 2 : 0) + (theme.dark ? 1 : 0)];
const colourOf = (series) => ofTheme(series.shades ?? series.colours);
const textColourOf = (series) => ofTheme(series.text_colours);
const bandColour = (bands, band) => ofTheme(bands.colours[band]);

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
