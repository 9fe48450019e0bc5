from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from django.urls import reverse
from django.utils import translation

from omni_sync import conf
from omni_sync.messages.channels.line import Answer, Line
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.channels.twilio.sms import sms_text
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.notes import Note, note_from
from omni_sync.messages.status.undeliverable import give_up, reachable
from omni_sync.people.models import Identifier
from omni_sync.people.reach import verified

#: Twilio's own numbers of what went wrong. No SMS will ever reach these numbers:
FOR_GOOD: Final = frozenset({21211, 21214, 21217, 21614, 30005, 30006})
#: They answered STOP, and Twilio remembers it, whether or not we were told.
NO_MORE: Final = 21610
#: Something of ours is set wrongly, and the message can wait until it is mended.
OURS: Final = frozenset({20003, 20005, 21212, 21408, 21603, 21606, 21659, 21660, 21703, 63038})


class Sms:
    """Short messages to proved numbers."""

    def __init__(self) -> None:
        self._line = Line()

    def is_configured(self) -> bool:
        return {"account_sid", "auth_token", "from"} <= conf.twilio().keys()

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        """Proved ones, whatever for: a number that a till was told may be anybody's."""
        return reachable("sms", verified(root_ids, kind=Identifier.Kind.PHONE))

    def write(self, kind: str, facts: Mapping[str, object]) -> Note:
        return note_from(kind, facts)

    def look_up(self, to: str) -> str:
        """Where Twilio shall tell what became of it."""
        return status_address()

    def send(self, parcel: Parcel) -> str:
        """Twilio promises nothing about repeats of a token: a service message that nobody heard of may come twice."""
        assert isinstance(parcel.words, Note)
        account = conf.twilio()
        sender = account["from"]
        with translation.override(parcel.language):
            text = sms_text(parcel.words, stop=parcel.stop, replies=hears_replies(sender))
        answer = self._line.post(
            f"{account['api_base'].rstrip('/')}/2010-04-01/Accounts/{account['account_sid']}/Messages.json",
            data={"To": parcel.to, **_from(sender), "Body": text, "StatusCallback": str(parcel.known)},
            auth=(account["account_sid"], account["auth_token"]),
            headers={"I-Twilio-Idempotency-Token": parcel.number},
        )
        if answer.is_fine:
            return str(answer.told.get("sid") or "")
        raise _refusal(answer, parcel)

    def learn(self, parcel: Parcel) -> None:
        give_up(channel="sms", addresses=parcel.ended)


def status_address() -> str:
    """As Twilio knows it: what it signs begins with this, byte for byte."""
    return conf.base_url() + reverse("message-notices:twilio")


def hears_replies(sender: str) -> bool:
    """Whether people can answer: to a number they can, to a name they can't."""
    return sender.startswith(("+", "MG")) or sender.isdigit()


def _from(sender: str) -> dict[str, str]:
    return {"MessagingServiceSid" if sender.startswith("MG") else "From": sender}


def _refusal(answer: Answer, parcel: Parcel) -> Retry | Reject | Unheard:
    code = answer.told.get("code")
    word = str(code or answer.status)[:20]
    if answer.status >= HTTPStatus.BAD_REQUEST and code in FOR_GOOD:
        parcel.ended.append(parcel.to)
        return Reject(word)
    if code == NO_MORE:
        parcel.noes.append(word)
        return Reject(word)
    return Retry(word) if code in OURS else answer.refusal(word)
