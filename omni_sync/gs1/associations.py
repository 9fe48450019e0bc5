"""Which application identifiers stand with which: the keys of links, what one asks for, what it does not bear.

Facts of the GS1 General Specifications (4.14) and of the Digital Link standard (URI syntax, 4.9), in a notation of our
own: ``n`` is any digit, ``+`` is "and".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from omni_sync.gs1.exceptions import InvalidGs1

#: The primary keys of links and what may follow each in the path, in this order; for some there is a choice of rows.
KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "01": (("22", "10", "21"), ("235",)),
    "414": (("254",), ("7040",)),
    "417": (("7040",),),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8017": (("8019",),),
    "8018": (("8019",),),
    "415": (("8020",),),
    **dict.fromkeys(["00", "253", "255", "401", "402", "8003", "8013"], ((),)),
}
#: What is said in the path of a link or not at all.
NEVER_IN_QUERY: Final = frozenset(
    ["03", "21", "22", "235", "254", "7040", "7041", "8011", "8014", "8019", "8020", "8200"]
)

_GOODS: Final = "01 02 8006 8026"
_MEASURES: Final = "30 31nn 32nn 35nn 36nn"
#: Who needs company: each row of alternatives must be met.
_NEEDS: Final = (
    ("10 11 13 15 16", "01 02 03 8006 8026"),
    ("17", "01 02 03 255 8006 8026"),
    ("20 240 241 242 422 7001", _GOODS),
    ("12", "8020"),
    ("02 8026", "37"),
    ("37", "00"),
    ("37", "02 8026"),
    ("21", "01 03 8006"),
    ("22 235 243 337n 392n 710 711 712 713 714 715 716 717 7004 8001 8014 8200", "01"),
    ("250 251 7020 7021 7240 8012", "01 8006"),
    ("250", "21"),
    ("254", "414"),
    ("30 310n 311n 312n 313n 314n 315n 316n 32nn 350n 351n 352n 356n 357n 360n 361n 364n 365n 366n", "01 02"),
    ("423 424 425 426 427 7002 7003 7005 7006 7007 7008 7009 7010 7011 703n 8005 8008", "01 02"),
    ("330n 331n 332n 333n 334n 335n 336n 34nn 353n 354n 355n 362n 363n 367n 368n 369n 8009", "00 01"),
    ("392n 393n 395n", _MEASURES),
    ("390n", "255 8020"),
    ("391n", "8020"),
    ("394n 8111", "255"),
    ("403 4300 4301 4302 4304 4305 4306 4307 4308 4309 4310 4311 4312 4314 4315 4316 4317 4318 4319", "00"),
    ("432n 433n 7041", "00"),
    ("4303", "4302"),
    ("4313", "4312"),
    ("415", "8020"),
    ("427", "422"),
    ("7004", "10"),
    ("7020", "416"),
    ("7022", "7021"),
    ("723n", "01 8004"),
    ("7241 7242 7253 7254 7255 7256 8019", "8017 8018"),
    ("7250 7251 7252 7257 7259", "8018"),
    ("7258", "8018+7259"),
    ("8007 8020", "415"),
    ("8011", "8010"),
    ("8030", "00 01+21 253 255 8003 8004 8006+21 8010+8011 8017 8018"),
)
#: Who bears no company.
_NEVER: Final = (
    ("01", "255 37"),
    ("02", "01 03"),
    ("03", "01 02 37"),
    ("21", "235"),
    ("255", "01 02 415 8006 8020 8026"),
    ("390n", "390n 391n 394n 8111"),
    ("391n", "391n"),
    ("392n", "392n 393n"),
    ("393n", "393n"),
    ("394n", "394n 8111"),
    ("395n", "392n 393n 395n 8005"),
    ("420", "421"),
    ("421", "4307"),
    ("422 423 424 425", "426"),
    ("4330", "4331"),
    ("4331", "4330"),
    ("4332", "4333"),
    ("4333", "4332"),
    ("7250", "7251"),
    ("7251", "7250"),
    ("7253 7254 7255", "7256 7259"),
    ("7259", "7256"),
    ("8006", "01 37"),
    ("8017", "8018"),
    ("8018", "8017"),
    ("8026", "02 8006"),
)
#: The measures: two of one kind, with the point at different places, contradict each other.
_MEASURE: Final = re.compile("3(?:1[0-6]|[24][0-9]|3[0-7]|5[0-7]|6[0-9])[0-5]", re.ASCII)


def check_company(ais: Sequence[str]) -> None:
    """Raises InvalidGs1 where one of these application identifiers misses another or doesn't bear it."""
    for ai in ais:
        others = [other for other in ais if other != ai]
        if clash := next((other for never in _rows(_NEVER, ai) for other in others if _is_one_of(other, never)), None):
            raise InvalidGs1("together", ai, clash)
        if _MEASURE.fullmatch(ai) and (clash := next((other for other in others if other[:3] == ai[:3]), None)):
            raise InvalidGs1("together", ai, clash)
        for needs in _rows(_NEEDS, ai):
            if not any(all(_is_met(one, others) for one in row.split("+")) for row in needs.split()):
                raise InvalidGs1("missing", ai, needs)


@lru_cache(maxsize=1024)
def _rows(table: tuple[tuple[str, str], ...], ai: str) -> tuple[str, ...]:
    return tuple(row for who, row in table if _is_one_of(ai, who))


def _is_met(pattern: str, ais: Iterable[str]) -> bool:
    return any(_is_one_of(ai, pattern) for ai in ais)


@lru_cache(maxsize=8192)
def _is_one_of(ai: str, patterns: str) -> bool:
    return any(_is_like(ai, pattern) for pattern in patterns.split())


def _is_like(ai: str, pattern: str) -> bool:
    return len(ai) == len(pattern) and all(sign in ("n", digit) for sign, digit in zip(pattern, ai, strict=True))


def belongs_in_path(ai: str, path: Sequence[str]) -> bool:
    """Whether ``ai`` could stand among the application identifiers of this path, and so may not stand in the query."""
    return any(ai in row and all(other in row for other in path[1:]) for row in KEYS[path[0]])


def in_order(path: Sequence[str]) -> bool:
    """Whether the application identifiers of a path are a key and its own qualifiers, in the order laid down."""
    return any(list(path[1:]) == [ai for ai in row if ai in path[1:]] for row in KEYS[path[0]])


def best_row(key: str, others: Sequence[str]) -> Iterator[str]:
    """Those of ``others`` that qualify the key in a path, in order: of two rows the one that takes more of them."""
    rows = [[ai for ai in row if ai in others] for row in KEYS[key]]
    yield from max(rows, key=len)
