"""Every follow-up in words: what became of it and why, for whoever it is about and for whoever serves them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from omni_sync import conf
from omni_sync.messages.journeys.broken import TRIES
from omni_sync.messages.journeys.compared import SPARED
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.models import Channel, Message
from omni_sync.messages.settle import IN_DOUBT
from omni_sync.people.models import Consent

Why = FollowUp.Why
Became = Message.State


class Tone(StrEnum):
    """How it went, at a glance."""

    WENT = "went"
    WAITS = "waits"
    STOPPED = "stopped"


LABELS: Final = {
    Tone.WENT: _("Sent"),
    Tone.WAITS: _("Not yet"),
    Tone.STOPPED: _("Not sent"),
}
#: Each why, to the person it is about.
_YOURS: Final[Mapping[str, str | Promise]] = {
    Why.OFF: _("Not sent: we have stopped sending messages of this kind."),
    Why.GONE: _("Not sent: there was no reason for it any more."),
    Why.CONSENT: _("Not sent: you did not agree to it."),
    Why.ADDRESS: _("Not sent: we know no address of yours for it that was proved."),
    Why.CAP: _("Not sent: you had heard enough from us for now."),
    Why.OFFER: _("Not sent: you had another offer of the same thing."),
    Why.HELD_OUT: _(
        "Not sent: you are in a small group that gets no messages of this kind, so that we learn whether they help."
    ),
    Why.LATE: _("Not sent: it would have come too late."),
}
#: The same, to who serves them.
_THEIRS: Final[Mapping[str, str | Promise]] = {
    Why.OFF: _("Not sent: the journey was switched off."),
    Why.GONE: _("Not sent: there was no reason for it any more."),
    Why.CONSENT: _("Not sent: they did not agree to it."),
    Why.ADDRESS: _("Not sent: there is no proved address of theirs for it."),
    Why.CAP: _("Not sent: they had heard enough from us for now."),
    Why.OFFER: _("Not sent: they had another offer of the same thing."),
    Why.HELD_OUT: _("Not sent: they are in the group that hears nothing, to compare."),
    Why.LATE: _("Not sent: it would have come too late."),
}
_STATUS: Final[Mapping[str, str | Promise]] = {
    Message.Status.DELIVERED: _("It arrived."),
    Message.Status.READ: _("It was read."),
    Message.Status.BOUNCED: _("It came back: that address takes no messages."),
    Message.Status.COMPLAINED: _("It was called unwanted."),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A follow-up: ``title`` is what it follows, ``sentences`` what became of it and why, in order."""

    follow_up: FollowUp
    title: str
    tone: Tone
    sentences: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(LABELS[self.tone])

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def explained(follow_ups: Iterable[FollowUp], *, to_the_person: bool) -> list[Explained]:
    """All of these, whose journeys and messages are read already: one query, for when their people agreed."""
    rows = list(follow_ups)
    wanted = {row.said["consent"] for row in rows if "consent" in row.said}
    agreed = dict(Consent.objects.filter(pk__in=wanted).values_list("pk", "at")) if wanted else {}
    return [_explained(row, agreed, to_the_person) for row in rows]


def title_of(row: FollowUp, *, to_the_person: bool) -> str:
    """What it follows; a room that is gone leaves the name of its journey."""
    trigger = TRIGGERS.get(row.journey.trigger)
    if trigger is None:
        return row.journey.name
    return str(trigger.because if to_the_person and trigger.because else trigger.title)


def _explained(row: FollowUp, agreed: Mapping[int, datetime | None], to_the_person: bool) -> Explained:
    tone, first = _BY_STATE[FollowUp.State(row.state)](row, to_the_person)
    counted = _counted(row) if tone is not Tone.WAITS else ""
    parts = [*first, *_agreement(row, agreed, to_the_person), counted]
    return Explained(row, title_of(row, to_the_person=to_the_person), tone, tuple(filter(None, parts)))


def _planned(row: FollowUp, to_the_person: bool) -> tuple[Tone, list[str]]:
    quiet = _quiet_until(row)
    if quiet is None:
        broken = "" if to_the_person else _broken(row)
        day = _day(row.due_at, to_the_person)
        return Tone.WAITS, [broken, gettext("It will be decided on %(day)s.") % {"day": day}]
    return Tone.WAITS, [_waits(quiet, to_the_person)]


