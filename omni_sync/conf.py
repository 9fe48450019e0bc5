"""The plugin's settings, each with the default it has in a project that says nothing."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from django.conf import settings

STRIPE: Final = "https://api.stripe.com"
TWILIO: Final = "https://api.twilio.com"
WHATSAPP: Final = "https://graph.facebook.com/v23.0"


def sold_status() -> str:
    """The status of an order that was sold and paid in a store."""
    return str(getattr(settings, "LINTAS_SOLD_STATUS", "Complete"))


def sold_line_status() -> str:
    """The status of such an order's lines."""
    return str(getattr(settings, "LINTAS_SOLD_LINE_STATUS", ""))


def voided_status() -> str:
    """The status of an order whose sale was voided."""
    return str(getattr(settings, "LINTAS_VOIDED_STATUS", "Cancelled"))


def encryption_keys() -> list[str]:
    """The keys that secrets are encrypted with: the first for writing, all of them for reading."""
    return list(getattr(settings, "LINTAS_ENCRYPTION_KEYS", ())) or [settings.SECRET_KEY]


def webhook_allowed_hosts() -> list[str]:
    """Hosts that events may be sent to although they are not public, or not on https."""
    return list(getattr(settings, "LINTAS_WEBHOOK_ALLOWED_HOSTS", ()))


def till_adapters() -> dict[str, str]:
    """Adapters a project adds to ours, by name, as dotted paths."""
    return dict(getattr(settings, "LINTAS_TILL_ADAPTERS", {}))


def inner_class_loader() -> str:
    """The shop's own class loader, by path: ours asks it for the classes."""
    return str(getattr(settings, "LINTAS_INNER_CLASS_LOADER", "oscar.core.loading.default_class_loader"))


def delivery_methods() -> list[str]:
    """Shipping methods in place of the shop's own, as dotted paths; a shop that names none keeps its own."""
    return list(getattr(settings, "LINTAS_DELIVERY_METHODS", ()))


def store_page_name() -> str:
    """The name of the address of a store's public page, which takes its ``code``; the plugin itself has none."""
    return str(getattr(settings, "LINTAS_STORE_PAGE", "shop-store"))


def checkout_hold() -> timedelta:
    """How long goods are held for somebody who is paying."""
    return timedelta(minutes=getattr(settings, "LINTAS_CHECKOUT_HOLD_MINUTES", 15))


def means_departure(code: str) -> bool:
    """Whether a shipping event with this code says that its goods have left."""
    return _is_among(code, getattr(settings, "LINTAS_DISPATCH_EVENTS", ("shipped", "dispatched")))


def means_cancelled(status: str) -> bool:
    """Whether an order or line with this status won't be sent."""
    return _is_among(status, cancelled_statuses())


def cancelled_statuses() -> tuple[str, ...]:
    """The statuses of what won't be sent."""
    return tuple(getattr(settings, "LINTAS_CANCELLED_STATUSES", ("cancelled", "canceled")))


def _is_among(name: str, names: tuple[str, ...]) -> bool:
    return name.casefold() in {known.casefold() for known in names}


def payment_providers() -> dict[str, str]:
    """Payment providers a project adds to ours, by name, as dotted paths to what makes one."""
    return dict(getattr(settings, "LINTAS_PAYMENT_PROVIDERS", {}))


def stripe_api_base() -> str:
    """Where Stripe's API is; a stub of ours has another address."""
    return str(getattr(settings, "LINTAS_STRIPE_API_BASE", "")) or STRIPE


def stripe_secret_key() -> str:
    """The key that our calls to Stripe carry; empty where there is none."""
    return str(getattr(settings, "LINTAS_STRIPE_SECRET_KEY", ""))


def stripe_webhook_secrets() -> list[str]:
    """What Stripe signs its events with: two while one is changed for the other."""
    return list(getattr(settings, "LINTAS_STRIPE_WEBHOOK_SECRETS", ()))


def checkout_provider() -> str:
    """Through whom shoppers pay on the web; empty where they pay in the shop or at the door only."""
    named = getattr(settings, "LINTAS_CHECKOUT_PROVIDER", None)
    return ("stripe" if stripe_secret_key() else "") if named is None else str(named)


def is_test_money() -> bool:
    """Whether what is paid on the web is nobody's real money: a stub of ours, or a provider's test account."""
    is_stub = stripe_api_base() != STRIPE
    return checkout_provider() == "stripe" and (is_stub or stripe_secret_key().startswith("sk_test_"))


