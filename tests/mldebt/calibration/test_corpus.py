"""The list of a calibration, and where its repositories are."""

from __future__ import annotations

import csv
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

import scoring
from mldebt.calibration.corpus import Candidate, mirror_of, read_corpus
from mldebt.failure import Failure

SHIPPED = Path(scoring.__file__).with_name("calibration") / "corpus.csv"
HEAD = "repository,population,label,kind\n"


def listed(tmp_path: Path, text: str) -> list[Candidate]:
    path = tmp_path / "list.csv"
    path.write_text(text)
    return read_corpus(path)


def test_a_list_is_read_with_or_without_what_came_of_fetching(tmp_path: Path) -> None:
    assert listed(tmp_path, f"{HEAD}a/b,NICHE,Y,library\n") == [Candidate("a/b", "NICHE", "Y", "library")]
    found = listed(tmp_path, f"{HEAD.strip()},outcome\na/b,DVC,,course,not fetched: gone\n")
    assert found == [Candidate("a/b", "DVC", "", "course", "not fetched: gone")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks rows or columns"),
        (HEAD, "lacks rows or columns"),
        ("repository,label\na/b,Y\n", "lacks rows or columns"),
        (f"{HEAD}a/b,x,,\na/b,y,,\n", "names a/b twice"),
        (f"{HEAD},x,,\n", "a row without a repository"),
        (f"{HEAD},x,,\n,y,,\n", "a row without a repository"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Failure, match=says):
        listed(tmp_path, text)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"cannot be read \(No such file or directory\): give"):
        read_corpus(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Failure, match=r"cannot be read \(it is no text in UTF-8"):
        read_corpus(tmp_path / "bytes.csv")


def test_a_name_is_fetched_from_the_forge_and_an_address_as_it_stands() -> None:
    assert Candidate("a/b", "", "", "").address == "https://github.com/a/b"
    assert Candidate("https://git.example.org/a/b", "", "", "").address == "https://git.example.org/a/b"


@pytest.mark.parametrize("place", ["a+b/repo", "a+b/repo/.git", "a+b", "a/b", "a/b/.git", "a/b.git"])
def test_mirrors_are_found_as_people_lay_them_out(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(parents=True)
    assert mirror_of("a/b", tmp_path) is None
    (tmp_path / place / "HEAD").write_text("ref: refs/heads/main\n")
    assert mirror_of("a/b", tmp_path) == tmp_path / place
    assert mirror_of("https://git.example.org/a/b.git", tmp_path) == tmp_path / place
    assert mirror_of("a/c", tmp_path) is None


def test_no_name_leads_out_of_the_mirrors(tmp_path: Path) -> None:
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "in").mkdir()
    assert mirror_of("../in", tmp_path / "in") is None
    assert mirror_of("..", tmp_path / "in") is None


def test_the_shipped_list_is_as_large_as_it_says_and_in_its_order() -> None:
    rows = read_corpus(SHIPPED)
    digests = [sha256(row.repository.encode()).hexdigest() for row in rows]
    assert digests == sorted(digests)
    there = [row for row in rows if row.outcome == "fetched"]
    labels = Counter(row.label for row in there if row.population == "NICHE")
    assert len(there) >= 230
    assert labels["Y"] >= 80
    assert labels["N"] >= 80
    assert {row.kind for row in there} == {"library", "application", "research code", "course"}
    assert {row.population for row in rows} == {"NICHE", "DVC", "Kedro", "dbt", "lineage"}
    assert all(row.outcome == "fetched" or row.outcome.startswith("not fetched: ") for row in rows)


def test_the_last_quarter_of_niche_stays_untouched() -> None:
    rows = [row for row in read_corpus(SHIPPED) if row.population == "NICHE" or row.label]
    assert all(sha256(row.repository.encode()).hexdigest()[0] <= "b" for row in rows if row.population == "NICHE")


def test_the_shipped_list_holds_no_letters() -> None:
    with SHIPPED.open(newline="") as file:
        assert next(csv.reader(file)) == ["repository", "population", "label", "kind", "outcome"]
