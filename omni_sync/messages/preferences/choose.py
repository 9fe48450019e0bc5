"""What a person says about messages to them."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from omni_sync.messages.models import Purpose
from omni_sync.messages.preferences.exceptions import NotOffered
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.preferences.ways import ways_of
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Person
from omni_sync.transactions import inside_transaction

WEB = "web"


@inside_transaction
def choose(*, person: Person, language: str, zone: str, quiet_from: time | None, quiet_until: time | None) -> None:
    """From now on this counts, whatever was chosen before; what is empty is as it is for everybody."""
    own = Preference(
        person=person,
        language=language,
        zone=zone,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        changed_at=timezone.now(),
    )
    Preference.objects.bulk_create(
        [own],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["language", "zone", "quiet_from", "quiet_until", "changed_at"],
    )


@inside_transaction
def allow(*, person: Person, channel: str, is_allowed: bool, language: str) -> None:
    """News and offers by ``channel``: yes, or no more. Raises NotOffered where there is no such way to them."""
    if channel not in {way.channel for way in ways_of(person)}:
        raise NotOffered(channel)
    state = Consent.State.GRANTED if is_allowed else Consent.State.WITHDRAWN
    answer(person=person, channel=channel, purpose=Purpose.MARKETING, state=state, language=language, source=WEB)
