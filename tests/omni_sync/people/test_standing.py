"""What somebody agreed to is a function of the set of their statements, and nobody rewrites one."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.people.consent import Statement, answer, note
from omni_sync.people.exceptions import UnknownPurpose
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import consents_of, history_of, may, standing
from omni_sync.people.suppression import suppress
from omni_sync.people.wordings import MARKETING, wording_of
from tests.factories import make_store
from tests.omni_sync.people.conftest import account, look, someone

NOW = timezone.now()
Granted, Withdrawn = Consent.State.GRANTED, Consent.State.WITHDRAWN

STATEMENT = st.builds(
    lambda channel, purpose, state, hours, claim: Consent(
        channel=channel, purpose=purpose, state=state, is_claim=claim, recorded_at=NOW, wording="" if claim else "Yes.",
        at=None if hours is None and claim else NOW - timedelta(hours=hours or 0),
    ),
    st.sampled_from(["email", "whatsapp"]), st.sampled_from(["marketing", "service"]), st.sampled_from(Consent.State),
    st.none() | st.integers(-3, 5), st.booleans(),
)  # fmt: skip


def states(statements):
    return {about: said.state for about, said in standing(statements).items()}


@given(st.lists(STATEMENT, max_size=8), st.randoms())
def test_what_stands_is_a_function_of_the_set_of_statements(statements, random):
    shuffled = random.sample(statements, len(statements))
    assert states(shuffled) == states(statements)
    assert states([*shuffled, *statements]) == states(statements)


@given(st.lists(STATEMENT, max_size=8))
def test_a_claim_is_never_a_yes_and_the_latest_no_is_heard(statements):
    for about, said in standing(statements).items():
        assert not (said.state == Granted and said.is_claim)
        later_no = [s for s in statements if (s.channel, s.purpose) == about and s.state == Withdrawn]
        if said.state == Granted:
            assert all(no.said_at < said.said_at for no in later_no)


def say(person, state, *, hours=0, wording="I want news.", channel="email", store=None, **more):
    with transaction.atomic():
        at = timezone.now() - timedelta(hours=hours)
        told = Statement(person.pk, channel, MARKETING, state, at=at, wording=wording, **more)
        note(statements=[told], source="till", store_id=store)
    return Consent.objects.latest("pk")


@pytest.mark.django_db
def test_a_statement_says_what_was_read_where_and_who_took_it_down():
    store = make_store("menteng")
    said = say(someone(), Granted, store=store.pk, associate="Rina", wording_version="7")
    assert said.wording_hash == hashlib.sha256(b"I want news.").hexdigest()
    assert (said.store, said.associate, said.wording_version, said.is_claim) == (store, "Rina", "7", False)
    store.delete()
    said.refresh_from_db()
    assert said.store is None


@pytest.mark.django_db
def test_a_members_answer_is_kept_with_our_wording():
    user = account("sari@example.com")
    person = Person.objects.create(user=user)
    with transaction.atomic():
        answer(person=person, channel="email", purpose=MARKETING, state=Granted, language="id-ID", source="web")
    said = Consent.objects.get()
    shown = wording_of(channel="email", purpose=MARKETING, language="id")
    assert (said.wording, said.wording_version, said.locale) == (shown.text, shown.version, "id")
    assert may(person_id=person.pk, channel="email", purpose=MARKETING)
    with pytest.raises(UnknownPurpose), transaction.atomic():
        answer(person=person, channel="email", purpose="selling my data", state=Granted, language="en", source="web")


@pytest.mark.django_db
def test_all_rows_of_a_human_speak_and_others_do_not():
    a = someone(("email", "a@example.com", True))
    b = someone(("email", "a@example.com", True))
    stranger = someone(("email", "a@example.com", False))
    look(a, b, stranger)
    a.refresh_from_db()
    say(a, Granted, hours=3)
    assert may(person_id=b.pk, channel="email", purpose=MARKETING)
    assert not may(person_id=stranger.pk, channel="email", purpose=MARKETING)
    say(b, Withdrawn, hours=1)
    say(a, Granted, hours=2)
    assert consents_of(a)["email", MARKETING].state == Withdrawn
    assert len(history_of(a)) == 3
    assert not may(person_id=a.pk, channel="email", purpose=MARKETING)


@pytest.mark.django_db
def test_a_claim_and_silence_send_nothing():
    person = someone()
    assert not may(person_id=person.pk, channel="email", purpose=MARKETING)
    say(person, Granted, wording="")
    assert not may(person_id=person.pk, channel="email", purpose=MARKETING)


@pytest.mark.django_db
def test_who_was_forgotten_is_not_written_to_for_an_old_yes_but_for_a_new_one():
    person = someone(("email", "a@example.com", False))
    say(person, Granted, hours=1)
    with transaction.atomic():
        suppress(["a@example.com"])
    assert not may(person_id=person.pk, channel="email", purpose=MARKETING)
    say(person, Granted, hours=-1)
    assert may(person_id=person.pk, channel="email", purpose=MARKETING)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE omni_sync_consent SET state = 'granted'",
        "UPDATE omni_sync_consent SET at = now()",
        "UPDATE omni_sync_consent SET wording = 'Something else.', wording_hash = 'x'",
        "DELETE FROM omni_sync_consent",
    ],
)
def test_the_database_lets_nobody_rewrite_a_statement(statement):
    say(someone(), Withdrawn)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Consent.objects.get().state == Withdrawn


@pytest.mark.django_db
def test_only_who_forgets_somebody_takes_their_statements_along():
    say(someone(), Granted)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.get().delete()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lintas.erasing = 'on'")
        Person.objects.get().delete()
    assert not Consent.objects.exists()


@pytest.mark.django_db
def test_a_wording_without_its_hash_is_refused():
    with pytest.raises(IntegrityError, match="consent_wording_is_hashed"), transaction.atomic():
        Consent.objects.create(person=someone(), channel="email", purpose="x", state=Granted, wording="W", source="t")
