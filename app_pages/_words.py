"""The words of a scorecard as HTML, made once for each snapshot: they cost more than all the rest of a page."""

from __future__ import annotations

from app_pages import _answers_html, _door, _first, _first_html, _frames, _groups, _groups_html, _html
from app_pages._cache import kept
from app_pages._choice import Choice
from app_pages._labels import spoken
from app_pages._view import View
from scoring.answers import Answer, Scorecard


@kept(most=200, by=1)
def answers(made: _door.Made, card: Scorecard, view: View) -> str:  # noqa: ARG001 - a key
    return _answers_html.answers(_frames.answer_rows(card, view))


@kept(most=200, by=2)
def evidence(made: _door.Made, question: str, answer: Answer, view: View) -> str:  # noqa: ARG001 - a key
    return _groups_html.evidence_of(
        _frames.part_blocks(answer, view), _groups.rows(answer.signals, view, most=_groups_html.ROWS_SHOWN)
    )


@kept(most=200, by=1)
def first(made: _door.Made, shown: Choice, card: Scorecard, view: View) -> str:  # noqa: ARG001 - a key
    """What moved and what to do first: beside each other where there is room."""
    definitions = {signal.name: signal.definition for signal in card.signals}
    found = [one.finding for one in _door.heaviest(shown.snapshot.id)]
    why = spoken("Findings are listed for scans only, not for snapshots made from history.")
    if not shown.snapshot.is_backfill:
        why = spoken("No open finding: no signal that looks for single places found one that nobody accepts.")
        if not any(signal.measurement.tally for signal in card.signals):
            why = spoken("No signal could look for single places.")
    moved = _first_html.moves(_first.moves(card, view), view.then_day)
    heavy = _first_html.first(_first.first(found, definitions, view), why)
    boxes = "".join(f'<section class="md-box">{inside}</section>' for inside in (moved, heavy))
    return _html.wrapped(f'<div class="md-two">{boxes}</div>')
