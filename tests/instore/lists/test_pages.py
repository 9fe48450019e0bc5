"""A list that was shown by its link, and the one a browser keeps: looking changes nothing."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from omni_sync.catalogue.identify import describe
from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.lists.anonymous import Want, keep
from omni_sync.lists.models import AnonymousLine, AnonymousList, ListNote, ShareLink
from omni_sync.lists.share import revoke, share
from omni_sync.oscar.models import ProductClass, WishLine, WishList
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(clean_cache):
    with translation.override("en"):
        yield


@pytest.fixture
def menteng(db):
    return make_store("menteng").partner


@pytest.fixture
def tee(menteng):
    """Two of it at Menteng, one at Dago, five to be sent."""
    product = make_product("Tee")
    for place, number in ((menteng, 2), (make_store("dago").partner, 1), (make_warehouse(), 5)):
        put(product, place, number)
    return product


@pytest.fixture
def ayu(django_user_model):
    return django_user_model.objects.create_user("ayu@example.com", "x", first_name="Ayu")


@pytest.fixture
def mine(ayu, tee, menteng):
    """Ayu's list: what Sari advised."""
    sari = Adviser("Sari", menteng.pk, "7")
    return add_to_list(user_id=ayu.pk, product_id=tee.pk, note="Wider at the toe.", adviser=sari).wishlist


def opened(browser, link):
    """Where the list is, for a browser that opened its link."""
    answer = browser.get(link)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (302, "no-referrer")
    assert link.split("/")[3] not in answer.headers["Location"]
    return answer.headers["Location"]


@pytest.fixture
def link(mine):
    return f"/h/list/{share(wishlist_id=mine.pk)}/"


def counted():
    models = (WishList, WishLine, ListNote, ShareLink, AnonymousList, AnonymousLine)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_link_shows_what_where_and_who_said_what(client, link):
    ListNote.objects.update(added_at=timezone.now().replace(2026, 11, 21, 20, 0))
    client.cookies["lintas_store"] = "menteng"
    answer = client.get(opened(client, link))
    words = text_of(answer)
    for said in ("Tee", "Menteng: 2 left", "Also at Dago", "Wider at the toe.", "Sari at Menteng", "22 Nov 2026"):
        assert said in words
    assert "Rp149,000" in words or "Rp149.000" in words
    assert "Ayu keeps this list." in words
    assert b"ayu@example.com" not in answer.content
    headers = [answer.headers[name] for name in ("Cache-Control", "X-Robots-Tag")]
    assert headers == ["no-store", "noindex, nofollow"]


def test_how_large_a_thing_is_is_said(client, ayu, link, tee):
    kind = ProductClass.objects.get(pk=tee.product_class_id)
    kind.attributes.create(name="Height", code="height", type="text")
    kind.attributes.create(name="Measures", code="dimensions", type="text")
    tee.refresh_from_db()
    tee.attr.height = "42 cm"
    tee.attr.dimensions = "42 by 30 by 10 cm"
    tee.save()
    describe(product=tee, size="L", colour="Indigo")
    words = text_of(client.get(link, follow=True))
    assert "42 by 30 by 10 cm · Height 42 cm" in words
    assert "Indigo · L" in words


def test_looking_changes_nothing_for_anybody(link, ayu):
    before = counted()
    for user in (None, ayu):
        browser = Client()
        if user:
            browser.force_login(user)
        page = opened(browser, link)
        for path in (link, page, "/h/list/", f"{page}take/"):
            browser.get(path)
            browser.head(path)
    assert counted() == before


def test_a_revoked_link_a_guessed_one_and_an_old_one_show_nothing(client, mine, link):
    page = opened(client, link)
    revoke(wishlist_id=mine.pk)
    for method in (client.get, client.head):
        assert [method(path).status_code for path in (link, page)] == [410, 410]
    assert client.post(f"{page}take/").status_code == 410
    words = text_of(client.get(page))
    assert "This list is no longer shared" in words
    assert "Tee" not in words
    follows = client.get(page, headers={"HX-Request": "true"})
    assert (follows.headers["HX-Refresh"], follows.content) == ("true", b"")
    assert client.get("/h/list/nonsense/").status_code == 404
    old = keep(wants=[Want(WishLine.objects.get().product_id)])
    page = opened(client, f"/h/list/{old.token}/")
    AnonymousList.objects.update(until=timezone.now() - timedelta(days=1))
    for path in (f"/h/list/{old.token}/", page):
        assert client.get(path).status_code == 410
    assert not WishLine.objects.exclude(wishlist=mine).exists()


