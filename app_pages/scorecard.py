"""One repository at one commit: the paper's figure, its five questions answered, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from app_pages import (
    _address,
    _door,
    _evidence,
    _evidence_page,
    _figure,
    _html,
    _pictures,
    _refusals,
    _stated_html,
    _visitor,
    _words,
)
from app_pages._choice import Choice, choice
from app_pages._labels import spoken
from app_pages._numbers import counted, numbers, stored, whole
from app_pages._text import day, safe, shortened
from scoring.answers import Answer, Scorecard
from scoring.debts import Debt
from scoring.questions import QUESTIONS, Question
from scoring.report.links import permalink
from scoring.report.stated import stated_of

FILES_A_PAGE = 50
ABOUT_THE_FIGURE = (
    "Only a small part of a real system is ML code: the filled box. The area of a box follows its lines of code; the "
    "smallest are drawn larger, so that they can be read. Pick a box to see its files."
)


def head(shown: Choice, headline: str) -> None:
    repo, snapshot = shown.repo, shown.snapshot
    badge = f'<span class="badge">{spoken("example")}</span>' if repo.is_example else ""
    link = permalink(repo.web, "commit", snapshot.commit, snapshot.commit)
    hexed = _html.linked(snapshot.commit[:7], link, is_code=True)
    commit = spoken("{commit} of {day} (UTC)", commit=hexed, day=day(snapshot.as_of))
    made = spoken("scanned {day}", day=day(snapshot.scanned_at))
    made = spoken("measured from history") if snapshot.is_backfill else made
    st.html(
        _html.wrapped(
            f"<h1>{_html.heading(shortened(repo.title, 120))}{badge}</h1>",
            f"<p>{safe(headline)}.</p>",
            f'<p class="muted small">{commit if snapshot.commit else spoken("no commit yet")}, {made}</p>',
            classes="md-head",
        )
    )
    if repo.is_example:
        st.html(
            _html.notice(
                spoken(
                    "This is the example: a made-up repository, scanned like any other. "
                    "Now yours: mldebt scan path-or-URL"
                ),
                is_calm=True,
            )
        )
    if snapshot.partial:
        st.html(_html.notice(spoken("This snapshot is partial. What follows is unknown, not zero:"), snapshot.partial))


def _pick_box(place: str) -> None:
    st.query_params["box"] = place
    st.session_state.pop("file_pages", None)


@_refusals.part()
def figure(shown: Choice, language: str) -> None:
    drawn = _figure.boxes(_door.boxes(shown.snapshot.id))
    picked = next((box for box in drawn if box.place == st.query_params.get("box")), None)
    st.html(
        _html.wrapped(
            f"<h2>{spoken('Your system, as in the paper’s figure')}</h2>",
            f'<p class="muted small">{spoken(ABOUT_THE_FIGURE)}</p>',
            f"<style>{_figure.css(drawn, picked and picked.place)}</style>",
        )
    )
    if not any(box.lines or box.files for box in drawn):
        st.html(
            _html.empty(
                spoken("No code to draw"),
                spoken("No file of this commit is program code, a test or configuration, or none could be read."),
            )
        )
        return
    with st.container(key="figure", gap=None):
        for box in drawn:
            name = _figure.PLACES[box.place].name.in_language(language)
            says = spoken("none seen")
            if box.files:
                share = _figure.percent(box.share, numbers())
                says = spoken("{lines} lines · {share}", lines=whole(box.lines), share=share)
            st.button(f"**{name}** {says}", key=f"box_{box.place}", on_click=_pick_box, args=(box.place.value,))
    if picked is not None:
        files(shown, picked, language)


def files(shown: Choice, box: _figure.Box, language: str) -> None:
    """The files of one box, those with most lines first, a page at a time."""
    words = _figure.PLACES[box.place]
    size = spoken(
        "{files} {files:file|files}, {lines} {lines:line|lines} of code",
        files=counted(box.files),
        lines=counted(box.lines),
    )
    st.html(
        _html.wrapped(
            f'<h3 data-testid="box-files">{safe(words.name.in_language(language))}: {size}</h3>',
            f'<p class="muted small">{safe(words.sentence.in_language(language))}</p>',
        )
    )
    if shown.snapshot.is_backfill:
        not_listed = spoken("Files are listed for scans only, not for snapshots made from history.")
        st.html(_html.wrapped(f'<p class="muted">{not_listed}</p>'))
        return
    pages: list[tuple[int, int] | None] = st.session_state.setdefault("file_pages", [None])
    found = _door.files(shown.snapshot.id, box.place, pages[-1], FILES_A_PAGE)
    first = (len(pages) - 1) * FILES_A_PAGE
    last = first + len(found)
    rows = [
        (
            _html.linked(
                shortened(file.path, 160),
                permalink(shown.repo.web, "file", file.path, shown.snapshot.commit),
                is_code=True,
            ),
            safe(file.language or ""),
            whole(file.lines)
            if not file.unread
            else f'<span class="muted">{spoken("not read:")} {safe(stored(file.unread))}</span>',
        )
        for file in found
    ]
    st.html(_html.table((("File", False), ("Language", False), ("Lines of code", True)), rows, "files"))
    if box.files > FILES_A_PAGE:
        after = (found[-1].lines, found[-1].position) if found else None
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(spoken("Previous"), key="files_back", on_click=_back, disabled=len(pages) == 1)
            st.button(spoken("Next"), key="files_on", on_click=pages.append, args=(after,), disabled=last >= box.files)
            st.html(_html.part_of(first + 1, last, box.files))


def _back() -> None:
    st.session_state["file_pages"].pop()


def _pick_question() -> None:
    st.query_params["q"] = st.session_state["question"]
    st.query_params.pop("line", None)


def asked_for(card: Scorecard) -> Answer:
    """The answer to the question that the address names, else to the first."""
    asked = st.query_params.get("q")
    return next((answer for answer in card.answers if answer.question.id == asked), card.answers[0])


@_refusals.part()
def evidence(shown: Choice, language: str) -> None:
    card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    titles = {question.id: question.title.in_language(language) for question in QUESTIONS}
    st.html(_html.wrapped(f"<h2>{spoken('Evidence')}</h2>"))
    asked = st.query_params.get("q")
    if st.session_state.get("question") != asked or asked not in titles:
        st.session_state["question"] = asked if asked in titles else QUESTIONS[0].id
    chosen = st.segmented_control(
        spoken("Question"),
        list(titles),
        format_func=titles.__getitem__,
        key="question",
        required=True,
        label_visibility="collapsed",
        on_change=_pick_question,
    )
    answer = next(answer for answer in card.answers if answer.question.id == (chosen or QUESTIONS[0].id))
    question = answer.question
    st.html(
        _html.wrapped(
            f"<h3>{safe(question.text.in_language(language))}</h3>",
            f'<p class="muted small">{safe(question.sentence.in_language(language))} <em>{spoken("For example:")}</em> '
            f"{safe(question.example.in_language(language))}</p>",
        )
    )
    _pictures.of_question(question.id, shown)
    _evidence_page.trend(shown, _evidence.with_a_line(answer.signals, view), view)
    st.html(_words.evidence(_door.made_of(shown.repo, shown.snapshot, language), question.id, answer, view))
    said = stated_of(card, _door.attestations(shown.repo, shown.snapshot))
    if told := _stated_html.section([row for row in said if row.debt in question.debts], None, language):
        st.html(told)
    for page, says in further_pages(question):
        st.page_link(page, label=spoken(says), query_params=shown.address)


def further_pages(question: Question) -> Iterator[tuple[str, str]]:
    """Pages that hold more evidence of a question."""
    if question.id == "new_algorithm":
        yield "branches.py", "All branches, and how long they have been silent"
    if question.id == "onboarding":
        yield "onboarding.py", "All that makes this system quick or slow to learn"
    if Debt.CONFIGURATION_DEBT in question.debts:
        yield "configuration.py", "How settings are written, checked and kept"


def basis(card: Scorecard) -> None:
    """All that the numbers depend on."""
    identity = card.identity
    collectors = ", ".join(f"{name} {version}" for name, version in identity.collectors)
    lines = {
        spoken("Commit"): identity.commit or spoken("none"),
        spoken("As of"): f"{day(identity.as_of)} (UTC)",
        spoken("Profile and scoring"): spoken(
            "{profile}, scoring {version}", profile=identity.profile, version=identity.scoring_version
        ),
        spoken("Collectors"): collectors or spoken("none"),
        spoken("Refs"): identity.refs[:12] or spoken("not read"),
        spoken("Snapshot"): identity.digest[:12],
    }
    title = spoken("What these numbers depend on")
    rows = "".join(
        f"<li><span class='muted'>{safe(name)}</span> <span>{safe(text)}</span></li>" for name, text in lines.items()
    )
    st.html(_html.wrapped(f"<details><summary>{title}</summary><ol>{rows}</ol></details>"))


def page() -> None:
    shown = choice()
    language = _visitor.language()
    with st.skeleton(height=520):  # shown only where the first look at a snapshot takes a while
        card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    head(shown, view.headline(card))
    drawn = _evidence.with_a_line(asked_for(card).signals, view)
    _address.check(
        {
            "q": [question.id for question in QUESTIONS],
            "box": [place.value for place in _figure.PLACES],
            "line": [signal.name for signal in drawn],
        }
    )
    st.html(_html.wrapped(f"<h2>{spoken('The paper’s five questions')}</h2>"))
    made = _door.made_of(shown.repo, shown.snapshot, language)
    st.html(_words.answers(made, card, view))
    st.html(_words.first(made, shown, card, view))
    figure(shown, language)
    evidence(shown, language)
    basis(card)


page()
