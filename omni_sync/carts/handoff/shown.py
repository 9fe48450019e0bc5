"""What a device shows that gives its basket: kept sealed in its session, never in a table."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from omni_sync.carts.handoff.offer import Offered
from omni_sync.design.qr import qr_svg
from omni_sync.seal import seal, unseal


def sealed(offered: Offered) -> str:
    """What the session keeps of an offer, to show it again."""
    return seal(f"{offered.token} {offered.code}").decode()


@sensitive_variables()
def what_opens_it(request: HttpRequest, kept: str) -> dict[str, str]:
    """For a template: the ``qr`` and the ``code`` of what was sealed, and ``where`` the code is typed."""
    token, code = unseal(kept.encode()).split()
    return {
        "code": f"{code[:3]} {code[3:]}",
        "qr": qr_svg(request.build_absolute_uri(reverse("hand-off:open", args=[token]))),
        "where": request.build_absolute_uri(reverse("hand-off:type")).partition("://")[2],
    }
