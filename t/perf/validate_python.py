# SPDX-License-Identifier: Apache-2.0
"""python-jsonschema: one validator for the schema, loads() and is_valid() for each line.

validate_python.py SCHEMA <LINES; prints how many lines are valid, status 1 if one is not."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
validator = jsonschema.validators.validator_for(schema)(schema)
count = 0
for line in sys.stdin.buffer:
    if not validator.is_valid(json.loads(line)):
        sys.exit(1)
    count += 1
print(count)
