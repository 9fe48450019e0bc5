import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.messages.channels.registry import channel_of
from omni_sync.messages.channels.webpush.exceptions import BadSubscription
from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.messages.channels.webpush.subscribe import devices_of, subscribe
from omni_sync.messages.channels.webpush.subscription import Subscription
from omni_sync.messages.stub.server import Fault
from omni_sync.people.account import person_of
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import may
from tests.omni_sync.messages.channels.conftest import Browser, sent

pytestmark = pytest.mark.django_db


def pushed(person, **fields):
    return sent(person, "push", to=f"#{person.pk}", **fields)


def test_a_device_reads_what_nobody_else_can(sari, stub):
    laptop = Browser(stub).of(sari)
    message = pushed(sari, purpose="marketing")
    (request,) = stub.taken
    assert message.state == "sent"
    assert b"The bag" not in request.body
    told = laptop.reads(request)
    assert (told["title"], told["url"]) == ("The bag is back", "https://shop.example/bag/")
    assert told["stop"] == "https://shop.example/u/secret/"
    assert request.headers["urgency"] == "low"
    assert request.headers["topic"] == message.provider_id
    assert 0 < int(request.headers["ttl"]) <= 86400


def test_long_words_are_cut_to_what_a_service_takes(sari, stub):
    laptop = Browser(stub).of(sari)
    assert pushed(sari, left="ж" * 5000).state == "sent"
    assert laptop.reads(stub.taken[0])["body"].endswith("…")


def test_every_device_gets_it_and_one_is_enough(sari, stub):
    for name in ("laptop", "phone", "old"):
        Browser(stub, name).of(sari)
    stub.faults += [Fault(503), Fault(410)]
    assert pushed(sari).state == "sent"
    assert len(stub.taken) == 1
    assert [row.device for row in devices_of(sari)] == ["old", "laptop"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(sari, stub, status):
    Browser(stub).of(sari)
    stub.faults.append(Fault(status))
    assert pushed(sari).state == "failed"
    assert not PushSubscription.objects.exists()
    assert channel_of("push").addresses([sari.pk], is_marketing=True) == {}


@pytest.mark.parametrize(
    ("fault", "state"), [(Fault(413), "failed"), (Fault(429, {"Retry-After": "9"}), "waiting"), (Fault(), "failed")]
)
def test_what_one_device_answers_is_the_answer(sari, stub, fault, state):
    Browser(stub).of(sari)
    stub.faults.append(fault)
    assert pushed(sari, purpose="marketing").state == state
    assert PushSubscription.objects.exists()


def test_without_a_device_there_is_nothing_to_send(sari):
    message = pushed(sari)
    assert (message.state, message.failure) == ("failed", "no device")


def test_devices_of_two_rows_of_one_human_are_theirs(sari, stub):
    other = Person.objects.create(name="Sari", merged_into=sari)
    Browser(stub).of(other)
    assert channel_of("push").addresses([sari.pk], is_marketing=True) == {sari.pk: f"#{sari.pk}"}
    assert pushed(sari).state == "sent"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a", "https://127.0.0.2/a", "https://10.0.0.8/a", "https://localhost/a", "file:///etc/passwd",
        "https://[::1]/a", "https://user@push.example/a", "https://push.example/" + "a" * 1000, "", "https://",
    ],
)  # fmt: skip
def test_nothing_is_sent_into_our_own_house(sari, stub, endpoint):
    fine = Browser(stub).subscription
    with pytest.raises(BadSubscription), transaction.atomic():
        subscribe(person=sari, subscription=Subscription(endpoint, fine.p256dh, fine.auth), device="", language="en")


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("!!", "!!"), ("BB" * 44, "A" * 22)])
def test_keys_that_no_browser_makes_are_refused(sari, stub, p256dh, auth):
    with pytest.raises(BadSubscription):
        Subscription(Browser(stub).endpoint, p256dh, auth).check()


def test_where_a_device_is_reached_is_sealed(sari, stub):
    laptop = Browser(stub).of(sari)
    row = PushSubscription.objects.get()
    assert laptop.endpoint.encode() not in bytes(row.sealed)


def test_of_more_than_ten_the_oldest_goes(sari, stub):
    for number in range(11):
        Browser(stub, f"device-{number}").of(sari)
    assert [row.device for row in devices_of(sari)][-1] == "device-1"
    assert len(devices_of(sari)) == 10


@pytest.fixture
def member(client):
    user = get_user_model().objects.create_user("sari@example.com", "long enough 1")
    client.force_login(user)
    return user


def tap(client, browser, **more):
    told = browser.subscription
    return client.post(
        "/me/push/", {"endpoint": told.endpoint, "p256dh": told.p256dh, "auth": told.auth, "device": "Firefox", **more}
    )


def test_a_tap_is_a_yes_and_the_last_no_more_takes_it_back(client, member, stub):
    answer = tap(client, Browser(stub), next="/accounts/messages/#push")
    assert (answer.status_code, answer.url) == (302, "/accounts/messages/#push")
    with transaction.atomic():
        person = person_of(user=member)
    yes = Consent.objects.get(person=person, channel="push")
    assert (yes.state, yes.is_claim, "by notification" in yes.wording) == ("granted", False, True)
    tap(client, Browser(stub))
    assert Consent.objects.filter(channel="push").count() == 1
    (row,) = devices_of(person)
    client.post("/me/push/end/", {"which": row.pk})
    assert devices_of(person) == []
    assert not may(person_id=person.pk, channel="push", purpose="marketing")


def test_a_device_is_whoevers_signed_in_on_it_last(client, member, sari, stub):
    laptop = Browser(stub).of(sari)
    tap(client, laptop)
    assert devices_of(sari) == []


def test_nobody_ends_anothers(client, member, sari, stub):
    Browser(stub).of(sari)
    client.post("/me/push/end/", {"which": devices_of(sari)[0].pk})
    assert len(devices_of(sari)) == 1


def test_nobody_is_led_elsewhere(client, member, stub):
    assert tap(client, Browser(stub), next="https://evil.example/").url == "/me/"


def test_the_page_has_the_button_and_the_devices(client, member, stub):
    tap(client, Browser(stub))
    page = client.get("/accounts/messages/").content.decode()
    assert "data-push=" in page
    assert "Firefox" in page
    assert devices_of(Person.objects.get(user=member))[0].mark in page


def test_a_shop_without_a_key_shows_no_button(client, member, settings):
    settings.LINTAS_VAPID = {}
    assert "data-push=" not in client.get("/accounts/messages/").content.decode()


def test_the_script_that_shows_them_speaks_for_the_whole_shop(client, db):
    answer = client.get("/notifications.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert b"showNotification" in answer.content
