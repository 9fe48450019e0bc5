"""What the tablet shows of a purchase, and what a tap does; the sum is said before it."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction

from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import by_number, of_order
from instore.receipts.issue import issue
from instore.returns.views import opened
from instore.staff.models import Role
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from omni_sync.seal import unseal
from tests.factories import make_line, sale, voided
from tests.factories import tell_all as tell
from tests.instore.forms import fields_of
from tests.instore.returns.conftest import given, on_hand, sold, take
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def tablet(world, clean_cache):
    """Rina's at Dago."""
    return sign_in_at(world.dago, "Rina", device="Door")


def page_of(order):
    return f"/staff/returns/{order.pk}/"


def the_sum(answer):
    """What is said of the choice, as a reader sees it."""
    text = answer.content.decode()
    section = text[text.index('id="sum"') :]
    return " ".join(re.sub(r"<[^>]*>", " ", section[: section.index("</fieldset>")]).split())


def choice(order, *quantities, **more):
    rows = zip(order.lines.order_by("pk"), quantities, strict=False)
    return {f"many{row.pk}": str(quantity) for row, quantity in rows} | more


def form_in(answer):
    """The fields of the form that gives back, as the page has them."""
    return fields_of(answer, answer.wsgi_request.path)


def find(tablet, said):
    return tablet.post("/staff/returns/", {"code": said})


def test_receipts_qr_or_number_opens_the_purchase(world, tablet):
    order = sold(world)
    with transaction.atomic():
        token = unseal(issue(order=order).sealed)
    for said in (f"https://langkah.example/r/{token}", f"https://langkah.example/r/{token}/", "R-1", order.number):
        assert find(tablet, said).url == page_of(order), said
    assert tablet.get("/staff/returns/", {"number": order.number}).url == page_of(order)


def test_number_that_two_stores_gave_is_asked_which(world, tablet):
    menteng, dago = sold(world), None
    of_order(menteng)  # one that was looked at is no more likely than the other
    tell(world.till, sale(world.dago.partner, "R-1", {"TEE": 1}, price="900000"))
    dago = Order.objects.exclude(pk=menteng.pk).get()
    answer = find(tablet, "R-1")
    page = read(answer)
    assert "Several purchases have this number" in page
    for order, store in ((menteng, "Menteng"), (dago, "Dago")):
        assert f'href="{page_of(order)}"' in answer.content.decode()
        assert store in page
    assert "Rp900,000" in page
    with pytest.raises(ReceiptUnknown) as refusal:
        by_number("R-1")
    assert refusal.value.several
    assert find(tablet, dago.number).url == page_of(dago)


def test_tablet_does_not_read_through_all_purchases(world, tablet):
    order = sold(world)
    assert tablet.get(page_of(order)).status_code == 200
    met = {tablet.get(f"/staff/returns/{pk}/").status_code for pk in range(10**6, 10**6 + 2 * opened.most + 1)}
    assert met == {404, 429}
    assert tablet.get(f"/staff/returns/{10**7}/exchange/").status_code == 429
    assert {tablet.get(page_of(order)).status_code for _ in range(3)} <= {200}  # what it was shown stays open


@pytest.mark.parametrize("said", ["", "R-9", "x" * 600, "/r/" + "A" * 43, "\x00"])
def test_what_nobody_sold_opens_nothing(world, tablet, said):
    sold(world)
    assert "No purchase has this number." in read(find(tablet, said), 422)


def test_purchase_is_shown_line_by_line_without_who_bought_it(world, tablet):
    order = sold(world)
    take(world, order, 1)
    page = read(tablet.get(page_of(order)))
    for words in ("Tee, black, M", "3 bought · 1 came back", "2 can come back", "Book", "Menteng", "Rp479,900"):
        assert words in page, words


