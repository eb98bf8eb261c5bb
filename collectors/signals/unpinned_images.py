"""Container images that may change under their name."""

from __future__ import annotations

import re

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.settings import Image
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_HOLE = "*"
"""Stands for what only the run knows."""


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="share of images",
    better="lower",
    status=SHOW,
    says="Of {n} container {n:image|images} to build on or run, {value} {n:is|are} not tied to one content.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def unpinned_images(found: Declarations) -> Measurement:
    """Container images that are built on or run by name or tag, without the digest of one content, 0 to 1.

    Looked for in Dockerfiles, compose files, workflows and manifests of Kubernetes. An image counts once in each
    file. A tag without a number ("latest", or none) weighs more than one with a version: both may point to another
    image tomorrow, but the first is meant to. Images whose name only the run knows are left out, and so is a stage
    of the same Dockerfile.

    Why it matters: the same commit built next month is built on other libraries, and a model trained in it may
    differ.
    Pay it off: write `name:tag@sha256:…`, and let a bot propose the next digest.
    Cannot see: registries that forbid tags to move, images that tools choose, and packages installed on top.
    Ask: If last quarter's image had to be built again today, what would be different in it?
    Source: OpenSSF Scorecard, check Pinned-Dependencies (an image is pinned by its hash):
    https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies. Sculley et al. 2015, section 8
    (reproducibility debt).
    """
    rows = list(found.images)
    told = {(path, image.name, image.tag, image.is_pinned): (path, image) for path, image in reversed(rows)}
    images = [(path, image) for path, image in told.values() if not _is_open(image)]
    if not images:
        return Measurement.unknown("no file names a container image that is built on or run")
    bare = [(path, image) for path, image in images if not image.is_pinned]
    spots = tuple(
        Spot(path, image.line, _said(image), note=_note(image), severity=Severity.MEDIUM if _floats(image) else None)
        for path, image in bare
    )
    if len(images) < ENOUGH_EVENTS:
        return Measurement(None, reason="fewer than three container images are named", seen=0, spots=spots)
    return Measurement(
        len(bare) / len(images),
        n=len(images),
        seen=len(images),
        total=len(told),
        details=(("of them with a tag that is meant to move", float(sum(_floats(image) for _, image in bare))),),
        spots=spots,
    )


def _is_open(image: Image) -> bool:
    return _HOLE in image.name.rpartition("/")[2] or (_HOLE in image.tag and not image.is_pinned)


def _floats(image: Image) -> bool:
    return not re.search(r"\d", image.tag)


def _said(image: Image) -> str:
    return f"{image.name}:{image.tag}" if image.tag else image.name


def _note(image: Image) -> str:
    if not image.tag:
        return "no tag and no digest: whatever is the latest"
    return "a tag that is meant to move, no digest" if _floats(image) else "a tag, no digest"
