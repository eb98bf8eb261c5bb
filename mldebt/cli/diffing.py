"""What a change adds and pays, printed, and the gate that may stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from collectors.registry import discover
from mldebt.cli.output import say, warn, write
from mldebt.failure import Failure
from mldebt.scan.diff import chosen_of
from scoring.finding.globs import matches
from scoring.report.change import Change, change_json
from scoring.report.change_terminal import change_text
from scoring.report.comment import comment


def checked_rules(patterns: Sequence[str]) -> list[str]:
    """Names of the rules that are meant. Raises Failure where a pattern means none that a change tells."""
    chosen, left_out = chosen_of(discover())
    told = {one.definition.name for one in chosen}
    untold = {one.rule: one.reason for one in left_out}
    wanted: set[str] = set()
    for pattern in patterns:
        meant = {name for name in told if matches(pattern, name)}
        if not meant:
            raise Failure(f"--fail-on {pattern!r} cannot be checked: {_why(pattern, told, untold)}")
        wanted |= meant
    return sorted(wanted)


def _why(pattern: str, told: set[str], untold: dict[str, str]) -> str:
    if pattern in untold:
        return untold[pattern]
    near = get_close_matches(pattern, told, n=1)
    return f"did you mean {near[0]}?" if near else f"a change tells {', '.join(sorted(told))}"


def fails(change: Change, wanted: Sequence[str]) -> bool:
    """Whether the change adds what it must not; said on standard error. Raises Failure where it cannot be told."""
    untold = {one.rule: one.reason for one in change.left_out}
    for rule in wanted:
        if rule in untold:
            raise Failure(f"--fail-on {rule} cannot be checked: {untold[rule]}")
    for rule in wanted:
        number = sum(row.rule == rule for row in change.added)
        if number:
            warn(f"--fail-on {rule}: this change adds {change.definition(rule).counted(number)}")
    return any(row.rule in wanted for row in change.added)


def print_change(change: Change, format: str) -> None:  # noqa: A002
    """`format` is text, comment or json."""
    if format == "json":
        write(change_json(change))
    elif format == "comment":
        write(comment(change))
    else:
        say(change_text(change), soft_wrap=True)
    for sentence in change.sentences:
        warn(f"partial: {sentence}")
