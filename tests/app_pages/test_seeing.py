"""Every read and write of the pages asks first who looks."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app_pages import _door, _seeing
from app_pages._ledger import EVERY
from app_pages._repo import Repo, Snapshot
from collectors.facts.files import Place
from mldebt.access import NotDecided, NotSeen, NotSignedIn
from mldebt.store.engine import Store
from scoring.attestation import Attestation
from tests.dashboard_by_hand import NOW, add_repository
from tests.viewers_by_hand import person, seated

SAYS_NOTHING = {"forget_lists", "store_answers", "warm_up"}
"""Of what is stored."""
LISTS = {"repositories", "portfolio_lines", "activity"}
FUNCTIONS = {
    name: found
    for name, found in inspect.getmembers(_door, inspect.isfunction)
    if found.__module__ == _door.__name__ and not name.startswith("_") and name not in SAYS_NOTHING
}


HERE = Path(_door.__file__).parent
DOORS = sorted(HERE.glob("*_door.py"))
ASKS = {"seen_snapshot", "_seeing.seen", "_seeing.visible", "_seeing.viewer", "_seeing.require_decide", "_seeing.visit"}
OWN_STORE = {"_store", "open_store", "open_database", "reading", "writing"}


def calls(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(one.func) for one in ast.walk(function) if isinstance(one, ast.Call)}


def reached(door: Path) -> Iterator[tuple[str, set[str]]]:
    """Each public function of a module, and all that it calls, also by others of the same module."""
    tree = ast.parse(door.read_text("utf-8"))
    own = {one.name: calls(one) for one in tree.body if isinstance(one, ast.FunctionDef)}
    for name, found in own.items():
        if name.startswith("_") or name in SAYS_NOTHING:
            continue
        waiting, seen = set(found), set[str]()
        while waiting:
            one = waiting.pop()
            seen.add(one)
            waiting |= own.get(one.removeprefix(f"{door.stem}."), set()) - seen
        yield name, seen


def test_each_function_of_each_door_asks_who_looks_and_who_writes_asks_who_decides() -> None:
    assert len(DOORS) >= 1
    for door in DOORS:
        for name, found in reached(door):
            asked = found & ASKS or {one for one in found if one.startswith("_door.") and not one.startswith("_door._")}
            is_pure = not any(one.startswith("_kept.") or one.rpartition(".")[2] in OWN_STORE for one in found)
            assert asked or is_pure, f"{door.stem}.{name} asks nobody who looks"
            if any(one.endswith(".writing") for one in found):
                assert "_seeing.require_decide" in found, f"{door.stem}.{name} writes, and asks nobody who decides"


def test_only_doors_reach_the_store() -> None:
    """What is kept asks nobody: so no page has it but through a door."""
    for path in sorted(HERE.glob("*.py")):
        if path in DOORS or path.name == "_kept.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in {"mldebt.store.engine", "mldebt.jobs.database", "app_pages._kept"}, path.name
                assert "_kept" not in {one.name for one in node.names}, path.name
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("_door"):
                assert not node.attr.startswith("_"), f"{path.name}: {node.attr}"


def arguments(function: Callable[..., Any], repo: Repo, snapshot: Snapshot) -> dict[str, Any]:
    """By the names of the parameters: a function with another one is not tested yet, which fails here."""
    known = {
        "repo": repo,
        "repository_id": repo.id,
        "slug": repo.slug,
        "snapshot": snapshot,
        "snapshot_id": snapshot.id,
        "at": snapshot.commit,
        "language": "en",
        "name": "truck_factor",
        "place": Place.TESTS,
        "after": None,
        "limit": 50,
        "fate": None,
        "rules": ("fixed_thresholds",),
        "wanted": EVERY,
        "said": Attestation("fixed_thresholds", "We know.", "ranking-team", "2026-11-24", "2027-03-31"),
    }
    special = {("findings", "after"): -1, ("answer", "at"): NOW}
    names = inspect.signature(function).parameters
    return {name: special.get((function.__name__, name), known[name]) for name in names}


def test_there_are_functions_to_look_at() -> None:
    assert len(FUNCTIONS) > 15


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_each_way_through_the_door_asks_who_looks(dashboard_store: Store, name: str) -> None:
    mine, _ = add_repository(dashboard_store, "northwind/ranking")
    hidden, _ = add_repository(dashboard_store, "eastwind/secret", seed=2)
    with seated(person(1, mine, hidden, decides=(mine, hidden))) as seat:
        repo = next(repo for repo in _door.repositories() if repo.id == hidden)
        snapshot = _door.latest(hidden)
        assert snapshot is not None
        given = arguments(FUNCTIONS[name], repo, snapshot)
        FUNCTIONS[name](**given)  # what is cached for one is not for another
        seat.now = person(2, mine, decides=(mine,))
        if name in LISTS:
            assert "secret" not in repr(FUNCTIONS[name](**given))
        elif name == "visit":
            assert _door.visit(**given) is None
            assert seat.visited[-1] == "eastwind/secret"
        else:
            with pytest.raises(NotSeen):
                FUNCTIONS[name](**given)
        seat.now = NotSignedIn("your session ended: sign in again")
        with pytest.raises(NotSignedIn):
            FUNCTIONS[name](**given)


def test_a_name_does_not_tell_that_another_repository_has_it_too(dashboard_store: Store) -> None:
    one, _ = add_repository(dashboard_store, "ranking", quarters=1)
    with dashboard_store.writing() as connection:
        from mldebt.store.snapshots import ensure_repository

        other = ensure_repository(connection, "/elsewhere/secret/ranking", "ranking")
    with seated(person(1, one)) as seat:
        assert [(repo.slug, repo.title) for repo in _door.repositories()] == [("ranking", "ranking")]
        seat.now = person(2, one, other)
        assert {repo.title for repo in _door.repositories()} != {"ranking"}


def test_who_may_look_may_not_decide(dashboard_store: Store) -> None:
    mine, _ = add_repository(dashboard_store, "northwind/ranking")
    said = Attestation("fixed_thresholds", "We know.", "ranking-team", "2026-11-24", "2027-03-31")
    with seated(person(1, mine)) as seat:
        repo = _door.repositories()[0]
        assert not _seeing.may_decide(mine)
        with pytest.raises(NotDecided):
            _door.answer(repo, said, NOW)
        snapshot = _door.latest(mine)
        assert snapshot is not None
        assert _door.attestations(repo, snapshot) == ()
        seat.now = person(1, mine, decides=(mine,))
        _door.answer(repo, said, NOW)
        assert [one.by for one in _door.attestations(repo, snapshot)] == ["ranking-team"]


def test_each_part_that_runs_by_itself_has_the_whole_page_refused() -> None:
    """A new one that is a plain fragment of the library's would write a traceback for each look after a session."""
    found = {path.name: path.read_text("utf-8").count("st.fragment") for path in HERE.glob("*.py")}
    assert {name: count for name, count in found.items() if count} == {"_refusals.py": 2}
    assert sum(path.read_text("utf-8").count("@_refusals.part(") for path in HERE.glob("*.py")) > 8
