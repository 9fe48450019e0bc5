"""A member taps once, sees what the shop sends, and taps once more for the end of it.

The push service is ours: a browser without a network has none, so its subscription is put in its place.
"""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import expect

from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.people.models import Consent
from tests.e2e.looks import looked_at
from tests.e2e.test_list import sign_in
from tests.e2e.waits import until

SERVICE = """
const made = {
  endpoint: "http://127.0.0.1:1/push/phone",
  toJSON() { return { endpoint: this.endpoint, keys: { p256dh: "%s", auth: "QUFBQUFBQUFBQUFBQUFBQQ" } }; },
  async unsubscribe() { localStorage.removeItem("on"); return true; },
};
PushManager.prototype.subscribe = async (asked) => {
  localStorage.setItem("on", asked.applicationServerKey);
  return made;
};
PushManager.prototype.getSubscription = async () => localStorage.getItem("on") ? made : null;
"""
TOLD = {
    "title": "The bag is back",
    "body": "Two left",
    "url": "/",
    "lang": "en",
    "tag": "t",
    "stop": "/u/x/",
    "end": "No",
}
SHOWN = "navigator.serviceWorker.ready.then((it) => it.getNotifications()).then((all) => all.map((one) => one.title))"


@pytest.fixture
def member(settings, django_user_model):
    settings.LINTAS_VAPID = {
        "private_key": base64.urlsafe_b64encode(b"\x07" * 32).decode(), "subject": "mailto:shop@shop.example",
    }  # fmt: skip
    return django_user_model.objects.create_user("budi@example.com", "x", first_name="Budi")


def show(page, site, told):
    """What the browser's push service does when it has heard from the shop's."""
    session, found = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.controller || navigator.serviceWorker.ready.then(() => true)")
    number = next(one["registrationId"] for one in found if one["scopeURL"] == f"{site}/")
    message = {"origin": site, "registrationId": number, "data": json.dumps(told)}
    session.send("ServiceWorker.deliverPushMessage", message)


def test_a_tap_shows_what_the_shop_sends_and_a_tap_ends_it(open_page, site, member):
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )  # fmt: skip
    page = open_page("about:blank")
    page.add_init_script(SERVICE % base64.urlsafe_b64encode(point).decode().rstrip("="))
    sign_in(page, member, site)
    page.goto("/accounts/messages/")
    part = page.locator("#push")
    assert page.evaluate("Notification.permission") == "default"  # nobody was asked for looking at a page

    page.context.grant_permissions(["notifications"], origin=site)
    page.reload()
    part.get_by_role("button", name="Notify me on this device").click()
    expect(part.get_by_text("This device", exact=True)).to_be_visible()
    expect(part.get_by_role("button", name="Notify me")).to_be_hidden()
    assert Consent.objects.get(channel="push").state == "granted"
    looked_at(page)

    show(page, site, TOLD)
    until(page, lambda: page.evaluate(SHOWN) == ["The bag is back"])

    part.get_by_role("button", name="No more").click()
    expect(part.get_by_role("button", name="Notify me on this device")).to_be_visible()
    assert not PushSubscription.objects.exists()
    assert page.evaluate("localStorage.getItem('on')") is None
    assert Consent.objects.filter(channel="push").latest("pk").state == "withdrawn"
