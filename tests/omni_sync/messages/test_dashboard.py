"""What was said, in the back office: who may read it, and what is left of old ones."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.models import Message, sealed
from omni_sync.people.models import Person
from tests.instore.tablets import read
from tests.omni_sync.messages.conftest import told

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/messages/"
FOLLOW_UPS = f"{PAGE}follow-ups/"


@pytest.fixture
def desk(client):
    rani = get_user_model().objects.create(email="rani@langkah.example", is_staff=True)
    rani.user_permissions.add(Permission.objects.get(codename="view_message"))
    client.force_login(rani)
    return client


def test_strangers_sign_in_first_and_shoppers_are_refused(client):
    answer = client.get(PAGE)
    assert (answer.status_code, answer.url) == (302, f"/dashboard/login/?next={PAGE}")
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(PAGE).status_code == 403


def test_the_menu_leads_there(desk):
    assert f'href="{PAGE}"' in desk.get("/dashboard/").content.decode()


def test_nothing_said_is_said_so(desk):
    assert "Nobody was told anything yet." in read(desk.get(PAGE))


def test_a_letter_can_be_read(desk):
    told(link="https://shop.example/collect/x/")
    send_messages()
    answer = desk.get(PAGE)
    page = read(answer)
    assert "sari@example.com" in page
    assert "News of a &lt;bag&gt; &amp; a hat" in page
    assert 'href="https://shop.example/collect/x/"' in answer.content.decode()
    assert "Sent" in page


def test_who_may_not_read_letters_sees_that_they_were_sent(desk):
    get_user_model().objects.get(is_staff=True).user_permissions.clear()
    told(link="https://shop.example/collect/x/")
    page = desk.get(PAGE).content.decode()
    assert "sari@example.com" in page
    assert "collect/x" not in page
    assert "You may not read it." in page


def test_what_is_forgotten_is_shown_as_forgotten(desk):
    told()
    send_messages()
    Message.objects.update(to="", data=None)
    assert "forgotten" in read(desk.get(PAGE))


def test_one_that_cannot_be_read_keeps_nobody_from_the_others(desk, monkeypatch):
    told("good", link="https://shop.example/")
    told("bad", what="broken", link="https://shop.example/")
    write = Email.write

    def stumbles(self, kind, facts):
        if facts["what"] == "broken":
            raise ValueError
        return write(self, kind, facts)

    monkeypatch.setattr(Email, "write", stumbles)
    page = read(desk.get(PAGE))
    assert page.count("sari@example.com") == 2
    assert "News of a &lt;bag&gt; &amp; a hat" in page
    assert "News of broken" not in page


def test_the_page_asks_the_same_of_the_database_however_many_there_are(desk):
    told(key="first")
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    for n in range(60):
        told(key=f"news-{n}")
    with CaptureQueriesContext(connection) as many:
        assert "Older" in read(desk.get(PAGE))
    assert len(few) == len(many) <= 10


def followed(person, **fields):
    journey, _ = Journey.objects.get_or_create(name="test_desk", trigger="test_desk")
    now = timezone.now()
    number = FollowUp.objects.count()
    usual = {"step": 1, "occurrence": str(number), "occurred_at": now, "due_at": now, "decided_at": now}
    return FollowUp.objects.create(person=person, **{"journey": journey, **usual, **fields})


def a_reminder(person, **fields):
    """A message that followed something."""
    key = f"follow-up:{Message.objects.count()}"
    facts = {"kind": "test_news", "to": "sari@example.com", "data": sealed({"what": "x"}), "purpose": "marketing"}
    message = Message.objects.create(key=key, person=person, **{**facts, **fields})
    followed(person, state="sent", message=message, said={"channel": message.channel, "cap": [0, 1]})
    return message


def test_a_message_says_why_it_went_and_what_its_provider_heard(desk):
    now = timezone.now()
    a_reminder(Person.objects.create(), state="sent", sent_at=now, status="bounced", status_at=now)
    page = read(desk.get(PAGE))
    assert "Came back" in page
    assert "0 of at most 1 such messages" in page


def test_messages_are_found_by_channel_state_and_journey(desk):
    told()
    message = a_reminder(Person.objects.create(), to="+628111", channel="sms")
    for query in ("channel=sms", f"journey={message.follow_up.journey_id}", "channel=sms&state=waiting"):
        page = read(desk.get(f"{PAGE}?{query}"))
        assert "+628111" in page
        assert "sari@example.com" not in page
    assert "No message fits." in read(desk.get(f"{PAGE}?state=failed"))
    assert "+628111" in read(desk.get(f"{PAGE}?state=nonsense"))


def test_what_was_not_sent_is_there_with_its_reason(desk):
    person = Person.objects.create(name="Sari W.")
    followed(person, state="stopped", why="cap", said={"cap": [1, 1]})
    followed(person, state="stopped", why="gone")
    page = read(desk.get(FOLLOW_UPS))
    assert "they had heard enough from us for now" in page
    assert "there was no reason for it any more" in page
    assert "Sari W." in page
    only = read(desk.get(f"{FOLLOW_UPS}?why=cap"))
    assert "no reason for it" not in only
    assert "No follow-up fits." in read(desk.get(f"{FOLLOW_UPS}?why=offer"))


def test_journeys_go_by_what_they_follow_not_by_their_code(desk):
    journey, _ = Journey.objects.get_or_create(name="cart_left", defaults={"trigger": "cart_left"})
    followed(Person.objects.create(), journey=journey, state="stopped", why="gone")
    for page in (PAGE, FOLLOW_UPS):
        said = read(desk.get(page))
        assert "Somebody left a basket" in said
        assert "cart_left" not in said
    assert "Step 1" in read(desk.get(FOLLOW_UPS))


def test_follow_ups_are_for_staff_alone(client):
    assert client.get(FOLLOW_UPS).status_code == 302
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert client.get(FOLLOW_UPS).status_code == 403


@pytest.mark.parametrize("page", [PAGE, FOLLOW_UPS])
def test_follow_ups_cost_the_same_however_many_there_are(desk, page):
    person = Person.objects.create()
    a_reminder(person)
    desk.get(page)
    with CaptureQueriesContext(connection) as few:
        desk.get(page)
    for _ in range(50):
        a_reminder(person)
    with CaptureQueriesContext(connection) as many:
        desk.get(page)
    assert len(few) == len(many) <= 10
