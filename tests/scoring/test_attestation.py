"""What people state: when it holds, in which order, and what it is told apart by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.attestation import Attestation, digest, last_day, stated
from scoring.debts import Debt

ONE = Attestation("undeclared_consumers", "nobody else", "@ml", "2026-11-03", "2027-02-01", "mldebt.yml:2")


def test_an_answer_holds_to_the_end_of_its_last_day():
    assert not ONE.has_expired("2027-02-01")
    assert ONE.has_expired("2027-02-02")


@pytest.mark.parametrize(("on", "until"), [("2026-11-01", "2027-02-01"), ("9999-12-01", "9999-12-31")])
def test_without_an_end_it_holds_for_a_quarter(on: str, until: str):
    assert last_day(on) == until


def test_what_is_said_of_a_signal_is_said_of_its_debt():
    rows = stated(
        [ONE._replace(about="notebook_share"), ONE._replace(about="gone"), ONE],
        {"notebook_share": Debt.PROTOTYPE_SMELL},
        "2026-12-01",
    )
    assert [(row.attestation.about, row.debt) for row in rows] == [
        ("undeclared_consumers", Debt.UNDECLARED_CONSUMERS),
        ("notebook_share", Debt.PROTOTYPE_SMELL),
        ("gone", None),
    ]


def test_of_one_debt_what_holds_comes_first_then_the_newest():
    some = [
        ONE._replace(on=on, until=until) for on, until in (("2026-01-01", "2026-02-01"), ("2026-03-01", "2027-01-01"))
    ]
    rows = stated([*some, ONE], {}, "2026-12-01")
    assert [(row.attestation.on, row.has_expired) for row in rows] == [
        ("2026-11-03", False),
        ("2026-03-01", False),
        ("2026-01-01", True),
    ]


def test_in_words():
    now, later = (stated([ONE], {}, day)[0].when for day in ("2026-12-01", "2027-03-01"))
    assert now == "stated by @ml on 2026-11-03, holds until 2027-02-01"
    assert later == "stated by @ml on 2026-11-03, expired after 2027-02-01: ask again"


@given(st.permutations([ONE, ONE._replace(by="@other"), ONE._replace(answer="yes")]))
def test_the_digest_is_of_what_is_said_in_any_order_and_place(some: list[Attestation]):
    assert digest(some) == digest(one._replace(source="elsewhere") for one in sorted(some))
    assert digest(some) != digest(some[:2])
    assert digest([]) == ""
