# SPDX-License-Identifier: Apache-2.0
"""Python's json module: loads() for each line."""
import json
import sys

count = 0
for line in sys.stdin.buffer:
    json.loads(line)
    count += 1
print(count)
