"""`mldebt setup`: making this mldebt a GitHub App."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from mldebt.settings import make_home, read_settings

Url = Annotated[str, typer.Option(metavar="URL", help="Where GitHub and people reach this mldebt: https://host.")]
Org = Annotated[str, typer.Option(metavar="NAME", help="The organization that the App is to belong to; else you.")]


def setup(
    url: Url,
    org: Org = "",
    host: Annotated[str, typer.Option(metavar="HOST", help="A GitHub Enterprise server; else github.com.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What the App is called; GitHub asks again.")] = "",
    quarterly_issue: Annotated[
        bool, typer.Option("--quarterly-issue", help="Let it open one issue a quarter: it may write issues then.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Of the page on this machine; else any.")] = 0,
) -> None:
    """Make a GitHub App of this mldebt: a page in your browser, and its key is kept here. See docs/github.md."""
    from mldebt.cli.setting_up import make_app, wanted_app

    wanted = wanted_app(os.environ, url=url, organization=org, host=host, name=name, quarterly_issue=quarterly_issue)
    settings = read_settings(os.environ)
    make_home(settings)
    make_app(wanted, settings, os.environ, port)
