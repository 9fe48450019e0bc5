"""Which shop a shopper stands in, and what else their address keeps: nothing of it is stored anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from instore.stores.chosen import CODE, chosen
from instore.stores.known import KnownStore, stores_for
from instore.stores.models import Store
from kiosk.links.asked import said_in
from kiosk.links.raw import raw_query
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise

STORE: Final = "s"
LANGUAGE: Final = "lang"
BESIDE: Final = "with"
MOST_BESIDE: Final = 3


@dataclass(frozen=True)
class Visit:
    """``store`` is the one that the address says, else the shopper's own (then it is not ``is_here``), else None.

    ``unknown`` is what the address says where no store has this code, ``closed`` the name of one that has closed for
    good. ``beside`` are the GTINs to compare with.
    """

    said: str = ""
    language: str = ""
    beside: tuple[str, ...] = ()
    store: KnownStore | None = None
    is_here: bool = False
    unknown: str = ""
    closed: str = ""

    @cached_property
    def query(self) -> str:
        """What stands behind every address of this visit, with its question mark."""
        pairs = [(STORE, self.said), (LANGUAGE, self.language), *((BESIDE, gtin) for gtin in self.beside)]
        kept = [(key, value) for key, value in pairs if value]
        return f"?{urlencode(kept)}" if kept else ""

    def page_of(self, gtin: str) -> str:
        """Where the goods with this GTIN are shown."""
        return reverse("shelf:product", args=[gtin]) + self.query

    def with_beside(self, *gtins: str) -> Visit:
        """The same, to compare with these."""
        return replace(self, beside=gtins[:MOST_BESIDE])

    def in_language(self, code: str) -> Visit:
        return replace(self, language=code)


def visit_of(request: HttpRequest) -> Visit:
    """What ``request``'s address says: no query while the stores are remembered, one more where it is not of them."""
    asked = asked_in(request)
    said = asked.get(STORE, "").strip()
    stores = stores_for(request)
    here = _meant(said, stores)
    visit = Visit(
        said=here.code if here else "",
        language=language_in(asked),
        beside=numbers(request.GET.getlist(BESIDE))[:MOST_BESIDE],
        store=here or chosen(request),
        is_here=here is not None,
    )
    if here or not said:
        return visit
    closed = _closed(said)
    return replace(visit, closed=closed, unknown="" if closed else said[:40])


def asked_in(request: HttpRequest) -> dict[str, str]:
    """What the address says, read as the resolver reads it that may have led here."""
    return said_in(raw_query(request))


def language_in(asked: Mapping[str, str]) -> str:
    """The language that the address says; empty where it says none of ours."""
    said = asked.get(LANGUAGE, "")
    return said if said in dict(settings.LANGUAGES) else ""


def numbers(said: list[str]) -> tuple[str, ...]:
    """The GTINs among what is said, as 14 digits, each once."""
    found: dict[str, None] = {}
    for one in said[:20]:
        try:
            found.setdefault(normalise(one))
        except InvalidGtin:
            continue
    return tuple(found)


def _meant(said: str, stores: Mapping[str, KnownStore]) -> KnownStore | None:
    """Codes in printed symbols are in capitals."""
    if said in stores:
        return stores[said]
    alike = [store for code, store in stores.items() if code.casefold() == said.casefold()]
    return alike[0] if len(alike) == 1 else None


def _closed(said: str) -> str:
    if not CODE.fullmatch(said):
        return ""
    known = Store.objects.filter(partner__code__iexact=said).select_related("partner").first()
    return str(known) if known else ""
