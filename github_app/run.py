"""A run of GitHub Actions: its summary always, and the comment where its token may."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from github_app.event import LaterRun, OtherRun, PullRequestRun, run_of
from github_app.port import Conversation, NotAllowed
from github_app.speaking import Said, Words, speak
from mldebt.failure import Failure
from scoring.report.change import Change
from scoring.report.change_read import LARGEST, Source, Unreadable, change_of
from scoring.report.comment import comment, correction, summary
from scoring.report.markdown import plain
from scoring.signal import Definition

BOT = "github-actions[bot]"
"""Whom the token of a run belongs to, unless another one was made for it."""
MOST_OF_AN_EVENT = 30_000_000
MOST_OF_A_SENTENCE = 64_000
_Found = TypeVar("_Found")


class Surroundings(NamedTuple):
    """What GitHub and the workflow hand over in environment variables."""

    event_name: str
    event_path: str
    repository: str
    server: str
    api: str
    token: str
    summary_path: str
    output_path: str
    author: str
    is_on: bool  # comments are wanted


class Compared(NamedTuple):
    """What `mldebt diff` left behind."""

    path: Path  # of its JSON
    status: int  # how it ended
    told: Path | None  # what it said on standard error


Connect = Callable[[str, str, str], Conversation]
"""Address, token and repository into a port."""


def surroundings(environment: Mapping[str, str]) -> Surroundings:
    """Raises Failure outside GitHub Actions."""
    missing = [
        name for name in ("GITHUB_EVENT_NAME", "GITHUB_EVENT_PATH", "GITHUB_REPOSITORY") if not environment.get(name)
    ]
    if missing:
        raise Failure(f"{' and '.join(missing)} not set: this command runs within GitHub Actions")
    wanted = environment.get("MLDEBT_COMMENT") or "new"
    if wanted not in ("new", "off"):
        raise Failure(f"comment is {wanted!r}: write new or off")
    return Surroundings(
        event_name=environment["GITHUB_EVENT_NAME"],
        event_path=environment["GITHUB_EVENT_PATH"],
        repository=environment["GITHUB_REPOSITORY"],
        server=environment.get("GITHUB_SERVER_URL") or "https://github.com",
        api=environment.get("GITHUB_API_URL") or "https://api.github.com",
        token=environment.get("GITHUB_TOKEN", ""),
        summary_path=environment.get("GITHUB_STEP_SUMMARY", ""),
        output_path=environment.get("GITHUB_OUTPUT", ""),
        author=environment.get("MLDEBT_AUTHOR") or BOT,
        is_on=wanted == "new",
    )


def tell(around: Surroundings, compared: Compared, rules: Mapping[str, Definition], connect: Connect) -> str:
    """One sentence: what became of the comment. The summary is written first, whatever becomes of it.

    Raises Failure where the change cannot be read, or GitHub fails; both are in the summary too.
    """
    run = _or_summed_up(around, lambda: run_of(around.event_name, _event(around.event_path)))
    if isinstance(run, LaterRun):
        return _noted(around, "", lambda: _later(around, run, compared, rules, connect))
    change = _or_summed_up(around, lambda: _change(around, compared, rules))
    return _noted(around, summary(change), lambda: _now(around, run, change, connect))


def _or_summed_up(around: Surroundings, find: Callable[[], _Found]) -> _Found:
    try:
        return find()
    except Failure as error:
        _write(around.summary_path, f"mldebt could not compare this change: {plain(str(error))}\n")
        raise


def _noted(around: Surroundings, words: str, act: Callable[[], Said]) -> str:
    try:
        said = act()
    except Failure as error:
        _write(around.summary_path, f"{words}\n{plain(str(error))}\n" if words else f"{plain(str(error))}\n")
        raise
    shown = {"refused", "moved"} if words else {said.what}
    _write(around.summary_path, f"{words}\n{plain(said.sentence)}\n" if said.what in shown else words)
    _write(around.output_path, f"comment={said.what}\n")
    return said.sentence


def _now(around: Surroundings, run: PullRequestRun | OtherRun, change: Change, connect: Connect) -> Said:
    if isinstance(run, OtherRun):
        return Said("left", f"No comment: this run is of {run.name}, not of a pull request.")
    if change.commits.head != run.head:
        raise Failure(f"what was compared is {change.commits.head[:10]}, and the head is {run.head[:10]}: compare that")
    if not around.is_on:
        return Said("left", "No comment: they are turned off.")
    if run.is_fork or not around.token:
        why = "the pull request is from a fork" if run.is_fork else "no token was given"
        return Said("refused", f"No comment from this run: {why}, so it may only read.")
    words = Words(run.number, run.head, comment(change, run.number), correction(change, run.number))
    try:
        return speak(connect(around.api, around.token, around.repository), words, around.author)
    except NotAllowed as error:
        return Said("refused", f"No comment: {error}.")


def _later(
    around: Surroundings, run: LaterRun, compared: Compared, rules: Mapping[str, Definition], connect: Connect
) -> Said:
    """Nothing of what the fork's run left is believed but the change itself, and of that only what fits."""
    if not around.is_on:
        return Said("left", "No comment: they are turned off.")
    if not compared.path.exists():
        return Said("left", "No comment: the earlier run left no change to speak of.")
    change = _change(around, compared, rules)
    if change.commits.head != run.head:
        raise Failure(
            "what the earlier run left is about another commit than the one it ran for: nothing is said of it"
        )
    github = connect(around.api, around.token, around.repository)
    there = [
        pull
        for pull in github.pulls_from(run.owner, run.branch)
        if pull.head == run.head and pull.head_repository == run.head_repository
    ]
    if not there:
        return Said("moved", f"No comment: no open pull request has {run.head[:10]} as its head any more.")
    told = [_said_on(github, pull.number, run, change, around.author) for pull in there]
    return told[0]


