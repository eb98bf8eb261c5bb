"""People are digests; programs are told by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.people import People
from collectors.git.repository import Repository, open_repository
from collectors.readers.bots import is_bot
from tests.repos.histories import commit, empty_repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    empty_repository(tmp_path / "work")
    commit(tmp_path / "work", {"a": b"", ".mailmap": b"Ada <ada@example.org> <ada@home.example>\n"})
    return open_repository(str(tmp_path / "work"), tmp_path, lambda _: None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((b"ada@example.org", b"Ada"), (b" Ada@Example.ORG", b"A. L.")),
        ((b"ada@users.noreply.github.com", b"Ada"), (b"123+Ada@users.noreply.github.com", b"x")),
        ((b"", b"Ada"), (b"  ", b"ada ")),
        ((b"", b""), (b" ", b" ")),
    ],
)
def test_one_person_under_two_spellings(
    repository: Repository, one: tuple[bytes, bytes], other: tuple[bytes, bytes]
) -> None:
    people = People(repository, b"salt")
    assert people.person(*one).digest == people.person(*other).digest


def test_different_people_stay_different(repository: Repository) -> None:
    people = People(repository, b"salt")
    written = [
        (b"ada@example.org", b"Ada"),
        (b"bo@example.org", b"Ada"),
        (b"", b"Ada"),
        (b"", b""),
        (b"ada@users.noreply.github.com", b"Ada"),
        (b"\xff@example.org", b""),
        (b"\xfe@example.org", b""),
    ]
    assert len({people.person(*who).digest for who in written}) == len(written)


def test_a_digest_tells_nothing_without_the_salt(repository: Repository) -> None:
    one, other = (People(repository, salt).person(b"ada@example.org", b"Ada").digest for salt in (b"1", b"2"))
    assert one != other
    assert len(one) == 8


def test_coauthors_go_through_the_mailmap_too(repository: Repository) -> None:
    people = People(repository, b"salt")
    ada = people.person(b"ada@example.org", b"Ada")
    trailers = ["Ada L <ada@home.example>", "Ada <ADA@example.org>", "<ada@example.org>"]
    found = people.contacts(trailers)
    assert {found[trailer] for trailer in trailers} == {ada}


@pytest.mark.parametrize(
    "trailer", ["", "Bo", "Bo <", "<>", "a <b> <c>", "Bo <b\n@x>", "-- <x@y>", "x" * 100_000, "\\xff <a@b>"]
)
def test_a_trailer_that_is_no_contact_is_still_someone(repository: Repository, trailer: str) -> None:
    people = People(repository, b"salt")
    found = people.contacts([trailer, "Ada <ada@home.example>"])
    assert len(found[trailer].digest) == 8
    assert found["Ada <ada@home.example>"] == people.person(b"ada@example.org", b"Ada")


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("49699333+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"),
        ("support@dependabot.com", "dependabot-preview[bot]"),
        ("bot@renovateapp.com", "renovate bot"),
        ("66853113+pre-commit-ci[bot]@users.noreply.github.com", "pre-commit-ci[bot]"),
        ("action@github.com", "github actions"),
        ("actions@github.com", "github-actions"),
        ("mariatta.wijaya+miss-islington@gmail.com", "miss islington (bot)"),
        ("gardener@tensorflow.org", "tensorflower gardener"),
        ("x@example.org", "release-bot"),
        ("my-bot@example.org", "release"),
    ],
)
def test_programs_are_known_by_their_names(email: str, name: str) -> None:
    assert is_bot(email, name)


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("jan.bot@example.org", "jan bot"),
        ("abbott@example.org", "bud abbott"),
        ("robot.lover@example.org", "robin"),
        ("", ""),
        ("talbot@example.org", "talbot"),
        ("ada@github.com", "ada"),
    ],
)
def test_people_are_not_taken_for_programs(email: str, name: str) -> None:
    assert not is_bot(email, name)
