"""Whose bag is it? A code somebody says or shows, or the link behind their QR, and no more tries than are good."""

from __future__ import annotations

import re
from typing import Final

from instore.pickup.exceptions import CodeEnded, CodeOfAnotherStore, CodeUnknown, TokenUnknown
from instore.pickup.find import by_code, by_token
from instore.pickup.models import Pickup
from instore.staff.guard import OnDuty
from instore.stores.models import Store
from instore.tablet.tries import give_back, note_wrong, take_try

LINK: Final = re.compile(r"/collect/(?P<token>[A-Za-z0-9_-]{43})(?:[/?#]|$)", re.ASCII)
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
#: What a camera may take for one of these: what else it sees costs nobody a try.
WANTED: Final = r"/collect/[A-Za-z0-9_-]{43}(?:[/?#]|$)|^[A-Za-z0-9_-]{43}$|^[A-Za-z0-9]{6}$"
LONGEST: Final = 500


def whose(*, said: str, duty: OnDuty) -> Pickup:
    """The open pickup of the tablet's store that ``said`` is good for: a code, a token, or a link with one.

    Raises TriesSpent, or, each counted as a wrong try, CodeUnknown, CodeOfAnotherStore or CodeEnded.
    """
    tried = take_try(device=duty.device)
    try:
        pickup = _found(said.strip()[:LONGEST], duty.store)
    except (CodeUnknown, CodeOfAnotherStore, CodeEnded) as refusal:
        note_wrong(tried=tried, device=duty.device, associate=duty.associate, why=type(refusal).__name__)
        raise
    give_back(tried)
    return pickup


def _found(said: str, store: Store) -> Pickup:
    token = _token(said)
    if not token:
        return by_code(code=said, store=store)
    try:
        pickup = by_token(token=token)
    except TokenUnknown:
        raise CodeUnknown from None
    if not pickup.is_open:
        assert pickup.ended_at is not None
        raise CodeEnded(pickup.state, pickup.ended_at)
    if pickup.store_id != store.pk:
        raise CodeOfAnotherStore(pickup.store.partner.code or "")
    return pickup


def _token(said: str) -> str:
    link = LINK.search(said)
    if link:
        return link["token"]
    return said if TOKEN.fullmatch(said) else ""
