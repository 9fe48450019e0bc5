"""A basket follows whoever signs in, and stays behind in no browser that they leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver


@receiver(user_logged_in, dispatch_uid="lintas.basket.signed_in")
def take_basket_along(sender: Any, request: Any, **_: Any) -> None:
    """Not when the next page happens to show a basket: somebody else may have signed in by then."""
    if keeper := getattr(request, "basket_keeper", None):
        keeper.signed_in(request)


@receiver(user_logged_out, dispatch_uid="lintas.basket.signed_out")
def leave_no_basket(sender: Any, request: Any, user: Any, **_: Any) -> None:
    """A guest who was never signed in keeps theirs."""
    keeper = getattr(request, "basket_keeper", None)
    if keeper and user is not None:
        keeper.signed_out(request)