def _quiet_until(row: FollowUp) -> datetime | None:
    quiet = row.said.get("quiet_until")
    return datetime.fromisoformat(quiet) if quiet else None


def _waits(quiet: datetime, to_the_person: bool) -> str:
    yours = gettext("Until %(time)s it waits, because of your quiet hours.")
    theirs = gettext("Until %(time)s it waits, because of their quiet hours.")
    form = "TIME_FORMAT" if to_the_person else gettext("H:i")
    return (yours if to_the_person else theirs) % {"time": time_format(quiet, form)}


def _stopped(row: FollowUp, to_the_person: bool) -> tuple[Tone, list[str]]:
    words = _YOURS if to_the_person else _THEIRS
    asked = [_channel(name) for name in row.said.get("asked", ())]
    tried = gettext("It would have gone by %(channels)s.") % {"channels": ", ".join(asked)} if asked else ""
    why = Why.HELD_OUT if SPARED in row.said else Why(row.why)
    return Tone.STOPPED, [str(words[why]), tried, "" if to_the_person else _broken(row)]


def _broken(row: FollowUp) -> str:
    if TRIES not in row.said:
        return ""
    words = ngettext(
        "It could not be made, %(tries)d time so far: the log says why.",
        "It could not be made, %(tries)d times so far: the log says why.",
        row.said[TRIES],
    )
    return words % {"tries": row.said[TRIES]}


def _sent(row: FollowUp, to_the_person: bool) -> tuple[Tone, list[str]]:
    message = row.message
    at = row.decided_at or row.due_at
    facts = {"channel": _channel(row.said.get("channel", "")), "day": _day(at, to_the_person)}
    if message is None:
        return Tone.WENT, [gettext("Sent on %(day)s.") % facts]
    facts = {"channel": _channel(message.channel), "day": _day(message.sent_at or at, to_the_person)}
    if message.state == Became.SENT:
        status = str(_STATUS[message.status]) if message.status else ""
        return Tone.WENT, [gettext("Sent by %(channel)s on %(day)s.") % facts, status]
    if message.state == Became.FAILED and not message.failure.startswith(IN_DOUBT):
        return Tone.STOPPED, [gettext("Not sent: it was not taken by %(channel)s.") % facts]
    if message.state == Became.FAILED:
        doubt = gettext("Handed over by %(channel)s on %(day)s. Nobody knows whether it arrived, so it goes no more.")
        return Tone.WENT, [doubt % facts]
    quiet = _quiet_until(row)
    if message.state == Became.WAITING and quiet is not None and quiet > timezone.now():
        return Tone.WAITS, [_waits(quiet, to_the_person)]
    return Tone.WAITS, [gettext("It is on its way by %(channel)s.") % facts]


_BY_STATE: Final = {
    FollowUp.State.PLANNED: _planned,
    FollowUp.State.SENT: _sent,
    FollowUp.State.STOPPED: _stopped,
}


def _agreement(row: FollowUp, agreed: Mapping[int, datetime | None], to_the_person: bool) -> list[str]:
    at = agreed.get(row.said.get("consent", 0))
    if at is None:
        return []
    words = gettext("You agreed on %(day)s.") if to_the_person else gettext("They agreed on %(day)s.")
    return [words % {"day": _day(at, to_the_person)}]


def _counted(row: FollowUp) -> str:
    if "cap" not in row.said:
        return ""
    used, most = row.said["cap"]
    facts = {"used": used, "most": most, "days": conf.marketing_cap()[1].days}
    return gettext("In the %(days)d days before, %(used)d of at most %(most)d such messages went out.") % facts


def _channel(name: str) -> str:
    return str(Channel(name).label) if name in Channel.values else name


def _day(at: datetime, to_the_person: bool) -> str:
    """As the shop's pages write it, or as those of its staff do."""
    return date_format(timezone.localtime(at), "DATE_FORMAT" if to_the_person else gettext("j M Y"))
