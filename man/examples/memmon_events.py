# SPDX-License-Identifier: Apache-2.0
"""Events for memmon's recording, from Python.

    memmon -e events.fifo -o mem.jsonl -- pytest tests/live

Without memmon, or once it is gone, nothing happens.  A test never waits for it and never fails because of it.
"""

import contextlib
import json
import os
import time


def tell(event, **members):
    """Write one event, with the time of now: tell("mark", label="warm-up is over")."""
    path = os.environ.get("MEMMON_EVENTS")
    if not path:
        return
    line = json.dumps({"ts": round(time.time(), 3), "event": event, **members}) + "\n"
    try:
        # Not to wait for a reader, nor for room; and less than 4096 bytes do not mix with what others write.
        fifo = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return
    try:
        os.write(fifo, line.encode())
    except OSError:
        pass
    finally:
        os.close(fifo)


@contextlib.contextmanager
def in_memory(model, load, unload=None):
    """Load a model for a while: `with in_memory("org/model-7b", load) as m:`; load takes the name, unload what it gave."""
    tell("model_load_start", model=model)
    loaded = load(model)
    tell("model_load", model=model)
    try:
        yield loaded
    finally:
        if unload:
            unload(loaded)
        del loaded
        tell("model_unload", model=model)
