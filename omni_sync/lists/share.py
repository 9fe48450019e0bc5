"""A list is shown to whoever has its link, until the owner says otherwise.

Oscar's ``visibility`` says the same as the link: public while there is one. A list made private on any page has none.
"""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from omni_sync.lists.models import ShareLink
from omni_sync.lists.tokens import new_token, token_hash
from omni_sync.oscar.models import WishList
from omni_sync.seal import seal, unseal
from omni_sync.transactions import inside_transaction


@transaction.atomic
def share(*, wishlist_id: int) -> str:
    """The token of the list's one link: of the one there is, else of a new one.

    Raises WishList.DoesNotExist.
    """
    wishlist = WishList.objects.select_for_update(no_key=True).get(pk=wishlist_id)
    if wishlist.visibility != WishList.PUBLIC:
        wishlist.visibility = WishList.PUBLIC
        wishlist.save(update_fields=["visibility"])
    known = token_of(wishlist_id=wishlist_id)
    if known:
        return known
    end_links(wishlist_id=wishlist_id)
    token = new_token()
    ShareLink.objects.create(wishlist=wishlist, token_hash=token_hash(token), sealed=seal(token))
    return token


@transaction.atomic
def revoke(*, wishlist_id: int) -> bool:
    """From now on the list's link shows nothing; whether there was one."""
    wishlist = WishList.objects.select_for_update(no_key=True).get(pk=wishlist_id)
    had = end_links(wishlist_id=wishlist_id)
    if wishlist.visibility == WishList.PUBLIC:
        wishlist.visibility = WishList.PRIVATE
        wishlist.save(update_fields=["visibility"])
    return had


@inside_transaction
def end_links(*, wishlist_id: int) -> bool:
    """Revoke the link alone; whether there was one."""
    links = ShareLink.objects.filter(wishlist=wishlist_id, revoked_at=None)
    return bool(links.update(revoked_at=timezone.now(), sealed=b""))


def token_of(*, wishlist_id: int) -> str:
    """The token of the open link, for the owner; empty where there is none, or no key of ours opens it any more."""
    sealed = ShareLink.objects.filter(wishlist=wishlist_id, revoked_at=None).values_list("sealed", flat=True).first()
    try:
        return unseal(sealed) if sealed else ""
    except InvalidToken:
        return ""
