"""/metrics as a scraper reads it."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from prometheus_client.mmap_dict import MmapedDict

from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent, OutboxEvent, UnmatchedLine
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold, Shortfall
from settings.environment import ROOT
from settings.metrics import inbox, outbox, parts, running, stock
from settings.metrics.slots import Slots
from settings.tasks import heartbeat
from tests.factories import make_connection, make_record, make_store, sale, tell, tell_all
from tests.settings.office import Figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def scrape(client):
    return lambda: Figures(client.get("/metrics").content.decode())


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store, on_hand=10)
    return store


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


# Who may read


@pytest.fixture
def closed(settings):
    settings.METRICS_OPEN = False
    return settings


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1"])
def test_this_machine_may_read(client, closed, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.parametrize(
    "header", [{"X-Forwarded-For": "203.0.113.5"}, {"X-Forwarded-Proto": "https"}, {"Forwarded": "for=203.0.113.5"}]
)
def test_who_comes_through_a_proxy_on_this_machine_may_not(client, closed, header):
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", headers=header).status_code == 404


@pytest.mark.parametrize("address", ["203.0.113.5", "10.0.0.1", "", "unix:"])
def test_nobody_else_may_while_there_is_no_token(client, closed, address):
    answer = client.get("/metrics", REMOTE_ADDR=address, headers={"Authorization": "Bearer "})
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("told", [None, "Bearer wrong", "Basic right", "right", "Bearer"])
def test_a_wrong_token_is_refused(client, closed, told):
    closed.METRICS_TOKEN = "right"
    headers = {"Authorization": told} if told else None
    answer = client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers=headers)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="metrics"')


def test_the_token_opens_it_from_anywhere_under_any_name(client, closed):
    closed.METRICS_TOKEN = "right"
    closed.ALLOWED_HOSTS = ["shop.example"]
    closed.SECURE_SSL_REDIRECT = True
    headers = {"Authorization": "Bearer right", "Host": "10.0.0.7:8000", "X-Forwarded-For": "203.0.113.5"}
    answer = client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers=headers)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]


def test_open_metrics_are_told_to_who_prefers_them(client):
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    assert answer.content.endswith(b"# EOF\n")


def test_a_scrape_writes_nothing(client):
    assert client.post("/metrics").status_code == 405
    assert client.get("/metrics").cookies == {}


# What is told


def test_the_inbox_until_it_is_worked_off(scrape, till, store):
    first = [sale(store, f"R-{n}", {"TEE": 1}) for n in range(3)]
    tell(till, *first, sale(store, "R-0", {"TEE": 2}))
    InboxEvent.objects.filter(document__contains="R-0").update(received_at=timezone.now() - timedelta(seconds=90))
    seen = scrape()
    assert seen("inbox_events", connection="till", state="pending") == 3
    assert seen("inbox_events", connection="till", state="conflict") == 1
    assert seen("inbox_events", connection="till", state="failed") == 0
    assert 90 <= seen("inbox_lag_seconds", connection="till") < 600
    assert seen("lane_backlog", connection="till", store="menteng") == 3
    assert (seen("lanes", state="busy"), seen("lanes", state="idle")) == (1, 0)
    drain()
    seen = scrape()
    assert seen("inbox_events", connection="till", state="pending") == 0
    assert seen("inbox_lag_seconds", connection="till") == 0
    assert (seen("lanes", state="busy"), seen("lanes", state="idle")) == (0, 1)


def test_a_till_that_never_spoke_is_told_with_nothing(scrape, till):
    seen = scrape()
    assert seen("inbox_events", connection="till", state="pending") == 0
    assert seen("inbox_lag_seconds", connection="till") == 0


def test_what_is_promised(scrape, store):
    record = make_record(store, sku="CAP", on_hand=10)
    line = [Line(stockrecord_id=record.pk, quantity=3)]
    hold(lines=line, holder=Holder(Hold.BASKET, "1"), until=timezone.now() - timedelta(minutes=1))
    hold(lines=line, holder=Holder(Hold.BASKET, "2"), until=timezone.now() + timedelta(minutes=1))
    Hold.objects.create(
        stockrecord=record, quantity=9, holder_kind="basket", holder="3", ended_at=timezone.now(), end_reason="expired"
    )
    seen = scrape()
    assert (seen("holds_open"), seen("holds_overdue"), seen("units_held")) == (2, 1, 6)


def test_what_waits_for_a_person(scrape, till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 12}), sale(store, "R-2", {"NOBODY-KNOWS": 1}))
    Shortfall.objects.create(kind="transit", stockrecord_id=make_record(store, sku="CAP").pk, missing=1)
    seen = scrape()
    assert seen("levels_below_zero") == 1
    assert (seen("unmatched_lines_open", reason="unknown"), seen("unmatched_lines_open", reason="disagree")) == (1, 0)
    assert (seen("shortfalls_open", kind="transit"), seen("shortfalls_open", kind="promise")) == (1, 0)
    UnmatchedLine.objects.update(healed_at=timezone.now())
    Shortfall.objects.update(closed_at=timezone.now())
    seen = scrape()
    assert (seen.sum("unmatched_lines_open"), seen.sum("shortfalls_open")) == (0, 0)


def test_what_other_systems_are_told_and_who_lags(scrape, till, store):
    till.webhook = "https://till.example/hook"
    till.save()
    told = OutboxEvent.objects.latest("pk")
    position = {"xact": told.xact, "event": told.pk, "attempts": 4}
    Endpoint.objects.update_or_create(connection=till, defaults=position)
    elsewhere = make_store("dago")
    for place, minutes in ((store, 5), (store, 1), (elsewhere, 60)):
        event = OutboxEvent.objects.create(type="stock.changed", store=place, data={})
        OutboxEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(minutes=minutes))
    seen = scrape()
    assert seen("outbox_newest_age_seconds") >= 3600
    assert 300 <= seen("webhook_lag_seconds", connection="till") < 900, "what it is told, not what others are"
    assert (seen("webhook_failures", connection="till"), seen("webhook_stopped", connection="till")) == (4, None)
    last = OutboxEvent.objects.latest("pk")
    Endpoint.objects.update(xact=last.xact, event=last.pk, stopped_at=timezone.now(), stopped_for="gone")
    seen = scrape()
    assert seen("webhook_lag_seconds", connection="till") == 0
    assert seen("webhook_stopped", connection="till", reason="gone") == 1


def test_who_is_there(scrape):
    assert scrape()("worker_heartbeat_age_seconds") == float("inf")
    heartbeat()
    assert 0 <= scrape()("worker_heartbeat_age_seconds") < 60
    assert scrape()("streams_open") == 0
    assert scrape()("migrations_pending") == 0
    MigrationRecorder(connection).record_unapplied("shop", "0001_initial")
    assert scrape()("migrations_pending") == 1
    assert scrape()("build_info", version=running.release()) == 1


# What is away


@pytest.fixture
def silent(settings):
    """A Valkey that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        cache = settings.CACHES["default"]
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        settings.CACHES = {"default": {**cache, "LOCATION": settings.REDIS_URL}}
        yield server


