from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import structlog
from cryptography.fernet import InvalidToken
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext
from pywebpush import WebPusher

from omni_sync import conf
from omni_sync.messages.channels.line import Line
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.channels.webpush.exceptions import BadSubscription
from omni_sync.messages.channels.webpush.keys import own_key
from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.messages.channels.webpush.subscription import Subscription, check_endpoint, endpoint_hash, opened
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.notes import Note, note_from
from omni_sync.outside import is_allowed
from omni_sync.people.models import Person

log = structlog.get_logger(__name__)

DAY: Final = 24 * 3600
WHOLE: Final = 10.0  # seconds for each device
MOST_DEVICES: Final = 10
MOST_WORDS: Final = 2000  # bytes of text; a service takes 4096 of everything (RFC 8030, 7.2)
GONE: Final = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


class WebPush:
    """Notifications. Its address is the person: all their devices, and it went where any of them took it."""

    def __init__(self) -> None:
        self._line = Line()

    def is_configured(self) -> bool:
        return {"private_key", "subject"} <= conf.vapid().keys()

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        """Whoever asked for it on a device."""
        of_them = PushSubscription.objects.filter(
            Q(person__in=root_ids) | Q(person__merged_into__in=root_ids)
        ).annotate(root=Coalesce("person__merged_into", "person"))
        return {root: f"#{root}" for root in of_them.values_list("root", flat=True).distinct()}

    def write(self, kind: str, facts: Mapping[str, object]) -> Note:
        return note_from(kind, facts)

    def look_up(self, to: str) -> list[Subscription]:
        """The devices of this human now, those that were added last first."""
        root = Person.objects.filter(pk=int(to.removeprefix("#"))).values_list(Coalesce("merged_into", "pk")).first()
        if root is None:
            return []
        theirs = PushSubscription.objects.filter(Q(person=root[0]) | Q(person__merged_into=root[0]))
        found = []
        for row in theirs.order_by("-made_at", "-pk")[:MOST_DEVICES]:
            try:
                found.append(opened(bytes(row.sealed)))
            except InvalidToken:
                log.warning("device can't be opened", subscription=row.pk)
        return found

    def send(self, parcel: Parcel) -> str:
        """To each device; a service that has this message still waiting takes it instead of the first (Topic)."""
        body = _payload(parcel)
        failures: list[Retry | Unheard | Reject] = []
        is_taken = False
        for device in parcel.known or []:
            try:
                self._to(device, parcel, body)
                is_taken = True
            except (Retry, Unheard, Reject) as failure:
                failures.append(failure)
        if is_taken:
            return parcel.number
        raise _worst(failures)

    def learn(self, parcel: Parcel) -> None:
        PushSubscription.objects.filter(endpoint_hash__in=parcel.ended).delete()

    def _to(self, device: Subscription, parcel: Parcel, body: str) -> None:
        try:
            check_endpoint(device.endpoint)
            sealed = WebPusher(device.as_pywebpush).encode(body.encode(), "aes128gcm")["body"]
        except BadSubscription as failure:
            raise Reject("its address is not public") from failure
        parts = urlsplit(device.endpoint)
        answer = self._line.post(
            device.endpoint,
            guarded=not is_allowed(parts.hostname or ""),
            whole=WHOLE,
            data=sealed,
            headers={**_headers(parcel), **_signed(f"{parts.scheme}://{parts.netloc}")},
        )
        if answer.is_fine:
            return
        if answer.status in GONE:
            parcel.ended.append(endpoint_hash(device.endpoint))
            raise Reject(f"device gone: {answer.status}")
        raise answer.refusal()


def _headers(parcel: Parcel) -> dict[str, str]:
    return {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(DAY),
        "Urgency": "low" if parcel.is_marketing else "normal",
        "Topic": parcel.number,
    }


def _signed(audience: str) -> Mapping[str, str]:
    claims = {"sub": conf.vapid()["subject"], "aud": audience, "exp": int(time.time()) + DAY // 2}
    signed: Mapping[str, str] = own_key().sign(claims)
    return signed


def _payload(parcel: Parcel) -> str:
    """What the shop's service worker shows."""
    assert isinstance(parcel.words, Note)
    note = parcel.words
    with translation.override(parcel.language):
        end = gettext("No more of this")
    said = {
        "title": _cut(note.title, MOST_WORDS // 4),
        "body": _cut(note.text, MOST_WORDS),
        "url": note.link,
        "lang": parcel.language,
        "tag": parcel.number,
        **({"stop": parcel.stop, "end": end} if parcel.stop else {}),
    }
    return json.dumps(said, ensure_ascii=False)


def _cut(text: str, most: int) -> str:
    short = text.encode()[:most].decode(errors="ignore")
    return text if short == text else f"{short.rstrip()}…"


def _worst(failures: Sequence[Retry | Unheard | Reject]) -> Retry | Unheard | Reject:
    """What none of the devices took: it may have arrived, may still be taken, or is over."""
    for kind in (Unheard, Retry):
        of_kind = [failure for failure in failures if isinstance(failure, kind)]
        if of_kind:
            return of_kind[0]
    return failures[0] if failures else Reject("no device")
