import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.files import ACCEPT, DebtNote, Summary
from collectors.readers.lines import Comment
from collectors.readers.notes import may_hold_notes, notes_in
from collectors.readers.reading import summarise

LINE = "mldebt: accept seeds intended @ml until 2027-01-01"


def test_a_comment_that_accepts_is_a_note_that_admits_nothing():
    [note] = notes_in([Comment(4, f"# {LINE} on purpose")])
    assert note == DebtNote(ACCEPT, f"{LINE} on purpose", 4)
    assert not note.admits


def test_a_note_accepted_on_its_own_line_keeps_its_text():
    [plain] = notes_in([Comment(4, "# TODO tune")])
    assert notes_in([Comment(4, f"# TODO tune  # {LINE}")]) == (plain, DebtNote(ACCEPT, LINE, 4))


def test_a_file_that_only_accepts_is_looked_into():
    assert may_hold_notes(f"x = 1  # {LINE}".encode())
    assert not may_hold_notes(b"x = 1  # fine")
    for path, text in (
        ("a.py", f"x = 1  # {LINE}\n"),
        ("a.sql", f"-- {LINE}\nSELECT 1;\n"),
        ("a.yaml", f"a: 1 # {LINE}\n"),
    ):
        summary = summarise(path, text.encode())
        assert [note.text for note in summary.notes] == [LINE]
        assert from_json(Summary, to_json(summary)) == summary


def test_a_string_accepts_nothing():
    assert summarise("a.py", f"x = '{LINE}'\n".encode()).notes == ()


def test_placeholders_for_digits_admit_nothing():
    assert notes_in([Comment(1, "# SSN pattern (XXX-XX-XXXX)"), Comment(2, "# +1 XXX-XXX-1234")]) == ()
    assert [note.line for note in notes_in([Comment(1, "--XXX slow"), Comment(2, "# XXX - or is it?")])] == [1, 2]


ADMITS = [
    "workaround for numpy 1.9",
    "a work-around",
    "KLUDGE: is this always right",
    "kludgy",
    "this is ugly",
    "yuck",
    "hacky, but it works",
    "quick fix",
    "quick and dirty",
    "is there a better way to batch",
    "need better way",
    "temporary solution",
    "the loader needs more work",
    "needs to be refactored",
    "do we still need this?",
    "needed??",
    "needed für die 漢字漢字漢字?",
]


@pytest.mark.parametrize("text", ADMITS)
def test_wordings_without_a_tag_admit_too(text: str):
    [note] = notes_in([Comment(3, f"# {text}")])
    assert (note.text, note.line, note.admits) == (text, 3, True)
    assert note.tag in text.upper()
    assert may_hold_notes(f"x = 1  # {text}".encode())


@pytest.mark.parametrize(
    "text",
    [
        "work around the clock",
        "hackathon rules",
        "a temporary file",
        "quick sort",
        "a better model",
        "needed by the loader. Why?",
        "needs I18N, see the list of all messages there?",
        "rework the needle",
    ],
)
def test_common_words_admit_nothing(text: str):
    assert notes_in([Comment(1, f"# {text}")]) == ()


def test_a_tag_speaks_before_a_wording():
    assert notes_in([Comment(1, "# ugly, TODO tune")])[0].tag == "TODO"


@given(st.sampled_from([*ADMITS, "TODO", "FIXME", "xxx", "Hack"]), st.text(max_size=20), st.text(max_size=20))
def test_the_cheap_look_never_misses_a_note(admits: str, before: str, after: str):
    line = " ".join(f"{before} {admits} {after}".split())
    if notes_in([Comment(1, line)]):
        assert may_hold_notes(line.encode())


@given(
    st.lists(
        st.sampled_from(["# todo", "x = '#'", "need", " ?", "\n", "\r", "# a need?", "hack", "#", "é"]), max_size=12
    )
)
def test_behind_signs_alone_nothing_is_missed(parts: list[str]) -> None:
    text = "".join(parts)
    summary = summarise("a.yaml", text.encode())
    assert not summary.notes or may_hold_notes(text.encode(), behind_hash=True)
    behind = [line[line.index("#") :] for line in text.replace("\r", "\n").split("\n") if "#" in line]
    if notes_in(Comment(1, line) for line in behind):
        assert may_hold_notes(text.encode(), behind_hash=True)
