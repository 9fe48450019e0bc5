"""Somebody who left traces everywhere, and a way to look for them in all that is kept."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from instore.customers.models import LookUp
from instore.pickup.expect import name_friend
from instore.pickup.models import Pickup
from instore.receipts.claims.claim import claim
from omni_sync.carts.fulfilment import choose
from omni_sync.checkout.models import Intended
from omni_sync.customer_code.mint import mint
from omni_sync.customer_code.redeem import redeem
from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.share import share
from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.messages.channels.webpush.subscription import endpoint_hash
from omni_sync.messages.journeys.models import FollowUp, Journey, OpenOffer
from omni_sync.messages.models import Message, sealed
from omni_sync.messages.preferences.models import Preference
from omni_sync.messages.say import say
from omni_sync.messages.status.answered import heard_from
from omni_sync.messages.status.undeliverable import give_up
from omni_sync.oscar import models as oscar
from omni_sync.payments.models import Notice, Payment
from omni_sync.people.account import person_of
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Identifier
from omni_sync.people.sizes.filtered import note_filtered
from omni_sync.people.sizes.typed import tell_sizes
from omni_sync.people.sizes.worn import forget_learnt
from omni_sync.people.verify import verify
from omni_sync.pos.receive import keep_unreadable
from tests.factories import customer, make_connection, returned, sale, tell, tell_all
from tests.instore.pickup.conftest import bring
from tests.instore.places import make_product, make_store, put
from tests.instore.tablets import make_associate, make_device
from tests.omni_sync.oscar.conftest import place_order

EMAIL, TYPED = "sari.quix@example.com", "Sari.Quix@Example.com"
PASSWORD = "langkah-demi-langkah"
NAME, SURNAME = "Sari Quixmelati", "Quixmelati"
PHONE, TYPED_PHONE = "+628129911773", "0812-991-1773"
LOYALTY = "LK-QX-4711"
STREET = "Jalan Rahasia 77"
SIZE = "41"
FRIEND = "Zulfa Temanku"
CLAIM = "q9" * 13
NOTE = "the blue gate beside the warung"
STRINGS = (EMAIL, TYPED, SURNAME, PHONE, TYPED_PHONE, "8129911773", LOYALTY, STREET, FRIEND, NOTE)
WHO = {"loyalty": LOYALTY, "email": TYPED, "phone": TYPED_PHONE, "name": NAME}


def live(client):
    """Everything somebody does in some months; their account and what tests need of it."""
    user = get_user_model().objects.create_user(EMAIL, PASSWORD, first_name="Sari", last_name=SURNAME)
    store = make_store("menteng")
    goods = make_product("Tee")
    put(goods, store.partner, 20, sku="TEE")
    till = make_connection(store.partner, name="till")
    _at_the_till(till, store.partner)
    with transaction.atomic():
        person = person_of(user=user)
        told = Identifier.objects.filter(value=EMAIL).order_by("pk").values_list("pk", flat=True)
        verify(identifier_ids=list(told), proof=Identifier.Proof.LINK)
        tell_sizes(user_id=user.pk, sizes={"EU": SIZE})
        for state in (Consent.State.GRANTED, Consent.State.WITHDRAWN):
            answer(person=person, channel="email", purpose="marketing", state=state, language="en", source="web")
        _devices(person)
    order = _order(user, store, goods)
    _paid(user, order)
    _belongings(user, goods, order)
    _in_the_shop(user, person, store, goods)
    _followed(person, goods)
    client.force_login(user)
    session = SessionStore(client.session.session_key)
    session["checkout_data"] = {"shipping": {"new_address_fields": {"line1": STREET, "first_name": NAME}}}
    session.save()
    guest = SessionStore()
    guest["checkout_data"] = {"guest": {"email": TYPED}}
    guest.save()
    tell_all(till, sale(store.partner, "R-9", {"TEE": 1}, claim=CLAIM, at=timezone.now()))
    claim(token=CLAIM, user=user)
    person.refresh_from_db()
    return SimpleNamespace(user=user, person=person, store=store, goods=goods, till=till, order=order)


def _devices(person):
    """A browser that shows notifications, and an address that once did not answer, and has written to us since."""
    PushSubscription.objects.create(
        person=person, endpoint_hash=endpoint_hash("https://push.example/1"), sealed=b"-", device="Firefox, Linux"
    )
    give_up(channel="sms", addresses=[EMAIL])
    heard_from(channel="whatsapp", address=EMAIL, at=timezone.now())


def _at_the_till(till, store):
    said = [{"channel": "whatsapp", "purpose": "marketing", "state": "granted"}]
    tell_all(till, customer(store, **WHO, consents=said), customer(store, loyalty="OTHER-1", name="Budi Lain"))
    tell_all(till, sale(store, "R-1", {"TEE": 2}, customer=WHO, remark=f"for {NAME}"))
    tell_all(till, returned(store, "B-1", {"TEE": 1}, of="R-1", customer=WHO))
    tell_all(till, sale(store, "R-2", {"TEE": 1}, customer={"phone": "+62 (812) 991-1773"}))
    other = {"loyalty": "OTHER-1", "name": "Budi Lain"}
    tell_all(till, sale(store, "R-3", {"TEE": 1}, customer=other, remark=f"for {TYPED}"))
    tell_all(till, sale(store, "R-4", [("TEE", 1)], customer=other, remark="4711 LK-QX", price="628129"))
    keep_unreadable(connection=till, body=f'{{"email": "{TYPED}"'.encode(), headers={}, error="no JSON")
    tell(till, customer(store, key="contradicts", document="one", **WHO))
    tell(till, customer(store, key="contradicts", document="two", **{**WHO, "name": f"{NAME}, again"}))


def _order(user, store, goods):
    basket = oscar.Basket.objects.create(owner=user)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    basket.add_product(goods, 1)
    choose(basket=basket, place=store.partner)
    country, _ = get_model("address", "Country").objects.get_or_create(
        iso_3166_1_a2="ID", defaults={"name": "Indonesia"}
    )
    written = {"first_name": "Sari", "last_name": SURNAME, "line1": STREET, "country": country}
    address = oscar.ShippingAddress.objects.create(**written, phone_number=PHONE, notes=NOTE)
    billing = oscar.BillingAddress.objects.create(**written)
    order = place_order(basket, user=user, shipping_address=address, billing_address=billing)
    pickup = Pickup.objects.get(order=order)
    Pickup.objects.filter(pk=pickup.pk).update(name=NAME, email="another.quix@example.com", phone=PHONE)
    name_friend(pickup_id=pickup.pk, name=FRIEND)
    with transaction.atomic():
        say(key=f"pickup-{pickup.pk}-ready", kind="pickup_ready", to="another.quix@example.com", language="en", data={})
    bring(pickup, "collected")
    order.refresh_from_db()
    oscar.Order.objects.filter(pk=order.pk).update(status="Complete")
    order.notes.create(message=f"{NAME} rang: {NOTE}", note_type="Info", user=user)
    order.lines.update(partner_line_notes=f"embroider {SURNAME}")
    return order


def _paid(user, order):
    ended = timezone.now()
    key = {"key": "try-1", "basket_id": order.basket_id, "number": order.number, "amount": 10, "currency": "IDR"}
    Intended.objects.create(
        **key,
        user=user,
        email=TYPED,
        address={"line1": STREET},
        method="x",
        until=ended,
        ended_at=ended,
        state="placed",
        order=order,
    )
    Payment.objects.create(
        provider="stripe", key="try-1", reference=order.number, amount=Decimal(10), currency="IDR", session="cs_1",
        until=ended, email=TYPED, paid_url=f"https://x/{EMAIL}", back_url="",
    )  # fmt: skip
    Payment.objects.create(
        provider="stripe", key="given up", reference="200000", amount=Decimal(10), currency="IDR", session="cs_2",
        until=ended, email=TYPED, paid_url="", back_url="",
    )  # fmt: skip
    Notice.objects.create(provider="stripe", event_id="evt_2", type="x", session="cs_2", body=EMAIL.encode())
    Notice.objects.create(
        provider="stripe", event_id="evt_1", type="x", session="cs_1", body=f'{{"email":"{TYPED}"}}'.encode()
    )


def _belongings(user, goods, order):
    other = get_user_model().objects.create_user("budi@example.com", PASSWORD)
    country = get_model("address", "Country").objects.get(pk="ID")
    oscar.UserAddress.objects.create(user=user, first_name="Sari", last_name=SURNAME, line1=STREET, country=country)
    lists = get_model("wishlists", "WishList")
    mine = lists.objects.create(owner=user, name=f"{SURNAME}'s birthday")
    mine.add(goods)
    lists.objects.create(owner=other, name="Gifts", visibility="Shared").shared_emails.create(email=TYPED)
    mine.shared_emails.create(email="budi@example.com")
    basket = oscar.Basket.objects.create(owner=user)
    basket.lines.create(
        product=goods, quantity=1, line_reference="x", stockrecord=goods.stockrecords.get(), price_currency="IDR"
    )
    review = oscar.ProductReview.objects.create(
        product=goods, user=user, score=5, title=f"{SURNAME} likes it", body="Good"
    )
    review.votes.create(user=other, delta=1)
    theirs = oscar.ProductReview.objects.create(product=goods, user=other, score=4, title="Fine", body="Fine")
    theirs.votes.create(user=user, delta=1)
    oscar.ProductReview.objects.create(product=goods, name=NAME, email=TYPED, score=3, title="As a guest", body="So so")
    oscar.ProductAlert.objects.create(user=user, product=goods, status="Active")
    oscar.ProductAlert.objects.create(email=TYPED, product=goods, status="Active", key="k")
    oscar.Email.objects.create(user=user, email=TYPED, subject=f"Hello {NAME}", body_text=STREET)
    oscar.Email.objects.create(email=EMAIL, subject=f"Hello {NAME}", body_text=STREET)
    oscar.Notification.objects.create(recipient=user, subject=f"Hello {NAME}", body="x")
    oscar.UserSearch.objects.create(user=user, query=f"{SURNAME} tee")
    oscar.UserProductView.objects.create(user=user, product=goods)
    now = timezone.now()
    voucher = get_model("voucher", "Voucher").objects.create(
        name="Hi", code="HI", usage="Multi-use", start_datetime=now, end_datetime=now + timedelta(days=1)
    )
    get_model("voucher", "VoucherApplication").objects.create(voucher=voucher, user=user, order=order)
    with transaction.atomic():
        say(key="news", kind="test_news", to=TYPED, language="en", data={"name": NAME})


def _followed(person, goods):
    """A message that followed what they did, with an offer; the hours in which they want none; and one that waits."""
    now = timezone.now()
    Preference.objects.create(person=person, language="id", zone="Asia/Makassar")
    message = Message.objects.create(
        key="follow-up:said", kind="test_said", person=person, to=PHONE, channel="sms", purpose="marketing",
        data=sealed({"text": f"For {NAME}"}), state="sent", sent_at=now, stop_hash=b"s" * 32,
    )  # fmt: skip
    journey, _ = Journey.objects.get_or_create(name="followed", defaults={"trigger": "followed"})
    yes = Consent.objects.filter(person=person, state="granted").latest("pk")
    row = FollowUp.objects.create(
        journey=journey, step=1, occurrence="1", person=person, occurred_at=now, due_at=now, state="sent",
        decided_at=now, message=message, facts={"text": f"For {NAME}"},
        said={"channel": "sms", "consent": yes.pk, "cap": [0, 1]},
    )  # fmt: skip
    OpenOffer.objects.create(person=person, product=goods, follow_up=row, until=now + timedelta(days=9))


def _in_the_shop(user, person, store, goods):
    """An associate was shown a code and advised something; the list was shown, sizes were looked for and forgotten."""
    tablet, sari = make_device(store)[0], make_associate(store, "Wati")
    with transaction.atomic():
        code = redeem(said=mint(person_id=person.pk).code, place_id=store.partner_id)
        by = {"store": store, "device": tablet, "associate": sari, "who": "Wati", "why": code.via}
        LookUp.objects.create(person=person, until=timezone.now() + timedelta(minutes=15), **by)
        note_filtered(user_id=user.pk, sizes=[("EU", SIZE)])
        forget_learnt(user_id=user.pk, size_system="SML")
    adviser = Adviser(name="Wati", store_id=store.partner_id, associate_key=str(sari.pk))
    line = add_to_list(user_id=user.pk, product_id=goods.pk, note=f"for {SURNAME}, beside the {NOTE}", adviser=adviser)
    share(wishlist_id=line.wishlist_id)


def found(strings=STRINGS):
    """Where the strings are: every row of every table as text and every byte column, media, and files of logs."""
    hits = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            for (row,) in cursor.fetchall():
                hits |= {(table, string) for string in strings if string.casefold() in _readable(row).casefold()}
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            held = path.read_bytes().lower()
            hits |= {(str(path), string) for string in strings if string.lower().encode() in held}
    return hits


def _readable(row):
    """The row with its bytes beside it as letters."""
    hexes = [part.strip('",()') for part in row.split("\\x")[1:]]
    letters = [
        bytes.fromhex(one.split('"')[0].split(",")[0]).decode("utf-8", "replace") for one in hexes if _is_hex(one)
    ]
    return " ".join([row, *letters])


def _is_hex(text):
    plain = text.split('"')[0].split(",")[0]
    return len(plain) % 2 == 0 and all(letter in "0123456789abcdef" for letter in plain)
