"""Jobs as HTML: what runs, waits, failed and was done."""

from __future__ import annotations

from app_pages import _html
from app_pages._numbers import stored, whole
from app_pages._text import safe, shortened
from app_pages._visitor import moment
from mldebt.jobs.listing import Job, Listing, State

TITLES = {State.FAILED: "Failed", State.RUNNING: "Running", State.WAITING: "Waiting", State.DONE: "Done"}
"""As they stand on the page: what somebody has to see to comes first."""
KINDS = {
    "hosted_scan": "scan",
    "pull_request": "pull request",
    "command": "reply to a comment",
    "quarter": "issue of the quarter",
    "redeliver": "events that were missed",
    "census": "list of installations",
    "reconcile": "list of repositories",
}
"""Of jobs whose name in the engine is no word for people."""
_SINCE = {State.RUNNING: "Since", State.WAITING: "Asked for", State.FAILED: "Ended", State.DONE: "Ended"}
NOTES = {
    State.WAITING: "In the order in which they begin; some run at a time.",
    State.DONE: "In the last 30 days, the newest first.",
}
RETRY = "To try again: <code>mldebt jobs retry --all</code>, or <code>mldebt jobs retry ID</code> for one."
RETRY_THERE = "Whoever runs this mldebt can try them again; a new scan takes their place."


def nothing(*, is_weekly: bool, is_visitor: bool) -> tuple[str, ...]:
    """Where no job was asked for yet, as HTML. A visitor signed in, and has no command line here."""
    if is_visitor:
        return (f"There is no job of a repository that you can see. {weekly(is_weekly=is_weekly)}",)
    return (
        f"No job was asked for yet. {weekly(is_weekly=is_weekly)}",
        "To scan all that is stored now: <code>mldebt jobs scan --all</code>",
    )


def weekly(*, is_weekly: bool) -> str:
    """What begins by itself, as HTML."""
    if is_weekly:
        return "While this server runs, each repository is scanned once a week."
    return "Weekly scans are switched off: <code>MLDEBT_WEEKLY</code>."


def headline(found: Listing) -> str:
    return ", ".join(f"{whole(found.counts[state])} {state.value}" for state in State) + "."


def section(found: Listing, state: State, zone: str = "UTC", *, is_visitor: bool = False) -> str:
    """One state's jobs, their moments in `zone`; empty where there is none."""
    jobs = found.of(state)
    if not jobs:
        return ""
    note = NOTES.get(state)
    if state is State.FAILED:
        note = RETRY_THERE if is_visitor else RETRY
    left = found.counts[state] - len(jobs)
    return _html.wrapped(
        f"<h2>{TITLES[state]}: {whole(found.counts[state])}</h2>",
        f'<p class="muted small">{note}</p>' if note else "",
        _html.table(_columns(state), [_cells(job, zone) for job in jobs], f"jobs_{state.value}"),
        f'<p class="muted small">And {whole(left)} more.</p>' if left > 0 else "",
    )


def _columns(state: State) -> list[tuple[str, bool]]:
    """Enough of them to be stacked on a telephone."""
    last = "Why" if state is State.FAILED else "Asked"
    return [("Repository", False), ("Job", False), (_SINCE[state], False), ("Begun", False), (last, False)]


def _cells(job: Job, zone: str) -> tuple[str, ...]:
    begun = "once" if job.attempts == 1 else f"{whole(job.attempts)} times" if job.attempts else "not yet"
    why = safe(stored(job.reason))
    if job.why is not None:
        why = f'{safe(stored(job.why))}<br><span class="muted small"><code>{safe(job.id)}</code></span>'
    return (
        _html.name(shortened(job.title, 120)),
        safe(KINDS.get(job.kind, job.kind)),
        _moment(job.since, zone),
        begun,
        why,
    )


def _moment(seconds: int, zone: str) -> str:
    """A moment that breaks between its day and its time alone."""
    day, _, time = moment(seconds, zone).partition(" ")
    return f'<span class="keep">{safe(day)}</span> <span class="keep">{safe(time)}</span>'
