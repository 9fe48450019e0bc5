"""The flat format: what its rows come to, and what is done with rows that are wrong."""

import pytest

from omni_sync.pos.files.csv import documents, rows
from omni_sync.pos.files.csv.dialect import read_dialect
from omni_sync.pos.files.exceptions import Unreadable
from omni_sync.pos.files.stores import Stores
from tests.omni_sync.pos.files.sheets import Told

HEAD = "type,store,occurred_at,document,currency,sku,quantity,unit_price,payment_method,payment_amount\n"
AT = "2026-11-20T10:00:00+07:00"


@pytest.fixture
def told(tmp_path):
    def tell(text, **more):
        """What the file comes to; ``more`` is its dialect, ``stores`` may be Stores."""
        named = more.pop("stores") if isinstance(more.get("stores"), Stores) else None
        return Told(tmp_path / "till.csv", text, named, **more)

    return tell


def sale_row(number, sku="TEE", quantity=1, price="1000", paid="1000"):
    return f"sale,menteng,{AT},{number},IDR,{sku},{quantity},{price},cash,{paid}\n"


def numbers(events):
    return [event["data"]["sale"] for event in events]


def test_rows_of_one_document_are_one_event(told):
    sale = told(HEAD + sale_row("R-1", "TEE", 2, paid="2500") + f"sale,menteng,{AT},R-1,,CAP,1,500,,\n").only
    assert (sale["id"], sale["type"], sale["store"]) == ("csv/sale.completed/menteng/R-1", "sale.completed", "menteng")
    assert sale["data"] == {
        "sale": "R-1",
        "currency": "IDR",
        "lines": [
            {"line": "1", "sku": "TEE", "quantity": 2, "unit_price": "1000"},
            {"line": "2", "sku": "CAP", "quantity": 1, "unit_price": "500"},
        ],
        "payments": [{"method": "cash", "amount": "2500"}],
    }


def test_what_a_file_does_not_say_is_the_stores_and_the_tills(told):
    """Without a currency it is the store's; without payments the sale was paid, as a till's sale is."""
    head = "store,occurred_at,document,sku,quantity,unit_price,discount,sale_discount\n"
    text = f"{head}menteng,{AT},R-1,TEE,2,1000,100,50\n"
    sale = told(text, type="sale").only
    assert sale["data"]["currency"] == "IDR"
    assert sale["data"]["payments"] == [{"method": "till", "amount": "1850"}]
    text = f"occurred_at,document,sku,quantity,unit_price,tax,tax_included\n{AT},R-1,TEE,2,1000,110,no\n"
    assert told(text, type="sale", store="menteng").only["data"]["payments"] == [{"method": "till", "amount": "2110"}]


