"""What looked at each week's changes, and how newcomers come to more: as charts, and in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._charts import LINE, PADDING, Spec, iso, shares
from app_pages._labels import said
from collectors.facts.model_changes import Week
from collectors.facts.ramp import STEPS, Point
from scoring.signal import format_value
from scoring.wording import ENGLISH, Numbers

KINDS = ("Metrics written with it", "Tests or data checks changed with it", "Neither")
# Colours come from the theme by position (A to E, no data): " " keeps a place that nothing takes.
KIND_DOMAIN = [KINDS[0], KINDS[1], " ", KINDS[2]]
WEEK = 7 * 86_400
COHORT_DOMAIN = ["began in the last 12 months", " ", "  ", "began 13 to 24 months ago"]


def strip(weeks: Sequence[Week]) -> Spec:
    """A bar for each week, parted by what looked at its changes."""
    rows = [
        {
            "week": iso(week.start),
            "middle": iso(week.start + WEEK // 2),
            "kind": kind,
            "order": order,
            "changes": changes,
        }
        for week in weeks
        for order, (kind, changes) in enumerate(zip(KINDS, week[1:], strict=True))
        if changes
    ]
    ends = (weeks[0].start, weeks[-1].start + WEEK) if weeks else ()
    count = (ends[1] - ends[0]) // WEEK if ends else 1
    return {
        "data": {"values": rows},
        "height": 240,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": PADDING,
        "mark": {"type": "bar", "cornerRadius": 1, "width": {"expr": f"0.8 * width / {count}"}},
        "encoding": {
            "x": {
                "field": "middle",
                "type": "temporal",
                "title": None,
                "scale": {"domain": [iso(end) for end in ends], "type": "utc"},
                "axis": {"format": "%b %Y", "labelOverlap": True, "labelFlush": False, "tickCount": 8, "grid": False},
            },
            "y": {
                "field": "changes",
                "type": "quantitative",
                "title": "changes a week",
                "axis": {"tickMinStep": 1, "tickCount": 4},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": KIND_DOMAIN},
                "legend": {
                    "title": None,
                    "orient": "top",
                    "labelLimit": 300,
                    "values": list(KINDS),
                    "symbolType": "square",
                    "columns": {"expr": "width < 480 ? 1 : 3"},  # on a telephone below each other
                },
            },
            "order": {"field": "order"},
            "tooltip": [
                {"field": "week", "type": "temporal", "title": "week of", "format": "%Y-%m-%d"},
                {"field": "kind", "title": "looked at by"},
                {"field": "changes", "type": "quantitative", "title": "changes", "format": ","},
            ],
        },
    }


MEASURED = (
    "Of {n} changes of models, features and their settings in a year, {measured} wrote committed metrics, {tested} "
    "more changed a test or a check of data with it, {neither} neither."
)
NOT_MEASURED = (
    "Of {n} changes of models, features and their settings in a year, {tested} changed a test or a check of data with "
    "it, {neither} neither. No metrics are committed, so whether a change was measured is not known."
)
RAMP = "Of {n} who {began}, {third} had come to a third change {weeks} weeks on, {tenth} to a tenth."


def strip_says(weeks: Sequence[Week], *, has_metrics: bool, numbers: Numbers = ENGLISH, language: str = "en") -> str:
    if language == "ko":
        every, *looked_at = (numbers.whole(sum(week[at] for week in weeks)) for at in (1, 2, 3))
        total = numbers.whole(sum(week.total for week in weeks))
        template = MEASURED if has_metrics else NOT_MEASURED
        values = {"measured": every} if has_metrics else {}
        return said(template, language, n=total, tested=looked_at[0], neither=looked_at[1], **values)
    total = numbers.count(sum(week.total for week in weeks), "change")
    measured, tested, neither = (numbers.whole(sum(week[at] for week in weeks)) for at in (1, 2, 3))
    told = f"Of {total} of models, features and their settings in a year, "
    told += f"{measured} wrote committed metrics, " if has_metrics else ""
    told += f"{tested}{' more' if has_metrics else ''} changed a test or a check of data with it, {neither} neither."
    return told + ("" if has_metrics else " No metrics are committed, so whether a change was measured is not known.")


def ramps(points: Sequence[Point], numbers: Numbers = ENGLISH) -> Spec:
    """For each year's newcomers, which share of them had come to a third and to a tenth change, so many weeks on."""
    rows = [point._asdict() | {"step": step_name(point.change)} for point in points]
    there = {point.cohort for point in points}
    colour = {
        "field": "cohort",
        "type": "nominal",
        "scale": {"domain": COHORT_DOMAIN},
        "legend": {
            "title": None,
            "orient": "top",
            "labelLimit": 260,
            "values": [name for name in COHORT_DOMAIN if name in there],
            "symbolType": "stroke",
            "columns": {"expr": "width < 480 ? 1 : 2"},
            "symbolStrokeWidth": 3,
        },
    }
    of_change = {change: [point for point in points if point.change == change] for change in STEPS}
    ends = [
        {"week": max(p.week for p in own), "share": max(p.share for p in own), "step": step_name(change)}
        for change, own in of_change.items()
        if own
    ]
    week = {
        "field": "week",
        "type": "quantitative",
        "title": "weeks since the first change",
        "scale": {"nice": False},
        "axis": {"tickCount": 13, "tickMinStep": 1, "grid": False},
    }
    share = {
        "field": "share",
        "type": "quantitative",
        "title": "share of newcomers",
        "scale": {"zero": True},
        "axis": {"tickCount": 4, "labelExpr": shares(numbers)},
    }
    lines = {
        "mark": {"type": "line", "strokeWidth": 2.2},
        "encoding": {
            "x": week,
            "y": share,
            "color": colour,
            "strokeDash": {
                "field": "step",
                "type": "nominal",
                "sort": [step_name(change) for change in STEPS],
                "scale": {"range": [[1, 0], [5, 3]]},
                "legend": None,
            },
            "tooltip": [
                {"field": "cohort", "title": "newcomers who"},
                {"field": "week", "title": "weeks on"},
                {"field": "share", "title": "had come", "format": ".0%"},
                {"field": "step", "title": "to a"},
                {"field": "people", "type": "quantitative", "title": "people so long ago", "format": ","},
            ],
        },
    }
    names = {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "dy": -6, "fontSize": 12, "color": LINE},
        "encoding": {"x": week, "y": share, "text": {"field": "step"}},
    }
    return {
        "data": {"values": rows},
        "height": 240,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": PADDING,
        "layer": [lines, names],
    }


