"""“Send me this voucher”: one letter to an address that somebody typed, which is kept for nothing else."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django import forms
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from instore.vouchers.slip import Slip
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money
from omni_sync.transactions import inside_transaction

KIND: Final = "voucher"


class VoucherAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, help_text=_("For this voucher, and for nothing else.")
    )


@inside_transaction
def send(*, slip: Slip, to: str, language: str) -> bool:
    """The voucher goes to ``to`` soon after commit; once an hour. Whether it is new."""
    with translation.override(language):
        until = date_format(slip.ends_at.astimezone(slip.zone), "DATE_FORMAT") if slip.ends_at else ""
    facts: dict[str, Any] = {
        "number": slip.number,
        "store": slip.store,
        "balance": format_money(slip.balance, slip.currency, language),
        "code": slip.code,
        "until": until,
        "link": slip.link,
    }
    address = hashlib.sha256(to.casefold().encode()).hexdigest()[:16]
    key = f"voucher-{slip.number}-{address}-{timezone.now():%Y%m%d%H}"
    return say(key=key, kind=KIND, to=to, language=language, data=facts)
