"""Files through the inbox of live tills: the same books however they are told, and clear words where they are wrong."""

import contextlib
import json
from pathlib import Path

import pytest
import requests
from django.core.management import CommandError, call_command

from omni_sync.pos.drain import drain
from omni_sync.pos.files import jsonl
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.replay import doors, run
from omni_sync.sales.models import Return, Sale
from tests.factories import books, instants, make_product, make_record, make_store, sale, violations
from tests.omni_sync.pos.files.sheets import sheet
from tests.omni_sync.pos.files.tickets import goods, poslog, tender, ticket

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parent / "files" / "golden"
SKUS = ("LK-TEE-BLK-M", "LK-CAP-RED", "LK-SOCK", "LK-SHIRT-L")


@pytest.fixture
def stores():
    found = [make_store("menteng"), make_store("kemang")]
    for sku in SKUS:
        product = make_product(sku)
        for store in found:
            make_record(store, product=product, sku=sku)
    return found


@pytest.fixture
def replay(monkeypatch, capsys):
    """``replay`` with a worker of this very process: its last line, and with ``breaks`` what it ended with."""

    @contextlib.contextmanager
    def here(count):
        yield
        drain()

    monkeypatch.setattr(run, "at_work", here)

    def told(source, *, breaks=None, **options):
        call = pytest.raises(CommandError, match=breaks) if breaks else contextlib.nullcontext()
        with call:
            call_command("replay", str(source), **options)
        printed = capsys.readouterr()
        told.err = printed.err
        report = json.loads(printed.out.strip().splitlines()[-1])
        assert report["accepted"] + report["duplicates"] + report["rejected"] == report["events"]
        return report

    return told


@pytest.fixture
def native(tmp_path):
    """The golden day in its three spellings: POSLog, rows, and native events."""
    events = json.loads((GOLDEN / "day.json").read_text())
    lines, rows = tmp_path / "day.jsonl", tmp_path / "day.csv"
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    rows.write_text(sheet(events))
    return {"xml": GOLDEN / "day.xml", "jsonl": lines, "csv": rows}


NAMED = {"xml": {"store": ["101=menteng", "102=kemang"]}}


def figures(report):
    return {name: report[name] for name in ("events", "accepted", "duplicates", "rejected", "applied", "conflicts")}


def said(events, *, again=False):
    fresh, old = (0, events) if again else (events, 0)
    return {"events": events, "accepted": fresh, "duplicates": old, "rejected": 0, "applied": fresh, "conflicts": 0}


@pytest.mark.parametrize("kind", ["xml", "csv", "jsonl"])
def test_a_file_goes_in_once_however_often_it_is_told(replay, native, stores, kind):
    assert figures(replay(native[kind], **NAMED.get(kind, {}))) == said(8)
    truth = books(*stores), instants(*stores)
    assert figures(replay(native[kind], **NAMED.get(kind, {}))) == said(8, again=True)
    assert (books(*stores), instants(*stores)) == truth
    assert violations() == []


def test_the_golden_day_ends_in_the_books_worked_out_by_hand(replay, native, stores):
    """The count of 12 tees stands; 40 socks came, 6 left, 1 was lost; the voided sale left no trace; a shirt went."""
    report = replay(native["xml"], **NAMED["xml"])
    assert report["ignored"] == {"ControlTransaction": 1, "training": 1, "cancelled": 1, "unfinished": 1}
    on_hand = {sku: figure for (store, sku), figure in books(*stores).items() if store == "menteng"}
    assert on_hand == {"LK-TEE-BLK-M": 12, "LK-CAP-RED": 0, "LK-SOCK": 33, "LK-SHIRT-L": -1}
    voided, exchanged = Sale.objects.order_by("number")
    assert (voided.number, voided.voided_at is not None, voided.flags) == ("2026-11-20.2.501", True, [])
    assert (exchanged.exchange, exchanged.flags, str(exchanged.total)) == ("2026-11-20.2.502", [], "249000.00")
    back = Return.objects.get()
    assert (back.exchange, back.original_number, back.original_store.code) == (
        "2026-11-20.2.502", "2026-11-02.1.77", "kemang",
    )  # fmt: skip


def test_the_three_spellings_of_a_day_are_one_history(replay, native, stores):
    replay(native["jsonl"])
    for kind in ("xml", "csv"):
        assert figures(replay(native[kind], **NAMED.get(kind, {}))) == said(8, again=True)


@pytest.fixture
def week(tmp_path):
    """A few dozen tickets of all kinds, as a POSLog and as rows."""
    tickets, events = [], []
    for n in range(1, 41):
        sku = SKUS[n % 4]
        if n % 9 == 0:
            body = goods(sku, 1, "1000", kind="Return") + tender("1000", code="Refund")
        else:
            body = goods(sku, 1 + n % 3, f"{1000 * (1 + n % 3)}", unit="1000") + tender(f"{1000 * (1 + n % 3)}")
            events.append(sale("menteng", f"R-{n}", {sku: 1 + n % 3}, key=f"e{n}"))
        tickets.append(ticket(body, number=str(n), currency="IDR"))
    xml, rows = tmp_path / "week.xml", tmp_path / "week.csv"
    xml.write_text(poslog(*tickets))
    rows.write_text(sheet(events))
    return {"xml": xml, "csv": rows}


