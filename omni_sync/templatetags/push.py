"""``{% load push %}{% push_devices %}``: notifications on this device, where the shop can send them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from omni_sync.messages.channels.registry import is_open
from omni_sync.messages.channels.webpush.keys import public_key
from omni_sync.messages.channels.webpush.subscribe import devices_of
from omni_sync.messages.models import Channel, Purpose
from omni_sync.people.models import Person
from omni_sync.people.wordings import wording_of

register = template.Library()


@register.inclusion_tag("omni_sync/messages/parts/push.html", takes_context=True)
def push_devices(context: template.Context) -> dict[str, Any]:
    """The reader's devices, and the button that adds this one; nothing where the shop sends none."""
    request = context["request"]
    if not is_open("push") or not request.user.is_authenticated:
        return {}
    person = Person.objects.filter(user=request.user).first()
    wording = wording_of(channel=Channel.PUSH, purpose=Purpose.MARKETING, language=get_language() or "")
    return {
        "devices": devices_of(person) if person else [],
        "key": public_key(),
        "wording": wording.text,
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
