from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from instore.devices.codes import digest_of, new_code
from instore.devices.models import EnrolmentCode, Kind
from instore.devices.signals import code_made
from instore.stores.models import Store

GOOD_FOR: Final = timedelta(minutes=10)
KEPT_FOR: Final = timedelta(days=1)  # so that somebody who types a late code hears that it is late


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code as the manager sees it, this once."""

    code: str
    expires_at: datetime


def invite(*, store: Store, kind: Kind, name: str, place: str = "", by: Any) -> Invitation:
    """Let one device enrol at ``store`` within ten minutes, by the code in the answer. Old codes are forgotten."""
    now = timezone.now()
    code = new_code()
    with transaction.atomic(durable=True):
        EnrolmentCode.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
        kept = EnrolmentCode.objects.create(
            digest=digest_of(code),
            store=store,
            kind=kind,
            name=name,
            place=place,
            made_at=now,
            made_by=by,
            expires_at=now + GOOD_FOR,
        )
        code_made.send(EnrolmentCode, code=kept, by=by)
    return Invitation(code, kept.expires_at)