def step_name(change: int) -> str:
    return {3: "third change", 10: "tenth change"}[change]


def ramps_say(points: Sequence[Point], numbers: Numbers = ENGLISH, language: str = "en") -> str:
    """How far each cohort had come where its curves end."""
    began = {point.cohort: point.people for point in reversed(points)}
    ends = {(point.cohort, point.change): point for point in points}

    def share(cohort: str, change: int) -> str:
        end = ends[cohort, change]
        estimated = said("an estimated {share}", language, share=format_value(end.share, "share", numbers))
        return estimated if end.people < began[cohort] else format_value(end.share, "share", numbers)

    if language == "ko":
        return " ".join(
            said(
                RAMP,
                language,
                n=numbers.whole(began[cohort]),
                began=said(cohort, language),
                third=share(cohort, third),
                weeks=numbers.whole(ends[cohort, third].week),
                tenth=share(cohort, tenth),
            )
            for cohort in dict.fromkeys(point.cohort for point in points)
            for third, tenth in [STEPS]
        )
    told = (
        f"Of {numbers.whole(began[cohort])} who {cohort}, {share(cohort, third)} had come to a third change "
        f"{numbers.count(ends[cohort, third].week, 'week')} on, {share(cohort, tenth)} to a tenth."
        for cohort in dict.fromkeys(point.cohort for point in points)
        for third, tenth in [STEPS]
    )
    return " ".join(told)
