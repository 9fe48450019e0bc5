"""What a link opens. Looking at it changes nothing: mail scanners and previews open links too."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.models import AnonymousList, ShareLink
from omni_sync.lists.tokens import token_hash
from omni_sync.oscar.models import WishList


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens: a member's list that is shared, or a list of nobody."""

    shared: WishList | None = None
    nobodys: AnonymousList | None = None


def by_token(token: str) -> Opened:
    """The list that this token opens. Raises ListGone."""
    wanted = token_hash(token)
    link = ShareLink.objects.select_related("wishlist__owner").filter(token_hash=wanted).first()
    if link is None:
        return Opened(nobodys=_checked(AnonymousList.objects.filter(token_hash=wanted).first()))
    if link.revoked_at is not None or link.wishlist.visibility != WishList.PUBLIC:
        raise ListGone(Gone.REVOKED)
    return Opened(shared=link.wishlist)


def by_id(pk: int) -> AnonymousList:
    """The one this browser keeps. Raises ListGone."""
    return _checked(AnonymousList.objects.filter(pk=pk).first())


def _checked(found: AnonymousList | None) -> AnonymousList:
    if found is None:
        raise ListGone(Gone.UNKNOWN)
    if found.until <= timezone.now():
        raise ListGone(Gone.EXPIRED)
    return found
