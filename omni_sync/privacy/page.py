"""What stands on a member's page of messages and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omni_sync.customer_code.parts import CHANNEL, Part
from omni_sync.customer_code.parts import SOURCE as ACCOUNT
from omni_sync.people.account import person_of
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import About, history_of, standing
from omni_sync.people.wordings import MARKETING, OFFERED, ON_THE_WEB, PERSONALISATION, SERVICE, wording_of
from omni_sync.privacy.models import Packet, PrivacyRequest
from omni_sync.privacy.take import packet_of
from omni_sync.transactions import inside_transaction

PURPOSES: Final = {
    SERVICE: _("About my orders"),
    MARKETING: _("New things and offers"),
    PERSONALISATION: _("What fits me"),
}
CHANNELS: Final = {"email": _("by e-mail"), "whatsapp": _("by WhatsApp"), "sms": _("by SMS"), ON_THE_WEB: ""}
SOURCES: Final = {"web": _("here, in your account"), ACCOUNT: _("here, in your account")}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be allowed; ``wording`` is empty where we only know it from elsewhere."""

    channel: str
    purpose: str
    title: str
    wording: str
    said: Consent | None

    @property
    def is_on(self) -> bool:
        """Whether it is done: what they said of it, or what counts before they said anything."""
        return self.is_taken_for_granted or (self.said is not None and self.said.state == Consent.State.GRANTED)

    @property
    def is_taken_for_granted(self) -> bool:
        """Their own sizes are shown to them alone; that goes on until they stop it (``people.sizes.wearer``)."""
        return self.said is None and self.purpose == PERSONALISATION


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, in words."""

    consent: Consent
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    choices: list[Choice]
    history: list[Said]
    packet: Packet | None
    requests: dict[str, PrivacyRequest]


@inside_transaction
def page_of(*, user: Any) -> Page:
    """What this member allows, everything they ever said, and how far their requests are."""
    person = person_of(user=user)
    said = history_of(person)
    requests = PrivacyRequest.objects.open().filter(person__in=Person.objects.alike(person).values("pk"))
    return Page(
        choices=_choices(standing(said)),
        history=[Said(one, title_of(one.channel, one.purpose), _where(one)) for one in said],
        packet=packet_of(user_id=user.pk),
        requests={request.kind: request for request in requests},
    )


def title_of(channel: str, purpose: str) -> str:
    """``New things and offers by e-mail``; of what staff see in a store, what that is."""
    if _is_of_store(channel, purpose):
        return str(Part(purpose).label)
    return f"{PURPOSES.get(purpose, purpose)} {CHANNELS.get(channel, channel)}".strip()


def _choices(current: dict[About, Consent]) -> list[Choice]:
    """What staff see in a store is chosen where the code is shown."""
    told = (about for about in current if about not in OFFERED and about[1] != SERVICE)
    elsewhere = sorted(about for about in told if not _is_of_store(*about))
    return [
        Choice(*about, title=title_of(*about), wording=_wording(*about), said=current.get(about))
        for about in [*OFFERED, *elsewhere]
    ]


def _is_of_store(channel: str, purpose: str) -> bool:
    return channel == CHANNEL and purpose in Part.values


def _wording(channel: str, purpose: str) -> str:
    if purpose not in PURPOSES:
        return ""
    return wording_of(channel=channel, purpose=purpose, language=get_language() or "").text


def _where(said: Consent) -> str:
    place = said.store.name if said.store else SOURCES.get(said.source, said.source)
    return ", ".join(filter(None, [str(place), said.associate]))
