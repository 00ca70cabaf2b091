# SPDX-License-Identifier: Apache-2.0
"""For a suite of pytest: a record of each test, and events that tell memmon which model is in memory and which test runs.

    memmon -e events.fifo -o mem.jsonl -- pytest --report-output bench.jsonl

benchmark_records.py and memmon_events.py lie beside.  A test takes its model as an argument:
`@pytest.mark.parametrize("model", ["org/model-7b"], indirect=True)`.
"""

import pytest

from memmon_events import in_memory, tell

pytest_plugins = ["benchmark_records"]


def load(name):
    """Yours: what loads a model here."""
    return {"name": name}


@pytest.fixture
def model(request, record_property):
    record_property("model", {"id": request.param})
    with in_memory(request.param, load) as loaded:
        yield loaded


@pytest.fixture(autouse=True)
def marked(request):
    tell("mark", label=request.node.name)
    yield
