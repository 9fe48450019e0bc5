"""From outside, with real processes: one id from the till's request to the last task, and counters that add up."""

from datetime import timedelta
from functools import partial

import pytest
import redis
import requests
from django.utils import timezone

from omni_sync.pos.models import InboxEvent
from omni_sync.pos.secrets import secrets_of
from settings.celery import app
from tests.factories import as_body, make_connection, make_record, make_store, sale, sign
from tests.settings.office import Office, redis_url
from tests.stress import crowd

pytestmark = pytest.mark.django_db(transaction=True)
CAUSE = "till-7.2026_11-22"
CHAIN = ["delivery kept", "task sent", "request"]


@pytest.fixture
def eventually():
    """Processes take their time to start, more so beside other tests."""
    return partial(crowd.eventually, seconds=120)


@pytest.fixture
def office(tmp_path, eventually, transactional_db):
    broker = redis.Redis.from_url(redis_url())
    broker.flushdb()
    office = Office(tmp_path, eventually)
    yield office
    office.close()
    broker.flushdb()
    broker.close()


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store, low_stock_threshold=5)  # somebody wants to be told: a task that a task sends
    return store


@pytest.fixture
def till(store):
    return make_connection(store)


def deliver(office, till, *events, **headers):
    body = as_body(list(events))
    url = office.url(f"/api/v1/pos/{till.name}/events")
    headers = {**sign(secrets_of(till)[0], body), "content-type": "application/json", **headers}
    return requests.post(url, data=body, headers=headers, timeout=30)


def send(office, task, *args, **options):
    with app.connection_for_write(redis_url()) as line:
        return app.send_task(task, args=args, connection=line, queue="celery", **options).id


def test_one_id_leads_from_the_request_to_the_task_that_a_task_sent(office, till, store, eventually):
    office.open("web", "worker")
    answer = deliver(office, till, sale(store, "R-1", {"TEE": 1}), **{"X-Request-ID": CAUSE})
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (202, CAUSE)
    for task in ("omni_sync.stock.tasks.look_after_alerts", "omni_sync.pos.tasks.drain_inbox"):
        eventually(lambda task=task: office.said("worker", "task ended", task=task, request_id=CAUSE))

    web = [line for line in office.lines("web") if line.get("request_id") == CAUSE]
    assert [line["event"] for line in web] == CHAIN
    kept, sent, _ = web
    assert (kept["connection"], kept["accepted"], kept["duplicates"], kept["rejected"]) == (till.name, 1, 0, 0)
    work = [line for line in office.lines("worker") if line.get("request_id") == CAUSE]
    drained = [line for line in work if line.get("task_id") == sent["sent_id"]]
    assert [line["event"] for line in drained] == ["task started", "task sent", "lane drained", "task ended"]
    _, nested, lane, ended = drained
    assert (lane["store"], lane["applied"], lane["failed"], lane["deliveries"]) == ("menteng", 1, 0, [kept["delivery"]])
    assert (ended["task"], ended["outcome"], ended["done"]) == ("omni_sync.pos.tasks.drain_inbox", "success", 1)
    alerts = [line["event"] for line in work if line.get("task_id") == nested["sent_id"]]
    assert alerts == ["task started", "task ended"]
    assert InboxEvent.objects.get().delivery_id == kept["delivery"]


