"""Which parts of theirs a person lets staff see, once they have shown a code. Each is seen until they say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import consents_of
from omni_sync.transactions import inside_transaction

#: The channel of these statements: what is seen in a store.
CHANNEL: Final = "store"
SOURCE: Final = "account"


class Part(models.TextChoices):
    """What is shown by itself or not at all; the value is the purpose of the statement."""

    LIST = "list", _("Your lists")
    BASKET = "basket", _("Your basket")
    SIZES = "sizes", _("Your sizes")
    PURCHASES = "purchases", _("What you bought")


def hidden_in(statements: Mapping[tuple[str, str], str]) -> frozenset[Part]:
    """The parts that somebody who stated this lets nobody see."""
    return frozenset(part for part in Part if statements.get((CHANNEL, part.value)) == Consent.State.WITHDRAWN)


def stated(person: Person) -> dict[tuple[str, str], str]:
    """What counts of all that this human stated about each channel and purpose: one query."""
    return {about: said.state for about, said in consents_of(person).items()}


@inside_transaction
def say_what_is_seen(*, person: Person, seen: frozenset[Part], wording: str) -> None:
    """From now on staff see ``seen`` and nothing else; what is as it was is not stated again."""
    hidden = hidden_in(stated(person))
    changed = [part for part in Part if (part in hidden) is (part in seen)]
    now = timezone.now()
    note(
        statements=[
            Statement(
                person_id=person.pk,
                channel=CHANNEL,
                purpose=part.value,
                state=Consent.State.GRANTED if part in seen else Consent.State.WITHDRAWN,
                at=now,
                wording=f"{wording} {part.label}",
                locale=get_language() or "",
                proof="the account's page “My code”",
            )
            for part in changed
        ],
        source=SOURCE,
    )
