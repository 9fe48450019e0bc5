"""Tills that nobody stands at, against doors that fail, and against the real one."""

import json
import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.adapters.native.till import NativeTill
from omni_sync.pos.drain import drain
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.receive import receive
from omni_sync.pos.secrets import new_secret
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Level, Movement
from settings.simulator import switch
from settings.simulator.connection import door as real_door
from settings.simulator.crowd import EXAMPLE_EVERY, Crowd
from settings.simulator.door import Door, Later, Refused
from settings.simulator.kept import Kept
from settings.simulator.run import FASTEST, LONGEST_WAIT, SLOWEST, Simulator
from settings.simulator.sell import sell_one
from settings.simulator.shelves import NothingThere, shelf_of
from settings.simulator.told import Numbers, Speaker
from shop.seed import example

SECRET = new_secret()
EVENTS = 150


class Failing:
    """A door that answers what it is told to, one answer per request; when none is left, it takes everything.

    An answer is a status, ``(status, headers)``, ``"lost"`` (taken, but the answer never arrives) or ``"cut"``.
    """

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = 0
        self.taken = []  # event ids in the order they were first taken
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                NativeTill().authenticate(body=body, headers=headers, secrets=[SECRET], url="")
                door.answer(self, json.loads(body)["id"])

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request, event_id):
        self.requests += 1
        wanted = self.answers.pop(0) if self.answers else 202
        if wanted in (202, "lost"):
            self.taken.append(event_id)
        if wanted in ("lost", "cut"):
            request.close_connection = True
            return
        status, headers = wanted if isinstance(wanted, tuple) else (wanted, {})
        request.send_response(status)
        for name, value in {"content-length": "2", **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(b"{}")

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def door(self):
        return Door(base=self.base, connection="langkah-till", secret=SECRET)


@pytest.fixture
def failing() -> Iterator[object]:
    made = []

    def make(*answers):
        made.append(Failing(*answers))
        return made[-1]

    yield make
    for door in made:
        door.close()


class Waits:
    """Waits nobody has to sit through; it ends after so many turns."""

    def __init__(self, turns):
        self.turns = turns
        self.seconds = []

    def __call__(self, seconds):
        self.seconds.append(seconds)
        return len(self.seconds) >= self.turns


@pytest.fixture
def simulate(tmp_path, clean_cache, monkeypatch):
    """Run a simulator against a door for so many turns; what happened, what was waited, and itself."""
    monkeypatch.setattr("settings.simulator.run.close_old_connections", lambda: None)

    def run(door, turns, *, happens=None):
        made, wait = [], Waits(turns)

        def something():
            made.append({"id": f"event-{tmp_path.name}-{len(made)}-{random.random()}", "type": "sale.completed"})
            return made[-1]

        simulator = Simulator(
            door=door,
            happens=happens or something,
            kept=Kept(tmp_path / "kept.json"),
            wait=wait,
            chance=random.Random(7),
        )
        simulator.run()
        return [event["id"] for event in made], wait.seconds, simulator

    return run


def test_a_door_that_fails_loses_nothing_and_gets_nothing_twice(failing, simulate):
    trouble = [500, 503, (429, {"retry-after": "7"}), "cut", 202, "lost", 500, 202, 401, 404, 202]
    door = failing(*trouble)
    made, _, simulator = simulate(door.door, 20)
    assert door.requests == 20  # one for each turn: it never hurries to catch up
    assert list(dict.fromkeys(door.taken)) == made
    assert simulator.taken == len(made) == 20 - 8
    assert len(door.taken) == len(made) + 1  # the one whose answer was lost was told again, under the same id


def test_it_waits_longer_each_time_and_never_sooner_than_asked(failing, simulate):
    _, waits, _ = simulate(failing(*[500] * 9, (429, {"retry-after": "300"}), 500).door, 13)
    failures, after = waits[:9], waits[11:]
    assert all(0.5 * 2**n <= waited <= 2**n for n, waited in enumerate(failures[:6]))
    assert max(waits[:9] + waits[10:11]) <= LONGEST_WAIT
    assert waits[9] == 300
    assert all(FASTEST <= waited <= SLOWEST for waited in after)


def test_nobody_there_at_all_is_waited_for(failing, simulate):
    gone = failing()
    gone.close()
    made, waits, simulator = simulate(gone.door, 5)
    assert (len(made), simulator.taken) == (1, 0)
    assert waits[4] > waits[0]


def test_what_was_on_its_way_when_it_was_killed_is_told_first(failing, simulate, tmp_path):
    silent = failing(*[503] * 3)
    made, _, _ = simulate(silent.door, 3)
    assert len(made) == 1
    door = failing()
    simulate(door.door, 3)
    assert door.taken[0] == made[0]
    assert len(door.taken) == 3
    assert Kept(tmp_path / "kept.json").read() is None


def test_what_will_never_be_taken_is_let_go(failing, simulate):
    made, _, simulator = simulate(failing(422, 202).door, 2)
    assert len(made) == 2
    assert (simulator.refused, simulator.taken) == (1, 1)


def test_a_file_that_cannot_be_read_is_no_event(tmp_path):
    (tmp_path / "kept.json").write_text('{"id": "ev')
    assert Kept(tmp_path / "kept.json").read() is None


def test_the_switch_stops_it_and_lets_it_go_on(failing, simulate):
    door = failing()
    switch.turn(on=False)
    made, waits, _ = simulate(door.door, 3)
    assert (made, door.requests, len(waits)) == ([], 0, 3)
    assert switch.seen() == {"taken": 0, "refused": 0, "failures": 0}
    switch.turn(on=True)
    made, _, _ = simulate(door.door, 3)
    assert door.taken == made


def test_without_a_cache_the_switch_stays_as_it_was(settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
    }
    assert switch.is_on(unless_known=True)
    assert not switch.is_on(unless_known=False)
    switch.say_seen({})
    assert switch.seen() is None


def test_numbers_never_repeat_in_a_run_or_in_the_next(monkeypatch):
    from django.utils import timezone

    moments = iter([1_700_000_000_000_000_000, 1_700_000_000_001_000_000])
    monkeypatch.setattr("settings.simulator.told.time.time_ns", lambda: next(moments))
    at = timezone.now()
    said = [numbers.next(at) for numbers in (Numbers(), Numbers()) for _ in range(50)]
    assert len(set(said)) == 100


@pytest.fixture
def langkah(db, settings, tmp_path):
    """The small demo shop, and its till's connection."""
    settings.MEDIA_ROOT = tmp_path
    call_command("seed", small=True, no_pictures=True, stdout=StringIO())
    real_door()
    return Connection.objects.get(name="langkah-till")


def tell(connection, event):
    body = json.dumps(event).encode()
    answer = receive(connection=connection, body=body, headers={}, reading=read(body))
    assert (answer.accepted, answer.rejected) == (1, [])
    drain()


def test_days_of_it_leave_books_that_agree_and_shelves_that_sell(langkah):
    clock = [0.0]
    crowd = Crowd(chance=random.Random(3), clock=lambda: clock[0])
    before = Level.objects.filter(on_hand__lt=0).count()
    for _ in range(EVENTS):
        clock[0] += 6
        event = crowd.next_event()
        if event is not None:
            tell(langkah, event)
    assert InboxEvent.objects.exclude(state="applied").count() == 0
    assert audit()["violations"] == []
    assert Level.objects.filter(on_hand__lt=0).count() == before  # it sells what is there
    assert Return.objects.exists()
    assert Movement.objects.filter(kind="received", source=langkah.name).exists()
    sold = Movement.objects.filter(
        kind="sale", stockrecord__partner__code=example.STORE, stockrecord__partner_sku=example.SKU
    )
    assert sold.count() >= EVENTS * 6 / EXAMPLE_EVERY * 0.6  # the rest of its turns brought new ones
    assert shelf_of(example.STORE, example.SKU).available > 0
    assert {register for (register,) in Sale.objects.values_list("register")} == {"simulator"}


def test_a_shop_with_empty_shelves_just_waits(langkah):
    Level.objects.update(on_hand=0)
    crowd = Crowd(chance=random.Random(1))
    crowd.next_event()  # the example is brought back
    said = [crowd.next_event() for _ in range(20)]
    assert {event["type"] for event in said if event} <= {"stock.received"}


@pytest.mark.django_db(transaction=True)
def test_one_is_sold_at_the_real_door(live_server, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("BASE_URL", live_server.url)
    settings.BASE_URL = live_server.url
    call_command("seed", small=True, no_pictures=True, stdout=StringIO())
    before = shelf_of(example.STORE, example.SKU).on_hand
    number = sell_one(sku=example.SKU, store=example.STORE)
    said = StringIO()
    call_command("simulator", "sell", example.SKU, example.STORE, stdout=said)
    drain()
    assert shelf_of(example.STORE, example.SKU).on_hand == before - 2
    assert Sale.objects.get(number=number).register == "tour"
    assert said.getvalue().startswith(f"Sold one {example.SKU} at {example.STORE}")
    with pytest.raises(CommandError, match="has no"):
        call_command("simulator", "sell", "LK-NO-SUCH", example.STORE)
    with pytest.raises(NothingThere):
        sell_one(sku=example.SKU, store="nowhere")


def test_who_wants_to_see_one_sold_is_told_when_the_door_is_shut(langkah, failing, monkeypatch, settings):
    gone = failing()
    gone.close()
    monkeypatch.setenv("BASE_URL", gone.base)
    settings.BASE_URL = gone.base
    with pytest.raises(Later):
        sell_one(sku=example.SKU, store=example.STORE)
    with pytest.raises(CommandError, match="did not take"):
        call_command("simulator", "sell", example.SKU, example.STORE)


def test_a_sale_the_contract_does_not_know_is_refused(failing):
    with pytest.raises(Refused):
        failing(422).door().send({"id": "1"})


def test_status_is_one_line_of_json(clean_cache):
    said = StringIO()
    call_command("simulator", "off", stdout=StringIO())
    call_command("simulator", "status", stdout=said)
    assert json.loads(said.getvalue()) == {"on": False, "running": False}
    call_command("simulator", "on", stdout=StringIO())
    switch.say_seen({"taken": 3})
    said = StringIO()
    call_command("simulator", "status", stdout=said)
    assert json.loads(said.getvalue()) == {"on": True, "running": True, "taken": 3}


def test_what_it_says_is_what_the_contract_asks_for(langkah):
    shelf = shelf_of(example.STORE, example.SKU)
    speaker = Speaker(register="simulator")
    sale = speaker.sale(example.STORE, shelf.zone, [(shelf.article, 2)], loyalty="LK-7113")
    events = [
        sale,
        speaker.goods_in(example.STORE, shelf.zone, {example.SKU: 3}),
        speaker.brought_back(sale, shelf.zone),
    ]
    reading = read(json.dumps(events).encode())
    assert (len(reading.events), reading.rejected) == (3, [])
