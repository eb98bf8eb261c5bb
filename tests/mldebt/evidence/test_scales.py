"""Percentiles by size, and the profile that is made of them."""

import json

import pytest

from mldebt.evidence.scales import Scaled, profile, scaled, strata
from mldebt.evidence.table import comparable
from mldebt.evidence.telling import page, percentiles
from mldebt.evidence.verdicts import verdicts
from scoring.profile import Profile
from scoring.signal import Definition, Letter
from tests.signals_by_hand import signal
from tests.tables_by_hand import many, row, table


def numbers(chance, label):
    return {"glue": abs(chance.gauss(2 if label == "N" else 1, 0.5)), "spread": chance.random()}


DEFINITIONS: list[Definition] = [signal(name="glue").definition, signal(name="spread", better="higher").definition]
VERSIONS = {"glue": "1", "spread": "1"}
CORPUS = many(numbers, each=140)
JUDGED = verdicts(CORPUS, DEFINITIONS)
SCALED = scaled(CORPUS, DEFINITIONS)
PROFILE = Profile.read(profile(CORPUS, VERSIONS, JUDGED, SCALED))


def test_strata_meet_where_it_was_said():
    rows = [row(f"a/{n}", commits=commits) for n, commits in enumerate([100, 199, 200, 1_000, 1_001, 90_000] * 20)]
    assert [stratum[1:] for stratum in strata(rows)] == [(100, 199, 40), (200, 1000, 40), (1001, None, 40)]
    assert [stratum[1:] for stratum in strata([])] == [(100, 199, 0), (200, 1000, 0), (1001, None, 0)]


def test_where_one_would_hold_too_few_thirds_of_the_table_take_their_place():
    rows = [row(f"a/{n}", commits=100 + 4 * n) for n in range(150)]
    small, medium, large = strata(rows)
    assert (small.most, medium.least, medium.most, large.least) == (299, 300, 500, 501)
    assert {small.n, medium.n, large.n} <= set(range(45, 56))
    assert strata(rows[:100])[2].n == 0  # not enough for thirds either


def test_what_has_no_ml_system_in_it_makes_no_scale():
    rows = [row(f"a/{n}", commits=500) for n in range(60)]
    without = [one._replace(size=one.size._replace(ml_files=n % 3)) for n, one in enumerate(rows)]
    small = [one._replace(size=one.size._replace(commits=99)) for one in rows]
    assert [len(comparable(some)) for some in (rows, without, small)] == [60, 0, 0]


def test_only_what_is_proven_gets_a_scale_in_every_stratum():
    assert PROFILE.scored == {"glue"}
    assert {stratum for _, stratum in PROFILE.scales} == {"small", "medium", "large"}
    assert {one.signal for one in SCALED} == {"glue", "spread"}


def test_a_scale_is_of_the_version_that_made_the_table():
    later = Profile.read(profile(CORPUS, {**VERSIONS, "glue": "7"}, JUDGED, SCALED))
    assert {scored.version for scored in later.scales.values()} == {7}


def test_where_higher_is_better_the_best_bound_is_the_highest():
    for one in SCALED:
        assert list(one.bounds) == sorted(one.bounds, reverse=one.signal == "spread")
        assert all(low <= bound <= high for bound, (low, high) in zip(one.bounds, one.spread, strict=True))


def test_a_quarter_of_the_corpus_is_a_and_a_tenth_is_e():
    scale = PROFILE.scales["glue", "medium"].scale
    rows = [row for row in CORPUS.rows if 200 <= row.commits <= 1000]
    letters = [scale.letter(row.cells["glue"].value) for row in rows]
    assert letters.count(Letter.A) / len(rows) == pytest.approx(0.25, abs=0.02)
    assert letters.count(Letter.E) / len(rows) == pytest.approx(0.1, abs=0.02)
    assert scale.n == len(rows)


def test_fewer_than_forty_have_no_scale():
    assert scaled(many(numbers, each=20), DEFINITIONS) == []


@pytest.mark.parametrize(
    ("bounds", "tells"),
    [((0, 1, 2, 3), True), ((0, 0, 2, 3), True), ((0, 0, 3, 3), True), ((0, 0, 0, 3), False), ((0, 3, 3, 3), False)],
)
def test_a_scale_of_which_three_bounds_coincide_is_not_made(bounds, tells):
    assert Scaled("glue", "small", 40, bounds, tuple((b, b) for b in bounds)).tells_apart is tells


def test_the_same_table_makes_the_same_bytes_in_any_order():
    again = table(*reversed(CORPUS.rows))
    assert profile(again, VERSIONS, verdicts(again, DEFINITIONS), scaled(again, DEFINITIONS)) == profile(
        CORPUS, VERSIONS, JUDGED, SCALED
    )


def test_the_page_tells_every_signal_with_its_numbers_and_verdict():
    told = page(CORPUS, JUDGED, PROFILE, DEFINITIONS)
    assert "280 repositories up to 2026-11-01, 0 more could not be measured" in told
    assert "140 engineered, 140 not" in told
    assert "| `glue` | 140, 140 | 0." in told
    assert "| SHOW: not chosen" in told
    assert "Of 2 signals 1 may make letters; 1 have a scale." in told
    assert "The weakest letter of each labelled repository" in told


def test_the_page_tells_what_differs_from_an_earlier_profile():
    """The same scales but for one bound; and the same scales."""
    read = json.loads(profile(CORPUS, VERSIONS, JUDGED, SCALED))
    same = Profile.read(json.dumps({**read, "name": "corpus-0"}))
    for one in read["scales"]:
        one["bounds"][0] = one["spread"][0][0]
    moved = Profile.read(json.dumps({**read, "name": "corpus-1"}))
    told = page(CORPUS, JUDGED, PROFILE, DEFINITIONS, [same, moved])
    assert "Against the earlier profile `corpus-0`, 0 of 280 letters differ." in told
    (line,) = [line for line in told.splitlines() if "`corpus-1`" in line]
    number = int(line.split("`, ")[1].split(" ")[0])
    assert number > 0
    assert line.endswith(f"{number} of 280 letters differ: B to A {number}.")


def test_percentiles_of_every_signal_are_a_table_too():
    lines = percentiles(SCALED).splitlines()
    assert lines[0].startswith("signal,stratum,n,A,A:low,A:high,B")
    assert len(lines) == 7
    assert all(len(line.split(",")) == 15 for line in lines)
