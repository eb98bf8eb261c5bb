"""What there is to say on each topic of a review's agenda."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.review import record as r
from scoring.review.agenda import Topic
from scoring.review.comparison import Comparison
from scoring.review.goals import Outcome
from scoring.wording import worded


def topics(one: r.Record, found: Comparison) -> tuple[dict[Topic, str], dict[Topic, str]]:
    """What there is to say on each topic, and why there is nothing on the others."""
    says = {
        Topic.CARRIED: _counted(one.carried, "action", "actions"),
        Topic.ANSWERS: _answers(one, found),
        Topic.FLOWS: _flows(one),
        Topic.PLACES: _new(one),
        Topic.GOALS: _open_goals(one),
        Topic.LAPSES: f"{len(one.lapses)} ran out: say it again, or let it go" if one.lapses else "",
        Topic.QUESTIONS: _questions(one),
        Topic.DECIDE: "refactor, supervise, critical or accept",
    }
    empty = {
        Topic.CARRIED: "no action is open",
        Topic.ANSWERS: "none moved" if found.answers else "",
        Topic.FLOWS: _no_flow(one),
        Topic.PLACES: "no place is new",
        Topic.GOALS: _quiet_goals(one),
        Topic.LAPSES: "nothing ran out",
        Topic.QUESTIONS: "all are answered",
    }
    return {topic: words for topic, words in says.items() if words}, empty


def _counted(rows: Sequence[r.Carried], one: str, many: str) -> str:
    due = sum(row.is_due for row in rows)
    return f"{len(rows)} {worded(len(rows), one, many)}, {due} of them due" if rows else ""


def _answers(one: r.Record, found: Comparison) -> str:
    counted = {word: sum(line.word == word for line in one.answers) for word in ("worse", "better", "moved")}
    told = [f"{number} {word}" for word, number in counted.items() if number]
    anew = sum(line.is_judged_anew for line in one.answers)
    told += [f"{anew} judged anew, which is no change of the code"] if anew else []
    if not told and found.moves:
        told = [f"none as a whole, but {len(found.moves)} {worded(len(found.moves), 'number', 'numbers')} behind them"]
    return ", ".join(told)


def _flows(one: r.Record) -> str:
    on, off = (sum(getattr(flow, name) or 0 for flow in one.flows) for name in ("taken_on", "paid"))
    if on or off:
        seen = sum(flow.taken_on is not None for flow in one.flows)
        among = "" if seen == len(one.flows) else f"; known of {seen} of {len(one.flows)} kinds"
        return f"{on:,} {worded(on, 'place', 'places')} taken on, {off:,} paid{among}"
    known = [(flow.before, flow.now) for flow in one.flows if flow.before is not None and flow.now is not None]
    more, fewer = sum(now > then for then, now in known), sum(now < then for then, now in known)
    return (
        f"{more} {worded(more, 'kind has', 'kinds have')} more places than then, {fewer} fewer" if more or fewer else ""
    )


def _no_flow(one: r.Record) -> str:
    if any(flow.taken_on is None for flow in one.flows):
        return "not known of every kind: see why"
    return "nothing was taken on or paid" if one.flows else "no kind has places"


def _new(one: r.Record) -> str:
    if not one.places:
        return ""
    number = len(one.places) + one.places_left
    if not one.places_are_new:
        return f"{number:,}, of which it is not known whether they are new"
    heaviest = f": the heaviest {len(one.places)}" if one.places_left else ""
    return f"{number:,} {worded(number, 'place is', 'places are')} new{heaviest}"


def _open_goals(one: r.Record) -> str:
    broken = [goal for goal in one.goals if goal.is_due or goal.outcome in (Outcome.BROKEN, Outcome.RAN_OUT)]
    return f"{len(broken)} of {len(one.goals)} {worded(len(one.goals), 'goal', 'goals')}" if broken else ""


def _quiet_goals(one: r.Record) -> str:
    """Of goals that are neither due nor broken."""
    held = sum(goal.outcome == Outcome.HELD for goal in one.goals)
    other = len(one.goals) - held
    hold = "all of them hold" if not other else f"{held} {worded(held, 'holds', 'hold')}, of {other} it is not known"
    return f"{len(one.goals)} set, {hold}" if one.goals else "no goal is set yet"


def _questions(one: r.Record) -> str:
    now = sum(question.is_next for question in one.asked)
    waiting = sum(question.state != "holds" for question in one.asked)
    return f"{now} for today, of {waiting} without an answer that holds" if now else ""
