"""A code in a letter, for somebody who stands in a store and has no phone at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from omni_sync.customer_code.mint import SENT_FOR, mint
from omni_sync.customer_code.models import CustomerCode
from omni_sync.messages.preferences.preferred import language_of
from omni_sync.messages.say import say
from omni_sync.people.account import person_of
from omni_sync.people.models import Identifier, Person
from omni_sync.people.normal import normal

LETTER: Final = "customer_code"
PAUSE: Final = timedelta(minutes=1)  # one tap too many writes no second letter
MOST: Final = 3
SPAN: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Asks:
    """Who asks for the code, and where: the letter says both."""

    place_id: int
    store: str
    associate: str


@dataclass(frozen=True, slots=True)
class _Reader:
    person: Person
    email: str
    name: str


def send(*, said: str, asks: Asks) -> None:
    """Write a code to whoever ``said`` (an e-mail address or a phone number) is, if they can be written to.

    It goes to the address of an account, or to one that was proved. Nobody is told whether there is somebody; the same
    person is written to once a minute, and three times in a quarter of an hour.
    """
    with transaction.atomic(durable=True):
        reader = _by_email(said) if "@" in said else _by_phone(said)
        if reader is not None:
            _write(reader, asks)


def language_for(person: Person) -> str:
    """What they are written to in; else that of who serves them."""
    return language_of(person.pk) or get_language() or ""


def _by_email(said: str) -> _Reader | None:
    said = said.strip()
    accounts = list(get_user_model()._default_manager.filter(email__iexact=said, is_active=True)[:2])
    if len(accounts) == 1:
        return _of_account(accounts[0])
    proved = Identifier.objects.filter(kind=Identifier.Kind.EMAIL, value=normal("email", said))
    found = proved.exclude(verified_at=None).select_related("person__merged_into").order_by("verified_at").first()
    if found is None:
        return None
    human = found.person.merged_into or found.person
    return _Reader(human, found.value, human.name)


def _by_phone(said: str) -> _Reader | None:
    """Where the number is one human's who has an account: the letter goes to its address, whoever typed the number."""
    rows = Identifier.objects.filter(kind=Identifier.Kind.PHONE, value=normal("phone", said))
    roots = {row.person.root_id for row in rows.select_related("person")[:20]}
    root = Person.objects.select_related("user").filter(pk__in=roots).exclude(user=None)[:2]
    users = [one.user for one in root if one.user is not None and one.user.is_active]
    return _of_account(users[0]) if len(users) == 1 else None


def _of_account(user: Any) -> _Reader | None:
    return _Reader(person_of(user=user), user.email, user.get_full_name()) if user.email else None


def _write(reader: _Reader, asks: Asks) -> None:
    Person.objects.select_for_update(no_key=True).get(pk=reader.person.pk)  # two who ask at once take turns
    now = timezone.now()
    sent = CustomerCode.objects.filter(person=reader.person, via=CustomerCode.Via.SENT, made_at__gt=now - SPAN)
    times = list(sent.values_list("made_at", flat=True))
    if len(times) >= MOST or any(at > now - PAUSE for at in times):
        return
    minted = mint(person_id=reader.person.pk, place_id=asks.place_id)
    data = {
        "name": reader.name,
        "store": asks.store,
        "associate": asks.associate,
        "code": minted.code,
        "minutes": SENT_FOR // timedelta(minutes=1),
    }
    say(key=f"customer-code:{minted.pk}", kind=LETTER, to=reader.email, language=language_for(reader.person), data=data)
