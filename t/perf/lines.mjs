// SPDX-License-Identifier: Apache-2.0
// How Node.js gets its lines: blocks of 1 MiB are read, cut behind the last line end, decoded at once (UTF-8 checked)
// and split.
import { readSync } from 'node:fs';

const BLOCK = 1 << 20;
const LF = 10;

// Arrays of lines of a file descriptor.
export function* lines(fd) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let buffer = Buffer.alloc(2 * BLOCK);
  let length = 0;
  for (;;) {
    if (buffer.length - length < BLOCK) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
    const n = readSync(fd, buffer, length, BLOCK);
    length += n;
    const whole = n === 0 ? length : buffer.lastIndexOf(LF, length - 1) + 1;
    if (whole > 0) {
      const block = decoder.decode(buffer.subarray(0, whole)).split('\n');
      if (block.at(-1) === '') block.pop();
      yield block;
      buffer.copyWithin(0, whole, length);
      length -= whole;
    }
    if (n === 0) return;
  }
}
