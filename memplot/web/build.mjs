// SPDX-License-Identifier: Apache-2.0
// Assembles the page: node build.mjs SOURCES BUILD, where BUILD holds node_modules.  Writes its parts to BUILD, between
// which memplot puts what it knows: head.html, the title, body.html, the static picture and meta, script.html, the columns,
// tail.html.  The script comes before the columns, so that it works on them while they are read.
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
const scripts = ['theme', 'kernel', 'blocks', 'intervals', 'run', 'reduce', 'time', 'view', 'regions', 'paint', 'labels', 'axis', 'rows', 'hover',
  'legend', 'table', 'overview', 'interaction', 'help', 'address', 'main'];

// Our files are shipped without comment lines and indentation; nothing else is changed.
const slim = (text) => text.split('\n').map((line) => line.trim())
  .filter((line) => line && !line.startsWith('//')).join('\n');

// The page holds uPlot, so it holds its notice, whole, as its licence asks; a paragraph a line.
const notice = uplot('LICENSE').trim().split(/\n\s*\n/).map((part) => part.replace(/\s+/g, ' ')).join('\n');
if (!/^The MIT License.*\nCopyright .*\nPermission is hereby granted.*\nThe above copyright notice/s.test(notice) || notice.includes('*/'))
  throw new Error('this is not the licence of uPlot that is known');
const version = JSON.parse(uplot('package.json')).version;
const script = [
  `/* uPlot ${version}:\n${notice} */`,
  uplot('dist/uPlot.iife.min.js').replace(/^\/\*[^]*?\*\/\s*/, '').trim(),
  '(() => {',
  "'use strict';",
  ...scripts.map((name) => slim(read(sources, `${name}.js`))),
  '})();',
].join('\n');
const style = [uplot('dist/uPlot.min.css').trim(), slim(read(sources, 'style.css')),
  slim(read(sources, 'svg.css')).replace(/^\/\*[^]*?\*\/\n/, '')].join('\n');
if (/<\/(script|style)|<!--/i.test(script + style))
  throw new Error('the script or style holds a tag that would end it');

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
  "worker-src blob:; base-uri 'none'; form-action 'none'";

const page = read(sources, 'page.html').replace('@POLICY@', () => policy).replace('@STYLE@', () => style).replace('@SCRIPT@', () => script);
const parts = page.split(/@TITLE@|@STATIC@|@COLUMNS@/);
if (parts.length !== 4)
  throw new Error('page.html needs @TITLE@, @STATIC@ and @COLUMNS@, once each');
['head', 'body', 'script', 'tail'].forEach((name, k) => writeFileSync(join(build, `${name}.html`), parts[k].replace(/^\n/, '')));
