"""What is set here and where, as rows. Nothing that opens a door is told: only whether it is set. Pure."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import NamedTuple

from app_pages._numbers import whole
from mldebt.app_access import AppAccess
from mldebt.settings import Settings, TrackerAccess

ENVIRONMENT, OWN, UNSET = "the environment", "default", "not set"


class Told(NamedTuple):
    """One setting. No text is escaped yet."""

    name: str  # of the variable
    value: str
    where: str  # who says so
    says: str


def rows(
    environment: Mapping[str, str], settings: Settings, tracker: TrackerAccess, access: AppAccess | None
) -> tuple[Told, ...]:
    """Where an App is configured others than this machine's owner may look: they learn of no folder and no host."""
    hidden = "not told to visitors" if access else ""

    def one(name: str, value: str, says: str) -> Told:
        return Told(name, value, ENVIRONMENT if environment.get(name, "").strip() else OWN, says)

    return (
        one("MLDEBT_HOME", hidden or str(settings.home), "The folder that holds what mldebt keeps."),
        one("DATABASE_URL", hidden or settings.shown_database_url, "Where snapshots and answers are stored."),
        one("ENGINE_URL", hidden or settings.shown_engine_url, "Where jobs are stored."),
        one("MLDEBT_JOBS", whole(settings.jobs), "Jobs at a time in one process."),
        one("MLDEBT_JOBS_TOTAL", whole(settings.jobs_total), "Jobs at a time in all processes together."),
        one(
            "MLDEBT_LARGEST_MB",
            whole(settings.largest >> 20),
            "Megabytes: a larger repository is not fetched for its pull requests.",
        ),
        one("MLDEBT_WEEKLY", "on" if settings.weekly else "off", "A scan of each repository once a week."),
        _token(environment, tracker),
        one("GITHUB_SERVER_URL", tracker.server, "The GitHub whose links are known."),
        one("GITHUB_API_URL", tracker.api, "Where that GitHub is asked."),
        *_app(environment, access),
    )


def _token(environment: Mapping[str, str], tracker: TrackerAccess) -> Told:
    names = ("MLDEBT_GITHUB_TOKEN", "GITHUB_TOKEN")
    name = next((name for name in names if environment.get(name, "").strip()), names[0])
    says = "With a token, scans that are asked to may read reviews and issues."
    return Told(name, "set" if tracker.token else UNSET, ENVIRONMENT if tracker.token else OWN, says)


def _app(environment: Mapping[str, str], access: AppAccess | None) -> tuple[Told, ...]:
    if access is None:
        says = "No App: nobody signs in, and this machine alone is served. `mldebt setup` makes one."
        return (Told("MLDEBT_APP_ID", UNSET, OWN, says),)
    where = ENVIRONMENT if environment.get("MLDEBT_APP_ID", "").strip() else "the folder that mldebt setup wrote"
    number = f"{len(access.webhook_secrets)} set"
    return (
        Told("MLDEBT_APP_ID", str(access.app_id), where, f"The GitHub App, called {access.slug}."),
        Told("MLDEBT_APP_KEY", "set", where, "The App’s private key."),
        Told("MLDEBT_WEBHOOK_SECRET", number, where, "Two while one takes the other’s place."),
        Told("MLDEBT_CLIENT_SECRET", "set", where, "With which people sign in."),
        Told("MLDEBT_URL", access.public_url, where, "Where GitHub and people reach this mldebt."),
    )


def programs() -> tuple[tuple[str, str], ...]:
    """What answers here, by version."""
    return (
        ("mldebt", version("mldebt")),
        ("Streamlit", version("streamlit")),
        ("Python", platform.python_version()),
    )
