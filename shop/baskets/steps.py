"""The way through the checkout, as short as the basket allows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from omni_sync.carts.fulfilment import fulfilment_of


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it is, once it was passed."""

    code: str
    name: str
    url: str
    is_now: bool
    is_done: bool


def steps(request: HttpRequest, now: str) -> list[Step]:
    """Three for a guest, one less for a member, and one less for a basket that is collected."""
    basket: Any = request.basket  # type: ignore[attr-defined]
    every = [
        ("contact", gettext("Your e-mail"), "checkout:index", not request.user.is_authenticated),
        ("address", gettext("Where to"), "checkout:shipping-address", not fulfilment_of(basket).is_collected),
        ("order", gettext("Look and order"), "checkout:preview", True),
    ]
    ours = [(code, name, view) for code, name, view, is_needed in every if is_needed]
    at = next((number for number, (code, _, _) in enumerate(ours) if code == now), len(ours) - 1)
    return [
        Step(code, name, reverse(view), is_now=number == at, is_done=number < at)
        for number, (code, name, view) in enumerate(ours)
    ]
