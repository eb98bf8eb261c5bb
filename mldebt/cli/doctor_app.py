"""Whether the GitHub App works: its key, the clock, what GitHub says of it, and whether what GitHub sends arrives."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from github_app.client import Door
from github_app.itself import Delivery, Itself, answer_of, as_itself, clock_of, deliveries, hook, itself
from github_app.manifest import WEBHOOK, beyond, lacking
from github_app.port import GitHubFailed
from mldebt.app_access import KEY, TOLD, AppAccess, app_folder, read_app_access
from mldebt.cli.checks import Check
from mldebt.cli.doctor_inbox import inbox
from mldebt.settings import Settings, SettingsError

MOST_SECONDS = 30
"""By which a clock may differ: GitHub takes no key that was signed with in its future."""
_OPEN = stat.S_IRWXG | stat.S_IRWXO
Clock = Callable[[], float]


def app_checks(settings: Settings, environment: Mapping[str, str], now: Clock = time.time) -> Iterator[Check]:
    """Nothing where no App is configured."""
    try:
        access = read_app_access(environment, settings.home)
    except SettingsError as error:
        yield Check("app", False, str(error))
        return
    if access is None:
        return
    by_environment = bool(environment.get("MLDEBT_APP_ID", "").strip())
    where = "the environment" if by_environment else str(app_folder(settings.home))
    yield Check("app", True, f"{access.slug} ({access.app_id}) at {access.server}, from {where}")
    yield _key(settings, environment, by_environment=by_environment)
    yield _clock(access, now)
    yield inbox(settings, now())
    try:
        door = as_itself(access)
        about = itself(door)
    except GitHubFailed as error:
        yield Check("github", False, _why_not(str(error), access))
        return
    yield _known(about, access)
    yield from _rights(about)
    yield _hook(door, access)
    yield _address(access)
    yield _arrived(door, access)


def _key(settings: Settings, environment: Mapping[str, str], *, by_environment: bool) -> Check:
    folder = app_folder(settings.home)
    named = environment.get("MLDEBT_APP_KEY_FILE", "").strip()
    paths = [folder, folder / KEY, folder / TOLD] if not by_environment else [Path(named).expanduser()] if named else []
    if not paths:
        return Check("key", True, "stands in MLDEBT_APP_KEY")
    loose = [str(path) for path in paths if path.stat().st_mode & _OPEN]
    if loose:
        return Check("key", False, f"others on this machine may read it: chmod go= {' '.join(loose)}")
    return Check("key", True, "readable to you alone")


def _clock(access: AppAccess, now: Clock) -> Check:
    before = now()
    try:
        theirs = clock_of(access.api)
    except GitHubFailed as error:
        return Check("clock", False, str(error))
    apart = round((before + now()) / 2 - theirs)
    if abs(apart) <= MOST_SECONDS:
        return Check("clock", True, "as GitHub's")
    which = "ahead of" if apart > 0 else "behind"
    return Check(
        "clock", False, f"{abs(apart):,} s {which} GitHub's, which then refuses the key: set it, or start its NTP"
    )


def _why_not(said: str, access: AppAccess) -> str:
    if "(401" in said or "(404" in said:
        return (
            f"{said.partition(':')[0]}): the key is none of App {access.app_id} at {access.server}, or the App was "
            "deleted; make a new key on its page at GitHub and put it in the place of this one, or run `mldebt setup`"
        )
    return said


def _known(about: Itself, access: AppAccess) -> Check:
    if about.slug != access.slug or about.id != access.app_id:
        return Check(
            "github", False, f"the App is called {about.slug} there, and {access.slug} here: set MLDEBT_APP_SLUG, or "
            f"the slug in {TOLD}; comments of its own are found by it",
        )  # fmt: skip
    if about.installations == 0:
        return Check("github", False, f"it is installed nowhere: open {about.page}/installations/new")
    number = "" if about.installations is None else f", installed {about.installations}x"
    return Check("github", True, f"answers as {about.slug}, of {about.owner}{number}")


def _rights(about: Itself) -> Iterator[Check]:
    permissions, events = beyond(about.permissions, about.events, quarterly_issue=True)
    more, less = [*permissions, *events], list(lacking(about.permissions, about.events))
    where = "at GitHub, in the App's settings under Permissions & events"
    if more:
        yield Check("rights", False, f"more than it needs: {', '.join(more)}; take it away {where}")
    if less:
        yield Check(
            "rights", False, f"it lacks {'; '.join(less)}: give it {where}, and accept it where it is installed"
        )
    if not more and not less:
        issue = "with" if about.permissions.get("issues") == "write" else "without"
        yield Check("rights", True, f"what `mldebt setup` asks for, {issue} the quarterly issue")


def _hook(door: Door, access: AppAccess) -> Check:
    try:
        found = hook(door)
    except GitHubFailed as error:
        return Check("webhook", False, str(error))
    wanted, where = f"{access.public_url}{WEBHOOK}", "in the App's settings at GitHub"
    if found.url != wanted:
        return Check(
            "webhook", False, f"GitHub calls {found.url or 'nobody'}, and not {wanted}: set it {where}, or MLDEBT_URL"
        )
    if not found.is_signed:
        return Check("webhook", False, f"GitHub does not sign: set the secret {where}, the same as here")
    if found.content_type != "json":
        return Check("webhook", False, f"GitHub sends forms: choose application/json {where}")
    if not found.is_verified:
        return Check("webhook", False, f"GitHub does not look at this server's certificate: let it {where}")
    return Check("webhook", True, f"GitHub calls {wanted}, and signs")


def _address(access: AppAccess) -> Check:
    """As it is seen from here, which may be otherwise from outside."""
    try:
        status, said = answer_of(f"{access.public_url}/healthz")
    except GitHubFailed as error:
        return Check("address", None, f"{error}; the next line says whether GitHub reaches it")
    if status == 200 and '"status"' in said:
        return Check("address", True, f"{access.public_url} leads to mldebt")
    if status == 403 and "mldebt" in said:
        return Check("address", False, f"{access.public_url}: {said.strip()} Let what stands in front hand on the host")
    return Check(
        "address", False, f"{access.public_url}/healthz is not answered by mldebt ({status}): let it lead there"
    )


def _arrived(door: Door, access: AppAccess) -> Check:
    try:
        rows = deliveries(door)
    except GitHubFailed as error:
        return Check("deliveries", False, str(error))
    if not rows:
        return Check("deliveries", None, "none in the last days: install the App, or open a pull request, to see one")
    newest = rows[0]
    lost = [row for row in rows if not row.arrived]
    if newest.arrived:
        told = f", {len(lost)} of the last {len(rows)} were not" if lost else f", as were the last {len(rows)}"
        return Check("deliveries", True, f"{newest.event} was taken at {newest.at:%Y-%m-%d %H:%M} UTC{told}")
    return Check("deliveries", False, f"{_lost(newest)}: {_to_do(newest, access)}")


def _lost(row: Delivery) -> str:
    return f"{row.event} of {row.at:%Y-%m-%d %H:%M} UTC did not arrive ({row.code or row.status})"


def _to_do(row: Delivery, access: AppAccess) -> str:
    if row.code == 401:
        return "the webhook's secret at GitHub is another than here: set MLDEBT_WEBHOOK_SECRET, or set it there"
    if row.code in (403, 404):
        return f"something before mldebt refuses it: let {access.public_url}{WEBHOOK} through to `mldebt serve`"
    return f"see that `mldebt serve` runs, and that {access.public_url} leads to it from outside; or use `mldebt poll`"
