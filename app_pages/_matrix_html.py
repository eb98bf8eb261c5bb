"""Models against models: how much data two of them share, and whether anything looks at both. HTML of our own."""

from __future__ import annotations

from app_pages import _html
from app_pages._numbers import count, whole
from app_pages._text import listed, safe, shortened
from collectors.facts.model_pairs import Pair, Pairs

ROOM = 24
SHADES = (1, 2, 4, 8)
"""From so many shared sets of data on a cell is darker."""
NAMED = 5
"""Sets of data that a cell names when asked."""


def sentence(found: Pairs) -> str:
    sharing = [pair for pair in found.pairs if pair.shared]
    together = sum(bool(pair.together) for pair in sharing)
    resting = sum(pair.first_rests or pair.second_rests for pair in found.pairs)
    told = f"Of {count(len(found.pairs), 'pair')} of models, {whole(len(sharing))} share data that they are trained on"
    told += f", {whole(together)} of those are evaluated by one job" if sharing else ""
    told += f"; in {count(resting, 'pair')} one is trained directly on what the other made." if resting else "."
    return told + (f" {count(found.left_out, 'model')} more not shown." if found.left_out else "")


def matrix(found: Pairs) -> str:
    """A table, so that it is read aloud cell by cell; the shade repeats the number."""
    pairs = {(pair.first, pair.second): pair for pair in found.pairs}
    heads = "".join(f'<th scope="col"><span title="{safe(name)}">{_name(name)}</span></th>' for name in found.models)
    body = "".join(
        f'<tr><th scope="row"><span title="{safe(row)}">{_name(row)}</span></th>'
        + "".join(_cell(pairs.get((min(row, column), max(row, column))), row) for column in found.models)
        + "</tr>"
        for row in found.models
    )
    return _html.wrapped(
        f'<p data-testid="matrix-says">{safe(sentence(found))}</p>'
        '<p class="muted small">A cell counts the sets of data that both are trained on; the darker, the more. '
        "<strong>E</strong>: one job reads both and writes metrics. <strong>R</strong>: the model of the row is "
        "trained on that of the column, or on what was predicted with it. Whether one got worse after the other was "
        "released, git does not tell.</p>"
        f'<div class="md-scroll"><table class="md-matrix" data-testid="model-matrix"><thead><tr><td></td>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _cell(pair: Pair | None, row: str) -> str:
    if pair is None:
        return '<td class="self" aria-label="the same model"></td>'
    rests = pair.first_rests if row == pair.first else pair.second_rests
    marks = "".join(mark for mark, holds in (("E", pair.together), ("R", rests)) if holds)
    shade = sum(len(pair.shared) >= least for least in SHADES)
    said = f"{count(len(pair.shared), 'shared set')} of data"
    if pair.shared:
        more = [f"{whole(len(pair.shared) - NAMED)} more"] if len(pair.shared) > NAMED else []
        said += f": {listed([*pair.shared[:NAMED], *more])}"
    said += f". Evaluated together by {listed(pair.together)}" if pair.together else ". Not evaluated together"
    number = whole(len(pair.shared)) if pair.shared else "–"
    return f'<td class="shade-{shade}" title="{safe(said)}">{number}<span class="mark"> {marks}</span></td>'


def _name(name: str) -> str:
    return f"<code>{_html.name(shortened(name.rstrip('/').rpartition('/')[2], ROOM))}</code>"