def test_every_kind_of_document_has_rows(told):
    text = (
        "type,store,occurred_at,document,sku,quantity,amount,restock,reason,transfer,to,voids,original_sale,customer_loyalty\n"
        f"return,menteng,{AT},B-1,TEE,1,1000,no,,,,,R-1,L-1\n"
        f"void,menteng,{AT},R-9,,,,,,,,,,\n"
        f"void,menteng,{AT},B-9,,,,,,,,return,,\n"
        f"count,menteng,{AT},C-1,TEE,0,,,,,,,,\n"
        f"adjustment,menteng,{AT},A-1,TEE,-2,,,broken,,,,,\n"
        f"received,menteng,{AT},G-1,TEE,40,,,,,,,,\n"
        f"transfer_sent,menteng,{AT},T-1,TEE,4,,,,X-7,kemang,,,\n"
        f"customer,menteng,{AT},K-1,,,,,,,,,,L-2\n"
    )
    events = told(text).events
    assert [event["type"] for event in events] == [
        "sale.returned", "sale.voided", "sale.voided", "stock.counted", "stock.adjusted", "stock.received",
        "transfer.sent", "customer.upserted",
    ]  # fmt: skip
    assert events[0]["data"] == {
        "return": "B-1", "currency": "IDR", "customer": {"loyalty": "L-1"}, "refunds": [], "original": {"sale": "R-1"},
        "lines": [{"line": "1", "sku": "TEE", "amount": "1000", "restock": False, "quantity": 1}],
    }  # fmt: skip
    assert [event["data"] for event in events[1:3]] == [{"sale": "R-9"}, {"return": "B-9"}]
    assert events[4]["data"]["lines"] == [{"line": "1", "sku": "TEE", "reason": "broken", "quantity": -2}]
    assert events[6]["data"]["transfer"] == "X-7"
    assert events[7]["data"] == {"document": "K-1", "loyalty": "L-2"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_shows_the_delimiter(told, delimiter):
    assert numbers(told((HEAD + sale_row("R-1")).replace(",", delimiter)).events) == ["R-1"]


def test_what_spreadsheets_write_above_the_header_says_the_delimiter(told):
    text = "sep=;\n" + (HEAD + sale_row("R-1") + sale_row("R-2", quantity="x")).replace(",", ";")
    said = told(text)
    assert (numbers(said.events), said.places) == (["R-1"], ["line 3", "line 4"])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings_blank_lines_and_trailing_commas_mean_nothing(told, newline):
    text = "\n,,,,\n" + HEAD + "\n" + sale_row("R-1").strip() + ",,,\n,,,,,,,,,\n" + sale_row("R-2").strip() + "\n\n"
    assert numbers(told(text.replace("\n", newline)).events) == ["R-1", "R-2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_seen_where_it_can_be(told, encoding):
    said = told((HEAD + sale_row("R-1", "MÜTZE")).encode(encoding))
    assert said.only["data"]["lines"][0]["sku"] == "MÜTZE"
    assert said.notes == (["it is not UTF-8, and read as cp1252"] if encoding == "cp1252" else [])


def test_an_encoding_that_can_not_be_seen_must_be_said(told):
    text = (HEAD + sale_row("R-1", "ŽELVA")).encode("cp1250").replace(b"TEE", b"T\x81E")
    assert told(text, encoding="cp1250").only["data"]["lines"][0]["sku"] == "ŽELVA"
    with pytest.raises(Unreadable, match="say its encoding"):
        told(text + b"\x81")
    with pytest.raises(Unreadable, match="klingon"):
        told(text, encoding="klingon")


def test_bytes_that_are_no_text_spoil_only_their_own_document(told):
    text = (HEAD + sale_row("R-1") + sale_row("R-2", "T?E") + sale_row("R-3")).encode().replace(b"?", b"\xff")
    said = told(text, encoding="utf-8")
    assert numbers(said.events) == ["R-1", "R-2", "R-3"]  # the door refuses the half character of R-2


def test_formulas_quotes_and_newlines_are_plain_text(told):
    row = f'sale,menteng,{AT},"=HYPERLINK(""x"")",IDR,"-1+1\n@A",1,1000,cash,1000\n'
    said = told(HEAD + row + sale_row("R-2"))
    assert said.events[0]["data"]["sale"] == '=HYPERLINK("x")'
    assert said.events[0]["data"]["lines"][0]["sku"] == "-1+1\n@A"
    assert said.places == ["line 2", "line 4"]


@pytest.mark.parametrize(
    ("written", "decimal", "read"),
    [
        ("1234.50", "", "1234.50"), ("1234,50", ",", "1234.50"), ("1.234,50", ",", "1234.50"),
        ("1,234.50", ".", "1234.50"), ("1 234,50", ",", "1234.50"), ("12", ",", "12.00"), ("1.5000", "", "1.50"),
    ],
)  # fmt: skip
def test_decimals_and_thousands_are_as_stated(told, written, decimal, read):
    head = "type;store;occurred_at;document;currency;sku;quantity;unit_price\n"
    text = f'{head}sale;menteng;{AT};R-1;EUR;TEE;1;"{written}"\n'
    assert told(text, decimal=decimal).only["data"]["lines"][0]["unit_price"] == read


@pytest.mark.parametrize(
    ("written", "decimal"), [("149,000", ""), ("1.50", ","), ("1,50", "."), ("1e3", ""), ("x", "")]
)
def test_an_amount_that_could_mean_two_things_is_not_guessed(told, written, decimal):
    head = "type;store;occurred_at;document;currency;sku;quantity;amount\n"
    said = told(f'{head}sale;menteng;{AT};R-1;EUR;TEE;1;"{written}"\n', decimal=decimal)
    assert said.events == []
    assert said.errors[0].startswith("line 2: line 2: ")


def test_dates_are_as_stated(told):
    text = "type,store,date,time,document,sku,quantity\ncount,menteng,21.11.2026,9:03,C-1,TEE,4\n"
    assert told(text, dates="%d.%m.%Y %H:%M").only["occurred_at"] == "2026-11-21T09:03:00"
    said = told(text)
    assert said.errors == ["line 2: '21.11.2026 9:03' is no time as ISO 8601 has it"]
    day = "type,store,occurred_at,document,sku,quantity\ncount,menteng,2026-11-21,C-1,TEE,4\n"
    assert told(day).events == []
    assert told(day, dates="%Y-%m-%d").only["occurred_at"] == "2026-11-21T00:00:00"


def test_a_tills_own_names_are_mapped(told, tmp_path):
    mapping = tmp_path / "till.toml"
    mapping.write_text(
        'delimiter = ";"\ndecimal = ","\ndates = "%d.%m.%Y %H:%M"\nencoding = "cp1252"\n'
        '[columns]\n"Bon-Nr" = "document"\nFiliale = "store"\nZeit = "occurred_at"\nArt = "type"\nArtikel = "sku"\n'
        'Menge = "quantity"\nPreis = "unit_price"\n[types]\nVerkauf = "sale"\n[stores]\n"3004" = "menteng"\n'
    )
    dialect = read_dialect(mapping)
    text = "Bon-Nr;Filiale;Zeit;Art;Artikel;Menge;Preis;Kasse;type\n7;3004;21.11.2026 09:03;Verkauf;MÜTZE;1;9.900;2;x\n"
    said = told(text.encode("cp1252"), **dialect)
    sale = said.only
    assert (sale["store"], sale["type"], sale["data"]["sale"]) == ("menteng", "sale.completed", "7")
    assert sale["data"]["lines"] == [{"line": "1", "sku": "MÜTZE", "unit_price": "9900", "quantity": 1}]
    assert said.notes == ["it is not UTF-8, and read as cp1252", "not read: Kasse, type"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[columns]\nX = 'price'", "'price', which is not one of ours"),
        ("speed = 'fast'", "'speed' is not one of"),
        ("columns = 'x'", "columns is a table"),
        ("delimiter = 3", "delimiter is a text"),
        ("[columns]\nX = 3", "everything in columns is a text"),
        ("not toml", "till.toml"),
        ("decimal = ';'", "decimal sign"),
        ("delimiter = '--'", "a delimiter is one character"),
        ("type = 'party'", "not a type of event"),
        ("[columns]\nNowhere = 'sku'", "there is no column Nowhere in it"),
    ],
)
def test_a_mapping_that_means_nothing_is_one_clear_line(told, tmp_path, text, reason):
    mapping = tmp_path / "till.toml"
    mapping.write_text(text)
    with pytest.raises(Unreadable, match=reason):
        told(HEAD, **read_dialect(mapping))


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "it is empty"),
        ("sku,quantity\n", "no column type and no column store and no column occurred_at"),
        ("type,store,sku\n", "no column occurred_at"),
        ("type,type,store,occurred_at\n", "two columns are called type"),
        ('type,store,"occurred_at\n', "header"),
        ("type," * 300_000, "more than 1048576 characters in one line"),
    ],
)
def test_a_header_that_says_too_little_is_one_clear_line(told, header, reason):
    with pytest.raises(Unreadable, match=reason):
        told(header)


