"""The table of judged findings."""

from pathlib import Path
from random import Random

import pytest

from collectors.facts.practice_names import PRACTICES as NAMES
from collectors.registry import discover
from docs import generate_validation
from docs.generate_validation import (
    ASKED,
    END,
    JUDGED,
    LEAST,
    LOOKED_AT,
    PAGE,
    PRACTICES,
    PRACTISED,
    START,
    LookedAt,
    Practised,
    Row,
    main,
    practices,
    read,
    read_looked_at,
    read_practices,
    table,
    wilson,
    written,
)
from scoring.profile import Profile
from tests.tables_by_hand import many
from tests.tables_by_hand import written as csv_of

HEAD = "rule,permalink,line,verdict,why\n"


def row(verdict: str = "right", repository: str = "a/b", rule: str = "r") -> Row:
    return Row(rule, f"https://github.com/{repository}/blob/{'0' * 40}/a.py#L1", 1, verdict, "")


def test_the_page_is_as_the_files_say() -> None:
    assert main(["--check"]) == 0, "run `python docs/generate_validation.py`"


def test_every_file_judges_the_rule_that_it_is_named_for_at_a_fixed_commit() -> None:
    rules = {signal.definition.name for signal in discover()}
    for file in JUDGED.glob("*.csv"):
        assert file.stem in rules
    rows = read(JUDGED)
    assert {one.rule for one in rows} == {path.stem for path in JUDGED.glob("*.csv")}
    assert len(set(rows)) == len(rows)
    for one in rows:
        scheme, _, host, _, _, kind, commit, *path = one.permalink.partition("#")[0].split("/")
        assert (scheme, host, kind, len(commit)) == ("https:", "github.com", "blob", 40)
        assert path


def test_share_interval_and_repositories_of_each_rule() -> None:
    rows = [*[row()] * 27, *[row(repository="c/d")] * 22, row("wrong"), row("wrong", rule="s")]
    ran = LookedAt(frozenset(("a/b", "e/f", "g/h")), frozenset(("a/b", "e/f")))
    first, second = table(rows, {"r": ran}).split("\n")[2:]
    assert first == "| [`r`](validation/r.csv) | 4 | 3 | 2 | 50 | 49 | 0.98 | 0.90 to 1.00 | yes |"
    assert second.startswith("| [`s`](validation/s.csv) | 1 | 1 | 1 | 1 | 0 | 0.00 | ")


def test_a_rule_ran_where_it_was_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "repositories.csv").write_text("repository,commit,without\na/b,1,r s\nc/d,2,\n", "utf-8")
    (tmp_path / "places.csv").write_text("rule,repository,places\nr,c/d,3\nt,a/b,1\n", "utf-8")
    assert read_looked_at(tmp_path) == {
        "r": LookedAt(frozenset(("c/d",)), frozenset(("c/d",))),
        "t": LookedAt(frozenset(("a/b", "c/d")), frozenset(("a/b",))),
    }
    (tmp_path / "places.csv").write_text("rule,places\n", "utf-8")
    with pytest.raises(ValueError, match="other columns"):
        read_looked_at(tmp_path)


def test_what_was_looked_at_is_real_and_told_once() -> None:
    found = read_looked_at(LOOKED_AT)
    assert set(found) <= {signal.definition.name for signal in discover()}
    assert all(one.found <= one.ran and len(one.ran) >= 20 for one in found.values())


@pytest.mark.parametrize(("right", "of"), [(LEAST - 1, LEAST - 1), (40, 50)])
def test_few_judged_or_too_many_wrong_are_not_on(right: int, of: int) -> None:
    assert table([row()] * right + [row("wrong")] * (of - right), {}).endswith("| no |")


def test_wilson_as_in_the_books() -> None:
    assert wilson(50, 50) == pytest.approx((0.9286, 1), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)


def test_what_stands_around_the_table_stays() -> None:
    page = f"# A\n{START}\nold\n{END}\n## B\n"
    assert written(page, "new") == f"# A\n{START}\n\nnew\n\n{END}\n## B\n"
    assert written(written(page, "new"), "new") == written(page, "new")
    with pytest.raises(ValueError, match="lacks"):
        written("# A\n", "new")


