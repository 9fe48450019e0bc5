import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import check_digit, is_gtin, is_published, is_restricted, normalise

payloads = st.sampled_from([7, 11, 12, 13]).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size))


@pytest.mark.parametrize(("payload", "digit"), [("400638133393", 1), ("0952012345678", 8), ("9501234", 6)])
def test_the_check_digit_is_gs1s(payload, digit):
    assert check_digit(payload) == digit


@pytest.mark.parametrize(
    ("value", "normal"),
    [
        ("95012346", "00000095012346"),
        ("036000291452", "00036000291452"),
        ("4006381333931", "04006381333931"),
        ("09521234543213", "09521234543213"),
        (" 9521234543213 ", "09521234543213"),
    ],
)
def test_every_length_becomes_fourteen_digits(value, normal):
    assert normalise(value) == normal


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "form"),
        ("952123454321X", "form"),
        ("9521234543213\n", "form"),
        ("-952123454321", "form"),
        ("\N{ARABIC-INDIC DIGIT NINE}521234543213", "form"),
        ("123456789", "length"),
        ("095212345432130", "length"),
        ("9521234543214", "check digit"),
        ("00000000000000", "empty"),
    ],
)
def test_what_is_no_gtin_is_refused_with_the_reason(value, reason):
    with pytest.raises(InvalidGtin) as refusal:
        normalise(value)
    assert (refusal.value.value, refusal.value.reason) == (value, reason)
    assert not is_gtin(value)


@given(payloads.filter(lambda payload: payload.strip("0")))
def test_a_payload_with_its_check_digit_is_a_gtin_in_every_longer_form(payload):
    value = f"{payload}{check_digit(payload)}"
    if not value.strip("0"):
        return
    normal = normalise(value)
    assert len(normal) == 14
    assert normal == value.zfill(14)
    assert normalise(normal) == normal


@given(payloads.filter(lambda payload: payload.strip("0")), st.integers(1, 9))
def test_one_wrong_check_digit_is_always_seen(payload, off):
    assert not is_gtin(f"{payload}{(check_digit(payload) + off) % 10}")


@given(st.text(max_size=15))
def test_any_text_is_a_gtin_or_a_refusal(text):
    if is_gtin(text):
        assert int(normalise(text)) == int(text)


@pytest.mark.parametrize("payload", ["200000000001", "291234500000", "020000000001", "040000000001"])
def test_numbers_of_one_shop_only_are_told_apart(payload):
    assert is_restricted(f"{payload}{check_digit(payload)}")
    case = f"1{payload}"
    assert is_restricted(f"{case}{check_digit(case)}")
    assert not is_published(f"{payload}{check_digit(payload)}")


@pytest.mark.parametrize("value", ["9521234543213", "4006381333931", "036000291452", "95012346"])
def test_numbers_for_the_world_are_not_restricted(value):
    assert not is_restricted(value)


def test_a_sound_number_of_everywhere_is_published():
    assert is_published("9521234543213")
    assert not is_published("9521234543214")
    assert not is_published("")
