"""``/tour/messages/``: every message of the demo as its reader would see it. There under the demo's settings only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from cryptography.fernet import InvalidToken
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template import TemplateDoesNotExist
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from omni_sync.messages.journeys.explain import Explained, explained
from omni_sync.messages.letters import Letter
from omni_sync.messages.models import Channel, Message
from omni_sync.messages.notes import Note
from omni_sync.messages.words import spoken, words_of
from omni_sync.people.models import Identifier, Person
from settings.content_policy import STRICT, header

MOST: Final = 40
#: Among so many of the newest their readers are looked for.
LOOKED_AT: Final = 300
#: The page shows letters in frames of this very shop.
WITH_FRAMES: Final = header({**STRICT, "frame-src": "'self'"})
#: A letter is colours and words: it runs nothing, asks for nothing, and is nobody's here.
A_LETTER: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class Reader(NamedTuple):
    """Somebody who was written to: ``key`` names them in the address."""

    key: str
    name: str


class Shown(NamedTuple):
    """A message with its words, where they can be read, and why it went, where it followed something."""

    message: Message
    words: Letter | Note | None
    why: Explained | None
    reader: Reader


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest first; ``who`` chooses a reader. Asked by the page itself, only how many are newer than ``since``."""
    who = request.GET.get("who", "")
    newest = list(Message.objects.select_related("follow_up__journey").order_by("-said_at", "-pk")[:LOOKED_AT])
    readers = _readers(newest)
    chosen = [message for message in newest if who in ("", readers[message.pk].key)]
    facts: dict[str, Any] = {"who": who, "last": max((message.pk for message in chosen), default=0)}
    if request.headers.get("HX-Request"):
        since = request.GET.get("since", "")
        known = int(since) if since.isascii() and since.isdigit() else 0
        facts |= {"last": known, "newer": sum(message.pk > known for message in chosen)}
        return render(request, "shop/sent/newer.html", facts)
    facts |= {"shown": _shown(chosen[:MOST], readers), "readers": _sorted(readers.values())}
    answer = render(request, "shop/sent/page.html", facts)
    answer.headers["Content-Security-Policy"] = WITH_FRAMES
    return answer


@never_cache
@require_safe
@xframe_options_sameorigin
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter's own colours, for the frame that shows it; what is in it opens elsewhere."""
    words = _words(get_object_or_404(Message, pk=pk))
    if not isinstance(words, Letter):
        raise Http404
    html = words.html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": A_LETTER})


def _shown(messages: Sequence[Message], readers: dict[int, Reader]) -> list[Shown]:
    followed = [message.follow_up for message in messages if hasattr(message, "follow_up")]
    why = {one.follow_up.message_id: one for one in explained(followed, to_the_person=True)}
    return [
        Shown(message, _words(message), why.get(message.pk), readers[message.pk])
        for message in messages
        if message.channel in Channel.values
    ]


def _words(message: Message) -> Letter | Note | None:
    try:
        with translation.override(spoken(message.language)):
            return words_of(message)
    except (InvalidToken, TemplateDoesNotExist, KeyError):
        return None


def _readers(messages: Sequence[Message]) -> dict[int, Reader]:
    """By message who it went to: by its person, else by whose its address is; two queries."""
    addresses = {message.to.lower() for message in messages if message.to}
    owners = dict(Identifier.objects.filter(value__in=addresses).values_list("value", "person"))
    of = {message.pk: message.person_id or owners.get(message.to.lower()) for message in messages}
    people = {
        person.pk: Reader(f"p-{person.root_id}", person.name)
        for person in Person.objects.filter(pk__in={pk for pk in of.values() if pk})
    }
    return {message.pk: _reader(message, people.get(of[message.pk] or 0)) for message in messages}


def _reader(message: Message, known: Reader | None) -> Reader:
    if known is None:
        return Reader(f"a-{message.to}", message.to)
    return known if known.name else known._replace(name=message.to)


def _sorted(readers: Iterable[Reader]) -> list[Reader]:
    named = {reader.key: reader for reader in readers if reader.name}
    return sorted(named.values(), key=lambda one: one.name.casefold())
