"""A packet is taken once, by whom it is for."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from omni_sync.privacy.carry_out import hash_of
from omni_sync.privacy.exceptions import PacketGone
from omni_sync.privacy.models import Packet
from omni_sync.transactions import inside_transaction


def packet_of(*, user_id: int) -> Packet | None:
    """The newest packet that this account may take."""
    return Packet.objects.ready(timezone.now()).defer("body").filter(user=user_id).order_by("-pk").first()


def is_there(*, token: str) -> bool:
    """Whether the link of a letter still opens something."""
    return Packet.objects.ready(timezone.now()).filter(token_hash=hash_of(token)).exists()


@inside_transaction
def take_mine(*, request_id: int, user_id: int) -> bytes:
    """The packet of this account, which is then gone. Raises PacketGone."""
    return _take(Packet.objects.filter(pk=request_id, user=user_id))


@inside_transaction
def take_by_link(*, token: str) -> bytes:
    """The packet that this link opens, which is then gone. Raises PacketGone."""
    return _take(Packet.objects.filter(token_hash=hash_of(token)))


def _take(packets: QuerySet[Packet]) -> bytes:
    packet = packets.filter(taken_at=None, until__gt=timezone.now()).select_for_update().first()
    if packet is None or packet.body is None:
        raise PacketGone
    body = bytes(packet.body)
    packet.body, packet.taken_at = None, timezone.now()
    packet.save(update_fields=["body", "taken_at"])
    return body