def messages_kept_for() -> timedelta:
    """How long it is kept to whom a message went and what was in it."""
    return timedelta(days=getattr(settings, "LINTAS_MESSAGE_DAYS", 30))


def message_channels() -> dict[str, str]:
    """What each channel goes through, as dotted paths; a project may name its own, or leave one out with ""."""
    ours = {
        "email": "omni_sync.messages.channels.email.channel.Email",
        "sms": "omni_sync.messages.channels.twilio.channel.Sms",
        "whatsapp": "omni_sync.messages.channels.whatsapp.channel.WhatsApp",
        "push": "omni_sync.messages.channels.webpush.channel.WebPush",
    }
    return {name: path for name, path in {**ours, **getattr(settings, "LINTAS_CHANNELS", {})}.items() if path}


def twilio() -> dict[str, str]:
    """The account for SMS: ``account_sid``, ``auth_token``, ``from`` (a number, a name or a messaging service)."""
    return {"api_base": TWILIO, **_said("LINTAS_TWILIO")}


def whatsapp() -> dict[str, str]:
    """The account at Meta's Cloud API: ``token``, ``phone_id``, ``app_secret``, ``verify_token``."""
    return {"api_base": WHATSAPP, **_said("LINTAS_WHATSAPP")}


def vapid() -> dict[str, str]:
    """What push services know us by: ``private_key`` (base64url, P-256) and ``subject`` (mailto: or https:)."""
    return _said("LINTAS_VAPID")


def hears_of_mail() -> bool:
    """Whether the mail provider may tell us what became of letters: with a password that only it and we know."""
    return bool(getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET"))


def _said(name: str) -> dict[str, str]:
    return {key: str(value) for key, value in getattr(settings, name, {}).items() if value}


def marketing_cap() -> tuple[int, timedelta]:
    """So many messages that nobody asked for in so long a time, from staff and journeys together.

    What people agree to says "at most once a week": whoever raises it writes another wording.
    """
    most, days = getattr(settings, "LINTAS_MARKETING_CAP", (1, 7))
    return int(most), timedelta(days=days)


def quiet_hours() -> tuple[time, time]:
    """From when until when, by their own clock, people hear nothing they did not ask for, unless they say otherwise."""
    since, until = getattr(settings, "LINTAS_QUIET_HOURS", ("20:00", "09:00"))
    return time.fromisoformat(since), time.fromisoformat(until)


def offers_open_for() -> timedelta:
    """For how long nobody gets another offer of the same product."""
    return timedelta(days=getattr(settings, "LINTAS_OFFER_DAYS", 14))


def shop_name() -> str:
    """What the shop is called, as in Oscar's own letters."""
    return str(getattr(settings, "OSCAR_SHOP_NAME", ""))


def base_url() -> str:
    """Where people reach the shop, for letters, without a slash at the end; else the site's domain over https."""
    from django.contrib.sites.models import Site  # not before the apps are ready

    said = str(getattr(settings, "BASE_URL", "")) or f"https://{Site.objects.get_current().domain}"
    return said.rstrip("/")


def dimension_attributes() -> list[str]:
    """Codes of the product attributes that say how large a thing is."""
    usual = ("dimensions", "length", "width", "height", "depth", "diameter", "volume", "weight")
    return list(getattr(settings, "LINTAS_DIMENSION_ATTRIBUTES", usual))


def claim_days() -> int:
    """For how many days after it was bought a purchase can be added to an account."""
    return int(getattr(settings, "LINTAS_CLAIM_DAYS", 400))


def voucher_days() -> int:
    """For how many days a credit voucher is good, where its store's letterhead does not say; 0: without an end."""
    return int(getattr(settings, "LINTAS_VOUCHER_DAYS", 730) or 0)


def warranty_attribute() -> str:
    """Code of the product attribute that says for how many months a thing is under warranty."""
    return str(getattr(settings, "LINTAS_WARRANTY_ATTRIBUTE", "warranty_months"))


def purchase_page() -> str:
    """The name of the page, by an order's number, on which an account sees what it bought, also at a till.

    Oscar's own page of an order knows the web's alone, so it is the receipt where a project names none.
    """
    return str(getattr(settings, "LINTAS_PURCHASE_PAGE", "my-receipt:page"))
