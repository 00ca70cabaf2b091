# SPDX-License-Identifier: Apache-2.0
"""The sums of a report in plain Python: a part of what genreport does, without a comparison or a judgement.

report_python.py TESTS MEMORY; prints, in Markdown, the machine's health, a row for each model and modality with the
least and greatest free RAM while its tests ran, and a row for each test.  The samples of a test are found by bisection."""
import bisect
import json
import statistics
import sys


def records(path):
    with open(path, "rb") as file:
        for line in file:
            yield json.loads(line)


def window(test):
    """When the test ran; epoch seconds."""
    return test["test_start_ts"], test["test_end_ts"]


def table(*rows):
    for row in rows:
        print("|", " | ".join(str(cell) for cell in row), "|")


clock, free, gpu, swap = [], [], [], []
for sample in records(sys.argv[2]):
    if "elapsed_s" not in sample:
        continue
    clock.append(sample["ts"])
    free.append(sample.get("ram_free_gb"))
    gpu.append(sample.get("gpu_device_util"))
    swap.append(sample.get("swap_used_mb"))

models, tests, outcomes, known = {}, {}, {}, []
for test in records(sys.argv[1]):
    outcomes[test["outcome"]] = outcomes.get(test["outcome"], 0) + 1
    known.append(test.get("system_health", {}).get("ram_free_gb"))
    if test["outcome"] != "passed" or "model" not in test or test["duration"] < 0.5:
        continue
    start, end = window(test)
    within = slice(bisect.bisect_left(clock, start), bisect.bisect_right(clock, end))
    model = test["model"]["id"].split("/")[-1]
    mode = test.get("metadata", {}).get("inference_modality", "-")
    row = models.setdefault((model, mode), {"durations": [], "free": [], "gpu": []})
    row["durations"].append(test["duration"])
    row["free"] += [value for value in free[within] if value is not None]
    row["gpu"] += [value for value in gpu[within] if value is not None]
    tests.setdefault((test["test"].split("[")[0], mode), []).append((test["duration"], model))

table(*sorted(outcomes.items()))
for name, values in ("RAM free", free), ("RAM free, of tests", known), ("swap", swap), ("GPU", gpu):
    values = [value for value in values if value is not None]
    if values:
        table((name, min(values), max(values), sum(values) / len(values)))
for (model, mode), row in sorted(models.items()):
    table((model, mode, len(row["durations"]), sum(row["durations"]), min(row["free"], default=""),
           max(row["free"], default=""), max(row["gpu"], default="")))
for (name, mode), runs in sorted(tests.items()):
    table((name, mode, len(runs), min(runs)[1], max(runs)[1], statistics.median(run[0] for run in runs)))
