"""What is a PIN, and what is kept of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instore.staff import pins
from instore.staff.exceptions import Weakness, WeakPin
from instore.staff.pins import check_pin, hash_pin, is_pin

GUESSABLE = [
    "111111", "123456", "654321", "012345", "890123", "135791", "121212", "123123", "112233", "123321", "112112",
    "000000000000", "11111111", "474747",
]  # fmt: skip


@pytest.mark.parametrize("pin", GUESSABLE)
def test_what_is_tried_first_is_refused(pin):
    with pytest.raises(WeakPin) as refused:
        check_pin(pin)
    assert refused.value.why is Weakness.GUESSABLE


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("", Weakness.NOT_DIGITS),
        ("49381a", Weakness.NOT_DIGITS),
        ("٤٩٣٨١٧", Weakness.NOT_DIGITS),
        ("493 817", Weakness.NOT_DIGITS),
        ("49381", Weakness.TOO_SHORT),
        ("4938174938175", Weakness.TOO_LONG),
    ],
)
def test_what_is_no_pin_is_refused_for_its_reason(pin, why):
    with pytest.raises(WeakPin) as refused:
        check_pin(pin)
    assert refused.value.why is why


@pytest.mark.parametrize("pin", ["493817", "204519", "7719034", "498301726455"])
def test_others_are_taken(pin):
    check_pin(pin)


@given(st.text(max_size=14))
def test_whatever_is_typed_is_taken_or_refused(pin):
    try:
        check_pin(pin)
    except WeakPin:
        return
    assert 6 <= len(pin) <= 12
    assert set(pin) <= set("0123456789")
    assert len(set(pin)) >= 3


def test_a_pin_is_kept_as_argon2id_with_a_salt_of_its_own(cheap_pins, monkeypatch):
    monkeypatch.setattr(pins, "MEMORY", cheap_pins)
    kept = hash_pin("493817")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != hash_pin("493817")
    assert "493817" not in kept


def test_only_the_pin_opens_what_was_kept():
    kept = hash_pin("493817")
    assert is_pin("493817", kept)
    assert not is_pin("493818", kept)
    assert not is_pin("", kept)
    assert not is_pin("\udcff", kept)
    assert not is_pin("493817", "")
