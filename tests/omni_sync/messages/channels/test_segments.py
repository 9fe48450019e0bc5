"""What an SMS costs (3GPP TS 23.038)."""

import pytest

from omni_sync.messages.channels.segments import Length, length_of


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length(0, 1, False)),
        ("a" * 160, Length(160, 1, False)),
        ("a" * 161, Length(161, 2, False)),
        ("a" * 306, Length(306, 2, False)),
        ("a" * 307, Length(307, 3, False)),
        ("€" * 80, Length(160, 1, False)),
        ("a" * 152 + "€" + "a" * 152, Length(306, 3, False)),  # the sign does not fit into the rest of the first
        ("ő" + "a" * 69, Length(70, 1, True)),
        ("ő" + "a" * 70, Length(71, 2, True)),
        ("😀" * 35, Length(70, 1, True)),
        ("😀" * 67, Length(134, 3, True)),  # 33 whole ones in each
    ],
)
def test_an_sms_is_as_long_as_its_letters(text, length):
    assert length_of(text) == length
