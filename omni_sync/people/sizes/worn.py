"""The sizes that a human wears: what they typed, and what every channel tells of them.

Nothing that is learnt is written down. It is worked out, when it is asked for, from the sales, orders and returns that
there are: so whatever is voided, brought back, merged, parted or erased is unlearnt by itself, and however many sales
are recorded at once, all of them teach.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Q
from django.utils import timezone

from omni_sync.catalogue.made import made_among
from omni_sync.people.models import Person
from omni_sync.people.signals import sizes_asked
from omni_sync.people.sizes.filtered import filtered_sizes
from omni_sync.people.sizes.models import ForgottenSize, WornSize
from omni_sync.people.sizes.wearer import Wearer, is_withdrawn, wearer_of
from omni_sync.people.sizes.wearing import Evidence, Why, Worn, learn, told_once
from omni_sync.transactions import inside_transaction


def worn_by(*, user_id: int) -> tuple[Worn, ...]:
    """What whoever has this account wears, by system: typed, else learnt; then where it differs. Some seven queries.

    What is typed wins: nothing is learnt of its system.
    """
    wearer = wearer_of(Q(user=user_id))
    return _worn(Wearer(wearer.person_ids, sorted({*wearer.user_ids, user_id})), typed_by=[user_id])


def worn_sizes_of(person: Person) -> tuple[Worn, ...]:
    """The same of a person, with an account or without: for whoever serves them."""
    wearer = wearer_of(Q(pk=person.pk))
    return _worn(wearer, typed_by=wearer.user_ids)


def general_sizes(worn: Iterable[Worn]) -> dict[str, str]:
    """By system the size that is worn there, whatever differs for brands and categories."""
    return {one.size_system: one.size for one in worn if one.category is None}


def sizes_held(*, person_ids: Sequence[int], user_ids: Sequence[int]) -> list[dict[str, Any]]:
    """What was learnt of these persons and accounts, also where something was typed since, as plain values."""
    return [asdict(one) for one in _learnt(Wearer([*person_ids], [*user_ids]))]


@inside_transaction
def forget_learnt(*, user_id: int, size_system: str, brand: str = "", category_id: int | None = None) -> None:
    """What was learnt until now of this system, or of a brand or category in it, is never learnt again from that."""
    ForgottenSize.objects.bulk_create(
        [
            ForgottenSize(
                user_id=user_id, size_system=size_system, brand=brand, category_id=category_id, at=timezone.now()
            )
        ],
        update_conflicts=True,
        unique_fields=["user", "size_system", "brand", "category"],
        update_fields=["at"],
    )


def _worn(wearer: Wearer, *, typed_by: Sequence[int]) -> tuple[Worn, ...]:
    typed = _typed(typed_by)
    told = {(one.size_system, one.brand, one.category) for one in typed}
    learnt = [
        one
        for one in _learnt(wearer)
        if not told & {(one.size_system, "", None), (one.size_system, one.brand, one.category)}
    ]
    return tuple(sorted([*typed, *learnt], key=_in_order))


def _in_order(worn: Worn) -> tuple[str, int, str]:
    """What is worn in general before what differs from it."""
    return worn.size_system, worn.category or 0, worn.brand


def _learnt(wearer: Wearer) -> list[Worn]:
    evidence = _evidence(wearer)
    learnt = learn(evidence)
    general = general_sizes(learnt)
    seldom = {
        one: (one.size_system, general[one.size_system], one.category or 0) for one in told_once(evidence, learnt)
    }
    sized = [(one.size_system, general[one.size_system], one.category or 0) for one in seldom]
    made = made_among(sized) if sized else set()
    return [*learnt, *(one for one, wanted in zip(seldom, sized, strict=True) if wanted not in made)]


def _typed(user_ids: Sequence[int]) -> list[Worn]:
    """Of several accounts the one that said it last."""
    rows = WornSize.objects.filter(user__in=user_ids).order_by("changed_at", "pk")
    last = {(row.size_system, row.brand, row.category_id): row for row in rows}
    return [
        Worn(
            row.size_system, row.size, Why.TYPED.value, row.changed_at, brand=row.brand, category=row.category_id,
            by=row.by,
        )
        for row in last.values()
    ]  # fmt: skip


def _evidence(wearer: Wearer) -> list[Evidence]:
    """Nothing of somebody who took back that they may be known."""
    if not (wearer.user_ids or wearer.person_ids) or is_withdrawn(wearer):
        return []
    found: list[Evidence] = list(filtered_sizes(user_ids=wearer.user_ids))
    sizes_asked.send(sender=Person, person_ids=wearer.person_ids, user_ids=wearer.user_ids, add=found.extend)
    return _not_forgotten(found, wearer.user_ids)


def _not_forgotten(found: Iterable[Evidence], user_ids: Sequence[int]) -> list[Evidence]:
    forgotten = list(ForgottenSize.objects.filter(user__in=user_ids))

    def is_forgotten(told: Evidence) -> bool:
        return any(
            told.size_system == one.size_system
            and told.at <= one.at
            and one.brand in ("", told.brand)
            and (one.category_id is None or one.category_id in told.categories)
            for one in forgotten
        )

    return [told for told in found if not is_forgotten(told)]
