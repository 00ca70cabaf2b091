// SPDX-License-Identifier: Apache-2.0
// One stream of all files that are one line: stream.mjs FILES VERDICTS LINES FOLDER writes FOLDER/in, and what a filter
// for lines must make of it by the parser's verdicts: FOLDER/out and FOLDER/err.  Prints how many lines there are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [files, verdictsFile, linesFile, folder] = process.argv.slice(2);
const rows = (path) => readFileSync(path, 'utf8').split('\n').filter((row) => row !== '' && !row.startsWith('#'));
const verdicts = new Map(rows(verdictsFile).map((row) => [row.split('\t')[0], row.split('\t').slice(1)]));
const taken = new Set(rows(linesFile));

const lf = Buffer.from('\n');
const [input, output, messages] = [[], [], []];
for (const file of readdirSync(files).sort()) {
  const name = file.replace(/\.json$/, '');
  const bytes = readFileSync(join(files, file));
  const text = bytes.at(-1) === lf[0] ? bytes.subarray(0, -1) : bytes;
  if (text.includes(lf)) continue;
  const line = Buffer.concat([text, lf]);
  input.push(line);
  const [verdict, place, message] = verdicts.get(name);
  if (verdict === 'accepted' || taken.has(name)) {
    output.push(line);
  } else {
    messages.push(`(standard input):${input.length}:${place.split(':')[1]}: not JSON: ${message}\n`);
  }
}
writeFileSync(join(folder, 'in'), Buffer.concat(input));
writeFileSync(join(folder, 'out'), Buffer.concat(output));
writeFileSync(join(folder, 'err'), messages.join(''));
console.log(`${input.length} lines, ${output.length} taken, ${messages.length} refused`);
