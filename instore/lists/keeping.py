"""What a browser remembers of lists: which it opened by their links, and the one it keeps. It goes with the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from omni_sync.lists import anonymous
from omni_sync.lists.anonymous import Want
from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.find import Opened, by_id, by_name
from omni_sync.seal import seal, unseal

#: The list's number, and its token, sealed.
KEPT: Final = "list_kept"
#: The names of the lists whose links were opened here, the latest last.
OPENED: Final = "lists_opened"
MOST: Final = 20


def note_opened(request: HttpRequest, name: str) -> None:
    """Whoever uses this browser has had the link of this list."""
    before = [known for known in request.session.get(OPENED, []) if known != name]
    request.session[OPENED] = [*before, name][-MOST:]


def opened_here(request: HttpRequest, name: str) -> Opened:
    """The list, as long as it is shared. Raises ListGone, also where its link was never opened in this browser."""
    if name not in request.session.get(OPENED, []):
        raise ListGone(Gone.UNKNOWN)
    return by_name(name)


def kept_list(request: HttpRequest) -> int | None:
    """The number of the list that this browser keeps; None where there is none any more."""
    said = request.session.get(KEPT)
    try:
        return by_id(said["pk"]).pk if said else None
    except ListGone:
        return None


@sensitive_variables()
def kept_token(request: HttpRequest) -> str:
    """What opens it on another device; empty where nobody can read it any more."""
    try:
        return unseal(request.session[KEPT]["sealed"].encode())
    except (InvalidToken, KeyError):
        return ""


@sensitive_variables()
def keep_here(request: HttpRequest, wants: Sequence[Want]) -> int:
    """Put these things on this browser's list, a new one if need be; how many came."""
    known = kept_list(request)
    if known is not None:
        return anonymous.keep_too(list_id=known, wants=wants)
    made = anonymous.keep(wants=wants)
    request.session[KEPT] = {"pk": made.pk, "sealed": seal(made.token).decode()}
    return len(anonymous.wants_of(by_id(made.pk)))


def forget_here(request: HttpRequest) -> None:
    """This browser keeps no list."""
    request.session.pop(KEPT, None)
