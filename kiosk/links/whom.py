"""Who scans: an enrolled device of ours, or somebody's phone."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from instore.devices.models import Device, Kind
from instore.devices.tokens import carried, digest_of
from kiosk.links.models import Scan

Channel = Scan.Channel
_CHANNELS: Final[dict[str, Scan.Channel]] = {Kind.TABLET: Channel.TABLET, Kind.KIOSK: Channel.KIOSK}


def channel_of(request: HttpRequest) -> Scan.Channel:
    """The kind of device; one query for who carries a device's cookie, none for anybody else."""
    token = carried(request)
    if not token:
        return Channel.PHONE
    kind = Device.objects.enrolled().filter(digest=digest_of(token)).values_list("kind", flat=True).first()
    return _CHANNELS.get(kind or "", Channel.PHONE)
