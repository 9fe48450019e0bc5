"""Where humans can be reached, by what they proved; whole sets in one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from omni_sync.people.models import Identifier, Person


def rows_of(root_ids: Iterable[int]) -> dict[int, int]:
    """Every row of these humans, with its root."""
    wanted = list(root_ids)
    rows = Person.objects.filter(Q(pk__in=wanted) | Q(merged_into__in=wanted))
    return {pk: root or pk for pk, root in rows.values_list("pk", "merged_into")}


def verified(root_ids: Sequence[int], *, kind: str) -> dict[int, str]:
    """By root the identifier of this kind that was proved last."""
    proved = Identifier.objects.filter(kind=kind, verified_at__isnull=False).filter(
        Q(person__in=root_ids) | Q(person__merged_into__in=root_ids)
    )
    told = proved.annotate(root=Coalesce(F("person__merged_into"), F("person"))).order_by("verified_at", "pk")
    return dict(told.values_list("root", "value"))


def account_emails(root_ids: Sequence[int]) -> dict[int, str]:
    """By root the e-mail of the web account, proved or not."""
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="")
    own = users.filter(Q(person__in=root_ids) | Q(person__merged_into__in=root_ids))
    return dict(
        own.annotate(root=Coalesce(F("person__merged_into"), F("person"))).order_by("pk").values_list("root", "email")
    )
