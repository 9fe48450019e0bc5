"""Whose taps wait for a connection: nobody sends them under somebody else's name.

A page says who is at the tablet by a number that means nothing elsewhere. A script that keeps a tap keeps that with
it, and sends it along: after an idle tablet was unlocked by the same associate their taps go on, anybody else's don't.
"""

from __future__ import annotations

import secrets
from typing import Final

from django.http import HttpRequest

from instore.staff.guard import OnDuty
from instore.tablet.exceptions import SomebodyElses
from omni_sync.seal import keyed_hashes

HEADER: Final = "Lintas-Sender"
_PURPOSE: Final = "lintas.tablet.sender"


def sender_of(duty: OnDuty) -> str:
    """This associate on this tablet, 64 characters that name nobody."""
    return _senders(duty)[0]


def assert_senders(request: HttpRequest, duty: OnDuty) -> None:
    """Raises SomebodyElses for a tap that was kept for another associate or on another tablet."""
    said = request.headers.get(HEADER)
    if said is not None and not any(secrets.compare_digest(said.encode(), one.encode()) for one in _senders(duty)):
        raise SomebodyElses


def _senders(duty: OnDuty) -> list[str]:
    return [known.hex() for known in keyed_hashes(_PURPOSE, f"{duty.device.pk}:{duty.associate.pk}")]
