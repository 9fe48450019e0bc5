"""Addresses, lists, alerts and messages: their owner's, and nobody else's."""

import pytest
from django.test import Client
from oscar.core.loading import get_model

from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.models import ListNote
from omni_sync.oscar.models import ProductAlert
from omni_sync.privacy.carry_out import do_requests
from tests.instore.places import make_product, make_store, put
from tests.shop.account.conftest import PASSWORD
from tests.shop.account.test_budgets import cost
from tests.shop.pages import text_of

WishList = get_model("wishlists", "WishList")
UserAddress = get_model("address", "UserAddress")
Notification = get_model("communication", "Notification")
pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    fields = {"iso_3166_1_a3": "IDN", "printable_name": "Indonesia", "name": "Indonesia", "is_shipping_country": True}
    return get_model("address", "Country").objects.update_or_create(iso_3166_1_a2="ID", defaults=fields)[0]


def address_of(user, country, line1="Jl. Cikini 12", **fields):
    return UserAddress.objects.create(
        user=user,
        first_name="B",
        last_name="S",
        line1=line1,
        line4="Jakarta",
        postcode="10330",
        country=country,
        **fields,
    )


def list_of(user, name="Lebaran", *, things=1, **fields):
    made = WishList.objects.create(owner=user, name=name, **fields)
    for number in range(things):
        made.add(make_product(f"Thing {number}"))
    return made


def test_an_address_is_added_changed_and_deleted(member, budi, home):
    form = {"first_name": "Budi", "last_name": "S", "line1": "Jl. 1", "line4": "Jakarta", "postcode": "10330"}
    page = member.get("/accounts/addresses/add/").content.decode()
    assert 'autocomplete="address-line1"' in page
    assert "Something needs another look" in text_of(member.post("/accounts/addresses/add/", form))
    assert member.post("/accounts/addresses/add/", {**form, "country": "ID"}).status_code == 302
    address = UserAddress.objects.get(user=budi)
    assert "Jl. 1" in text_of(member.get("/accounts/addresses/"))
    member.post(f"/accounts/addresses/{address.pk}/", {**form, "country": "ID", "line1": "Jl. 2"})
    address.refresh_from_db()
    assert address.line1 == "Jl. 2"
    assert "Delete this address?" in text_of(member.get(f"/accounts/addresses/{address.pk}/delete/"))
    member.post(f"/accounts/addresses/{address.pk}/delete/")
    assert not UserAddress.objects.exists()


def test_only_a_form_says_what_an_address_is_for(member, budi, home):
    address = address_of(budi, home)
    path = f"/accounts/addresses/{address.pk}/default_for_shipping/"
    assert member.get(path).status_code == 405
    member.post(path)
    address.refresh_from_db()
    assert address.is_default_for_shipping
    home.is_shipping_country = False
    home.save()
    other = address_of(budi, home, "Jl. 9")
    member.post(f"/accounts/addresses/{other.pk}/default_for_shipping/")
    other.refresh_from_db()
    assert not other.is_default_for_shipping


@pytest.mark.parametrize("path", ["", "delete/", "default_for_billing/"])
def test_nobody_touches_anothers_address(member, sari, home, path):
    hers = address_of(sari, home)
    assert member.post(f"/accounts/addresses/{hers.pk}/{path}").status_code == 404
    assert UserAddress.objects.filter(pk=hers.pk, is_default_for_billing=False).exists()
    assert "Cikini" not in text_of(member.get("/accounts/addresses/"))


def test_a_list_is_made_named_and_deleted(member, budi):
    assert "No list yet." in text_of(member.get("/accounts/wishlists/"))
    answer = member.post("/accounts/wishlists/create/", {"name": "Lebaran", "visibility": "Private", "people": ""})
    made = WishList.objects.get(owner=budi)
    assert answer["Location"] == f"/accounts/wishlists/{made.key}/"
    assert "Nothing on it yet." in text_of(member.get(answer["Location"]))
    form = {"name": "Pesta", "visibility": "Shared", "people": "sari@langkah.example\nnonsense"}
    update = f"/accounts/wishlists/{made.key}/update/"
    assert "“nonsense” is not an e-mail address." in text_of(member.post(update, form))
    assert "Name at least one person." in text_of(member.post(update, {**form, "people": ""}))
    assert member.post(update, {**form, "people": "sari@langkah.example"}).status_code == 302
    assert [one.email for one in made.shared_emails.all()] == ["sari@langkah.example"]
    member.post(update, {**form, "visibility": "Private", "people": ""})
    assert not made.shared_emails.exists()
    assert "Delete “Pesta”?" in text_of(member.get(f"/accounts/wishlists/{made.key}/delete/"))
    member.post(f"/accounts/wishlists/{made.key}/delete/")
    assert not WishList.objects.exists()


