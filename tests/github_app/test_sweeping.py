"""What events did not tell: failed deliveries are sent again, installations and pull requests are found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dbos import DBOS

from github_app.census import take
from github_app.itself import as_itself
from github_app.port import GitHubFailed
from github_app.redelivery import MOST_TRIES, lost
from github_app.sent import KEPT_SECONDS, Sent, attempts, fetched
from github_app.sweeping import hourly, reconcile_all, sent_again, unheard_of
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import State, listing
from mldebt.store.deliveries import Arrived, keep
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import hosted_repositories, installations, tell_installation, tell_repository
from tests.github.fake import Answer, FakeGitHub, Fault
from tests.github.hosted import PATH, Hosted, hosted
from tests.github.installed import INSTALLATION, REPOSITORY
from tests.github.sending import NOW, SENDING, sent

SECRET = "hook-secret-91f1"  # noqa: S105


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted"), routes=SENDING) as made:
        yield made
        assert made.fake.violations == []


@pytest.fixture
def fake(there: Hosted) -> FakeGitHub:
    for name in ("sent", "again", "installations"):
        there.fake.rows.pop(name, None)
    return there.fake


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/mldebt.db")) as opened:
        yield opened


def row(id_: int, guid: str, at: float = 0, *, arrived: bool = False) -> Sent:
    return Sent(id_, guid, "push", at, arrived)


def test_the_last_attempt_of_what_nobody_took_is_sent_again_the_oldest_first() -> None:
    rows = [
        row(5, "b", 50),
        row(4, "a", 40),
        row(3, "c", 30),
        row(2, "a", 20),
        row(1, "d", 10),
        row(6, "c", 60, arrived=True),
    ]
    assert lost(rows, lambda guid: guid == "d") == [4, 5]
    assert lost([row(n, "often") for n in range(MOST_TRIES)], lambda _: False) == []


def test_what_failed_within_three_days_and_was_not_kept_is_sent_again(there: Hosted, fake: FakeGitHub) -> None:
    for n in range(120):  # more than one page of them
        sent(fake, f"old-{n}", "push", {}, ago=KEPT_SECONDS - 1_000 + n)
    sent(fake, "kept", "push", {})
    sent(fake, "lost", "push", {})
    sent(fake, "fine", "push", {}, code=202)
    sent(fake, "too-old", "push", {}, ago=KEPT_SECONDS + 60)
    fake.rows["sent"].sort(key=lambda one: one["delivered_at"], reverse=True)
    with closing(open_store(there.settings.deliveries_url)) as inbox, inbox.writing() as connection:
        keep(connection, Arrived("kept", "push", 1, "ignored"))
    door = as_itself(there.access, pause=0.0005)
    assert sent_again(door, there.settings, NOW) == 121
    assert set(fake.rows["again"]) == {"lost", *(f"old-{n}" for n in range(120))}
    assert fake.rows["again"][-1] == "lost"


def test_a_delivery_is_read_as_it_was_sent_and_by_its_signature(there: Hosted, fake: FakeGitHub) -> None:
    door, payload = as_itself(there.access, pause=0.0005), {"action": "opened", "title": "é @ <b> 한", "n": 1.5}
    sent(fake, "signed", "push", payload, secret=SECRET)
    sent(fake, "unsigned", "push", payload)
    sent(fake, "forged", "push", payload, secret="another")  # noqa: S106
    found = {one.guid: fetched(door, one, (SECRET,)) for one in attempts(door, NOW - 9_999)}
    assert found["forged"] is None
    for guid in ("signed", "unsigned"):
        one = found[guid]
        assert one is not None
        assert (one.event, one.guid, "é @ <b> 한" in one.body.decode()) == ("push", guid, True)
    gone = row(999_999, "gone")
    assert fetched(door, gone, (SECRET,)) is None


def test_where_the_app_is_installed_is_known_without_an_event(there: Hosted, fake: FakeGitHub, store: Store) -> None:
    fake.rows["installations"] = {INSTALLATION: {}, 78: {"suspended_at": "2026-11-01T09:00:00Z"}}
    with store.writing() as connection:
        tell_installation(connection, 79, 1, account="gone")
        tell_installation(connection, INSTALLATION, 1)
        tell_repository(connection, 500, INSTALLATION, 1, full_name="owner/gone")
    assert take(there.place(), store, 5_000_000) == 1
    with store.reading() as connection:
        assert [(row.id, row.full_name) for row in hosted_repositories(connection)] == [(REPOSITORY, "owner/name")]
        told = {
            one.id: (one.account, one.suspended_at is not None, one.removed_at) for one in installations(connection)
        }
    assert told == {INSTALLATION: ("owner", False, None), 78: ("owner", True, None), 79: ("gone", False, 5)}


def test_another_app_s_list_makes_nothing_forgotten(there: Hosted, fake: FakeGitHub, store: Store) -> None:
    fake.rows["installations"] = {}
    with store.writing() as connection:
        tell_installation(connection, 79, 1, account="here")
        tell_repository(connection, 500, 79, 1, full_name="here/name")
    assert take(there.place(), store, 5_000_000) == 0
    with store.reading() as connection:
        assert [row.id for row in hosted_repositories(connection)] == [500]


def test_an_event_that_came_later_outdoes_what_was_listed(there: Hosted, fake: FakeGitHub, store: Store) -> None:
    with store.writing() as connection:
        tell_repository(connection, REPOSITORY, INSTALLATION, 9_000_000, full_name="owner/later")
    take(there.place(), store, 5_000_000)
    with store.reading() as connection:
        assert [row.full_name for row in hosted_repositories(connection)] == ["owner/later"]


def test_a_list_that_cannot_be_read_changes_nothing(there: Hosted, fake: FakeGitHub, store: Store) -> None:
    with store.writing() as connection:
        tell_repository(connection, 500, INSTALLATION, 1, full_name="owner/here")
        tell_installation(connection, INSTALLATION, 1)
    odd = b'{"total_count": 1, "repositories": [{}]}'
    for answer in (Answer(200, raw=odd), Answer(200, raw=b"null"), Answer(502)):
        fake.faults = [Fault("GET", "/installation/repositories", answer) for _ in range(9)]
        with pytest.raises(GitHubFailed):
            take(there.place(), store, 5_000_000)
        fake.faults.clear()
    with store.reading() as connection:
        assert [row.id for row in hosted_repositories(connection)] == [500]


def test_an_open_pull_request_without_our_check_is_asked_for(there: Hosted) -> None:
    seen, unseen, closed = (there.open({f"{name}.py": PATH % b"new"}) for name in ("seen", "unseen", "closed"))
    there.assess(seen)
    there.fake.pulls[closed]["state"] = "closed"
    wanted = unheard_of(there.place(), INSTALLATION, REPOSITORY)
    assert [one.inputs["number"] for one in wanted] == [unseen]
    assert wanted[0].inputs["title"] == f"owner/name#{unseen}"
    (check,) = there.checks(seen)
    check |= {"status": "queued", "conclusion": None}  # somebody asked for it again, and nobody heard
    assert [one.inputs["number"] for one in unheard_of(there.place(), INSTALLATION, REPOSITORY)] == [seen, unseen]
    check |= {"status": "completed", "conclusion": "neutral"}
    there.push(seen, {"more.py": PATH % b"more"})
    assert len(unheard_of(there.place(), INSTALLATION, REPOSITORY)) == 2


def test_each_is_asked_for_once_in_its_time(there: Hosted, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in there.environment.items():
        monkeypatch.setenv(name, value)
    DBOS.migrate(there.settings.engine_url)
    with closing(open_database(there.settings)) as database:
        for _ in range(3):
            hourly(there.settings, database, NOW)
        assert {job.key for job in listing(database).of(State.WAITING)} == {"redeliver:app", "census:app"}
        with closing(open_store(there.settings.database_url)) as kept, kept.writing() as connection:
            tell_repository(connection, REPOSITORY, INSTALLATION, 1, full_name="owner/name")
            tell_repository(connection, 500, INSTALLATION, 1, full_name="owner/old", archived=True)
        reconcile_all(there.settings, database, NOW)
        keys = {job.key for job in listing(database).of(State.WAITING)}
        assert keys == {"redeliver:app", "census:app", f"reconcile:{REPOSITORY}"}
