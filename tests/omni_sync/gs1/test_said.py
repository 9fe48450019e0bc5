from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.gs1.days import day_of
from omni_sync.gs1.said import Item, OurLink, Place, Text, read

NUMBER = "09521234500018"
TOKEN = "kW3n_Zp9-Qx7aL2mV5tB8cD1eF4gH6jK0rS"


@pytest.mark.parametrize(
    ("said", "elements"),
    [
        ("]E09521234500018", {}),
        ("]E3952123450001812", {}),
        ("]I119521234500015", None),
        ("9521234500018", {}),
        ("]C1010952123450001810L/1\x1d21S-2", {"10": "L/1", "21": "S-2"}),
        ("]d2\x1d010952123450001817271231", {"17": "271231"}),
        ("]Q3(01)09521234500018(10)L1", {"10": "L1"}),
        ("]e00109521234500018", {}),
        ("]J1010952123450001810L1", {"10": "L1"}),
        ("010952123450001810L1\u241d21S", {"10": "L1", "21": "S"}),
        ("10L1\x1d0109521234500018", {"10": "L1"}),
        ("https://anybody.example/x/01/09521234500018/10/L%2F1?17=271200&utm=a", {"10": "L/1", "17": "271200"}),
        ("]Q1HTTPS://SHOP.EXAMPLE/S/MENTENG/01/09521234500018", {}),
        ("Https://shop.example/01/9521234500018/", {}),
        ("https://shop.example/01/09521234500018?17=271332", {}),
        ("https://shop.example/01/09521234500018?10=L1", {}),
        ("https://shop.example/01/09521234500018/21/S/10/L", {}),
        ("]C101095212345000181727", {}),
    ],
)
def test_goods_are_found_in_every_symbol(said, elements):
    found = read(said)
    assert isinstance(found, Item)
    if elements is None:
        assert found.gtin == "19521234500015"
    else:
        assert found.gtin == NUMBER
        assert {ai: value for ai, value in found.elements if ai != "01"} == elements


def test_lot_serial_and_expiry_have_names():
    found = read("]d2010952123450001810L1\x1d21S1\x1d17270200")
    assert (found.lot, found.serial, found.expires) == ("L1", "S1", date(2027, 2, 28))
    assert (read(NUMBER).lot, read(NUMBER).serial, read(NUMBER).expires) == ("", "", None)


def test_a_linear_and_a_square_read_of_one_article_are_equal_in_number():
    assert (
        read("]E09521234500018").gtin == read(f"]d201{NUMBER}21S").gtin == read(f"https://x.example/01/{NUMBER}").gtin
    )


def test_short_upcs_are_expanded_where_they_are_no_gtin_8():
    assert read("04252614").gtin == "00042100005264"
    assert read("96385074").gtin == "00000096385074"


@pytest.mark.parametrize("said", ["https://shop.example/414/9521234500018/254/A-1%2FB", "]C14149521234500018254A-1/B"])
def test_a_shelf_is_a_place(said):
    assert read(said) == Place("9521234500018", "A-1/B")


@pytest.mark.parametrize(
    ("room", "kind"),
    [("collect", "pickup"), ("r", "receipt"), ("h", "hand-off"), ("h/list", "list"), ("H", "hand-off")],
)
def test_links_with_a_token_say_what_they_open(room, kind):
    assert read(f"]Q1https://shop.example/{room}/{TOKEN}/?x=1") == OurLink(kind, TOKEN)


@pytest.mark.parametrize(
    "said",
    [
        "9521234500019",
        "TEE-BLK-M",
        "",
        "https://x.example/p/123",
        "https://x.example/h/given/",
        "01952",
        "²" * 13,
        "0" * 14,
    ],
)
def test_anything_else_is_a_text(said):
    assert read(f"]C0{said}\r\n") == Text(said)


def test_a_text_loses_what_the_scanner_added():
    assert read("]C0 LK-1\x1d\r\n") == Text("LK-1")


@given(st.text(max_size=300) | st.text("](01)4102+\x1d/:?&%;=htpsCQd3eE\u241d#", max_size=60))
def test_whatever_is_scanned_something_is_read(said):
    assert isinstance(read(said), Item | Place | OurLink | Text)


def test_a_very_long_scan_is_a_text():
    assert read("9" * 100_000) == Text("9" * 2000)


@pytest.mark.parametrize(
    ("said", "day"), [("260101", date(2026, 1, 1)), ("761231", date(2076, 12, 31)), ("771231", date(1977, 12, 31))]
)
def test_two_digits_of_a_year_are_the_nearest(said, day):
    assert day_of(said, today=date(2026, 11, 23)) == day