def test_a_bad_day_is_told_without_a_name_a_token_or_a_secret(office, till, store, eventually):
    office.open("web", "worker", "beat")
    for path in [
        "/r/geheim1",
        "/id/h/geheim1/",
        "/live/?t=geheim1",
        "/collect/geheim1?name=geheim2",
        "/nothing?q=geheim2",
    ]:
        office.get(path, **{"X-Request-ID": "a b@geheim3.example", "Authorization": "Bearer geheim4"})
    body = as_body([sale(store, "R-1", {"TEE": 1}, customer={"email": "geheim5@example.com"})])
    refused = requests.post(office.url(f"/api/v1/pos/{till.name}/events?key=geheim6"), data=body, timeout=30)
    assert refused.status_code == 401
    failing = send(office, "omni_sync.stock.tasks.sweep_holds", "geheim7@example.com")
    late = send(office, "omni_sync.stock.tasks.sweep_holds", "geheim0", expires=timezone.now() - timedelta(minutes=1))
    send(office, "nobody.knows.this", "geheim8", "+62 812 3456 7890")
    eventually(lambda: office.said("worker", "task ended", task_id=failing))
    eventually(lambda: [line for line in office.lines("worker") if "unregistered task" in str(line["event"])])
    eventually(lambda: office.said("worker", "task dropped", task_id=late, expired=True))
    eventually(lambda: office.said("beat", "clock started"))
    deliver(office, till, *[sale(store, "R-2", {"TEE": 1}, customer={"email": "geheim9@example.com"})])
    eventually(lambda: office.said("worker", "lane drained", connection=till.name))  # this poke or a tick of beat

    (failed,) = office.said("worker", "task failed", task_id=failing)
    (trouble,) = failed["exception"]
    assert (failed["level"], trouble["exc_type"], trouble["frames"][0].get("locals")) == ("error", "TypeError", None)
    (ended,) = office.said("worker", "task ended", task_id=failing)
    assert (ended["outcome"], ended["task"]) == ("failure", "omni_sync.stock.tasks.sweep_holds")
    assert office.said("web", "delivery refused", connection=till.name)
    for member in ("web", "worker", "beat"):
        office.lines(member)  # JSON, every one of them
        text = office.log(member).read_text()
        assert "geheim" not in text
        assert "3456" not in text
        assert "Signal handler" not in text, "a receiver of ours broke"
        assert all("timestamp" in line and "level" in line for line in office.lines(member))
    ids = {line["request_id"] for line in office.said("web", "request")}
    assert len(ids) >= 6, "requests without a usable id of their own have new ones"


def test_a_tick_that_finds_nothing_is_only_said_when_one_wants_to_know(office, eventually, store):
    """A look at the inbox every two seconds would be most of the log."""
    office.environ["LOG_LEVEL"] = "DEBUG"
    office.open("worker", "beat")
    look = "omni_sync.pos.tasks.drain_inbox"
    eventually(lambda: office.said("worker", "task ended", task=look))
    (sent, *_) = office.said("beat", "task sent", sent=look)
    told = [line for line in office.lines("worker") if line.get("request_id") == sent["request_id"]]
    ours = [(line["event"], line["level"], line["task_id"]) for line in told if line["logger"] == "lintas.tasks"]
    assert ours == [(event, "debug", sent["sent_id"]) for event in ("task started", "task ended")]
    ids = [line["request_id"] for line in office.said("beat", "task sent")]
    assert len(ids) == len(set(ids)), "each tick is a cause of its own"


def test_counters_add_up_over_processes_and_outlive_them(office, till, store, eventually):
    office.open("web", "worker")
    for number in range(1, 31):
        assert deliver(office, till, sale(store, f"R-{number}", {"TEE": 1})).status_code == 202
    for _ in range(5):
        office.get("/no/such/page/")
    look = {"task": "omni_sync.pos.tasks.drain_inbox"}
    eventually(lambda: InboxEvent.objects.filter(state="applied").count() == 30)
    eventually(
        lambda: office.scrape().sum("tasks_total", **look) == len(office.said("worker", "task ended", **look)) > 0
    )

    def posted():
        return office.scrape()("requests_total", method="POST", status="202", route="lintas-api:post_events")

    before = office.scrape()
    assert posted() == 30
    assert before("request_seconds_count", route="lintas-api:post_events") == 30
    assert before.sum("requests_total", route="none") + before.sum("requests_total", route="wagtail_serve") >= 5
    assert not [s for s in before.samples if "menteng" in s.labels.get("route", "") or "/no/such" in str(s.labels)]

    files = sorted((office.folder / "metrics").glob("*.db"))
    office.kill("web")
    office.open("web")
    assert posted() == 30, "what the dead counted still counts"
    assert deliver(office, till, sale(store, "R-99", {"TEE": 1})).status_code == 202
    assert posted() == 31
    assert sorted((office.folder / "metrics").glob("*.db")) == files, "and their files are used again"
