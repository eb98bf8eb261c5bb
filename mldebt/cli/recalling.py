"""`mldebt show`, `review`, `explain`, `closure` and `signals`: what is known, without looking at a repository."""

from __future__ import annotations

from contextlib import closing, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mldebt.cli.here import settings_here, store_here
from mldebt.cli.options import Formatted, Repo, Reported
from mldebt.cli.output import say, write
from mldebt.cli.printing import print_scan
from mldebt.failure import Failure, NothingStored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mldebt.scan import Scan
    from scoring.finding import Finding
    from scoring.signal import Definition


def show(
    repo: Repo = ".",
    at: Annotated[str | None, typer.Option(metavar="COMMIT", help="An earlier snapshot, by its commit.")] = None,
    format: Reported = "text",  # noqa: A002
) -> None:
    """Print the last stored scorecard again, without looking at the repository."""
    from mldebt.scan.stored import stored

    with closing(store_here(settings_here())) as store:
        print_scan(stored(store, repo, at), format)


def review(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A repository that was scanned.")] = ".",
    first: Annotated[str | None, typer.Option("--from", metavar="COMMIT", help="The snapshot to start from.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="COMMIT", help="The snapshot to end at.")] = None,
    closed: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="A closed review, as it was when it was closed.")
    ] = None,
    format: Annotated[  # noqa: A002
        Literal["html", "markdown", "json"],
        typer.Option("--format", help="html to print or to send, markdown, or json for machines."),
    ] = "markdown",
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="Write it here instead of printing.")
    ] = None,
    language: Annotated[
        Literal["en", "ko"], typer.Option(help="Of html and markdown: English or Korean. json has one form for all.")
    ] = "en",
) -> None:
    """Prepare the debt review of a quarter: the open one, else what the next one would talk about.

    See docs/review.md. Without --from it starts where the last review ended, else about a quarter ago.
    """
    from mldebt.cli.reviewing import closed_review, put, shown

    if closed is not None and (first or last):
        raise Failure("--closed names a review by itself: leave --from and --to away")
    with closing(store_here(settings_here())) as store:
        one = shown(store, repo, first, last) if closed is None else closed_review(store, repo, closed)
    put(one, format, output, language)


def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A signal, a finding, a kind of debt, or a question.")],
    repo: Repo = ".",
) -> None:
    """Say what a signal, a finding, a debt or a question means, and what was found about it here."""
    from collectors.registry import discover
    from mldebt.cli.explaining import about_debt, about_question
    from mldebt.scan.stored import stored
    from scoring.debts import DEBTS, Debt
    from scoring.finding.ids import ID
    from scoring.questions import QUESTIONS
    from scoring.report.stated import stated_of
    from scoring.report.terminal import explanation
    from scoring.signal import Measurement, Signal

    definitions = {collector.definition.name: collector.definition for collector in discover()}
    if ID.fullmatch(name.strip().lower()):
        _explain_finding(name.strip().lower(), repo, definitions)
        return
    questions = {question.id: question for question in QUESTIONS}
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    known = [*definitions, *(debt.value for debt in Debt), *questions]
    if wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "`mldebt signals` lists what is known"
        raise Failure(f"nothing is called {name!r}: {hint}")
    found = None
    with closing(store_here(settings_here())) as store, suppress(NothingStored):
        found = stored(store, repo, None)
    signals = {signal.name: signal for signal in found.card.signals} if found else {}
    unseen = Measurement.unknown("this repository was not scanned: run `mldebt scan`")
    if wanted in definitions:
        say(explanation(signals.get(wanted, Signal(definitions[wanted], unseen)), found.card if found else None))
        if found:
            _print_places(found, wanted)
    if wanted in questions:
        say(about_question(questions[wanted], found.card if found else None))
    if wanted in set(Debt):  # a signal may have the name of its debt
        debt = Debt(wanted)
        names = [n for n, definition in definitions.items() if definition.debt is debt]
        rows = stated_of(found.card, found.attestations) if found else ()
        said = [row for row in rows if row.debt is debt]
        say(about_debt(DEBTS[debt], [signals.get(n, Signal(definitions[n], unseen)) for n in names], said))


