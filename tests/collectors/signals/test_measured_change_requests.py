"""Metrics beside a change."""

from collectors.facts.change_requests import ChangeRequest
from collectors.facts.declarations import Declared, declarations
from collectors.facts.files import Place
from collectors.facts.settings import SettingsSummary, Stage
from collectors.signals.measured_change_requests import measured_change_requests
from tests.builders import file, tree
from tests.tracker_by_hand import request, requests

FILES = tree(file("train.py", place=Place.ML_CODE), file("serve.py", place=Place.SERVING))
STAGE = Stage("fit", 1, metrics=("out/quality.txt",))
DVC = declarations([Declared("ml/dvc.yaml", SettingsSummary("YAML", stages=(STAGE,)))], ["ml/dvc.yaml"])


def merged(number: int, *files: str, **more):
    return request(number, -10, merged=-1, files=files or ("train.py",), **more)


def measured(*rows: ChangeRequest, **more):
    return measured_change_requests(requests(*rows, **more), FILES, DVC)


def test_by_a_file_by_a_declared_file_or_by_a_comment():
    found = measured(
        merged(1, writes_metrics=True),
        merged(2, "train.py", "ml/out/quality.txt"),
        merged(3, tells_metrics=True),
        merged(4),
        merged(5, "serve.py"),
        merged(6, is_bot=True),
    )
    assert (found.value, found.n, found.coverage) == (0.75, 4, 1)
    assert dict(found.details) == {"with committed metrics": 2, "with a table in a comment": 1}
    assert [row.subject for row in found.evidence] == ["pull/4"]


def test_without_its_comments_only_one_with_a_file_is_known():
    rows = [merged(n, writes_metrics=True, looked=False) for n in range(1, 4)]
    found = measured(*rows, merged(4, looked=False))
    assert (found.value, found.n, found.coverage) == (1, 3, 0)


def test_why_there_is_no_number():
    assert "(2)" in measured(merged(1), merged(2)).reason
    assert "was merged" in measured(request(1)).reason
    assert measured(request(1, merged=-1, files=None), no_files="a: b").reason == "a: b"
    assert measured(merged(1, looked=False), no_replies="a: b").reason == "a: b"
    assert "no code" in measured_change_requests(requests(merged(1)), tree(), DVC).reason
