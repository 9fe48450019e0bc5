"""The GS1-Conformant Resolver (1.2): a Digital Link in, an address out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from kiosk.links import answers
from kiosk.links.address import kiosk_page, staff_page
from kiosk.links.asked import STORE, Asked, asked_by
from kiosk.links.choose import reader_of
from kiosk.links.exceptions import NoSuchLink, NothingKnown
from kiosk.links.known import Goods, Spot, goods, spot
from kiosk.links.later import later
from kiosk.links.linkset import candidates, linkset
from kiosk.links.models import Scan
from kiosk.links.scans import Seen
from kiosk.links.targets import chosen, targets_of
from kiosk.links.types import VOCABULARY
from kiosk.links.whom import channel_of
from omni_sync.conf import base_url
from omni_sync.design.languages import reader_language
from omni_sync.gs1.exceptions import InvalidGs1

View = Callable[..., HttpResponse]


def resolver(view: View) -> View:
    """A page of the resolver: open to every origin, in the reader's language, reading only."""

    @csrf_exempt
    @transaction.non_atomic_requests
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return answers.opened(answers.methods(request))
        with translation.override(reader_language(request)):
            return answers.opened(view(request, *args, **kwargs))

    return answered


@resolver
def resolve(request: HttpRequest) -> HttpResponse:
    """Where this Digital Link leads, or all that is said of what it stands for."""
    try:
        asked = asked_by(request)
        known = _known(asked)
        return _answer(request, asked, known)
    except InvalidGs1 as refusal:
        return answers.malformed(request, str(refusal))
    except NothingKnown:
        return answers.unknown(request)
    except NoSuchLink as refusal:
        return answers.no_such(request, refusal.link_type)


@resolver
def compressed(request: HttpRequest) -> HttpResponse:
    """Compressed links are not read here; they are told apart from pages that aren't there."""
    return answers.malformed(request, "compressed")


@resolver
def described(request: HttpRequest) -> HttpResponse:
    """The resolver's description file: what it knows and whom to ask."""
    return JsonResponse(
        {
            "name": str(getattr(settings, "OSCAR_SHOP_NAME", "")) or base_url(),
            "resolverRoot": base_url(),
            "supportedPrimaryKeys": ["01", "414"],
            "supportedLinkType": [{"namespace": VOCABULARY, "prefix": "gs1"}],
            "supportedContextValuesEnumerated": [],
            "linkTypeDefaultCanBeLinkset": False,
            "validatesAIcombinations": True,
            "supportsSemanticInterpretation": False,
            "contact": {"fn": str(getattr(settings, "OSCAR_SHOP_NAME", "")) or base_url()},
        }
    )


def _known(asked: Asked) -> Goods | Spot:
    """What the key names: a lot or a serial number that nobody wrote anything about is passed over for its goods."""
    key = asked.link.key
    if key.ai == "01":
        return goods(gtin=key.value, store=asked.store, path=asked.path)
    if key.ai == "414":
        return spot(gln=key.value, extension=asked.link.value("254"), path=asked.path)
    raise NothingKnown(asked.path)


def _answer(request: HttpRequest, asked: Asked, known: Goods | Spot) -> HttpResponse:
    if asked.wants_linkset:
        return answers.says(request, linkset(**_about(asked, known), targets=targets_of(known)))
    channel = channel_of(request)
    query = _passed_on(asked, known)
    if isinstance(known, Goods) and not asked.link_type and channel != Scan.Channel.PHONE:
        page = staff_page(known.gtin) if channel == Scan.Channel.TABLET else kiosk_page(known.gtin)
        _note(request, known, channel)
        return answers.leads_to(answers.with_query(page, query), path=asked.path)
    found = chosen(targets_of(known), link_type=asked.link_type, reader=reader_of(request), path=asked.path)
    if len(found) > 1:
        return answers.says(request, candidates(**_about(asked, known), targets=found), status=answers.SEVERAL)
    _note(request, known, channel)
    return answers.leads_to(answers.with_query(found[0].href, query), path=asked.path)


def _about(asked: Asked, known: Goods | Spot) -> dict[str, str]:
    if isinstance(known, Goods):
        description = known.title
    else:
        description = f"{known.store}, {known.shelf}" if known.shelf else str(known.store)
    return {"anchor": f"{base_url()}{asked.path}", "description": description}


def _passed_on(asked: Asked, known: Goods | Spot) -> str:
    """The query as it was sent; before it the store that the stem named."""
    if not (asked.in_stem and isinstance(known, Goods) and known.store_code):
        return asked.query
    named = f"{STORE}={known.store_code}"
    return f"{named}&{asked.query}" if asked.query else named


def _note(request: HttpRequest, known: Goods | Spot, channel: Scan.Channel) -> None:
    """Have the scan written, after the answer and whatever becomes of it."""
    if request.method != "GET":
        return
    facts: dict[str, Any] = {"session": request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")}
    if isinstance(known, Goods):
        facts |= {"product_id": known.product_id, "style_id": known.style_id, "store_id": known.store_id}
    else:
        facts |= {"store_id": known.store.pk, "place": known.shelf}
    transaction.on_commit(partial(later.add, Seen(timezone.now(), channel, **facts)), robust=True)
