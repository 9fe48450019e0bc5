"""The connection the simulated tills speak through."""

from __future__ import annotations

from django.conf import settings

from omni_sync.pos.connections import connect
from omni_sync.pos.secrets import secrets_of
from settings.simulator.door import Door
from shop.seed.people import TILL
from shop.seed.places import SHOPS


def door() -> Door:
    """The door of the running web server, as the demo's tills know it; the connection is made if it is missing."""
    connection, _ = connect(name=TILL, stores=[shop.code for shop in SHOPS])
    return Door(base=settings.BASE_URL, connection=connection.name, secret=secrets_of(connection)[0])
