from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from omni_sync import conf
from omni_sync.messages.channels.line import Answer, Line
from omni_sync.messages.channels.port import Parcel
from omni_sync.messages.channels.whatsapp.written import freely, template
from omni_sync.messages.exceptions import Reject, Retry, Unheard
from omni_sync.messages.models import Channel
from omni_sync.messages.notes import Note, note_from
from omni_sync.messages.status.answered import may_answer_freely
from omni_sync.messages.status.undeliverable import give_up, reachable
from omni_sync.people.models import Identifier
from omni_sync.people.reach import verified

#: Meta's own numbers of what went wrong. Nobody has WhatsApp at this number:
FOR_GOOD: Final = frozenset({131026})
#: The day since they wrote to us is over: a template may still go.
DAY_IS_OVER: Final = 131047
#: They told Meta that they want no marketing of ours.
NO_MORE: Final = 131050
#: Too much at once: later it will be taken.
BUSY: Final = frozenset({4, 80007, 130429, 131048, 131056, 131016, 133004})
#: Our token, our account, our bill: an operator's to mend, and the message can wait for it.
OURS: Final = frozenset({0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010})


class WhatsApp:
    """Templates to proved numbers; whoever wrote to us within the day is answered freely."""

    def __init__(self) -> None:
        self._line = Line()

    def is_configured(self) -> bool:
        return {"token", "phone_id", "app_secret", "verify_token"} <= conf.whatsapp().keys()

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        """Proved ones, whatever for: a number that a till was told may be anybody's."""
        return reachable(Channel.WHATSAPP, verified(root_ids, kind=Identifier.Kind.PHONE))

    def write(self, kind: str, facts: Mapping[str, object]) -> Note:
        return note_from(kind, facts)

    def look_up(self, to: str) -> bool:
        """Whether they wrote to us within the day."""
        return may_answer_freely(channel=Channel.WHATSAPP, address=to)

    def send(self, parcel: Parcel) -> str:
        """Meta knows no keys: a service message of which nobody heard whether it was taken may come twice."""
        assert isinstance(parcel.words, Note)
        answer = self._post(freely(parcel) if parcel.known else template(parcel))
        if parcel.known and _code(answer) == DAY_IS_OVER:
            answer = self._post(template(parcel))
        if answer.is_fine:
            return _number(answer)
        raise _refusal(answer, parcel)

    def learn(self, parcel: Parcel) -> None:
        give_up(channel=Channel.WHATSAPP, addresses=parcel.ended)

    def _post(self, message: Mapping[str, Any]) -> Answer:
        account = conf.whatsapp()
        return self._line.post(
            f"{account['api_base'].rstrip('/')}/{account['phone_id']}/messages",
            json=message,
            headers={"Authorization": f"Bearer {account['token']}"},
        )


def _number(answer: Answer) -> str:
    messages = answer.told.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else {}
    return str(first.get("id") or "") if isinstance(first, Mapping) else ""


def _code(answer: Answer) -> int | None:
    error = answer.told.get("error")
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, int) and not answer.is_fine else None


def _refusal(answer: Answer, parcel: Parcel) -> Retry | Reject | Unheard:
    code = _code(answer)
    word = str(answer.status if code is None else code)
    if code in FOR_GOOD:
        parcel.ended.append(parcel.to)
        return Reject(word)
    if code == NO_MORE:
        parcel.noes.append(word)
        return Reject(word)
    if code in BUSY:
        return Retry(word, after=answer.wished)
    return Retry(word) if code in OURS else answer.refusal(word)