@pytest.mark.parametrize("kind", ["xml", "csv"])
def test_shuffled_repeated_or_in_order_the_books_are_the_same(replay, week, stores, kind):
    report = replay(week[kind], shuffle=7, duplicate=30.0)
    assert report["duplicates"] > 0
    truth = books(*stores), instants(*stores)
    again = replay(week[kind])
    assert (again["accepted"], again["applied"], (books(*stores), instants(*stores)) == truth) == (0, 0, True)
    assert violations() == []
    assert any(truth[0].values())


@pytest.mark.parametrize("kind", ["xml", "csv"])
@pytest.mark.parametrize("share", [0.3, 0.5, 0.77])
def test_a_file_cut_off_and_told_again_whole_ends_in_the_same_books(replay, week, stores, kind, share):
    whole = week[kind].read_bytes()
    cut = week[kind].with_name(f"cut.{kind}")
    cut.write_bytes(whole[: int(len(whole) * share)])
    first = replay(cut, breaks="breaks off: line [0-9]+.*What came before is in")
    assert 0 < first["accepted"] == first["applied"]
    assert first["broken"]
    rest = replay(week[kind])
    assert (rest["duplicates"], rest["conflicts"], rest["rejected"]) == (first["accepted"], 0, 0)
    twice = books(*stores), instants(*stores)
    InboxEvent.objects.all()
    assert (
        replay(week[kind], connection="other-till", shuffle=1)["conflicts"] == 0
    )  # the same once more, as another till
    assert {key: 2 * figure for key, figure in twice[0].items()} == books(*stores)
    assert violations() == []


def test_bad_rows_are_named_and_the_others_go_in(replay, stores, tmp_path):
    path = tmp_path / "till.csv"
    path.write_text(
        "type,store,occurred_at,document,sku,quantity\n"
        "count,menteng,2026-11-20T10:00,C-1,LK-SOCK,4\n"
        "count,menteng,2026-11-20T10:00,C-2,LK-SOCK,many\n"
        "count,nowhere,2026-11-20T10:00,C-3,LK-SOCK,4\n"
        "received,menteng,2026-11-20T10:00,G-1,LK-SOCK,0\n"
        "count,menteng,2026-11-20T11:00,C-4,LK-SOCK,5\n"
    )
    report = replay(path)
    assert figures(report) | {"applied": 2} == {**said(5), "accepted": 2, "rejected": 3, "applied": 2}
    assert [(r["at"], r["error"]) for r in report["rejections"]] == [
        ("line 3", "line 3: 'many' is no number"),
        ("line 4", "unknown_store: nowhere"),
        ("line 5", "data.lines.0.quantity: Input should be greater than or equal to 1"),
    ]
    assert "rejected: line 4: csv/stock.counted/nowhere/C-3: unknown_store: nowhere" in replay.err
    assert (books(*stores)["menteng", "LK-SOCK"], report["rows_rejected"]) == (5, 1)


def test_a_document_whose_rows_come_apart_is_a_conflict_and_shown(replay, stores, tmp_path):
    path = tmp_path / "till.csv"
    row = "count,menteng,2026-11-20T10:00,{},{},{}\n"
    rows = [row.format("C-1", "LK-SOCK", 4), row.format("C-2", "LK-SOCK", 3), row.format("C-1", "LK-SHIRT-L", 9)]
    path.write_text("type,store,occurred_at,document,sku,quantity\n" + "".join(rows))
    report = replay(path)
    assert (report["accepted"], report["applied"], report["conflicts"]) == (3, 2, 1)
    assert books(*stores)["menteng", "LK-SHIRT-L"] == 0
    assert figures(replay(path)) == said(3, again=True)


def test_bad_lines_of_native_events_are_named_and_the_others_go_in(replay, stores, tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "LONGEST", 50_000)
    good = [json.dumps(sale("menteng", f"R-{n}", {"LK-SOCK": 1}, key=f"e{n}")).encode() for n in range(3)]
    bad = [b"{not json", b'{"id": "\xff"}', b"[1]", b'"' + b"x" * 200_000 + b'"', b"[" * 100_000, b"NaN"]
    deep = b'{"id": "deep", "a": ' + b"[" * 900 + b"]" * 900 + b"}"
    path = tmp_path / "till.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([good[0], b"", *bad, good[1], deep, good[2]]))
    report = replay(path)
    assert (report["accepted"], report["applied"], report["rejected"]) == (3, 3, 7)
    assert [r["at"] for r in report["rejections"]] == [f"line {n}" for n in (3, 4, 5, 6, 7, 8, 10)]


def test_an_event_that_spoils_its_delivery_spoils_only_itself(replay, stores, tmp_path, monkeypatch):
    """A nesting that is read by itself and not within a list."""
    whole = doors.read

    def read(body):
        if b'"deep"' in body:
            raise doors.Malformed("not JSON: too deep")
        return whole(body)

    monkeypatch.setattr(doors, "read", read)
    events = [sale("menteng", f"R-{n}", {"LK-SOCK": 1}, key="deep" if n == 2 else f"e{n}") for n in range(5)]
    path = tmp_path / "till.jsonl"
    path.write_text("\n".join(map(json.dumps, events)))
    report = replay(path)
    assert (report["accepted"], report["rejected"], report["rejections"][0]["at"]) == (4, 1, "line 3")