def _explain_finding(finding_id: str, repo: str, definitions: Mapping[str, Definition]) -> None:
    from mldebt.cli.explaining import about_finding
    from mldebt.scan.stored import stored
    from mldebt.store.findings import finding_by_id

    with closing(store_here(settings_here())) as store:
        found = stored(store, repo, None)
        with store.reading() as connection:
            finding = finding_by_id(connection, found.snapshot_id, finding_id)
    if finding is None:
        raise Failure(
            f"the last scan of {found.title} has no finding {finding_id}: it may be paid off; scan again, or look at "
            "`mldebt show --format json`"
        )
    say(about_finding(finding, definitions.get(finding.rule), _link(found, finding)))


def _print_places(found: Scan, rule: str) -> None:
    from mldebt.cli.explaining import SHOWN, places
    from mldebt.store.findings import finding_count, findings_of

    with closing(store_here(settings_here())) as store, store.reading() as connection:
        rows = findings_of(connection, found.snapshot_id, rule=rule, limit=SHOWN)
        total = finding_count(connection, found.snapshot_id, rule=rule)
    if rows:
        say(places([row.finding for row in rows], total, lambda finding: _link(found, finding)))


def _link(found: Scan, finding: Finding) -> str | None:
    from scoring.report.links import permalink

    return permalink(found.web, "file", finding.path, found.card.identity.commit, finding.line, finding.end_line)


def closure(
    node: Annotated[str | None, typer.Argument(metavar="NODE", help="A file, table, address or job.")] = None,
    repo: Repo = ".",
    downstream: Annotated[bool, typer.Option("--downstream", help="What rests on it, not what it rests on.")] = False,
    format: Annotated[  # noqa: A002
        Literal["text", "json", "openlineage"],
        typer.Option("--format", help="text for people, json for machines (see schemas/), openlineage for catalogues."),
    ] = "text",
) -> None:
    """Say what data a node rests on, directly or not; without one the ends and roots of the whole graph."""
    from mldebt.cli.closing import about_graph, about_node, wanted_node
    from mldebt.cli.closure_json import closure_json
    from mldebt.cli.elsewhere import around
    from mldebt.cli.openlineage import events
    from mldebt.scan.stored import stored
    from mldebt.store.lineage import load_lineage
    from mldebt.store.sharing import sharing_of

    if format == "openlineage" and node is not None:
        raise Failure("OpenLineage is told of the whole graph: leave out NODE")
    with closing(store_here(settings_here())) as store:
        found = stored(store, repo, None)
        with store.reading() as connection:
            lineage = load_lineage(connection, found.snapshot_id)
            met = sharing_of(connection, found.repository_id)
    if lineage is None:
        raise NothingStored(f"the last scan of {found.title} kept no graph of data: run `mldebt scan {repo}`")
    identity = found.card.identity
    wanted = None if node is None else wanted_node(lineage, node, found.title)
    met = met and around(met, lineage, wanted, downstream=downstream)
    if format == "json":
        write(closure_json(lineage, found.name, identity.commit, wanted, met, downstream=downstream))
    elif format == "openlineage":
        write(events(lineage, found.name, found.web, identity.commit, identity.as_of))
    elif wanted is None:
        say(about_graph(lineage, met))
    else:
        say(about_node(lineage, wanted, met, downstream=downstream))


def signals(format: Formatted = "text") -> None:  # noqa: A002
    """List every signal: what it counts, for which debt, from which source."""
    import json
    from dataclasses import replace

    from collectors.registry import discover
    from mldebt.cli.explaining import listing
    from mldebt.profiles import shipped
    from scoring.report.json import definition_object

    profile = shipped()
    definitions = [replace(d, status=profile.status_of(d)) for d in (collector.definition for collector in discover())]
    if format == "json":
        write(json.dumps([definition_object(d) for d in definitions], indent=2, ensure_ascii=False) + "\n")
    else:
        say(listing(definitions))
