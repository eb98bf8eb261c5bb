"""`mldebt review`, as a person runs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mldebt.review import close
from mldebt.store import reviews
from mldebt.store.engine import Store, open_store
from mldebt.store.reading import repositories
from tests.builders import at
from tests.command import ROOT, Command
from tests.reviews_by_hand import decision
from tests.snapshots_by_hand import snapshot, stored

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "review-1.json").read_text("utf-8")))


@pytest.fixture
def store(command: Command) -> Iterator[Store]:
    command.home.mkdir()
    opened = open_store(f"sqlite:///{command.home / 'mldebt.db'}")
    with opened.writing() as connection:
        stored(connection, "credit", *(snapshot(day, value=0.2) for day in (0, 91, 182)))
        stored(connection, "young", snapshot(0))
    yield opened
    opened.close()


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# Debt review: credit"), ("html", "<!doctype html>")])
def test_a_review_is_prepared_in_each_form(command: Command, store: Store, form: str, begins: str) -> None:
    done = command("review", "credit", "--format", form)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(begins)
    assert "2024-02-13" in done.out
    assert "Three decisions" in done.out


def test_what_people_read_is_in_korean_by_choice_and_json_is_one_for_all(command: Command, store: Store) -> None:
    shown = {form: command("review", "credit", "--format", form, "--language", "ko") for form in ("markdown", "html")}
    assert shown["markdown"].out.startswith("# 부채 검토: credit")
    assert '<html lang="ko">' in shown["html"].out
    one, other = (command("review", "credit", "--format", "json", "--language", name).out for name in ("ko", "en"))
    assert one == other
    assert command("review", "credit", "--language", "de").status == 2


def test_json_is_as_the_schema_says(command: Command, store: Store) -> None:
    said = json.loads(command("review", "credit", "--format", "json").out)
    SCHEMA.validate(said)
    assert (said["before"]["day"], said["now"]["day"], said["digest"]) == ("2024-02-13", "2024-05-14", None)


def test_two_moments_are_chosen_by_their_commits(command: Command, store: Store) -> None:
    first, last = f"{at(0):040x}", f"{at(91):040x}"
    said = json.loads(command("review", "credit", "--from", first, "--to", last, "--format", "json").out)
    assert (said["before"]["commit"], said["now"]["commit"]) == (first, last)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "nobody was not scanned yet: run `mldebt scan nobody`"),
        (["young"], "only one moment of young is stored"),
        (["credit", "--from", "f" * 40], "--from: no snapshot of credit is of commit ffff"),
        (["credit", "--from", f"{at(182):040x}"], "--from names no moment before --to"),
        (["credit", "--closed", "7"], "no closed review 7 of credit"),
        (["credit", "--closed", "7", "--to", "f" * 40], "--closed names a review by itself"),
        (["credit", "-o", "/nowhere/at/all.html"], "/nowhere/at/all.html cannot be written"),
    ],
)
def test_what_cannot_be_prepared_is_one_sentence(
    command: Command, store: Store, arguments: list[str], says: str
) -> None:
    done = command("review", *arguments)
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_it_is_written_to_a_file_and_nothing_else_is_left(command: Command, store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    done = command("review", "credit", "--format", "html", "-o", str(folder / "review.html"))
    assert (done.status, done.out, done.err) == (0, "", "")
    assert [path.name for path in folder.iterdir()] == ["review.html"]
    assert (folder / "review.html").read_text("utf-8").endswith("</html>\n")


def test_an_open_review_is_shown_with_what_is_typed_and_a_closed_one_as_it_was(command: Command, store: Store) -> None:
    with store.writing() as connection:
        mine = repositories(connection)[0]
        rows = reviews.reviews(connection, mine.id)
        assert rows == ()
        review_id = reviews.open_review(connection, mine.id, 1, 2, "2024-02-14", 1)
        reviews.decide(connection, review_id, decision(words="wrap <b>"))
    said = json.loads(command("review", "credit", "--format", "json").out)
    assert [one["words"] for one in said["decisions"]] == ["wrap <b>"]
    row = close(store, mine, review_id, "@lead", 2, "2024-02-14")
    kept = json.loads(command("review", "credit", "--closed", str(review_id), "--format", "json").out)
    assert (kept["digest"], kept["closed_by"]) == (row.digest, "@lead")
    assert json.loads(command("review", "credit", "--format", "json").out)["before"]["day"] == "2024-02-13"
