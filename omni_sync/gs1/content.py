"""What the value of an application identifier must be besides its form (GS1 General Specifications, 3 and 7.9 to 7.12).

Not looked up: whether a country, a currency, a package or a coupon of that code exists.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from typing import Final

from biip.checksums import gs1_standard_check_digit

from omni_sync.gs1.dictionary import Identifier
from omni_sync.gs1.exceptions import InvalidGs1, Reason

#: Where the number ends whose last digit checks the others.
CHECKED: Final = {
    "00": 18, "01": 14, "02": 14, "03": 14, "253": 13, "255": 13, "402": 17, "8003": 14, "8006": 14, "8017": 18,
    "8018": 18, "8026": 14, **{str(gln): 13 for gln in range(410, 418)},
}  # fmt: skip
#: What a value of several parts is made of: a date YYMMDD (d: where day 00 is some day of the month), a time.
DATES: Final = {
    **dict.fromkeys(["11", "12", "13", "15", "16", "17"], ("d",)),
    **dict.fromkeys(["4324", "4325"], ("d", "hm")),
    **dict.fromkeys(["4326", "7006"], ("D",)),
    **dict.fromkeys(["7003", "7011"], ("D", "hm")),
    "7007": ("D", "D"), "7250": ("CD",), "7251": ("CD", "hm"), "8008": ("D", "h", "m", "m"),
}  # fmt: skip
_LENGTHS: Final = {"d": 6, "D": 6, "CD": 8, "hm": 4, "h": 2, "m": 2}
_TIMES: Final = {"hm": r"(?:[01][0-9]|2[0-3])[0-5][0-9]", "h": r"[01][0-9]|2[0-3]", "m": "[0-5][0-9]"}
_ESCAPED: Final = r"(?:[^%]|%[0-9A-Fa-f]{2})+"
#: Identifiers that may hold letters begin with a company's number, four digits at least.
_PREFIXED: Final = r"[0-9]{4}.*"
SHAPES: Final = {
    **dict.fromkeys(["401", "7023", "8004", "8010", "8013"], _PREFIXED),
    **{str(ai): _ESCAPED for ai in (*range(4300, 4307), *range(4310, 4317), 4320, 7253, 7254, 7256, 7257, 7259)},
    **dict.fromkeys(["4307", "4317"], "[A-Z]{2}"),
    **dict.fromkeys(["4321", "4322", "4323"], "[01]"),
    "7040": ".{3}[-0-9A-Z_a-z]", "7241": "0[1-9]|10|[89][0-9]", "7252": "[0129]",
    "8001": "(?!0000)....(?!00000).....(?!000)...[019].", "8003": "0.*", "8011": "0|[1-9].*",
    "8014": r"(?=.*[^0-9])[0-9]{4}.*",
}  # fmt: skip
_EIGHTY_TWO: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_PAIR: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PRIMES: Final = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)


def check(identifier: Identifier, value: str) -> None:
    """Raises InvalidGs1 unless ``value`` is one that the application identifier may have."""
    if broken := next(_broken(identifier, value), None):
        raise InvalidGs1(broken, identifier.ai, value)


def _broken(identifier: Identifier, value: str) -> Iterator[Reason]:
    ai = identifier.ai
    if not value:
        yield "empty"
    if len(value) < identifier.shortest:
        yield "too short"
    if len(value) > identifier.longest:
        yield "too long"
    if not identifier.form.fullmatch(value):
        yield "form"
    if ai in CHECKED and not _adds_up(value[: CHECKED[ai]]):
        yield "check digit"
    if ai in DATES:
        yield from _off_the_calendar(DATES[ai], value)
    if ai in SHAPES and not re.fullmatch(SHAPES[ai], value):
        yield "content"
    if ai in CONTENTS and not CONTENTS[ai](value):
        yield "content"


def _adds_up(number: str) -> bool:
    return gs1_standard_check_digit(number[:-1]) == int(number[-1])


def _off_the_calendar(parts: tuple[str, ...], value: str) -> Iterator[Reason]:
    for part in parts:
        said, value = value[: _LENGTHS[part]], value[_LENGTHS[part] :]
        if not said:
            return
        if part in _TIMES:
            if not re.fullmatch(_TIMES[part], said):
                yield "time"
        elif not _is_day(said, some_day=part == "d"):
            yield "date"


def _is_day(said: str, *, some_day: bool) -> bool:
    year, month, day = int(said[:-4]), int(said[-4:-2]), int(said[-2:])
    if not 1 <= month <= 12:  # noqa: PLR2004
        return False
    century = 0 if len(said) > 6 else 2000  # noqa: PLR2004
    return (some_day and not day) or 1 <= day <= monthrange(century + year or 4, month)[1]


def _is_piece_of_total(value: str) -> bool:
    piece, total = int(value[-4:-2]), int(value[-2:])
    return 1 <= piece <= total


def _is_place_in_sequence(value: str) -> bool:
    return value[1] == "/" and "1" <= value[0] <= value[2] <= "9"


def _is_on_earth(value: str) -> bool:
    return int(value[:10]) <= 180 * 10**7 and int(value[10:]) <= 360 * 10**7


def _is_iban(value: str) -> bool:
    if not re.fullmatch("[A-Z]{2}[0-9]{2}[0-9A-Z]+", value):
        return False
    return int("".join(str(int(sign, 36)) for sign in value[4:] + value[:4])) % 97 == 1


def _has_check_pair(value: str) -> bool:
    """The two check characters of a model number (7.9.5): a sum weighted by primes, modulo 1021."""
    body = value[:-2]
    total = sum(_EIGHTY_TWO.index(sign) * prime for sign, prime in zip(reversed(body), _PRIMES, strict=False)) % 1021
    return bool(body) and value[-2:] == _PAIR[total >> 5] + _PAIR[total & 31]


CONTENTS: Final[dict[str, Callable[[str], bool]]] = {
    "4309": _is_on_earth, "7258": _is_place_in_sequence, "8006": _is_piece_of_total, "8007": _is_iban,
    "8013": _has_check_pair, "8014": _has_check_pair, "8026": _is_piece_of_total,
}  # fmt: skip