def _said_on(github: Conversation, number: int, run: LaterRun, change: Change, author: str) -> Said:
    new = comment(change, number, by_fork=run.is_fork)
    return speak(github, Words(number, run.head, new, correction(change, number, by_fork=run.is_fork)), author)


def _change(around: Surroundings, compared: Compared, rules: Mapping[str, Definition]) -> Change:
    if compared.status not in (0, 1):
        sentence = _last_sentence(compared.told)
        hint = "; in a workflow, give actions/checkout fetch-depth: 0" if "shallow" in sentence else ""
        raise Failure(f"{sentence}{hint} (exit status {compared.status})")
    source = Source(around.repository, f"{around.server}/{around.repository}", rules)
    try:
        return change_of(_bytes(compared.path, LARGEST), source)
    except Unreadable as error:
        raise Failure(f"the comparison that was handed over cannot be used: {error}") from error


def _last_sentence(told: Path | None) -> str:
    """What the tool said last: its errors are one sentence."""
    lines = _bytes(told, MOST_OF_A_SENTENCE).decode("utf-8", "replace").split("\n") if told and told.exists() else []
    ours = [line.removeprefix("mldebt: ") for line in lines if line.startswith("mldebt: ")]
    return ours[-1] if ours else "it ended without saying why; the log has more"


def _event(path: str) -> object:
    try:
        return json.loads(_bytes(Path(path), MOST_OF_AN_EVENT))
    except (ValueError, RecursionError) as error:
        raise Failure("GITHUB_EVENT_PATH is not JSON: is it the file that GitHub wrote?") from error


def _bytes(path: Path, most: int) -> bytes:
    """Of an ordinary file, never through a link, which an archive can hold. At most one byte more than `most`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Failure(f"{path.name} cannot be read ({error.strerror})") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Failure(f"{path.name} is not an ordinary file")
        return file.read(most + 1)


def _write(path: str, text: str) -> None:
    if path and text:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
