"""What a link opens. Looking at it changes nothing: mail scanners and previews open links too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.models import AnonymousList, ShareLink
from omni_sync.lists.tokens import token_hash
from omni_sync.oscar.models import WishList

_SHARED: Final = "s"
_NOBODYS: Final = "n"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a member's list that is shared, or a list of nobody.

    ``name`` is no secret and opens nothing by itself: for whoever has had the token, see ``by_name``.
    """

    name: str
    shared: WishList | None = None
    nobodys: AnonymousList | None = None


def by_token(token: str) -> Opened:
    """The list that this token opens. Raises ListGone."""
    wanted = token_hash(token)
    link = ShareLink.objects.select_related("wishlist__owner").filter(token_hash=wanted).first()
    if link is None:
        return _of_nobody(AnonymousList.objects.filter(token_hash=wanted).first())
    return _shared(link)


def by_name(name: str) -> Opened:
    """The same for somebody who opened it before. Raises ListGone: a link that was revoked meanwhile is none."""
    kind, number = name[:1], name[1:19]
    if not number.isdecimal():
        raise ListGone(Gone.UNKNOWN)
    if kind == _NOBODYS:
        return _of_nobody(AnonymousList.objects.filter(pk=number).first())
    link = ShareLink.objects.select_related("wishlist__owner").filter(pk=number).first()
    if kind != _SHARED or link is None:
        raise ListGone(Gone.UNKNOWN)
    return _shared(link)


def _shared(link: ShareLink) -> Opened:
    if link.revoked_at is not None or link.wishlist.visibility != WishList.PUBLIC:
        raise ListGone(Gone.REVOKED)
    return Opened(f"{_SHARED}{link.pk}", shared=link.wishlist)


def _of_nobody(found: AnonymousList | None) -> Opened:
    checked = _checked(found)
    return Opened(f"{_NOBODYS}{checked.pk}", nobodys=checked)


def by_id(pk: int) -> AnonymousList:
    """The one this browser keeps. Raises ListGone."""
    return _checked(AnonymousList.objects.filter(pk=pk).first())


def _checked(found: AnonymousList | None) -> AnonymousList:
    if found is None:
        raise ListGone(Gone.UNKNOWN)
    if found.until <= timezone.now():
        raise ListGone(Gone.EXPIRED)
    return found
