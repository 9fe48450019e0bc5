"""Journeys in the back office, from outside: who may do what, and nobody's work is lost."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.core.loading import get_model

from omni_sync.messages.comparing.begin import begin, latest
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.caps import cap_of
from omni_sync.messages.journeys.models import FollowUp, Journey, Step
from omni_sync.messages.models import Message
from omni_sync.messages.wording.models import Wording
from tests.instore.tablets import has_word, read
from tests.omni_sync.messages.journeys.conftest import journey, reader  # noqa: F401 - a fixture
from tests.omni_sync.messages.wording.conftest import draft, live, marketer, rani, step  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/journeys/"


@pytest.fixture
def desk(client, step, rani):  # noqa: F811
    client.force_login(rani)
    return client


def page_of(step, more=""):  # noqa: F811
    return f"{PAGE}{step.journey_id}/{more}"


def words_page(step, channel="email", variant="a"):  # noqa: F811
    return page_of(step, f"{step.number}/{channel}/{variant}/")


def asked(step, *, revision=0, **said):  # noqa: F811
    usual = {
        "is_on": "on",
        "hold_out": 0,
        "amount": 4,
        "unit": "hours",
        "variants": 1,
        "offer": "",
        "channel1": "email",
    }
    said = {**usual, **said}
    of_journey = {name: said.pop(name) for name in ("is_on", "hold_out") if said[name] != ""}
    said.pop("is_on", None)
    return {"revision": revision, **of_journey, **{f"step1-{name}": value for name, value in said.items()}}


def typed(title="News", text="Look: {what}", *, revision=0, do="keep", **own):
    both = {f"{code}-{name}": value for code in ("en", "id") for name, value in (("title", title), ("text", text))}
    return {**both, "en-revision": revision, "id-revision": revision, "do": do, **own}


def test_strangers_sign_in_and_staff_without_the_right_are_refused(client, step):  # noqa: F811
    pages = (PAGE, page_of(step), words_page(step), page_of(step, "results/"))
    for page in pages:
        assert client.get(page).status_code == 302
    client.force_login(marketer(email="budi@langkah.example"))
    for page in pages:
        assert client.get(page).status_code == 403


def test_who_may_look_may_do_nothing_else(client, step):  # noqa: F811
    client.force_login(marketer("view_journey", email="tia@langkah.example"))
    for page in (PAGE, page_of(step), words_page(step), page_of(step, "results/")):
        assert client.get(page).status_code == 200
    assert client.post(page_of(step), asked(step, hold_out=10)).status_code == 403
    assert client.post(words_page(step), typed()).status_code == 403
    assert client.post(words_page(step), typed(do="try:en")).status_code == 403
    assert client.post(page_of(step, "results/"), {"step": 1, "do": "stop"}).status_code == 403
    assert not Message.objects.exists()
    assert not Wording.objects.exists()


def test_who_may_write_may_not_put_live(client, step):  # noqa: F811
    client.force_login(marketer("view_journey", "change_wording", email="tia@langkah.example"))
    assert client.post(words_page(step), typed()).status_code == 302
    for do in ("live", "off"):
        assert client.post(words_page(step), typed(do=do, revision=1)).status_code == 403
    assert not Wording.objects.filter(live__isnull=False).exists()


def test_the_menu_leads_there(desk):
    assert f'href="{PAGE}"' in desk.get("/dashboard/").content.decode()


def test_a_journey_is_changed_and_says_by_whom(desk, step, rani):  # noqa: F811
    assert desk.post(page_of(step), asked(step, hold_out=15, amount=2, unit="days", variants=2)).status_code == 302
    step.refresh_from_db()
    changed = Journey.objects.get()
    assert (changed.hold_out, changed.changed_by, changed.revision) == (15, rani, 1)
    assert (step.wait, step.variants, step.channels) == (timedelta(days=2), 2, ["email"])


def test_a_journey_that_is_switched_on_begins_now(desk, step):  # noqa: F811
    long_ago = Journey.objects.get().on_since
    desk.post(page_of(step), asked(step))
    assert Journey.objects.get().on_since == long_ago
    desk.post(page_of(step), asked(step, revision=1, is_on=""))
    assert not Journey.objects.get().is_on
    desk.post(page_of(step), asked(step, revision=2))
    assert Journey.objects.get().on_since > timezone.now() - timedelta(minutes=5)


def test_a_stale_form_is_told_and_loses_nothing(desk, step):  # noqa: F811
    desk.post(page_of(step), asked(step, hold_out=10))
    answer = desk.post(page_of(step), asked(step, hold_out=20, amount=7))
    assert answer.status_code == 409
    assert "Rani changed this journey meanwhile" in read(answer, 409)
    page = answer.content.decode()
    assert 'value="20"' in page
    assert 'value="7"' in page
    assert Journey.objects.get().hold_out == 10
    again = re.search(r'name="revision" value="(\d+)"', page)[1]
    assert desk.post(page_of(step), asked(step, revision=again, hold_out=20)).status_code == 302
    assert Journey.objects.get().hold_out == 20


@pytest.mark.parametrize(
    "wrong", [{"hold_out": 91}, {"hold_out": "x"}, {"channel1": ""}, {"channel2": "email"}, {"amount": -1},
              {"amount": 9999, "unit": "days"}, {"variants": 3}, {"channel1": "pigeon"}, {"offer": 5}],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk, step, wrong):  # noqa: F811
    assert desk.post(page_of(step), asked(step, **wrong)).status_code == 422
    assert Journey.objects.get().revision == 0


def test_a_change_ends_a_test_that_runs(desk, step):  # noqa: F811
    Journey.objects.update(hold_out=10)
    begin(step=step, by=None, base=5, effect=30)
    desk.post(page_of(step), asked(step, hold_out=10))
    assert latest(step.pk).why == ""
    desk.post(page_of(step), asked(step, revision=1, hold_out=20))
    assert latest(step.pk).why == "settings"


def test_words_are_kept_and_put_live(desk, step):  # noqa: F811
    desk.post(words_page(step), typed(do="live"))
    assert Wording.objects.filter(live__isnull=False).count() == 2
    page = read(desk.get(words_page(step)))
    assert "People get your words" in page


def test_words_in_one_language_are_kept_and_it_is_said_who_gets_what(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(do="live", **{"id-title": "", "id-text": ""}), follow=True)
    assert "Indonesian is missing. Until then people get the shop" in read(answer)
    assert Wording.objects.get().language == "en"


def test_of_several_languages_that_are_missing_it_is_said_in_the_plural(desk, step):  # noqa: F811
    nothing = {f"{code}-{name}": "" for code in ("en", "id") for name in ("title", "text")}
    answer = desk.post(words_page(step), typed(do="live", **nothing), follow=True)
    assert "English, Indonesian are missing. Until then people get the shop" in read(answer)


def test_what_was_kept_beside_what_is_wrong_is_nobody_elses_change(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(**{"id-text": "Dear {nmae}"}))
    assert answer.status_code == 422
    read_now = re.search(r'name="en-revision" value="(\d+)"', answer.content.decode())[1]
    again = typed(title="Newer", **{"en-revision": read_now})
    assert desk.post(words_page(step), again).status_code == 302
    assert set(Wording.objects.values_list("language", "title")) == {("en", "Newer"), ("id", "Newer")}


def test_an_unknown_name_is_refused_and_nothing_is_lost(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(text="Dear {nmae}"))
    assert answer.status_code == 422
    assert "nothing called {nmae}" in read(answer, 422)
    assert "Dear {nmae}</textarea>" in answer.content.decode()
    assert not Wording.objects.exists()


def test_what_only_looks_like_an_address_is_refused_and_nothing_is_lost(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(text="see https://[x"))
    assert answer.status_code == 422
    assert "see https://[x" in read(answer, 422)
    assert not Wording.objects.exists()


def test_stale_words_are_told_and_nothing_is_lost(desk, step, rani):  # noqa: F811
    desk.post(words_page(step), typed())
    draft(step, "en", "Theirs", by=rani)
    answer = desk.post(words_page(step), typed(title="Mine", revision=1))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'value="Mine"' in page
    assert "Theirs" in read(answer, 409)
    assert Wording.objects.get(language="en").title == "Theirs"
    assert 'name="en-revision" value="2"' in page


def test_the_preview_is_in_a_box_that_runs_nothing(desk, step):  # noqa: F811
    answer = desk.post(
        words_page(step), typed(text='"><script>alert(1)</script>', do="look"), headers={"X-Requested-With": "fetch"}
    )
    page = answer.content.decode()
    assert 'sandbox=""' in page
    assert "<script" not in page
    assert "&amp;lt;script&amp;gt;" in page
    assert not Wording.objects.exists()


@pytest.mark.parametrize(("shows", "words"), [({"what"}, "a bag Sari"), ((), "Senja sneakers, 39 Sari")])
def test_the_preview_shows_nobodys_own(desk, step, shows, words):  # noqa: F811
    facts = {"what": "a bag", "name": "Dewi", "link": "https://shop.example/lists/secret/", "note": "for Dewi"}
    trigger = __import__("omni_sync.messages.journeys.trigger", fromlist=["TRIGGERS"]).TRIGGERS["test_news"]
    object.__setattr__(trigger, "shows", frozenset(shows))
    FollowUp.objects.create(
        journey=step.journey, step=1, occurrence="x", person=reader(), occurred_at=timezone.now(), due_at=timezone.now()
    )
    object.__setattr__(trigger, "facts", lambda rows: {row.pk: facts for row in rows})
    page = desk.post(words_page(step), typed(text="{what} {name}\n\n{link}", do="look")).content.decode()
    assert words in page
    assert not has_word(page, "Dewi")
    assert "secret" not in page


def test_a_trial_goes_to_whoever_asks_and_counts_for_nobody(desk, step, rani):  # noqa: F811
    desk.post(words_page(step), typed(title="Try {what}", do="try:en"))
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == [rani.email]
    assert letter.subject.startswith("[Test] Try ")
    person = reader(rani.email)
    assert cap_of([person.pk], timezone.now()).used[person.pk] == 0
    assert not FollowUp.objects.exists()


def test_a_trial_keeps_what_was_typed_in_the_other_language(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(do="try:en", **{"id-title": "Kabar", "id-text": "Lihat: {what}"}))
    assert answer.status_code == 302
    assert Wording.objects.get(language="id").text == "Lihat: {what}"
    assert Message.objects.get().language == "en"


def test_a_trial_waits_until_everything_can_be_kept(desk, step):  # noqa: F811
    answer = desk.post(words_page(step), typed(do="try:en", **{"id-title": "Kabar", "id-text": "Lihat: {apa}"}))
    assert "nothing called {apa}" in read(answer, 422)
    assert "No test was sent. Look at what is marked first." in read(answer, 422)
    page = answer.content.decode()
    assert 'value="Kabar"' in page
    assert "Lihat: {apa}</textarea>" in page
    assert "Look: {what}</textarea>" in page
    assert not Message.objects.exists()


def test_a_look_says_what_is_wrong_and_shows_nothing_instead(desk, step):  # noqa: F811
    wrong = typed("Hi {nobody}", "Look: {title} {oops", do="look")
    answer = desk.post(words_page(step), wrong)
    page = read(answer, 422)
    assert "nothing called {nobody}" in page
    assert "nothing called {title}" in page
    assert 'value="Hi {nobody}"' in answer.content.decode()
    beside = desk.post(words_page(step), wrong, headers={"X-Requested-With": "fetch"})
    assert "nothing called {nobody}" in read(beside)
    for one in (answer, beside):
        assert "<iframe" not in one.content.decode()
    assert not Wording.objects.exists()


def test_a_language_in_which_nothing_was_typed_shows_the_shops_own_words(desk, step):  # noqa: F811
    words = typed("Hi {nobody}", do="look", **{"id-title": "", "id-text": ""})
    page = desk.post(words_page(step), words).content.decode()
    assert page.count("<iframe") == 1
    assert "News of " in page


def test_a_fact_that_the_example_lacks_is_said_instead_of_other_words(desk, step):  # noqa: F811
    now = timezone.now()
    times = {"start_datetime": now, "end_datetime": now + timedelta(days=9)}
    Step.objects.update(offer=get_model("voucher", "Voucher").objects.create(name="Rain", code="RAIN10", **times))
    desk.post(words_page(step), typed(text="Yours: {offer}"))
    assert desk.get(words_page(step)).content.decode().count("<iframe") == 2
    Step.objects.update(offer=None)
    answer = desk.get(words_page(step))
    assert "In this example something in braces isn't known" in read(answer)
    assert "<iframe" not in answer.content.decode()


def test_words_are_taken_off_and_what_was_typed_meanwhile_is_kept(desk, step):  # noqa: F811
    desk.post(words_page(step), typed(do="live"))
    answer = desk.post(words_page(step), typed(title="Newer", revision=1, do="off"), follow=True)
    assert "Your draft is kept." in read(answer)
    assert set(Wording.objects.values_list("title", "live")) == {("Newer", None)}


def test_words_are_taken_off_although_what_was_typed_cannot_be_kept(desk, step):  # noqa: F811
    desk.post(words_page(step), typed(do="live"))
    answer = desk.post(words_page(step), typed(text="Dear {nmae}", revision=1, do="off"))
    page = read(answer, 422)
    assert "People get the shop's own words." in page
    assert "Dear {nmae}</textarea>" in answer.content.decode()
    assert not Wording.objects.filter(live__isnull=False).exists()


def test_so_many_trials_are_enough(desk, step):  # noqa: F811
    for n in range(13):
        assert desk.post(words_page(step), typed(title=f"Try {n}", revision=n, do="try:en")).status_code == 302
    assert Message.objects.count() == 10


def test_words_stand_where_the_step_goes_alone(desk, step):  # noqa: F811
    for page in (words_page(step, "sms"), words_page(step, "pigeon"), words_page(step, variant="b"), f"{PAGE}999/"):
        assert desk.get(page).status_code == 404


def test_the_pages_ask_the_same_however_much_there_is(desk, step):  # noqa: F811
    live(step)
    pages = (PAGE, page_of(step), words_page(step))
    few = [queries(desk, page) for page in pages]
    for n in range(49):
        made = Journey.objects.create(name=f"other-{n}", trigger="gone", is_on=False)
        Step.objects.create(journey=made, number=1, wait=timedelta(hours=1), channels=["email"])
    now = timezone.now()
    FollowUp.objects.bulk_create(
        FollowUp(
            journey=step.journey, step=1, occurrence=f"x{n}", person=reader(f"s{n}@example.com"), occurred_at=now,
            due_at=now, decided_at=now, state="stopped", why="cap",
        )
        for n in range(50)
    )  # fmt: skip
    for n in range(20):
        live(step, f"News {n}")
    assert [queries(desk, page) for page in pages] == few
    assert max(few) <= 16, few


def queries(desk, page):
    desk.get(page)
    with CaptureQueriesContext(connection) as asked_for:
        assert desk.get(page).status_code == 200
    return len(asked_for)
