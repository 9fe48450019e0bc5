"""A member's devices with notifications, and the script that shows them."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from omni_sync import conf
from omni_sync.design.languages import reader_language
from omni_sync.limits import Limit
from omni_sync.messages.channels.registry import is_open
from omni_sync.messages.channels.webpush.exceptions import BadSubscription
from omni_sync.messages.channels.webpush.subscribe import subscribe, unsubscribe
from omni_sync.messages.channels.webpush.subscription import Subscription
from omni_sync.people.account import person_of

taps: Final = Limit("push-devices", most=30, seconds=600)
LONGEST_KEY: Final = 18  # digits, so that it is a bigint


@login_required
@require_POST
@sensitive_post_parameters("endpoint", "p256dh", "auth")
def start(request: HttpRequest) -> HttpResponse:
    """Notifications on the device that asks."""
    told = Subscription(*(request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")))
    language = reader_language(request)
    try:
        if not is_open("push") or taps.refusal(str(request.user.pk)) is not None:
            raise BadSubscription
        with transaction.atomic():
            device = request.POST.get("device", "")
            subscribe(person=person_of(user=request.user), subscription=told, device=device, language=language)
    except BadSubscription:
        with translation.override(language):
            messages.error(request, gettext("Nothing was changed."))
    else:
        with translation.override(language):
            messages.success(request, gettext("Noted: this device shows notifications."))
    return _back(request)


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """No more on one device."""
    number, language = request.POST.get("which", ""), reader_language(request)
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY:
        with transaction.atomic():
            unsubscribe(person=person_of(user=request.user), device_id=int(number), language=language)
    with translation.override(language):
        messages.success(request, gettext("Noted: no more of that."))
    return _back(request)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows what comes, at the root, so that it speaks for the whole shop."""
    facts = {"shop_name": conf.shop_name()}
    answer = render(request, "omni_sync/messages/notifications.js", facts, "text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    to = request.POST.get("next", "")
    fine = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(to if fine else reverse("privacy:page"))
