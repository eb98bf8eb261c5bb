"""Files of metrics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.metrics import LARGEST, MOST, is_metrics_file, metrics_in


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("metrics.json", True),
        ("eval/live/metrics.json", True),
        ("auc.metric", True),
        ("reports/test_scores.yaml", False),  # a test's
        ("reports/scores.yaml", True),
        ("metrics.csv", False),
        ("metrics.py", False),
        ("config/metrics.yaml", False),
        ("grafana/metrics.json", False),
        ("symmetric.toml", True),
    ],
)
def test_by_name(path: str, is_one: bool) -> None:
    assert is_metrics_file(path) is is_one


def test_numbers_by_their_dotted_names() -> None:
    text = b'{"test": {"auc": 0.9, "n": 3, "ok": true, "at": "2020", "curve": [0.1, 0.2]}, "loss": 1e-3}'
    assert metrics_in("metrics.json", text) == {"test.auc": 0.9, "test.n": 3.0, "loss": 0.001}
    assert metrics_in("m.yaml", b"test:\n  auc: 0.9\n") == {"test.auc": 0.9}
    assert metrics_in("m.toml", b"[test]\nauc = 0.9\n") == {"test.auc": 0.9}
    assert metrics_in("eval/auc.metric", b"0.588\n") == {"auc": 0.588}


def test_what_is_no_summary_has_none() -> None:
    many = ",".join(f'"m{number}": {number}.5' for number in range(MOST + 1))
    for content in (
        f"{{{many}}}".encode(),
        b"{",
        b"\0",
        b"\xff",
        b" " * (LARGEST + 1),
        b"[]",
        b'{"a": 1e999}',
        b'{"a": NaN}',
    ):
        assert metrics_in("metrics.json", content) == {}


@given(st.binary(max_size=200), st.sampled_from(["metrics.json", "metrics.yaml", "metrics.toml", "a.metric"]))
def test_never_raises(content: bytes, path: str) -> None:
    metrics_in(path, content)
