"""Where a receipt is read. The path is as short as it can be: it stands in a QR code."""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.urls import reverse

from instore.receipts.gift import gift_token
from instore.receipts.models import Receipt
from omni_sync.conf import base_url
from omni_sync.seal import unseal


def path_of(receipt: Receipt, *, is_gift: bool = False) -> str:
    """``/r/{token}``; empty where a till printed a token of its own, which we don't know."""
    token = gift_token(receipt=receipt) if is_gift else token_of(receipt)
    return reverse("receipt:page", args=[token]) if token else ""


def link_of(receipt: Receipt, *, is_gift: bool = False) -> str:
    """The whole address, for paper and letters; empty where the token is not known."""
    path = path_of(receipt, is_gift=is_gift)
    return base_url() + path if path else ""


def token_of(receipt: Receipt) -> str:
    """What opens it; empty where we know only its hash, or no key opens what was sealed."""
    if receipt.sealed is None:
        return ""
    try:
        return unseal(receipt.sealed)
    except InvalidToken:
        return ""
