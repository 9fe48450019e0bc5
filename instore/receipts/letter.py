"""“Send me this receipt”: one letter to an address that somebody typed, which is kept for nothing else."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from instore.receipts.models import Receipt
from instore.receipts.written import Said, written
from omni_sync.messages.say import say
from omni_sync.transactions import inside_transaction

KIND: Final = "receipt"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("For this receipt, and for nothing else.")
    )


@inside_transaction
def send(*, receipt: Receipt, to: str, language: str, link: str, key: str = "", may_claim: bool = False) -> bool:
    """The receipt goes to ``to`` soon after commit, with ``link``, which opens it. Whether it is new.

    Once an hour, or once for ``key``. ``may_claim`` says that whoever opens it may add it to an account.
    """
    said = written(receipt, language=language, link=link)
    facts: dict[str, Any] = {
        "number": receipt.number,
        "store": said.sender.name,
        "facts": _pairs(said.facts),
        "marks": list(said.marks),
        "goods": [[good.title, good.each, good.discount, good.amount] for good in said.goods],
        "sums": _pairs(said.sums),
        "paid": _pairs(said.paid),
        "taxes": [[one.rate, one.net, one.tax, one.gross] for one in said.taxes],
        "link": link,
        "may_claim": may_claim,
    }
    return say(key=key or _key(receipt, to), kind=KIND, to=to, language=language, data=facts)


def _pairs(rows: tuple[Said, ...]) -> list[list[str]]:
    return [[row.label, row.value] for row in rows]


def _key(receipt: Receipt, to: str) -> str:
    """A button that is pressed twice sends one letter."""
    address = hashlib.sha256(to.casefold().encode()).hexdigest()[:16]
    return f"receipt-{receipt.pk}-{address}-{timezone.now():%Y%m%d%H}"
