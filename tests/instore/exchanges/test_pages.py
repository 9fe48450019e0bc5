"""What the tablet shows of an exchange, and what a tap does; the difference is said before it."""

import re

import pytest

from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import StockRecord
from omni_sync.sales.models import Return
from tests.factories import make_line
from tests.instore.exchanges.conftest import on_hand, sales, sold
from tests.instore.returns.test_pages import choice
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def tablet(world, clean_cache):
    """Rina's at Dago."""
    return sign_in_at(world.dago, "Rina", device="Door")


def page_of(order):
    return f"/staff/returns/{order.pk}/exchange/"


def out(world, **quantities):
    return {f"out{world.goods[sku].pk}": str(quantity) for sku, quantity in quantities.items()}


def form_in(answer):
    """The fields of the form that exchanges, as the page has them."""
    text = answer.content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text[text.index('id="sum"') :]))


def test_return_leads_to_the_exchange_of_what_is_chosen(world, tablet):
    order = sold(world)
    chosen = choice(order, 1)
    answer = tablet.post(f"/staff/returns/{order.pk}/", chosen | {"show": "exchange"})
    assert answer.url.startswith(f"{page_of(order)}?")
    assert "Comes back 1 × Kawan tee, M" in read(tablet.get(answer.url))  # noqa: RUF001


def test_one_tap_on_a_size_and_one_on_the_button(world, tablet):
    order = sold(world)
    first = tablet.get(page_of(order), choice(order, 1))
    page = read(first)
    for words in ("Comes back 1 × Kawan tee, M", "Size L 2 here", "Size XL 1 here", "Tap what goes out"):  # noqa: RUF001
        assert words in page, words
    assert "Size M" not in page
    (tap,) = re.findall(rf'href="([^"]+out{world.goods["L"].pk}=1[^"]*)"', first.content.decode())
    shown = tablet.get(tap.replace("&amp;", "&"))
    assert "Nothing to pay." in read(shown)
    assert "at the price that was paid" in read(shown)
    answer = tablet.post(page_of(order), form_in(shown))
    sale = sales().get()
    page = read(tablet.get(answer.url))
    for words in (f"Exchanged: {sale.number}.", "1 × Kawan tee, L", f"The new receipt: {sale.number}"):  # noqa: RUF001
        assert words in page, words
    assert on_hand(world.dago, "L") == 1


def test_tap_takes_as_many_of_a_size_as_came_back_and_are_here(world, tablet):
    order = sold(world, lines=[make_line(1, "M", 3, unit_price="149000", amount="447000")], total="447000")
    text = tablet.get(page_of(order), choice(order, 3)).content.decode()
    assert f"out{world.goods['L'].pk}=2" in text
    assert f"out{world.goods['XL'].pk}=1" in text


def test_difference_is_paid_by_the_way_that_is_tapped(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1) | out(world, HAT=1))
    assert "To pay Rp101,000" in read(shown)
    assert tablet.post(page_of(order), form_in(shown) | {"pay": "card"}).status_code == 302
    assert sales().get().order.sources.get(source_type__code="card").amount_debited == 101000


def test_difference_that_goes_back_is_said_with_its_way(world, tablet):
    order = sold(world, method="card")
    shown = tablet.get(page_of(order), choice(order, 1) | out(world, SOCK=1))
    page = read(shown)
    assert "Give Rp148,999 back at the card terminal." in page
    assert "Give it in cash instead" in page
    cash = read(tablet.get(page_of(order), choice(order, 1, method="cash") | out(world, SOCK=1)))
    assert "Only Rp0 of it was paid in cash." in cash
    answer = tablet.post(page_of(order), form_in(shown))
    assert "Give Rp148,999 back at the card terminal." in read(tablet.get(answer.url))


def test_another_article_is_found_by_its_number(world, tablet):
    order = sold(world)
    found = tablet.get(page_of(order), choice(order, 1) | {"article": "HAT"}).content.decode()
    assert f"out{world.goods['HAT'].pk}=1" in found
    assert "Nothing found." in read(tablet.get(page_of(order), choice(order, 1) | {"article": "none"}))


