"""Truck factor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import log

from collectors.facts.changes import ENOUGH_EVENTS, ENOUGH_PEOPLE, TOO_FEW, Changes
from collectors.facts.files import FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

Authors = Mapping[str, frozenset[int]]  # path -> its authors, by degree of authorship

AUTHOR = 0.75  # of the highest degree of authorship in the file
LEAST = 3.293  # the degree of a stranger to the file
LANGUAGE = 2  # files; of another language than the main one, few can stand in
FOLDER = 5  # files; smaller folders have one maintainer by chance


@signal(
    debt=Debt.CULTURAL_DEBT,
    unit="people",
    better="higher",
    status=SHOW,
    version=3,
    says="If {value} left, more than half of {n} source {n:file|files} would have no author.",
    about_people=True,
)
def truck_factor(changes: Changes, files: Files) -> Measurement:
    """The fewest people whose leaving orphans more than half of the source files, over the whole history.

    A person's degree of authorship in a file is 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC): FA is 1 for who
    created it, DL the person's later changes, AC the others' later changes. Authors are all within 0.75 of the highest,
    and not below 3.293. Those with most files are taken away, one by one, until fewer than half of the files have an
    author. Files are followed through renames. Source files are code and tests: what is vendored, generated,
    documentation or data is left out. Commits that touch many files count here, as in the paper: an import does create
    its files. The authors' later tool also drops people with fewer than a tenth of the leader's files; this does not.
    Listed are folders of five files and more, and languages beside the main one, that have one maintainer.
    Where many hold a file or two each, the number hangs on few files, and on who of them is taken first.

    Why it matters: what only one or two people understand is learned from them or not at all.
    Pay it off: review and pair across the folders below; let the next change there be made by somebody else.
    Cannot see: knowledge gained by review, reading and design; what people who left still know; who used several names
    that the mailmap does not join; squash merges that credit one of many.
    Ask: Who, besides its maintainer, could release a fix in each of these folders tomorrow?
    Source: Avelino, Passos, Hora, Valente 2016, "A Novel Approach for Estimating Truck Factors", ICPC, sections II and
    III, https://arxiv.org/abs/1604.06766.
    """
    sources = [file.path for file in files.of(FileKind.CODE, FileKind.TEST)]
    if not sources:
        return Measurement.unknown("there are no source files")
    if len(changes.people) < ENOUGH_PEOPLE:
        return Measurement.unknown(TOO_FEW)
    if len(sources) < ENOUGH_EVENTS:
        return Measurement.unknown(f"there are too few source files ({len(sources)})")
    authors = authors_of_files(changes, sources)
    if 2 * len(authors) < len(sources):
        return Measurement.unknown("the history shows no author for most source files: fetch the whole history")
    leavers = orphaning(authors, len(sources))
    return Measurement(
        len(leavers),
        n=len(sources),
        evidence=(*_one_maintainer_languages(authors, files), *_one_maintainer_folders(authors))[:MOST_EVIDENCE],
        seen=len(authors),
        total=len(sources),
        note=f"as of {len(changes):,} commits; bots and merges left out",
        details=(("people with authored files", float(len(frozenset().union(*authors.values())))),),
    )


def authors_of_files(changes: Changes, paths: Iterable[str]) -> Authors:
    """Who is an author of each path, by degree of authorship; a path that no change touched is left out."""
    followed = changes.followed
    wanted = {followed.now[path]: path for path in paths if path in followed.now}
    creators: dict[int, tuple[int, ...]] = {}
    deliveries: defaultdict[int, Counter[int]] = defaultdict(Counter)
    totals: Counter[int] = Counter()
    for change, numbers in zip(changes, followed.files, strict=True):
        if change.is_bot or change.is_merge:
            continue
        for file, number in zip(change.files, numbers, strict=True):
            if number not in wanted or file.status == "D":
                continue
            if number not in creators and file.status in "AC":
                creators[number] = change.people
                deliveries[number].update(dict.fromkeys(change.people, 0))
            else:
                deliveries[number].update(change.people)
                totals[number] += 1
    return {
        wanted[number]: _authors(creators.get(number, ()), by_person, totals[number])
        for number, by_person in sorted(deliveries.items())
    }


def degree_of_authorship(*, created: bool, deliveries: int, acceptances: int) -> float:
    return LEAST + 1.098 * created + 0.164 * deliveries - 0.321 * log(1 + acceptances)


def _authors(creators: Collection[int], deliveries: Mapping[int, int], total: int) -> frozenset[int]:
    degrees = {
        person: degree_of_authorship(created=person in creators, deliveries=own, acceptances=total - own)
        for person, own in deliveries.items()
    }
    highest = max(degrees.values())
    return frozenset(person for person, degree in degrees.items() if degree > AUTHOR * highest and degree >= LEAST)


def orphaning(authors: Authors, files: int) -> list[int]:
    """People to take away, most files first, until fewer than half of `files` have an author left."""
    held = Counter(person for people in authors.values() for person in people)
    left = {path: len(people) for path, people in authors.items()}
    covered = sum(1 for count in left.values() if count)
    by_person: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(authors):
        for person in authors[path]:
            by_person[person].append(path)
    taken = []
    # Among people with as many files their files decide, not their numbers, which differ from store to store.
    for person in sorted(held, key=lambda one: (-held[one], by_person[one])):
        if covered < files / 2:
            break
        taken.append(person)
        for path in by_person[person]:
            left[path] -= 1
            covered -= left[path] == 0
    return taken


def _one_maintainer_languages(authors: Authors, files: Files) -> Iterator[Evidence]:
    """Languages, but for the one with most files, all of whose files have the same single author."""
    people: defaultdict[str, set[int]] = defaultdict(set)
    number: Counter[str] = Counter()
    for path in authors:
        if language := files.general_purpose(path):
            people[language] |= authors[path] or {-1, -2}  # of a file without an author nobody is the maintainer
            number[language] += 1
    main = max(number, key=lambda one: (number[one], one), default="")
    for language in sorted(number, key=lambda one: (-number[one], one))[:MOST_EVIDENCE]:
        if language != main and number[language] >= LANGUAGE and len(people[language]) == 1:
            yield Evidence(
                language, "language", number[language], f"{worded(number[language], 'file', 'files')}, one maintainer"
            )


def _one_maintainer_folders(authors: Authors) -> Iterator[Evidence]:
    """The largest folders whose files all have the same single author; not the folders within them."""
    people: defaultdict[str, set[int]] = defaultdict(set)
    files: Counter[str] = Counter()
    for path, found in authors.items():
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            people[folder] |= found
            files[folder] += 1
    alone = {folder for folder, found in people.items() if len(found) == 1 and files[folder] >= FOLDER}
    top = [folder for folder in alone if not folder or folder.rpartition("/")[0] not in alone]
    for folder in sorted(top, key=lambda one: (-files[one], one))[:MOST_EVIDENCE]:
        yield Evidence(
            folder or ".", "folder", files[folder], f"{worded(files[folder], 'file', 'files')}, one maintainer"
        )
