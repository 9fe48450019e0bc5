"""What this capability holds of a human; its rows go with the person (``privacy.erase``)."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from omni_sync.people.models import Consent, Identifier, Person, Touchpoint
from omni_sync.people.signals import person_exported
from omni_sync.people.sizes.models import WornSize


@receiver(person_exported, dispatch_uid="lintas.people.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """Names, identifiers, statements, sizes and contacts."""
    add("persons", Person.objects.filter(pk__in=person_ids).values("name", "created_at").order_by("pk"))
    identifiers = Identifier.objects.filter(person__in=person_ids).order_by("pk")
    add("identifiers", identifiers.values("kind", "value", "source", "verified_at", "proof", "created_at"))
    consents = Consent.objects.filter(person__in=person_ids).order_by("pk").values(
        "channel", "purpose", "state", "at", "wording", "wording_version", "wording_hash", "locale", "proof", "source",
        "store__name", "associate", "is_claim", "recorded_at",
    )  # fmt: skip
    add("consents", consents)
    sizes = WornSize.objects.filter(user__in=user_ids).order_by("pk")
    add("sizes", sizes.values("size_system", "size", "brand", "category__name", "by", "source", "changed_at"))
    contacts = Touchpoint.objects.filter(person__in=person_ids).order_by("at", "pk")
    add("contacts", contacts.values("channel", "kind", "at", "store__name", "data"))
