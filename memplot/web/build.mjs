// Assembles the page: node build.mjs SOURCES BUILD, where BUILD holds node_modules.  Writes BUILD/head.html
// (to the title), BUILD/body.html (from there to the data) and BUILD/tail.html (the script and the end).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [sources, build] = process.argv.slice(2);
if (!build) {
  console.error('usage: node build.mjs SOURCES BUILD');
  process.exit(2);
}
const read = (...path) => readFileSync(join(...path), 'utf8');
const uplot = (file) => read(build, 'node_modules', 'uplot', file);

// In this order; each is one noun, and all share one scope.
const scripts = ['theme', 'decode', 'intervals', 'run', 'reduce', 'time', 'view', 'regions', 'paint', 'labels', 'rows', 'hover',
  'legend', 'table', 'overview', 'interaction', 'help', 'address', 'main'];

// Our files are shipped without comment lines and indentation; nothing else is changed.
const slim = (text) => text.split('\n').map((line) => line.trim())
  .filter((line) => line && !line.startsWith('//')).join('\n');

const license = uplot('LICENSE').match(/Copyright.*/)[0];
const script = [
  `/* uPlot ${JSON.parse(uplot('package.json')).version}, MIT license, ${license} */`,
  uplot('dist/uPlot.iife.min.js').replace(/^\/\*[^]*?\*\/\s*/, '').trim(),
  '(() => {',
  "'use strict';",
  ...scripts.map((name) => slim(read(sources, `${name}.js`))),
  '})();',
].join('\n');
const style = [uplot('dist/uPlot.min.css').trim(), slim(read(sources, 'style.css')),
  slim(read(sources, 'svg.css')).replace(/^\/\*.*\*\/\n/, '')].join('\n');
if (/<\/(script|style)|<!--/i.test(script + style))
  throw new Error('the script or style holds a tag that would end it');

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
  "base-uri 'none'; form-action 'none'";

const page = read(sources, 'page.html').replace('@POLICY@', () => policy).replace('@STYLE@', () => style);
const [head, body, ...rest] = page.split('@TITLE@');
const [before, after] = (body ?? '').split('@DATA@');
if (after === undefined || rest.length)
  throw new Error('page.html needs @TITLE@ once, and @DATA@ after it');
writeFileSync(join(build, 'head.html'), head);
writeFileSync(join(build, 'body.html'), before);
writeFileSync(join(build, 'tail.html'), `<script>${script}</script>\n${after.trimStart()}`);
