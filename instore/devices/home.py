"""Where each kind of device begins."""

from collections.abc import Mapping
from typing import Final

from instore.devices.models import Kind

#: As paths: the pages of a kind may be in a room above this one.
HOMES: Final[Mapping[str, str]] = {Kind.TABLET: "/staff/", Kind.KIOSK: "/kiosk/", Kind.SCREEN: "/staff/enrol/"}
