"""One click ends what nobody asked for: from anywhere, at once, and nothing else does (RFC 8058)."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.unsubscribe.tokens import new_token, token_hash
from omni_sync.messages.unsubscribe.unsubscribe import REGRET
from omni_sync.people.consent import answer
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Consent, Person
from omni_sync.people.signals import person_erased
from omni_sync.people.standing import may
from settings.logs.masking import masked
from tests.e2e.looks import misshapen
from tests.omni_sync.messages.journeys.conftest import reader
from tests.shop.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def person():
    return reader()


@pytest.fixture
def browser():
    """Nobody's: no cookies, and no form of ours was read before."""
    return Client(enforce_csrf_checks=True)


def written_to(person, *, channel="email", language="en", **fields):
    """The address of the page below a message to this person."""
    token = new_token()
    facts = {"to": "sari@example.com", "data": sealed({"what": "a bag", "stop": "x"}), "kind": "test_news"}
    Message.objects.create(
        key=f"follow-up:{token[:20]}", person=person, channel=channel, language=language, purpose="marketing",
        stop_hash=token_hash(token), **{**facts, **fields},
    )  # fmt: skip
    return f"/u/{token}/"


def sent(person, **fields):
    return written_to(person, state="sent", sent_at=timezone.now(), **fields)


def say(person, state, channel="email"):
    about = {"channel": channel, "purpose": "marketing", "language": "en"}
    with transaction.atomic():
        answer(person=person, state=Consent.State(state), source="web", **about)


def agrees(person, channel="email"):
    return may(person_id=person.pk, channel=channel, purpose="marketing")


def one_click(browser, page):
    """What a mail programme posts."""
    return browser.post(page, ONE_CLICK, content_type="application/x-www-form-urlencoded")


def test_a_mail_programme_ends_it_with_one_post(person, browser):
    answer = one_click(browser, sent(person))
    assert answer.status_code == 200
    assert not agrees(person)
    assert Consent.objects.latest("pk").source == "unsubscribe"


def test_looking_changes_nothing(person, browser):
    page = sent(person)
    for look in (browser.get, browser.head):
        assert look(page).status_code == 200
    assert agrees(person)
    assert Consent.objects.count() == 1
    assert "No more news and offers by e-mail?" in text_of(browser.get(page))


def test_twice_is_once(person, browser):
    page = sent(person)
    assert [one_click(browser, page).status_code for _ in range(3)] == [200, 200, 200]
    assert Consent.objects.filter(state="withdrawn").count() == 1


def test_what_waits_at_that_moment_never_goes(person, browser):
    page = sent(person)
    written_to(person)
    one_click(browser, page)
    assert send_messages() == (0, True)
    assert mail.outbox == []
    assert Message.objects.filter(state="stopped", failure="consent").count() == 1


def test_without_it_what_waits_goes(person):
    written_to(person)
    assert send_messages() == (1, True)


def test_it_ends_that_channel_alone(person, browser):
    say(person, "granted", channel="sms")
    one_click(browser, sent(person, channel="sms"))
    assert not agrees(person, "sms")
    assert agrees(person)


def test_it_works_for_a_row_that_became_anothers(browser):
    person = reader()
    page = sent(Person.objects.create(merged_into=person))
    one_click(browser, page)
    assert not agrees(person)


def test_it_works_without_an_account_and_without_a_session(person, browser):
    assert person.user is None
    answer = one_click(browser, sent(person))
    assert answer.status_code == 200
    assert answer.cookies == {}


def test_an_unknown_link_is_told_so_with_a_way_on(browser):
    for page in (browser.get(f"/u/{new_token()}/"), one_click(browser, f"/u/{new_token()}/")):
        assert page.status_code == 404
        assert "/me/messages/" in page.content.decode()


def test_the_link_of_somebody_forgotten_is_nobodys(person, browser):
    page = sent(person)
    with transaction.atomic():
        person_erased.send(sender=Person, person_ids=[person.pk], user_ids=[], values=[])
        Message.objects.update(person=None)
    assert one_click(browser, page).status_code == 404


def test_who_guesses_is_slowed_down(browser):
    """Twice as often as a minute allows: they may lie in two."""
    codes = {browser.get(f"/u/{new_token()}/").status_code for _ in range(121)}
    assert codes == {404, 429}


def test_a_provider_that_ends_it_for_many_is_not_slowed_down(browser):
    people = [reader(f"s{n}@example.com") for n in range(70)]
    assert {one_click(browser, sent(person)).status_code for person in people} == {200}
    assert not any(map(agrees, people))


def test_no_log_has_the_token():
    assert masked("/u/abcdef/") == "/u/***/"
    assert "abcdef" not in masked("/u/abcdef/mistake/")


def test_nobody_is_told_where_they_came_from_and_nobody_keeps_the_page(person, browser):
    answer = browser.get(sent(person))
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_speaks_the_language_of_the_message(person, browser):
    answer = browser.get(sent(person, language="id"))
    assert answer.headers["Content-Language"] == "id"
    assert 'lang="id"' in answer.content.decode()


def test_a_mistake_is_taken_back_with_the_words_that_were_read(person, browser):
    page = sent(person)
    answer = one_click(browser, page)
    assert list(misshapen(answer.content.decode())) == []
    done = text_of(answer)
    assert "may write to me by e-mail about new things" in done
    for _ in range(2):
        answer = browser.post(f"{page}mistake/")
        assert "You get news and offers by e-mail again." in text_of(answer)
    assert agrees(person)
    again = Consent.objects.latest("pk")
    assert again.wording in done
    assert Consent.objects.filter(state="granted").count() == 2


def test_a_look_takes_nothing_back(person, browser):
    page = sent(person)
    one_click(browser, page)
    answer = browser.get(f"{page}mistake/")
    assert (answer.status_code, answer.url) == (302, page)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not agrees(person)


def test_later_the_link_takes_nothing_back(person, browser, monkeypatch):
    page = sent(person)
    one_click(browser, page)
    later = timezone.now() + REGRET + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert browser.post(f"{page}mistake/").status_code == 409
    assert not agrees(person)


def test_a_no_that_was_said_elsewhere_is_not_taken_back_by_a_link(person, browser):
    page = sent(person)
    one_click(browser, page)
    say(person, "withdrawn")
    assert browser.post(f"{page}mistake/").status_code == 409
    assert not agrees(person)


def test_who_is_parted_later_has_heard_the_no_on_each_side(browser):
    """The letter was about what the till's row bought, and went to the address of the account's."""
    person, till = reader(), reader(address="sari.at.work@example.com")
    office = get_user_model().objects.create_user("office@example.com", "x")
    with transaction.atomic():
        match = merge(person_ids=(person.pk, till.pk), by=office)
    page = sent(till)
    one_click(browser, page)
    with transaction.atomic():
        undo(match_id=match.pk, by=office)
    assert [agrees(Person.objects.get(pk=one.pk)) for one in (person, till)] == [False, False]
