"""`mldebt.yml` into a Policy. Strict: what cannot be understood is an error with its line, and nothing is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TypeVar

import yaml

from collectors.facts.policy import OnPulls, Policy
from collectors.registry import discover
from scoring.attestation import Attestation, last_day
from scoring.debts import Debt
from scoring.finding.acceptance import Acceptance, NotAcceptedError, checked_glob, day_of, near, reason_of
from scoring.finding.globs import matches
from scoring.finding.masking import masked
from scoring.rubric import RUBRIC

PLACES = (".github/mldebt.yml", "mldebt.yml")
"""Where it is looked for; the first that is there counts."""
LARGEST = 64 * 1024
"""Bytes. Nobody decides more by hand."""
DEEPEST = 5
MOST = 200
"""Acceptances, components, or globs of one list."""
LONGEST = 500
"""Characters of a text."""

T = TypeVar("T")

_KEYS = ("accept", "attestations", "components", "ignore", "people", "pull_requests", "quarterly_issue", "rules")
_ACCEPT = ("rule", "path", "reason", "owner", "until", "note")
_NEEDED = ("rule", "reason", "owner", "until")
_ATTEST = ("about", "answer", "by", "on", "until")
_SAID = ("about", "answer", "by", "on")
_ON_PULLS = ("comment", "drafts", "bots", "fail_on")
_COMMENT = {"new": True, "off": False}
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "timestamp")}
_SWITCH = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


class PolicyError(Exception):
    """The file cannot be used; the message is a clause that says where and why."""


def read_policy(content: bytes, path: str) -> Policy:
    """`path` is where it stands, for the reader of an acceptance. Raises PolicyError."""
    root = _root(content)
    if root is None:
        return Policy()
    entries = _table(root, _KEYS)
    return Policy(
        acceptances=tuple(_acceptance(item, path) for item in _items(entries.get("accept"))),
        attestations=tuple(_attestation(item, path) for item in _items(entries.get("attestations"))),
        components=_components(entries.get("components")),
        ignore=_globs(entries.get("ignore")),
        shows_people=_switch(entries["people"], "people") if "people" in entries else True,
        rules=_rules(entries.get("rules")),
        quarterly_issue="quarterly_issue" in entries and _switch(entries["quarterly_issue"], "the quarterly issue"),
        on_pulls=_on_pulls(entries.get("pull_requests")),
    )


def _root(content: bytes) -> yaml.Node | None:
    if len(content) > LARGEST:
        raise PolicyError(f"it is larger than {LARGEST // 1024} KiB")
    try:
        text = content.decode("utf-8-sig")
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise _error(event, "nothing here is nested so deep")
            if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.NodeEvent) and event.anchor):
                raise _error(event, "anchors and aliases are not followed: write it out")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise PolicyError("it is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PolicyError(f"{f'line {mark.line + 1}: ' if mark else ''}it is not valid YAML") from None
    except yaml.YAMLError:
        raise PolicyError("it is not valid YAML") from None


def _acceptance(node: yaml.Node, path: str) -> Acceptance:
    entries = _table(node, _ACCEPT)
    lacking = [key for key in _NEEDED if key not in entries]
    if lacking:
        raise _error(node, f"an acceptance needs rule, reason, owner and until: add {' and '.join(lacking)}")
    return Acceptance(
        rule=_checked(entries["rule"], checked_glob),
        path=_checked(entries["path"], checked_glob) if "path" in entries else "**",
        reason=_checked(entries["reason"], reason_of),
        owner=_text(entries["owner"]),
        until=_checked(entries["until"], day_of),
        note=_text(entries["note"]) if "note" in entries else "",
        source=f"{path}:{node.start_mark.line + 1}",
    )


def _attestation(node: yaml.Node, path: str) -> Attestation:
    entries = _table(node, _ATTEST)
    lacking = [key for key in _SAID if key not in entries]
    if lacking:
        raise _error(node, f"an attestation needs about, answer, by and on: add {' and '.join(lacking)}")
    on = _checked(entries["on"], day_of)
    until = _checked(entries["until"], day_of) if "until" in entries else last_day(on)
    if until < on:
        raise _error(entries["until"], "it ends before it begins")
    return Attestation(
        about=_checked(entries["about"], _subject),
        answer=masked(" ".join(_text(entries["answer"]).split())),
        by=_text(entries["by"]),
        on=on,
        until=until,
        source=f"{path}:{node.start_mark.line + 1}",
    )


def _subject(word: str) -> str:
    """A kind of debt, a signal, or a question of the ML Test Score."""
    known = [*(debt.value for debt in Debt), *(function.definition.name for function in discover())]
    known += [test.id for test in RUBRIC]
    if word not in known:
        close = get_close_matches(word[:50], known, n=1)
        hint = f"did you mean {close[0]}?" if close else "`mldebt signals` lists what is known"
        raise NotAcceptedError(f"'{word[:50]}' is neither a kind of debt nor a signal: {hint}")
    return word


def _components(node: yaml.Node | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if node is None or _is_null(node):
        return ()
    return tuple((name, _globs(value)) for name, value in _table(node, None).items())


def _globs(node: yaml.Node | None) -> tuple[str, ...]:
    return tuple(_checked(item, checked_glob) for item in _items(node))


def _rules(node: yaml.Node | None) -> tuple[tuple[str, bool], ...]:
    if node is None or _is_null(node):
        return ()
    rules = _table(node, [function.definition.name for function in discover() if function.definition.rule])
    return tuple(sorted((name, _switch(value, "a rule")) for name, value in rules.items()))


def _on_pulls(node: yaml.Node | None) -> OnPulls:
    if node is None or _is_null(node):
        return OnPulls()
    entries = _table(node, _ON_PULLS)
    comment = _text(entries["comment"]).lower() if "comment" in entries else "new"
    if comment not in _COMMENT:
        raise _error(entries["comment"], "comment is new or off")
    return OnPulls(
        comments=_COMMENT[comment],
        drafts="drafts" in entries and _switch(entries["drafts"], "drafts"),
        bots="bots" in entries and _switch(entries["bots"], "bots"),
        fail_on=tuple(_checked(item, _told_of_a_change) for item in _items(entries.get("fail_on"))),
    )


def _told_of_a_change(pattern: str) -> str:
    """A glob that means a rule whose findings can be told from changed files."""
    told = [function.definition.name for function in discover() if function.definition.per_file]
    if not any(matches(checked_glob(pattern), name) for name in told):
        raise NotAcceptedError(f"'{pattern[:50]}' means no rule that a change tells: {near(pattern, told)}")
    return pattern


def _switch(node: yaml.Node, what: str) -> bool:
    word = _text(node)
    if word.lower() not in _SWITCH:
        raise _error(node, f"{what} is on or off")
    return _SWITCH[word.lower()]


def _table(node: yaml.Node, known: Sequence[str] | None) -> dict[str, yaml.Node]:
    """By key. `known` are all keys that may stand there; None: any."""
    if not isinstance(node, yaml.MappingNode):
        raise _error(node, "keys and values are wanted here")
    if len(node.value) > MOST:
        raise _error(node, f"there are more than {MOST} entries")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _text(key)
        if known is not None and name not in known:
            raise _error(key, f"'{name[:50]}' is no key here: {near(name, known)}")
        if name in found:
            raise _error(key, f"'{name[:50]}' stands here twice")
        found[name] = value
    return found


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    """An entry without a value is an empty list: its items may be commented out."""
    if node is None or _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise _error(node, "a list is wanted here")
    if len(node.value) > MOST:
        raise _error(node, f"there are more than {MOST} entries")
    return list(node.value)


def _text(node: yaml.Node) -> str:
    """As written: 2027-01-01 and off are words too."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN:
        raise _error(node, "a word or a text is wanted here")
    text = str(node.value).strip()
    if not text or len(text) > LONGEST:
        raise _error(node, f"a text of 1 to {LONGEST} characters is wanted here")
    return text


def _checked(node: yaml.Node, check: Callable[[str], T]) -> T:
    try:
        return check(_text(node))
    except NotAcceptedError as error:
        raise _error(node, str(error)) from None


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _error(where: yaml.Node | yaml.Event, why: str) -> PolicyError:
    mark = where.start_mark
    return PolicyError(f"line {mark.line + 1}: {why}" if mark else why)
