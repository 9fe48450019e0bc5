"""A letter to the address of an account: whoever reads it proves that the address is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.say import say
from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from omni_sync.people.normal import normal
from omni_sync.proof.exceptions import AskedLately
from omni_sync.proof.models import LIFE, EmailProof
from omni_sync.proof.tokens import code_hashes, new_token, token_hash
from omni_sync.spoken import new_code

LETTER: Final = "email_proof"
PAUSE: Final = timedelta(minutes=1)
MOST: Final = 5
SPAN: Final = timedelta(days=1)


@transaction.atomic(durable=True)
def ask(*, user: Any, language: str) -> None:
    """Send the letter to the address that the account has now; letters sent before it prove nothing any more.

    Raises AskedLately: one a minute, five a day.
    """
    person = person_of(user=user)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two who ask at once take turns
    now = timezone.now()
    made = list(EmailProof.objects.filter(user=user, made_at__gt=now - SPAN).values_list("made_at", flat=True))
    if len(made) >= MOST or any(at > now - PAUSE for at in made):
        raise AskedLately
    EmailProof.objects.open(now).filter(user=user).update(until=now)
    token, code = new_token(), new_code()
    proof = EmailProof.objects.create(
        user=user,
        email=normal("email", user.email),
        token_hash=token_hash(token),
        code_hash=code_hashes(user.pk, code)[0],
        until=now + LIFE,
    )
    link = conf.base_url().rstrip("/") + reverse("email-proof:link", args=[token])
    data = {"name": user.get_full_name(), "link": link, "code": f"{code[:3]} {code[3:]}"}
    say(key=f"email-proof:{proof.pk}", kind=LETTER, to=user.email, language=language, data=data)
