"""A member's page of what they hear from us."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.messages.channels.email.channel import Email
from omni_sync.messages.journeys.models import FollowUp, Journey
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.preferences.preferred import language_of, preferred_of
from omni_sync.people.account import person_of
from omni_sync.people.models import Consent, Identifier, Person
from omni_sync.people.reach import verified
from omni_sync.people.standing import may
from tests.e2e.looks import misshapen
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
HERE = "/accounts/messages/"
PLAIN = "/me/messages/"
CHOSEN = {"language": "id", "zone": "Asia/Makassar", "quiet_from": "21:30", "quiet_until": "07:00"}


class Sms(Email):
    """A channel to phones, as far as the page asks."""

    def addresses(self, root_ids: Sequence[int], *, is_marketing: bool) -> Mapping[int, str]:
        return verified(root_ids, kind=Identifier.Kind.PHONE)


@pytest.fixture(autouse=True)
def by_sms(settings):
    settings.LINTAS_CHANNELS = {"sms": f"{__name__}.Sms", "whatsapp": "", "push": ""}


@pytest.fixture
def user(client):
    user = get_user_model().objects.create_user("ayu@example.com", "x", first_name="Ayu")
    client.force_login(user)
    return user


@pytest.fixture
def person(user):
    with transaction.atomic():
        return person_of(user=user)


def prove(person, kind, value):
    told, _ = Identifier.objects.get_or_create(person=person, kind=kind, value=value, defaults={"source": "test"})
    Identifier.objects.filter(pk=told.pk).update(verified_at=timezone.now(), proof="link")


def allow(client, state, channel, here=HERE):
    return client.post(f"{here}say/", {"state": state, "channel": channel})


def test_strangers_sign_in_first(client):
    for page in (HERE, PLAIN):
        assert client.get(page).status_code == 302


def test_one_tap_allows_and_one_withdraws(client, person):
    prove(person, "email", "ayu@example.com")
    assert "By e-mail Not allowed" in text_of(client.get(HERE))
    assert "It goes to ayu@example.com." in text_of(client.get(HERE))
    assert allow(client, "granted", "email").url == HERE
    assert may(person_id=person.pk, channel="email", purpose="marketing")
    assert "may write to me by e-mail" in Consent.objects.get().wording
    assert "By e-mail Allowed" in text_of(client.get(HERE))
    allow(client, "withdrawn", "email")
    assert not may(person_id=person.pk, channel="email", purpose="marketing")


@pytest.mark.parametrize("here", [HERE, PLAIN])
def test_who_only_looks_where_they_answer_is_led_to_the_page(client, person, here):
    prove(person, "email", "ayu@example.com")
    answer = client.get(f"{here}say/", {"state": "granted", "channel": "email"})
    assert (answer.status_code, answer.url) == (302, here)
    assert not Consent.objects.exists()


def test_an_address_that_is_not_confirmed_is_told_so(client, person):
    assert "Nothing goes before you have confirmed your address." in text_of(client.get(HERE))


def test_sms_is_offered_to_who_proved_a_phone(client, person):
    assert "By SMS" not in text_of(client.get(HERE))
    allow(client, "granted", "sms")
    assert not Consent.objects.exists()
    prove(person, "phone", "+628111234567")
    assert "It goes to +628111234567." in text_of(client.get(HERE))
    allow(client, "granted", "sms")
    assert may(person_id=person.pk, channel="sms", purpose="marketing")


def test_a_channel_of_nobody_is_not_agreed_to(client, person):
    for channel in ("pigeon", "whatsapp", ""):
        allow(client, "granted", channel)
    assert not Consent.objects.exists()


def test_hours_and_language_are_kept_and_count(client, person):
    assert client.post(HERE, CHOSEN).url == HERE
    chosen = preferred_of([person.root_id])[person.root_id]
    assert (chosen.language, chosen.zone) == ("id", "Asia/Makassar")
    assert (chosen.quiet_from, chosen.quiet_until) == (time(21, 30), time(7))
    page = client.get(HERE).content.decode()
    assert 'value="21:30"' in page
    assert '<option value="Asia/Makassar" selected>' in page
    client.post(HERE, {})
    assert Preference.objects.get().quiet_from is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": ""}, "Say both from when and until when"),
        ({"quiet_until": "21:30"}, "This is the time at which it begins."),
        ({"quiet_from": "25:00"}, "valid time"),
        ({"zone": "Mars/Olympus"}, "valid choice"),
        ({"language": "xx"}, "valid choice"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(client, person, wrong, words):
    answer = client.post(HERE, {**CHOSEN, **wrong})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Preference.objects.exists()


def test_another_row_of_the_human_is_the_same_human(client, person):
    till = Person.objects.create(merged_into=person)
    Preference.objects.create(person=till, zone="Asia/Jayapura")
    assert '<option value="Asia/Jayapura" selected>' in client.get(HERE).content.decode()
    client.post(HERE, CHOSEN)
    assert preferred_of([person.root_id])[person.root_id].zone == "Asia/Makassar"


def test_the_page_speaks_indonesian_where_its_address_does(client, person):
    answer = client.get(f"/id{HERE}")
    assert answer.headers["Content-Language"] == "id"
    assert "boleh mengabari saya" in text_of(answer)
    assert allow(client, "granted", "email", here=f"/id{HERE}").url == f"/id{HERE}"
    assert Consent.objects.get().locale == "id"


def test_the_menus_and_the_page_of_consents_lead_there(client, person):
    assert f'href="{HERE}"' in client.get("/accounts/").content.decode()
    assert f'href="{HERE}"' in client.get("/accounts/privacy/").content.decode()
    assert f'href="{PLAIN}"' in client.get("/me/").content.decode()


@pytest.mark.parametrize(
    ("here", "privacy"), [(HERE, "/accounts/privacy/"), (f"/id{HERE}", "/id/accounts/privacy/"), (PLAIN, "/me/")]
)
def test_what_stands_beside_it_is_in_the_same_language(client, person, here, privacy):
    assert f'href="{privacy}"' in client.get(here).content.decode()
    assert f'href="{here}"' in client.get(privacy).content.decode()


def test_it_says_what_came_and_why_not_and_nothing_of_others(client, person):
    other = Person.objects.create(name="Budi")
    heard(person, "cap", {"cap": [1, 1]})
    heard(other, "held_out")
    answer = client.get(HERE)
    assert list(misshapen(answer.content.decode())) == []
    page = text_of(answer)
    assert "you had heard enough from us for now" in page
    assert "a small group" not in page


def test_nobody_keeps_the_page(client, person):
    assert client.get(HERE).headers["Cache-Control"] == "no-store"


def test_fifty_cost_what_one_costs(client, person):
    heard(person, "cap")
    client.get(HERE)
    with CaptureQueriesContext(connection) as few:
        client.get(HERE)
    for _ in range(50):
        heard(person, "cap", {"cap": [1, 1]})
    with CaptureQueriesContext(connection) as many:
        client.get(HERE)
    assert len(many) == len(few) <= 32


def heard(person, why, said=None):
    journey, _ = Journey.objects.get_or_create(name="test_page", trigger="test_page")
    now = timezone.now()
    FollowUp.objects.create(
        journey=journey, step=1, occurrence=str(FollowUp.objects.count()), person=person, occurred_at=now, due_at=now,
        state="stopped", why=why, decided_at=now, said=said or {},
    )  # fmt: skip


@pytest.mark.parametrize(("told", "language"), [("id-ID", "id"), ("id_ID", "id"), ("ID", "id"), ("xx", ""), ("", "")])
def test_a_till_names_a_language_as_tills_do(person, told, language):
    Consent.objects.create(person=person, channel="sms", purpose="marketing", state="granted", source="t", locale=told)
    assert language_of(person.pk) == language


def test_what_they_read_last_counts_not_what_we_heard_of_last(person):
    now = timezone.now()
    for locale, days in (("id", 1), ("en", 900), ("xx", 0)):
        said = {"channel": "sms", "purpose": "marketing", "state": "granted", "at": now - timedelta(days=days)}
        Consent.objects.create(person=person, source="t", locale=locale, **said)
    assert language_of(person.pk) == "id"
