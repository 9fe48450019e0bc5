"""The stub as a process of its own, and as strict as what it stands for."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
import requests

from tests.omni_sync.payments.conftest import SECRET, SIGNED_WITH, running

AUTH = {"Authorization": f"Bearer {SECRET}"}


def session(**more):
    return {
        "mode": "payment", "line_items[0][quantity]": "1", "line_items[0][price_data][unit_amount]": "1000",
        "line_items[0][price_data][currency]": "eur", "line_items[0][price_data][product_data][name]": "<L-1>",
        "success_url": "http://shop.example/paid", "cancel_url": "http://shop.example/back",
        "expires_at": str(int(time.time()) + 1900), **more,
    }  # fmt: skip


def make(url, key="", **more):
    headers = {**AUTH, **({"Idempotency-Key": key} if key else {})}
    return requests.post(f"{url}/v1/checkout/sessions", data=session(**more), headers=headers, timeout=5)


def test_it_runs_alone_and_remembers(tmp_path, root):
    command = [sys.executable, "-m", "omni_sync.payments.stub", "--port", "0", "--keep", str(tmp_path / "money.json")]
    told = {**os.environ, "STRIPE_SECRET_KEY": SECRET, "STRIPE_WEBHOOK_SECRET": SIGNED_WITH}
    told.pop("DJANGO_SETTINGS_MODULE", None)

    def start():
        child = subprocess.Popen(command, cwd=root, env=told, stdout=subprocess.PIPE, text=True)
        return child, re.search(r"http://\S+", child.stdout.readline())[0]

    child, url = start()
    number = make(url).json()["id"]
    child.send_signal(signal.SIGINT)
    assert child.wait(10) == 0
    child, url = start()
    try:
        again = requests.get(f"{url}/v1/checkout/sessions/{number}", headers=AUTH, timeout=5).json()
        assert again["amount_total"] == 1000
    finally:
        child.terminate()
        child.wait(10)


def test_it_says_which_secret_is_missing(root):
    bare = {name: value for name, value in os.environ.items() if not name.startswith("STRIPE_")}
    command = [sys.executable, "-m", "omni_sync.payments.stub", "--port", "0"]
    done = subprocess.run(command, cwd=root, env=bare, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 2
    assert "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be set" in done.stderr


@pytest.mark.parametrize(("locale", "label"), [("", "Test money"), ("id", "Uang percobaan")])
def test_the_page_is_plainly_labelled(locale, label):
    with running() as bank:
        page = requests.get(make(bank.url, locale=locale).json()["url"], timeout=5).text
    assert label in page
    assert "EUR 10" in page
    assert "&lt;L-1&gt;" in page


def test_a_key_is_good_for_one_thing():
    with running() as bank:
        first, again = make(bank.url, "k").json(), make(bank.url, "k", client_reference_id="").json()
        same = make(bank.url, "k2", expires_at="9")
        assert again["error"]["type"] == "idempotency_error"
        assert same.status_code == 400
        assert make(bank.url, "k2").status_code == 200
        assert first["object"] == "checkout.session"


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "setup"}, {"expires_at": "1"}, {"success_url": "javascript:alert(1)"},
     {"line_items[0][price_data][unit_amount]": "-1"}, {"line_items[0][quantity]": ""}],
)  # fmt: skip
def test_a_page_that_makes_no_sense_is_refused(wrong):
    with running() as bank:
        assert make(bank.url, **wrong).status_code == 400
