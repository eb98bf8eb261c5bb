"""The one door to the store: every read of a page.

Each function that is not of this module alone asks `_seeing` first whether the person may see what it is about. What
is kept (`_kept`) asks no further.
"""

from __future__ import annotations

import logging
import os

from app_pages import _kept, _seeing
from app_pages._kept import BranchPictures, Silence, address
from app_pages._ledger import EVERY, Wanted
from app_pages._numbers import numbers, of_locale
from app_pages._portfolio import Line
from app_pages._repo import Repo, Snapshot
from app_pages._trend import YEAR
from app_pages._view import View
from collectors.facts.branches import Fate
from collectors.facts.data_graph import Lineage
from collectors.facts.data_sharing import Sharing
from collectors.facts.files import Place
from collectors.facts.model_pairs import Pairs
from collectors.facts.pictures import Pictures
from collectors.registry import discover
from mldebt.access import NotSeen
from mldebt.jobs.listing import Listing
from mldebt.settings import SettingsError, read_settings
from mldebt.store import reading
from mldebt.store.attestations import give, together
from mldebt.store.contents import BranchCount, BranchRow, FileRow
from mldebt.store.errors import StoreError
from mldebt.store.findings import Listed
from mldebt.store.series import Past
from mldebt.store.snapshots import Box
from scoring.answers import Scorecard
from scoring.attestation import Attestation
from scoring.wording import Numbers

log = logging.getLogger("mldebt.server")

Made = tuple[str, int, str, Numbers, str, tuple[int, int]]


def repositories() -> tuple[Repo, ...]:
    """All that the visitor may see, by name. Without sign-in, whoever reaches the server may see all."""
    return _kept.repositories(address(), _seeing.visible())


def visit(slug: str) -> Repo | None:
    """The repository that an address means, though it was not known before that the visitor may see it."""
    _seeing.visit(slug)
    return next((repo for repo in repositories() if repo.slug == slug), None)


def latest(repository_id: int) -> Snapshot | None:
    return _kept.latest(address(), _seeing.seen(repository_id))


def snapshot_at(repository_id: int, at: str) -> Snapshot | None:
    """The snapshot of this repository that a link means; None where it means none of it."""
    return _kept.snapshot_at(address(), _seeing.seen(repository_id), at)


def portfolio_lines(language: str) -> tuple[Line, ...]:
    """All repositories that the visitor may see, as the portfolio lists them."""
    return _kept.portfolio(address(), language, numbers(), _seeing.visible())


def card(snapshot: Snapshot) -> Scorecard:
    return _kept.card(address(), seen_snapshot(snapshot.id), snapshot.identity_parts)


def view(repo: Repo, snapshot: Snapshot, language: str) -> View:
    names = tuple(signal.name for signal in card(snapshot).signals)
    pasts = _kept.series(
        address(), _seeing.seen(repo.id), names, snapshot.as_of - YEAR, _kept.moments(address(), repo.id)
    )
    return View(pasts, snapshot.as_of, snapshot.commit, repo.web, language, numbers())


def whole_past(repo: Repo, name: str) -> tuple[Past, ...]:
    """One signal over all snapshots that there are."""
    return _kept.series(address(), _seeing.seen(repo.id), (name,), 0, _kept.moments(address(), repo.id)).get(name, ())


def boxes(snapshot_id: int) -> dict[Place, Box]:
    return _kept.boxes(address(), seen_snapshot(snapshot_id))


def files(snapshot_id: int, place: Place, after: tuple[int, int] | None, limit: int) -> tuple[FileRow, ...]:
    return _kept.files(address(), seen_snapshot(snapshot_id), place, after, limit)


def lineage(snapshot_id: int) -> Lineage | None:
    """The graph of data; None where none is kept with the snapshot."""
    return _kept.lineage(address(), seen_snapshot(snapshot_id))


def pictures(snapshot_id: int) -> Pictures | None:
    """None where none were kept with the snapshot."""
    return _kept.pictures(address(), seen_snapshot(snapshot_id))


def model_pairs(snapshot_id: int) -> Pairs | None:
    """None where no graph is kept with the snapshot."""
    return _kept.model_pairs(address(), seen_snapshot(snapshot_id))


