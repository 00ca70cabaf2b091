// SPDX-License-Identifier: Apache-2.0
// Colours of what is drawn on canvases: those of the style sheet, and the palette of the series.

const theme = { safe: false };

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['text', 'faint', 'grid', 'back', 'accent', 'test', 'infra', 'edge', 'failed', 'warn', 'critical',
    'green', 'orange', 'red', 'safe-green', 'safe-orange', 'safe-red', 'model', 'loading'])
    theme[name] = style.getPropertyValue(`--${name}`).trim();
  theme.font = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
}

const colourOf = (series) => (theme.safe ? series.safe : series.colour);
const bandColour = (band) => theme[theme.safe ? `safe-${band}` : band];

// The band of an amount of free RAM, GB; total NaN where it is not known.
function ramBand(bands, free, total) {
  const green = total > 0 ? total * bands.green : bands.green_gb;
  const orange = total > 0 ? total * bands.orange : bands.orange_gb;
  return free > green ? 'green' : free > orange ? 'orange' : 'red';
}

function withAlpha(hex, alpha) {
  return hex + Math.round(alpha * 255).toString(16).padStart(2, '0');
}
