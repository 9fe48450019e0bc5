"""The kiosk as an installed app: what it is called, what it keeps for a gap in the network, and what it shows then."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from omni_sync import conf
from omni_sync.design.languages import reader_language

#: All that a kiosk keeps: how it looks, and nothing of anybody.
SHELL: Final = (
    "lintas/tokens.css",
    "lintas/components.css",
    "lintas/icons.svg",
    "lintas/mark.svg",
    "lintas/live.js",
    "django_htmx/htmx-2.min.js",
    "kiosk/kiosk.css",
    "kiosk/kiosk.js",
    "kiosk/wedge.js",
    "kiosk/offline.js",
    "instore/scan.js",
)
PAPER: Final = "#0f1218"


@lru_cache(maxsize=1)
def version() -> str:
    """Another one whenever something of the shell is different: twelve characters."""
    found = hashlib.sha256()
    for name in SHELL:
        path = finders.find(name)
        found.update(Path(path).read_bytes() if isinstance(path, str) else static(name).encode())
    return found.hexdigest()[:12]


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a browser installs."""
    with translation.override(reader_language(request)):
        mark = {"src": static("lintas/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
        said = {
            "id": "/kiosk/",
            "name": gettext("%(shop)s kiosk") % {"shop": conf.shop_name()},
            "short_name": conf.shop_name(),
            "lang": translation.get_language(),
            "start_url": "/kiosk/",
            "scope": "/kiosk/",
            "display": "fullscreen",
            "orientation": "any",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [{**mark, "purpose": "any"}, {**mark, "purpose": "maskable"}],
        }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers while the network does not."""
    facts = {"version": version(), "shell": [static(name) for name in SHELL]}
    answer = render(request, "kiosk/sw.js", facts, content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown then, in every language of the shop: nobody can be asked which one is theirs."""
    words = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            said = gettext("No connection for the moment"), gettext("This screen comes back by itself.")
            words.append((code, *said, gettext("Try again")))
    answer = render(request, "kiosk/offline.html", {"words": words, "shop_name": conf.shop_name()})
    answer.headers["Cache-Control"] = "no-cache"
    return answer
