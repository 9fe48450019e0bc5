"""What the tablet's pages are made of."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from instore.staff.models import Associate
from tests.e2e.looks import misshapen
from tests.instore.tablets import (
    make_associate,
    read,
    type_pin,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.mark.parametrize("page", ["/staff/enrol/", "/staff/", "/staff/?who={}", "/staff/today/"])
def test_pages_have_nothing_inline_and_one_of_everything(tablet, sari, page):
    if "today" in page:
        type_pin(tablet, sari)
    answer = tablet.get(page.format(sari.pk))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert html.count("<h1") == html.count("<main") == html.count("<title") == 1
    assert list(misshapen(html)) == []
    assert "/static/instore/staff.css" in html


def test_pages_speak_the_readers_language(tablet):
    answer = tablet.get("/staff/", headers={"accept-language": "id"})
    assert answer.headers["Content-Language"] == "id"
    assert '<html lang="id"' in answer.content.decode()


def test_times_are_the_stores(tablet, sari):
    """R8: a store two hours east of the project's clock."""
    sari.stores.get().partner.location.__class__.objects.update(timezone="Asia/Jayapura")
    until = timezone.now() + timedelta(minutes=10)
    Associate.objects.update(paused_until=until, failed_tries=5)
    said = (until + timedelta(hours=9)).strftime("%H:%M")
    assert f"until {said}" in read(tablet.get(f"/staff/?who={sari.pk}"))


def test_names_are_text(tablet, store):
    make_associate(store, "<b>Bold</b>", pin=None)
    assert b"<b>Bold" not in tablet.get("/staff/").content


@pytest.mark.parametrize(("page", "most"), [("/staff/", 6), ("/staff/today/", 7)])
def test_a_page_asks_the_database_little_however_many_work_there(on_duty, store, page, most):
    if page == "/staff/":
        on_duty.post("/staff/lock/")
    on_duty.get(page)
    for extra in (0, 20):
        for number in range(extra):
            make_associate(store, f"Name {number}", pin=None)
        with CaptureQueriesContext(connection) as queries:
            assert on_duty.get(page).status_code == 200
        assert len(queries) <= most, [query["sql"] for query in queries]
