"""The demo's page of every message, as its reader would see it."""

from datetime import timedelta
from importlib.util import module_from_spec

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from omni_sync.messages.models import Message, sealed
from omni_sync.messages.notes import Note
from omni_sync.people.models import Identifier, Person
from settings import urls
from tests.e2e.looks import misshapen
from tests.omni_sync.messages import conftest
from tests.omni_sync.messages.conftest import told
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/tour/messages/"
letters = conftest.letters


class Notes:
    """A channel of short messages, as far as the page asks."""

    def write(self, kind, facts):
        return Note("A title", f"Short: {facts['what']}", "https://shop.example/bag/")


@pytest.fixture(autouse=True)
def by_phone(settings):
    ways = dict.fromkeys(("sms", "whatsapp", "push"), f"{__name__}.Notes")
    settings.LINTAS_CHANNELS = ways


def short(channel, **fields):
    key = f"{channel}-{Message.objects.count()}"
    facts = {"kind": "test_news", "to": "+628111", "data": sealed({"what": "a bag"}), "state": "sent"}
    return Message.objects.create(key=key, channel=channel, sent_at=timezone.now(), **{**facts, **fields})


def test_nothing_said_is_said_so(client):
    assert "Nothing was said yet." in text_of(client.get(PAGE))


def test_each_channel_has_its_look(client):
    told()
    for channel in ("sms", "whatsapp", "push"):
        short(channel)
    page = client.get(PAGE).content.decode()
    assert f'src="{PAGE}{Message.objects.earliest("pk").pk}/letter/"' in page
    for look in ("is-sms", "is-whatsapp", "sent-push", "sent-letter"):
        assert look in page
    assert page.count("Short: a bag") == 3
    assert list(misshapen(page)) == []


def test_a_letter_is_shown_in_a_frame_that_runs_nothing(client):
    told()
    page = client.get(PAGE)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.content.decode()
    letter = client.get(f"{PAGE}{Message.objects.get().pk}/letter/")
    policy = letter.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "script" not in policy
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "<b>a &lt;bag&gt; &amp; a hat</b>" in letter.content.decode()


def test_what_is_no_letter_has_no_frame(client):
    assert client.get(f"{PAGE}{short('sms').pk}/letter/").status_code == 404


def test_what_was_said_last_stands_first(client):
    today = short("sms")
    week_ago = short("sms", said_at=timezone.now() - timedelta(days=7))
    page = client.get(PAGE).content.decode()
    assert page.index(f"message-{today.pk}") < page.index(f"message-{week_ago.pk}")


def test_one_reader_is_chosen(client):
    sari = Person.objects.create(name="Sari")
    Identifier.objects.create(person=sari, kind="email", value="sari@example.com", source="test")
    told()
    short("sms", person=sari)
    short("sms", to="+62999", data=sealed({"what": "something of Budi"}))
    page = text_of(client.get(f"{PAGE}?who=p-{sari.pk}"))
    assert "Short: a bag" in page
    assert "News of a" in page
    assert "something of Budi" not in page
    assert "Nobody has written to them yet." in text_of(client.get(f"{PAGE}?who=p-0"))


def test_what_is_forgotten_or_cannot_be_shown_says_so(client):
    short("sms", data=None, to="")
    short("sms", data=b"no key opens this")
    page = text_of(client.get(PAGE))
    assert "What was in it is forgotten by now." in page
    assert "It can't be shown." in page


def test_the_page_hears_of_newer_ones(client):
    last = short("sms").pk
    short("sms")
    newer = client.get(f"{PAGE}?since={last}", headers={"HX-Request": "true"})
    assert "1 new message: show it" in newer.content.decode()
    assert "<html" not in newer.content.decode()


def test_fifty_cost_what_one_costs(client):
    with transaction.atomic():
        told()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for n in range(50):
        told(key=f"news-{n}")
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(few) == len(many)


def test_it_is_there_where_the_demo_is_alone(client, monkeypatch):
    monkeypatch.setattr("django.conf.settings.SHOWS_TOUR", False)
    bare = module_from_spec(urls.__spec__)
    urls.__spec__.loader.exec_module(bare)
    for page in (PAGE, f"{PAGE}1/letter/"):
        assert resolve(page, urlconf=bare).url_name == "wagtail_serve"  # there is no such page
