"""Sell one, now: for whoever looks at a product's page and wants to see its number move."""

from __future__ import annotations

from typing import Final

from settings.simulator.connection import door
from settings.simulator.shelves import shelf_of
from settings.simulator.told import Speaker

PATIENCE: Final = 5.0


def sell_one(*, sku: str, store: str) -> str:
    """Let the till of ``store`` sell one ``sku``, through its real door; the till's number of the sale.

    The sale is durable when this returns, and in the books a moment later. Nothing is tried again: a person is waiting.
    Raises NothingThere for a place or an article that is not there, Later and Refused when the door did not take it.
    """
    shelf = shelf_of(store, sku)
    event = Speaker(register="tour").sale(store, shelf.zone, [(shelf.article, 1)])
    door().send(event, timeout=PATIENCE)
    number: str = event["data"]["sale"]
    return number