def test_things_come_onto_a_list_by_a_form_only(member, budi):
    wanted = make_product("Tee")
    made = list_of(budi, things=0)
    path = f"/accounts/wishlists/{made.key}/add/{wanted.pk}/"
    assert "On which list?" in text_of(member.get(path))
    assert not made.lines.exists()
    member.post(path)
    assert made.lines.get().product == wanted
    line = made.lines.get()
    form = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 1, "lines-0-id": line.pk, "lines-0-quantity": 3}
    assert member.post(f"/accounts/wishlists/{made.key}/", form).status_code == 302
    assert made.lines.get().quantity == 3
    assert "Take it off the list?" in text_of(member.get(f"/accounts/wishlists/{made.key}/lines/{line.pk}/delete/"))
    member.post(f"/accounts/wishlists/{made.key}/lines/{line.pk}/delete/")
    assert not made.lines.exists()


def test_things_move_between_lists_by_a_form_only(member, budi, sari):
    mine, other, hers = list_of(budi), list_of(budi, "Pesta", things=0), list_of(sari, "Hers", things=0)
    line = mine.lines.get()
    path = f"/accounts/wishlists/{mine.key}/lines/{line.pk}/move-to/{other.key}/"
    assert member.get(path).status_code == 405
    assert member.post(path.replace(other.key, hers.key)).status_code == 404
    member.post(path)
    assert other.lines.get() == line


@pytest.mark.parametrize(
    "path", ["", "update/", "delete/", "share/", "end-link/", "add/{product}/", "lines/{line}/delete/"]
)
def test_nobody_touches_anothers_list(member, sari, path):
    hers = list_of(sari, visibility="Public")
    line = hers.lines.get()
    path = f"/accounts/wishlists/{hers.key}/{path.format(product=line.product_id, line=line.pk)}"
    assert member.post(path, {"name": "mine"}).status_code == 404
    hers.refresh_from_db()
    assert not hers.share_links.exists()
    assert hers.visibility == "Public"
    assert (hers.name, hers.lines.count(), hers.lines.get().quantity) == ("Lebaran", 1, 1)


def link_on(page):
    return page.content.decode().split('readonly value="http://testserver')[1].split('"')[0]


def test_an_owner_makes_a_link_sees_it_again_and_ends_it(client, member, budi):
    made = list_of(budi)
    path = f"/accounts/wishlists/{made.key}/"
    assert "Make a link" in text_of(member.get(path))
    assert member.get(f"{path}share/").status_code == 405
    page = member.post(f"{path}share/", follow=True)
    link = link_on(page)
    assert link == link_on(member.get(path))
    assert "Everybody with the link" in text_of(page)
    assert "Thing 0" in text_of(Client().get(link, follow=True))
    assert Client().get(f"/wishlists/{made.key}/").status_code == 302
    member.post(f"{path}end-link/")
    assert "Make a link" in text_of(member.get(path))
    assert "Only you" in text_of(member.get(path))
    assert Client().get(link).status_code == 410


def test_the_form_that_names_a_list_makes_its_link_and_ends_it(member, budi):
    made = list_of(budi)
    path = f"/accounts/wishlists/{made.key}/"
    form = {"name": "Lebaran", "visibility": "Public", "people": ""}
    member.post(f"{path}update/", form)
    link = link_on(member.get(path))
    member.post(f"{path}update/", {**form, "name": "Pesta"})
    assert link_on(member.get(path)) == link
    member.post(f"{path}update/", {**form, "visibility": "Private"})
    assert Client().get(link).status_code == 410


def test_who_advised_what_and_where_it_is_stands_on_the_list(member, budi):
    menteng, dago = make_store("menteng").partner, make_store("dago").partner
    tee = make_product("Tee", size="L")
    put(tee, menteng, 2)
    put(tee, dago, 1)
    member.cookies["lintas_store"] = "menteng"
    member.post("/stores/", {"store": "menteng", "next": "/"})
    line = add_to_list(
        user_id=budi.pk, product_id=tee.pk, note="Wider at the toe.", adviser=Adviser("Sari", menteng.pk, "7")
    )
    path = f"/accounts/wishlists/{line.wishlist.key}/"
    words = text_of(member.get(path))
    for said in ("Tee", "L", "Wider at the toe.", "Sari at Menteng", "Menteng: 2 left", "Also at Dago"):
        assert said in words
    member.post(f"{path}lines/{line.pk}/delete/")
    assert "Wider" not in text_of(member.get(path))
    assert not ListNote.objects.exists()


def test_what_the_catalogue_forgot_stays_on_the_list_by_its_name(member, budi):
    made = list_of(budi)
    made.lines.get().product.delete()
    words = text_of(member.get(f"/accounts/wishlists/{made.key}/"))
    assert "Thing 0" in words
    assert "No longer in the shop" in words


