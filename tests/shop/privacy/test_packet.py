"""What somebody takes along is all of it, theirs alone, and taken once."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.models import Category
from omni_sync.people.account import person_of
from omni_sync.people.merge import merge, undo
from omni_sync.people.models import Identifier, Person
from omni_sync.people.sizes.typed import tell_size_of
from omni_sync.privacy.ask import ask
from omni_sync.privacy.carry_out import do_requests, forget_packets
from omni_sync.privacy.exceptions import PacketGone
from omni_sync.privacy.human import human_of
from omni_sync.privacy.models import Packet, PrivacyRequest
from omni_sync.privacy.pack import held_of, zipped
from omni_sync.privacy.take import packet_of, take_mine
from tests.shop.privacy.life import FRIEND, LOYALTY, NOTE, SIZE, STREET, SURNAME, TYPED

pytestmark = pytest.mark.django_db

#: Tables with a person's or an account's number in them, and the kind of row they are in the packet.
HELD = {
    "address_useraddress": "addresses",
    "analytics_userproductview": "products_seen",
    "analytics_userrecord": "figures",
    "analytics_usersearch": "searches",
    "basket_basket": "baskets",
    "communication_email": "account_letters",
    "communication_notification": "notifications",
    "customer_productalert": "stock_alerts",
    "instore_claim": "receipts_added",
    "instore_lookup": "look_ups",
    "omni_sync_consent": "consents",
    "omni_sync_filteredsize": "sizes_looked_for",
    "omni_sync_followup": "follow_ups",
    "omni_sync_identifier": "identifiers",
    "omni_sync_intended": "orders_intended",
    "omni_sync_message": "letters",
    "omni_sync_openoffer": "open_offers",
    "omni_sync_person": "persons",
    "omni_sync_preference": "preferences",
    "omni_sync_pushsubscription": "push_devices",
    "omni_sync_return": "returns",
    "omni_sync_sale": "orders",
    "omni_sync_touchpoint": "contacts",
    "omni_sync_wornsize": "sizes",
    "order_order": "orders",
    "order_ordernote": "order_notes",
    "reviews_productreview": "reviews",
    "reviews_vote": "review_votes",
    "voucher_voucherapplication": "vouchers_used",
    "wishlists_wishlist": "lists",
}
STAFF = "what a member of staff did, in the shop's own book; an account of theirs is not forgotten by a tap"
HASHES = "hashes of what was good for minutes or a day, dropped within a week; that it was used is told elsewhere"
NOT_HELD = {
    "omni_sync_customercode": HASHES,
    "omni_sync_emailproof": HASHES,
    "omni_sync_forgottensize": "what they wanted forgotten: a system and a time, so that it is not learnt again",
    "instore_associate": STAFF,
    "instore_device": STAFF,
    "instore_enrolmentcode": STAFF,
    "instore_staffevent": STAFF,
    "offer_rangeproductfileupload": STAFF,
    "omni_sync_bearertoken": STAFF,
    "omni_sync_comparison": STAFF,
    "omni_sync_inboxevent": STAFF,
    "omni_sync_journey": STAFF,
    "omni_sync_outboxchange": STAFF,
    "omni_sync_wording": STAFF,
    "omni_sync_wordingversion": STAFF,
    "omni_sync_privacyrequest": "that they asked is on their page while it is open, and nobody's afterwards",
    "omni_sync_packet": "the packet itself",
    "omni_sync_reportedlevel": STAFF,
    "omni_sync_match": "which of our rows are one human: numbers, of which the packet is made",
    "kiosk_printedlabel": STAFF,
    "kiosk_printrun": STAFF,
    "instore_ownstore": "the shop that is shown first: a shop's number, asked for again with a tap",
    "instore_pickupstep": "by its pickup: pickup_steps",
    "partner_partner_users": STAFF,
    "payment_bankcard": "no card is ever kept here",
    "shop_user_groups": STAFF,
    "shop_user_user_permissions": STAFF,
}
EDITORS = ("wagtail", "shop_homepage", "shop_contentpage", "shop_campaignpage")


def packed(sari):
    return held_of(human_of(sari.person))


def ready(sari):
    with transaction.atomic():
        ask(person=sari.person, kind=PrivacyRequest.Kind.EXPORT, language="en")
    assert do_requests() == 1
    return packet_of(user_id=sari.user.pk)


def take(packet, user):
    with transaction.atomic():
        return take_mine(request_id=packet.pk, user_id=user.pk)


def test_every_table_with_a_person_in_it_is_exported_or_says_why_not():
    targets = (get_user_model(), Person)
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in targets
    }
    unsaid = {table for table in tables if not table.startswith(EDITORS)} - HELD.keys() - NOT_HELD.keys()
    assert unsaid == set(), "connect a receiver to person_exported and person_erased, or say why not"


def test_the_packet_has_something_of_every_kind(sari):
    rows = packed(sari)
    beside = {"last_heard", "list_links", "list_notes", "payments", "pickups", "told_by_tills", "undeliverable"}
    assert [kind for kind in {*HELD.values(), *beside} if not rows[kind]] == []


def test_the_packet_says_it_in_words(sari):
    text = json.dumps(packed(sari), ensure_ascii=False)
    for string in (TYPED, SURNAME, LOYALTY, STREET, FRIEND, NOTE, SIZE, "R-1", "B-1", sari.order.number):
        assert string in text, string


def test_the_packet_has_nothing_of_others(sari):
    text = json.dumps(packed(sari))
    assert "OTHER-1" not in text
    assert "Fine" not in [row["title"] for row in packed(sari)["reviews"]]


def test_what_only_may_be_theirs_is_not_in_it(sari):
    Identifier.objects.filter(value__contains="@").update(verified_at=None, proof="")
    rows = packed(sari)
    assert [row["email"] for row in rows["reviews"]] == [""]
    assert [row["kind"] for row in rows["letters"]] == ["test_said"]  # to them, wherever it went


def test_it_says_why_they_were_written_to(sari):
    (reason,) = packed(sari)["follow_ups"]
    assert reason["explained"].startswith("Sent by SMS on ")
    assert "You agreed on " in reason["explained"]


def test_the_zip_has_one_json_and_a_sheet_for_every_kind(sari):
    rows = packed(sari)
    with zipfile.ZipFile(io.BytesIO(zipped(rows))) as packet:
        assert json.loads(packet.read("data.json")) == rows
        sheets = {name.removesuffix(".csv") for name in packet.namelist() if name.endswith(".csv")}
        assert sheets == {kind for kind, told in rows.items() if told}
        lines = list(csv.DictReader(io.StringIO(packet.read("orders.csv").decode("utf-8-sig"))))
    assert sari.order.number in {line["number"] for line in lines}


def test_a_sheet_never_begins_a_cell_with_a_formula():
    body = zipped({"letters": [{"subject": "=1+1", "n": -3, "text": None}]})
    with zipfile.ZipFile(io.BytesIO(body)) as packet:
        (line,) = csv.DictReader(io.StringIO(packet.read("letters.csv").decode("utf-8-sig")))
    assert line == {"subject": "'=1+1", "n": "-3", "text": ""}


def test_a_packet_is_taken_once_by_its_owner(sari):
    packet, other = ready(sari), get_user_model().objects.get(email="budi@example.com")
    with pytest.raises(PacketGone):
        take(packet, other)
    assert zipfile.is_zipfile(io.BytesIO(take(packet, sari.user)))
    with pytest.raises(PacketGone):
        take(packet, sari.user)
    assert Packet.objects.get().body is None


def test_a_packet_is_kept_for_a_week(sari):
    packet = ready(sari)
    assert forget_packets() == 0
    Packet.objects.update(until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PacketGone):
        take(packet, sari.user)
    assert forget_packets() == 1
    assert not Packet.objects.exists()


def test_packets_of_thousands_of_rows_cost_the_same_questions(sari, django_assert_max_num_queries):
    Person.objects.filter(pk=sari.person.pk).update(merged_into=None)
    with django_assert_max_num_queries(66) as few:
        packed(sari)
    sari.user.lintas_more = [
        sari.user.orders.create(number=f"M-{n}", total_incl_tax=1, total_excl_tax=1) for n in range(50)
    ]
    with django_assert_max_num_queries(66) as many:
        packed(sari)
    assert len(many) == len(few)


def test_a_file_is_not_handed_over_once_somebody_in_it_proves_to_be_another(sari):
    other, office = (
        Person.objects.create(name="Budi Lainnya"),
        get_user_model().objects.create(email="office@x.example"),
    )
    with transaction.atomic():
        match = merge(person_ids=(sari.person.root_id, other.pk), by=office)
        ask(person=sari.person, kind=PrivacyRequest.Kind.EXPORT, language="en")
    do_requests()
    assert other.pk in packet_of(user_id=sari.user.pk).person_ids
    with transaction.atomic():
        undo(match_id=match.pk, by=office)
    assert packet_of(user_id=sari.user.pk) is None


def test_it_comes_to_the_account_that_asked_for_it_of_two(sari):
    second = get_user_model().objects.create(email="sari.at.work@x.example")
    with transaction.atomic():
        merge(person_ids=(sari.person.root_id, person_of(user=second).pk), by=second)
        ask(person=person_of(user=second), kind=PrivacyRequest.Kind.EXPORT, language="en")
    do_requests()
    assert packet_of(user_id=second.pk) is not None
    assert packet_of(user_id=sari.user.pk) is None


def test_a_size_says_of_which_goods_it_is_and_who_wrote_it_down(sari):
    boots = Category.add_root(name="Boots")
    with transaction.atomic():
        tell_size_of(
            user_id=sari.user.pk, size_system="EU", size="42", category_id=boots.pk, brand="Kaki", by="Rani, Menteng"
        )
    told = [row for row in held_of(human_of(sari.person))["sizes"] if row["size"] == "42"]
    assert [(row["category_name"], row["brand"], row["by"]) for row in told] == [("Boots", "Kaki", "Rani, Menteng")]
