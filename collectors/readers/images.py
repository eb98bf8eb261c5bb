"""Names of container images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.facts.settings import Image
from collectors.readers.masking import presentable
from collectors.readers.nodes import Scalar
from collectors.readers.shell import HOLE

_IMAGE = re.compile(r"(?P<name>[\w.*/-]+(?::\d+/[\w.*/-]+)?)(?::(?P<tag>[\w.*-]+))?(?P<digest>@sha256:[0-9a-fA-F*]+)?")
_MACHINE = re.compile(
    r"(?i:(?:ubuntu|windows|macos)-(?:latest|\d[\w.]*)(?:-\w+)*)|latest|stable|testing|\d[\d.]*|[^/:]*[A-Z][^/]*"
)
"""A hosted machine that something runs on, or the version of one: names of container images are lower case.

Sources: https://docs.readthedocs.io/en/stable/config-file/v2.html, https://www.appveyor.com/docs/build-environment/.
"""
_REFERENCE = re.compile(r"\$\{\{.{0,300}?\}\}|\$\{[^{}]*\}|\$\w+|\{\{.{0,300}?\}\}|%\w+%")


def image(value: Scalar) -> Iterator[Image]:
    """Nothing where the text names no image. Source: https://docs.docker.com/reference/cli/docker/image/tag/"""
    text = _REFERENCE.sub(HOLE, value.text[:500].strip().removeprefix("docker://"))
    found = _IMAGE.fullmatch(text)
    if found and re.search(r"\w", found["name"]) and not _MACHINE.fullmatch(text):
        yield Image(presentable(found["name"]), found["tag"] or "", bool(found["digest"]), value.line)
