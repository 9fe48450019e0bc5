from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from omni_sync.money.exponents import is_supported

ROUNDING = "omni_sync.money.rounding.round_offer"


@register(Tags.compatibility)
def check_currency(**_: object) -> list[CheckMessage]:
    """The shop's currency must fit Oscar's two decimals, and its offers must round in that currency."""
    found: list[CheckMessage] = []
    currency = getattr(settings, "OSCAR_DEFAULT_CURRENCY", "")
    if not is_supported(currency):
        found.append(
            Error(
                f"OSCAR_DEFAULT_CURRENCY is {currency!r}; Lintas keeps money in currencies with none or two decimals.",
                hint="Use an ISO 4217 code such as IDR, EUR or USD.",
                id="omni_sync.E101",
            )
        )
    if getattr(settings, "OSCAR_OFFER_ROUNDING_FUNCTION", None) is None:
        found.append(
            Error(
                "Oscar rounds discounts to two decimals whatever the currency.",
                hint=f"Add OSCAR_OFFER_ROUNDING_FUNCTION = {ROUNDING!r} to the settings.",
                id="omni_sync.E102",
            )
        )
    return found
