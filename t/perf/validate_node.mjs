// SPDX-License-Identifier: Apache-2.0
// Validators of the npm registry: the schema is compiled to JavaScript once, each line is parsed and checked.
//
//     node validate_node.mjs ajv|schemasafe SCHEMA <LINES
//
// The format keyword is a note only, as for validate without -F.  Prints how many lines are valid; status 1 if one
// is not.  NODE_MODULES says where the packages are.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { lines } from './lines.mjs';

const require = createRequire(`${process.env.NODE_MODULES}/`);
const [, , name, path] = process.argv;
const schema = JSON.parse(readFileSync(path, 'utf8'));

const compilers = {
  ajv() {
    const draft2020 = /2020-12/.test(schema.$schema);
    const Ajv = require(draft2020 ? 'ajv/dist/2020' : 'ajv').default;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    return ajv.compile(schema);
  },
  schemasafe() {
    const { validator } = require('@exodus/schemasafe');
    return validator(schema, { mode: 'spec', formatAssertion: false });
  },
};

const valid = compilers[name]();
let count = 0;
for (const block of lines(0))
  for (const line of block) {
    if (!valid(JSON.parse(line))) process.exit(1);
    count++;
  }
console.log(count);
