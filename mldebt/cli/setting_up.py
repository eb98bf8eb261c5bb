"""`mldebt setup`: from a URL to an App whose key is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from github_app.manifest import LONGEST_NAME
from github_app.registering import Registered, Wanted
from github_app.setting_up import forwarded_address, set_up
from mldebt.app_access import app_folder, public_url, read_app_access
from mldebt.cli.output import say
from mldebt.failure import Failure
from mldebt.settings import THIS_MACHINE, Settings, api_of, host_url, read_tracker_access

_ORGANIZATION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


def wanted_app(
    environment: Mapping[str, str], *, url: str, organization: str, host: str, name: str, quarterly_issue: bool
) -> Wanted:
    """Raises SettingsError and Failure."""
    public = public_url(url if "://" in url else f"https://{url}", "--url")
    if host:
        server = host_url({"--host": host if "://" in host else f"https://{host}"}, "--host")
        api = api_of(server)
    else:
        access = read_tracker_access({k: v for k, v in environment.items() if k.startswith("GITHUB_") and "URL" in k})
        server, api = access.server, access.api
    if _is_near(public) and not _is_near(server):
        raise Failure(f"GitHub cannot call {public}: give the address that this mldebt has for others with --url")
    if organization and not _ORGANIZATION.fullmatch(organization):
        raise Failure(f"--org is {organization!r}, which no organization is called: write its name as in its address")
    called = name or f"mldebt {organization or (urlsplit(public).hostname or '').partition('.')[0]}"[:LONGEST_NAME]
    if not _NAME.fullmatch(called) or len(called) > LONGEST_NAME:
        raise Failure(f"--name is {called!r}: GitHub takes up to {LONGEST_NAME} letters, digits, spaces and hyphens")
    return Wanted(called.strip(), public, server, api, organization, quarterly_issue)


def _is_near(url: str) -> bool:
    """Whether others far away do not find it: this machine, or a name that only its neighbours know."""
    host = urlsplit(url).hostname or ""
    return host in THIS_MACHINE or not {".", ":"} & set(host)


def make_app(wanted: Wanted, settings: Settings, environment: Mapping[str, str], port: int) -> None:
    """Raises Failure, and SettingsError where the folder cannot be written."""
    refuse_a_second_one(settings, environment)

    def announce(address: str) -> None:
        say("Open this page in your browser. It is there until the App is made; Ctrl-C gives up.", soft_wrap=True)
        if environment.get("SSH_CONNECTION") and not forwarded_address(environment):
            inner = urlsplit(address).port
            say(f"Your browser is on another machine? There first: ssh -N -L {inner}:127.0.0.1:{inner} THIS-MACHINE")
        say(address, markup=False, soft_wrap=True)

    print_made(set_up(wanted, settings.home, port, forwarded_address(environment), announce), settings)


def refuse_a_second_one(settings: Settings, environment: Mapping[str, str]) -> None:
    if environment.get("MLDEBT_APP_ID", "").strip():
        raise Failure("MLDEBT_APP_ID names an App already: unset it, and what goes with it, to make another one")
    folder = app_folder(settings.home)
    if folder.exists():
        access = read_app_access({}, settings.home)
        called = f"{access.slug} at {access.server}" if access else "an App"
        raise Failure(
            f"{called} is kept in {folder} already: to start anew, delete it at GitHub, move that folder away, and run "
            "`mldebt setup` again"
        )


def print_made(found: Registered, settings: Settings) -> None:
    lines = (
        f"{found.access.slug} is there and belongs to {found.owner}. Its key is in {app_folder(settings.home)}.",
        f"1. Install it on the repositories that it may read: {found.install}",
        f"2. Serve, where {found.access.public_url} leads: mldebt serve",
        "3. See whether all of it works: mldebt doctor",
    )
    for line in lines:
        say(line, markup=False, soft_wrap=True)