def test_nobody_looks_or_takes_without_having_opened_the_link(client, link, ayu):
    page = opened(Client(), link)
    client.force_login(ayu)
    for name in (page, "/h/list/look/n1/", "/h/list/look/s0/", "/h/list/look/x/"):
        assert client.get(name).status_code == 404
        assert client.post(f"{name}take/").status_code == 404


def test_who_guesses_waits_and_who_has_the_link_does_not(client, link):
    answers = [client.get(f"/h/list/guess-{number}/") for number in range(41)]  # also where a new minute begins
    assert {answer.status_code for answer in answers} == {404, 429}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 429)
    assert client.get(link, follow=True).status_code == 200


def test_a_member_takes_it_over_without_what_was_said_to_the_owner(client, link, django_user_model):
    made = django_user_model.objects.create_user("made@example.com", "x")
    client.force_login(made)
    page = opened(client, link)
    answer = client.post(f"{page}take/", follow=True)
    assert "1 thing is on your list now." in text_of(answer)
    line = WishLine.objects.get(wishlist__owner=made)
    assert line.product.title == "Tee"
    assert not ListNote.objects.filter(line=line).exists()
    again = client.post(f"{page}take/", follow=True)
    assert "All of it is on your list already." in text_of(again)


def test_a_visitor_can_take_one_thing_and_change_nothing_of_it(client, mine, link, ayu):
    cap = make_product("Cap")
    add_to_list(user_id=ayu.pk, product_id=cap.pk)
    before = list(WishLine.objects.order_by("pk").values())
    client.post(f"{opened(client, link)}take/", {"product": cap.pk})
    assert [line.product for line in AnonymousLine.objects.all()] == [cap]
    assert list(WishLine.objects.order_by("pk").values()) == before


def test_without_an_account_the_browser_keeps_it_hands_it_on_and_gives_it_up_to_the_account(client, link, ayu):
    words = text_of(client.post(f"{opened(client, link)}take/", follow=True))
    assert "The list in this browser" in words
    assert "Tee" in words
    shown = re.search(r'value="https?://[^/]+(/h/list/[^"]+)"', client.get("/h/list/").content.decode())[1]
    other = Client()
    assert "Tee" in text_of(other.get(shown, follow=True))
    assert "keeps no list now" in text_of(other.get("/h/list/"))
    other.force_login(ayu)
    WishLine.objects.all().delete()
    other.post(f"{opened(other, shown)}take/")
    assert WishLine.objects.get().wishlist.owner == ayu
    client.post("/h/list/", {"off": WishLine.objects.get().product_id})
    assert "keeps no list now" in text_of(client.get("/h/list/"))
    assert not AnonymousLine.objects.exists()


def test_signed_in_the_browsers_list_goes_onto_the_members(client, link, django_user_model):
    client.post(f"{opened(client, link)}take/")
    made = django_user_model.objects.create_user("made@example.com", "x")
    client.force_login(made)
    assert "1 thing is on your list now." in text_of(client.post("/h/list/", follow=True))
    assert WishLine.objects.filter(wishlist__owner=made).count() == 1
    assert "keeps no list now" in text_of(client.get("/h/list/"))


def test_oscars_own_address_shows_a_shared_list_to_nobody(client, mine, link, django_user_model):
    assert client.get(f"/wishlists/{mine.key}/").status_code == 302
    client.force_login(django_user_model.objects.create_user("made@example.com", "x"))
    for path in (f"/wishlists/{mine.key}/", f"/wishlists/shared/{mine.key}/", f"/accounts/wishlists/{mine.key}/"):
        assert client.get(path).status_code == 404


def test_a_shared_list_costs_the_same_at_one_and_at_fifty(client, ayu, link, django_assert_max_num_queries):
    client.cookies["lintas_store"] = "menteng"
    page = opened(client, link)

    def cost():
        client.get(page)
        with django_assert_max_num_queries(12) as asked:
            assert client.get(page).status_code == 200
        return len(asked)

    few = cost()
    style = make_product("Style", structure="parent")
    add_to_list(user_id=ayu.pk, product_id=style.pk)
    some = cost()
    assert some <= few + 1
    for number in range(48):
        add_to_list(user_id=ayu.pk, product_id=make_product(f"Thing {number}").pk, note="Try it.")
    assert cost() == some
