"""Paths that exist on one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_text import Found, Text

_SHARED = (
    r"user\w*|username|you|your\w*|xxx|runner|jovyan|airflow|ubuntu|ec2-user|hadoop|docker|app|appuser|root|node|vscode|coder"
    r"|jenkins|circleci|workspace|web_user|sagemaker-user|spark|me|name|someone|foo|bar|test|dev|conda|mambauser|shared"
    r"|azureuser|linuxbrew|oracle|postgres|mysql|vagrant|pi|git|Desktop|Documents|Downloads|Public|Default"
)
"""Names under /home and /Users that belong to nobody: images, services, placeholders."""
_SYSTEM = r"Windows|mingw\w*|Program Files|ProgramData|NVIDIA|CUDA|Python\d*|path|your\w*|temp|tmp"
_REST = r"[\w.-]+/[\w. /-]+"
_OWN = re.compile(
    rf"/(?:home|Users)/(?!(?:{_SHARED})(?:/|\Z)){_REST}\Z"
    rf"|[A-Za-z]:[\\/]+(?!(?:{_SYSTEM})\b|Users[\\/]+(?:{_SHARED})(?:[\\/]|\Z))[\w. -]+(?:[\\/][\w. \\/-]*)?\Z",
    re.IGNORECASE,
)


def paths(text: Text) -> Iterator[Found]:
    for node in text.marks.paths:
        value = str(node.value)
        if len(value) <= 300 and _OWN.match(value):
            yield Found(SiteKind.LOCAL_PATH, node)
