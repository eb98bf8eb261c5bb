"""Deliveries carried out: what they tell is remembered, and jobs are asked for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from github_app.carrying import Carrier, Places, carry_out
from mldebt.jobs.database import STATUS
from mldebt.jobs.listing import Job, State, listing
from mldebt.store.deliveries import tally, verdict_of
from mldebt.store.hosted import Hosted, head_of, hosted, hosted_repositories, installed
from mldebt.store.sessions import Begun, begin_session, granted, keep_grants, session_of
from tests.github_app.webhooks_by_hand import about, comment, places_in, pull_request, real_payloads, received

SECOND = 1_000_000


class Site:
    """Events come here one after another, a second apart."""

    def __init__(self, places: Places) -> None:
        self.places, self.number = places, 0

    def __call__(self, event: str, payload: Any, guid: str = "") -> str:
        """Receive it; its id."""
        self.number += 1
        guid = guid or f"g-{self.number}"
        assert received(self.places, event, payload, guid, self.number * SECOND).status == 202
        return guid

    def carried(self, event: str, payload: Any) -> str:
        """Receive it and carry it out; what became of it."""
        guid = self(event, payload)
        carry_out(self.places)
        return self.verdict(guid)

    def verdict(self, guid: str) -> str:
        with self.places.deliveries.reading() as connection:
            return verdict_of(connection, guid) or ""

    @property
    def jobs(self) -> tuple[Job, ...]:
        return listing(self.places.jobs).of(State.WAITING)

    @property
    def pulls(self) -> list[Job]:
        return [job for job in self.jobs if job.kind == "pull_request"]

    @property
    def waiting(self) -> int:
        with self.places.deliveries.reading() as connection:
            return tally(connection).waiting

    @property
    def repository(self) -> Hosted | None:
        with self.places.store.reading() as connection:
            return hosted(connection, 8)

    def head(self, number: int = 5) -> str:
        with self.places.store.reading() as connection:
            found = head_of(connection, 8, number)
        return found.head if found else ""


@pytest.fixture(params=["places", pytest.param("on_postgresql", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest) -> Site:
    return Site(request.getfixturevalue(request.param))


@pytest.fixture
def here(places: Places) -> Site:
    """On SQLite alone."""
    return Site(places)


def installation(action: str, **more: Any) -> dict[str, Any]:
    return {"action": action, "installation": {"id": 7, "account": {"login": "shop", "id": 3}}, **more}


ODD = "not done: the store does not take it, and the log says more"
LISTED = [{"id": 8, "full_name": "shop/forecast", "private": True}]


def test_two_hundred_pushes_and_a_late_one_are_one_job_about_the_newest_head(site: Site) -> None:
    seconds = [*range(1, 201), 17]
    for number, second in enumerate(seconds):
        site("pull_request", pull_request(second=second))
        if number % 40 == 7:
            carry_out(site.places)
    carry_out(site.places)
    [job] = site.jobs
    assert job.key == "pull:8:5"
    assert job.kind == "pull_request"
    assert job.inputs == {"installation": 7, "repository": 8, "number": 5, "title": "shop/forecast#5"}
    assert site.head() == f"{200:040x}"
    assert site.waiting == 0


def test_ten_pushes_in_a_row_cost_two_assessments(site: Site) -> None:
    """Each is assessed as fast as it comes, where nothing was assessed a moment ago."""
    ran = 0
    for second in range(1, 11):
        site.carried("pull_request", pull_request(second=second))
        with site.places.jobs.engine.begin() as begun:
            connection = begun.execution_options(schema_translate_map={None: site.places.jobs.schema})
            done = {"status": "SUCCESS", "deduplication_id": None, "updated_at": int(time.time() * 1_000)}
            ran += connection.execute(update(STATUS).where(STATUS.c.status == "ENQUEUED").values(done)).rowcount
    assert (ran, len(site.pulls)) == (1, 1), "the second waits, and will see the last"
    assert site.head() == f"{10:040x}"
    assert site.waiting == 0


def test_a_command_is_a_job_of_its_own_without_the_text(site: Site) -> None:
    site.carried("issue_comment", comment("/mldebt accept 0123456789ab because I say so"))
    [job] = site.jobs
    assert (job.kind, job.key) == ("command", "command:8:77")
    ids = {"installation": 7, "repository": 8, "number": 5, "comment_id": 77}
    assert job.inputs == {**ids, "title": "shop/forecast#5"}


def test_the_life_of_an_installation(site: Site) -> None:
    site.carried("installation", installation("created", repositories=LISTED))
    assert site.repository == Hosted(8, 7, "shop/forecast")
    site.carried("repository", about("renamed") | {"repository": LISTED[0] | {"full_name": "shop/new"}})
    site.carried("installation", installation("suspend"))
    assert site.carried("pull_request", pull_request()) == "ignored because the App is suspended there"
    site.carried("installation", installation("unsuspend"))
    site.carried("pull_request", pull_request())
    assert [job.title for job in site.pulls] == ["shop/new#5"], "as it is called now"
    site.carried("installation_repositories", installation("removed", repositories_removed=LISTED))
    late = site.carried("pull_request", pull_request(number=6))
    assert late == "ignored because the App may see this repository no more"
    site.carried("installation_repositories", installation("added", repositories_added=LISTED))
    site.carried("repository", about("archived"))
    assert site.carried("pull_request", pull_request(number=6)).startswith("ignored because the repository is archived")
    site.carried("repository", about("unarchived"))
    site.carried("pull_request", pull_request(number=7))
    assert {job.key for job in site.pulls} == {"pull:8:5", "pull:8:7"}
    site.carried("installation", installation("deleted"))
    assert site.carried("pull_request", pull_request(number=8)) == "ignored because the App was removed there"
    with site.places.store.reading() as connection:
        assert hosted_repositories(connection) == ()
        of = installed(connection, 7)
        assert of is not None
        assert of.removed_at == site.number - 1


def test_repositories_are_scanned_when_the_app_comes_to_them_and_once_for_many_pushes(site: Site) -> None:
    rows = [*LISTED, {"id": 9, "full_name": "shop/ads"}]
    site.carried("installation", installation("created", repositories=rows))
    assert {(job.kind, job.key, job.title, job.reason) for job in site.jobs} == {
        ("hosted_scan", "hosted_scan:8", "shop/forecast", "the App came to it"),
        ("hosted_scan", "hosted_scan:9", "shop/ads", "the App came to it"),
    }
    for _ in range(3):
        site.carried("push", about("", ref="refs/heads/main"))
    assert len(site.jobs) == 2, "one for each, whoever asks"
    running(site, False)
    for _ in range(3):
        site.carried("push", about("", ref="refs/heads/main"))
    assert [(job.key, job.reason) for job in site.jobs] == [("hosted_scan:8", "pushed to")]
    site.carried("repository", about("archived"))
    assert site.carried("push", about("", ref="refs/heads/main")).startswith("ignored because the repository is arch")


def test_a_suspension_that_is_told_after_its_end_is_none(here: Site) -> None:
    """GitHub delivered it again, hours later."""
    here.carried("installation", installation("created", repositories=LISTED))
    here.number = 100
    here.carried("installation", installation("unsuspend"))
    suspended = installation("suspend")
    suspended["installation"] = suspended["installation"] | {"suspended_at": "1970-01-01T00:00:50Z"}
    here.carried("installation", suspended)
    assert here.carried("pull_request", pull_request()).startswith("asked for")
    suspended["installation"] = suspended["installation"] | {"suspended_at": "1970-01-01T00:01:50Z"}
    here.number = 200
    here.carried("installation", suspended)
    assert here.carried("pull_request", pull_request(number=6)) == "ignored because the App is suspended there"
    with here.places.store.reading() as connection:
        of = installed(connection, 7)
        assert of is not None
        assert of.suspended_at == 110


def test_a_deleted_or_transferred_repository_is_known_by_its_id(here: Site) -> None:
    here.carried("installation", installation("created", repositories=LISTED))
    moved = about("transferred") | {"repository": LISTED[0] | {"full_name": "elsewhere/forecast"}}
    here.carried("repository", moved)
    assert here.repository is not None
    assert here.repository.full_name == "elsewhere/forecast"
    here.carried("repository", about("deleted"))
    assert here.carried("pull_request", pull_request()) == "ignored because the App may see this repository no more"


def test_what_is_said_in_passing_never_changes_what_was_told(here: Site) -> None:
    here.carried("pull_request", pull_request())
    assert here.repository == Hosted(8, 7, "shop/forecast", "main")
    here.carried("repository", about("renamed") | {"repository": LISTED[0] | {"full_name": "shop/new"}})
    here.carried("pull_request", pull_request(second=2))
    assert here.repository is not None
    assert here.repository.full_name == "shop/new"


def test_a_check_of_a_fork_is_found_by_its_head(here: Site) -> None:
    here.carried("pull_request", pull_request(number=5, second=4))
    check = {"app": {"id": 29_310}, "head_sha": f"{4:040x}", "pull_requests": []}
    here.carried("check_run", about("rerequested", check_run=check))
    assert [job.key for job in here.jobs] == ["pull:8:5"]
    unknown = check | {"head_sha": "e" * 40}
    verdict = here.carried("check_run", about("rerequested", check_run=unknown))
    assert verdict == "ignored because no pull request is known to have this commit as its head"


def test_who_withdraws_and_whoever_saw_what_is_private_now_is_asked_about_anew(here: Site) -> None:
    here.carried("installation", installation("created", repositories=LISTED))
    with here.places.store.writing() as connection:
        for person in (31, 32):
            begin_session(connection, Begun(bytes([person]), person, "x", 0, 0, 10_000_000_000, 10_000_000_000))
            keep_grants(connection, person, {8: "read"}, 10_000_000_000)
    here.carried("github_app_authorization", {"action": "revoked", "sender": {"id": 31}})
    with here.places.store.reading() as connection:
        assert [len(granted(connection, person, 2)) for person in (31, 32)] == [0, 1]
        assert session_of(connection, bytes([31])) is None
        assert session_of(connection, bytes([32])) is not None
    here.carried("repository", about("privatized"))
    with here.places.store.reading() as connection:
        assert granted(connection, 32, 2) == ()


def running(site: Site, is_running: bool) -> None:
    """As if the job were begun, or had ended."""
    status, queue = ("PENDING", "deduplication_id") if is_running else ("SUCCESS", "NULL")
    table = "workflow_status" if site.places.jobs.file else "dbos.workflow_status"
    with site.places.jobs.engine.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET status = '{status}', deduplication_id = {queue}"))


def test_a_push_while_its_job_runs_is_not_lost(site: Site) -> None:
    """The job may have read the head already: another one comes after it, one for all pushes."""
    first = site("pull_request", pull_request(second=1))
    carry_out(site.places)
    running(site, True)
    for second in (2, 3):
        last = site("pull_request", pull_request(second=second))
    for _ in range(2):
        carry_out(site.places)
        assert site.waiting == 1
        assert site.head() == f"{3:040x}", "the job that runs may look at it"
    running(site, False)
    carry_out(site.places)
    assert site.waiting == 0
    assert [job.id for job in site.jobs] == [f"pull:8:5:{last}"]
    assert first != last


def test_jobs_are_asked_for_once_the_engine_has_its_tables(tmp_path: Any) -> None:
    site = Site(places_in(tmp_path))
    site.carried("pull_request", pull_request())
    assert site.waiting == 1
    assert site.head() != ""
    site.places.close()


@pytest.mark.parametrize(
    ("todo", "verdict"),
    [
        ('{"of": "another version"}', "not done: another version of mldebt received it"),
        ("{", "not done: another version of mldebt received it"),
        ('{"installation": 99999999999999999999, "state": "here"}', ODD),
        ('{"installation": 7, "added": [[]]}', "not done: another version of mldebt received it"),
    ],
)
def test_what_cannot_be_carried_out_stops_nothing_else(site: Site, todo: str, verdict: str) -> None:
    odd = site("pull_request", pull_request())
    with site.places.deliveries.writing() as connection:
        connection.execute(text("UPDATE delivery SET todo = :todo"), {"todo": todo})
    site.carried("pull_request", pull_request(number=6))
    assert site.verdict(odd) == verdict
    assert [job.key for job in site.jobs] == ["pull:8:6"]
    assert site.waiting == 0


def test_what_the_database_refuses_for_now_is_tried_again_and_stops_nothing_else(here: Site) -> None:
    here("pull_request", pull_request())
    with here.places.store.writing() as connection:
        connection.execute(text("ALTER TABLE pull_head RENAME TO elsewhere"))
    here.carried("installation", installation("created", repositories=LISTED))
    assert here.waiting == 1
    assert here.repository is not None
    with here.places.store.writing() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO pull_head"))
    carry_out(here.places)
    assert here.waiting == 0
    assert [job.key for job in here.pulls] == ["pull:8:5"]


EVENTS = [
    *(("pull_request", pull_request(number=number, second=second)) for number in (5, 6) for second in (1, 2, 3)),
    ("repository", about("renamed")),
    ("issue_comment", comment("/mldebt rescan")),
    ("push", about("")),
    ("pull_request", pull_request("labeled", second=9)),
]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(len(EVENTS))),
    again=st.lists(st.integers(0, len(EVENTS) - 1), max_size=8),
    stops=st.sets(st.integers(0, len(EVENTS)), max_size=4),
)
def test_in_any_order_the_jobs_are_the_same_and_about_the_newest_heads(
    new_places: Callable[[], Places], order: list[int], again: list[int], stops: set[int]
) -> None:
    site = Site(new_places())
    for position, number in enumerate([*order, *again]):
        site(*EVENTS[number], guid=f"event-{number}")
        if position in stops:
            carry_out(site.places)
    carry_out(site.places)
    assert sorted(job.key for job in site.jobs) == ["command:8:77", "pull:8:5", "pull:8:6"]
    assert {site.head(5), site.head(6)} == {f"{3:040x}"}
    with site.places.deliveries.reading() as connection:
        assert tally(connection)[:2] == (len(EVENTS), 0)


@pytest.mark.soak
def test_all_real_events_in_many_orders_leave_the_same_rows_and_heads(new_places: Callable[[], Places]) -> None:
    """Whether a job is asked for depends on whether the App was removed before; what is known of heads does not."""
    ends = set()
    for seed in range(12):
        chance, places = random.Random(seed), new_places()
        site = Site(places)
        order = [*real_payloads(), *chance.sample(real_payloads(), 100)]
        chance.shuffle(order)
        for number, row in enumerate(order):
            site(row.event, row.payload, guid=row.name)
            if number % 97 == seed:
                carry_out(places)
        carry_out(places)
        assert site.waiting == 0
        with places.deliveries.reading() as connection:
            assert tally(connection).kept == len(real_payloads())
        with places.store.reading() as connection:
            heads = connection.execute(text("SELECT repository, number, head FROM pull_head ORDER BY 1, 2")).all()
        ends.add(tuple(map(tuple, heads)))
        keys = [job.key for job in site.jobs]
        assert len(keys) == len(set(keys))
    assert len(ends) == 1
    print(f"12 orders of {len(real_payloads())} events, 100 of them twice: {len(next(iter(ends)))} heads each time")  # noqa: T201


@pytest.fixture
def carrier(here: Site) -> Iterator[Carrier]:
    made = Carrier(here.places, look_seconds=0.05)
    yield made
    made.end()


def test_the_carrier_sees_to_what_waits_from_before_and_to_what_comes(here: Site, carrier: Carrier) -> None:
    here("pull_request", pull_request(number=5))
    carrier.begin()
    until(lambda: len(here.jobs) == 1)
    here("pull_request", pull_request(number=6))
    carrier.wake()
    until(lambda: len(here.jobs) == 2 and here.waiting == 0)


def test_the_carrier_waits_for_a_scan_that_holds_the_store(here: Site, carrier: Carrier) -> None:
    """While deliveries are received all the same."""
    with here.places.store.writing():
        carrier.begin()
        here("pull_request", pull_request(number=5))
        carrier.wake()
        time.sleep(0.2)
        assert here.waiting == 1
    until(lambda: here.waiting == 0)


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