def test_a_bad_line_rejects_its_document_and_the_others_go_in(told):
    text = HEAD + sale_row("R-1") + sale_row("R-2") + sale_row("R-2", quantity="two") + sale_row("R-3")
    said = told(text)
    assert numbers(said.events) == ["R-1", "R-3"]
    assert said.errors == ["lines 3-4: line 4: 'two' is no number"]
    assert said.rows_rejected == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (sale_row("R-2").replace("IDR", "XXQ"), "the currency 'XXQ' is not one we can count in"),
        (sale_row("R-2", price="10.50"), "10.50 has more decimals than IDR"),
        (sale_row("R-2", quantity=""), "there is no quantity"),
        (sale_row("R-2").replace("\n", ",too,much\n"), "2 cells more than the header has"),
        (sale_row("R-2").replace(AT, "yesterday"), "'yesterday' is no time as ISO 8601 has it"),
        (sale_row("R-2", quantity="0.5"), "0.5 of an item, and no amount that it cost"),
        (sale_row("R-2", paid="1,000").replace("1,000", '"1,000"'), "say whether its comma"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(told, row, reason):
    said = told(HEAD + sale_row("R-1") + row + sale_row("R-3"))
    assert numbers(said.events) == ["R-1", "R-3"]
    assert "line 3: " in said.errors[0]
    assert reason in said.errors[0]


def test_two_values_for_what_is_said_once_reject_the_document(told):
    text = HEAD.replace("sku", "register,sku") + (sale_row("R-1") + sale_row("R-1")).replace("TEE", "1,TEE", 1).replace(
        "IDR,TEE", "IDR,2,TEE"
    )
    assert told(text).errors == ["lines 2-3: line 3: register is '2' and '1' before"]


def test_a_gtin_that_a_spreadsheet_rounded_is_not_taken(told):
    text = f"type,store,occurred_at,document,gtin,quantity\ncount,menteng,{AT},C-1,9.52123E+12,4\n"
    assert "which a GTIN has not" in told(text).errors[0]


def test_a_returned_line_is_worth_its_price_unless_an_amount_is_given(told):
    head = "type,store,occurred_at,document,sku,quantity,unit_price,discount,amount\n"
    back = told(f"{head}return,menteng,{AT},B-1,TEE,2,1000,100,\nreturn,menteng,{AT},B-1,CAP,1,500,,400\n").only
    assert [line["amount"] for line in back["data"]["lines"]] == ["1900", "400"]


def test_what_was_sold_by_measure_is_one_piece(told):
    head = "type,store,occurred_at,document,sku,quantity,unit_price,amount\n"
    text = f"{head}sale,menteng,{AT},R-1,APPLE,0.42,30000,12600\n"
    [line] = told(text).only["data"]["lines"]
    assert line == {
        "line": "1", "sku": "APPLE", "quantity": 1, "unit_price": "12600", "amount": "12600",
        "measure": {"quantity": "0.42"},
    }  # fmt: skip


def test_a_row_that_can_not_be_read_spoils_its_neighbours_only(told):
    """It may be a line of either: a sale without one of its lines would be wrong for good."""
    text = HEAD + sale_row("R-1") + sale_row("R-2") + '"sale"x,menteng\n' + sale_row("R-3") + sale_row("R-4")
    said = told(text)
    assert (numbers(said.events), said.broken) == (["R-1", "R-4"], "")
    assert [error.partition(":")[0] for error in said.errors] == ["line 3", "line 5"]
    inside = told(HEAD + sale_row("R-1") + '"sale"x\n' + sale_row("R-1") + sale_row("R-2"))
    assert (numbers(inside.events), len(inside.errors)) == (["R-2"], 1)


@pytest.mark.parametrize("junk", ["x" * 200_000, ""])
def test_a_quotation_mark_that_is_never_closed_breaks_the_file_there(told, junk):
    text = HEAD + sale_row("R-1") + sale_row("R-2") + 'sale,menteng,"' + sale_row("R-3") + junk
    said = told(text)
    assert numbers(said.events) == ["R-1"]  # R-2 may have had a line more
    assert said.broken == "line 4: a quotation mark is opened there and not closed"


def test_a_file_cut_off_in_a_row_keeps_what_is_surely_whole(told):
    said = told(HEAD + sale_row("R-1") + sale_row("R-2") + sale_row("R-3")[:40])
    assert numbers(said.events) == ["R-1"]
    assert said.broken == "line 4: the file ends in the middle of a row"
    assert told(HEAD + sale_row("R-1") + sale_row("R-2").rstrip()).broken == ""  # many a till ends without a newline


def test_a_line_of_a_gigabyte_is_not_held(told, monkeypatch):
    monkeypatch.setattr(rows, "LONGEST", 5_000)
    said = told(HEAD + sale_row("R-1") + sale_row("R-2") + "a,b," * 20_000 + "\n" + sale_row("R-3"))
    assert (numbers(said.events), said.broken.partition(":")[0]) == (["R-1"], "line 4")


def test_a_document_of_endless_rows_is_given_up(told, monkeypatch):
    monkeypatch.setattr(documents, "MOST_ROWS", 5)
    said = told(HEAD + sale_row("R-1") * 20 + sale_row("R-2"))
    assert (numbers(said.events), said.errors[0].partition(":")[0]) == (["R-2"], "lines 2-21")


def test_a_document_without_a_number_is_known_by_what_it_says(told):
    text = f"type,store,occurred_at,sku,quantity\ncount,menteng,{AT},TEE,4\ncount,menteng,{AT},CAP,2\n"
    first, again = told(text).only, told(text).only
    other = told(text.replace("4", "5")).only
    assert first["id"] == again["id"] != other["id"]
    assert "document" not in first["data"]
    assert len(first["data"]["lines"]) == 2


def test_stores_are_named_as_whoever_replays_says(told):
    text = HEAD + sale_row("R-1").replace("menteng", "0031")
    stores = Stores({"0031": "menteng"}, "", {"menteng": "IDR"}.get)
    assert told(text, stores=stores).only["store"] == "menteng"
