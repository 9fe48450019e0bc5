"""Meta's door: what became of a message, and what people wrote to us."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from omni_sync import conf
from omni_sync.messages.channels.whatsapp.channel import NO_MORE
from omni_sync.messages.channels.whatsapp.notices import heard_in
from omni_sync.messages.channels.whatsapp.signature import is_signed
from omni_sync.messages.models import Channel
from omni_sync.messages.status.answered import answered
from omni_sync.messages.status.door import TooLarge, body_of, done, forged, too_large
from omni_sync.messages.status.note import note_status
from omni_sync.messages.status.withdraw import withdraw
from omni_sync.problems import problem


@csrf_exempt
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """204 once it is written down, also for what means nothing to us; asked once whether we know the word, we echo."""
    if request.method == "GET":
        return _shake_hands(request)
    account = conf.whatsapp()
    try:
        body = body_of(request)
    except TooLarge:
        return too_large()
    header = request.headers.get("X-Hub-Signature-256", "")
    if not is_signed(body=body, header=header, secret=account.get("app_secret", "")):
        return forged(request, "whatsapp")
    try:
        heard = heard_in(body, phone_id=account.get("phone_id", ""))
    except ValueError:
        return problem(422, "Nothing usable", "This is not a notice.")
    note_status(told=heard.told)
    for one in heard.said:
        answered(channel=Channel.WHATSAPP, address=one.address, text=one.text, at=one.at, number=one.number)
    for one in heard.refused:
        with transaction.atomic():
            withdraw(channel=Channel.WHATSAPP, address=one.address, at=one.at, proof=f"{one.number}: {NO_MORE}")
    return done()


def _shake_hands(request: HttpRequest) -> HttpResponse:
    ours, asked = conf.whatsapp().get("verify_token", ""), request.GET.get("hub.verify_token", "")
    if not ours or request.GET.get("hub.mode") != "subscribe" or not constant_time_compare(asked, ours):
        return forged(request, "whatsapp")
    challenge = request.GET.get("hub.challenge", "")[:200]
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(challenge, content_type="text/plain; charset=utf-8", headers=headers)
