"""What the resolver answers, and the headers that go with all of it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, gettext

from kiosk.links.asked import HTML, JSON, LINKSET_JSON, PROBLEM_JSON, form_of
from kiosk.links.linkset import CONTEXT_LINK, as_text
from omni_sync.conf import base_url
from omni_sync.problems import problem

METHODS: Final = "GET, HEAD, OPTIONS"
TEMPORARY: Final = 307
SEVERAL: Final = 300
REFUSED_METHOD: Final = 405
EMPTY: Final = 204
#: Pages of others may ask; nothing that is said here depends on who is signed in.
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Expose-Headers": "Link, Location",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def opened(response: HttpResponse) -> HttpResponse:
    """With the headers that every answer of a resolver has."""
    for name, value in OPEN.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    return response


def methods(request: HttpRequest) -> HttpResponse:
    """The answer to OPTIONS, and to what a resolver doesn't do."""
    status = EMPTY if request.method == "OPTIONS" else REFUSED_METHOD
    headers = {"Allow": METHODS, "Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
    return HttpResponse(status=status, headers=headers)


def leads_to(href: str, *, path: str) -> HttpResponse:
    """A redirect, and where all links of the thing are."""
    response = HttpResponse(status=TEMPORARY, headers={"Location": iri_to_uri(href)})
    response.headers["Link"] = f'<{base_url()}{path}?linkType=linkset>; rel="linkset"; type="{LINKSET_JSON}"'
    return response


def with_query(href: str, query: str) -> str:
    """The address with the query, as it was sent, behind what it has of its own."""
    if not query:
        return href
    before, mark, fragment = href.partition("#")
    joint = "&" if "?" in before else "?"
    return f"{before}{joint}{query}{mark}{fragment}"


def says(request: HttpRequest, said: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A linkset: for browsers a page with the same in it, for all others JSON."""
    form = form_of(request, LINKSET_JSON, JSON, HTML)
    if form == HTML:
        facts = {
            "about": said["linkset"][0],
            "groups": _groups(said),
            "json": as_text(said),
            "is_choice": status == SEVERAL,
        }
        response = render(request, "kiosk/links/linkset.html", facts, status=status)
        response.headers["Content-Language"] = get_language() or ""
    else:
        response = HttpResponse(as_text(said), status=status, content_type=form)
    response.headers["Link"] = CONTEXT_LINK
    return response


def refuses(request: HttpRequest, status: int, title: str, detail: str, *, reason: str = "") -> HttpResponse:
    """A small page for people, a problem (RFC 9457) for machines."""
    if form_of(request, PROBLEM_JSON, JSON, HTML) != HTML:
        more: dict[str, Any] = {"reason": reason} if reason else {}
        return problem(status, title, detail, **more)
    facts = {"title": title, "detail": detail, "reason": reason}
    response = render(request, "kiosk/links/refused.html", facts, status=status)
    response.headers["Content-Language"] = get_language() or ""
    response.headers["Cache-Control"] = "no-store"
    return response


def malformed(request: HttpRequest, reason: str) -> HttpResponse:
    """400: whatever this is, no GS1 Digital Link."""
    title = gettext("This code can't be read")
    words = gettext("It isn't a sound GS1 Digital Link. Scan it once more, or type the number under the barcode.")
    return refuses(request, 400, title, words, reason=reason)


def unknown(request: HttpRequest) -> HttpResponse:
    """404: a sound number, but not one of this shop's."""
    title = gettext("We don't know this number")
    return refuses(request, 404, title, gettext("The code is sound, but nothing in this shop has its number."))


def no_such(request: HttpRequest, link_type: str) -> HttpResponse:
    """404: the thing is known, but there is nothing of this kind about it."""
    title = gettext("There is nothing of this kind")
    words = gettext("Of what this code stands for, nothing of the kind “%(kind)s” is known here.")
    return refuses(request, 404, title, words % {"kind": link_type[:60]})


def _groups(said: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The links by their kind, for the page; the default stands among its kind anyway."""
    about = {name.rpartition("/")[2]: links for name, links in said["linkset"][0].items() if isinstance(links, list)}
    return [(name, links) for name, links in about.items() if not name.startswith("defaultLink")]