def test_a_named_list_is_seen_by_who_is_named_and_by_nobody_else(client, budi, sari):
    made = list_of(budi, visibility="Shared")
    path = f"/wishlists/{made.key}/"
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert client.get("/wishlists/aaaaaa/").status_code == 302
    client.force_login(sari)
    assert client.get(path).status_code == 404
    made.shared_emails.create(email="Sari@langkah.example")
    assert "Thing 0" in text_of(client.get(path))
    WishList.objects.update(visibility="Public")
    assert client.get(path).status_code == 404


def test_alerts_are_listed_and_stopped_by_their_owner(member, budi, sari):
    assert "You wait for nothing." in text_of(member.get("/accounts/alerts/"))
    mine = ProductAlert.objects.create(user=budi, product=make_product("Tee"))
    hers = ProductAlert.objects.create(user=sari, product=make_product("Cap"))
    words = text_of(member.get("/accounts/alerts/"))
    assert "Tee" in words
    assert "Cap" not in words
    assert member.get(f"/accounts/alerts/cancel/{mine.pk}/").status_code == 405
    assert member.post(f"/accounts/alerts/cancel/{hers.pk}/").status_code == 404
    member.post(f"/accounts/alerts/cancel/{mine.pk}/")
    mine.refresh_from_db()
    assert mine.is_cancelled


def test_messages_are_read_put_away_and_deleted_by_their_owner(member, budi, sari):
    assert "No messages." in text_of(member.get("/accounts/notifications/inbox/"))
    body = '<p>It is <a href="/catalogue/">back</a></p><script>alert(1)</script>'
    mine = Notification.objects.create(recipient=budi, subject="Tee is back", body=body)
    hers = Notification.objects.create(recipient=sari, subject="Cap is back", body=body)
    assert "Cap" not in text_of(member.get("/accounts/notifications/inbox/"))
    assert member.get(f"/accounts/notifications/{hers.pk}/").status_code == 404
    page = member.get(f"/accounts/notifications/{mine.pk}/").content.decode()
    assert '<a href="/catalogue/">back</a>' in page
    assert "<script>alert" not in page
    for note in (hers, mine):
        member.post("/accounts/notifications/update/", {"action": "archive", "selected_notification": note.pk})
    assert "Tee is back" in text_of(member.get("/accounts/notifications/archive/"))
    hers.refresh_from_db()
    assert hers.location == "Inbox"
    member.post("/accounts/notifications/update/", {"action": "delete", "selected_notification": mine.pk})
    assert Notification.objects.get() == hers
    assert member.get("/id/accounts/notifications/")["Location"] == "/id/accounts/notifications/inbox/"


def test_an_account_goes_with_what_it_says_and_orders_stay(member, budi, home, ordered):
    order = ordered(budi, status="Complete")
    address_of(budi, home)
    list_of(budi)
    page = member.get("/accounts/profile/delete/")["Location"]
    assert "What was bought" in text_of(member.get(page))
    assert member.post(page, {"password": "nonsense"}).status_code == 422
    assert member.post(page, {"password": PASSWORD})["Location"] == f"{page}done/"
    assert do_requests() == 1
    order.refresh_from_db()
    assert order.user is None
    assert not UserAddress.objects.exists()
    assert not WishList.objects.exists()
    assert member.get("/accounts/").status_code == 302


def test_lists_and_addresses_cost_the_same_at_one_and_at_fifty(member, budi, home, django_assert_max_num_queries):
    made = list_of(budi)
    address_of(budi, home)
    ProductAlert.objects.create(user=budi, product=make_product("Waited for"))
    Notification.objects.create(recipient=budi, subject="One", body="One")
    paths = (
        "/accounts/addresses/",
        "/accounts/wishlists/",
        f"/accounts/wishlists/{made.key}/",
        f"/wishlists/{made.key}/",
        "/accounts/alerts/",
        "/accounts/notifications/inbox/",
    )
    few = [cost(member, path, django_assert_max_num_queries, 15) for path in paths]
    for number in range(49):
        add_to_list(user_id=budi.pk, product_id=make_product(f"More {number}").pk, note="Try it.")
        address_of(budi, home, f"Jl. {number}")
        ProductAlert.objects.create(user=budi, product=make_product(f"Wanted {number}"))
        Notification.objects.create(recipient=budi, subject=f"{number}", body="One")
    assert [cost(member, path, django_assert_max_num_queries, 15) for path in paths] == few
    for number in range(49):
        list_of(budi, f"List {number}", things=2)
    assert cost(member, "/accounts/wishlists/", django_assert_max_num_queries, 15) == few[1]
