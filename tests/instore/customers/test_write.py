"""A member of staff writes to a customer: the same consent, cap and quiet hours as every message, and told at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone, translation

from instore.customers.models import CustomerAction
from instore.customers.write import LONGEST, STAFF_NOTE
from omni_sync.customer_code.parts import Part
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.forget import forget_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.journeys.usual import make_usual_journeys
from omni_sync.messages.letters import letter_from
from omni_sync.messages.models import Message
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Identifier
from tests.instore.customers.conftest import hide, open_at
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.instore.tablets import read
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The jacket in your size is here."
FACTS = {"who": "Sari", "store": "Menteng", "text": WORDS, "preset": "", "product": None}


@pytest.fixture(autouse=True)
def loud(settings):
    """It is no quiet hour now, whenever this is run."""
    settings.LINTAS_QUIET_HOURS = hours(6, 7)


def hours(since, until):
    now = timezone.localtime()
    return tuple((now + timedelta(hours=each)).strftime("%H:%M") for each in (since, until))


@pytest.fixture
def reader(ayu):
    """Ayu, who proved her address and wants to hear news by e-mail."""
    Identifier.objects.filter(person=ayu.person, kind="email").update(verified_at=timezone.now(), proof="link")
    agree(ayu.person)
    return ayu


def agree(person, state=Consent.State.GRANTED):
    about = {"channel": "email", "purpose": "marketing", "language": "en", "source": "test"}
    with transaction.atomic():
        answer(person=person, state=state, **about)


@pytest.fixture
def page(on_duty, reader):
    return open_at(on_duty, reader.person)


def write(tablet, page, key=1, **form):
    return tablet.post(f"{page}message/", {"nonce": nonce(key), "note": WORDS, **form})


def told(tablet, answer):
    assert answer.status_code == 302, read(answer, answer.status_code)
    return read(tablet.get(answer.url))


def test_it_goes_at_once_under_her_name(on_duty, page, reader):
    assert "It goes now, by e-mail." in told(on_duty, write(on_duty, page, product=reader.cap.pk))
    assert send_messages() == (1, True)
    (letter,) = mail.outbox
    assert letter.to == ["ayu@example.com"]
    assert letter.subject == "Sari of Menteng writes to you"
    assert WORDS in letter.body
    assert "Pagi cap" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers
    assert letter.body.count("/u/") == 1
    assert "/me/messages/" in letter.body


def test_its_letter_has_one_true_reason_and_the_way_to_the_choices(on_duty, page):
    write(on_duty, page)
    send_messages()
    html = mail.outbox[0].alternatives[0][0]
    assert html.count("You get this letter because") == 1
    assert "because you said that we may write to you" in html
    assert "/me/messages/" in html
    assert html.count("/u/") == 1


def test_its_letter_leads_to_the_shop_and_names_goods_in_the_readers_language(on_duty, page, reader, settings):
    settings.BASE_URL = "https://shop.example"
    reader.cap.title = "Kawan tee, black"
    reader.cap.save()
    rows = [FollowUp(pk=1, facts=FACTS), FollowUp(pk=2, facts={**FACTS, "product": reader.cap.pk})]
    with translation.override("id"):
        shop, goods = STAFF_NOTE.facts(rows).values()
        letter = letter_from("staff_note", {**shop, "stop": "https://shop.example/u/x/"})
    assert shop["link"] == "https://shop.example/id/"
    assert letter.html.count('href="https://shop.example/id/"') == 2
    assert goods["product"] == "Kaos Kawan, hitam"


def test_a_ready_sentence_is_read_in_the_language_of_its_reader(on_duty, page, reader):
    write(on_duty, page, note="", preset="size")
    assert "It is here in your size now." in Message.objects.get().facts["text"]


def test_the_second_of_a_week_is_told_at_once_that_it_does_not_go(on_duty, page):
    write(on_duty, page)
    assert "they had heard enough from us for now" in told(on_duty, write(on_duty, page, 2))
    assert Message.objects.count() == 1
    assert list(FollowUp.objects.order_by("pk").values_list("state", "why")) == [("sent", ""), ("stopped", "cap")]


def test_in_quiet_hours_it_waits_and_says_until_when(on_duty, page, settings):
    settings.LINTAS_QUIET_HOURS = hours(-1, 1)
    said = told(on_duty, write(on_duty, page))
    assert "It waits until" in said
    assert not Message.objects.exists()
    assert FollowUp.objects.get().due_at > timezone.now()


def test_who_said_no_is_not_written_to(on_duty, page, reader):
    agree(reader.person, Consent.State.WITHDRAWN)
    assert "Write to them" not in read(on_duty.get(page))
    assert "they did not agree to it" in told(on_duty, write(on_duty, page))
    assert not Message.objects.exists()


def test_the_same_tap_writes_once(on_duty, page):
    outcomes = at_once(*[lambda: write(on_duty, page)] * 4)
    assert failures(outcomes) == []
    assert FollowUp.objects.count() == Message.objects.count() == CustomerAction.objects.count() == 1
    assert write(on_duty, page, note="Something else").status_code == 409


def test_two_tablets_at_once_keep_the_cap(on_duty, page, reader, shop):
    other = sign_in_at(shop.store, "Rina", device="Shelves")
    pages = [(on_duty, page), (other, open_at(other, reader.person))]
    outcomes = at_once(*[lambda t=t, p=p, n=n: write(t, p, n) for n, (t, p) in enumerate(pages)])
    assert failures(outcomes) == []
    assert Message.objects.count() == 1
    assert set(FollowUp.objects.values_list("why", flat=True)) == {"", "cap"}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"note": "  "}, "There is nothing to say yet."),
        ({"note": "", "preset": "none of ours"}, "There is nothing to say yet."),
        ({"note": "x" * (LONGEST + 1)}, "Your words are too long for a message."),
        ({"product": "999999"}, "This article is not for sale."),
    ],
)
def test_what_cannot_be_said_is_told_and_the_words_stay(on_duty, page, form, words):
    answer = write(on_duty, page, **form)
    assert words in read(answer, 409)
    assert not FollowUp.objects.exists()


def test_nothing_of_the_words_is_kept_with_the_tap_and_later_nowhere(on_duty, page, settings):
    write(on_duty, page)
    assert "jacket" not in str(CustomerAction.objects.values())
    FollowUp.objects.update(decided_at=timezone.now() - timedelta(days=400), due_at=timezone.now())
    forget_follow_ups()
    assert "jacket" not in str(FollowUp.objects.values())


def test_what_a_marketer_switched_off_is_not_sent(on_duty, page):
    make_usual_journeys()
    assert Journey.objects.filter(trigger="staff_note").update(is_on=False) == 1
    assert "the journey was switched off" in told(on_duty, write(on_duty, page))


def test_their_page_says_what_they_heard_unless_they_hide_what_it_may_speak_of(on_duty, page, reader):
    write(on_duty, page)
    assert "A member of staff wrote to somebody Not yet It is on its way by e-mail." in read(on_duty.get(page))
    hide(reader.person, Part.PURCHASES)
    said = read(on_duty.get(page))
    assert "A member of staff wrote to somebody" not in said
    assert "They hide something of theirs" in said
