"""Connections from the back office: made, named, given new secrets that are shown once; by who may."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from omni_sync.pos.models import Connection, ConnectionStore
from omni_sync.pos.outbox.models import Endpoint
from omni_sync.pos.rotate import name_of_secret, retire_secrets, rotate_secret
from omni_sync.pos.secrets import secrets_of
from tests.factories import make_connection, make_record, make_store, post, sale, sign, tell
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db
BASE = "/dashboard/lintas/connections/"


@pytest.fixture
def rani():
    return get_user_model().objects.create_superuser("rani@langkah.example", "x")


@pytest.fixture
def desk(client, rani):
    client.force_login(rani)
    return client


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    make_record(store, on_hand=50)
    return make_connection(store, name="menteng-till")


def read(answer):
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def act(desk, till, action, **more):
    return desk.post(f"{BASE}{till.pk}/", {"action": action, **more})


def told(answer):
    """The secret on a page; None where there is none."""
    found = re.search(r"whsec_[\w+/=]+", answer.content.decode())
    return found and found[0]


def test_a_till_is_connected_and_its_secret_shown_once(desk, store):
    answer = desk.post(f"{BASE}new/", {"name": "dago-till", "adapter": "native", "stores": [store.pk]})
    secret, made = told(answer), Connection.objects.get(name="dago-till")
    assert secrets_of(made) == [secret]
    assert "/api/v1/pos/dago-till/events" in read(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert [told(desk.get(f"{BASE}{path}")) for path in ("", f"{made.pk}/")] == [None, None]
    make_record(store)
    assert post(Client(), made, sale(store, "R-1", {"TEE": 1}), headers=None).status_code == 202


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "a b"}, {"name": "menteng-till"}, {"adapter": "abacus"}, {"stores": []}], ids=str
)
def test_what_makes_no_sense_is_not_connected(desk, store, till, wrong):
    other = make_store("dago")
    form = {"name": "new-till", "adapter": "native", "stores": [store.pk, other.pk]} | wrong
    page = desk.post(f"{BASE}new/", form)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == wrong.keys()
    assert told(page) is None
    assert Connection.objects.count() == 1
    assert till.store_map.count() == 1  # one that exists is not changed on the way


def test_a_new_secret_works_beside_the_old_one_until_that_is_retired(desk, store, till):
    (old,) = secrets_of(till)
    new = told(act(desk, till, "rotate", newest=name_of_secret(till)))
    till.refresh_from_db()
    assert secrets_of(till) == [new, old]
    assert "Two secrets are taken" in read(desk.get(f"{BASE}{till.pk}/"))
    body = b'{"id": "x"}'
    answers = [post(Client(), till, body, headers=sign(secret, body)).status_code for secret in (old, new)]
    assert answers == [422, 422]  # signed well, if nothing usable
    act(desk, till, "retire", newest=name_of_secret(till))
    till.refresh_from_db()
    assert secrets_of(till) == [new]
    assert post(Client(), till, body, headers=sign(old, body)).status_code == 401


def test_a_form_sent_twice_gives_one_secret(desk, till):
    newest = name_of_secret(till)
    assert told(act(desk, till, "rotate", newest=newest))
    again = act(desk, till, "rotate", newest=newest)
    assert again.url == f"{BASE}{till.pk}/"
    assert "Somebody has changed this" in read(desk.get(again.url))
    till.refresh_from_db()
    assert len(secrets_of(till)) == 2
    act(desk, till, "retire", newest=newest)
    till.refresh_from_db()
    assert len(secrets_of(till)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_for_a_new_secret_at_once_one_gets_it(rani, till):
    newest, (old,) = name_of_secret(till), secrets_of(till)
    outcomes = at_once(*(lambda: rotate_secret(connection=till, newest=newest, by=rani) for _ in range(5)))
    assert failures(outcomes) == []
    (new,) = [secret for secret in outcomes if secret]
    till.refresh_from_db()
    assert secrets_of(till) == [new, old]  # the till's own secret is still taken
    assert retire_secrets(connection=till, newest=newest, by=rani) is False


def test_a_secret_that_no_key_opens_is_said_and_replaced(desk, till):
    Connection.objects.filter(pk=till.pk).update(secret=b"sealed with a key that is gone")
    till.refresh_from_db()
    assert "can't be opened" in desk.get(f"{BASE}{till.pk}/").content.decode()
    assert desk.get(BASE).status_code == 200
    new = told(act(desk, till, "rotate", newest=name_of_secret(till)))
    till.refresh_from_db()
    assert secrets_of(till) == [new]


def test_the_map_is_edited(desk, store, till):
    other = make_store("dago")
    act(desk, till, "add", store=other.pk, code="D-01")
    act(desk, till, "rename", store=store.pk, shown="menteng", code=" M-01 ")
    assert set(till.store_map.values_list("store", "code")) == {(store.pk, "M-01"), (other.pk, "D-01")}
    assert tell(till, sale("M-01", "R-1", {"TEE": 1})).accepted == 1
    act(desk, till, "remove", store=other.pk, shown="D-01")
    assert till.store_map.count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"action": "rename", "shown": "menteng", "code": "dago"}, "calls another store “dago” already"),
        ({"action": "rename", "shown": "yesterday", "code": "new"}, "Somebody has changed this"),
        ({"action": "rename", "shown": "menteng", "code": " "}, "Say what the till calls this store"),
        ({"action": "remove", "shown": "yesterday"}, "Somebody has changed this"),
        ({"action": "remove", "store": "999999", "shown": "menteng"}, "Somebody has changed this"),
        ({"action": "add", "code": "x"}, "Select a valid choice"),
        ({"action": "add", "store": "", "code": ""}, "This field is required"),
    ],
    ids=lambda value: value["action"] if isinstance(value, dict) else value[:20],
)
def test_a_map_that_makes_no_sense_is_not_kept(desk, store, till, form, words):
    ConnectionStore.objects.create(connection=till, store=make_store("dago"), code="dago")
    page = desk.post(f"{BASE}{till.pk}/", {"store": store.pk, **form}, follow=True)
    assert words in read(page)
    assert set(till.store_map.values_list("code", flat=True)) == {"menteng", "dago"}


def test_how_it_is_doing_is_seen_at_a_glance(desk, store, till):
    tell(till, sale(store, "R-1", {"TEE": 1}), sale(store, "R-2", {"TEE": 1}))
    till.events.update(received_at="2026-01-01T00:00:00Z")
    Connection.objects.filter(pk=till.pk).update(webhook="https://example.com/hook")
    Endpoint.objects.create(connection=till, xact=0, event=0, attempts=3)
    for page in (BASE, f"{BASE}{till.pk}/"):
        answer = desk.get(page)
        assert f'href="{BASE}{till.pk}/outbox/"' in answer.content.decode()
        text = read(answer)
        assert "2 waits for its turn" in text
        assert "failed 3 times" in text
        assert re.search(r"\d+\s(month|week|year)", text)


@pytest.mark.parametrize("permissions", [[], ["add_connection"], ["change_connection"]], ids=str)
def test_who_may_not_change_it_may_look(client, store, till, permissions):
    person = get_user_model().objects.create(email="sari@langkah.example", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(person)
    may_add, may_change = "add_connection" in permissions, "change_connection" in permissions
    assert ("Connect a till" in read(client.get(BASE))) is may_add
    assert client.get(f"{BASE}new/").status_code == (200 if may_add else 403)
    assert ("Give it a new secret" in read(client.get(f"{BASE}{till.pk}/"))) is may_change
    refused = [act(client, till, "rotate", newest="x"), act(client, till, "remove", store=store.pk, shown="other")]
    assert {answer.status_code for answer in refused} == {302 if may_change else 403}
    assert client.post(f"{BASE}new/", {"name": "n"}).status_code == (200 if may_add else 403)


def test_strangers_and_shoppers_come_nowhere_and_a_form_needs_its_token(client, rani, till):
    assert act(client, till, "rotate").url.startswith("/dashboard/login/")
    client.force_login(get_user_model().objects.create_user(email="budi@langkah.example", password="x"))
    assert act(client, till, "rotate").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rani)
    assert act(strict, till, "rotate", newest=name_of_secret(till)).status_code == 403
    assert len(secrets_of(Connection.objects.get(pk=till.pk))) == 1
