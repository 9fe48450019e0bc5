"""A kiosk's list goes to a phone: shown as a code, taken once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from kiosk.station.exceptions import Gone, NothingListed, PassGone
from kiosk.station.models import LIFE, Pass
from omni_sync.lists.anonymous import Want, keep, wants_of
from omni_sync.lists.models import AnonymousList
from omni_sync.lists.tokens import new_token, token_hash
from omni_sync.live.place import address
from omni_sync.live.publish import publish
from omni_sync.seal import keyed_hashes
from omni_sync.spoken import as_code, new_code
from omni_sync.transactions import inside_transaction

_CODE: Final = "lintas.kiosk.pass.code"
TRIES: Final = 5  # for a code that somebody else has just now


@dataclass(frozen=True, slots=True)
class Given:
    """What the kiosk shows, this once."""

    pk: int
    until: datetime
    token: str = field(repr=False)
    code: str = field(repr=False)


def give(*, wants: Sequence[Want]) -> Given:
    """Let a phone take a copy of these things, once, within ten minutes. Raises NothingListed."""
    if not wants:
        raise NothingListed
    for _ in range(TRIES - 1):
        try:
            return _give(wants)
        except IntegrityError:
            continue
    return _give(wants)


@transaction.atomic
def _give(wants: Sequence[Want]) -> Given:
    now = timezone.now()
    Pass.objects.over(now).delete()
    copy = keep(wants=wants)
    AnonymousList.objects.filter(pk=copy.pk).update(until=now + LIFE)
    token, code = new_token(), new_code()
    row = Pass.objects.create(
        anonymous_list_id=copy.pk,
        token_hash=token_hash(token),
        code_hash=keyed_hashes(_CODE, code)[0],
        until=now + LIFE,
    )
    return Given(row.pk, row.until, token, code)


def by_token(token: str) -> Pass:
    """What the QR opens; looking takes nothing. Raises PassGone."""
    return _checked(Pass.objects.filter(token_hash=token_hash(token)).first())


def by_code(said: str) -> Pass:
    """What somebody typed; a code that is over is unknown. Raises PassGone."""
    code = as_code(said)
    rows = Pass.objects.open(timezone.now()).filter(code_hash__in=keyed_hashes(_CODE, code)) if code else None
    return _checked(rows.first() if rows is not None else None)


def by_id(pk: int) -> Pass:
    """The one that this phone opened. Raises PassGone."""
    return _checked(Pass.objects.filter(pk=pk).first())


@inside_transaction
def take(*, pass_id: int) -> list[Want]:
    """What is on the list, for the one who is first; nobody else sees it from then on. Raises PassGone."""
    row = _checked(Pass.objects.select_for_update(of=("self",)).filter(pk=pass_id).first())
    assert row.anonymous_list is not None
    wants = wants_of(row.anonymous_list)
    Pass.objects.filter(pk=row.pk).update(taken_at=timezone.now())
    row.anonymous_list.delete()
    if address() is not None:
        transaction.on_commit(lambda: publish([pass_topic(pass_id)]), robust=True)
    return wants


def pass_topic(pass_id: int) -> str:
    """One list on its way: the kiosk waits for it."""
    return f"pass-{pass_id}"


def _checked(found: Pass | None) -> Pass:
    if found is None:
        raise PassGone(Gone.UNKNOWN)
    if found.taken_at is not None:
        raise PassGone(Gone.TAKEN)
    if not found.is_open or found.anonymous_list_id is None:
        raise PassGone(Gone.EXPIRED)
    return found
