"""What a marketer wrote goes out instead of the files' words; what went out can be read as it was."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from oscar.core.loading import get_model

from omni_sync.messages.comparing.begin import begin, latest
from omni_sync.messages.drain import send_messages
from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.decide import decide_follow_ups
from omni_sync.messages.journeys.models import FollowUp, Journey, Step
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.messages.wording.exceptions import MissingLanguage
from omni_sync.messages.wording.live import go_live, take_off
from omni_sync.messages.wording.models import Wording, WordingVersion
from omni_sync.messages.wording.write import write_draft
from omni_sync.messages.words import words_of
from tests.omni_sync.messages.journeys.conftest import NOON, reader, scanned
from tests.omni_sync.messages.wording.conftest import draft, live, put_live

pytestmark = pytest.mark.django_db
FIVE = timezone.timedelta(hours=5)


@pytest.fixture
def at_five(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + FIVE)


def follow(*persons):
    for n, person in enumerate(persons or [reader()]):
        scanned(person, key=f"scan-{n}")
    plan_follow_ups(now=NOON + FIVE)
    decide_follow_ups()
    send_messages()
    return list(mail.outbox)


def test_live_words_go_out_with_the_link_to_no_more(step, at_five):
    live(step, "For you:  {what}", "Look at {what}, <b>now</b>.\n\n{link}")
    (letter,) = follow()
    assert letter.subject == "For you: a bag"
    assert "Look at a bag, <b>now</b>." in letter.body
    assert "https://shop.example/u/" in letter.body
    html = letter.alternatives[0][0]
    assert "&lt;b&gt;now&lt;/b&gt;" in html
    assert 'href="https://shop.example/bag/"' in html
    assert 'href="https://shop.example/u/' in html
    assert letter.extra_headers["List-Unsubscribe"].startswith("<https://shop.example/u/")


def test_a_draft_is_sent_to_nobody(step, at_five):
    draft(step, "en", "Draft", "Draft")
    (letter,) = follow()
    assert letter.subject == "News of a bag"


def test_one_language_alone_never_goes_live(step, at_five):
    draft(step, "en")
    with pytest.raises(MissingLanguage) as refusal:
        put_live(step)
    assert refusal.value.languages == ("id",)
    assert not WordingVersion.objects.exists()
    (letter,) = follow()
    assert letter.subject == "News of a bag"


def test_who_lacks_a_fact_gets_the_shops_own_words(step, at_five):
    live(step, "Hello {name}", "Look.")
    (letter,) = follow()
    assert letter.subject == "News of a bag"


def test_everybody_gets_the_words_of_their_version(step, at_five):
    Step.objects.update(variants=2)
    live(step, "First", "a")
    live(step, "Second", "b", variant="b")
    letters = follow(*(reader(f"s{n}@example.com") for n in range(12)))
    said = {letter.to[0]: letter.subject for letter in letters}
    for one in FollowUp.objects.select_related("message"):
        assert said[one.message.to] == {"a": "First", "b": "Second"}[one.variant]
    assert set(said.values()) == {"First", "Second"}


def test_a_message_is_read_as_it_was_whatever_was_written_since(step, at_five):
    live(step, "Old", "Old words")
    follow()
    live(step, "New", "New words")
    message = Message.objects.get()
    assert words_of(message).subject == "Old"
    version = WordingVersion.objects.get(pk=FollowUp.objects.get().said["wording"])
    assert (version.number, version.title) == (1, "Old")
    assert list(WordingVersion.objects.filter(wording__language="en").values_list("number", flat=True)) == [2, 1]


def test_words_that_change_between_decision_and_sending_change_nothing(step, at_five):
    live(step, "Old", "Old words")
    scanned(reader())
    plan_follow_ups(now=NOON + FIVE)
    decide_follow_ups()
    live(step, "New", "New words")
    send_messages()
    assert [letter.subject for letter in mail.outbox] == ["Old"]


def test_live_again_makes_no_version(step):
    assert len(live(step)) == 2
    assert put_live(step) == []


def test_taken_off_the_shops_own_words_are_back(step, at_five):
    live(step, "Mine", "Mine")
    assert take_off(step=step, channel="email", variant="a")
    assert not take_off(step=step, channel="email", variant="a")
    (letter,) = follow()
    assert letter.subject == "News of a bag"
    assert Wording.objects.get(language="en").title == "Mine"


def test_a_stale_writer_is_told_and_writes_over_nothing(step, rani):
    kept = draft(step, "en", "First", by=rani)
    draft(step, "en", "Second")
    mine = Wording(pk=kept.pk, step=step, channel="email", language="en", variant="a", title="Third", text="x")
    with pytest.raises(Stale) as refusal:
        write_draft(wording=mine, revision=kept.revision, by=rani)
    assert refusal.value.revision == 2
    assert Wording.objects.get().title == "Second"
    with pytest.raises(Stale):
        write_draft(wording=mine, revision=0, by=rani)


def test_what_was_not_read_is_not_put_live(step):
    for language in ("en", "id"):
        draft(step, language)
    draft(step, "en", "Changed since")
    with pytest.raises(Stale):
        go_live(step=step, channel="email", variant="a", revisions={"en": 1, "id": 1}, by=None)
    assert not WordingVersion.objects.exists()


def test_other_words_end_a_test(step):
    Journey.objects.update(hold_out=10)
    live(step)
    begin(step=step, by=None, base=5, effect=30)
    put_live(step)
    assert latest(step.pk).why == ""
    live(step, "Other")
    assert latest(step.pk).why == "words"
    begin(step=step, by=None, base=5, effect=30)
    take_off(step=step, channel="email", variant="a")
    assert latest(step.pk).why == "words"


def test_the_code_of_an_offer_is_named_where_there_is_one(step, at_five):
    with pytest.raises(ValidationError, match=r"nothing called \{offer\}"):
        draft(step, "en", "Yours: {offer}", "x")
    times = {"start_datetime": NOON, "end_datetime": NOON + timezone.timedelta(days=9)}
    Step.objects.update(offer=get_model("voucher", "Voucher").objects.create(name="Rain", code="RAIN10", **times))
    live(Step.objects.get(), "Yours: {offer}", "x")
    (letter,) = follow()
    assert letter.subject == "Yours: RAIN10"
