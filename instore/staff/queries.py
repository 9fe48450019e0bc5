from __future__ import annotations

from django.db.models import QuerySet

from instore.staff.models import Associate, Role


def at_store(store_id: int) -> QuerySet[Associate]:
    """Who works at a store, by name, with their role there: one query however many they are."""
    here = Associate.objects.working().filter(assignments__store=store_id)
    return here.with_role_at(store_id).defer("pin").order_by("display_name", "pk")


def managers_of(store_id: int) -> QuerySet[Associate]:
    """Who may do at a store what needs a manager, by name."""
    here = Associate.objects.working().filter(assignments__store=store_id, assignments__role=Role.MANAGER)
    return here.defer("pin").order_by("display_name", "pk")
