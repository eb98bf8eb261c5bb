"""Approvals of changes of settings."""

from collectors.facts.change_requests import ChangeRequest, Reply
from collectors.facts.declarations import Declared, declarations
from collectors.facts.files import FileKind, Place
from collectors.facts.settings import ConfigKey, SettingsSummary, ValueKind
from collectors.signals.reviewed_settings_requests import reviewed_settings_requests
from tests.builders import file, tree
from tests.tracker_by_hand import reply, request, requests

FILES = tree(
    file("train.py", place=Place.ML_CODE),
    file("params.yaml", kind=FileKind.CONFIGURATION, place=Place.CONFIGURATION, language="YAML"),
)
DEPTH = ConfigKey(("model", "depth"), 3, ValueKind.INTEGER, 1)
SETTINGS = declarations([Declared("params.yaml", SettingsSummary("YAML", keys=(DEPTH,)))], ["params.yaml"])
YES = reply(-9, 2, approves=True)


def merged(number: int, *replies: Reply, files=("params.yaml",), **more):
    return request(number, -10, *replies, merged=-1, files=files, **more)


def measured(*rows: ChangeRequest, **more):
    return reviewed_settings_requests(requests(*rows, **more), FILES, SETTINGS)


def test_the_share_that_another_person_approved():
    found = measured(
        merged(1, YES),
        merged(2, YES),
        merged(3, reply(-9, 2, review=True)),
        merged(4, reply(-9, 1, approves=True)),
        merged(5, files=["train.py"]),
        merged(6, is_bot=True),
        request(7, -10, files=["params.yaml"]),
    )
    assert (found.value, found.n, found.coverage) == (0.5, 4, 1)
    assert [row.subject for row in found.evidence] == ["pull/4", "pull/3"]


def test_of_few_no_share_is_told_and_they_are_listed():
    found = measured(merged(1, YES), merged(2))
    assert (found.value, [row.subject for row in found.evidence]) == (None, ["pull/2"])
    assert "(2)" in found.reason


def test_what_was_not_read_lowers_the_coverage():
    found = measured(*(merged(n, YES) for n in range(3)), merged(8, files=None), merged(9, looked=False))
    assert (found.value, found.seen, found.total) == (1, 3, 5)


def test_why_there_is_no_number():
    assert "no file of settings" in reviewed_settings_requests(requests(merged(1)), tree(), declarations([], [])).reason
    assert "was merged" in measured(request(1)).reason
    assert measured(merged(1, files=None), no_files="a: b").reason == "a: b"
    assert measured(merged(1, looked=False), no_replies="a: b").reason == "a: b"
    assert "scan again" in measured(merged(1, looked=False)).reason