@pytest.mark.parametrize("name", ["bomb.xml", "bomb.txt"])
def test_an_entity_bomb_is_one_clear_line_and_nothing_is_taken(stores, tmp_path, name):
    path = tmp_path / name
    path.write_text('<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><POSLog>&b;</POSLog>')
    with pytest.raises(CommandError, match=f"^{name}: it declares a document type or entities .*needs.$"):
        call_command("replay", str(path))
    assert not Connection.objects.exists()
    assert not InboxEvent.objects.exists()


@pytest.mark.parametrize(
    ("name", "kind"), [("day.txt", "xml"), ("day", "csv"), ("day.dat", "jsonl"), ("DAY.XML", "xml")]
)
def test_a_file_is_known_by_what_is_in_it(replay, native, stores, tmp_path, name, kind):
    path = tmp_path / name
    path.write_bytes(native[kind].read_bytes())
    assert figures(replay(path, **NAMED.get(kind, {}))) == said(8)


@pytest.mark.parametrize(
    ("content", "name", "options", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "till.txt", {}, "it is none of native events"),
        (b'[{"id": 1}]', "till.json", {}, "it is none of native events"),
        (b"", "till.csv", {}, "it is empty"),
        (b"<POSLog/>", "till.xml", {"weeks": "1-4"}, "--weeks means nothing for it"),
        (b"<POSLog/>", "till.xml", {"decimal": ","}, "--decimal means nothing for it"),
        (b"{}", "till.jsonl", {"store": ["a=b"]}, "--store means nothing for it"),
        (b"a,b", "till.csv", {"stores": 3}, "--stores means nothing for it"),
        (b"a,b", "till.csv", {"columns": ["sku"]}, "--columns is written THEIRS=OURS"),
        (b"a,b", "till.csv", {"columns": ["a=price"]}, "not one of ours"),
        (b"a,b", "till.csv", {"store": ["a", "b"]}, "one --store alone is enough"),
        (b"a,b", "till.csv", {"mapping": "/no/such.toml"}, "such.toml"),
    ],
)
def test_what_does_not_fit_is_one_clear_line(stores, tmp_path, content, name, options, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        call_command("replay", str(path), **options)
    assert not InboxEvent.objects.exists()


def test_options_and_a_mapping_file_go_together(replay, stores, tmp_path):
    mapping, path = tmp_path / "till.toml", tmp_path / "till.csv"
    mapping.write_text('decimal = ","\n[columns]\nBon = "document"\nZeit = "occurred_at"\n[types]\nZ = "count"\n')
    path.write_text("Bon;Zeit;Art;Stück;Typ\nC-1;20.11.2026 10:00;LK-SOCK;1.004;Z\n")
    columns = ["Art=sku", "Stück=quantity", "Typ=type"]
    report = replay(path, mapping=str(mapping), columns=columns, dates="%d.%m.%Y %H:%M", store=["menteng"])
    assert (report["applied"], books(*stores)["menteng", "LK-SOCK"]) == (1, 1004)


def test_over_http_a_file_is_told_as_by_a_live_till(replay, native, stores, client, monkeypatch):
    """Signed and posted to the real view; what the door calls unusable is rejected with its place."""

    def post(self, url, *, data, headers, timeout):
        path = url.removeprefix("http://localhost:8000")
        sent = {
            f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items() if name != "content-type"
        }
        answer = client.post(path, data=data, content_type="application/json", **sent)
        drain()
        response = requests.Response()
        response.status_code, response._content, response.url = answer.status_code, answer.content, url
        return response

    monkeypatch.setattr(requests.Session, "post", post)
    assert figures(replay(native["xml"], via="http", **NAMED["xml"])) == said(8)
    assert figures(replay(native["csv"], via="http")) == said(8, again=True)
    native["jsonl"].write_text(json.dumps({"id": "x", "type": "party"}))
    assert replay(native["jsonl"], via="http")["rejections"][0]["at"] == "line 1"


def test_over_http_without_a_shop_it_says_so(native, stores, settings):
    settings.BASE_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match=r"no shop answers at http://127\.0\.0\.1:9/.*Nothing is lost"):
        call_command("replay", str(native["csv"]), via="http")


def test_whoever_waits_for_workers_elsewhere_does_not_wait_for_ever(replay, native, stores, monkeypatch):
    monkeypatch.setattr(run, "PATIENCE", 0.0)

    class Unworked(doors.Inbox):
        def __init__(self, connection, base):
            super().__init__(connection)

    monkeypatch.setattr(run, "at_work", contextlib.nullcontext)
    monkeypatch.setattr("omni_sync.management.commands.replay.Http", Unworked)
    report = replay(native["csv"], via="http")
    assert (report["applied"], report["waiting"]) == (0, 8)
    assert "8 events wait for a worker" in replay.err
