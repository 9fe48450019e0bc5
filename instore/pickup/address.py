"""Where a pickup's page is: only for whoever may see its order."""

from __future__ import annotations

from cryptography.fernet import InvalidToken
from django.urls import reverse

from instore.pickup.code import token_of
from instore.pickup.models import Pickup
from omni_sync.oscar.models import Order


def path_of(pickup: Pickup) -> str:
    """The path of the pickup's page; empty where the key its token was made with is gone."""
    try:
        return reverse("collect:page", args=[token_of(pickup)])
    except (LookupError, InvalidToken):
        return ""


def path_for(order: Order) -> str:
    """The same for an order; empty for one that is not collected. One query."""
    pickup = Pickup.objects.filter(pk=order.pk).first()
    return path_of(pickup) if pickup else ""
