"""The link to a list that anybody who has it may see.

A list's own key has 31 bits and can be guessed; the link carries the key under our signature. It stops working when
the list is made private.
"""

from typing import Any, Final

from django.core import signing
from django.urls import reverse

_signer: Final = signing.Signer(sep=".", salt="shop.lists")


def shared_url(wishlist: Any) -> str:
    """Where the list is for anybody; empty while it is not for everybody."""
    if wishlist.visibility != wishlist.PUBLIC:
        return ""
    return reverse("shop-shared-list", kwargs={"token": _signer.sign(wishlist.key)})


def key_of(token: str) -> str:
    """The key of the list that ``token`` opens; empty for one we never gave out."""
    try:
        return _signer.unsign(token)
    except signing.BadSignature:
        return ""
