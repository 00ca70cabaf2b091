# SPDX-License-Identifier: Apache-2.0
"""Fixtures for pytest that tell memmon which model is in memory, and which test runs; memmon_events.py lies beside.

A test takes its model as an argument: `@pytest.mark.parametrize("model", ["org/model-7b"], indirect=True)`.
"""

import pytest

from memmon_events import in_memory, tell


def load(name):
    """Yours: what loads a model here."""
    return {"name": name}


@pytest.fixture
def model(request):
    with in_memory(request.param, load) as loaded:
        yield loaded


@pytest.fixture(autouse=True)
def marked(request):
    tell("mark", label=request.node.name)
    yield
