"""A command on a real pull request: its findings are looked up, three wrong ones mute, a rescan is a job."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from dbos import DBOS

from github_app.assessing import Wanted, assess
from github_app.command_job import Said, carried_out, command_for
from mldebt.jobs.database import open_database
from mldebt.jobs.here import HERE
from mldebt.jobs.listing import State, listing
from mldebt.store.doubts import doubts_of
from mldebt.store.engine import open_store
from scoring.finding.doubts import muted
from tests.github.hosted import PATH, Files, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY
from tests.repos.histories import commit

FILES: Files = {f"{name}.py": PATH % name.encode() for name in ("one", "two", "three", "four")}


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted")) as made:
        DBOS.migrate(made.settings.engine_url)
        with closing(open_database(made.settings)) as database:
            HERE.begin(made.settings, database)
            made.fake.rows["people"] = {"ada": "write"}
            yield made
        assert made.fake.violations == []


def say(there: Hosted, number: int, body: str) -> str:
    """What is answered; empty where nothing is."""
    row = there.fake.write_comment(number, body, "ada")
    with closing(open_store(there.settings.database_url)) as store:
        said = Said(INSTALLATION, REPOSITORY, number, row["id"], f"owner/name#{number}")
        for _ in range(2):
            carried_out(said, there.place(), store)
    mark = f"<!-- mldebt:reply to={row['id']} "
    found = [one["body"] for one in there.fake.comments[number] if one["body"].startswith(mark)]
    assert len(found) <= 1
    return str(found[0]).partition("\n")[2] if found else ""


def muted_there(there: Hosted) -> tuple[str, ...]:
    with closing(open_store(there.settings.database_url)) as store, store.reading() as connection:
        return muted(doubts_of(connection, REPOSITORY))


def assessed(there: Hosted, number: int) -> str:
    """The comment about the change, as the job makes it that knows what is muted."""
    names = list(muted_there(there))
    place = there.place(lambda told: there.read({**told, "muted": names}))
    assess(place, Wanted(INSTALLATION, REPOSITORY, number))
    return next((body for body in there.bodies(number) if body.startswith(("This change", "Of what"))), "")


def test_a_finding_of_the_comment_is_explained_accepted_and_called_wrong(there: Hosted) -> None:
    number = there.open(FILES)
    first = assessed(there, number)
    assert first.startswith("This change adds 4 local paths.")
    ids = list(dict.fromkeys(re.findall(r"\(`([0-9a-f]{12}(?:-\d+)?)`\)", first)))
    assert len(ids) == 4
    assert "/home/ada/" in say(there, number, f"/mldebt explain {ids[0]}")
    assert '    path: "/' in say(there, number, f"/mldebt accept {ids[1]} intended until 2099-03-31")
    assert "is in this change" in say(there, number, "/mldebt wrong 0123456789ab")
    for count, one in enumerate(ids[:3], 1):
        assert muted_there(there) == ()
        said = say(there, number, f"/mldebt wrong {one}")
        assert f"{count} of the 3" in said or count == 3
    assert muted_there(there) == ("local_paths",)
    assert "so its places are not listed" in say(there, number, "/mldebt explain local_paths")
    assert assessed(there, number).startswith("Of what this comment listed nothing is left.")
    commit(there.bare, {".github/mldebt.yml": b"rules: {local_paths: on}\n"})
    assert assessed(there, number).startswith("This change adds 4 local paths.")
    assert "Muted in this repository" not in assessed(there, number)


def test_a_rescan_is_asked_for_once_for_each_comment(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    assert say(there, number, "/mldebt rescan") == ""
    with closing(open_database(there.settings)) as database:
        (job,) = listing(database).of(State.WAITING)
    assert (job.kind, job.title, job.inputs["number"]) == ("pull_request", f"owner/name#{number}", number)


def test_a_change_that_cannot_be_read_is_told(there: Hosted) -> None:
    number = there.open({"new.py": PATH % b"new"})
    there.fake.pulls[number]["base"]["ref"] = "gone"
    assert "This change could not be looked at" in say(there, number, "/mldebt explain 0123456789ab")


def test_a_job_holds_no_text_of_the_comment() -> None:
    asked = command_for(Said(1, 2, 3, 4, "owner/name#3"), "guid", turn=1)
    assert asked.id == "command:2:4:guid"
    assert asked.inputs == {
        "installation": 1,
        "repository": 2,
        "number": 3,
        "comment_id": 4,
        "title": "owner/name#3",
        "turn": 1,
    }
