"""What was said, in the back office: who may read it, and what is left of old ones."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from tests.instore.tablets import read
from tests.omni_sync.messages.conftest import told

pytestmark = pytest.mark.django_db
PAGE = "/dashboard/lintas/messages/"


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
