"""Jobs as HTML: what runs, waits, failed and was done."""

from __future__ import annotations

from app_pages import _html
from app_pages._numbers import stored, whole
from app_pages._text import safe, shortened
from app_pages._visitor import moment
from mldebt.jobs.listing import Job, Listing, State

TITLES = {State.RUNNING: "Running", State.WAITING: "Waiting", State.FAILED: "Failed", State.DONE: "Done"}
_SINCE = {State.RUNNING: "Since", State.WAITING: "Asked for", State.FAILED: "Ended", State.DONE: "Ended"}
NOTES = {
    State.WAITING: "In the order in which they begin; some run at a time.",
    State.FAILED: "To try again: <code>mldebt jobs retry --all</code>, or <code>mldebt jobs retry ID</code> for one.",
    State.DONE: "In the last 30 days, the newest first.",
}
NOTHING = (
    "No job was asked for yet. While this server runs, each repository is scanned once a week.",
    "To scan all that is stored now: <code>mldebt jobs scan --all</code>",
)


def headline(found: Listing) -> str:
    return ", ".join(f"{whole(found.counts[state])} {state.value}" for state in State) + "."


def section(found: Listing, state: State, zone: str = "UTC") -> str:
    """One state's jobs, their moments in `zone`; empty where there is none."""
    jobs = found.of(state)
    if not jobs:
        return ""
    note = NOTES.get(state)
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
    return _html.name(shortened(job.title, 120)), safe(job.kind), moment(job.since, zone), begun, why
