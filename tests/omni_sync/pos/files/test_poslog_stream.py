"""What may stand around the transactions, and what may not."""

import subprocess
import sys
import textwrap

import pytest

from omni_sync.pos.files.exceptions import Unreadable
from omni_sync.pos.files.poslog import stream
from omni_sync.pos.files.poslog.source import PosLog
from omni_sync.pos.files.stores import Stores
from tests.omni_sync.pos.files.tickets import ARTS, Told, goods, poslog, tender, ticket

SALE = ticket(goods("A", 1, "5.00"), tender("5.00"))

BOMBS = {
    "billion laughs": (
        '<?xml version="1.0"?><!DOCTYPE POSLog [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><POSLog>&c;</POSLog>'
    ),
    "external entity": '<!DOCTYPE POSLog [<!ENTITY a SYSTEM "file:///etc/passwd">]><POSLog>&a;</POSLog>',
    "external subset": '<!DOCTYPE POSLog SYSTEM "http://127.0.0.1:1/poslog.dtd"><POSLog/>',
    "parameter entity": '<!DOCTYPE POSLog [<!ENTITY % a SYSTEM "http://127.0.0.1:1/a"> %a;]><POSLog/>',
    "harmless doctype": "<!DOCTYPE POSLog><POSLog/>",
    "bomb in UTF-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE POSLog [<!ENTITY a "ha">]><POSLog>&a;</POSLog>',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_document_that_declares_entities_is_refused_before_anything_is_told(tmp_path, bomb):
    path = tmp_path / "bomb.xml"
    path.write_bytes(BOMBS[bomb].encode("utf-16" if "UTF-16" in bomb else "utf-8"))
    with pytest.raises(Unreadable, match="document type or entities"):
        PosLog(path, Stores())


@pytest.mark.parametrize("text", ["", "   \n", "this is no xml", "{}", "\x00\x01", "<POSLog"])
def test_what_is_no_xml_is_refused_at_once(tmp_path, text):
    path = tmp_path / "log.xml"
    path.write_text(text)
    with pytest.raises(Unreadable, match="no XML"):
        PosLog(path, Stores())


def test_a_poslog_of_nothing_says_so(tmp_path):
    assert Told(tmp_path / "log.xml", poslog()).broken == "there is no Transaction in it"


@pytest.mark.parametrize("space", [ARTS, "", "urn:a-vendors-own"])
def test_the_namespace_of_the_log_is_its_own_and_others_are_left_out(tmp_path, space):
    text = poslog(SALE).replace(
        f'xmlns="{ARTS}"', f'xmlns="{space}" xmlns:v="urn:vendor"' if space else 'xmlns:v="urn:vendor"'
    )
    other = "<v:Extra><ExtendedAmount>9.99</ExtendedAmount><v:Deep/></v:Extra><v:ExtendedAmount>7</v:ExtendedAmount>"
    told = Told(tmp_path / "log.xml", text.replace("<ExtendedAmount>5.00", f"{other}<ExtendedAmount>5.00"))
    assert told.only["data"]["lines"][0]["amount"] == "5.00"


def test_transactions_may_stand_inside_an_envelope_of_their_own(tmp_path):
    wrapped = f"<Answer><Header>ok</Header><Logs>{SALE}</Logs><Rest/></Answer>"
    assert Told(tmp_path / "log.xml", wrapped).only["type"] == "sale.completed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_log_says_its_encoding(tmp_path, encoding):
    named = goods("A", 1, "5.00", more="<Description>Müsli - ½</Description>")
    text = poslog(ticket(named, tender("5.00"))).replace("UTF-8", encoding.removesuffix("-sig"))
    told = Told(tmp_path / "log.xml", text.encode(encoding))
    assert told.only["data"]["lines"][0]["title"] == "Müsli - ½"


def test_what_came_before_a_break_is_told_and_the_break_has_its_place(tmp_path):
    whole = poslog(*(ticket(goods("A", 1, "5.00"), tender("5.00"), number=n) for n in range(1, 6)))
    cut = whole[: whole.index("<SequenceNumber>4<")]
    told = Told(tmp_path / "log.xml", cut)
    assert [event["data"]["sale"][-1] for event in told.events] == ["1", "2", "3"]
    assert told.broken == f"line 6, column {len(cut.splitlines()[-1]) + 1}: no element found"
    wrong = whole.replace("<SequenceNumber>4</SequenceNumber>", "<SequenceNumber>4</Sequence>")
    told = Told(tmp_path / "log.xml", wrong)
    assert (len(told.events), told.broken.partition(",")[0]) == (3, "line 6")
    assert told.broken.endswith("mismatched tag")


def test_a_transaction_without_an_end_is_given_up_and_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "LONGEST", 200_000)
    endless = poslog(SALE).replace("</POSLog>", f"<Transaction><A>{'x' * 1_000_000}")
    told = Told(tmp_path / "log.xml", endless)
    assert (len(told.events), "more than 200000 bytes" in told.broken) == (1, True)


MEASURE = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    from omni_sync.pos.files.poslog.source import PosLog
    from omni_sync.pos.files.csv.source import CsvFile
    from omni_sync.pos.files.csv.dialect import Dialect
    from omni_sync.pos.files.stores import Stores
    path = Path(sys.argv[1])
    source = PosLog(path, Stores()) if path.suffix == ".xml" else CsvFile(path, Dialect(), Stores())
    told = sum(1 for one in source.events() if one.event)
    print(told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    """
)


def measured(path):
    """How many events a process of its own reads from the file, and the most memory it took for it."""
    run = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, timeout=200, check=True)
    return [int(word) for word in run.stdout.split()]


def write_xml(path, tickets):
    with path.open("w") as file:
        head, tail = poslog(SALE).split(SALE)
        file.write(head)
        for number in range(tickets):
            file.write(SALE.replace("<SequenceNumber>1<", f"<SequenceNumber>{number}<", 1))
        file.write(tail)


def write_csv(path, tickets):
    with path.open("w") as file:
        file.write("type,store,occurred_at,document,currency,sku,quantity,unit_price,payment_amount\n")
        for number in range(tickets):
            file.write(f"sale,menteng,2026-11-20T10:00:00,R-{number},USD,A,1,5.00,5.00\n")


@pytest.mark.parametrize(("write", "few", "many"), [(write_xml, 500, 5_000), (write_csv, 1_000, 20_000)])
def test_the_memory_a_file_takes_does_not_grow_with_it(tmp_path, write, few, many):
    """Many times the file, the same memory: what is held is one document."""
    paths = [tmp_path / f"{size}.{write.__name__.removeprefix('write_')}" for size in (few, many)]
    for path in paths:
        write(path, int(path.stem))
    (told_of_few, small), (told_of_many, large) = map(measured, paths)
    assert (told_of_few, told_of_many) == (few, many)
    assert large < 1.1 * small
