"""The kiosk as an installed app: what the browser is given, and what it says of itself."""

import json
import re

import pytest
from django.test import Client

from instore.devices.models import Device
from kiosk.station.shell import SHELL, version
from tests.e2e.looks import misshapen

pytestmark = pytest.mark.django_db


def test_the_manifest_says_what_to_install():
    answer = Client().get("/kiosk/manifest.webmanifest")
    said = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["start_url"], said["scope"], said["display"]) == ("/kiosk/", "/kiosk/", "fullscreen")
    assert said["icons"][0]["sizes"] == "any"


def test_the_worker_keeps_the_shell_and_nothing_of_anybody():
    answer = Client().get("/kiosk/sw.js")
    script = answer.content.decode()
    kept = re.findall(r'"(/[^"]+)"', script.partition("SHELL")[2].partition(";")[0])
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert len(kept) == len(SHELL)
    assert all(address.startswith("/static/") for address in kept)
    assert version() in script
    assert "no-cache" in answer.headers["Cache-Control"]


def test_the_page_for_a_gap_speaks_both_languages_and_names_nobody(shop):
    answer = Client().get("/kiosk/offline/")
    html = answer.content.decode()
    assert 'lang="en"' in html
    assert 'lang="id"' in html
    assert "Menteng" not in html
    assert "csrf" not in html
    assert list(misshapen(html)) == []


def test_a_kiosk_says_which_version_it_shows(shop, waiting):
    answer = waiting.post("/kiosk/alive/", {"version": "v1\x00" + "x" * 100})
    assert (answer.status_code, answer.headers["Lintas-Version"]) == (204, version())
    device = Device.objects.get()
    assert device.version.startswith("v1x")
    assert device.last_seen is not None
    assert Client().post("/kiosk/alive/").status_code == 401
