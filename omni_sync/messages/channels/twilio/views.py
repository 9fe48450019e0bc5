"""Twilio's door: what became of an SMS, and what people answered."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from omni_sync import conf
from omni_sync.messages.channels.twilio.channel import NO_MORE
from omni_sync.messages.channels.twilio.notices import fields_of, told_by
from omni_sync.messages.channels.twilio.signature import is_signed
from omni_sync.messages.models import Channel
from omni_sync.messages.status.answered import answered
from omni_sync.messages.status.door import TooLarge, body_of, done, forged, too_large
from omni_sync.messages.status.note import note_status
from omni_sync.messages.status.withdraw import withdraw


@csrf_exempt
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """204 once it is written down, also for what means nothing to us."""
    try:
        fields = fields_of(body_of(request))
    except TooLarge:
        return too_large()
    except ValueError:
        return forged(request, "twilio")
    url = conf.base_url() + request.get_full_path()
    header = request.headers.get("X-Twilio-Signature", "")
    if not is_signed(url=url, fields=fields, header=header, token=conf.twilio().get("auth_token", "")):
        return forged(request, "twilio")
    named = dict(fields)
    told = told_by(fields)
    if told is not None:
        note_status(told=[told])
        if named.get("ErrorCode") == str(NO_MORE) and named.get("To"):
            _said_no(named)
    elif "MessageStatus" not in named and named.get("From"):
        answered(
            channel=Channel.SMS, address=named["From"], text=_words(named), at=timezone.now(),
            number=named.get("MessageSid", "")[:64],
        )  # fmt: skip
    return done()


def _said_no(named: dict[str, str]) -> None:
    number = named["MessageSid"][:64]
    with transaction.atomic():
        withdraw(
            channel=Channel.SMS, address=named["To"], at=timezone.now(), proof=f"{number}: {NO_MORE}", number=number
        )


def _words(named: dict[str, str]) -> str:
    """What they wrote; Twilio says itself where it has understood a stop in another language."""
    return "STOP" if named.get("OptOutType") == "STOP" else named.get("Body", "")