@pytest.mark.timeout(20)
def test_without_valkey_only_what_lives_there_is_missing(scrape, till, silent):
    seen = scrape()
    assert (seen("scrape_error", part="worker"), seen("scrape_error", part="streams")) == (1, 1)
    assert (seen("worker_heartbeat_age_seconds"), seen("streams_open")) == (None, None)
    assert seen("scrape_error", part="inbox") == 0
    assert seen("inbox_events", connection="till", state="pending") == 0


def test_a_question_that_takes_too_long_is_given_up_and_the_others_are_answered(scrape, till, monkeypatch):
    monkeypatch.setattr(inbox, "_LANES", "SELECT pg_sleep(600)")
    monkeypatch.setattr("settings.metrics.statement.MILLISECONDS", 50)
    seen = scrape()
    assert (seen("scrape_error", part="inbox"), seen.all("inbox_events")) == (1, [])
    assert (seen("scrape_error", part="holds"), seen("holds_open")) == (0, 0)


def test_without_a_database_it_is_tried_once_and_the_rest_is_told(client, monkeypatch):
    heartbeat()
    tries = []

    def gone(*_, **__):
        tries.append(1)
        raise OperationalError("no route to 10.0.0.1")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/metrics")
    seen = Figures(answer.content.decode())
    assert len(tries) == 1
    assert {seen("scrape_error", part=part) for part in parts.IN_DATABASE} == {1}
    assert seen("worker_heartbeat_age_seconds") is not None
    assert b"10.0.0.1" not in answer.content


