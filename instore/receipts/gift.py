"""The gift receipt: the same goods without a price, opened by a token of its own."""

from __future__ import annotations

from cryptography.fernet import InvalidToken

from instore.receipts.models import Receipt
from instore.receipts.tokens import new_token, token_hash
from omni_sync.seal import seal, unseal


def gift_token(*, receipt: Receipt) -> str:
    """What opens the gift receipt and nothing more; made once, whoever asks first. Empty where no key opens it."""
    if receipt.gift_hash is None:
        _make(receipt)
    assert receipt.gift_sealed is not None
    try:
        return unseal(receipt.gift_sealed)
    except InvalidToken:  # sealed with a key that is gone
        return ""


def _make(receipt: Receipt) -> None:
    token = new_token()
    without = Receipt.objects.filter(pk=receipt.pk, gift_hash=None)
    without.update(gift_hash=token_hash(token), gift_sealed=seal(token))
    receipt.refresh_from_db(fields=["gift_hash", "gift_sealed"])  # somebody may have been faster
