// SPDX-License-Identifier: Apache-2.0
// Node.js: JSON.parse for each line.
import { lines } from './lines.mjs';

let count = 0;
for (const block of lines(0))
  for (const line of block) {
    JSON.parse(line);
    count++;
  }
console.log(count);