def test_no_question_reads_the_history(till, store):
    """With ten thousand settled events and as many told, each is answered from an index."""
    tell_all(till, sale(store, "R-1", {"TEE": 1}))
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY)
        cursor.execute("ANALYZE omni_sync_inboxevent, omni_sync_outboxevent, omni_sync_hold")
        for question in (inbox._LANES, inbox._STATES, outbox._NEWEST, outbox._WEBHOOKS, stock._HOLDS):
            cursor.execute(f"EXPLAIN {question}")
            plan = "\n".join(row for (row,) in cursor.fetchall())
            for table in ("inboxevent", "outboxevent", "hold"):
                assert f"Seq Scan on omni_sync_{table}" not in plan, plan


_HISTORY = """
    INSERT INTO omni_sync_inboxevent (delivery_id, index, connection_id, store_id, event_id, type, document,
                                      fingerprint, payload, occurred_at, state, attempts)
    SELECT delivery_id, g, connection_id, store_id, 'e' || g, type, 'd' || g, fingerprint, '{}', now(), 'applied', 0
      FROM omni_sync_inboxevent CROSS JOIN generate_series(1, 10000) g;
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'stock.changed', store_id, '{}' FROM omni_sync_lane CROSS JOIN generate_series(1, 10000);
    INSERT INTO omni_sync_hold (stockrecord_id, quantity, holder_kind, holder, ended_at, end_reason)
    SELECT (SELECT min(id) FROM partner_stockrecord), 1, 'basket', g, now(), 'expired' FROM generate_series(1, 10000) g
"""


# Counters of many processes

COUNTING = """
import os, sys
from pathlib import Path
from prometheus_client import CollectorRegistry, Counter, values
from settings.metrics.slots import Slots
folder = Path(sys.argv[1])
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
slots = Slots(folder)
values.ValueClass = values.MultiProcessValue(slots.mine if sys.argv[2] == "slots" else os.getpid)
counter = Counter("things", "Things.", ["kind"], registry=CollectorRegistry())
counter.labels("a").inc()
if sys.argv[3] == "fork" and os.fork() == 0:
    counter.labels("a").inc()
os.write(1, f"{slots.mine()}\\n".encode())  # at once: two of us write into one pipe
sys.stdin.read()
"""


@pytest.fixture
def counting(tmp_path):
    started = []

    def start(by="slots", how="alone"):
        process = subprocess.Popen(
            [sys.executable, "-c", COUNTING, str(tmp_path), by, how],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process, int(process.stdout.readline())

    def end(process):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    start.end = end
    start.files = lambda: sorted(file.name for file in tmp_path.glob("*.db"))
    start.total = lambda: sum(
        value for name in start.files() for _, value, _, _ in MmapedDict.read_all_values_from_file(tmp_path / name)
    )
    yield start
    for process in started:
        if process.poll() is None:
            end(process)
        process.stdin.close()
        process.stdout.close()


def test_the_files_of_the_dead_are_used_again_and_what_they_counted_stays(counting):
    (first, one), (_, two) = counting(), counting()
    assert (one, two) == (1, 2)
    counting.end(first)
    assert counting()[1] == 1
    assert (counting.files(), counting.total()) == (["counter_1.db", "counter_2.db"], 3)


def test_by_process_id_the_files_of_the_dead_pile_up(counting):
    """The control: what prometheus_client does by itself."""
    for _ in range(3):
        counting.end(counting("pid")[0])
    assert len(counting.files()) == 3


def test_a_fork_counts_by_itself(counting):
    process, _ = counting(how="fork")
    other = int(process.stdout.readline())
    assert {1, 2} == {other, 3 - other}
    assert (counting.files(), counting.total()) == (["counter_1.db", "counter_2.db"], 2)


def test_half_a_file_is_thrown_away_by_whoever_takes_its_number(tmp_path, counting):
    (tmp_path / "counter_1.db").write_bytes(b"\xff\x7f\x00\x00 half a file")
    assert counting()[1] == 1
    assert counting.total() == 1


def test_slots_of_one_process_are_one(tmp_path):
    slots = Slots(tmp_path)
    assert slots.mine() == slots.mine() == 1
    assert Slots(tmp_path).mine() == 2