def test_what_the_books_lack_is_said_with_a_way_out(world, tablet):
    order = sold(world)
    page = read(tablet.get(page_of(order), choice(order, 1) | out(world, XL=2)))
    assert "By the books only 1 of “Kawan tee, XL” is left here to promise." in page
    assert "let a manager count it first" in page
    shown = tablet.get(page_of(order), choice(order, 1) | out(world, XL=1))
    StockRecord.objects.get(partner=world.dago.partner, partner_sku="XL").level.delete()
    assert "By the books no “Kawan tee, XL” is left" in read(tablet.post(page_of(order), form_in(shown)), 409)
    assert not Return.objects.exists()


def test_price_that_changed_meanwhile_is_shown_again(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1) | out(world, HAT=1))
    StockRecord.objects.filter(partner_sku="HAT").update(price=260000)
    assert "now Rp111,000 is to pay" in read(tablet.post(page_of(order), form_in(shown)), 409)
    assert not sales().exists()


@pytest.mark.parametrize("wrong", [{"nonce": "short"}, {"sum": "x"}, {"pay": "gold"}, {"outx": "1"}, {"out1": "-1"},
                                   {"out1": "100"}])  # fmt: skip
def test_form_that_is_none_of_ours_does_nothing(world, tablet, wrong):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 1) | out(world, L=1)))
    assert tablet.post(page_of(order), fields | wrong).status_code == 409
    assert not Return.objects.exists()


def test_nonsense_in_the_address_does_nothing(world, tablet):
    order = sold(world)
    assert "out of date" in read(tablet.get(page_of(order), {"out1": "x"}))
    assert "Nothing is chosen yet." in read(tablet.get(page_of(order)))
    assert "This article is not sold any more." in read(tablet.get(page_of(order), choice(order, 1) | {"out1": "1"}))
    assert tablet.get("/staff/returns/999999/exchange/").status_code == 404
    for number in ("X-1", "\x00", 999 * "X"):
        assert tablet.get(page_of(order), {"done": number}).status_code == 200


def test_tap_that_is_sent_twice_exchanges_once(world, tablet):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 1) | out(world, L=1)))
    urls = {tablet.post(page_of(order), fields).url for _ in range(2)}
    assert len(urls) == Return.objects.count() == sales().count() == 1


@pytest.mark.parametrize("lines", [1, 50])
def test_page_is_read_in_few_queries_however_many_lines(world, tablet, lines, django_assert_max_num_queries):
    goods = [make_line(n, "M", 1, unit_price="1000") for n in range(1, lines + 1)]
    order = sold(world, lines=goods, total=str(1000 * lines))
    chosen = choice(order, *[1] * lines) | out(world, L=1, HAT=1)
    tablet.get(page_of(order), chosen)
    with django_assert_max_num_queries(15):
        tablet.get(page_of(order), chosen)


def test_what_can_go_out_is_named_in_the_readers_language_and_its_colour_once(world, tablet):
    world.style.title = "Kawan tee, black"
    world.style.save()
    for size in ("M", "L", "XL"):
        describe(product=world.goods[size], size=size, size_system="SML", colour="black")
    order = sold(world)
    page = read(tablet.get(page_of(order), choice(order, 1), HTTP_ACCEPT_LANGUAGE="id"))
    assert "Kaos Kawan, hitam" in page
    assert page.count("hitam") == 2  # in the style's title, and beside what came back: no size repeats it
    assert "black" not in page


def test_the_books_keep_the_merchants_title_whatever_is_spoken_at_the_tablet(world, tablet):
    world.goods["HAT"].title = "Kawan tee, black"
    world.goods["HAT"].save()
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1) | out(world, HAT=1), HTTP_ACCEPT_LANGUAGE="id")
    assert "Kaos Kawan, hitam" in read(shown)
    tablet.post(page_of(order), form_in(shown) | {"pay": "card"}, HTTP_ACCEPT_LANGUAGE="id")
    assert sales().get().order.lines.get().title == "Kawan tee, black"
