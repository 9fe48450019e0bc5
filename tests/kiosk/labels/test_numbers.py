import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.labels import numbers
from kiosk.labels.exceptions import UnreadableList
from kiosk.labels.numbers import numbers_in, numbers_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TEE-M\nTEE-L\n\nTEE-M\n", ["TEE-M", "TEE-L"]),
        ("  TEE-M \r\n 9521234543213 \r\n", ["TEE-M", "9521234543213"]),
        ("sku;price\nTEE-M;1\nTEE-L;2\n", ["TEE-M", "TEE-L"]),
        ('name,GTIN\n"Tee, black",9521234543213\n', ["9521234543213"]),
        ("TEE-M\tTee\nTEE-L\tTee\n", ["TEE-M", "TEE-L"]),
        ("\ufeffsku\nTEE-M", ["TEE-M"]),
        ("", []),
    ],
)
def test_a_list_is_one_number_a_line_or_a_column(text, found):
    assert numbers_in(text) == found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_it_was_written(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes("sku\nCAFÉ-1\n".encode(encoding))
    assert numbers_of(path) == ["CAFÉ-1"]


@pytest.mark.parametrize("body", [b"\x00\x01\x81", b"x" * 200, b"\xff\xfea"])
def test_what_is_no_list_is_refused(tmp_path, body):
    path = tmp_path / "list"
    path.write_bytes(body)
    with pytest.raises(UnreadableList):
        numbers_of(path)


def test_a_list_is_bounded(tmp_path, monkeypatch):
    with pytest.raises(UnreadableList):
        numbers_in("\n".join(map(str, range(numbers.MOST + 1))))
    path = tmp_path / "list"
    path.write_bytes(b"1\n" * numbers.LARGEST)
    with pytest.raises(UnreadableList):
        numbers_of(path)


@given(st.text())
def test_any_text_is_a_list_or_refused(text):
    try:
        found = numbers_in(text)
    except UnreadableList:
        return
    assert all(found)
    assert len(found) == len(set(found))
