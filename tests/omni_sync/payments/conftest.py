"""A shop with a payment provider of its own on the other end of a real wire."""

import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
import requests
from django.db import transaction

from omni_sync.payments import ask, drain, notices, reconcile, signals
from omni_sync.payments import begin as beginning
from omni_sync.payments.begin import Pages
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.stripe import wire
from omni_sync.payments.stub.server import serve

SECRET, SIGNED_WITH = "sk_test_lintas", "whsec_lintas"
PAGES = Pages(paid="http://shop.example/paid?s={CHECKOUT_SESSION_ID}", back="http://shop.example/back")


class Bank:
    """The stub, as a test and as a shopper meets it."""

    def __init__(self, server):
        self.url, self.stub = f"http://127.0.0.1:{server.server_port}", server.stub

    def fault(self, name, **more):
        requests.post(f"{self.url}/_stub/faults", json={"name": name, **more}, timeout=5).raise_for_status()

    def pay(self, payment):
        return self._press(payment, "pay")

    def decline(self, payment):
        return self._press(payment, "decline")

    def lapse(self, payment):
        told = {"intent": Payment.objects.get(pk=payment.pk).intent}
        requests.post(f"{self.url}/_stub/lapse", json=told, timeout=5).raise_for_status()

    def let_go(self):
        requests.post(f"{self.url}/_stub/events/let_go", timeout=5).raise_for_status()

    def settle(self):
        self.stub.post.settle()

    @property
    def journal(self):
        return requests.get(f"{self.url}/_stub/journal", timeout=5).json()["data"]

    def written(self, path):
        """What was asked for at addresses that have this in them."""
        return [one for one in self.journal if path in one["path"]]

    def things(self, kind):
        return [one for one in self.stub.bank.things.values() if one["object"] == kind]

    def _press(self, payment, button):
        return requests.post(payment.url, data={"do": button}, timeout=5, allow_redirects=False)


@contextmanager
def running(webhook=""):
    server = serve(port=0, secret=SECRET, webhook_secret=SIGNED_WITH, webhook=webhook)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield Bank(server)
    finally:
        server.shutdown()
        server.server_close()
        server.stub.post.walk.join(timeout=60)
        assert not server.stub.post.walk.is_alive()  # nothing is delivered into the next test


def open_for_business(settings, bank):
    settings.LINTAS_STRIPE_API_BASE = bank.url
    settings.LINTAS_STRIPE_SECRET_KEY = SECRET
    settings.LINTAS_STRIPE_WEBHOOK_SECRETS = [SIGNED_WITH]


@pytest.fixture
def bank(settings, monkeypatch):
    """A provider whose events go nowhere: every webhook is lost."""
    monkeypatch.setattr(wire, "PATIENCE", (1.0, 1.0))
    with running() as bank:
        open_for_business(settings, bank)
        yield bank


@pytest.fixture
def posting_bank(settings, live_server):
    """A provider that tells our real door."""
    with running(f"{live_server.url}/payments/stripe/webhook") as bank:
        open_for_business(settings, bank)
        yield bank


@pytest.fixture
def heard():
    """The signals that were sent, in order."""
    told, kept = [], []
    for name in ("payment_authorised", "payment_failed", "payment_captured", "payment_refunded", "call_refused"):

        def receiver(sender, signal, name=name, **more):
            assert transaction.get_connection().in_atomic_block
            told.append((name, more.get("amount") or more.get("ending") or more.get("code")))

        getattr(signals, name).connect(receiver, weak=False)
        kept.append((getattr(signals, name), receiver))
    yield told
    for signal, receiver in kept:
        signal.disconnect(receiver)


def begin(key="basket-1", amount="149000", currency="IDR", **more):
    more.setdefault("pages", PAGES)
    return beginning.begin(key=key, reference="L-100001", amount=Decimal(amount), currency=currency, **more)


def asked(verb, payment, key, **more):
    """A use-case in the transaction of its caller."""
    with transaction.atomic():
        return getattr(ask, verb)(payment=payment, key=key, **more)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def time_passes():
    """Every pause is over."""
    Call.objects.update(next_try="2020-01-01T00:00Z")


def until_answered(tries=5):
    for _ in range(tries):
        time_passes()
        drain.make_calls()


def read_all(bank):
    bank.settle()
    return notices.read_notices()


def look(payment):
    """As the reconcile task does, later."""
    Payment.objects.filter(pk=payment.pk).update(looked_at="2020-01-01T00:00Z")
    reconcile.reconcile()
    return fresh(payment)


@pytest.fixture
def held(bank):
    """Somebody paid Rp149.000 on the page."""
    payment = begin()
    bank.pay(payment)
    return look(payment)
