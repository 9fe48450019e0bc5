"""All that is said of a product or a place: what merchants wrote, and the shop's own pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from kiosk.links.address import product_page, shelf_page, store_page
from kiosk.links.choose import Reader, Target, best
from kiosk.links.exceptions import NoSuchLink
from kiosk.links.known import Goods, Spot
from kiosk.links.types import DEFAULT, LOCATION, PRODUCT


def targets_of(known: Goods | Spot) -> list[Target]:
    """Every link there is; the shop's own, which answers where nothing else does, comes last."""
    return [*(known.written if isinstance(known, Goods) else ()), own_page(known)]


def own_page(known: Goods | Spot) -> Target:
    """The shop's page of it."""
    if isinstance(known, Goods):
        return Target(product_page(known.gtin), gettext("Product information"), PRODUCT)
    page = shelf_page(known.code, known.shelf) if known.shelf else store_page(known.code)
    return Target(page, gettext("What stands here") if known.shelf else gettext("The store"), LOCATION)


def defaults(targets: Sequence[Target]) -> list[Target]:
    """Where a plain scan may lead: what merchants chose instead of the shop's page, and that page."""
    return [target for target in targets if target.is_default] + [targets[-1]]


def chosen(targets: Sequence[Target], *, link_type: str, reader: Reader, path: str) -> list[Target]:
    """Where the reader is sent, several if nothing tells them apart. Raises NoSuchLink for a kind that isn't there.

    A kind in no language of the reader's leads where a plain scan does.
    """
    plain = best(defaults(targets), reader)
    if link_type in ("", DEFAULT):
        return plain
    named = [target for target in targets if target.link_type == link_type]
    if not named:
        raise NoSuchLink(path, link_type)
    return best(named, reader) or plain
