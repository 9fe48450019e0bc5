"""After somebody is forgotten, nothing that is kept says who they were; what was bought stays."""

import logging
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.oscar.models import Order, OrderLine, ProductReview, VoucherApplication
from omni_sync.people.account import person_of
from omni_sync.people.consent import Statement, note
from omni_sync.people.models import Consent, Identifier, Person, Suppression, Touchpoint
from omni_sync.people.standing import may
from omni_sync.pos.models import Delivery, InboxEvent
from omni_sync.privacy.ask import ask
from omni_sync.privacy.carry_out import do_requests
from omni_sync.privacy.erase import erase
from omni_sync.privacy.exceptions import StillOpen, WorksHere
from omni_sync.privacy.human import human_of, humans_at
from omni_sync.privacy.models import PrivacyRequest
from omni_sync.sales.models import Return, Sale
from settings.logs.lines import formatter
from tests.factories import customer, sale, states, tell, tell_all
from tests.shop.privacy.life import EMAIL, NAME, STREET, STRINGS, SURNAME, TYPED, found

pytestmark = pytest.mark.django_db


def forget(sari):
    with transaction.atomic():
        erase(human=human_of(sari.person))


@pytest.fixture
def lines():
    """What is logged, as it is written."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(formatter())
    handler.setLevel(logging.DEBUG)
    root = logging.getLogger()
    level, _ = root.level, root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_every_string_is_somewhere_before_and_nowhere_after(sari):
    assert {string for _, string in found()} == set(STRINGS)
    assert len({table for table, _ in found()}) > 15
    forget(sari)
    assert found() == set()


def test_what_was_bought_stays_with_its_amounts(sari):
    before = list(Order.objects.order_by("pk").values_list("number", "total_incl_tax", "status", "date_placed"))
    lines = list(OrderLine.objects.order_by("pk").values_list("title", "quantity", "line_price_incl_tax"))
    forget(sari)
    assert list(Order.objects.order_by("pk").values_list("number", "total_incl_tax", "status", "date_placed")) == before
    assert list(OrderLine.objects.order_by("pk").values_list("title", "quantity", "line_price_incl_tax")) == lines
    assert Order.objects.filter(shipping_address__country="ID").count() == 1
    assert not Order.objects.exclude(user=None).exists()
    assert Sale.objects.count() >= 2
    assert set(Sale.objects.exclude(person=None).values_list("number", flat=True)) == {"R-3", "R-4"}
    assert (Return.objects.get().number, Return.objects.get().person) == ("B-1", None)
    assert VoucherApplication.objects.get().user is None
    assert ProductReview.objects.get().title == "Fine"


def test_others_keep_what_is_theirs(sari):
    forget(sari)
    assert get_user_model().objects.get(is_staff=False).email == "budi@example.com"
    assert Identifier.objects.filter(value="OTHER-1").exists()
    assert InboxEvent.objects.filter(payload__data__loyalty="OTHER-1").exists()
    theirs = InboxEvent.objects.filter(payload__data__customer__loyalty="OTHER-1").order_by("document")
    assert [(event.document, event.payload["data"]["remark"]) for event in theirs] == [
        ("sale/R-3", "***"), ("sale/R-4", "4711 LK-QX"),
    ]  # fmt: skip
    assert Delivery.objects.exclude(body=None).exists()


def test_a_namesake_keeps_everything(sari):
    namesake = {"loyalty": "OTHER-2", "name": NAME}
    tell_all(sari.till, sale(sari.store.partner, "R-5", {"TEE": 1}, customer=namesake))
    forget(sari)
    assert InboxEvent.objects.get(document="sale/R-5").payload["data"]["customer"] == namesake


def test_raw_deliveries_with_them_go_and_events_keep_goods_and_money(sari):
    forget(sari)
    kept = [bytes(body) for body in Delivery.objects.exclude(body=None).values_list("body", flat=True)]
    assert len(kept) == 1
    assert b"OTHER-1" in kept[0]
    told = InboxEvent.objects.get(document="sale/R-1").payload["data"]
    assert told["lines"][0]["quantity"] == 2
    assert "customer" not in told


def test_a_till_that_tells_the_same_again_changes_nothing(sari):
    event = InboxEvent.objects.filter(type="sale.completed").earliest("pk")
    forget(sari)
    assert Sale.objects.filter(event_id=event.event_id).count() == 1


def test_said_again_it_has_no_effect(sari):
    human = human_of(sari.person)
    forget(sari)
    with transaction.atomic():
        erase(human=human)
    assert found() == set()


def test_a_crash_in_the_middle_leaves_everything(sari, monkeypatch):
    from omni_sync.privacy import erase as module

    def crash(**_):
        raise MemoryError

    before = found()
    monkeypatch.setattr(module.person_erased, "send", lambda *args, **more: (_send(*args, **more), crash()))
    _send = type(module.person_erased).send.__get__(module.person_erased)
    with pytest.raises(MemoryError), transaction.atomic():
        erase(human=human_of(sari.person))
    assert found() == before


def test_nothing_that_is_logged_says_who_it_was(sari, lines, client):
    client.post("/accounts/login/", {"login-username": EMAIL, "login-password": "wrong", "login_submit": "1"})
    tell_all(sari.till, customer(sari.store.partner, email=TYPED, name=f"Sari {SURNAME}"))
    with transaction.atomic():
        ask(person=sari.person, kind=PrivacyRequest.Kind.ERASURE, language="en")
    assert do_requests() == 1
    written = lines.getvalue()
    assert "privacy request done" in written
    assert [string for string in STRINGS if string.casefold() in written.casefold()] == []


def test_an_open_order_is_named_and_nothing_is_changed(sari):
    Order.objects.filter(pk=sari.order.pk).update(status="Pending")
    before = found()
    with pytest.raises(StillOpen) as refusal, transaction.atomic():
        erase(human=human_of(sari.person))
    assert refusal.value.orders == (sari.order.number,)
    assert found() == before


def test_who_works_here_is_not_forgotten_by_a_tap(sari):
    get_user_model().objects.filter(pk=sari.user.pk).update(is_staff=True)
    with pytest.raises(WorksHere), transaction.atomic():
        erase(human=human_of(sari.person))


def test_a_request_that_an_order_holds_up_goes_back_to_somebody(sari):
    with transaction.atomic():
        asked = ask(person=sari.person, kind=PrivacyRequest.Kind.ERASURE, language="en")
    Order.objects.filter(pk=sari.order.pk).update(status="Pending")
    assert do_requests() == 0
    asked.refresh_from_db()
    assert (asked.agreed_at, asked.held_up_by, asked.done_at) == (None, sari.order.number, None)


def test_a_request_that_is_done_says_nothing_of_who_it_was(sari):
    with transaction.atomic():
        asked = ask(person=sari.person, kind=PrivacyRequest.Kind.ERASURE, language="en")
        again = ask(person=sari.person, kind=PrivacyRequest.Kind.ERASURE, language="en")
    assert asked == again
    assert do_requests() == 1
    asked.refresh_from_db()
    assert (asked.person, asked.outcome, asked.contact) == (None, "forgotten", "")
    assert do_requests() == 0


def test_an_old_yes_that_a_till_brings_back_starts_nothing(sari):
    forget(sari)
    assert Suppression.objects.count() >= 2
    yes = {"channel": "email", "purpose": "marketing", "state": "granted", "at": "2025-01-01T10:00:00Z"}
    tell_all(sari.till, customer(sari.store.partner, email=EMAIL, consents=[{**yes, "wording": "Yes."}]))
    person = Person.objects.get(identifiers__value=EMAIL)
    assert Consent.objects.get(person=person).is_claim is False
    assert not may(person_id=person.pk, channel="email", purpose="marketing")


def test_a_guest_is_forgotten_by_the_address_they_wrote_from(sari):
    order = Order.objects.filter(pk=sari.order.pk)
    order.update(user=None, guest_email=TYPED)
    get_user_model().objects.filter(pk=sari.user.pk).update(email="somebody.else@example.com")
    with transaction.atomic():
        erase(human=humans_at(EMAIL))
    assert order.get().guest_email == ""
    assert STREET not in str(order.get().shipping_address)


def test_who_only_shares_an_address_that_nobody_proved_stays(sari):
    other = Person.objects.create(name="Somebody")
    Identifier.objects.create(person=other, kind="email", value=EMAIL, source="another till")
    forget(sari)
    assert Person.objects.filter(pk=other.pk).exists()


def test_a_human_without_anything_else_is_forgotten_too(db):
    user = get_user_model().objects.create_user("lonely@example.com", "x")
    with transaction.atomic():
        erase(human=human_of(person_of(user=user)))
    assert found(["lonely@example.com"]) == set()


def test_the_timeline_and_the_ledger_go(sari):
    forget(sari)
    assert not Touchpoint.objects.filter(person=sari.person).exists()
    assert not Consent.objects.exists()


def test_an_event_that_waited_is_put_aside(sari):
    pending = customer(sari.store.partner, email=TYPED)
    with transaction.atomic():
        note(statements=[Statement(sari.person.pk, "email", "service", "granted")], source="till")
    tell(sari.till, pending)
    forget(sari)
    assert states(pending) == ["ignored"]
