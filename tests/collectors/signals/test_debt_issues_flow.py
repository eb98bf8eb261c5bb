"""Labelled debt, coming and going."""

from collectors.signals.debt_issues_flow import debt_issues_flow
from tests.tracker_by_hand import issue, issues


def test_what_came_minus_what_went():
    found = debt_issues_flow(
        issues(
            issue(1, -400, None, "debt"),
            issue(2, -100, -5, "debt"),
            issue(3, -80, -1, "cleanup"),
            issue(4, -10, None, "debt"),
            issue(5, -10),
            issue(6, -10, None, "debt", is_bot=True),
            issue(7, -70, -6, "debt"),
        )
    )
    assert (found.value, found.n) == (0, 2)
    details = dict(found.details)
    assert (details["opened in 90 days"], details["closed in 90 days"]) == (3, 3)
    assert (details["opened in the 90 days before"], details["closed in the 90 days before"]) == (1, 0)
    assert [(row.subject, row.kind, row.number) for row in found.evidence] == [
        ("issues/1", "issue", 400),
        ("issues/4", "issue", 10),
    ]


def test_it_falls_where_more_is_closed():
    assert debt_issues_flow(issues(*(issue(n, -300, -3, "debt") for n in range(4)))).value == -4


def test_a_team_without_such_labels_has_no_number():
    assert "label" in debt_issues_flow(issues(issue(1, -5, None), issue(2))).reason
