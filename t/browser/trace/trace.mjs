// SPDX-License-Identifier: Apache-2.0
// node trace.mjs CHROMIUM TRACE BENCH: opens TRACE in speedscope, a viewer that knows nothing of us, and compares what it
// has read with the test records of BENCH.  Prints TAP.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const [executablePath, traceFile, benchFile] = process.argv.slice(2);
const tests = readFileSync(benchFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const release = join(dirname(createRequire(import.meta.url).resolve('speedscope/package.json')), 'dist', 'release');
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };
const TIMEOUT_MS = 60000;

let count = 0;
function ok(good, title, detail) {
  count++;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${title}`);
  if (!good)
    console.log(`# ${JSON.stringify(detail)}`);
}

const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname.replace(/^\/$/, '/index.html').replaceAll('..', '');
  try {
    const body = readFileSync(join(release, path));
    response.setHeader('Content-Type', TYPES[path.split('.').pop()] ?? 'application/octet-stream');
    response.end(body);
  } catch {
    response.statusCode = 404;
    response.end();
  }
}).listen(0, 'localhost');
await new Promise((listening) => server.on('listening', listening));

const browser = await chromium.launch({ executablePath, headless: true, args: ['--headless', '--no-sandbox', '--enable-unsafe-swiftshader',
  '--disable-background-networking'] });
try {
  const page = await browser.newPage();
  const dialogs = [];
  page.on('dialog', (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.goto(`http://localhost:${server.address().port}/`);
  await page.setInputFiles('input[type=file]', traceFile);
  await page.waitForFunction(() => document.title.includes(' - speedscope'), null, { timeout: TIMEOUT_MS });
  ok(dialogs.length === 0, 'it opens the trace without a complaint', dialogs);
  // What it has understood comes out as its own format.
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: TIMEOUT_MS }), page.keyboard.press('Control+s')]);
  const { profiles, shared: { frames } } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  ok(profiles.length === 1 && profiles[0].name.includes('Tests') && profiles[0].name.includes('Lane 1') && profiles[0].unit === 'microseconds',
    'tests that ran one after the other are one lane', profiles.map((p) => [p.name, p.unit]));

  const { events } = profiles[0];
  const read = [];
  for (let i = 0; i < events.length; i += 2)
    read.push({ name: frames[events[i].frame].name, start: events[i].at, end: events[i + 1].at, pair: events[i].type + events[i + 1].type });
  const label = (test) => test.test.split('::').pop();
  const sorted = [...tests].sort((a, b) => a.test_start_ts - b.test_start_ts);
  ok(read.every((slice) => slice.pair === 'OC') && read.length === sorted.length, 'it has every test', [read.length, sorted.length]);
  ok(sorted.every((test, i) => read[i]?.name.startsWith(label(test)) && read[i].name.includes(`"outcome":"${test.outcome}"`)),
    'in their order, with names and outcomes', read.map((slice) => slice.name.slice(0, 60)));
  const first = sorted[0].test_start_ts;
  const off = sorted.map((test, i) => Math.max(Math.abs(read[i].start - (test.test_start_ts - first) * 1e6),
    Math.abs(read[i].end - (test.test_end_ts - first) * 1e6)));
  ok(Math.max(...off) <= 2, 'at their times, to two microseconds', Math.max(...off));
} finally {
  await browser.close();
  server.close();
}
console.log(`1..${count}`);
