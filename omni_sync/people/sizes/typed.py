"""The sizes that a member wears: one per size system, the same in every channel.

What the person typed wins, and is a row. What was learnt of them is none: it is worked out when somebody asks (see
``worn``), where nothing is typed; forgetting a size forgets that too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from django.db.models.functions import Now

from omni_sync.catalogue.models import Entry
from omni_sync.catalogue.sizes import in_order
from omni_sync.people.sizes.models import WornSize
from omni_sync.people.sizes.worn import forget_learnt, general_sizes, worn_by
from omni_sync.transactions import inside_transaction

NEAREST: Final = 2

#: By size system the sizes that goods are made in, in their order.
MadeSizes = Mapping[str, tuple[str, ...]]


@dataclass
class UnknownSize(LookupError):
    """Nothing is made in this size of this system; ``nearest`` are sizes that are, at most two."""

    size_system: str
    size: str
    nearest: tuple[str, ...] = ()


def made_sizes() -> dict[str, tuple[str, ...]]:
    """The sizes of all goods by their system, each in order: one query. Goods without a system have none."""
    made: dict[str, list[str]] = {}
    pairs = Entry.objects.exclude(size_system="").exclude(size="").values_list("size_system", "size").distinct()
    for system, size in pairs.order_by("size_system"):
        made.setdefault(system, []).append(size)
    return {system: tuple(sorted(sizes, key=in_order)) for system, sizes in made.items()}


def size_as_made(*, size_system: str, size: str, made: MadeSizes) -> str:
    """``size`` as the goods write it, whatever its case, blanks and decimal sign. Raises UnknownSize."""
    sizes = made.get(size_system, ())
    wanted = _plain(size)
    for known in sizes:
        if wanted and _plain(known) == wanted:
            return known
    raise UnknownSize(size_system, size, _nearest(size, sizes))


def sizes_of(*, user_id: int) -> dict[str, str]:
    """The size this member wears in each system, typed or learnt; see ``worn_by`` for how we know."""
    return general_sizes(worn_by(user_id=user_id))


@inside_transaction
def tell_sizes(*, user_id: int, sizes: Mapping[str, str], by: str = "") -> None:
    """The member says: these are my sizes, by system; an empty one is forgotten, whoever told it.

    Systems that are not named stay. Said twice at once, the later one counts. ``by`` names the member of staff who
    writes it down for them.
    """
    forgotten = sorted(system for system, size in sizes.items() if not size)
    WornSize.objects.filter(user=user_id, size_system__in=forgotten).delete()
    for system in forgotten:
        forget_learnt(user_id=user_id, size_system=system)
    _write(_rows(user_id, {system: size for system, size in sizes.items() if size}, by))


@inside_transaction
def tell_size_of(*, user_id: int, size_system: str, size: str, category_id: int, brand: str = "", by: str = "") -> None:
    """The same of goods in this category, of this brand if one is named; an empty ``size`` is forgotten."""
    told = WornSize(
        user_id=user_id, size_system=size_system, size=size, brand=brand, category_id=category_id, by=by[:128],
        changed_at=Now(),
    )  # fmt: skip
    if size:
        _write([told])
        return
    mine = WornSize.objects.filter(user=user_id, size_system=size_system)
    mine.filter(brand=brand, category=category_id).delete()
    forget_learnt(user_id=user_id, size_system=size_system, brand=brand, category_id=category_id)


@inside_transaction
def take_over_sizes(*, user_id: int, sizes: Mapping[str, str]) -> None:
    """Keep what was told before signing in, for the systems in which the member told nothing yet."""
    WornSize.objects.bulk_create(_rows(user_id, sizes, ""), ignore_conflicts=True)


def _write(rows: list[WornSize]) -> None:
    WornSize.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "size_system", "source", "brand", "category"],
        update_fields=["size", "by", "changed_at"],
    )


def _rows(user_id: int, sizes: Mapping[str, str], by: str) -> list[WornSize]:
    """In the order of their systems, so that two tabs never wait for each other."""
    return [
        WornSize(
            user_id=user_id, size_system=system, size=size, source=WornSize.Source.TYPED, by=by[:128], changed_at=Now()
        )
        for system, size in sorted(sizes.items())
    ]


def _plain(size: str) -> str:
    return "".join(size.split()).replace(",", ".").casefold()


def _nearest(size: str, made: Collection[str]) -> tuple[str, ...]:
    """By value among numbers and among letters, else by how they are written."""
    kind, value, _ = in_order(size)
    if kind < 2:  # noqa: PLR2004 - what in_order can place
        alike = [known for known in made if in_order(known)[0] == kind]
        closest = sorted(alike, key=lambda known: abs(in_order(known)[1] - value))[:NEAREST]
        return tuple(sorted(closest, key=in_order))
    return tuple(get_close_matches(size, made, n=NEAREST))