def sharing(repo: Repo) -> Sharing | None:
    """How its newest graph meets those of the other repositories that the visitor may see."""
    return _kept.sharing(address(), _seeing.seen(repo.id), tuple(other.id for other in repositories()))


def branch_counts(snapshot_id: int) -> tuple[BranchCount, ...]:
    return _kept.branch_counts(address(), seen_snapshot(snapshot_id))


def branches(snapshot_id: int, fate: Fate | None, after: tuple[int, int] | None, limit: int) -> tuple[BranchRow, ...]:
    return _kept.branches(address(), seen_snapshot(snapshot_id), fate, after, limit)


def finding_count(snapshot_id: int, rules: tuple[str, ...], wanted: Wanted = EVERY) -> int:
    return _kept.finding_count(address(), seen_snapshot(snapshot_id), rules, wanted)


def findings(
    snapshot_id: int, rules: tuple[str, ...], after: int, limit: int, wanted: Wanted = EVERY
) -> tuple[Listed, ...]:
    """Findings of some signals together, the heaviest first, after the position of the last one seen."""
    return _kept.findings(address(), seen_snapshot(snapshot_id), rules, after, limit, wanted)


def heaviest(snapshot_id: int) -> tuple[Listed, ...]:
    """Open findings, the heaviest first: as many as one looks through for what to do first."""
    return _kept.heaviest(address(), seen_snapshot(snapshot_id))


def attestations(repo: Repo, snapshot: Snapshot) -> tuple[Attestation, ...]:
    """What the snapshot holds and, unless it is one of the past, what was answered here since."""
    kept = _kept.attestations(address(), seen_snapshot(snapshot.id))
    newest = latest(repo.id)
    if newest is None or newest.id != snapshot.id:
        return kept
    return together(kept, _kept.given(address(), _seeing.seen(repo.id)))


def activity() -> Listing:
    """How jobs stand: of the repositories that the visitor may see. Raises StoreError."""
    viewer = _seeing.viewer()
    return _kept.activity(read_settings(os.environ).engine_url, viewer.visible, tuple(sorted(viewer.hosted)))


def answer(repo: Repo, said: Attestation, at: int) -> None:
    """Keep what somebody answered here. Raises NotDecided."""
    repository_id = _seeing.require_decide(repo.id)
    with _kept.store(address()).writing() as connection:
        give(connection, repository_id, said, at)
    _kept.given.clear()


def branch_pictures(snapshot: Snapshot) -> BranchPictures:
    return _kept.branch_pictures(address(), seen_snapshot(snapshot.id))


def branch_silence(snapshot: Snapshot) -> Silence:
    return _kept.branch_silence(address(), seen_snapshot(snapshot.id), snapshot.as_of)


def made_of(repo: Repo, snapshot: Snapshot, language: str) -> Made:
    """All that the words about a snapshot depend on: a key of what is made of it."""
    moments = _kept.moments(address(), _seeing.seen(repo.id))
    return address(), seen_snapshot(snapshot.id), language, numbers(), repo.web or "", moments


def forget_lists() -> None:
    """Ask the store again which repositories and snapshots there are."""
    for cached in (_kept.repositories, _kept.latest, _kept.snapshot_at, _kept.portfolio, _kept.moments):
        cached.clear()


def store_answers() -> bool:
    try:
        with _kept.store(address()).reading() as connection:
            reading.latest_snapshots(connection)
    except (StoreError, SettingsError):
        return False
    return True


def warm_up() -> None:
    """What the first visitor would wait for. A store that does not answer is told on the page, not here."""
    import pandas as pd  # noqa: F401 - imported for its cost

    discover()
    form = of_locale("en")
    try:
        if len(_kept.repositories(address(), None)) > 1:
            _kept.portfolio(address(), "en", form, None)
    except (StoreError, SettingsError) as error:
        log.warning("the store does not answer: %s", error)


def seen_snapshot(snapshot_id: int) -> int:
    """The same id. Raises NotSeen where it is gone, or of a repository that the visitor may not see."""
    visible = _seeing.visible()
    repository_id = _kept.repository_of(address(), snapshot_id)
    if repository_id is None:  # forgotten while somebody looks: the lists forget it too
        forget_lists()
    if repository_id is None or (visible is not None and repository_id not in visible):
        raise NotSeen(_seeing.NOT_SEEN)
    return snapshot_id
