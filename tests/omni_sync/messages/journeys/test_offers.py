"""An offer that holds, once for each human and style."""

from datetime import timedelta

import pytest
from oscar.core.loading import get_model

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import send_messages
from omni_sync.messages.exceptions import Reject, Unheard
from omni_sync.messages.journeys import trigger as triggers
from omni_sync.messages.journeys.compared import is_held_out
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey, OpenOffer, Step
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.people.models import Consent
from tests.factories import make_product
from tests.omni_sync.messages.journeys.conftest import NOON, reader, say, scan_trigger, scanned, why

pytestmark = pytest.mark.django_db


class Never(Email):
    """Takes nothing, ever."""

    def send(self, parcel):
        raise Reject("550")


class Silent(Email):
    """Nobody knows what it took."""

    def send(self, parcel):
        raise Unheard("timeout")


NOW, DAY = NOON + timedelta(hours=5), timedelta(days=1)


@pytest.fixture(autouse=True)
def at_five(journey, monkeypatch, settings):
    """It is five in the afternoon in Jakarta; the cap is no matter here."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.LINTAS_MARKETING_CAP = (9, 7)


@pytest.fixture
def style():
    """A style with two sizes."""
    style = make_product("Senja")
    style.structure = "parent"
    style.save()
    return style


def size_of(style, name):
    made = make_product(name)
    made.parent, made.structure, made.product_class = style, "child", None
    made.save()
    return made


def offers(*, start=NOW - DAY, end=NOW + 90 * DAY):
    """Every step offers this."""
    voucher = get_model("voucher", "Voucher")
    Step.objects.update(offer=voucher.objects.create(name="T", code="TEN", start_datetime=start, end_datetime=end))


def about(**products):
    """Each scan is about these, by its key."""
    known = {key.replace("_", "-"): [one.pk for one in some] for key, some in products.items()}
    triggers.TRIGGERS["test_news"] = scan_trigger(
        facts=lambda rows: {row.pk: {"what": "a bag", "products": known[row.occurrence]} for row in rows}
    )


def follow():
    plan_follow_ups(now=NOW)
    decide_follow_ups()


def twice(person):
    scanned(person)
    scanned(person, key="scan-2", at=NOON + timedelta(minutes=1))


def test_a_size_and_its_style_are_one_offer(style):
    offers()
    about(scan_1=[style], scan_2=[size_of(style, "39")])
    twice(reader())
    follow()
    assert why() == [("sent", ""), ("stopped", "offer")]
    assert OpenOffer.objects.get().product == style


def test_two_sizes_are_one_offer_also_in_one_message(style):
    offers()
    sizes = [size_of(style, "39"), size_of(style, "40")]
    about(scan_1=[*sizes, sizes[0]], scan_2=sizes[1:])
    twice(reader())
    follow()
    assert why() == [("sent", ""), ("stopped", "offer")]
    assert OpenOffer.objects.get().product == style


def test_an_offer_of_a_size_that_was_opened_long_ago_counts_until_it_is_over(style):
    offers()
    person, size = reader(), size_of(style, "39")
    about(scan_1=[style])
    scanned(person)
    plan_follow_ups(now=NOW)
    row = FollowUp.objects.get()
    OpenOffer.objects.create(person=person, product=size, follow_up=row, until=NOW + DAY)
    decide_follow_ups()
    assert why() == [("stopped", "offer")]
    OpenOffer.objects.update(until=NOW)
    scanned(person, key="scan-2")
    about(scan_1=[style], scan_2=[style])
    follow()
    assert why() == [("sent", ""), ("stopped", "offer")]
    assert OpenOffer.objects.get(ended_at=None).product == style


def test_what_is_gone_is_not_offered(style):
    offers()
    gone = make_product("Gone")
    about(scan_1=[gone, style])
    gone_pk = gone.pk
    gone.delete()
    gone.pk = gone_pk
    scanned(reader())
    follow()
    assert why() == [("sent", "")]
    assert OpenOffer.objects.get().product == style


@pytest.mark.parametrize(
    "when", [{"start": NOW - 9 * DAY, "end": NOW - timedelta(seconds=1)}, {"start": NOW + DAY}], ids=["over", "to come"]
)
def test_a_voucher_that_does_not_hold_is_not_offered(style, when):
    offers(**when)
    about(scan_1=[style])
    scanned(reader())
    follow()
    assert "offer" not in Message.objects.get().facts
    assert not OpenOffer.objects.exists()


def test_an_offer_is_open_no_longer_than_its_voucher(style):
    offers(end=NOW + 2 * DAY)
    about(scan_1=[style])
    scanned(reader())
    follow()
    assert Message.objects.get().facts["offer"] == "TEN"
    assert OpenOffer.objects.get().until == NOW + 2 * DAY


def test_who_has_the_offer_is_not_held_out_either(style, journey):
    """What would have stopped the message stops it for those who hear nothing too; nothing is offered to them."""
    offers()
    Journey.objects.update(hold_out=50)
    person = next(one for one in map(reader, addresses()) if is_held_out(journey.pk, one.pk, 50))
    about(scan_1=[style], scan_2=[make_product("Cap")])
    twice(person)
    plan_follow_ups(now=NOW)
    row = FollowUp.objects.get(occurrence="scan-1")
    OpenOffer.objects.create(person=person, product=style, follow_up=row, until=NOW + DAY)
    decide_follow_ups()
    assert dict(FollowUp.objects.values_list("occurrence", "why")) == {"scan-1": "offer", "scan-2": "held_out"}
    assert OpenOffer.objects.count() == 1


def test_an_offer_that_was_refused_is_not_open(style, settings):
    offers()
    about(scan_1=[style], scan_2=[style])
    sari = reader()
    scanned(sari)
    follow()
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Never"}
    send_messages()
    assert OpenOffer.objects.get().ended_at == NOW
    scanned(sari, key="scan-2", at=NOON + timedelta(minutes=1))
    follow()
    assert FollowUp.objects.get(occurrence="scan-2").state == "sent"


def test_an_offer_that_was_stopped_on_its_way_is_not_open(style):
    offers()
    about(scan_1=[style])
    sari = reader()
    scanned(sari)
    follow()
    say(sari, Consent.State.WITHDRAWN)
    send_messages()
    assert OpenOffer.objects.get().ended_at == NOW


def test_an_offer_that_may_have_arrived_stays_open(style, settings):
    offers()
    about(scan_1=[style])
    scanned(reader())
    follow()
    settings.LINTAS_CHANNELS = {"email": f"{__name__}.Silent"}
    send_messages()
    assert (Message.objects.get().state, OpenOffer.objects.get().ended_at) == ("failed", None)


def addresses():
    return (f"s{n}@example.com" for n in range(200))
