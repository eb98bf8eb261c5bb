"""What is said in Korean, text by text: of the signals, units and reasons that the sources hold nearly all.

A new one needs no Korean, and is then said in English as a whole; what nobody says any more must go.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from collectors.registry import discover
from scoring.korean.particles import Noun
from scoring.korean.reasons import NAMED, REASONS
from scoring.korean.remedies import REMEDIES
from scoring.korean.sentences import SENTENCES
from scoring.korean.titles import TITLES
from scoring.korean.units import AXES, COUNTERS
from scoring.korean.why import WHY
from scoring.signal import LEVEL, Status

ROOT = Path(__file__).resolve().parents[3]
DEFINITIONS = [found.definition for found in discover()]
HANGUL = re.compile(r"[\uac00-\ud7a3]")
NUMBER = re.compile(r"\d[\d,]*")
MAY_LACK = 0.1
"""The share that may be English until somebody translates it."""
ELSEWHERE = {
    "{} ({}): please report it",
    "it looks like a library, which must not pin its packages ({})",
    "no function of {} code in Python is long enough to compare",
    "no place in the code reads or writes data by a known call{}",
    "only {} data, too few for a share",
    "{} {} of code, which may read any, could not be read",
}
"""Templates whose gaps hold words: each form of theirs stands in the table by itself, or among the named."""


def nearly_all(wanted: AbstractSet[str], there: AbstractSet[str]) -> None:
    assert not there - wanted, "nobody says this any more"
    assert len(wanted - there) <= MAY_LACK * len(wanted), wanted - there


def test_every_signal_has_its_title_and_its_sentence() -> None:
    names = {one.name for one in DEFINITIONS}
    told = {one.name for one in DEFINITIONS if one.status is not Status.ASK}
    for wanted, table in ((names, TITLES), (names, REMEDIES), (names, WHY), (told, SENTENCES)):
        nearly_all(wanted, set(table))
    assert len(set(TITLES.values())) == len(TITLES), "two titles are the same"


def test_every_unit_has_its_counter_and_its_name() -> None:
    counted = {one.unit for one in DEFINITIONS if one.status is not Status.ASK and one.unit != LEVEL}
    others = {"", LEVEL, "share of changes of settings"}
    nearly_all(counted, set(AXES) - others)
    nearly_all({unit for unit in counted if not unit.startswith("share")}, set(COUNTERS) - others)


def test_a_sentence_uses_what_its_english_uses() -> None:
    by_name = {one.name: one for one in DEFINITIONS}
    for name, template in SENTENCES.items():
        assert "{value" in template, name
        assert ("{n}" in template) is ("{n}" in by_name[name].says), name
        told = template.format(value=Noun("3개"), n="12")
        assert HANGUL.search(told), name
        assert told.endswith("."), name
        assert not re.search(r"[{}|]|을\(를\)|이\(가\)|은\(는\)", told), name


def test_a_remedy_and_a_why_are_sentences_that_keep_the_code_of_their_english() -> None:
    code = re.compile(r"`[^`]+`")
    for one in DEFINITIONS:
        for english, korean in ((one.pay_off, REMEDIES[one.name]), (one.why, WHY[one.name])):
            assert re.search(r"[.?]$", korean), one.name
            assert set(code.findall(korean)) == set(code.findall(english)), one.name


def test_nearly_every_reason_is_korean() -> None:
    spelled = {NUMBER.sub("{}", reason) for reason in _reasons()}
    assert len(spelled) > 130
    lacking = {one for one in spelled - set(REASONS) - ELSEWHERE if not any(p.fullmatch(one) for p, _ in NAMED)}
    assert len(lacking) <= MAY_LACK * len(spelled), lacking


def _reasons() -> Iterator[str]:
    """Each reason that the sources spell out, with `{}` for what is put into it."""
    for path in (*(ROOT / "collectors").rglob("*.py"), *(ROOT / "mldebt" / "scan").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            node.targets[0].id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and node.args
                and ast.unparse(node.func) in ("Measurement.unknown", "Missing")
            ):
                yield from _texts(node.args[0], named)


def _texts(node: ast.expr, named: Mapping[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.BoolOp):
        for one in node.values:
            yield from _texts(one, named)
    elif isinstance(node, ast.Name) and isinstance(named.get(node.id), ast.Constant):
        yield from _texts(named[node.id], {})
