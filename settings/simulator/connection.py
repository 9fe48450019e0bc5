"""The connection the simulated tills speak through."""

from __future__ import annotations

import os
from typing import Final

from django.conf import settings

from omni_sync.pos.connections import connect
from omni_sync.pos.secrets import secrets_of
from settings.embedded.place import Place
from settings.simulator.door import Door
from shop.seed.people import TILL
from shop.seed.places import SHOPS

#: Where a running demo keeps its address, for commands beside it.
WEB: Final = "web.json"


def base() -> str:
    """The address of the web server: what the environment says, else that of the demo that ran here last."""
    if "BASE_URL" in os.environ:
        return settings.BASE_URL
    address: str = Place(settings.DATA).read(WEB).get("base", settings.BASE_URL)
    return address


def door() -> Door:
    """The door of the running web server, as the demo's tills know it; the connection is made if it is missing."""
    connection, _ = connect(name=TILL, stores=[shop.code for shop in SHOPS])
    return Door(base=base(), connection=connection.name, secret=secrets_of(connection)[0])
