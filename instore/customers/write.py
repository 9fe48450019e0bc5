"""A member of staff writes to the customer: through the same consent, cap and quiet hours as every follow-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from instore.customers.exceptions import NothingSaid, TooLongToSay
from instore.customers.models import CustomerAction, LookUp
from instore.staff.guard import OnDuty
from omni_sync import conf
from omni_sync.catalogue.worded import product_worded
from omni_sync.design.languages import home_path
from omni_sync.messages.journeys.decide import decide
from omni_sync.messages.journeys.explain import explained
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.trigger import Select, Trigger, Usual
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.models import Channel, Purpose
from omni_sync.oscar.models import Product
from omni_sync.transactions import inside_transaction

NAME: Final = "staff_note"
LONGEST: Final = 300
#: What is said again and again, in the language of whoever reads it.
PRESETS: Final = {
    "size": _("It is here in your size now. Come by and try it on."),
    "list": _("I put something on your list that I think you will like."),
    "asked": _("What you asked me about has come in."),
}


def _nothing(since: datetime, until: datetime) -> Select:
    """Nothing happens by itself: each follow-up is made by a tap."""
    return (
        "SELECT NULL::bigint AS person_id, '' AS occurrence, now() AS occurred_at, '{}'::jsonb AS facts WHERE 1 = 0",
        {},
    )


def _never_gone(follow_ups: Sequence[FollowUp]) -> set[int]:
    return set()


def _facts(follow_ups: Sequence[FollowUp]) -> Mapping[int, Mapping[str, Any]]:
    """What was said, by whom and where; of what is forgotten there is nothing to say."""
    told = {row.pk: row.facts for row in follow_ups if row.facts}
    wanted = {facts["product"] for facts in told.values() if facts.get("product")}
    products = {one.pk: one for one in Product.objects.filter(pk__in=wanted).select_related("parent", "entry")}
    return {pk: _told(facts, products.get(facts.get("product"))) for pk, facts in told.items()}


def _told(facts: Mapping[str, Any], product: Any) -> dict[str, Any]:
    path = product.get_absolute_url() if product else home_path()
    return {
        "who": facts["who"],
        "store": facts["store"],
        "text": facts["text"] or str(PRESETS[facts["preset"]]),
        "product": product_worded(product).title if product else "",
        "products": [product.pk] if product else [],
        "link": f"{conf.base_url()}{path}",
    }


STAFF_NOTE: Final = Trigger(
    name=NAME,
    title=_("a member of staff wrote to somebody"),
    because=_("A member of our staff wrote to you"),
    purpose=Purpose.MARKETING,
    find=_nothing,
    gone=_never_gone,
    facts=_facts,
    steps=(Usual(timedelta(0)),),
    examples={
        "who": "Dewi",
        "store": "Menteng",
        "text": PRESETS["size"],
        "product": _("Senja sneakers, 39"),
        "link": "https://…",
    },
)


@inside_transaction
def write(*, look_up: LookUp, duty: OnDuty, key: str, text: str, preset: str, product_id: int | None) -> FollowUp:
    """Say it to the customer, once for ``key``; whether it goes, waits or does not go is decided here and now.

    Raises NothingSaid or TooLongToSay.
    """
    words = " ".join(text.split())
    if not words and preset not in PRESETS:
        raise NothingSaid
    if len(words) > LONGEST:
        raise TooLongToSay
    assert look_up.person is not None
    now = timezone.now()
    facts = {"text": words, "preset": "" if words else preset, "product": product_id}
    row = FollowUp.objects.create(
        journey=_journey(),
        step=1,
        occurrence=key,
        person=look_up.person,
        occurred_at=now,
        due_at=now,
        facts={**facts, "who": str(duty.associate).split(maxsplit=1)[0], "store": str(duty.store)},
    )
    decide([row], now)
    return row


def became_of(look_up: LookUp) -> str:
    """What becomes of the last that was written on this page, to who wrote it; empty where nothing was."""
    last = CustomerAction.objects.filter(look_up=look_up, verb=CustomerAction.Verb.MESSAGE, problem="").order_by("-pk")
    keys = last.values("nonce")[:1]
    row = FollowUp.objects.filter(person=look_up.person, journey__trigger=NAME, occurrence__in=keys)
    found = row.select_related("journey", "message").first()
    return _outcome(found) if found else ""


def _outcome(row: FollowUp) -> str:
    if row.state == FollowUp.State.SENT:
        return gettext("It goes now, by %(channel)s.") % {"channel": Channel(row.said["channel"]).label}
    if row.state == FollowUp.State.PLANNED and "quiet_until" in row.said:
        until = time_format(datetime.fromisoformat(row.said["quiet_until"]), gettext("H:i"))
        return gettext("It waits until %(time)s: they want it quiet now.") % {"time": until}
    return explained([row], to_the_person=False)[0].text


def _journey() -> Journey:
    """The one that a shop has for this, unless a marketer took it away: then it is there again."""
    found = Journey.objects.filter(name=NAME).first()
    if found is None:
        make_usual_journeys()
        found = Journey.objects.get(name=NAME)
    return found
