"""Which comments hold measured metrics."""

import pytest

from collectors.trackers.metric_tables import has_metrics_table

DVC = """## Report
| Path | Metric | HEAD | workspace | Change |
|------|--------|------|-----------|--------|
| metrics.json | auc | 0.871 | 0.884 | 0.013 |
"""
BY_HAND = "|Metric|main|this branch|\n|:-:|--:|--:|\n|`loss`|1.2e-3|1.1e-3|\n"


@pytest.mark.parametrize(
    "body", [DVC, DVC.replace("\n", "\r\n"), DVC.replace("auc", "train.TN"), BY_HAND, "text\n\n" + BY_HAND + "\nmore"]
)
def test_a_table_of_metrics_before_and_after(body: str):
    assert has_metrics_table(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "auc went from 0.87 to 0.88",
        "| Metric | Value |\n| auc | 0.8 |",  # no rule: no table
        "| File | Old size | New size |\n|---|---|---|\n| a.js | 10 | 12 |",
        "| Package | From | To |\n|---|---|---|\n| accuracy-lib | 1.0 | 1.1 |",
        "| Metric | main | head |\n|---|---|---|\n| auc | better | worse |",
        "| Path | Param | HEAD | workspace |\n|---|---|---|---|\n| params.yaml | min_score | 0.1 | 0.2 |",
        "| File | main | head |\n|---|---|---|\n| src/accuracy | 10 | 12 |",
        "| [accuracy](https://x.example/accuracy) | 10 | 12 |",
        DVC.replace("| metrics.json | auc | 0.871 | 0.884 | 0.013 |", ""),
    ],
)
def test_others_are_none(body: str):
    assert not has_metrics_table(body)


def test_a_hostile_comment_takes_no_time():
    assert not has_metrics_table("|" * 60_000 + "\n" + "|-" * 30_000 + "\n" + "| a " * 20_000)
    assert not has_metrics_table("| --- |\n" * 9_000)
