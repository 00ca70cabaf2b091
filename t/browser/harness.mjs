// SPDX-License-Identifier: Apache-2.0
// What tests of memplot's page share: node SCRIPT CHROMIUM FOLDER ...; pages lie in FOLDER, TAP is printed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const [executablePath, folder, ...files] = process.argv.slice(2);
export const records = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));

let count = 0;
export function ok(good, title, detail) {
  count++;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${title}`);
  if (!good && detail !== undefined)
    console.log(`# ${JSON.stringify(detail)}`);
}
export const equal = (got, want, title) => ok(JSON.stringify(got) === JSON.stringify(want), title, { got, want });
export const near = (a, b, within) => Math.abs(a - b) <= within;

// A busy machine may take its time.
const timeout = 300000;
export const browser = await chromium.launch({ executablePath, headless: true, timeout, args: ['--headless', '--no-sandbox', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'] });

export async function open(name, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(timeout);
  const noise = [];
  page.on('console', (m) => noise.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => noise.push(`error: ${e.message}`));
  page.on('dialog', (d) => { noise.push(`dialog: ${d.message()}`); d.dismiss(); });
  // A worker's source is a blob of the page itself.
  page.on('request', (r) => r.url().startsWith('blob:null/') || r.url().split('#')[0] === `file://${folder}/${name.split('#')[0]}` || noise.push(`request: ${r.url()}`));
  await page.goto(`file://${folder}/${name}`);
  await page.waitForFunction(() => window.memplot?.loaded?.());
  return { page, noise };
}
// Does it become true?
export const becomes = (page, what, arg) => page.waitForFunction(what, arg, { timeout: 60000 }).then(() => true, () => false);
// Gives the page another address, which it has read then and drawn what that asks for.
export const go = (page, hash) => page.evaluate((to) => new Promise((done) => {
  addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
  location.hash = to;
}), hash);
export const view = (page) => page.evaluate(() => window.memplot.view());
// The view is drawn in the frame after it changed.
export const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
export const width = (v) => v.max - v.min;

// Where time t is on the screen.
export async function pointAt(page, t) {
  const [x, stage] = await page.evaluate((at) => {
    const { left, width: w } = window.memplot.plot();
    const v = window.memplot.view();
    return [left + (at - v.min) / (v.max - v.min) * w, document.getElementById('stage').getBoundingClientRect().left];
  }, t);
  const box = await page.locator('#rows').boundingBox();
  return { x: stage + x, y: box.y + 60 };
}

// Writes a page of records, as memplot makes it.
export function make(name, list, ...options) {
  const input = `${folder}/${name}.jsonl`;
  writeFileSync(input, list.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join(''));
  execFileSync('memplot', ['-o', `${folder}/${name}.html`, ...options, input], { stdio: ['ignore', 'inherit', 'inherit'] });
}

// Runs tests one after the other; the browser goes whatever happens.
export async function runAll(...list) {
  try {
    for (const test of list)
      await test();
  } finally {
    await browser.close();
  }
}