@pytest.mark.parametrize("text", ["rule,line\n", HEAD + "r,https://x/a/b,1,perhaps,\n"])
def test_other_columns_and_other_verdicts_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.csv").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"columns|perhaps"):
        read(tmp_path)


def test_a_stale_page_is_said_so_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "validation.md"
    stale.write_text(written(PAGE.read_text("utf-8"), "old"), "utf-8")
    monkeypatch.setattr(generate_validation, "PAGE", stale)
    assert main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert main([]) == 0
    assert main(["--check"]) == 0


def practised(level: str = "in use", verdict: str = "right", practice: str = "p", repository: str = "a/b") -> Practised:
    return Practised(repository, "0" * 40, practice, level, "a.py", verdict, "")


def test_levels_are_counted_by_practice_and_over_all() -> None:
    rows = [practised(), practised(verdict="wrong", repository="c/d"), practised("present", practice="q")]
    assert practices(rows).split("\n")[2:] == [
        "| p | 2 | 1 of 2 | – |",
        "| q | 1 | – | 1 of 1 |",
        "| all | 2 | 1 of 2 | 1 of 1 |",
    ]


def test_practices_were_judged_in_many_repositories_at_fixed_commits() -> None:
    rows = read_practices(PRACTICES)
    assert len({row.repository for row in rows}) >= 15
    assert {row.practice for row in rows} <= set(NAMES)
    assert all(len(row.commit) == 40 and row.why for row in rows)
    assert len({(row.repository, row.practice) for row in rows}) == len(rows)


def test_another_level_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "practices.csv"
    file.write_text(",".join(PRACTISED) + f"\na/b,{'0' * 40},p,perhaps,a.py,right,x\n")
    with pytest.raises(ValueError, match="a level is"):
        read_practices(file)
    file.write_text("a,b\n")
    with pytest.raises(ValueError, match="other columns"):
        read_practices(file)


def test_places_are_listed_by_default_where_enough_were_judged_and_nearly_all_were_right() -> None:
    judged = read(JUDGED)
    for function in discover():
        if function.definition.rule:
            mine = [row for row in judged if row.rule == function.definition.name]
            right = sum(row.verdict == "right" for row in mine)
            earned = len(mine) >= LEAST and right >= ASKED * len(mine)
            assert function.definition.is_on is earned, f"{function.definition.name}: {right} of {len(mine)} right"


def test_the_profile_that_ships_is_what_the_table_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Written from a table, checked against it, and taken away with it."""
    page, corpus, letters = tmp_path / "page.md", tmp_path / "table.csv", tmp_path / "letters.csv"
    page.write_text(PAGE.read_text("utf-8"), "utf-8")
    for name, path in {"PAGE": page, "TABLE": corpus, "CALIBRATION": tmp_path, "LETTERS": letters}.items():
        monkeypatch.setattr(generate_validation, name, path)
    assert (main([]), (tmp_path / "profile.json").exists()) == (0, False)
    kept = page.read_text("utf-8")

    def numbers(chance: Random, label: str) -> dict[str, float]:
        return {"package_spread": chance.uniform(0.3, 1) if label == "N" else chance.uniform(0, 0.7)}

    corpus.write_text(csv_of(many(numbers, each=80)), "utf-8")
    about = corpus.with_suffix(".about.json")
    about.write_text('{"collectors": {"package_spread": "7"}}', "utf-8")
    assert main(["--check"]) == 1
    assert main([]) == main(["--check"]) == 0
    shipped = Profile.read((tmp_path / "profile.json").read_text("utf-8"))
    assert shipped.scored == {"package_spread"}
    assert len((tmp_path / "percentiles.csv").read_text("utf-8").splitlines()) == 4
    assert "| `package_spread` | 80, 80 | 0." in page.read_text("utf-8")
    assert {scored.version for scored in shipped.scales.values()} == {7}
    kept_letters = letters.read_text("utf-8")
    letters.write_text(kept_letters.replace(",–,", ",B,", 1), "utf-8")
    capsys.readouterr()
    assert main([]) == 0
    assert "1 have other letters, 0 came and 0 went" in capsys.readouterr().err
    assert letters.read_text("utf-8") == kept_letters
    corpus.unlink()
    about.unlink()
    assert main([]) == 0
    assert (page.read_text("utf-8"), sorted(tmp_path.iterdir())) == (kept, [page])
