#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The examples for pytest: records of whatever becomes of a test, and events that tell which model is in memory.
. "${0%/*}/tap.sh"
examples=$top/man/examples
cd "$tmp" || exit
unset MEMMON_EVENTS BENCHMARK_RECORDS PYTEST_ADDOPTS

for python in python3 /usr/bin/python3 none; do $python -c 'import pytest' 2>/dev/null && break; done
if [ "$python" = none ]; then
    skip "the examples for pytest" "no pytest"
    finish
fi
PYTHONPATH=$examples PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE
pytest() { "$python" -m pytest -q -p no:cacheprovider -p benchmark_records "$@"; }
outcomes() { jq -r '"\(.test) \(.outcome)"' "$1"; }

cat >test_all.py <<'END'
import pytest
import time

@pytest.fixture
def breaks():
    yield
    raise RuntimeError

def test_passes(record_property):
    time.sleep(0.1)
    record_property("model", {"id": "org/m-7b", "size_gb": 4.3})
    record_property("performance", {"tokens_per_sec": float("inf"), "completion_tokens": 128})
    record_property("performance", {"duration_s": 0.1})
    record_property("metadata", {"inference_modality": "text"})
    record_property("note", "\u00fcber")

@pytest.mark.parametrize("name", ["a/b c"])
def test_fails(name): assert 0
def test_breaks(breaks): pass
def test_gives_up(): pytest.skip("no such model")
@pytest.mark.skip(reason="too slow")
def test_is_skipped(): pass
@pytest.mark.xfail(reason="known")
def test_is_known(): assert 0
@pytest.mark.xfail
def test_surprises(): pass
END
cat >want <<'END'
test_all.py::test_passes passed
test_all.py::test_fails[a/b c] failed
test_all.py::test_breaks failed
test_all.py::test_gives_up skipped
test_all.py::test_is_skipped skipped
test_all.py::test_is_known skipped
test_all.py::test_surprises passed
END

# ---- Records
exits "pytest writes records, and fails as ever" 1 pytest --report-output all.jsonl --report-version 2.1.0 test_all.py
exits "which are valid" 0 validate -F -f quiet all.jsonl
outcomes all.jsonl >got
same "one a test, with its outcome" got want
is "and why it was skipped" "$(jq -r '.metadata.skip_reason // empty' all.jsonl | tr '\n' ';')" \
    "Skipped: no such model;Skipped: too slow;expected to fail: known;"
is "and what it told, but no number that is none" \
    "$(head -n 1 all.jsonl | jq -c '[.model, .performance, .metadata, .mlx_knife_version]')" \
    '[{"id":"org/m-7b","size_gb":4.3},{"completion_tokens":128,"duration_s":0.1},{"inference_modality":"text","note":"über"},"2.1.0"]'
is "its times agree" "$(head -n 1 all.jsonl |
    jq '(.test_end_ts - .test_start_ts - .duration | fabs < 0.001) and .duration >= 0.1')" true
BENCHMARK_RECORDS=named.jsonl
export BENCHMARK_RECORDS
exits "BENCHMARK_RECORDS names the file as well" 1 pytest test_all.py
unset BENCHMARK_RECORDS
outcomes named.jsonl >got
same "with the same records" got want
run pytest --report-output all.jsonl test_all.py
is "a second run is appended" "$(wc -l <all.jsonl | tr -d ' ')" 14
exits "a file that cannot be is a wrong usage" 4 pytest --report-output none/all.jsonl test_all.py
like "and is named" "$(cat "$out_file" "$err_file")" 'report-output: .*none/all\.jsonl'
echo 'def test_fine(): pass' >test_fine.py
if [ -c /dev/full ]; then
    exits "a full disk fails no test" 0 pytest --report-output /dev/full test_fine.py
    like "but is told" "$(cat "$out_file")" 'report-output: .*No space left on device'
fi
exits "without a file pytest runs as well" 0 pytest test_fine.py
if "$python" -c 'import xdist' 2>/dev/null; then
    run pytest -n 2 --report-output many.jsonl test_all.py
    outcomes many.jsonl | sort >got
    sort want >want.sorted
    same "tests at the same time have records, too" got want.sorted
fi

# ---- conftest.py, in a place of its own
unset PYTHONPATH
mkdir live
cp "$examples/conftest.py" "$examples/memmon_events.py" "$examples/benchmark_records.py" live
cat >live/test_live.py <<'END'
import pytest

@pytest.mark.parametrize("model", ["org/a-7b", "org/b-70b"], indirect=True)
def test_answers(model):
    assert model["name"].startswith("org/")
END
exits "conftest.py works" 0 memmon -q -i 20 -e ev -o mem.jsonl -- \
    "$python" -m pytest -q -p no:cacheprovider --report-output live.jsonl live
is "events tell which model was loaded when" "$(events_of mem.jsonl | jq -r '"\(.event) \(.model // .label)"' | tr '\n' ';')" \
    "mark test_answers[org/a-7b];model_load_start org/a-7b;model_load org/a-7b;model_unload org/a-7b;mark test_answers[org/b-70b];model_load_start org/b-70b;model_load org/b-70b;model_unload org/b-70b;"
is "and records name the models" "$(jq -r '"\(.model.id) \(.outcome)"' live.jsonl | tr '\n' ';')" "org/a-7b passed;org/b-70b passed;"
finish