def test_sum_is_said_before_the_button_and_is_what_goes_back(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 2, 1))
    page = read(shown)
    assert "Give Rp336,290 in cash." in page
    fields = form_in(shown)
    answer = tablet.post(page_of(order), fields)
    assert answer.status_code == 302
    row = Return.objects.get()
    assert given(order) == 336290
    assert f"Taken back: {row.number}." in read(tablet.get(answer.url))
    assert on_hand(world.dago) == 2


def test_reason_and_disposition_are_kept_with_the_line(world, tablet):
    order = sold(world)
    tee = order.lines.order_by("pk").first().pk
    more = {f"why{tee}": "broken", f"then{tee}": "waste"}
    tablet.post(page_of(order), form_in(tablet.get(page_of(order), choice(order, 1, **more))))
    line = Return.objects.get().lines.get().taken_back
    assert (line.reason, line.disposition) == ("broken", "waste")
    assert on_hand(world.dago) is None


def test_tap_that_is_sent_twice_gives_back_once(world, tablet):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 1)))
    urls = {tablet.post(page_of(order), fields).url for _ in range(2)}
    assert len(urls) == Return.objects.count() == 1


def test_page_that_is_older_than_what_came_back_does_nothing(world, tablet):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 3)))
    take(world, order, 2)
    before = given(order)
    assert "Only 1 of this can still come back." in read(tablet.post(page_of(order), fields), 409)
    assert given(order) == before


def test_second_tab_that_took_all_of_it_is_told_once(world, tablet):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 3)))
    take(world, order, 3)
    page = read(tablet.post(page_of(order), fields), 409)
    assert page.count("All of it is back already.") == 1
    assert "Only 0" not in page


def test_way_that_is_tapped_after_the_sum_was_shown_is_shown_again_before_it_is_given(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1))
    assert "Take back and give Rp143,610 in cash" in the_sum(shown)
    late = tablet.post(page_of(order), form_in(shown) | {"method": "voucher"})
    assert "in another way than the button said" in read(late, 409)
    assert "Take back and give Rp143,610 as a voucher" in the_sum(late)
    assert not Return.objects.exists()
    assert tablet.post(page_of(order), form_in(late)).status_code == 302
    assert Return.objects.get().refunds[0]["method"] == "voucher"


def test_lines_that_are_chosen_after_the_sum_was_shown_are_shown_again_before_they_are_taken(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1))
    late = tablet.post(page_of(order), form_in(shown) | choice(order, 2))
    assert "Now it is Rp287,220, not what the button said." in read(late, 409)
    assert "Take back and give Rp287,220 in cash" in the_sum(late)
    assert not Return.objects.exists()


def test_way_that_is_left_is_the_one_that_was_shown(world, tablet):
    """Half was paid by card: that goes back first, by whichever tablet is the first."""
    lines = [make_line(1, "TEE", 2, unit_price="1000", amount="2000")]
    paid = [{"method": method, "amount": "1000"} for method in ("card", "cash")]
    tell(world.till, sale(world.menteng.partner, "R-1", lines, payments=paid, total="2000"))
    order = Order.objects.get(sale__number="R-1")
    shown = tablet.get(page_of(order), choice(order, 1))
    assert "Take back and give Rp1,000 back on the card" in the_sum(shown)
    both = tablet.get(page_of(order), choice(order, 2))
    assert "Take back and give Rp2,000 the way it was paid" in the_sum(both)
    take(world, order, 1)
    late = tablet.post(page_of(order), form_in(shown))
    assert "in another way than the button said" in read(late, 409)
    assert "Take back and give Rp1,000 in cash" in the_sum(late)
    assert Return.objects.count() == 1


def test_without_scripts_a_button_shows_the_sum_and_takes_nothing(world, tablet):
    order = sold(world)
    chosen = form_in(tablet.get(page_of(order))) | choice(order, 1, method="voucher")
    assert "sum" not in chosen
    shown = tablet.post(page_of(order), chosen | {"show": "sum"})
    assert shown.status_code == 200
    assert "Take back and give Rp143,610 as a voucher" in the_sum(shown)
    assert not Return.objects.exists()
    assert tablet.post(page_of(order), form_in(shown)).status_code == 302


