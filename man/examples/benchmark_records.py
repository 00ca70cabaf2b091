# SPDX-License-Identifier: Apache-2.0
"""A plugin of pytest that writes test records, one JSON line a test, as jsonl(5) describes them (version 0.2.2).

    memmon -o mem.jsonl -- pytest -p benchmark_records --report-output bench.jsonl

with this file's folder in PYTHONPATH, or beside a conftest.py that has `pytest_plugins = ["benchmark_records"]`.
Without --report-output the file is the one that $BENCHMARK_RECORDS names, and without that nothing happens.  Records
are appended as the tests end, so a run that is killed keeps those it had.

What only the test knows it tells by pytest's own record_property:

    def test_run(record_property):
        record_property("model", {"id": "org/model-7b", "size_gb": 4.3})
        record_property("performance", {"tokens_per_sec": 31.4, "completion_tokens": 128})

The names of the format's members become these members, others members of metadata.
"""

import datetime
import json
import math
import os
import platform

import pytest

MEMBERS = {"model", "performance", "stop_tokens", "system", "metadata", "system_health", "timeline"}


def pytest_addoption(parser):
    group = parser.getgroup("benchmark records")
    group.addoption("--report-output", metavar="FILE", default=os.environ.get("BENCHMARK_RECORDS"), help="append a record of each test to FILE ($BENCHMARK_RECORDS)")
    group.addoption("--report-version", metavar="X.Y.Z", default="0.0.0", help="version of what is tested, for the records (0.0.0)")


def pytest_configure(config):
    path = config.getoption("report_output")
    if path:
        config.pluginmanager.register(Records(path, config.getoption("report_version"), hasattr(config, "workerinput")))


class Records:
    def __init__(self, path, version, is_worker):
        self.path, self.version = path, version
        self.is_worker = is_worker  # of pytest-xdist, whose reports come to the process that began it all
        self.phases = {}  # of tests that have not ended: their reports
        self.fault = None
        if not is_worker:
            try:
                open(path, "a").close()
            except OSError as error:
                raise pytest.UsageError(f"--report-output: {error}")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        (yield).get_result().ended = call.stop

    def pytest_runtest_logreport(self, report):
        if self.is_worker:
            return
        self.phases.setdefault(report.nodeid, []).append(report)
        if report.when != "teardown":
            return
        line = json.dumps(record_of(self.phases.pop(report.nodeid), self.version), default=str)
        try:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:  # no test fails because of it
            self.fault = error

    def pytest_terminal_summary(self, terminalreporter):
        if self.fault:
            terminalreporter.write_line(f"--report-output: {self.fault}; records are missing", red=True)


def record_of(phases, version):
    """The record of a test: of its setup, itself and its teardown."""
    outcomes = [phase.outcome for phase in phases]
    duration = sum(phase.duration for phase in phases)
    end = phases[-1].ended
    record = {
        "schema_version": "0.2.2",
        "timestamp": datetime.datetime.fromtimestamp(end, datetime.timezone.utc).isoformat(timespec="milliseconds"),
        "mlx_knife_version": version,
        "test": phases[0].nodeid,
        "outcome": next((worst for worst in ("failed", "skipped") if worst in outcomes), "passed"),
        "duration": round(duration, 6),
        "test_start_ts": round(end - duration, 6),
        "test_end_ts": round(end, 6),
        "system": {"platform": platform.system(), "platform_version": platform.release(), "python_version": platform.python_version()},
    }
    for name, value in phases[-1].user_properties:
        if name not in MEMBERS:
            name, value = "metadata", {name: value}
        if isinstance(value, dict):
            record.setdefault(name, {}).update(known(value))
    if record["outcome"] == "skipped":
        record.setdefault("metadata", {})["skip_reason"] = next(filter(None, map(skip_reason, phases)), "")
    return record


def skip_reason(report):
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}" if report.wasxfail else "expected to fail"
    return str(report.longrepr[2]) if report.skipped and isinstance(report.longrepr, tuple) else None


def known(value):
    """Without what JSON has no number for: a rate of 0 tokens in 0 seconds is absent, and never 0."""
    if isinstance(value, dict):
        return {key: known(v) for key, v in value.items() if v is not None and not (isinstance(v, float) and not math.isfinite(v))}
    return value