def test_exchange_goes_on_with_what_is_chosen_now(world, tablet):
    order = sold(world)
    tee, book = (row.pk for row in order.lines.order_by("pk"))
    shown = form_in(tablet.get(page_of(order), choice(order, 1)))
    answer = tablet.post(page_of(order), shown | choice(order, 2, method="cash") | {"show": "exchange"})
    assert (answer.status_code, urlsplit(answer.url).path) == (302, f"{page_of(order)}exchange/")
    said = dict(parse_qsl(urlsplit(answer.url).query))
    assert said == {f"many{tee}": "2", f"why{tee}": "unsaid", f"then{tee}": "sell", "method": "cash"}
    assert tablet.post(page_of(order), shown | {"show": "exchange", f"many{book}": "x"}).status_code == 409
    assert not Return.objects.exists()


def test_way_it_was_paid_says_no_more_than_how(world, tablet):
    order = sold(world)
    take(world, order, 3)
    page = read(tablet.get(page_of(order)))
    assert "The way it was paid · cash In cash" in page


@pytest.mark.parametrize("wrong", [{"nonce": "short"}, {"sum": "NaN"}, {"sum": "x"}, {"method": "gold"}, {"ways": ""}])
def test_form_that_is_none_of_ours_does_nothing(world, tablet, wrong):
    order = sold(world)
    fields = form_in(tablet.get(page_of(order), choice(order, 1)))
    assert tablet.post(page_of(order), fields | wrong).status_code == 409
    assert not Return.objects.exists()


def test_nonsense_in_the_address_is_said_to_be_out_of_date(world, tablet):
    order = sold(world)
    assert "out of date" in read(tablet.get(page_of(order), choice(order, "-1")))
    assert tablet.get("/staff/returns/999999/").status_code == 404
    for number in ("R-1", "\x00", 999 * "R"):
        assert tablet.get(page_of(order), {"done": number}).status_code == 200


def test_cash_for_a_card_is_offered_to_a_manager_alone(world, tablet):
    order = sold(world, method="card")
    assert "Only Rp0 of it was paid in cash." in read(tablet.get(page_of(order), choice(order, 1, method="cash")))
    office = sign_in_at(world.dago, "Dewi", device="Office", role=Role.MANAGER)
    assert "Give Rp143,610 in cash." in read(office.get(page_of(order), choice(order, 1, method="cash")))
    assert "Give Rp143,610 back at the card terminal." in read(office.get(page_of(order), choice(order, 1)))


def test_what_is_refused_is_said_with_what_to_do(world, tablet, settings):
    order = sold(world)
    settings.LINTAS_RETURN_DAYS = 1
    page = read(tablet.get(page_of(order)))
    assert "goods come back within 1 day." in page
    assert "A manager may take it back" in page
    assert "Show what goes back" not in page
    settings.LINTAS_RETURN_DAYS = 36500
    tell(world.till, voided(world.menteng.partner, sale="R-1"))
    assert "This purchase was cancelled." in read(tablet.get(page_of(order)))


def test_all_back_says_so(world, tablet):
    order = sold(world)
    take(world, order, 3, 1)
    assert "All of it came back before." in read(tablet.get(page_of(order)))


@pytest.mark.parametrize("lines", [1, 50])
def test_page_is_read_in_twelve_queries(world, tablet, lines, django_assert_max_num_queries):
    goods = [make_line(n, "TEE", 1, unit_price="1000") for n in range(1, lines + 1)]
    order = sold(world, lines=goods, total=str(1000 * lines))
    chosen = choice(order, *[1] * lines)
    tablet.get(page_of(order), chosen)
    with django_assert_max_num_queries(12):
        tablet.get(page_of(order), chosen)
